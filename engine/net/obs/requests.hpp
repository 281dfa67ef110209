// What an obs-websocket client may ask. One row a request: its name, and what it does with the show as it is now.
// Pure: a handler reads and says what is to be done, the endpoint does it.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/time.hpp"
#include "net/obs/fields.hpp"
#include "net/obs/view.hpp"
#include "net/server.hpp"
#include "show/actual.hpp"
#include "show/command.hpp"
#include "show/state.hpp"

namespace tribune::net::obs {

// How the requests of one message are carried out.
enum class Execution : std::uint8_t { single, realtime, frame, parallel };

// What the endpoint knows beside the show.
struct Surroundings {
    std::uint64_t messages_in = 0;   // of this session
    std::uint64_t messages_out = 0;  // likewise
    double cpu_percent = 0;          // of all of Tribune's processes, of the whole machine
    double free_disk_mb = 0;         // where the show's data lies
};

struct Context {
    const ShowState& state;
    ShowTime now;
    const Actual* actual = nullptr;  // null: not heard yet
    const Actor& actor;
    Execution execution = Execution::single;
    const Surroundings& around;
};

// Commands to the authority, in this order and all together or none; then the answer is `data`.
struct Act {
    std::vector<Command> commands;
    Json data;
};
// A picture, answered as imageData.
struct Screenshot {
    PictureRequest picture;
    std::string format;  // as the client called it: "jpg", "jpeg", "png"
};
// Nothing, for so long. Batches only.
struct Pause {
    Nanoseconds length{0};
};
// An event to all clients; the request itself is answered with success.
struct Announce {
    std::string type;
    std::uint32_t intent = 0;
    Json data;
};
using Outcome = std::variant<Reply, Act, Screenshot, Pause, Announce>;

using Handler = Outcome (*)(const Context& context, Fields& fields);
struct Row {
    std::string_view name;
    Handler handle;
};

// What we speak, and the obs that spoke it: clients compare both.
inline constexpr std::string_view protocol_spoken = "5.6.3";
inline constexpr std::string_view studio_spoken = "31.0.0";

// The rows of each file, and all of them.
std::span<const Row> general_rows();
std::span<const Row> scene_rows();
std::span<const Row> item_rows();
std::span<const Row> input_rows();
std::span<const Row> transition_rows();
std::span<const Row> output_rows();
std::span<const Row> sound_rows();
std::span<const Row> media_rows();

// What obs has and Tribune has not: always answered with this code and sentence.
struct Refusal {
    std::string_view name;
    Code code;
    std::string_view comment;
};
std::span<const Refusal> refusals();

// Names of all rows, sorted.
const std::vector<std::string>& request_names();

// `data`: what the client sent, null when nothing. Never throws; an unknown type is answered 204.
Outcome perform(const Context& context, std::string_view type, const Json& data);

// The authority's error as a status, its sentence as comment.
Reply reply_to(const Error& error);

// --- For handlers -------------------------------------------------------------------------------------------

Reply not_found(std::string_view what, std::string_view name);

// Named by `sceneName` or `sceneUuid` (`prefix` "scene"), which must be there. A fault otherwise.
SceneName read_scene(const Context& context, Fields& fields);
// Named by inputName or inputUuid. Null: `fields` says why.
std::optional<Input> read_input(const Context& context, Fields& fields);
// A scene, when the request may leave it out.
std::optional<SceneName> read_optional_scene(const Context& context, Fields& fields);

}  // namespace tribune::net::obs
