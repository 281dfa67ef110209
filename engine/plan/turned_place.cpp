#include "plan/turned_place.hpp"

#include <array>
#include <numbers>

namespace tribune {
namespace {

// Smallest rectangle around four points, a little wider.
IntRect around(const std::array<Point, 4>& points, double more) {
    double x0 = points[0].x, x1 = x0, y0 = points[0].y, y1 = y0;
    for (const auto& p : points) {
        x0 = std::min(x0, p.x);
        x1 = std::max(x1, p.x);
        y0 = std::min(y0, p.y);
        y1 = std::max(y1, p.y);
    }
    return {static_cast<int>(std::floor(x0 - more)), static_cast<int>(std::floor(y0 - more)),
            static_cast<int>(std::ceil(x1 + more)), static_cast<int>(std::ceil(y1 + more))};
}

Rect as_rect(const IntRect& r) {
    return {static_cast<double>(r.x0), static_cast<double>(r.y0), static_cast<double>(r.width()),
            static_cast<double>(r.height())};
}

}  // namespace

Point TurnedPlace::upright_at(Point p) const {
    const double x = p.x - centre.x, y = p.y - centre.y;
    return {cosine * x + sine * y + upright.width / 2.0, cosine * y - sine * x + upright.height / 2.0};
}

TurnedPlace turned_place(const Rect& place, double rotation_deg) {
    TurnedPlace out;
    const double degrees = std::isfinite(rotation_deg) ? std::remainder(rotation_deg, 360.0) : 0;
    const double quarters = std::nearbyint(degrees / 90);
    const bool quarter = std::abs(degrees - quarters * 90) < 1e-9;
    if (quarter) {
        constexpr std::array<Point, 4> turns{{{1, 0}, {0, 1}, {-1, 0}, {0, -1}}};
        const auto& turn = turns[static_cast<std::size_t>(static_cast<int>(quarters) & 3)];
        out.cosine = turn.x;
        out.sine = turn.y;
    } else {
        out.cosine = std::cos(degrees * std::numbers::pi / 180);
        out.sine = std::sin(degrees * std::numbers::pi / 180);
    }
    const bool lying = quarter && out.sine != 0;
    const Point middle = place.centre();
    const IntRect pixels = nearest_pixels(
        lying ? Rect{middle.x - place.height / 2, middle.y - place.width / 2, place.height, place.width} : place);
    out.upright = lying ? Size{pixels.height(), pixels.width()} : pixels.size();
    out.centre = as_rect(pixels).centre();
    out.bounds = pixels;
    if (!quarter && !pixels.empty()) {
        std::array<Point, 4> corners;
        for (std::size_t i = 0; i < 4; ++i) {
            const double x = out.upright.width * ((i & 1) != 0 ? 0.5 : -0.5);
            const double y = out.upright.height * ((i & 2) != 0 ? 0.5 : -0.5);
            corners[i] = {out.centre.x + out.cosine * x - out.sine * y, out.centre.y + out.sine * x + out.cosine * y};
        }
        out.bounds = around(corners, 1);  // half a pixel of ramp on either side of an edge
    }
    return out;
}

IntRect shown_window(const TurnedPlace& place, Size picture) {
    if (intersection(place.bounds, {0, 0, picture.width, picture.height}).empty()) return {};
    const IntRect all{0, 0, place.upright.width, place.upright.height};
    if (all.x1 <= 2 * picture.width && all.y1 <= 2 * picture.height) return all;
    const double w = picture.width, h = picture.height;
    const IntRect seen = intersection(
        around({place.upright_at({0, 0}), place.upright_at({w, 0}), place.upright_at({0, h}), place.upright_at({w, h})},
               2),
        all);
    if (seen.empty()) return {};
    return {seen.x0 & ~1, seen.y0 & ~1, seen.x1, seen.y1};
}

}  // namespace tribune
