// The control room's picture of everything at once: which cells it has, and what each shows. It is made by plan/.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/geometry.hpp"

namespace tribune {

// What a cell may show beside the views of show/views.hpp.
inline constexpr std::string_view clock_cell = "clock";
inline constexpr std::string_view sound_cell = "sound";  // master's levels and loudness
inline constexpr std::string_view empty_cell = "none";
inline constexpr std::string_view next_face_cell = "faces";  // the next face that has no cell

struct MultiviewCell {
    Rect place;              // shares of the picture
    std::string_view shows;  // unless it is told otherwise; empty: the next source or scene that has no cell
};

struct MultiviewLayout {
    std::string_view name;
    std::vector<MultiviewCell> cells;
    // Room for all that has no cell, however many: as many cells as it takes. Empty: none.
    Rect rest;
};
std::span<const MultiviewLayout> multiview_layouts();
const MultiviewLayout* multiview_layout(std::string_view name);

struct ShowState;

struct Multiview {
    std::string layout = "all";
    // In the layout's order: a view's name, one of those above; empty, or not there: as the layout says.
    std::vector<std::string> cells;
    bool safe_areas = true;  // action and title safe, on program and preview
    bool meters = true;      // sound levels beside the pictures
    bool operator==(const Multiview&) const = default;
};
inline constexpr std::size_t most_multiview_cells = 64;

// The multiview as it stands.
struct PlacedCell {
    Rect place;         // shares of the picture
    std::string shows;  // a view's name, clock, sound, none
    bool operator==(const PlacedCell&) const = default;
};
std::vector<PlacedCell> placed_cells(const ShowState& state);

// What is left out stays.
struct SetMultiview {
    std::optional<std::string> layout;
    std::optional<std::vector<std::string>> cells;
    std::optional<bool> safe_areas;
    std::optional<bool> meters;
    bool operator==(const SetMultiview&) const = default;
};

}  // namespace tribune
