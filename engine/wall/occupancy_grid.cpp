#include "wall/occupancy_grid.hpp"

#include <algorithm>
#include <bit>
#include <cassert>
#include <cmath>
#include <limits>
#include <utility>

namespace tribune {
namespace {

constexpr int bits = 64;
constexpr std::size_t most_eroded = 16;  // copies kept; words of one size need about ten

std::size_t index(int i) { return static_cast<std::size_t>(i); }

// The bits of word `w` that stand for columns first … last − 1.
std::uint64_t span_mask(std::size_t w, int first, int last) {
    const int base = static_cast<int>(w) * bits;
    const int from = std::clamp(first - base, 0, bits);
    const int to = std::clamp(last - base, 0, bits);
    if (from >= to) return 0;
    const auto below = [](int n) { return n == bits ? ~std::uint64_t{0} : (std::uint64_t{1} << n) - 1; };
    return below(to) & ~below(from);
}

double cube(double x) { return x * x * x; }

}  // namespace

OccupancyGrid::OccupancyGrid(int columns, int rows)
    : columns_(columns), rows_(rows), free_(index(rows)), least_(index(rows)) {
    assert(columns > 0 && columns <= most_columns && rows > 0);
    free_all();
}

bool OccupancyGrid::inside(const CellBox& box) const {
    return box.x >= 0 && box.y >= 0 && box.width > 0 && box.height > 0 && box.x + box.width <= columns_ &&
           box.y + box.height <= rows_;
}

void OccupancyGrid::take(const CellBox& box) {
    assert(inside(box));
    const auto clear = [&](std::vector<Line>& rows, int width, int height) {
        const int x = std::max(0, box.x - width + 1);
        const int y_first = std::max(0, box.y - height + 1);
        for (auto w = index(x / bits); w <= index((box.x + box.width - 1) / bits); ++w) {
            const auto mask = ~span_mask(w, x, box.x + box.width);
            for (int y = y_first; y < box.y + box.height; ++y) rows[index(y)][w] &= mask;
        }
    };
    clear(free_, 1, 1);
    for (auto& e : eroded_) clear(e.rows, e.width, e.height);
}

void OccupancyGrid::free(const CellBox& box) {
    assert(inside(box));
    const auto first = index(box.x / bits);
    const auto last = index((box.x + box.width - 1) / bits);
    for (auto w = first; w <= last; ++w) {
        const auto mask = span_mask(w, box.x, box.x + box.width);
        for (int y = box.y; y < box.y + box.height; ++y) free_[index(y)][w] |= mask;
    }
    for (auto& e : eroded_) {
        for (int y = std::max(0, box.y - e.height + 1); y < box.y + box.height; ++y) {
            e.valid[index(y)] = 0;  // what was learnt of the row goes when it is made again
        }
    }
}

void OccupancyGrid::free_all() {
    for (auto& line : free_) {
        for (std::size_t w = 0; w < words; ++w) line[w] = span_mask(w, 0, columns_);
    }
    eroded_.clear();
}

bool OccupancyGrid::is_free(const CellBox& box) const { return can_move({}, box); }

bool OccupancyGrid::can_move(const CellBox& from, const CellBox& to) const {
    if (!inside(to)) return false;
    const auto first = index(to.x / bits);
    const auto last = index((to.x + to.width - 1) / bits);
    for (auto w = first; w <= last; ++w) {
        const auto mask = span_mask(w, to.x, to.x + to.width);
        const auto own = span_mask(w, from.x, from.x + from.width);
        for (int y = to.y; y < to.y + to.height; ++y) {
            const auto taken = ~free_[index(y)][w] & mask;
            if ((y < from.y || y >= from.y + from.height ? taken : taken & ~own) != 0) return false;
        }
    }
    return true;
}

OccupancyGrid::Eroded& OccupancyGrid::eroded(int width, int height) {
    width = width >= 16 ? 16 : width >= 8 ? 8 : 1;
    auto at = std::find_if(eroded_.begin(), eroded_.end(),
                           [&](const Eroded& e) { return e.height == height && e.width == width; });
    if (at == eroded_.end()) {
        if (eroded_.size() < most_eroded) {
            at = eroded_.emplace(eroded_.end());
        } else {
            at = std::min_element(eroded_.begin(), eroded_.end(),
                                  [](const Eroded& a, const Eroded& b) { return a.used < b.used; });
        }
        at->height = height;
        at->width = width;
        at->valid.assign(free_.size(), 1);
        at->refuses_from.assign(free_.size(), columns_ + 1);
        at->bounds.assign(free_.size(), {});
        at->rows = free_;
        for (int have = 1; have < height;) {
            const int step = std::min(have, height - have);
            for (int y = 0; y + have + step <= rows_; ++y) {
                auto& line = at->rows[index(y)];
                const auto& other = at->rows[index(y + step)];
                for (std::size_t w = 0; w < words; ++w) line[w] &= other[w];
            }
            have += step;
        }
        for (int y = 0; y + height <= rows_; ++y) widen(at->rows[index(y)], width);
        inherit(*at);
    }
    at->used = ++searches_;
    return *at;
}

// Where a lower box finds no place, or none nearer to the middle, a higher one finds none.
void OccupancyGrid::inherit(Eroded& to) const {
    const Eroded* from = nullptr;
    for (const auto& e : eroded_) {
        if (&e != &to && e.height <= to.height && (from == nullptr || e.height > from->height)) from = &e;
    }
    if (from == nullptr) return;
    for (std::size_t y = 0; y < free_.size(); ++y) {
        if (from->valid[y] == 0) continue;
        to.refuses_from[y] = from->refuses_from[y];
        to.bounds[y] = from->bounds[y];
    }
}

// Erodes one row to `width`, a power of two up to 64.
void OccupancyGrid::widen(Line& line, int width) {
    for (int have = 1; have < width; have *= 2) {
        for (std::size_t w = 0; w < words; ++w) {
            const auto next = w + 1 < words ? line[w + 1] : 0;
            line[w] &= (line[w] >> have) | (next << (bits - have));
        }
    }
}

const OccupancyGrid::Line& OccupancyGrid::eroded_row(Eroded& e, int y) const {
    auto& out = e.rows[index(y)];
    if (e.valid[index(y)] == 0) {
        out = free_[index(y)];
        for (int k = 1; k < e.height; ++k) {
            const auto& other = free_[index(y + k)];
            for (std::size_t w = 0; w < words; ++w) out[w] &= other[w];
        }
        widen(out, e.width);
        e.valid[index(y)] = 1;
        e.refuses_from[index(y)] = columns_ + 1;
        e.bounds[index(y)] = {};
    }
    return out;
}

// out[x] = line[x] & line[x + shift] for all columns x. Answers whether any bit is left.
bool OccupancyGrid::and_shifted(const WideLine& line, WideLine& out, int shift) {
    const auto* from = line.data() + shift / bits;
    const int rest = shift % bits;
    // Two shifts instead of a branch: a shift by 64 is not defined.
    for (std::size_t w = 0; w < words; ++w) {
        out[w] = line[w] & ((from[w] >> rest) | ((from[w + 1] << 1) << (bits - 1 - rest)));
    }
    std::uint64_t any = 0;
    for (std::size_t w = 0; w < words; ++w) any |= out[w];
    return any != 0;
}

// The set bit nearest to column `want`, or −1.
int OccupancyGrid::nearest_bit(const WideLine& line, double want, bool right_first) {
    const int x = std::clamp(static_cast<int>(std::ceil(want)), 0, most_columns - 1);
    const auto at = index(x / bits);
    int right = -1;
    for (auto w = at; w < words; ++w) {
        const auto word = line[w] & (w == at ? ~std::uint64_t{0} << (x % bits) : ~std::uint64_t{0});
        if (word != 0) {
            right = static_cast<int>(w) * bits + std::countr_zero(word);
            break;
        }
    }
    int left = -1;
    for (auto w = at + 1; w-- > 0;) {
        const auto word = line[w] & (w == at ? (std::uint64_t{1} << (x % bits)) - 1 : ~std::uint64_t{0});
        if (word != 0) {
            left = static_cast<int>(w) * bits + bits - 1 - std::countl_zero(word);
            break;
        }
    }
    if (right < 0 || left < 0) return std::max(left, right);
    if (right - want == want - left) return right_first ? right : left;
    return right - want < want - left ? right : left;
}

// Erodes the line, which has bits and is eroded to `fits`, on to `width`; measures on the way at `class_width`.
OccupancyGrid::Erosion OccupancyGrid::erode(WideLine*& line, WideLine*& spare, int fits, int class_width, int width,
                                            double middle) {
    double distance = most_columns;
    for (;;) {
        if (fits == class_width) {
            const double want = middle - fits / 2.0;
            distance = std::floor(std::abs(nearest_bit(*line, want, true) - want));
        }
        if (fits == width) return {0, distance};
        const int step = std::min(fits, (fits < class_width ? class_width : width) - fits);
        if (and_shifted(*line, *spare, step)) {
            std::swap(line, spare);
            fits += step;
            continue;
        }
        int refused = fits + step;
        while (refused - fits > 1) {
            const int half = (refused - fits) / 2;
            if (and_shifted(*line, *spare, half)) {
                std::swap(line, spare);
                fits += half;
            } else {
                refused = fits + half;
            }
        }
        return {refused, distance};
    }
}

std::optional<CellBox> OccupancyGrid::nearest_free(int width, int height, const CellTarget& target) {
    if (width <= 0 || height <= 0 || width > columns_ || height > rows_) return std::nullopt;
    auto& e = eroded(width, height);
    const bool home = target.x == columns_ / 2.0;  // bounds are kept for the usual target only
    const int octave = static_cast<int>(std::bit_width(static_cast<unsigned>(width))) - 1;
    const int quarter = octave < 2 ? 0 : (width >> (octave - 2)) - 4;
    const int class_width = octave < 2 ? width : (4 + quarter) << (octave - 2);
    const auto width_class = index(octave < 2 ? width : 4 * octave + quarter);
    const int last_row = rows_ - height;
    const double want_y = target.y - height / 2.0;
    const double want_x = target.x - width / 2.0;
    WideLine first{};
    WideLine second{};
    std::optional<CellBox> best;
    double best_cost = target.limit;

    const auto row_cost = [&](int y) { return cube(std::abs(y - want_y) / target.reach_y); };
    const auto least_cost = [&](int y) {
        const auto i = index(y);
        if (e.valid[i] == 0) return row_cost(y);
        if (width >= e.refuses_from[i]) return std::numeric_limits<double>::infinity();
        return row_cost(y) + (home ? cube(static_cast<double>(e.bounds[i][width_class]) / target.reach_x) : 0);
    };
    const auto search_row = [&](int y) {
        const auto& row = eroded_row(e, y);
        std::uint64_t any = 0;
        for (const auto word : row) any |= word;
        Erosion erosion{e.width, static_cast<double>(most_columns)};
        auto* line = &first;
        auto* spare = &second;
        if (any != 0) {
            std::copy(row.begin(), row.end(), first.begin());
            erosion = erode(line, spare, e.width, class_width, width, target.x);
        }
        if (home) {
            // What holds for this class holds for all wider ones.
            auto& bounds = e.bounds[index(y)];
            const auto distance = static_cast<std::uint16_t>(erosion.distance);
            for (auto c = width_class; c < width_classes && bounds[c] < distance; ++c) bounds[c] = distance;
        }
        if (erosion.refused != 0) {
            e.refuses_from[index(y)] = erosion.refused;
            return;
        }
        const int found = nearest_bit(*line, want_x, target.right_first);
        const double cost = row_cost(y) + cube(std::abs(found - want_x) / target.reach_x);
        if (cost < best_cost) {
            best_cost = cost;
            best = CellBox{found, y, width, height};
        }
    };

    // The most promising row first: it leaves few others worth a look.
    int promising = 0;
    for (int y = 0; y <= last_row; ++y) {
        least_[index(y)] = least_cost(y);
        if (least_[index(y)] < least_[index(promising)]) promising = y;
    }
    if (least_[index(promising)] < best_cost) search_row(promising);
    // Then from the wanted row outwards, until rows alone cost more than the best place.
    int above = std::clamp(static_cast<int>(std::floor(want_y)), -1, last_row);
    int below = above + 1;
    while (above >= 0 || below <= last_row) {
        const bool up = below > last_row || (above >= 0 && want_y - above <= below - want_y);
        const int y = up ? above-- : below++;
        if (row_cost(y) >= best_cost) break;
        if (least_[index(y)] < best_cost && y != promising) search_row(y);
    }
    return best;
}

}  // namespace tribune
