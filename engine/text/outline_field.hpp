// Distance fields straight from outlines: exact, and far quicker than from rendered bitmaps.
#pragma once

#include <vector>

#include "base/geometry.hpp"
#include "text/glyph_images.hpp"

namespace tribune {

// A straight piece of a closed contour, pixels, y down. The filled side is where the winding number is not zero.
struct OutlinePiece {
    Point from;
    Point to;
};

// Signed distance field with `spread` pixels around the ink: each pixel holds 128 + 128 * d / spread with d the
// distance from the pixel's centre to the outline, inside positive, cut to 0…255. Contours may cross: edges
// inside the filled shape do not count. Empty for no pieces.
CoverageImage outline_field(const std::vector<OutlinePiece>& pieces, int spread);

}  // namespace tribune
