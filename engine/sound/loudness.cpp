#include "sound/loudness.hpp"

#include <ebur128.h>

#include <algorithm>
#include <cmath>
#include <new>
#include <utility>

namespace tribune {
void LevelMeter::add(std::span<const StereoSample> samples) {
    for (const auto& s : samples) {
        left_ = std::max(left_, std::abs(s.left));
        right_ = std::max(right_, std::abs(s.right));
        power_ += static_cast<double>(s.left * s.left + s.right * s.right);
    }
    count_ += samples.size();
}

Level LevelMeter::take() {
    Level level;
    level.peak_left_db = db_from_gain(static_cast<double>(std::exchange(left_, 0.0F)));
    level.peak_right_db = db_from_gain(static_cast<double>(std::exchange(right_, 0.0F)));
    const auto count = static_cast<double>(std::exchange(count_, std::size_t{0}));
    const double power = std::exchange(power_, 0.0);
    level.rms_db = count > 0 ? db_from_gain(std::sqrt(power / (2 * count))) : silent_db;
    return level;
}

struct LoudnessMeter::State {
    // The histogram keeps its memory bounded however long the evening.
    ebur128_state* meter = ebur128_init(
        2, sound_rate_hz, EBUR128_MODE_I | EBUR128_MODE_S | EBUR128_MODE_TRUE_PEAK | EBUR128_MODE_HISTOGRAM);

    State() {
        if (meter == nullptr) throw std::bad_alloc();
    }
    State(const State&) = delete;
    State& operator=(const State&) = delete;
    ~State() { ebur128_destroy(&meter); }
};

LoudnessMeter::LoudnessMeter() : state_(std::make_unique<State>()) {}
LoudnessMeter::~LoudnessMeter() = default;
void LoudnessMeter::restart() { state_ = std::make_unique<State>(); }

void LoudnessMeter::add(std::span<const StereoSample> samples) {
    if (!samples.empty()) ebur128_add_frames_float(state_->meter, &samples.data()->left, samples.size());
}

Loudness LoudnessMeter::now() const {
    const auto read = [&](auto function) {
        double lufs = 0;
        const bool known = function(state_->meter, &lufs) == EBUR128_SUCCESS && std::isfinite(lufs);
        return known ? std::max(lufs, silent_db) : silent_db;
    };
    Loudness now{read(ebur128_loudness_momentary), read(ebur128_loudness_shortterm), read(ebur128_loudness_global),
                 silent_db};
    for (const unsigned channel : {0U, 1U}) {
        double peak = 0;
        if (ebur128_true_peak(state_->meter, channel, &peak) == EBUR128_SUCCESS)
            now.true_peak_db = std::max(now.true_peak_db, db_from_gain(peak));
    }
    return now;
}

}  // namespace tribune
