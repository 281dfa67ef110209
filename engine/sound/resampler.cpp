#include "sound/resampler.hpp"

#include <samplerate.h>

#include <algorithm>
#include <new>

namespace tribune {
namespace {

// Lateness is taken out within some ten seconds, and a clock's difference learned in twice that.
constexpr double proportional = 0.15;                         // of the lateness, a second
constexpr double integral = proportional * proportional / 4;  // critical damping
constexpr double smoothing_seconds = 0.4;                     // of the measured lateness
constexpr double most_learned = 0.001;                        // no clock is that far off
constexpr double most_off = 0.003;                            // 5 cents: nobody hears it
constexpr double most_change_a_second = 0.002;

}  // namespace

void Resampler::Delete::operator()(SRC_STATE_tag* state) const { src_delete(state); }

Resampler::Resampler() {
    int error = 0;
    state_.reset(src_new(SRC_SINC_FASTEST, 2, &error));
    if (!state_) throw std::bad_alloc();
}

Resampler::Step Resampler::run(std::span<const StereoSample> in, std::span<StereoSample> out, double speed) {
    if (out.empty()) return {};
    SRC_DATA data{};
    const StereoSample nothing;
    data.data_in = in.empty() ? &nothing.left : &in.data()->left;
    data.input_frames = static_cast<long>(in.size());
    data.data_out = &out.data()->left;
    data.output_frames = static_cast<long>(out.size());
    data.src_ratio = 1 / speed;
    if (src_process(state_.get(), &data) != 0) return {in.size(), 0};  // only for ratios that are none
    return {static_cast<std::size_t>(data.input_frames_used), static_cast<std::size_t>(data.output_frames_gen)};
}

void Resampler::reset(double speed) {
    src_reset(state_.get());
    src_set_ratio(state_.get(), 1 / speed);
}

double SpeedControl::next(double late_seconds, double block_seconds) {
    const double share = started_ ? std::min(1.0, block_seconds / smoothing_seconds) : 1.0;
    started_ = true;
    smooth_ += (late_seconds - smooth_) * share;
    learned_ = std::clamp(learned_ + integral * smooth_ * block_seconds, -most_learned, most_learned);
    const double wanted = 1 + std::clamp(proportional * smooth_ + learned_, -most_off, most_off);
    const double step = most_change_a_second * block_seconds;
    speed_ = std::clamp(wanted, speed_ - step, speed_ + step);
    return speed_;
}

void SpeedControl::reset() {
    started_ = false;
    smooth_ = 0;
    speed_ = 1 + learned_;
}

}  // namespace tribune
