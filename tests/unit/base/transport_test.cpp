#include "base/transport.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <random>

using namespace tribune;
using namespace std::chrono_literals;

namespace {

ShowTime at(Nanoseconds t) { return {t}; }

// Any transport that the rules let through.
Transport any(std::mt19937& random) {
    const auto up_to = [&](std::int64_t most) { return std::uniform_int_distribution<std::int64_t>(0, most)(random); };
    Transport t;
    t.motion = static_cast<ClipMotion>(1 + up_to(2));
    t.duration = Nanoseconds(up_to(9) == 0 ? 0 : 1 + up_to(60'000'000'000));
    t.position = Nanoseconds(up_to(70'000'000'000));
    t.since = at(Nanoseconds(up_to(1'000'000'000'000)));
    t.speed = up_to(2) == 0 ? 1 : std::uniform_real_distribution<>(slowest_clip, fastest_clip)(random);
    t.in = Nanoseconds(up_to(20'000'000'000));
    if (up_to(1) == 0) t.out = t.in + Nanoseconds(1 + up_to(40'000'000'000));
    t.loop = up_to(1) == 0;
    t.at_end = static_cast<ClipEnd>(1 + up_to(2));
    return t;
}

}  // namespace

TEST_CASE("a clip that waits stands where it was put, inside itself") {
    Transport t;
    t.motion = ClipMotion::cued;
    t.duration = 10s;
    t.position = 4s;
    t.since = at(100s);
    REQUIRE(clip_point(t, at(500s)) == ClipPoint{ClipState::cued, 4s, 0});
    t.position = 15s;
    REQUIRE(clip_point(t, at(500s)).position == 10s - 1ns);
    // Beside its in and out points too.
    t.in = 5s;
    t.out = 6s;
    t.position = 1s;
    REQUIRE(clip_point(t, at(500s)).position == 1s);
}

TEST_CASE("a playing clip moves with the show's time, as fast as it is told") {
    Transport t;
    t.duration = 10s;
    t.position = 2s;
    t.since = at(100s);
    REQUIRE(clip_point(t, at(103s)) == ClipPoint{ClipState::playing, 5s, 0});
    t.speed = 0.5;
    REQUIRE(clip_point(t, at(103s)).position == 3500ms);
    t.speed = 2;
    REQUIRE(clip_point(t, at(103s)).position == 8s);
    REQUIRE(clip_point(t, at(99s)).position == 2s);  // a clock that is a little behind
}

TEST_CASE("at its end a clip holds, stops or goes round") {
    Transport t;
    t.duration = 10s;
    t.since = at(100s);
    t.in = 1s;
    t.out = 4s;
    REQUIRE(clip_point(t, at(104s) - 1ns).state == ClipState::playing);
    REQUIRE(clip_point(t, at(104s)) == ClipPoint{ClipState::ended, 4s - 1ns, 0});
    REQUIRE(clip_ends(t) == at(104s));
    t.at_end = ClipEnd::next;
    REQUIRE(clip_point(t, at(109s)) == ClipPoint{ClipState::ended, 4s - 1ns, 0});
    t.at_end = ClipEnd::stop;
    REQUIRE(clip_point(t, at(109s)) == ClipPoint{ClipState::cued, 1s, 0});
    t.loop = true;
    REQUIRE(clip_point(t, at(104s)) == ClipPoint{ClipState::playing, 1s, 1});
    REQUIRE(clip_point(t, at(107s) - 1ns) == ClipPoint{ClipState::playing, 4s - 1ns, 1});
    REQUIRE(clip_point(t, at(107s)) == ClipPoint{ClipState::playing, 1s, 2});
    REQUIRE_FALSE(clip_ends(t));
    // Points that lie too near, or behind the end: a loop of its last pictures.
    t.in = 4s - 1ns;
    REQUIRE(clip_point(t, at(105s)).position >= 3980ms);
    REQUIRE(clip_point(t, at(105s)).round <= 51);
    t.out.reset();
    t.in = 20s;
    REQUIRE(clip_point(t, at(115s)).position >= 9980ms);
}

TEST_CASE("whatever is asked of it, a clip stands inside itself, and its times lead to its places") {
    std::mt19937 random(7);
    for (int i = 0; i < 20'000; ++i) {
        const Transport t = any(random);
        const auto now = t.since + Nanoseconds(std::uniform_int_distribution<std::int64_t>(0, 200'000'000'000)(random));
        const auto point = clip_point(t, now);
        REQUIRE(point.position >= 0ns);
        if (t.duration > 0ns) REQUIRE(point.position < t.duration);
        const auto end = clip_end(t);
        if (point.state == ClipState::playing && end) REQUIRE(point.position < *end);
        if (const auto ends = clip_ends(t)) {
            REQUIRE(clip_point(t, *ends).state != ClipState::playing);
            if (*ends > t.since) REQUIRE(clip_point(t, *ends - 1ns).state == ClipState::playing);
        }
        if (point.state != ClipState::playing) continue;
        // The time told for this place is not after now, and the clip is there or a hair further.
        const auto when = clip_time(t, point.round, point.position);
        REQUIRE(when <= now + 2ns);
        const auto there = clip_point(t, when);
        if (there.round == point.round) {
            REQUIRE(there.position >= point.position);
            REQUIRE(there.position - point.position <= 8ns);
        }
        // Time does not go back.
        const auto later = clip_point(t, now + 1ms);
        REQUIRE((later.round > point.round || later.position >= point.position || later.state != ClipState::playing));
    }
}
