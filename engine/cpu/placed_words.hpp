// Where the words of a batch stand in one frame, and what differs between two frames.
#pragma once

#include <memory>
#include <vector>

#include "cpu/damage.hpp"
#include "cpu/word_cache.hpp"

namespace tribune {

class WordPixels;

// One word as it stands in one frame.
struct PlacedWord {
    std::shared_ptr<const WordBitmap> bitmap;
    Point pen;          // in the picture
    double scale = 1;   // of the bitmap
    Colour colour;      // alpha with the batch's opacity in it
    float opacity = 1;  // the batch's, for letters with colours of their own
    IntRect ink;
    std::shared_ptr<const WordPixels> pixels;  // made of all of the above

    [[nodiscard]] bool looks_like(const PlacedWord& o) const {
        return bitmap == o.bitmap && pen == o.pen && scale == o.scale && colour == o.colour && opacity == o.opacity;
    }
    // Its pixels fall on its bitmap's pixels and can be copied; others are sampled.
    [[nodiscard]] bool crisp() const;
};
using PlacedWords = std::vector<PlacedWord>;

// The part of a pixel that a place lies beyond a whole one.
Point fraction(Point p);

// All pixels that the word may touch, from its bitmap, pen and scale.
IntRect ink_of(const PlacedWord& word);

// Marks what differs between two drawings of words. Words kept in the same order cost nothing.
void add_word_damage(const PlacedWords& before, const PlacedWords& after, DamageGrid& damage);

}  // namespace tribune
