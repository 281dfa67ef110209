#include "show/countdown.hpp"

#include <algorithm>

namespace tribune {
namespace {

Error no_countdown() { return {"no_countdown", "No countdown runs: start one with its length."}; }

}  // namespace

Status apply(Countdown& countdown, const StartCountdown& c, ShowTime now) {
    const Nanoseconds length = std::chrono::milliseconds(c.length_ms);
    if (length < std::chrono::seconds(1) || length > longest_countdown)
        return Error{"bad_countdown", "A countdown takes 1 second to 24 hours."};
    countdown = {true, now + length, Nanoseconds{0}, length};
    return {};
}

Status apply(Countdown& countdown, const HoldCountdown& c, ShowTime now) {
    if (!countdown.on) return no_countdown();
    if (c.held == !countdown.ends) return {};
    if (c.held) {
        countdown.left = countdown.remaining(now);
        countdown.ends.reset();
    } else {
        countdown.ends = now + countdown.left;
        countdown.left = Nanoseconds{0};
    }
    return {};
}

Status apply(Countdown& countdown, const ExtendCountdown& c, ShowTime now) {
    if (!countdown.on) return no_countdown();
    const Nanoseconds by = std::chrono::milliseconds(c.by_ms);
    const Nanoseconds left = countdown.remaining(now) + by;
    if (left > longest_countdown || left < Nanoseconds{0})
        return Error{"bad_countdown", "So much time cannot be given or taken: what is left is 0 to 24 hours."};
    if (countdown.ends) {
        *countdown.ends = *countdown.ends + by;
    } else {
        countdown.left = left;
    }
    countdown.length = std::max(countdown.length, left);
    return {};
}

Status apply(Countdown& countdown, const StopCountdown&, ShowTime) {
    if (!countdown.on) return no_countdown();
    countdown = {};
    return {};
}

}  // namespace tribune
