// The words of a batch in one frame with their pixels, and what differs between two frames.
#pragma once

#include <memory>
#include <vector>

#include "cpu/damage.hpp"
#include "text/word_placer.hpp"

namespace tribune {

class WordPixels;

struct DrawnWord {
    PlacedBitmap word;
    std::shared_ptr<const WordPixels> pixels;  // made of it
};
using DrawnWords = std::vector<DrawnWord>;

// Marks what differs between two drawings of words. Words kept in the same order cost nothing.
void add_word_damage(const DrawnWords& before, const DrawnWords& after, DamageGrid& damage);

}  // namespace tribune
