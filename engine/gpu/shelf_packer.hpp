// Where rectangles lie in square pages: in shelves across, each for rectangles of about one height. What is removed
// makes room again.
#pragma once

#include <optional>
#include <vector>

#include "base/geometry.hpp"

namespace tribune::gl {

class ShelfPacker {
  public:
    explicit ShelfPacker(int side) : side_(side) {}

    struct Place {
        int page = 0;
        int x = 0;
        int y = 0;
    };

    void add_page();
    // None when no page has room.
    std::optional<Place> add(Size size);
    // With the size that it was added with.
    void remove(const Place& place, Size size);

    [[nodiscard]] int pages() const { return pages_; }

  private:
    struct Gap {
        int x = 0;
        int width = 0;
    };
    // Shelves fill each page from top to bottom; one that is all gap is free space.
    struct Shelf {
        int page = 0;
        int y = 0;
        int height = 0;
        std::vector<Gap> gaps;  // from left to right
    };
    using Shelves = std::vector<Shelf>;

    [[nodiscard]] bool all_gap(const Shelf& s) const { return s.gaps.size() == 1 && s.gaps[0].width == side_; }
    // The lowest shelf between both heights with a gap; free ones only, or used ones only.
    Shelves::iterator lowest(bool free, Size size, int most_height);

    int side_;
    int pages_ = 0;
    Shelves shelves_;
};

}  // namespace tribune::gl
