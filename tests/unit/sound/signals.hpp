// Signals computed for tests, and a source that plays them by a clock of its own.
#pragma once

#include <cmath>
#include <functional>
#include <numbers>
#include <vector>

#include "sound/mixer.hpp"

namespace tribune::test {

using namespace std::chrono_literals;

using Signal = std::function<StereoSample(std::int64_t)>;  // of the n-th sample

inline Signal sine(double hertz, double db, double db_right) {
    return [=](std::int64_t n) {
        const double s = std::sin(2 * std::numbers::pi * hertz * static_cast<double>(n) / sound_rate_hz);
        return StereoSample{static_cast<float>(s * gain_from_db(db)), static_cast<float>(s * gain_from_db(db_right))};
    };
}
inline Signal sine(double hertz, double db) { return sine(hertz, db, db); }
inline Signal constant(float value) {
    return [=](std::int64_t) { return StereoSample{value, value}; };
}

inline std::vector<StereoSample> samples(const Signal& signal, std::int64_t first, std::size_t count) {
    std::vector<StereoSample> out;
    out.reserve(count);
    for (std::size_t i = 0; i < count; ++i) out.push_back(signal(first + static_cast<std::int64_t>(i)));
    return out;
}

// A mixer and sources that are always ready: block by block, in time that only the test moves.
class Room {
  public:
    static constexpr MonotonicTime begin{100s};

    explicit Room(std::map<SourceName, Signal> sources) : sources_(std::move(sources)) {
        for (const auto& [name, signal] : sources_) settings.channels[name] = {};
    }

    // The next 10 ms of both buses.
    Mixer::Buses next() {
        // Half a second ahead: what the limiter looks at has always come.
        for (; sent_ < played_ + 50; ++sent_) {
            for (const auto& [name, signal] : sources_) {
                SoundBlock block;
                block.presentation = sound_length(sent_ * static_cast<std::int64_t>(Mixer::block_samples));
                block.samples =
                    samples(signal, sent_ * static_cast<std::int64_t>(Mixer::block_samples), Mixer::block_samples);
                mixer.push(name, block);
                mixer.set_clock(name, begin.since_boot);
            }
        }
        return mixer.mix(settings, begin + sound_length(played_++ * static_cast<std::int64_t>(Mixer::block_samples)));
    }

    // All that master plays in this time.
    std::vector<StereoSample> play(Nanoseconds time) {
        std::vector<StereoSample> out;
        for (auto left = time; left > 0ns; left -= Mixer::block_length) {
            const auto buses = next();
            out.insert(out.end(), buses.master.begin(), buses.master.end());
        }
        return out;
    }

    Mixer mixer;
    MixSettings settings;

  private:
    std::map<SourceName, Signal> sources_;
    std::int64_t sent_ = 0;
    std::int64_t played_ = 0;
};

inline double rms(const std::vector<StereoSample>& samples) {
    double power = 0;
    for (const auto& s : samples) power += static_cast<double>(s.left * s.left + s.right * s.right);
    return std::sqrt(power / (2.0 * static_cast<double>(samples.size())));
}

// The largest step from one sample to the next: what a click is.
inline double steepest(const std::vector<StereoSample>& samples) {
    double most = 0;
    for (std::size_t i = 1; i < samples.size(); ++i)
        most = std::max(most, static_cast<double>(std::abs(samples[i].left - samples[i - 1].left)));
    return most;
}

}  // namespace tribune::test
