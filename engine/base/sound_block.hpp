// Sound as it is passed between rooms: 48 kHz, two channels, float samples; ±1 is full scale (0 dBFS).
#pragma once

#include <cmath>
#include <cstdint>
#include <vector>

#include "base/time.hpp"

namespace tribune {

inline constexpr int sound_rate_hz = 48000;

// One moment of sound in both ears.
struct StereoSample {
    float left = 0;
    float right = 0;

    bool operator==(const StereoSample&) const = default;
};

// Samples of one source that follow each other without a gap.
struct SoundBlock {
    Nanoseconds presentation{0};  // the source's own time of the first sample, on the clock of its video frames
    MonotonicTime arrived;        // when it was decoded on this machine
    std::uint64_t sequence = 0;   // rises by one for each block the source published
    std::vector<StereoSample> samples;
};

// How long so many samples sound, and how many begin in that time. Exact for whole samples.
constexpr Nanoseconds sound_length(std::int64_t samples) {
    return Nanoseconds{samples / sound_rate_hz * 1'000'000'000 +
                       samples % sound_rate_hz * 1'000'000'000 / sound_rate_hz};
}
constexpr double samples_in(Nanoseconds time) { return static_cast<double>(time.count()) * sound_rate_hz / 1e9; }

// Levels. Silence is the floor, so that a level is always a number that JSON can carry.
inline constexpr double silent_db = -120;
inline double db_from_gain(double gain) { return gain > 1e-6 ? 20 * std::log10(gain) : silent_db; }
inline double gain_from_db(double db) { return std::pow(10.0, db / 20); }

}  // namespace tribune
