// The definition of a picture, slowly and in double precision: what both painters are held against. A word's bitmap
// is that of text/raster.hpp.
#pragma once

#include <vector>

#include "plan/frame_plan.hpp"
#include "text/shaper.hpp"

namespace tribune::test {

// Colour times alpha, 0…1, top row first.
struct Pixel {
    double red = 0, green = 0, blue = 0, alpha = 0;
};

struct ReferenceImage {
    Size size;
    std::vector<Pixel> pixels;

    ReferenceImage() = default;
    ReferenceImage(Size s, Pixel ground)
        : size(s), pixels(static_cast<std::size_t>(s.width) * static_cast<std::size_t>(s.height), ground) {}
    [[nodiscard]] const Pixel& at(int x, int y) const { return pixels[index(x, y)]; }
    [[nodiscard]] Pixel& at(int x, int y) { return pixels[index(x, y)]; }

  private:
    [[nodiscard]] std::size_t index(int x, int y) const {
        return static_cast<std::size_t>(y) * static_cast<std::size_t>(size.width) + static_cast<std::size_t>(x);
    }
};

// A face's picture when `own`: its ground is opaque.
ReferenceImage reference_picture(const Picture& picture, Shaper& shaper, bool own = true);

}  // namespace tribune::test
