// The signals of EBU Tech 3341, "minimum requirements" tests 1 to 6, computed here.
#include "sound/loudness.hpp"

#include <catch2/catch.hpp>

#include "tests/unit/sound/signals.hpp"

using namespace tribune;
using namespace tribune::test;

namespace {

struct Part {
    double db;
    int seconds;
};

Loudness measured(const std::vector<Part>& parts) {
    LoudnessMeter meter;
    for (const auto& part : parts) {
        for (int s = 0; s < part.seconds; ++s)
            meter.add(samples(sine(1000, part.db), std::int64_t{s} * sound_rate_hz, sound_rate_hz));
    }
    return meter.now();
}

}  // namespace

TEST_CASE("1 kHz at -23 dBFS on both sides is -23 LUFS, momentary, short-term and integrated") {
    const auto loudness = measured({{-23, 20}});
    REQUIRE(loudness.momentary_lufs == Approx(-23.0).margin(0.1));
    REQUIRE(loudness.short_term_lufs == Approx(-23.0).margin(0.1));
    REQUIRE(loudness.integrated_lufs == Approx(-23.0).margin(0.1));
    REQUIRE(loudness.true_peak_db == Approx(-23.0).margin(0.2));
}

TEST_CASE("1 kHz at -33 dBFS is -33 LUFS") {
    REQUIRE(measured({{-33, 20}}).integrated_lufs == Approx(-33).margin(0.1));
}

TEST_CASE("the gate leaves quiet stretches out") {
    REQUIRE(measured({{-36, 10}, {-23, 60}, {-36, 10}}).integrated_lufs == Approx(-23.0).margin(0.1));
    REQUIRE(measured({{-72, 10}, {-36, 10}, {-23, 60}, {-36, 10}, {-72, 10}}).integrated_lufs ==
            Approx(-23.0).margin(0.1));
    REQUIRE(measured({{-26, 20}, {-20, 20}, {-26, 20}}).integrated_lufs == Approx(-23.0).margin(0.1));
}

TEST_CASE("a peak between the samples is found") {
    // A quarter of the sampling rate, at 45°: samples at -3 dB of the wave's own peak.
    const auto between = [](std::int64_t n) {
        const auto s =
            static_cast<float>(0.5 * std::sin(std::numbers::pi / 2 * static_cast<double>(n) + std::numbers::pi / 4));
        return StereoSample{s, s};
    };
    LoudnessMeter meter;
    meter.add(samples(between, 0, sound_rate_hz));
    LevelMeter level;
    level.add(samples(between, 0, sound_rate_hz));
    REQUIRE(level.take().peak_left_db == Approx(-9.03).margin(0.05));
    REQUIRE(meter.now().true_peak_db == Approx(-6.0).margin(0.4));
}

TEST_CASE("silence has no loudness, and measuring begins anew when asked") {
    LoudnessMeter meter;
    REQUIRE(meter.now() == Loudness{});
    meter.add(samples(sine(1000, -10), 0, 5 * sound_rate_hz));
    REQUIRE(meter.now().integrated_lufs > -15);
    meter.restart();
    REQUIRE(meter.now() == Loudness{});
}

TEST_CASE("levels: peaks of both sides, power of both together, since last taken") {
    LevelMeter meter;
    meter.add(samples(sine(1000, -6, -20), 0, 4800));
    const auto level = meter.take();
    REQUIRE(level.peak_left_db == Approx(-6).margin(0.05));
    REQUIRE(level.peak_right_db == Approx(-20).margin(0.05));
    // Half the power of both: 10 lg((10^-0.6 + 10^-2) / 2 / 2)
    REQUIRE(level.rms_db == Approx(-11.85).margin(0.05));
    REQUIRE(meter.take() == Level{});
}
