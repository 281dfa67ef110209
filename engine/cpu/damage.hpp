// Which parts of a picture must be painted again. A grid of tiles: bounded, never overlapping, and its
// rectangles start on even pixels, as half-size chroma likes.
#pragma once

#include <vector>

#include "cpu/surface.hpp"

namespace tribune {

class DamageGrid {
  public:
    explicit DamageGrid(Size picture);

    void add(const IntRect& rect);
    void add_all();
    [[nodiscard]] bool empty() const { return marked_ == 0; }

    // Covers all that was added. One rectangle for the whole picture once most of it is marked.
    [[nodiscard]] std::vector<IntRect> rects() const;

  private:
    static constexpr int tile_width = 64;
    static constexpr int tile_height = 32;
    static constexpr double all_above = 0.6;  // from this share on, one big repaint is cheaper than many small

    Size picture_;
    int columns_ = 0;
    int rows_ = 0;
    std::size_t marked_ = 0;
    std::vector<char> tiles_;
};

}  // namespace tribune
