#include "capture/playback_pacer.hpp"

#include <catch2/catch.hpp>

using namespace tribune;
using namespace std::chrono_literals;

TEST_CASE("due times follow the presentation times whatever delay each frame had") {
    PlaybackPacer pacer;
    const MonotonicTime start{50s};
    REQUIRE(pacer.due(0s, start) == start);
    for (int i = 1; i < 100'000; ++i) {
        const Nanoseconds presentation{i * 1'001'000'000LL / 30};
        const auto jitter = Nanoseconds{(i * 7919LL) % 40'000'000};
        REQUIRE(pacer.due(presentation, start + presentation + jitter) == start + presentation);
    }
}

TEST_CASE("a jump of the time stamps sets a new anchor instead of a long wait or a burst") {
    const auto jump = GENERATE(Nanoseconds{1h}, Nanoseconds{-1h}, Nanoseconds{95443717689000});
    PlaybackPacer pacer;
    pacer.due(0s, {50s});
    const MonotonicTime now{51s};
    REQUIRE(pacer.due(jump, now) == now);
    REQUIRE(pacer.due(jump + 40ms, now) == now + 40ms);
}

TEST_CASE("a late frame is skipped, but never is there no frame for longer than a tenth of a second") {
    const PlaybackPacer pacer;
    REQUIRE_FALSE(pacer.skip({50s}, {50s + 20ms}, {50s}));
    REQUIRE(pacer.skip({50s}, {50s + 80ms}, {50s}));
    REQUIRE_FALSE(pacer.skip({50s}, {50s + 120ms}, {50s}));
}
