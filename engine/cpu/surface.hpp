// Pixels the CPU painter owns, and whole-pixel rectangles to speak of parts of them.
#pragma once

#include <algorithm>
#include <cstdint>
#include <memory>
#include <vector>

#include "base/geometry.hpp"

namespace tribune {

// Half open: x0 ≤ x < x1, y0 ≤ y < y1.
struct IntRect {
    int x0 = 0;
    int y0 = 0;
    int x1 = 0;
    int y1 = 0;

    bool operator==(const IntRect&) const = default;
    [[nodiscard]] int width() const { return x1 - x0; }
    [[nodiscard]] int height() const { return y1 - y0; }
    [[nodiscard]] bool empty() const { return x0 >= x1 || y0 >= y1; }
};

inline IntRect intersection(const IntRect& a, const IntRect& b) {
    return {std::max(a.x0, b.x0), std::max(a.y0, b.y0), std::min(a.x1, b.x1), std::min(a.y1, b.y1)};
}

// Edges go to the nearest pixel edge, so neighbours that share an edge neither overlap nor part.
IntRect nearest_pixels(const Rect& r);

// Takes `hole` out of every rectangle of the list (each may fall into four).
void subtract(std::vector<IntRect>& from, const IntRect& hole);

// Rows of B G R A; rows start on cache lines. Movable, not copied.
class Surface {
  public:
    Surface() = default;
    explicit Surface(Size size);

    [[nodiscard]] Size size() const { return size_; }
    [[nodiscard]] int stride() const { return stride_; }
    [[nodiscard]] const std::uint8_t* data() const { return pixels_.get(); }
    [[nodiscard]] std::uint8_t* at(int x, int y) {
        return pixels_.get() + static_cast<std::ptrdiff_t>(y) * stride_ + static_cast<std::ptrdiff_t>(x) * 4;
    }

  private:
    struct Free {
        void operator()(std::uint8_t* p) const;
    };
    Size size_;
    int stride_ = 0;
    std::unique_ptr<std::uint8_t, Free> pixels_;
};

}  // namespace tribune
