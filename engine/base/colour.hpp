// Colours as they are mixed and stored: one rounding for all.
#pragma once

#include <cstdint>

#include "base/geometry.hpp"

namespace tribune {

// 0…1 to 0…255, nearest.
inline std::uint8_t to_byte(float v) { return static_cast<std::uint8_t>(std::clamp(v, 0.0F, 1.0F) * 255.0F + 0.5F); }

// t 0: a, 1: b.
inline Colour between(const Colour& a, const Colour& b, float t) {
    const auto mix = [t](float u, float v) { return u + (v - u) * t; };
    return {mix(a.red, b.red), mix(a.green, b.green), mix(a.blue, b.blue), mix(a.alpha, b.alpha)};
}

// One pixel as stored (bytes B G R A), colour multiplied by alpha × opacity.
inline std::uint32_t premultiplied(const Colour& c, float opacity = 1) {
    const float a = std::clamp(c.alpha, 0.0F, 1.0F) * std::clamp(opacity, 0.0F, 1.0F);
    const auto part = [a](float v) { return std::uint32_t{to_byte(std::clamp(v, 0.0F, 1.0F) * a)}; };
    return part(c.blue) | part(c.green) << 8 | part(c.red) << 16 | std::uint32_t{to_byte(a)} << 24;
}

}  // namespace tribune
