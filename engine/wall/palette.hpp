// The wall's colours, as kept in assets/palettes/.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "base/geometry.hpp"

namespace tribune {

struct Palette {
    Colour ground_top;
    Colour ground_bottom;
    std::vector<Colour> inks;  // from quiet to strong
    Colour accent;             // for the heaviest words

    bool operator==(const Palette&) const = default;
};

// Text on the wall's own ground.
constexpr double least_contrast = 7;

// Every ink and the accent, moved towards white or black until it has least_contrast on both grounds.
// A palette without inks gets white or black.
Palette legible(Palette palette);

// The colour of a term: fixed by its key, stronger with its weight (one step each time it doubles).
// The palette must have inks.
Colour ink_for(const Palette& palette, std::string_view key, std::uint32_t weight);

}  // namespace tribune
