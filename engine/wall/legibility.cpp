#include "wall/legibility.hpp"

#include <algorithm>
#include <cmath>

namespace tribune {
namespace {

constexpr double smallest_readable_px = 8;

double linear(double channel) {
    return channel <= 0.04045 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
}

double worst_contrast(const Colour& ink, const Colour& a, const Colour& b) {
    return std::min(contrast_ratio(ink, a), contrast_ratio(ink, b));
}

Colour mixed(const Colour& from, const Colour& to, float part) {
    return {from.red + (to.red - from.red) * part, from.green + (to.green - from.green) * part,
            from.blue + (to.blue - from.blue) * part, from.alpha};
}

}  // namespace

double smallest_cap_height(const Venue& venue, int lines) {
    if (venue.screen_height_m <= 0) return smallest_readable_px;
    const double metres = venue.farthest_seat_m / 200;
    return std::max(smallest_readable_px, metres / venue.screen_height_m * lines);
}

double font_size_for_cap_height(double cap_height_px, double cap_height_em) {
    return cap_height_em > 0 ? cap_height_px / cap_height_em : cap_height_px / 0.7;
}

double relative_luminance(const Colour& colour) {
    return 0.2126 * linear(static_cast<double>(colour.red)) + 0.7152 * linear(static_cast<double>(colour.green)) +
           0.0722 * linear(static_cast<double>(colour.blue));
}

double contrast_ratio(const Colour& a, const Colour& b) {
    const double la = relative_luminance(a);
    const double lb = relative_luminance(b);
    return (std::max(la, lb) + 0.05) / (std::min(la, lb) + 0.05);
}

Colour legible_ink(const Colour& ink, const Colour& ground_a, const Colour& ground_b, double ratio) {
    if (worst_contrast(ink, ground_a, ground_b) >= ratio) return ink;
    const Colour white{1, 1, 1, ink.alpha};
    const Colour black{0, 0, 0, ink.alpha};
    const bool lighter = worst_contrast(white, ground_a, ground_b) >= worst_contrast(black, ground_a, ground_b);
    const auto& pole = lighter ? white : black;
    constexpr int steps = 64;
    for (int i = 1; i < steps; ++i) {
        const auto tried = mixed(ink, pole, static_cast<float>(i) / steps);
        if (worst_contrast(tried, ground_a, ground_b) >= ratio) return tried;
    }
    return pole;
}

}  // namespace tribune
