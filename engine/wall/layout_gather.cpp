// How the words of a page close up: all together when letters get smaller, or once to spare the wall a page more.
#include <algorithm>
#include <cassert>
#include <cmath>

#include "wall/layout.hpp"

namespace tribune {
namespace {

constexpr double fall_pull = 0.9;     // beyond what the letters shrink: closes the gaps that growth left
constexpr double room_pull = 0.85;    // to spare a page
constexpr double gather_pays = 0.04;  // of the page: what must have come to it since it last closed up

}  // namespace

Point WallLayout::pulled(const Point& centre, double pull) const {
    const Point middle{options_.area.width / 2.0, options_.area.height / 2.0};
    return {middle.x + (centre.x - middle.x) * pull, middle.y + (centre.y - middle.y) * pull};
}

// Inner and large words first, each goes to the free place nearest to where it was, seen from farther away: the
// arrangement stays. False, and nothing has changed, if they do not fit so or leave no place for `needed`.
bool WallLayout::gather(int page_number, double pull, const Extent* needed) {
    auto& page = pages_[static_cast<std::size_t>(page_number)];
    std::vector<std::pair<double, std::uint32_t>> order;
    order.reserve(page.members.size());
    for (const auto key : page.members) {
        const auto& word = words_[key];
        const double x = 2 * word.centre.x / options_.area.width - 1;
        const double y = 2 * word.centre.y / options_.area.height - 1;
        order.emplace_back(std::hypot(x, y) / word.font, key);
    }
    std::sort(order.begin(), order.end());
    OccupancyGrid grid = empty_;
    std::vector<Point> centres;
    centres.reserve(order.size());
    for (const auto& [distance, key] : order) {
        const auto e = extent(words_[key], words_[key].font);
        const auto size = size_in_cells(e);
        const auto target = inside(pulled(words_[key].centre, pull), e);
        const auto box = grid.nearest_free(size.width, size.height, around(target, 2.0 * options_.area.width));
        if (!box) return false;
        grid.take(*box);
        centres.push_back(centre_of(*box));
    }
    if (needed != nullptr) {
        const auto size = size_in_cells(*needed);
        if (!grid.nearest_free(size.width, size.height, middle(0))) return false;
    }
    for (std::size_t i = 0; i < order.size(); ++i) {
        auto& word = words_[order[i].second];
        if (word.centre == centres[i]) continue;
        word.centre = centres[i];
        mark_changed(order[i].second);
    }
    page.grid = std::move(grid);
    page.refused.clear();
    return true;
}

void WallLayout::shrink_all() {
    assert(level_ < last_level_);
    const double before = scale(level_);
    ++level_;
    const double pull = fall_pull * scale(level_) / before;
    for (int number = 0; number < page_count(); ++number) {
        auto& page = pages_[static_cast<std::size_t>(number)];
        page.covered = 0;
        for (const auto key : page.members) {
            auto& word = words_[key];
            const double font = std::min(word.font, wanted_font(word));
            if (font != word.font) mark_changed(key);
            word.font = font;
            const auto e = extent(word, font);
            page.covered += e.width * e.height;
        }
        if (gather(number, pull)) continue;
        // About their own centres: boxes nest, so nothing can collide.
        page.grid = empty_;
        page.refused.clear();
        for (const auto key : page.members) {
            const auto& word = words_[key];
            page.grid.take(cells(word.centre, extent(word, word.font)));
        }
    }
}

// Closes the last page up, if much came to it since the last time, and puts the word (not on it) there.
bool WallLayout::make_room(int page_number, std::uint32_t key, double font) {
    auto& page = pages_[static_cast<std::size_t>(page_number)];
    const auto e = extent(words_[key], font);
    if (page.covered + e.width * e.height > options_.fill * page_area()) return false;
    if (page.covered < page.gathered + gather_pays * page_area()) return false;
    page.gathered = page.covered;
    return gather(page_number, room_pull, &e) && place_on(page_number, key, font);
}

}  // namespace tribune
