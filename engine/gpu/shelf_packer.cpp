#include "gpu/shelf_packer.hpp"

#include <algorithm>

namespace tribune::gl {
namespace {

// Heights go up to steps of an eighth and more, so that rectangles of other words fit later.
int shelf_height(int height, int side) {
    int step = 4;
    while (step * 8 < height) step *= 2;
    return std::min((height + step - 1) / step * step, side);
}

}  // namespace

void ShelfPacker::add_page() { shelves_.push_back({pages_++, 0, side_, {{0, side_}}}); }

ShelfPacker::Shelves::iterator ShelfPacker::lowest(bool free, Size size, int most_height) {
    auto best = shelves_.end();
    for (auto s = shelves_.begin(); s != shelves_.end(); ++s) {
        if (s->height < size.height || s->height > most_height || all_gap(*s) != free) continue;
        if (best != shelves_.end() && best->height <= s->height) continue;
        if (std::any_of(s->gaps.begin(), s->gaps.end(), [&](const Gap& g) { return g.width >= size.width; })) best = s;
    }
    return best;
}

std::optional<ShelfPacker::Place> ShelfPacker::add(Size size) {
    if (size.empty() || size.width > side_ || size.height > side_) return std::nullopt;
    const int height = shelf_height(size.height, side_);
    auto shelf = lowest(false, size, height);
    if (shelf == shelves_.end()) {
        shelf = lowest(true, {size.width, height}, side_);
        if (shelf != shelves_.end() && shelf->height > height) {
            const Shelf rest{shelf->page, shelf->y + height, shelf->height - height, {{0, side_}}};
            shelf->height = height;
            shelf = shelves_.insert(shelf + 1, rest) - 1;
        }
    }
    if (shelf == shelves_.end()) shelf = lowest(false, size, side_);  // wasteful, but there is room
    if (shelf == shelves_.end()) return std::nullopt;
    const auto gap =
        std::find_if(shelf->gaps.begin(), shelf->gaps.end(), [&](const Gap& g) { return g.width >= size.width; });
    const Place place{shelf->page, gap->x, shelf->y};
    gap->x += size.width;
    gap->width -= size.width;
    if (gap->width == 0) shelf->gaps.erase(gap);
    return place;
}

void ShelfPacker::remove(const Place& place, Size size) {
    const auto shelf = std::find_if(shelves_.begin(), shelves_.end(),
                                    [&](const Shelf& s) { return s.page == place.page && s.y == place.y; });
    if (shelf == shelves_.end()) return;
    auto& gaps = shelf->gaps;
    auto next = std::find_if(gaps.begin(), gaps.end(), [&](const Gap& g) { return g.x > place.x; });
    auto gap = gaps.insert(next, {place.x, size.width});
    if (gap + 1 != gaps.end() && gap->x + gap->width == (gap + 1)->x) {
        gap->width += (gap + 1)->width;
        gaps.erase(gap + 1);
    }
    if (gap != gaps.begin() && (gap - 1)->x + (gap - 1)->width == gap->x) {
        (gap - 1)->width += gap->width;
        gaps.erase(gap);
    }
    if (!all_gap(*shelf)) return;
    auto first = shelf, last = shelf;
    while (first != shelves_.begin() && (first - 1)->page == place.page && all_gap(*(first - 1))) --first;
    while (last + 1 != shelves_.end() && (last + 1)->page == place.page && all_gap(*(last + 1))) ++last;
    first->height = last->y + last->height - first->y;
    shelves_.erase(first + 1, last + 1);
}

}  // namespace tribune::gl
