// Text to pixels on the CPU: grey antialiased, not hinted, so that sizes may glide.
#pragma once

#include <cstdint>
#include <vector>

#include "base/geometry.hpp"
#include "base/result.hpp"
#include "base/text_spec.hpp"
#include "text/shaper.hpp"

namespace tribune {

// The smallest rectangle that holds the ink; rows without padding. With the pen's start on the baseline at
// (X + subpixel.x, Y + subpixel.y), X and Y whole, the first pixel is (X + left, Y + top).
// Paint: for each pixel, text colour over ground by `coverage`, then `colour` over that
// (both times the text's opacity).
struct TextBitmap {
    int left = 0;
    int top = 0;
    Size size;                           // empty when there is no ink
    std::vector<std::uint8_t> coverage;  // 8 bits a pixel: where the text's own colour goes
    std::vector<std::uint8_t> colour;    // premultiplied B G R A; empty when the text has no emoji
};

inline constexpr std::int64_t most_bitmap_pixels = 64 * 1024 * 1024;

// Error text_too_large beyond most_bitmap_pixels: draw it smaller. A size of 0 or less has no ink.
// Thread: the shaper's. Glyph images are not kept; callers keep the bitmaps they use.
Result<TextBitmap> render_text(Shaper& shaper, const TextSpec& spec, double size_px, Point subpixel = {});

}  // namespace tribune
