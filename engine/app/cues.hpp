// What the rundown asks of the program itself: to carry on when something is due, and to tell it the time of day.
// Pure but for the time zone of the machine.
#pragma once

#include <cstdint>
#include <optional>

#include "show/command.hpp"
#include "show/state.hpp"

namespace tribune::cues {

// What is to be decided now, if anything.
std::optional<Command> due(const ShowState& state, ShowTime now, std::int64_t unix_ms);

// How long until that; none: never, as things stand.
std::optional<Nanoseconds> until_due(const ShowState& state, ShowTime now);

// The first moment from `unix_ms` on at which clocks here show this time of day; none when it is over half a day off:
// it has passed.
std::optional<std::int64_t> next_time_of_day(int seconds_since_midnight, std::int64_t unix_ms);

}  // namespace tribune::cues
