// One glyph as pixels, and where its ink lies.
#pragma once

#include <cstdint>
#include <vector>

#include "base/geometry.hpp"

namespace tribune {

// Bounds of what is painted, em, y down. Empty (all 0) for a blank.
struct InkBox {
    double left = 0;
    double top = 0;
    double right = 0;
    double bottom = 0;

    [[nodiscard]] bool empty() const { return right <= left || bottom <= top; }
};

// Rows of 8-bit coverage, no padding. `left` and `top` place its first pixel from the glyph's origin, y down.
struct CoverageImage {
    int left = 0;
    int top = 0;
    Size size;
    std::vector<std::uint8_t> pixels;
};

// A picture glyph at the font's own size: premultiplied B G R A rows, no padding.
struct ColourImage {
    int left = 0;
    int top = 0;
    Size size;
    double pixels_per_em = 1;
    std::vector<std::uint8_t> pixels;
};

}  // namespace tribune
