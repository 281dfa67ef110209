// Buses: what is on air, and how one picture becomes the next. Progress is never stored: it follows from the time.
#pragma once

#include <cstdint>
#include <optional>

#include "base/ids.hpp"
#include "base/time.hpp"

namespace tribune {

enum class TransitionKind : std::uint32_t {
    cut = 1,  // at once
    mix,      // one picture through the other
    dip,      // down to black and up again
};

// How the next take goes.
struct Transition {
    TransitionKind kind = TransitionKind::mix;
    Nanoseconds length{std::chrono::seconds(1)};
    bool operator==(const Transition&) const = default;
};
inline constexpr Nanoseconds longest_transition = std::chrono::seconds(60);

// A transition under way, or long over.
struct Mix {
    SourceName from;
    TransitionKind kind = TransitionKind::mix;
    ShowTime start;
    Nanoseconds length{0};
    std::optional<double> bar;  // the T-bar's position, 0…1; while somebody holds it, time has no say
    bool operator==(const Mix&) const = default;

    // 0: still `from`, 1: over.
    [[nodiscard]] double progress(ShowTime now) const;
};

struct Bus {
    SourceName source;  // what it shows, or is on its way to
    std::optional<Mix> mix;
    bool operator==(const Bus&) const = default;

    // The transition, unless it is over.
    [[nodiscard]] const Mix* running(ShowTime now) const;
};

// A fade of everything to black, or back.
struct Fade {
    bool down = false;
    ShowTime start;
    Nanoseconds length{0};
    bool operator==(const Fade&) const = default;

    // 0: all light, 1: black.
    [[nodiscard]] double darkness(ShowTime now) const;
};

}  // namespace tribune
