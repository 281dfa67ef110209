// Y'CbCr as coded to R'G'B'.
#pragma once

#include <array>

#include "base/video_frame.hpp"

namespace tribune {

// rgb = matrix * (y, cb, cr) + offset with samples and results 0…1; `matrix` by columns, as GL takes it.
// From Kr and Kb of BT.601 (0.299, 0.114), BT.709 (0.2126, 0.0722) and BT.2020 (0.2627, 0.0593);
// limited range: Y 16…235, chroma 16…240 around 128; full range: 0…255 around 128.
struct ColourTransform {
    std::array<float, 9> matrix;
    std::array<float, 3> offset;
};
ColourTransform colour_transform(ColourMatrix matrix, ColourRange range);

}  // namespace tribune
