#include "wall/layout.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace tribune {
namespace {

constexpr double cells_across = 480;     // 4 px on 1,920; at most OccupancyGrid::most_columns
constexpr double rounding = 1e-6;        // of a cell
constexpr double first_scale = 0.16;     // font size of a weight-1 word on an empty wall, of the height
constexpr double default_largest = 0.3;  // of the height
constexpr double level_ratio = 0.917;    // 2^(−1/8)
constexpr double text_size = 0.05;       // of the height: larger letters need less than their share of gaps
constexpr double widest = 0.86;          // of the page, unless smaller would be illegible
constexpr double neighbourhood = 0.035;  // of the width: how far a growing word may step aside
constexpr double push_reach = 0.12;      // of the width: how far a word may be pushed
constexpr double airy = 0.6;             // share of a page below which nothing need shrink
constexpr std::size_t most_victims = 8;  // words that one growing word may push
constexpr std::size_t promotion_tries = 6;
constexpr double clear_room = 0.93;  // of what an earlier page held when it was full: below, words come back to it
constexpr int forward_tries = 4;     // words of later pages that each put() tries on earlier ones

}  // namespace

double emphasis(std::uint32_t weight) {
    const double w = std::max<std::uint32_t>(weight, 1);
    const double raw = w <= 9 ? std::sqrt(w) : 3 + 0.8 * std::log2(w / 9);
    return std::exp2(std::round(8 * std::log2(raw)) / 8);
}

double LayoutOptions::gap(double em, double font_size) const {
    return em * std::sqrt(font_size * std::min(font_size, text_size * area.height));
}

WallLayout::WallLayout(const LayoutOptions& options)
    : options_(options), cell_(std::max(1.0, options.area.width / cells_across)), empty_(1, 1) {
    assert(!options.area.empty() && options.smallest > 0);
    const double width = options.area.width;
    const double height = options.area.height;
    if (options_.largest <= 0) options_.largest = default_largest * height;
    options_.largest = std::max(options_.largest, options_.smallest);
    const double margin = options.margin * std::min(width, height);
    const int columns = std::max(1, static_cast<int>((width - 2 * margin) / cell_));
    const int rows = std::max(1, static_cast<int>((height - 2 * margin) / cell_));
    origin_ = {(width - columns * cell_) / 2, (height - rows * cell_) / 2};
    empty_ = OccupancyGrid(columns, rows);
    while (scale(last_level_) > options_.smallest) ++last_level_;
}

double WallLayout::scale(int level) const {
    return std::max(options_.smallest, first_scale * options_.area.height * std::pow(level_ratio, level));
}

double WallLayout::page_area() const { return empty_.columns() * cell_ * empty_.rows() * cell_; }

double WallLayout::wanted_font(const Word& word) const {
    const double page_width = empty_.columns() * cell_;
    const double page_height = empty_.rows() * cell_;
    const double em_width = std::max(word.metrics.ink_width(), 0.01) + 2 * options_.gap_x;
    const double em_height = std::max(word.metrics.ink_height(), 0.01) + 2 * options_.gap_y;
    const double font = std::min({scale(level_) * emphasis(word.weight), options_.largest,
                                  widest * page_width / em_width, widest * page_height / em_height});
    return std::max(font, options_.smallest);
}

WallLayout::Extent WallLayout::extent(const Word& word, double font) const {
    // A place is whole cells, which adds half a cell on average: it counts as gap.
    const auto with_gaps = [&](double ink, double em) {
        const double gap = options_.gap(em, font);
        return ink * font + 2 * gap - std::min(gap, cell_ / 2);
    };
    const double width = with_gaps(word.metrics.ink_width(), options_.gap_x);
    const double height = with_gaps(word.metrics.ink_height(), options_.gap_y);
    return {std::clamp(width, 1.0, empty_.columns() * cell_), std::clamp(height, 1.0, empty_.rows() * cell_)};
}

// Monotone in the extent: a smaller box about the same centre covers a subset of the cells.
CellBox WallLayout::cells(const Point& centre, const Extent& e) const {
    const auto low = [&](double v) { return static_cast<int>(std::floor(v / cell_ + rounding)); };
    const auto high = [&](double v) { return static_cast<int>(std::ceil(v / cell_ - rounding)); };
    const int x = low(centre.x - e.width / 2 - origin_.x);
    const int y = low(centre.y - e.height / 2 - origin_.y);
    return {x, y, std::max(1, high(centre.x + e.width / 2 - origin_.x) - x),
            std::max(1, high(centre.y + e.height / 2 - origin_.y) - y)};
}

