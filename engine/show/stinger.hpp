// Stingers: clips, clear in parts, that play over a take and hide the cut beneath it.
#pragma once

#include <optional>
#include <string_view>

#include "base/ids.hpp"
#include "base/time.hpp"
#include "show/bus.hpp"
#include "show/setup.hpp"

namespace tribune {

struct ShowState;

inline constexpr int longest_stinger_cut_ms = 60'000;

// Makes a clip a transition of its own name, or moves its cut. What is left out stays.
struct SetStinger {
    SourceName source;
    std::optional<int> cut_ms;
    bool operator==(const SetStinger&) const = default;
};

struct RemoveStinger {
    SourceName source;
    bool operator==(const RemoveStinger&) const = default;
};

// A transition under way that is a stinger.
struct StingerMoment {
    SourceName source;
    Nanoseconds elapsed{0};   // since the take, as if it ran by itself: a T-bar moves it to and fro
    Nanoseconds position{0};  // of the clip's picture that belongs here
    bool cut = false;         // the new picture lies beneath it
};
std::optional<StingerMoment> stinger_moment(const ShowState& state, const Mix& mix, ShowTime now);

}  // namespace tribune
