#include "gpu/colour_matrix.hpp"

#include <utility>

namespace tribune {
namespace {

struct Weights {
    ColourMatrix matrix;
    double red;
    double blue;
};
constexpr Weights table[] = {
    {ColourMatrix::bt601, 0.299, 0.114},
    {ColourMatrix::bt709, 0.2126, 0.0722},
    {ColourMatrix::bt2020, 0.2627, 0.0593},
};

}  // namespace

ColourTransform colour_transform(ColourMatrix matrix, ColourRange range) {
    Weights w = table[1];
    for (const auto& row : table) {
        if (row.matrix == matrix) w = row;
    }
    const double green = 1 - w.red - w.blue;
    const bool limited = range == ColourRange::limited;
    const double luma = limited ? 255.0 / 219 : 1;
    const double chroma = limited ? 255.0 / 224 : 1;
    const double black = limited ? 16.0 / 255 : 0;
    const double grey = 128.0 / 255;
    const double red_cr = 2 * (1 - w.red) * chroma;
    const double blue_cb = 2 * (1 - w.blue) * chroma;
    const double green_cb = -w.blue / green * blue_cb;
    const double green_cr = -w.red / green * red_cr;
    const auto f = [](double v) { return static_cast<float>(v); };
    return {{f(luma), f(luma), f(luma), 0, f(green_cb), f(blue_cb), f(red_cr), f(green_cr), 0},
            {f(-luma * black - red_cr * grey), f(-luma * black - (green_cb + green_cr) * grey),
             f(-luma * black - blue_cb * grey)}};
}

}  // namespace tribune
