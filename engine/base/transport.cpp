#include "base/transport.hpp"

#include <algorithm>
#include <cmath>

namespace tribune {
namespace {

// Of the last picture: the last instant that is still shown.
constexpr Nanoseconds instant{1};

Nanoseconds last_instant(const Transport& t) {
    const auto end = clip_end(t);
    return end ? std::max(*end - instant, Nanoseconds{0}) : Nanoseconds::max();
}

// How far a playing clip has come, as if it had no end. Doubles are exact for a hundred days.
Nanoseconds unrolled(const Transport& t, ShowTime now) {
    const Nanoseconds passed = std::max(now - t.since, Nanoseconds{0});
    if (t.speed == 1) return t.position + passed;
    return t.position + Nanoseconds{static_cast<std::int64_t>(static_cast<double>(passed.count()) * t.speed)};
}

// A loop is at least this long, wherever its points are: a shorter one would keep a processor busy with one picture.
constexpr Nanoseconds shortest_loop = std::chrono::milliseconds(20);

Nanoseconds loop_start(const Transport& t, Nanoseconds end) {
    return std::clamp(t.in, Nanoseconds{0}, std::max(end - shortest_loop, Nanoseconds{0}));
}

}  // namespace

std::optional<Nanoseconds> clip_end(const Transport& t) {
    if (t.duration <= Nanoseconds{0}) return t.out;
    return t.out ? std::min(*t.out, t.duration) : t.duration;
}

ClipPoint clip_point(const Transport& t, ShowTime now) {
    const auto end = clip_end(t);
    if (t.motion != ClipMotion::playing) {
        // Beside its in and out points too: they are set by looking there.
        const auto last = t.duration > Nanoseconds{0} ? t.duration - instant : Nanoseconds::max();
        const auto position = std::clamp(t.position, Nanoseconds{0}, last);
        if (t.motion == ClipMotion::cued) return {ClipState::cued, position, 0};
        return {position >= last_instant(t) ? ClipState::ended : ClipState::paused, position, 0};
    }
    const Nanoseconds position = std::max(unrolled(t, now), Nanoseconds{0});
    if (!end || position < *end) return {ClipState::playing, position, 0};
    const Nanoseconds start = loop_start(t, *end);
    if (t.loop) {
        const Nanoseconds past = position - *end;
        const Nanoseconds length = *end - start;
        return {ClipState::playing, start + past % length, static_cast<std::uint64_t>(past / length) + 1};
    }
    if (t.at_end == ClipEnd::stop) return {ClipState::cued, start, 0};
    return {ClipState::ended, last_instant(t), 0};
}

ShowTime clip_time(const Transport& t, std::uint64_t round, Nanoseconds position) {
    Nanoseconds to_go = position - t.position;
    if (const auto end = clip_end(t); round > 0 && end) {
        const Nanoseconds start = loop_start(t, *end);
        to_go = *end - t.position + static_cast<std::int64_t>(round - 1) * (*end - start) + (position - start);
    }
    if (to_go <= Nanoseconds{0}) return t.since;
    const double time = std::ceil(static_cast<double>(to_go.count()) / t.speed);
    ShowTime at = t.since + (t.speed == 1 ? to_go : Nanoseconds{static_cast<std::int64_t>(time)});
    while (unrolled(t, at) < t.position + to_go) at = at + instant;  // what a division left over
    return at;
}

std::optional<ShowTime> clip_ends(const Transport& t) {
    const auto end = clip_end(t);
    if (t.motion != ClipMotion::playing || t.loop || !end) return std::nullopt;
    return clip_time(t, 0, *end);
}

}  // namespace tribune
