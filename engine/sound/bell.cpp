#include "sound/bell.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace tribune {
namespace {

// The partials that make a bell a bell, relative to its strike note: hum, prime, tierce (a minor third), quint,
// nominal and above (https://en.wikipedia.org/wiki/Strike_tone). Low ones last, high ones ping.
struct Partial {
    double ratio;
    double level;
    double decay_seconds;  // to 1/e
    double pan;            // -1 left, 1 right
};
constexpr Partial partials[] = {
    {0.5, 0.45, 1.30, 0.0},  {1.0, 0.90, 0.95, -0.1}, {1.2, 0.60, 0.75, 0.2}, {1.5, 0.30, 0.55, -0.2},
    {2.0, 1.00, 0.60, 0.1},  {2.5, 0.30, 0.35, -0.3}, {3.0, 0.35, 0.28, 0.3}, {4.2, 0.25, 0.16, -0.25},
    {5.4, 0.15, 0.09, 0.25}, {6.8, 0.10, 0.05, 0.0},
};
constexpr double strike_hz = 587.33;  // D5: above voices, below what hurts
constexpr double length_seconds = 4;
constexpr double attack_seconds = 0.002;
constexpr double end_fade_seconds = 0.5;
constexpr double peak_db = -6;

}  // namespace

std::vector<StereoSample> make_bell() {
    std::vector<StereoSample> bell(static_cast<std::size_t>(length_seconds * sound_rate_hz));
    for (const auto& p : partials) {
        const double step = 2 * std::numbers::pi * strike_hz * p.ratio / sound_rate_hz;
        const double angle = (p.pan + 1) * std::numbers::pi / 4;
        for (std::size_t i = 0; i < bell.size(); ++i) {
            const auto n = static_cast<double>(i);
            const double t = n / sound_rate_hz;
            const double envelope = std::min(1.0, t / attack_seconds) * std::exp(-t / p.decay_seconds) *
                                    std::min(1.0, (length_seconds - t) / end_fade_seconds);
            const double sample = p.level * envelope * std::sin(step * n);
            bell[i].left += static_cast<float>(sample * std::cos(angle));
            bell[i].right += static_cast<float>(sample * std::sin(angle));
        }
    }
    float peak = 0;
    for (const auto& s : bell) peak = std::max({peak, std::abs(s.left), std::abs(s.right)});
    const float gain = static_cast<float>(gain_from_db(peak_db)) / peak;
    for (auto& s : bell) {
        s.left *= gain;
        s.right *= gain;
    }
    return bell;
}

}  // namespace tribune
