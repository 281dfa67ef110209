#include "displays/pacer.hpp"

#include <catch2/catch.hpp>

namespace tribune {
namespace {
constexpr MonotonicTime start{Nanoseconds{123'456'789}};
MonotonicTime after(Nanoseconds d) { return start + d; }
}  // namespace

TEST_CASE("ten hours of 59.94 frames a second end where they should") {
    const Pacer pacer(60000, 1001, start);
    // 10 h hold 36000 · 60000 / 1001 frames; 60,000 frames take 1,001 s to the nanosecond.
    CHECK(pacer.deadline(0) == start);
    CHECK(pacer.deadline(60'000) == after(std::chrono::seconds(1001)));
    const std::uint64_t frames = 36'000ULL * 60'000 / 1001;
    const auto passed = pacer.deadline(frames) - start;
    CHECK(passed <= std::chrono::hours(10));
    CHECK(passed > std::chrono::hours(10) - std::chrono::milliseconds(17));
    CHECK(pacer.deadline(60'000ULL * 1'000'000) == after(std::chrono::seconds(1'001'000'000)));  // 31 years
}

TEST_CASE("a loop that keeps up draws every frame, each at its own time") {
    Pacer pacer(60000, 1001, start);
    auto now = start;
    for (std::uint64_t i = 0; i < 10'000; ++i) {
        const auto beat = pacer.next(now);
        REQUIRE(beat.index == i);
        REQUIRE(beat.skipped == 0);
        REQUIRE(beat.deadline == pacer.deadline(i));
        now = beat.deadline + std::chrono::milliseconds(i % 15);
        pacer.shown(beat, now);
    }
    CHECK(pacer.counters().shown == 10'000);
    CHECK(pacer.counters().late == 0);
    CHECK(pacer.counters().dropped == 0);
}

TEST_CASE("a hitch drops the frames whose time is over and then goes on in step") {
    Pacer pacer(50, 1, start);
    auto beat = pacer.next(start);
    pacer.shown(beat, start);
    beat = pacer.next(after(std::chrono::milliseconds(1)));
    CHECK(beat.index == 1);
    pacer.shown(beat, after(std::chrono::milliseconds(105)));  // due at 20, the next at 40: late
    beat = pacer.next(after(std::chrono::milliseconds(105)));
    CHECK(beat.index == 5);
    CHECK(beat.skipped == 3);
    CHECK(beat.deadline == after(std::chrono::milliseconds(100)));
    pacer.shown(beat, after(std::chrono::milliseconds(106)));
    CHECK(pacer.next(after(std::chrono::milliseconds(107))).index == 6);
    CHECK(pacer.counters().late == 1);
    CHECK(pacer.counters().dropped == 3);
    CHECK(pacer.take_longest_gap() == std::chrono::milliseconds(105));
    CHECK(pacer.take_longest_gap() == Nanoseconds{0});
}

TEST_CASE("a frame is never drawn twice and time before the start waits for it") {
    Pacer pacer(25, 1, start);
    CHECK(pacer.next(start + Nanoseconds{-1}).index == 0);
    for (std::uint64_t i = 1; i < 5; ++i) CHECK(pacer.next(start).index == i);
}

TEST_CASE("the measured refresh is the median, whatever single swaps did") {
    RefreshMeter meter;
    auto now = start;
    for (int i = 0; i < 10; ++i) meter.add(now = now + std::chrono::microseconds(16'667));
    CHECK(meter.hertz() == 0);
    for (int i = 0; i < 60; ++i) {
        if (i % 9 == 0) {
            meter.pause();
            now = now + std::chrono::seconds(1);
        }
        meter.add(now = now + std::chrono::microseconds(i % 7 == 0 ? 33'000 : 16'667));
    }
    CHECK(meter.hertz() == Approx(60).margin(0.01));
}

}  // namespace tribune
