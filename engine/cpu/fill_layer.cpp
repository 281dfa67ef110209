#include "cpu/fill_layer.hpp"

#include <cmath>
#include <cstring>

#include "cpu/blend.hpp"

namespace tribune {

IntRect FillLayer::opaque() const {
    if (item_.top.alpha < 1 || item_.bottom.alpha < 1) return {};
    const int rounded = static_cast<int>(std::ceil(std::max(item_.corner_radius, 0.0F)));
    return {place_.x0, place_.y0 + rounded, place_.x1, place_.y1 - rounded};
}

void FillLayer::draw(Surface& surface, const IntRect& part, Scratch& scratch) const {
    const IntRect r = intersection(part, place_);
    if (r.empty()) return;
    const int n = r.width();
    scratch.fit(n);
    const float radius = item_.corner_radius;
    for (int y = r.y0; y < r.y1; ++y) {
        const float t = (static_cast<float>(y - place_.y0) + 0.5F) / static_cast<float>(place_.height());
        const Colour colour = between(item_.top, item_.bottom, t);
        const std::uint32_t pixel = premultiplied(colour);
        std::fill_n(scratch.pixels.data(), n, pixel);
        const bool corner = radius > 0 && (static_cast<float>(y - place_.y0) < radius ||
                                           static_cast<float>(place_.y1 - 1 - y) < radius);
        if (corner) {
            rounded_coverage(place_, radius, y, r.x0, r.x1, scratch.coverage.data());
            for (int i = 0; i < n; ++i) {
                const auto at = static_cast<std::size_t>(i);
                if (const auto c = scratch.coverage[at]; c != 255)
                    scratch.pixels[at] = premultiplied(colour, static_cast<float>(c) / 255.0F);
            }
        }
        if (!corner && pixel >> 24 == 255) {
            std::memcpy(surface.at(r.x0, y), scratch.pixels.data(), static_cast<std::size_t>(n) * 4);
        } else {
            blend_row(surface, r.x0, y, scratch.pixels.data(), n);
        }
    }
}

}  // namespace tribune