Point WallLayout::inside(Point centre, const Extent& e) const {
    const double right = origin_.x + empty_.columns() * cell_ - e.width / 2;
    const double bottom = origin_.y + empty_.rows() * cell_ - e.height / 2;
    return {std::max(std::min(centre.x, right), origin_.x + e.width / 2),
            std::max(std::min(centre.y, bottom), origin_.y + e.height / 2)};
}

Point WallLayout::towards_middle(const Point& from, double most) const {
    const double dx = options_.area.width / 2.0 - from.x;
    const double dy = options_.area.height / 2.0 - from.y;
    const double distance = std::hypot(dx, dy);
    const double part = distance > most ? most / distance : 1.0;
    return {from.x + dx * part, from.y + dy * part};
}

CellTarget WallLayout::middle(std::uint32_t key) const {
    const double x = empty_.columns() / 2.0;
    const double y = empty_.rows() / 2.0;
    return {x, y, x, y, 1e30, ((key * 2654435761U) >> 31) != 0};
}

CellTarget WallLayout::around(const Point& centre, double reach) const {
    const double cells = std::max(1.0, reach / cell_);
    return {(centre.x - origin_.x) / cell_, (centre.y - origin_.y) / cell_, cells, cells, 1.0, true};
}

CellBox WallLayout::size_in_cells(const Extent& e) const {
    return {0, 0, std::max(1, static_cast<int>(std::ceil(e.width / cell_ - rounding))),
            std::max(1, static_cast<int>(std::ceil(e.height / cell_ - rounding)))};
}

Point WallLayout::centre_of(const CellBox& box) const {
    return {origin_.x + (box.x + box.width / 2.0) * cell_, origin_.y + (box.y + box.height / 2.0) * cell_};
}

// The ink centre of the best free place.
std::optional<Point> WallLayout::find_place(Page& page, const Extent& e, const CellTarget& target) {
    const auto [x, y, width, height] = size_in_cells(e);
    for (const auto& [w, h] : page.refused) {
        if (w <= width && h <= height) return std::nullopt;
    }
    const auto box = page.grid.nearest_free(width, height, target);
    if (!box) {
        if (target.limit > 1) {  // searched the whole page
            std::erase_if(page.refused, [width = width, height = height](const auto& r) {
                return r.first >= width && r.second >= height;
            });
            page.refused.emplace_back(width, height);
        }
        return std::nullopt;
    }
    return centre_of(*box);
}

void WallLayout::mark_changed(std::uint32_t key) {
    if (words_[key].changed) return;
    words_[key].changed = true;
    changed_.push_back(key);
}

void WallLayout::settle_at(std::uint32_t key, int page, double font, const Point& centre) {
    auto& word = words_[key];
    auto& p = pages_[static_cast<std::size_t>(page)];
    word.page = page;
    word.font = font;
    word.centre = centre;
    const auto e = extent(word, font);
    p.grid.take(cells(centre, e));
    p.covered += e.width * e.height;
    p.members.push_back(key);
    mark_changed(key);
}

// Takes the word off its page; it keeps its page number, centre and size as memory of where it was.
void WallLayout::lift(std::uint32_t key) {
    auto& word = words_[key];
    auto& p = pages_[static_cast<std::size_t>(word.page)];
    const auto e = extent(word, word.font);
    p.grid.free(cells(word.centre, e));
    p.covered -= e.width * e.height;
    p.members.erase(std::find(p.members.begin(), p.members.end(), key));
    p.refused.clear();
    mark_changed(key);
}

// Where the word, which is not on this page, would go.
std::optional<Point> WallLayout::room_on(int page, std::uint32_t key, double font) {
    auto& p = pages_[static_cast<std::size_t>(page)];
    const auto e = extent(words_[key], font);
    const double room = options_.fill * page_area();
    if (!p.members.empty() && p.covered + e.width * e.height > room) return std::nullopt;
    return find_place(p, e, middle(key));
}

bool WallLayout::place_on(int page, std::uint32_t key, double font) {
    const auto centre = room_on(page, key, font);
    if (centre) settle_at(key, page, font, *centre);
    return centre.has_value();
}

void WallLayout::place_from(int page, std::uint32_t key, bool closing_up) {
    const double font = wanted_font(words_[key]);
    for (;; ++page) {
        if (page == page_count()) pages_.emplace_back(empty_);
        if (place_on(page, key, font)) return;
        if (closing_up && page + 1 == page_count() && make_room(page, key, font)) return;
        auto& passed = pages_[static_cast<std::size_t>(page)];
        passed.full = passed.covered;
    }
}

void WallLayout::place_new(std::uint32_t key) {
    if (pages_.empty()) pages_.emplace_back(empty_);
    while (!place_on(0, key, wanted_font(words_[key]))) {
        if (level_ == last_level_) return place_from(0, key);
        shrink_all();
    }
}

