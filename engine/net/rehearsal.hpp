// A simulated room over real WebSockets: every table writes answers, keeps what was not acknowledged, and sends
// it again after a lost connection, as a tablet does.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace tribune {

struct RehearsalOptions {
    std::string url;        // http://127.0.0.1:8080
    std::string key;        // the rehearsal key
    int tables = 24;        // each one connection, numbered from 1
    int phones = 0;         // connections that only listen
    double per_second = 5;  // answers, the whole room together
    double seconds = 60;
    double grace_seconds = 15;       // for the last answers to be stored
    std::vector<std::string> lines;  // what is written, in shuffled order, again and again
    std::string language = "fr";
    std::uint64_t seed = 1;  // of spacing, order and ids' random part
};

struct RehearsalReport {
    std::uint64_t sent = 0;     // answers written
    std::uint64_t acked = 0;    // of them stored
    std::uint64_t lost = 0;     // of them neither stored nor refused at the end
    std::uint64_t refused = 0;  // of them for good
    double p50_ms = 0;          // written → stored, waiting in the outbox included
    double p99_ms = 0;
    std::uint64_t reconnects = 0;
    std::uint32_t connected = 0;  // now
};

// The lines of a script: empty ones and those that begin with # are left out; "topic | text" gives the text.
std::vector<std::string> script_lines(std::string_view script);

// Blocks until the room is done. `progress` (may be empty) is called about once a second; false ends the rehearsal.
// Answers are written only while a round is open. Errors: bad_url, no_host, no_answer, wrong_key and what else the
// server says to hello, no_lines, no_open_round (none during the whole time).
Result<RehearsalReport> rehearse(const RehearsalOptions& options,
                                 const std::function<bool(const RehearsalReport&)>& progress = {});

}  // namespace tribune
