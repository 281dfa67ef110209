#include "capture/live_clock.hpp"

#include <catch2/catch.hpp>
#include <random>

using namespace tribune;
using namespace std::chrono_literals;

namespace {

// A stream of 25 pictures a second, and packets of sound of 100 ms that come when their last sample was taken.
struct Stream {
    Nanoseconds picture_lag{500s};  // the stream's clock is not ours
    Nanoseconds sound_lag{500s};
    Nanoseconds jitter{0};
    double ppm = 0;
    std::minstd_rand random{1};

    void run(LiveClock& clock, Nanoseconds from, Nanoseconds to, bool sound = true) {
        std::uniform_int_distribution<std::int64_t> noise(0, jitter.count());
        const auto arrived = [&](Nanoseconds stamp, Nanoseconds lag) {
            const auto drift = static_cast<std::int64_t>(static_cast<double>(stamp.count()) * ppm * 1e-6);
            return MonotonicTime{stamp + lag + Nanoseconds{drift + noise(random)}};
        };
        for (auto t = from; t < to; t += 20ms) {
            if (t % 40ms == 0ns) clock.picture(t, arrived(t, picture_lag));
            if (sound && t % 100ms == 0ns) clock.sound(t - 100ms, arrived(t, sound_lag));
        }
    }
};

}  // namespace

TEST_CASE("without sound pictures are published as they come") {
    LiveClock clock;
    REQUIRE_FALSE(clock.offset());
    Stream().run(clock, 0s, 5s, false);
    REQUIRE(clock.offset() == Nanoseconds{500s});
}

TEST_CASE("pictures wait until the sound that came in large pieces can be heard with them") {
    LiveClock clock;
    Stream().run(clock, 0s, 5s);
    REQUIRE(clock.offset() == 500s + 100ms + LiveClock::sound_lead);
}

TEST_CASE("sound that comes early enough delays nothing") {
    LiveClock clock;
    Stream stream;
    stream.picture_lag = 500s + 200ms;
    stream.run(clock, 0s, 5s);
    REQUIRE(clock.offset() == stream.picture_lag);
}

TEST_CASE("no picture waits longer than the limit") {
    LiveClock clock;
    Stream stream;
    stream.sound_lag = 501500ms;
    stream.run(clock, 0s, 5s);
    REQUIRE(clock.offset() == stream.picture_lag + LiveClock::longest_wait);
}

TEST_CASE("on a line that jitters the clock is calm, and late enough for all of it") {
    LiveClock clock;
    Stream stream;
    stream.jitter = 30ms;
    stream.run(clock, 0s, 20s);
    const auto before = *clock.offset();
    stream.run(clock, 20s, 60s);
    REQUIRE(std::chrono::abs(*clock.offset() - before) < 10ms);
    REQUIRE(*clock.offset() >= stream.sound_lag + 100ms + LiveClock::sound_lead + 25ms);
}

TEST_CASE("a sender whose clock is off takes the clock along, without a jump") {
    LiveClock clock;
    Stream stream;
    stream.ppm = 200;
    stream.run(clock, 0s, 20s);
    for (auto t = 20s; t < 600s; t += 1s) {
        const auto before = *clock.offset();
        stream.run(clock, t, t + 1s);
        REQUIRE(std::chrono::abs(*clock.offset() - before) < 3ms);
    }
    const auto drifted = Nanoseconds{static_cast<std::int64_t>(600e9 * 200e-6)};
    REQUIRE(std::chrono::abs(*clock.offset() - (500s + 100ms + LiveClock::sound_lead + drifted)) < 15ms);
}

TEST_CASE("a stream that counts its time anew is followed at once") {
    LiveClock clock;
    Stream stream;
    stream.run(clock, 1000s, 1005s);
    stream.picture_lag = stream.sound_lag = 1500s;
    stream.run(clock, 0s, 5s);
    REQUIRE(clock.offset() == 1500s + 100ms + LiveClock::sound_lead);
}
