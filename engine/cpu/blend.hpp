// Row arithmetic of the CPU painter: B G R A bytes in sRGB. Every pixel's result depends on that pixel alone,
// so painting in parts gives the same bytes as painting at once.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "base/colour.hpp"
#include "base/compositing.hpp"
#include "base/geometry.hpp"
#include "cpu/surface.hpp"

namespace tribune {

// For each coverage 0…255 its share of a premultiplied pixel.
using CoverageTable = std::array<std::uint32_t, 256>;
CoverageTable coverage_table(std::uint32_t full);

// Each premultiplied pixel times its coverage (null: 255 everywhere) times opacity 0…256, in place.
void fade_row(std::uint32_t* pixels, const std::uint8_t* coverage, int opacity, int count);

// dst = over(src, dst), both premultiplied.
void over_row(std::uint32_t* dst, const std::uint32_t* src, int pixels);

// src over the surface's row from (x, y) on; an opaque surface stays so.
void blend_row(Surface& surface, int x, int y, const std::uint32_t* src, int pixels);

// The same by any blend mode.
void blend_row(Surface& surface, int x, int y, const std::uint32_t* src, int pixels, Blend mode);

// Coverage of a rounded rectangle's row y (picture coordinates) at columns x0…x1, by distance to the edge.
void rounded_coverage(const IntRect& place, float radius, int y, int x0, int x1, std::uint8_t* out);

}  // namespace tribune
