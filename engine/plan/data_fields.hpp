// What the show knows, for texts that say it: {question}, {time_left}, {top_word_1} …
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "plan/planner.hpp"

namespace tribune {

// Of the countdown when one was started, else of the open round when it has an end.
struct TimeLeft {
    Nanoseconds left{0};    // less than nothing: so long over
    Nanoseconds length{0};  // of the whole
    bool over = false;      // goes on counting when it is over
};
std::optional<TimeLeft> time_left(const ShowState& state, ShowTime now);

// "4:05", "1:02:00"; "+0:12" when over, 0:00 where time does not go on. Begun seconds count whole.
std::string clock_text(const TimeLeft& time);

// Nothing for a name that says nothing.
std::optional<std::string> data_field(std::string_view name, const PlanInput& input);

// Whether a text says words of the wall.
bool wants_top_words(std::string_view text);

// The text with each {name} that `value` knows replaced; others stay as they are.
std::string filled_in(std::string_view text, const std::function<std::optional<std::string>(std::string_view)>& value);

}  // namespace tribune
