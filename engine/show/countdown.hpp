// A countdown that somebody started by hand: a talk, a break, the time until doors open.
#pragma once

#include <optional>

#include "base/result.hpp"
#include "base/time.hpp"

namespace tribune {

struct Countdown {
    bool on = false;               // off: the time left is that of the open round
    std::optional<ShowTime> ends;  // while it runs; none: it is held at `left`
    Nanoseconds left{0};
    Nanoseconds length{0};  // as it was started
    bool operator==(const Countdown&) const = default;

    // Less than nothing: so long over.
    [[nodiscard]] Nanoseconds remaining(ShowTime now) const { return ends ? *ends - now : left; }
};
inline constexpr Nanoseconds longest_countdown = std::chrono::hours(24);

// --- Commands -----------------------------------------------------------------------------------------------

// From its whole length, whatever ran before.
struct StartCountdown {
    int length_ms = 0;
    bool operator==(const StartCountdown&) const = default;
};
// Stands still, or goes on.
struct HoldCountdown {
    bool held = true;
    bool operator==(const HoldCountdown&) const = default;
};
// Gives time, or takes some away.
struct ExtendCountdown {
    int by_ms = 0;
    bool operator==(const ExtendCountdown&) const = default;
};
struct StopCountdown {
    bool operator==(const StopCountdown&) const = default;
};

// Errors: bad_countdown (a length that cannot be), no_countdown (none was started).
Status apply(Countdown& countdown, const StartCountdown& c, ShowTime now);
Status apply(Countdown& countdown, const HoldCountdown& c, ShowTime now);
Status apply(Countdown& countdown, const ExtendCountdown& c, ShowTime now);
Status apply(Countdown& countdown, const StopCountdown& c, ShowTime now);

}  // namespace tribune
