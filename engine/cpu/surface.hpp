// Pixels the CPU painter owns.
#pragma once

#include <algorithm>
#include <cstdint>
#include <memory>
#include <vector>

#include "base/geometry.hpp"

namespace tribune {

// Takes `hole` out of every rectangle of the list (each may fall into four).
void subtract(std::vector<IntRect>& from, const IntRect& hole);

// Rows of B G R A, premultiplied; rows start on cache lines. An opaque one has alpha 255 everywhere, and whoever draws
// keeps it so. Movable, not copied.
class Surface {
  public:
    Surface() = default;
    explicit Surface(Size size, bool opaque = true);

    [[nodiscard]] Size size() const { return size_; }
    [[nodiscard]] bool opaque() const { return opaque_; }
    [[nodiscard]] int stride() const { return stride_; }
    [[nodiscard]] const std::uint8_t* data() const { return pixels_.get(); }
    [[nodiscard]] const std::uint8_t* at(int x, int y) const {
        return pixels_.get() + static_cast<std::ptrdiff_t>(y) * stride_ + static_cast<std::ptrdiff_t>(x) * 4;
    }
    [[nodiscard]] std::uint8_t* at(int x, int y) {
        return pixels_.get() + static_cast<std::ptrdiff_t>(y) * stride_ + static_cast<std::ptrdiff_t>(x) * 4;
    }

  private:
    struct Free {
        void operator()(std::uint8_t* p) const;
    };
    Size size_;
    bool opaque_ = true;
    int stride_ = 0;
    std::unique_ptr<std::uint8_t, Free> pixels_;
};

}  // namespace tribune
