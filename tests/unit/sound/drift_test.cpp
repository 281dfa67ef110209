// Clocks that disagree, in the time it takes to compute. An hour of real samples: tests/bench/sound.
#include <catch2/catch.hpp>
#include <random>

#include "sound/device_feed.hpp"
#include "tests/unit/sound/signals.hpp"

using namespace tribune;
using namespace tribune::test;

namespace {

constexpr double limit_ms = 20;

struct Drift {
    double source_ppm = 0;    // the source's samples come so much too fast
    double jitter_ms = 0;     // its time stamps' noise
    Nanoseconds later{30ms};  // when its pictures are seen
};

// How far off its pictures the sound ever was, ms, and how often it broke.
struct Outcome {
    double worst_ms = 0;
    std::uint64_t breaks = 0;
};

// A source whose sampling clock is off: its time stamps tell the pictures' time, its samples are too many or too few.
// What is heard is marked: each sample carries the presentation time it was taken at, so that the offset is read from
// what comes out, not from what the line believes.
Outcome play(const Drift& drift, Nanoseconds length) {
    SourceLine line;
    line.set_clock(0s);
    std::minstd_rand random(1);
    std::uniform_real_distribution<double> jitter(-drift.jitter_ms, drift.jitter_ms);
    const double rate = sound_rate_hz * (1 + drift.source_ppm * 1e-6);
    constexpr double wrap = 0.5;  // seconds that one ramp of marks lasts
    std::int64_t taken = 0;
    std::vector<StereoSample> out(480);
    Outcome outcome;
    const double begin = 10;
    for (std::int64_t block = 0; block * 10ms < length; ++block) {
        const double now = begin + static_cast<double>(block) * 0.01;
        while (static_cast<double>(taken) / rate < now + 0.2 - begin) {
            SoundBlock b;
            const double stamp = begin + static_cast<double>(taken) / rate;
            b.presentation = Nanoseconds{static_cast<std::int64_t>((stamp + jitter(random) / 1000) * 1e9)};
            for (int i = 0; i < 1024; ++i, ++taken) {
                const double t = begin + static_cast<double>(taken) / rate;
                const auto mark = static_cast<float>(std::fmod(t, wrap) / wrap);
                b.samples.push_back({mark, 0});
            }
            line.push(b);
        }
        line.pull(out, MonotonicTime{Nanoseconds{static_cast<std::int64_t>(now * 1e9)}}, drift.later);
        if (now < begin + 1) continue;
        const double due = std::fmod(now + 0.005 - static_cast<double>(drift.later.count()) / 1e9, wrap);
        if (due < 0.1 || due > 0.4) continue;  // near the ramp's end the filter rings
        const double off = static_cast<double>(out[240].left) * wrap - due;
        outcome.worst_ms = std::max(outcome.worst_ms, std::abs(off) * 1000);
    }
    outcome.breaks = line.counters().ran_out + line.counters().jumps;
    return outcome;
}

}  // namespace

TEST_CASE("an hour: the speed keeps what is heard within 20 ms of what is due, whatever the clocks do") {
    const double ppm = GENERATE(-500.0, -200.0, -20.0, 0.0, 20.0, 200.0, 500.0);
    const double jitter_ms = GENERATE(0.0, 5.0, 10.0);
    SpeedControl control;
    std::minstd_rand random(3);
    std::uniform_real_distribution<double> jitter(-jitter_ms / 1000, jitter_ms / 1000);
    constexpr double block = 0.01;
    double late = 0.015;  // as it may begin
    double worst = 0;
    double fastest_change = 0;
    for (int i = 0; i < 360'000; ++i) {
        // The source's clock wanders slowly, too, by a tenth of what it is off.
        const double now_ppm = ppm * (1 + 0.1 * std::sin(i * block / 300));
        const double before = control.speed();
        late += block * (1 + now_ppm * 1e-6 - control.next(late + jitter(random), block));
        worst = std::max(worst, std::abs(late) * 1000);
        fastest_change = std::max(fastest_change, std::abs(control.speed() - before));
    }
    INFO(ppm << " ppm, jitter " << jitter_ms << " ms, worst " << worst << " ms");
    REQUIRE(worst < limit_ms);
    REQUIRE(std::abs(late) * 1000 < 2);
    REQUIRE(fastest_change < 1e-4);
}

