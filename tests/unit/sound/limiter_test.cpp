#include "sound/limiter.hpp"

#include <catch2/catch.hpp>
#include <random>

#include "tests/unit/sound/signals.hpp"

using namespace tribune;
using namespace tribune::test;

namespace {

const double ceiling = gain_from_db(Limiter::ceiling_db);

double loudest(const std::vector<StereoSample>& samples) {
    double most = 0;
    for (const auto& s : samples)
        most = std::max({most, static_cast<double>(std::abs(s.left)), static_cast<double>(std::abs(s.right))});
    return most;
}

}  // namespace

TEST_CASE("whatever goes in, not one sample comes out above the ceiling") {
    std::mt19937 random(GENERATE(1U, 2U, 3U, 4U, 5U, 6U, 7U, 8U));
    std::uniform_real_distribution<float> any(-8, 8);
    std::uniform_real_distribution<double> share(0, 1);
    Limiter limiter;
    std::vector<StereoSample> all;
    for (int stretch = 0; stretch < 60; ++stretch) {
        // Noise, single peaks, square waves, sudden silence: in stretches of any length.
        std::vector<StereoSample> in(static_cast<std::size_t>(1 + share(random) * 3000));
        const double kind = share(random);
        const float level = any(random);
        for (std::size_t i = 0; i < in.size(); ++i) {
            if (kind < 0.3)
                in[i] = {any(random), any(random)};
            else if (kind < 0.5)
                in[i] = share(random) < 0.01 ? StereoSample{any(random), 0} : StereoSample{};
            else if (kind < 0.8)
                in[i] = {(i / 50) % 2 == 0 ? level : -level, 0.1F};
        }
        limiter.run(in, true);
        all.insert(all.end(), in.begin(), in.end());
    }
    REQUIRE(loudest(all) <= ceiling + 1e-6);
    REQUIRE(loudest(all) > 0.5 * ceiling);
}

TEST_CASE("what stays under the ceiling comes out as it went in, a little later") {
    const auto tone = samples(sine(440, -3), 0, 9600);
    auto out = tone;
    Limiter limiter;
    limiter.run(out, true);
    for (std::size_t i = Limiter::look_ahead; i < out.size(); ++i) REQUIRE(out[i] == tone[i - Limiter::look_ahead]);
    REQUIRE(limiter.take_reduction_db() == 0);
}

TEST_CASE("a tone that is too loud is turned down, not clipped") {
    auto out = samples(sine(1000, 6), 0, 48000);
    Limiter limiter;
    limiter.run(out, true);
    out.erase(out.begin(), out.begin() + 4800);
    // A sine at the ceiling has this power; a clipped one would have more.
    REQUIRE(db_from_gain(rms(out)) == Approx(Limiter::ceiling_db - 3.01).margin(0.1));
    REQUIRE(limiter.take_reduction_db() == Approx(-7).margin(0.1));
    REQUIRE(limiter.take_reduction_db() == 0);
}

TEST_CASE("turned off it delays alike and changes nothing") {
    const auto tone = samples(sine(440, 3), 0, 9600);
    auto out = tone;
    Limiter limiter;
    limiter.run(out, false);
    for (std::size_t i = Limiter::look_ahead; i < out.size(); ++i) REQUIRE(out[i] == tone[i - Limiter::look_ahead]);
}
