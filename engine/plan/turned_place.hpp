// Where an item with effects lies: whole upright pixels, turned about their middle.
#pragma once

#include "base/geometry.hpp"

namespace tribune {

struct TurnedPlace {
    Size upright;  // before it is turned
    Point centre;  // in the picture
    double cosine = 1;
    double sine = 0;  // of the clockwise turn; both exact for quarter turns
    IntRect bounds;   // no pixel outside is touched

    [[nodiscard]] bool turned() const { return sine != 0 || cosine != 1; }
    // A point of the picture, counted in upright pixels from the upright place's top left.
    [[nodiscard]] Point upright_at(Point p) const;
};

// Upright, the place's edges go to the nearest pixel edges. By a quarter turn it is the turned place's edges that do, so
// that each pixel of the upright picture is one of the turned one.
TurnedPlace turned_place(const Rect& place, double rotation_deg);

// The upright pixels that a picture of this size can show: all of them while they are at most twice the picture's
// width and height, else those within it and two around; from an even column and row on. Empty when none.
IntRect shown_window(const TurnedPlace& place, Size picture);

}  // namespace tribune