TEST_CASE("sound of a source whose clock is off stays within 20 ms of its pictures, unbroken") {
    const auto drift = GENERATE(Drift{200, 0}, Drift{-200, 0}, Drift{200, 2});
    const auto outcome = play(drift, 3min);
    INFO(drift.source_ppm << " ppm, worst " << outcome.worst_ms << " ms");
    REQUIRE(outcome.worst_ms < limit_ms / 4);
    REQUIRE(outcome.breaks == 0);
}

TEST_CASE("pictures whose own clock drifts take the sound along") {
    // A live source: the machine's clock gains on the source's, so its pictures' clock moves by 0.2 ms a second.
    SourceLine line;
    std::vector<StereoSample> out(480);
    std::int64_t sent = 0;
    double worst_ms = 0;
    for (std::int64_t block = 0; block < 12'000; ++block) {
        const auto now = MonotonicTime{100s + block * 10ms};
        const double moved = static_cast<double>(block) * 0.01 * 200e-6;
        const Nanoseconds clock = 100s + Nanoseconds{static_cast<std::int64_t>(moved * 1e9)};
        for (; sent < block + 20; ++sent) {
            SoundBlock b;
            b.presentation = sent * 10ms;
            b.samples.resize(480, {0.1F, 0.1F});
            line.push(b);
        }
        line.set_clock(clock);
        line.pull(out, now, 0s);
        if (block > 500)
            worst_ms = std::max(worst_ms,
                                std::abs(std::chrono::duration<double, std::milli>(line.lateness().value()).count()));
    }
    REQUIRE(worst_ms < limit_ms / 4);
    REQUIRE(line.counters().starts == 1);
}

TEST_CASE("a device whose clock is off neither runs dry nor fills up") {
    const double ppm = GENERATE(200.0, -200.0);
    DeviceFeed feed(40ms);
    const std::vector<StereoSample> block(480, {0.1F, 0.1F});
    double waiting = 0;  // samples
    double least = 1e9;
    double most = 0;
    for (int i = 0; i < 18'000; ++i) {
        // The device takes pieces of 512 samples: what waits in it is known that roughly only.
        const double told = std::ceil(waiting / 512) * 512;
        const auto given = feed.next(block, sound_length(static_cast<std::int64_t>(told)));
        waiting += static_cast<double>(given.size());
        if (i > 100) {
            least = std::min(least, waiting);
            most = std::max(most, waiting);
        }
        waiting = std::max(0.0, waiting - 480 * (1 + ppm * 1e-6));
    }
    REQUIRE(feed.ran_dry() == 0);
    REQUIRE(feed.overflowed() == 0);
    REQUIRE(least > 480);
    REQUIRE(most < 480 * 9);
}

TEST_CASE("sound that is cut short by what comes later fades: it does not click") {
    const auto cut_at = GENERATE(100ms, 195ms, 205ms, 230ms);  // before and behind what was heard
    SourceLine line;
    line.set_clock(0s);
    SoundBlock tone;
    tone.samples.assign(48'000, {0.5F, 0.5F});
    line.push(tone);
    std::vector<StereoSample> out(480);
    float last = 0;
    float steepest = 0;
    const auto hear = [&](int block) {
        line.pull(out, MonotonicTime{block * 10ms}, 0s);
        for (const auto& sample : out) {
            steepest = std::max(steepest, std::abs(sample.left - last));
            last = sample.left;
        }
    };
    for (int block = 0; block < 20; ++block) hear(block);
    SoundBlock silence;
    silence.presentation = cut_at;
    silence.samples.resize(480);
    line.push(silence);
    for (int block = 20; block < 30; ++block) hear(block);
    CHECK(last == 0);
    CHECK(steepest < 0.01F);
}
