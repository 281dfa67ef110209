// Text on its way from one place to another: what the wall makes and the painters draw.
#pragma once

#include "base/geometry.hpp"
#include "base/text_spec.hpp"
#include "base/time.hpp"

namespace tribune {

// Text on its way from one place, size and colour to another; at rest when `length` is 0 or over.
// The position is the pen's start on the baseline; sizes are font sizes in pixels.
struct TextMove {
    SharedText text;
    Point from;
    Point to;
    float from_size = 0;
    float to_size = 0;
    Colour from_colour;
    Colour to_colour;
    ShowTime start;
    Nanoseconds length{0};

    bool operator==(const TextMove&) const = default;
};

// 0 before start, 1 from start + length on; in between a smooth ease-in-out (smoothstep 3t² − 2t³).
inline double eased_progress(ShowTime now, ShowTime start, Nanoseconds length) {
    if (now >= start + length) return 1;
    if (now <= start) return 0;
    const double t = static_cast<double>((now - start).count()) / static_cast<double>(length.count());
    return t * t * (3 - 2 * t);
}

}  // namespace tribune
