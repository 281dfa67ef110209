#include "sound/limiter.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace tribune {
namespace {

const auto ceiling = static_cast<float>(gain_from_db(Limiter::ceiling_db));
constexpr float release_share = 1.0F / (0.15F * sound_rate_hz);  // of what is missing to 1, a sample: 150 ms
constexpr float settled = 1e-4F;                                 // from here on it is at rest

}  // namespace

void Limiter::run(std::span<StereoSample> samples, bool on) {
    for (auto& sample : samples) sample = step(sample, on);
}

// The gain each sample wants, the least of it over the window, let go slowly, then averaged over the same window: at
// a peak every gain in the average is at most what that peak wants, so the average is, too.
StereoSample Limiter::step(StereoSample in, bool on) {
    const float peak = std::max(std::abs(in.left), std::abs(in.right));
    const float wanted = on && peak > ceiling ? ceiling / peak : 1.0F;
    while (!lows_.empty() && lows_.back().gain >= wanted) lows_.pop_back();
    lows_.push_back({at_, wanted});
    if (lows_.front().at + look_ahead < at_) lows_.pop_front();
    const float let_go = 1 - release_ < settled ? 1.0F : release_ + (1 - release_) * release_share;
    release_ = std::min(lows_.front().gain, let_go);

    const std::size_t slot = at_ % look_ahead;
    sum_ += static_cast<double>(release_) - static_cast<double>(std::exchange(held_.at(slot), release_));
    // Rounding must not add up over days.
    if (slot == 0) {
        sum_ = 0;
        for (const float gain : held_) sum_ += static_cast<double>(gain);
    }
    const auto gain = static_cast<float>(sum_ / look_ahead);
    const StereoSample out = std::exchange(delayed_.at(slot), in);
    ++at_;
    least_ = std::min(least_, gain);
    if (!on && gain >= 1) return out;
    const auto limited = [&](float sample) { return std::clamp(sample * gain, -ceiling, ceiling); };
    return {limited(out.left), limited(out.right)};
}

double Limiter::take_reduction_db() { return db_from_gain(static_cast<double>(std::exchange(least_, 1.0F))); }

}  // namespace tribune