// The word (lifted) comes back at a new size on the page where it was; what it collides with makes room.
bool WallLayout::grow_here(std::uint32_t key, double font) {
    auto& word = words_[key];
    auto& page = pages_[static_cast<std::size_t>(word.page)];
    const auto e = extent(word, font);
    const double near = neighbourhood * options_.area.width;
    // Heavy words belong in the middle: growing brings them a little nearer, over much lighter ones.
    const auto inwards = inside(towards_middle(word.centre, near), e);
    if (intrude(key, word.page, font, inwards, word.weight / 3, push_reach * options_.area.width)) return true;
    const auto centre = inside(word.centre, e);
    if (page.grid.is_free(cells(centre, e))) {
        settle_at(key, word.page, font, centre);
        return true;
    }
    if (const auto place = find_place(page, e, around(centre, near))) {
        settle_at(key, word.page, font, *place);
        return true;
    }
    if (intrude(key, word.page, font, centre, word.weight - 1, push_reach * options_.area.width)) return true;
    // While the page is airy, a longer way for a few beats smaller letters for all.
    if (page.covered > airy * page_area()) return false;
    if (intrude(key, word.page, font, centre, word.weight - 1, options_.area.width)) return true;
    const auto place = find_place(page, e, around(centre, options_.area.width));
    if (place) settle_at(key, word.page, font, *place);
    return place.has_value();
}

// Puts the word (lifted) over words no heavier than `heaviest`, which move as little as they can; those that
// find no room go to later pages if they may, else nothing changes and the answer is false.
bool WallLayout::intrude(std::uint32_t key, int page_number, double font, const Point& at, std::uint32_t heaviest,
                         double reach, bool may_page) {
    const auto page_index = static_cast<std::size_t>(page_number);
    const auto e = extent(words_[key], font);
    const auto centre = inside(at, e);
    const auto box = cells(centre, e);
    struct Victim {
        std::uint32_t key;
        Point centre;
        double font;
    };
    std::vector<Victim> victims;
    for (const auto other : pages_[page_index].members) {
        const auto& w = words_[other];
        const auto b = cells(w.centre, extent(w, w.font));
        if (b.x >= box.x + box.width || box.x >= b.x + b.width || b.y >= box.y + box.height ||
            box.y >= b.y + b.height) {
            continue;
        }
        if (w.weight > heaviest || victims.size() == most_victims) return false;
        victims.push_back({other, w.centre, w.font});
    }
    std::stable_sort(victims.begin(), victims.end(), [](const Victim& a, const Victim& b) { return a.font > b.font; });
    for (const auto& v : victims) lift(v.key);
    settle_at(key, page_number, font, centre);
    for (std::size_t i = 0; i < victims.size(); ++i) {
        const auto& v = victims[i];
        const auto place = find_place(pages_[page_index], extent(words_[v.key], v.font), around(v.centre, reach));
        if (place) {
            settle_at(v.key, page_number, v.font, *place);
        } else if (may_page) {
            place_from(page_number + 1, v.key);
        } else {
            for (std::size_t j = 0; j < i; ++j) lift(victims[j].key);
            lift(key);
            for (const auto& back : victims) settle_at(back.key, page_number, back.font, back.centre);
            return false;
        }
    }
    return true;
}

// Brings a word (lifted) that has grown heavy on a later page to an earlier one, over light words there.
bool WallLayout::promote(std::uint32_t key, double font) {
    const auto& word = words_[key];
    for (int page = 0; page < word.page; ++page) {
        if (place_on(page, key, font)) return true;
        auto light = pages_[static_cast<std::size_t>(page)].members;
        std::erase_if(light, [&](std::uint32_t k) { return words_[k].weight > word.weight / 2; });
        const auto tries = std::min(light.size(), promotion_tries);
        std::partial_sort(light.begin(), light.begin() + static_cast<std::ptrdiff_t>(tries), light.end(),
                          [&](std::uint32_t a, std::uint32_t b) {
                              return std::pair(words_[a].weight, a) < std::pair(words_[b].weight, b);
                          });
        for (std::size_t i = 0; i < tries; ++i) {
            if (intrude(key, page, font, words_[light[i]].centre, word.weight / 2, options_.area.width, true))
                return true;
        }
    }
    return false;
}

