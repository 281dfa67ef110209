// A clip's transport: what is wanted of it. Which picture to show at any show time follows by arithmetic alone, in
// every process alike, so that clips started together stay together and a restart changes nothing.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/ids.hpp"
#include "base/time.hpp"

namespace tribune {

enum class ClipMotion : std::uint32_t {
    cued = 1,  // waits at its position
    playing,
    paused,
};

// What a clip that does not loop does at its end.
enum class ClipEnd : std::uint32_t {
    hold = 1,  // its last picture stays
    stop,      // back at its in point
    next,      // its last picture stays, and whoever shows it goes on to another scene
};

// Positions count from the clip's first picture.
struct Transport {
    ClipMotion motion = ClipMotion::playing;
    Nanoseconds position{0};  // at `since`
    ShowTime since;
    double speed = 1;                // slowest_clip…fastest_clip
    Nanoseconds in{0};               // where it begins, and where a loop goes back to
    std::optional<Nanoseconds> out;  // the first instant that is not shown; none: the clip's end
    bool loop = false;
    ClipEnd at_end = ClipEnd::hold;
    std::string next;           // the scene or source that follows, for ClipEnd::next
    bool play_on_take = false;  // plays from its position when it comes on air
    Nanoseconds duration{0};    // as measured when the clip was opened; 0: not known, or a still
    bool operator==(const Transport&) const = default;
};
inline constexpr double slowest_clip = 0.1;
inline constexpr double fastest_clip = 4;

enum class ClipState : std::uint32_t { none = 1, cued, playing, paused, ended };

// Where a clip stands.
struct ClipPoint {
    ClipState state = ClipState::cued;
    Nanoseconds position{0};  // inside the clip
    std::uint64_t round = 0;  // how often it has gone back to its in point since `since`
    bool operator==(const ClipPoint&) const = default;
};
ClipPoint clip_point(const Transport& transport, ShowTime now);

// Where a round ends: the out point or the clip's end; none while the clip's length is not known.
std::optional<Nanoseconds> clip_end(const Transport& transport);

// The first time at which a playing clip stands at this position of this round, or past it.
ShowTime clip_time(const Transport& transport, std::uint64_t round, Nanoseconds position);

// When it ends; none when it never does: it does not play, it loops, its length is not known.
std::optional<ShowTime> clip_ends(const Transport& transport);

}  // namespace tribune
