#include "text/outline_field.hpp"

#include <algorithm>
#include <cmath>

namespace tribune {
namespace {

constexpr double longest_piece = 4;  // pixels; an edge is judged inside or not by pieces of this length
constexpr double beside = 1.0 / 64;  // how far from an edge its two sides are looked at
constexpr int largest_field = 4096;

// How often the contours turn around the point: crossings of the ray to the right.
int winding(const std::vector<OutlinePiece>& pieces, Point p) {
    int turns = 0;
    for (const auto& s : pieces) {
        const bool down = s.from.y <= p.y;
        if (down == (s.to.y <= p.y)) continue;
        const double x = s.from.x + (p.y - s.from.y) / (s.to.y - s.from.y) * (s.to.x - s.from.x);
        if (x > p.x) turns += down ? 1 : -1;
    }
    return turns;
}

// Whether one side is filled and the other is not.
bool is_border(const std::vector<OutlinePiece>& pieces, Point from, Point to) {
    const double dx = to.x - from.x, dy = to.y - from.y;
    const double length = std::hypot(dx, dy);
    if (length <= 0) return false;
    const Point middle{(from.x + to.x) / 2, (from.y + to.y) / 2};
    const Point side{-dy / length * beside, dx / length * beside};
    return (winding(pieces, {middle.x + side.x, middle.y + side.y}) != 0) !=
           (winding(pieces, {middle.x - side.x, middle.y - side.y}) != 0);
}

class Field {
  public:
    Field(const std::vector<OutlinePiece>& pieces, int spread) : spread_(spread) {
        double left = pieces[0].from.x, right = left, top = pieces[0].from.y, bottom = top;
        for (const auto& s : pieces) {
            left = std::min({left, s.from.x, s.to.x});
            right = std::max({right, s.from.x, s.to.x});
            top = std::min({top, s.from.y, s.to.y});
            bottom = std::max({bottom, s.from.y, s.to.y});
        }
        left_ = static_cast<int>(std::floor(left)) - spread;
        top_ = static_cast<int>(std::floor(top)) - spread;
        size_ = {static_cast<int>(std::ceil(right)) + spread - left_,
                 static_cast<int>(std::ceil(bottom)) + spread - top_};
        if (size_.width > largest_field || size_.height > largest_field) size_ = {};
        squares_.assign(static_cast<std::size_t>(size_.width) * static_cast<std::size_t>(size_.height),
                        static_cast<float>(spread * spread));
    }

    // Lowers every pixel near the edge to its distance from it.
    void add(Point from, Point to) {
        const auto f = [](double v) { return static_cast<float>(v); };
        const float ax = f(from.x - left_ - 0.5), ay = f(from.y - top_ - 0.5);
        const float dx = f(to.x - from.x), dy = f(to.y - from.y);
        const float scale = 1 / (dx * dx + dy * dy);
        const float reach = f(spread_);
        const int x0 = std::max(0, static_cast<int>(std::floor(std::min(ax, ax + dx) - reach)));
        const int x1 = std::min(size_.width - 1, static_cast<int>(std::ceil(std::max(ax, ax + dx) + reach)));
        const int y0 = std::max(0, static_cast<int>(std::floor(std::min(ay, ay + dy) - reach)));
        const int y1 = std::min(size_.height - 1, static_cast<int>(std::ceil(std::max(ay, ay + dy) + reach)));
        for (int y = y0; y <= y1; ++y) {
            float* row = &squares_[static_cast<std::size_t>(y) * static_cast<std::size_t>(size_.width)];
            const float py = f(y) - ay;
            for (int x = x0; x <= x1; ++x) {
                const float px = f(x) - ax;
                const float t = std::min(std::max((px * dx + py * dy) * scale, 0.0F), 1.0F);
                const float ex = px - t * dx, ey = py - t * dy;
                row[x] = std::min(row[x], ex * ex + ey * ey);
            }
        }
    }

    CoverageImage image(const std::vector<OutlinePiece>& pieces) const {
        CoverageImage out;
        out.left = left_;
        out.top = top_;
        out.size = size_;
        out.pixels.resize(squares_.size());
        std::vector<std::pair<double, int>> crossings;
        for (int y = 0; y < size_.height; ++y) {
            crossings_at(pieces, top_ + y + 0.5, crossings);
            auto next = crossings.begin();
            int turns = 0;
            for (int x = 0; x < size_.width; ++x) {
                for (; next != crossings.end() && next->first <= left_ + x + 0.5; ++next) turns += next->second;
                const auto i =
                    static_cast<std::size_t>(y) * static_cast<std::size_t>(size_.width) + static_cast<std::size_t>(x);
                const float distance = std::sqrt(squares_[i]) / static_cast<float>(spread_) * 128;
                out.pixels[i] = static_cast<std::uint8_t>(
                    std::clamp(std::lround(128 + (turns != 0 ? distance : -distance)), 0L, 255L));
            }
        }
        return out;
    }

  private:
    static void crossings_at(const std::vector<OutlinePiece>& pieces, double y,
                             std::vector<std::pair<double, int>>& out) {
        out.clear();
        for (const auto& s : pieces) {
            const bool down = s.from.y <= y;
            if (down == (s.to.y <= y)) continue;
            out.emplace_back(s.from.x + (y - s.from.y) / (s.to.y - s.from.y) * (s.to.x - s.from.x), down ? 1 : -1);
        }
        std::sort(out.begin(), out.end());
    }

    int spread_;
    int left_ = 0;
    int top_ = 0;
    Size size_;
    std::vector<float> squares_;  // of distances, at most spread²
};

}  // namespace

CoverageImage outline_field(const std::vector<OutlinePiece>& pieces, int spread) {
    if (pieces.empty() || spread < 1) return {};
    Field field(pieces, spread);
    for (const auto& s : pieces) {
        const double length = std::hypot(s.to.x - s.from.x, s.to.y - s.from.y);
        const int parts = std::max(1, static_cast<int>(std::ceil(std::min(length, 1e5) / longest_piece)));
        const auto point = [&](int i) {
            const double t = static_cast<double>(i) / parts;
            return Point{s.from.x + t * (s.to.x - s.from.x), s.from.y + t * (s.to.y - s.from.y)};
        };
        for (int i = 0; i < parts; ++i) {
            if (is_border(pieces, point(i), point(i + 1))) field.add(point(i), point(i + 1));
        }
    }
    return field.image(pieces);
}

}  // namespace tribune
