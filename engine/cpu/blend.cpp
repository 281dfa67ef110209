#include "cpu/blend.hpp"

#include <libyuv.h>

#include <cmath>

namespace tribune {

std::uint8_t to_byte(float v) { return static_cast<std::uint8_t>(std::lround(std::clamp(v, 0.0F, 1.0F) * 255.0F)); }

Colour between(const Colour& a, const Colour& b, float t) {
    const auto mix = [t](float u, float v) { return u + (v - u) * t; };
    return {mix(a.red, b.red), mix(a.green, b.green), mix(a.blue, b.blue), mix(a.alpha, b.alpha)};
}

std::uint32_t premultiplied(const Colour& c, float opacity) {
    const float a = std::clamp(c.alpha, 0.0F, 1.0F) * std::clamp(opacity, 0.0F, 1.0F);
    const auto part = [a](float v) { return std::uint32_t{to_byte(std::clamp(v, 0.0F, 1.0F) * a)}; };
    return part(c.blue) | part(c.green) << 8 | part(c.red) << 16 | std::uint32_t{to_byte(a)} << 24;
}

CoverageTable coverage_table(const Colour& colour, float opacity) {
    const std::uint32_t full = premultiplied(colour, opacity);
    CoverageTable table;
    for (std::uint32_t i = 0; i < table.size(); ++i) {
        std::uint32_t pixel = 0;
        for (unsigned shift = 0; shift < 32; shift += 8) pixel |= (((full >> shift) & 255U) * i + 127U) / 255U << shift;
        table[i] = pixel;
    }
    return table;
}

void fade_row(std::uint32_t* pixels, const std::uint8_t* coverage, int opacity, int count) {
    if (!coverage && opacity >= 256) return;
    for (int i = 0; i < count; ++i) {
        const std::uint32_t f = (coverage ? coverage[i] : 255U) * static_cast<std::uint32_t>(opacity);  // of 255 × 256
        if (f == 255U * 256U) continue;
        std::uint32_t out = 0;
        for (unsigned shift = 0; shift < 32; shift += 8)
            out |= (((pixels[i] >> shift) & 255U) * f + 255U * 128U) / (255U * 256U) << shift;
        pixels[i] = out;
    }
}

void blend_row(std::uint8_t* dst, const std::uint32_t* src, int pixels) {
    libyuv::ARGBBlend(reinterpret_cast<const std::uint8_t*>(src), 0, dst, 0, dst, 0, pixels, 1);
}

void rounded_coverage(const IntRect& place, float radius, int y, int x0, int x1, std::uint8_t* out) {
    const float r = std::min({radius, static_cast<float>(place.width()) / 2, static_cast<float>(place.height()) / 2});
    const auto inside = [r](float at, float low, float high) {  // how far past the line of the corners' centres
        return std::max({low + r - at, at - (high - r), 0.0F});
    };
    const float dy = inside(static_cast<float>(y) + 0.5F, static_cast<float>(place.y0), static_cast<float>(place.y1));
    for (int x = x0; x < x1; ++x) {
        const float dx =
            inside(static_cast<float>(x) + 0.5F, static_cast<float>(place.x0), static_cast<float>(place.x1));
        const bool corner = dx > 0 && dy > 0;
        out[x - x0] = corner ? to_byte(r - std::hypot(dx, dy) + 0.5F) : std::uint8_t{255};
    }
}

}  // namespace tribune