// The word is lifted; it always comes back.
void WallLayout::resize(std::uint32_t key, double old_font) {
    auto& word = words_[key];
    if (word.page > 0 && promote(key, wanted_font(word))) return;
    for (;;) {
        const double font = wanted_font(word);
        if (grow_here(key, font)) break;
        if (level_ == last_level_) {
            const int page = word.page;
            if (page + 1 == page_count() && make_room(page, key, font)) break;
            if (intrude(key, page, font, word.centre, word.weight - 1, options_.area.width, true)) break;
            if (place_on(page, key, font)) break;
            // Hemmed in by heavier words: as large as before, until there is room.
            const auto e = extent(word, std::min(font, old_font));
            if (const auto centre =
                    find_place(pages_[static_cast<std::size_t>(page)], e, around(word.centre, options_.area.width))) {
                settle_at(key, page, std::min(font, old_font), *centre);
            } else {
                place_from(page + 1, key);
            }
            break;
        }
        const double before = scale(level_);
        shrink_all();
        word.centre = pulled(word.centre, scale(level_) / before);
    }
    const double room = options_.fill * page_area();
    while (level_ < last_level_ && pages_.front().covered > room) shrink_all();
}

void WallLayout::put(const LayoutWord& given) {
    if (given.key >= words_.size()) words_.resize(given.key + 1);
    auto& word = words_[given.key];
    const auto weight = std::max<std::uint32_t>(given.weight, 1);
    if (word.page < 0) {
        word.weight = weight;
        word.metrics = given.metrics;
        ++count_;
        place_new(given.key);
    } else {
        const bool same_metrics = word.metrics == given.metrics;
        const double old_font = word.font;
        word.weight = weight;
        if (!same_metrics || std::abs(wanted_font(word) - old_font) > 1e-9) {
            lift(given.key);
            word.metrics = given.metrics;
            resize(given.key, old_font);
            drop_empty_pages();
        }
    }
    bring_forward();
}

// Room comes back on a page when words leave it or close up: words of later pages take it, a few tries per call.
void WallLayout::bring_forward() {
    if (page_count() < 2) return;
    for (int tries = 0; tries < forward_tries; ++tries) {
        if (forward_page_ < 1 || forward_page_ >= page_count()) forward_page_ = 1;
        const auto& members = pages_[static_cast<std::size_t>(forward_page_)].members;
        if (forward_at_ >= members.size()) {
            forward_at_ = 0;
            ++forward_page_;
            continue;
        }
        const auto key = members[forward_at_++];
        const double font = wanted_font(words_[key]);
        for (int page = 0; page < forward_page_; ++page) {
            const auto& earlier = pages_[static_cast<std::size_t>(page)];
            const auto e = extent(words_[key], font);
            if (earlier.full > 0 && earlier.covered + e.width * e.height > clear_room * earlier.full) continue;
            const auto centre = room_on(page, key, font);
            if (!centre) continue;
            lift(key);
            settle_at(key, page, font, *centre);
            drop_empty_pages();
            return;
        }
    }
}

void WallLayout::remove(std::uint32_t key) {
    if (key >= words_.size() || words_[key].page < 0) return;
    lift(key);
    auto& page = pages_[static_cast<std::size_t>(words_[key].page)];
    page.gathered = std::min(page.gathered, page.covered);
    words_[key].page = -1;
    words_[key].weight = 0;
    --count_;
    drop_empty_pages();
}

void WallLayout::drop_empty_pages() {
    for (std::size_t p = pages_.size(); p-- > 0;) {
        if (!pages_[p].members.empty()) continue;
        pages_.erase(pages_.begin() + static_cast<std::ptrdiff_t>(p));
        for (std::size_t q = p; q < pages_.size(); ++q) {
            for (const auto key : pages_[q].members) {
                words_[key].page = static_cast<int>(q);
                mark_changed(key);
            }
        }
    }
}

void WallLayout::clear() {
    for (const auto& page : pages_) {
        for (const auto key : page.members) {
            words_[key].page = -1;
            mark_changed(key);
        }
    }
    pages_.clear();
    count_ = 0;
    level_ = 0;
    forward_page_ = 1;
    forward_at_ = 0;
}

double WallLayout::widest_ink() const { return empty_.columns() * cell_ / options_.smallest - 2 * options_.gap_x; }

PlacedWord WallLayout::word(std::uint32_t key) const {
    PlacedWord out;
    out.key = key;
    if (key >= words_.size() || words_[key].page < 0) return out;
    const auto& w = words_[key];
    out.weight = w.weight;
    out.page = w.page;
    out.font_size = w.font;
    const double width = w.metrics.ink_width() * w.font;
    const double height = w.metrics.ink_height() * w.font;
    const double fits = empty_.columns() * cell_;
    out.too_wide = width > fits;
    const double shown = std::min(width, fits);
    out.ink = {w.centre.x - shown / 2, w.centre.y - height / 2, shown, height};
    out.pen = {out.ink.x - w.metrics.ink_left * w.font, out.ink.y - w.metrics.ink_top * w.font};
    return out;
}

std::vector<std::uint32_t> WallLayout::take_changed() {
    std::vector<std::uint32_t> out;
    out.swap(changed_);
    for (const auto key : out) words_[key].changed = false;
    std::sort(out.begin(), out.end());
    return out;
}

}  // namespace tribune
