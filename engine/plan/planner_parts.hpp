// What the planner's files share; private to plan/.
#pragma once

#include <cmath>

#include "plan/frame_plan.hpp"
#include "plan/planner.hpp"

namespace tribune {

// A share of a face, in whole pixels.
inline Rect scaled(const Rect& share, const Rect& area) {
    return {area.x + std::round(share.x * area.width), area.y + std::round(share.y * area.height),
            std::round(share.width * area.width), std::round(share.height * area.height)};
}

inline Colour with_alpha(Colour colour, float alpha) {
    colour.alpha = alpha;
    return colour;
}

// The upright shape of a frame, in units of its own pixels.
double aspect(const VideoFrame& frame);

// Puts a content of this shape into its place: cuts the crop further, or makes the place smaller.
void fit_into(Fit fit, double content_aspect, Rect& place, Rect& crop);

inline FillItem black(const Rect& place, float opacity) {
    const Colour colour{0, 0, 0, opacity};
    return {place, colour, colour, 0};
}

}  // namespace tribune
