// The frame's number and the wall's revision as black and white squares in a corner, to be read back from pixels:
// what a test or a benchmark needs to know which frame a face really shows.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "plan/frame_plan.hpp"
#include "plan/painter.hpp"

namespace tribune {

struct Watermark {
    std::uint32_t frame = 0;
    std::uint32_t wall_revision = 0;  // journal sequence of the newest answer on the face's wall

    bool operator==(const Watermark&) const = default;
};

// Two rows of 8-pixel squares at the bottom left: a white-black-white-black lead-in, 32 bits, an even-parity bit.
inline constexpr int watermark_cell = 8;
inline constexpr int watermark_cells = 4 + 32 + 1;
void add_watermark(Picture& picture, const Watermark& mark);

// Nothing when there is none, or it is torn.
std::optional<Watermark> read_watermark(const ImageView& image);

}  // namespace tribune
