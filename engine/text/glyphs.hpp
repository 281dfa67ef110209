// What shaping gives: which glyph of which font goes where. All lengths in em, y grows down, from the pen's start.
#pragma once

#include <cstdint>
#include <vector>

#include "base/text_spec.hpp"

namespace tribune {

struct Glyph {
    std::uint32_t id = 0;  // in its font, not a code point
    float x = 0;           // the glyph's own origin
    float y = 0;
};

// Glyphs of one font, in visual order from left to right.
struct GlyphRun {
    int font = 0;  // index in the shaper's FontTable
    std::vector<Glyph> glyphs;
};

struct ShapedText {
    std::vector<GlyphRun> runs;
    TextMetrics metrics;
    bool has_colour = false;  // some run is of a colour font (emoji)
};

}  // namespace tribune
