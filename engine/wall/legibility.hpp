// How small a letter may be, and how far its colour must stand out, to be read from the last row.
#pragma once

#include "base/geometry.hpp"

namespace tribune {

// A face as the audience sees it.
struct Venue {
    double farthest_seat_m = 20;  // metres from the screen
    double screen_height_m = 4;   // metres of lit picture
};

// Cap height in pixels of the smallest letter: distance / 200 (AVIXA V202.01:2016, basic decision making)
// on a screen of `lines` pixel rows. Never under 8, where letters fall apart.
double smallest_cap_height(const Venue& venue, int lines);

// The font size in pixels whose capitals are `cap_height_px` tall; `cap_height_em` as measured (about 0.7).
double font_size_for_cap_height(double cap_height_px, double cap_height_em);

// WCAG 2.2 relative luminance, 0…1, alpha ignored.
double relative_luminance(const Colour& colour);

// WCAG 2.2 contrast ratio, 1…21, either order.
double contrast_ratio(const Colour& a, const Colour& b);

// The colour nearest to `ink`, on its way to white or black, whose contrast with both grounds is at least
// `ratio`; white or black, whichever is better, when none reaches it.
Colour legible_ink(const Colour& ink, const Colour& ground_a, const Colour& ground_b, double ratio);

}  // namespace tribune
