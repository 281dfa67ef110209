// WallLayout::place_all(): all words at once, heaviest first from the middle outwards.
#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "wall/layout.hpp"

namespace tribune {
namespace {

// How much of a page words and gaps can take, measured: few large words leave larger rests.
double likely_fill(std::size_t words) { return 0.80 - 0.40 / std::sqrt(static_cast<double>(words)); }

constexpr double hopeless = 0.93;           // a try that placed less than this share: no other try will place all
constexpr std::size_t most_variants = 12;   // tries at one letter size, of which the best stands
constexpr std::size_t variant_words = 240;  // words placed by all tries at one letter size

// Area of the convex hull (Andrew's monotone chain). Takes the points in any order.
double hull_area(std::vector<Point>& points) {
    std::sort(points.begin(), points.end());
    std::vector<Point> chain;
    double doubled = 0;
    for (int half = 0; half < 2; ++half) {
        chain.clear();
        for (const auto& p : points) {
            const auto turns_out = [&] {
                const auto& a = chain[chain.size() - 2];
                const auto& b = chain.back();
                return (b.x - a.x) * (p.y - a.y) - (b.y - a.y) * (p.x - a.x) <= 0;
            };
            while (chain.size() > 1 && turns_out()) chain.pop_back();
            chain.push_back(p);
        }
        for (std::size_t i = 1; i < chain.size(); ++i) {
            doubled += chain[i - 1].x * chain[i].y - chain[i].x * chain[i - 1].y;
        }
        std::reverse(points.begin(), points.end());
    }
    return std::abs(doubled) / 2;
}

// 0…1, the same for the same two numbers.
double noise(std::uint32_t key, std::size_t variant) {
    auto h = (key + 1) * 2654435761U ^ static_cast<std::uint32_t>(variant) * 2246822519U;
    h = (h ^ (h >> 15)) * 2246822519U;
    h = (h ^ (h >> 13)) * 3266489917U;
    return static_cast<double>(h ^ (h >> 16)) / 4294967296.0;
}

}  // namespace

// Compact within its hull and its box, its weight in the middle of the page.
double WallLayout::beauty(const Page& page) const {
    std::vector<Point> corners;
    corners.reserve(4 * page.members.size());
    double area = 0;
    Point weighed;
    for (const auto key : page.members) {
        const auto box = word(key).ink;
        const double ink = box.width * box.height;
        area += ink;
        weighed.x += ink * box.centre().x;
        weighed.y += ink * box.centre().y;
        for (const double x : {box.x, box.right()}) {
            for (const double y : {box.y, box.bottom()}) corners.push_back({x, y});
        }
    }
    const auto [left, right] = std::minmax_element(corners.begin(), corners.end());
    const auto [top, bottom] =
        std::minmax_element(corners.begin(), corners.end(), [](const Point& a, const Point& b) { return a.y < b.y; });
    const double width = options_.area.width;
    const double height = options_.area.height;
    const double box = std::max(1.0, (right->x - left->x) * (bottom->y - top->y));
    const double aside = std::abs((left->x + right->x) / width - 1) + std::abs((top->y + bottom->y) / height - 1) +
                         std::abs(2 * weighed.x / area / width - 1) + std::abs(2 * weighed.y / area / height - 1);
    return area / box + area / std::max(1.0, hull_area(corners)) - 0.15 * aside;
}

// All words on one page at the present level, in an order that differs a little from variant to variant.
bool WallLayout::arrange(std::span<const std::uint32_t> order, std::size_t variant) {
    pages_.assign(1, Page(empty_));
    std::vector<std::uint32_t> varied(order.begin(), order.end());
    if (variant > 0 && order.size() > 2) {
        std::vector<std::pair<double, std::uint32_t>> ranks;
        for (const auto key : order.subspan(1)) {
            ranks.emplace_back(-wanted_font(words_[key]) * (1 + 0.4 * noise(key, variant)), key);
        }
        std::stable_sort(ranks.begin(), ranks.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
        std::transform(ranks.begin(), ranks.end(), varied.begin() + 1, [](const auto& r) { return r.second; });
    }
    return std::all_of(varied.begin(), varied.end(),
                       [&](std::uint32_t key) { return place_on(0, key, wanted_font(words_[key])); });
}

// The best of several arrangements at the present level; false if none holds all words.
bool WallLayout::arrange_well(std::span<const std::uint32_t> order) {
    const auto variants = std::clamp<std::size_t>(variant_words / order.size(), 1, most_variants);
    if (variants == 1) return arrange(order, 0);
    std::optional<std::size_t> best;
    double best_beauty = -std::numeric_limits<double>::infinity();
    std::size_t last = 0;
    for (std::size_t variant = 0; variant < variants; ++variant) {
        last = variant;
        if (!arrange(order, variant)) {
            if (!best && pages_.front().covered < hopeless * covered(order)) return false;
            continue;
        }
        const double beautiful = beauty(pages_.front());
        if (beautiful <= best_beauty) continue;
        best_beauty = beautiful;
        best = variant;
    }
    if (best && *best != last) arrange(order, *best);
    return best.has_value();
}

// px² of these words with their gaps, at the present level.
double WallLayout::covered(std::span<const std::uint32_t> keys) const {
    return std::accumulate(keys.begin(), keys.end(), 0.0, [&](double sum, std::uint32_t key) {
        const auto e = extent(words_[key], wanted_font(words_[key]));
        return sum + e.width * e.height;
    });
}

void WallLayout::place_all(std::span<const LayoutWord> given) {
    clear();
    if (given.empty()) return;
    std::vector<std::uint32_t> order;
    order.reserve(given.size());
    for (const auto& word : given) {
        if (word.key >= words_.size()) words_.resize(word.key + 1);
        words_[word.key].weight = std::max<std::uint32_t>(word.weight, 1);
        words_[word.key].metrics = word.metrics;
        order.push_back(word.key);
    }
    std::stable_sort(order.begin(), order.end(),
                     [&](std::uint32_t a, std::uint32_t b) { return words_[a].weight > words_[b].weight; });
    count_ = order.size();
    const double room = likely_fill(order.size()) * page_area();
    while (level_ < last_level_ && covered(order) > room) ++level_;
    for (; level_ < last_level_; ++level_) {
        if (arrange_well(order)) return;
    }
    pages_.clear();
    for (const auto key : order) place_from(0, key, false);
}

}  // namespace tribune
