// Time in the show. Nothing in a pure room reads a clock: time comes in as a value.
#pragma once

#include <chrono>
#include <compare>
#include <cstdint>

namespace tribune {

using Nanoseconds = std::chrono::nanoseconds;

// Nanoseconds since the show's journal began. Never goes back, not even over a restart or a clock step:
// the authority derives it from the monotonic clock and the last journalled time.
struct ShowTime {
    Nanoseconds since_start{0};

    auto operator<=>(const ShowTime&) const = default;
    friend ShowTime operator+(ShowTime t, Nanoseconds d) { return {t.since_start + d}; }
    friend ShowTime operator-(ShowTime t, Nanoseconds d) { return {t.since_start - d}; }
    friend Nanoseconds operator-(ShowTime a, ShowTime b) { return a.since_start - b.since_start; }
};

// The machine's monotonic clock, the same in every process of one machine (CLOCK_MONOTONIC).
struct MonotonicTime {
    Nanoseconds since_boot{0};

    auto operator<=>(const MonotonicTime&) const = default;
    friend MonotonicTime operator+(MonotonicTime t, Nanoseconds d) { return {t.since_boot + d}; }
    friend Nanoseconds operator-(MonotonicTime a, MonotonicTime b) { return a.since_boot - b.since_boot; }
};

MonotonicTime monotonic_now();

// Unix time in milliseconds; a label for people and exports, never an order.
std::int64_t unix_milliseconds_now();

// How this machine's monotonic clock maps to show time. Handed by the authority to every follower.
struct ShowClock {
    Nanoseconds offset{0};  // show time = monotonic time + offset

    [[nodiscard]] ShowTime at(MonotonicTime t) const { return {t.since_boot + offset}; }
    [[nodiscard]] MonotonicTime monotonic(ShowTime t) const { return {t.since_start - offset}; }
};

}  // namespace tribune
