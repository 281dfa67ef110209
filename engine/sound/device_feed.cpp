#include "sound/device_feed.hpp"

#include <algorithm>

namespace tribune {
namespace {

constexpr int fade_samples = 240;
constexpr Nanoseconds far_too_much = std::chrono::milliseconds(60);  // beyond what is wanted

}  // namespace

std::span<const StereoSample> DeviceFeed::next(std::span<const StereoSample> block, Nanoseconds waiting) {
    out_.clear();
    if (waiting > wanted_ + far_too_much) {
        if (running_) ++overflowed_;
        running_ = false;
        return {};
    }
    const bool begins = !running_ || waiting <= Nanoseconds{0};
    if (begins) {
        if (running_) ++ran_dry_;
        in_.clear();
        control_.reset();
        resampler_.reset(control_.speed());
        const double missing = samples_in(wanted_ - waiting);
        out_.resize(static_cast<std::size_t>(std::max(0.0, missing)));
        running_ = true;
    } else {
        const double late = static_cast<double>((waiting - wanted_).count()) / 1e9;
        control_.next(late, static_cast<double>(block.size()) / sound_rate_hz);
    }
    in_.insert(in_.end(), block.begin(), block.end());
    const std::size_t before = out_.size();
    out_.resize(before + 2 * block.size() + Resampler::reach);
    const auto step = resampler_.run(in_, std::span(out_).subspan(before), control_.speed());
    in_.erase(in_.begin(), in_.begin() + static_cast<std::ptrdiff_t>(step.used));
    out_.resize(before + step.made);
    if (begins) {
        for (std::size_t i = 0; i < std::min<std::size_t>(step.made, fade_samples); ++i) {
            const float gain = static_cast<float>(i) / fade_samples;
            out_[before + i].left *= gain;
            out_[before + i].right *= gain;
        }
    }
    return out_;
}

}  // namespace tribune
