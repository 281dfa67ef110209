#include "app/cues.hpp"

#include <algorithm>
#include <ctime>

namespace tribune::cues {
namespace {

constexpr std::int64_t half_a_day_ms = 12LL * 3600 * 1000;
constexpr Nanoseconds clock_slack = std::chrono::milliseconds(250);  // clocks are set by so little all the time

// When the next cue's time of day comes, in show time: the first one since it became the next.
std::optional<ShowTime> clock_of(const ShowState& state, ShowTime now, std::int64_t unix_ms) {
    const ShowTime armed = state.stage.rundown.armed;
    const auto armed_ago = std::chrono::duration_cast<std::chrono::milliseconds>(now - armed).count();
    const auto when = next_time_of_day(next_cue(state)->start.at_s, unix_ms - armed_ago);
    if (!when) return std::nullopt;
    return now + std::chrono::milliseconds(*when - unix_ms);
}

bool is_told(const std::optional<ShowTime>& told, const std::optional<ShowTime>& clock) {
    if (!told || !clock) return told.has_value() == clock.has_value();
    const Nanoseconds off = *told - *clock;
    return std::max(off, -off) <= clock_slack;
}

}  // namespace

std::optional<std::int64_t> next_time_of_day(int seconds_since_midnight, std::int64_t unix_ms) {
    for (const int day : {0, 1}) {
        const std::time_t from = unix_ms / 1000;
        std::tm local{};
        localtime_r(&from, &local);
        local.tm_mday += day;
        local.tm_hour = seconds_since_midnight / 3600;
        local.tm_min = seconds_since_midnight / 60 % 60;
        local.tm_sec = seconds_since_midnight % 60;
        local.tm_isdst = -1;
        const std::int64_t when = std::int64_t{std::mktime(&local)} * 1000;
        if (when < unix_ms) continue;
        return when - unix_ms <= half_a_day_ms ? std::optional(when) : std::nullopt;
    }
    return std::nullopt;
}

std::optional<Command> due(const ShowState& state, ShowTime now, std::int64_t unix_ms) {
    if (const auto first = next_due(state); first && *first <= now) return CarryOn{};
    if (!waits_for_clock(state)) return std::nullopt;
    const auto clock = clock_of(state, now, unix_ms);
    if (is_told(state.stage.rundown.clock, clock)) return std::nullopt;
    return TimeCue{next_cue(state)->number, clock};
}

std::optional<Nanoseconds> until_due(const ShowState& state, ShowTime now) {
    const auto first = next_due(state);
    if (!first) return std::nullopt;
    return std::max(*first - now, Nanoseconds{0});
}

}  // namespace tribune::cues
