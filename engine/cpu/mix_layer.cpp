#include "cpu/mix_layer.hpp"

#include <libyuv.h>

#include <cmath>

#include "cpu/blend.hpp"

namespace tribune {

MixLayer::MixLayer(const Surface& from, const Surface& to, IntRect place, float progress)
    : from_(from), to_(to), place_(place),
      share_(static_cast<int>(std::lround(std::clamp(progress, 0.0F, 1.0F) * 256.0F))) {}

void MixLayer::draw(Surface& surface, const IntRect& part, Scratch& scratch) const {
    const IntRect r = intersection(part, place_);
    if (r.empty()) return;
    const int n = r.width();
    scratch.fit(n);
    const bool covers = from_.opaque() && to_.opaque();
    // libyuv's shares end below 256.
    const Surface& first = share_ == 256 ? to_ : from_;
    for (int y = r.y0; y < r.y1; ++y) {
        const auto* a = first.at(r.x0 - place_.x0, y - place_.y0);
        const auto* b = to_.at(r.x0 - place_.x0, y - place_.y0);
        auto* out = covers ? surface.at(r.x0, y) : reinterpret_cast<std::uint8_t*>(scratch.pixels.data());
        libyuv::InterpolatePlane(a, 0, b, 0, out, 0, n * 4, 1, share_ & 255);
        if (!covers) blend_row(surface, r.x0, y, scratch.pixels.data(), n);
    }
}

}  // namespace tribune
