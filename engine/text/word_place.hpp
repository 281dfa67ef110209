// Which pixels a word has at one instant: one rule for all painters.
//
// Place: the first and the last position go to 1/64 pixel, the batch's offset to whole pixels, as the ground under
// a wall does. Position, size and colour go from first to last by eased_progress().
// At rest, the word is its bitmap (text/raster.hpp) of its last size, with the pen at the last position's part of a
// pixel: sample for pixel, as crisp as the letters can be.
// In motion, it is one bitmap for the whole way, of the larger of both sizes and with the pen at that end's part of a
// pixel, but of half that size, a quarter and so on while the word is half as large as its bitmap or smaller (and the
// bitmap's font size over `smallest_halved`). Each pixel is one bilinear sample at its centre; around the bitmap lies
// blank. One bitmap moves and grows smoothly: letters neither change their shape nor jump on the way.
// Colour: mixed unmultiplied, its alpha times the batch's opacity, colour times alpha in 8 bits; coverage in 8 bits;
// their product over what lies behind. Then letters with colours of their own, times the same alpha in 1/256, over
// that. What is left of it below half of 1/255 is not drawn.
#pragma once

#include <cstdint>
#include <optional>

#include "base/text_move.hpp"

namespace tribune {

inline constexpr double smallest_halved = 8;  // pixels

// What a batch of words says of all of them: TextBatch without its words.
struct WordsInstant {
    ShowTime now;
    ShowTime settled;  // from here on nothing moves
    Point offset;      // added to every position
    float opacity = 1;

    bool operator==(const WordsInstant&) const = default;
};

struct WordPlace {
    double bitmap_size = 0;    // font size of the bitmap, pixels
    Point subpixel;            // of the pen in the bitmap, 0…1 each way
    Point pen;                 // in the picture
    double scale = 1;          // pixels of the picture for one of the bitmap
    std::uint32_t colour = 0;  // premultiplied B G R A
    int fade = 256;            // of 256, for letters with colours of their own
    bool at_rest = false;      // sample for pixel

    bool operator==(const WordPlace&) const = default;
};

// None when nothing of it can be seen anywhere.
std::optional<WordPlace> word_place(const TextMove& move, const WordsInstant& at);

// The part of a pixel that a place lies beyond a whole one.
Point fraction(Point p);

}  // namespace tribune
