// How a frame's samples become a picture's pixels: one rule for both painters.
//
// The crop goes to whole samples, at least one, inside the frame. Where the frame is neither turned nor scaled, each
// pixel is its own sample, and pixels share chroma samples as they do in the frame. Else the crop grows to whole chroma
// samples, and each plane is scaled for itself: luma (and packed pixels, colour times alpha) to the place's pixels,
// chroma, where it has fewer samples than luma, to half the place's width and height, rounded up, so that two by two
// pixels share one. Scaling halves each side (rounded up) while it is twice too large or more, by bilinear samples, and
// ends with bilinear samples; centres on centres, and beyond the part its edge goes on. A step to three quarters of both
// sides makes three of each four samples by shares of 3:1, 1:1 and 1:3. Every step ends in 8 bits.
#pragma once

#include "base/geometry.hpp"
#include "base/video_frame.hpp"

namespace tribune {

// What a place shows of a frame.
struct FramePart {
    IntRect samples;         // of plane 0, as stored
    Size target;             // upright pixels
    bool as_stored = false;  // sample for pixel
};

// `crop` as in VideoItem; the frame and the target are not empty. Rotations that are no quarter turns are none.
FramePart frame_part(PixelFormat format, Size frame, int rotation, const Rect& crop, Size target);

// The same of one plane.
struct PlanePart {
    IntRect samples;  // of the plane, as stored
    Size grid;        // upright samples that they become
    Size cell{1, 1};  // pixels that share one of the grid
    Size phase{};     // pixels of the grid's first column and row that lie before the target
};
PlanePart plane_part(PixelFormat format, const FramePart& part, int plane);

// The next step on the way down to `wanted` (not upright but as stored); `size` itself when none is left but the last.
Size next_smaller(Size size, Size wanted);

// The step is to three quarters both ways.
inline bool three_quarters(Size from, Size to) {
    return 4 * to.width == 3 * from.width && 4 * to.height == 3 * from.height;
}

// An upright part (0…1 each way) as it lies in a frame that is turned by `rotation` to be upright.
Rect as_stored(const Rect& upright, int rotation);

// The size or grid of a frame that lies on its side.
inline bool lies_on_its_side(int rotation) { return rotation == 90 || rotation == 270; }

}  // namespace tribune
