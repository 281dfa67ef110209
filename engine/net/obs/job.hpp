// The requests of one message, on their way to one answer.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/time.hpp"
#include "net/obs/requests.hpp"

namespace tribune::net::obs {

struct Item {
    std::string type;  // empty: the client named none
    Json id;           // null: none, then none comes back
    Json data;         // null: none
    Json inputs;       // request field ← variable
    Json outputs;      // variable ← field of the answer
    Reply reply;
    std::size_t waiting = 0;  // commands and pictures under way
    std::string format;       // of a picture
};

struct Job {
    std::uint64_t id = 0;
    Json request_id;
    Execution execution = Execution::single;
    bool halts = false;  // at the first request that fails
    Json variables = Json::object();
    std::vector<Item> items;

    std::size_t begun = 0;    // items begun; those beyond are not, and after a halt never will be
    std::size_t waiting = 0;  // over all items
    bool halted = false;
    std::optional<MonotonicTime> asleep;  // until then
    // Of a batch of one frame:
    std::shared_ptr<const ShowState> working;  // the show as the commands so far leave it
    std::vector<HeldCommand> gathered;         // sent as one when all items are begun
    std::vector<std::size_t> gathered_for;     // the items they belong to, each once

    [[nodiscard]] bool all_begun() const { return halted || begun == items.size(); }
};

inline constexpr std::size_t most_batch_items = 1000;

// From `d` of a Request or RequestBatch; what it lacks is a reason to close.
std::variant<Job, Closing> parse_request(const Json& data);
std::variant<Job, Closing> parse_batch(const Json& data);

// The answer to a message whose items are done.
Json response(const Job& job);

// Fills in what variables say, and takes what the answer says into variables.
void read_variables(const Job& job, Item& item);
void write_variables(Job& job, const Item& item);

}  // namespace tribune::net::obs
