// How one picture meets what lies behind it. Wanted by scenes, drawn by both painters; one meaning for all.
#pragma once

#include <cstdint>
#include <optional>

#include "base/geometry.hpp"

namespace tribune {

// W3C Compositing and Blending Level 1, on sRGB values: source-over with this mixing of colours where both are.
// add and subtract clamp to 0…1.
enum class Blend : std::uint32_t { normal = 1, add, subtract, screen, multiply, lighten, darken };

// How a picture of another shape fills its place.
enum class Fit : std::uint32_t {
    fit = 1,  // whole, the rest of the place stays free
    fill,     // the whole place, its own edges cut
    stretch,  // both, its shape changed
};

enum class KeyKind : std::uint32_t { chroma = 1, luma };

// What of a picture is clear. With d the distance of a pixel from what is keyed out, its alpha is multiplied by
// clamp((d - similarity) / smoothness, 0, 1) (smoothness 0: a step at `similarity`). chroma: d is the Euclidean distance
// of full-range BT.709 Cb, Cr (each -0.5…0.5) from those of `colour`; luma: d is the pixel's BT.709 luma, 0…1, so dark
// goes. `invert` keeps what would go. `spill` (chroma only): where d < similarity + smoothness + spill, the pixel's
// colour is drawn towards its own grey (BT.709 luma) by 1 - clamp((d - similarity) / (smoothness + spill), 0, 1).
struct Key {
    KeyKind kind = KeyKind::chroma;
    Colour colour{0, 1, 0, 1};  // its alpha says nothing
    double similarity = 0.2;
    double smoothness = 0.08;
    double spill = 0.1;
    bool invert = false;
    bool operator==(const Key&) const = default;
};

}  // namespace tribune
