// The native protocol's messages (docs/protocol.md): parsed strictly, written in one place. Pure.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/ids.hpp"
#include "net/limits.hpp"
#include "net/midi/learner.hpp"
#include "net/server.hpp"
#include "show/actual.hpp"
#include "show/command.hpp"
#include "show/rights.hpp"
#include "show/state.hpp"
#include "show/tally.hpp"

namespace tribune::net {

inline constexpr int protocol_version = 1;

struct HelloMessage {
    int proto = 0;
    std::string key;
    std::string device;
    std::optional<int> table;
    std::string nick;  // of a facilitator, who shares the key with others
};
struct SubmitMessage {
    Uuid id;
    std::uint32_t round = 0;
    std::string text;
    std::string language;
    ContributionKind kind = ContributionKind::idea;
    std::uint32_t part = 0;
    std::string title;
};
struct OwnMessage {};
// What a facilitator looks at: the others see it.
struct LookingMessage {
    std::optional<Uuid> contribution;
    std::uint32_t theme = 0;
    bool operator==(const LookingMessage&) const = default;
};
struct HistoryMessage {
    Uuid contribution;
};
struct CommandMessage {
    std::string request;
    Command command;
};
inline constexpr std::array<std::string_view, 4> picture_kinds{"face", "source", "view", "media"};
inline constexpr std::size_t live_picture_kinds = 3;  // of these: what clients may watch
struct PictureWish {
    std::uint8_t kind = 0;  // place in picture_kinds
    std::string name;
    int width = 0;
    auto operator<=>(const PictureWish&) const = default;
};
struct PicturesMessage {
    std::vector<PictureWish> want;
    double fps = 0;
};
struct SeenMessage {
    std::uint32_t picture = 0;
};
// Says which control is touched next, instead of doing what it does.
struct LearnMessage {
    bool on = true;
};
struct ClockMessage {
    std::string t;  // the number as JSON, sent back as it came
};
// What cannot be taken, and which message of the client that answers.
struct Fault {
    Error error;
    std::string submit;   // its id
    std::string request;  // a command's
};

using ClientMessage = std::variant<Fault, HelloMessage, SubmitMessage, OwnMessage, CommandMessage, PicturesMessage,
                                   SeenMessage, LearnMessage, ClockMessage, LookingMessage, HistoryMessage>;

// Any bytes. Fault codes: bad_json (not UTF-8 JSON, or nested deeper than 8), bad_message, bad_command…
ClientMessage parse_client_message(std::string_view text);

// What waits for a client after `welcome`.
struct Welcome {
    Actor actor;
    Rights rights;
    std::string epoch;
    std::int64_t show_ms = 0;
    ClientLimits limits;
    std::size_t retry_slot_ms = 0;
};

std::string welcome_json(const Welcome& welcome);
std::string stored_json(const Uuid& id, std::uint64_t sequence);
std::string refused_json(std::string_view id, const Error& error, int retry_after_ms);
std::string result_json(std::string_view request, const Error* error, std::uint64_t revision);
std::string error_json(const Error& error);
std::string clock_json(std::string_view t, std::int64_t show_ms);
std::string state_json(std::uint64_t revision, std::string_view view);
std::string seating_json(std::string_view view);
std::string own_added_json(const ShowState& state, const Contribution& contribution);
// Newest first in `newest`; written oldest first, as many as fit in `bytes`.
std::string own_json(const ShowState& state, const std::vector<const Contribution*>& newest, std::size_t bytes);
std::string history_json(const ShowState& state, const Uuid& contribution);
std::string actual_json(const Actual& actual);
std::string levels_json(const SoundLevels& levels);
std::string tally_json(const std::map<SourceName, TallyLight>& lights);

std::string moves_json(const std::vector<Move>& newest_first);
std::string touched_json(const Touch& touch);

// Text for people or machines as a JSON string; ill-formed UTF-8 is replaced, never an error.
std::string dump(const nlohmann::json& json);

}  // namespace tribune::net
