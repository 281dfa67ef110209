#include "cpu/damage.hpp"

namespace tribune {

DamageGrid::DamageGrid(Size picture)
    : picture_(picture), columns_((picture.width + tile_width - 1) / tile_width),
      rows_((picture.height + tile_height - 1) / tile_height),
      tiles_(static_cast<std::size_t>(columns_) * static_cast<std::size_t>(rows_), 0) {}

void DamageGrid::add(const IntRect& rect) {
    const IntRect r = intersection(rect, {0, 0, picture_.width, picture_.height});
    if (r.empty()) return;
    for (int row = r.y0 / tile_height; row <= (r.y1 - 1) / tile_height; ++row) {
        for (int column = r.x0 / tile_width; column <= (r.x1 - 1) / tile_width; ++column) {
            char& tile = tiles_[static_cast<std::size_t>(row * columns_ + column)];
            if (tile == 0) ++marked_;
            tile = 1;
        }
    }
}

void DamageGrid::add_all() { add({0, 0, picture_.width, picture_.height}); }

std::vector<IntRect> DamageGrid::rects() const {
    if (static_cast<double>(marked_) > all_above * static_cast<double>(tiles_.size()))
        return {{0, 0, picture_.width, picture_.height}};
    std::vector<IntRect> out;
    std::size_t row_above = 0;  // where the rectangles that end at this row's top begin
    for (int row = 0; row < rows_; ++row) {
        const auto row_start = out.size();
        const int y0 = row * tile_height;
        const int y1 = std::min(y0 + tile_height, picture_.height);
        std::vector<IntRect> grown;
        for (int column = 0; column < columns_; ++column) {
            if (tiles_[static_cast<std::size_t>(row * columns_ + column)] == 0) continue;
            const int first = column;
            while (column < columns_ && tiles_[static_cast<std::size_t>(row * columns_ + column)] != 0) ++column;
            const IntRect run{first * tile_width, y0, std::min(column * tile_width, picture_.width), y1};
            const auto above =
                std::find_if(out.begin() + static_cast<std::ptrdiff_t>(row_above),
                             out.begin() + static_cast<std::ptrdiff_t>(row_start),
                             [&](const IntRect& r) { return r.x0 == run.x0 && r.x1 == run.x1 && r.y1 == y0; });
            if (above != out.begin() + static_cast<std::ptrdiff_t>(row_start)) {
                grown.push_back({run.x0, above->y0, run.x1, y1});
                above->y1 = above->y0;  // taken over by the longer one
            } else {
                grown.push_back(run);
            }
        }
        out.insert(out.end(), grown.begin(), grown.end());
        row_above = row_start;
    }
    std::erase_if(out, [](const IntRect& r) { return r.empty(); });
    return out;
}

}  // namespace tribune
