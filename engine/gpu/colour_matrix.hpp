// Y'CbCr as coded to R'G'B'.
#pragma once

#include <array>

#include "base/video_frame.hpp"

namespace tribune {

// rgb = matrix * (y, cb, cr) + offset with samples and results 0…1; `matrix` by columns, as GL takes it.
// libplacebo's numbers for BT.601, BT.709 and BT.2020 (not constant luminance), 8 bits a sample, limited or full range.
struct ColourTransform {
    std::array<float, 9> matrix;
    std::array<float, 3> offset;
};
ColourTransform colour_transform(ColourMatrix matrix, ColourRange range);

}  // namespace tribune
