// What the program says of itself to monitoring. Pure.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/stages.hpp"
#include "show/actual.hpp"
#include "show/state.hpp"

namespace tribune::net {

// What a control port counts.
struct ControlFigure {
    std::string_view name;  // "obs_sessions"
    std::string_view help;
    bool only_grows = true;
    std::uint64_t value = 0;
};

struct Counters {
    NetHealth health;
    std::uint64_t messages_out = 0;
    std::uint64_t stored = 0;
    std::uint64_t http_requests = 0;
    std::uint64_t wrong_keys = 0;
    std::uint64_t pictures_sent = 0;
    std::uint64_t pictures_dropped = 0;
    std::uint64_t pending = 0;       // requests at the authority
    std::uint64_t turned_away = 0;   // connections refused for want of descriptors
    std::uint64_t answers_lost = 0;  // results that found the queue full
    std::vector<ControlFigure> control;
    std::vector<std::string> control_faults;  // ports that are wanted and cannot be had: "port/obs-websocket"
};

// `down`: the show does not work. `degraded`: it goes on without these.
struct Verdict {
    std::vector<std::string> down;
    std::vector<std::string> degraded;
};

// `actual` null: never heard. `stale`: not heard for too long.
Verdict judge(const ShowState* state, const Actual* actual, bool stale);
std::string verdict_json(const Verdict& verdict);

using StagesOfProcesses = std::map<std::string, std::vector<StageTimes>>;

// Prometheus text format 0.0.4. Stages are told of processes that `actual` knows.
std::string metrics_text(const ShowState* state, const Actual* actual, const StagesOfProcesses& stages,
                         const Counters& counters, const Verdict& verdict);

}  // namespace tribune::net
