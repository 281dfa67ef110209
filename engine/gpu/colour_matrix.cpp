#include "gpu/colour_matrix.hpp"

#include <libplacebo/colorspace.h>

namespace tribune {
namespace {

struct System {
    ColourMatrix matrix;
    pl_color_system system;
};
constexpr System systems[] = {
    {ColourMatrix::bt601, PL_COLOR_SYSTEM_BT_601},
    {ColourMatrix::bt709, PL_COLOR_SYSTEM_BT_709},
    {ColourMatrix::bt2020, PL_COLOR_SYSTEM_BT_2020_NC},
};

}  // namespace

ColourTransform colour_transform(ColourMatrix matrix, ColourRange range) {
    pl_color_repr coded{};
    coded.sys = PL_COLOR_SYSTEM_BT_709;
    for (const auto& s : systems) {
        if (s.matrix == matrix) coded.sys = s.system;
    }
    coded.levels = range == ColourRange::limited ? PL_COLOR_LEVELS_LIMITED : PL_COLOR_LEVELS_FULL;
    coded.bits = {.sample_depth = 8, .color_depth = 8, .bit_shift = 0};
    const pl_transform3x3 decoded = pl_color_repr_decode(&coded, nullptr);
    ColourTransform out{};
    for (std::size_t row = 0; row < 3; ++row) {
        for (std::size_t column = 0; column < 3; ++column) out.matrix[column * 3 + row] = decoded.mat.m[row][column];
        out.offset[row] = decoded.c[row];
    }
    return out;
}

}  // namespace tribune
