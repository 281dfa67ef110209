// Sizes, places and colours. Pixels unless said otherwise; y grows downwards.
#pragma once

#include <algorithm>
#include <cmath>
#include <compare>
#include <cstdint>

namespace tribune {

struct Size {
    int width = 0;
    int height = 0;

    auto operator<=>(const Size&) const = default;
    [[nodiscard]] bool empty() const { return width <= 0 || height <= 0; }
};

struct Point {
    double x = 0;
    double y = 0;

    auto operator<=>(const Point&) const = default;
};

struct Rect {
    double x = 0;
    double y = 0;
    double width = 0;
    double height = 0;

    auto operator<=>(const Rect&) const = default;
    [[nodiscard]] double right() const { return x + width; }
    [[nodiscard]] double bottom() const { return y + height; }
    [[nodiscard]] Point centre() const { return {x + width / 2, y + height / 2}; }
    [[nodiscard]] bool intersects(const Rect& o) const {
        return x < o.right() && o.x < right() && y < o.bottom() && o.y < bottom();
    }
};

// Whole pixels. Half open: x0 ≤ x < x1, y0 ≤ y < y1.
struct IntRect {
    int x0 = 0;
    int y0 = 0;
    int x1 = 0;
    int y1 = 0;

    bool operator==(const IntRect&) const = default;
    [[nodiscard]] int width() const { return x1 - x0; }
    [[nodiscard]] int height() const { return y1 - y0; }
    [[nodiscard]] Size size() const { return {width(), height()}; }
    [[nodiscard]] bool empty() const { return x0 >= x1 || y0 >= y1; }
};

inline IntRect intersection(const IntRect& a, const IntRect& b) {
    return {std::max(a.x0, b.x0), std::max(a.y0, b.y0), std::min(a.x1, b.x1), std::min(a.y1, b.y1)};
}

// Edges go to the nearest pixel edge, so neighbours that share an edge neither overlap nor part.
inline IntRect nearest_pixels(const Rect& r) {
    // Far outside any picture is as good as just outside it.
    const auto nearest = [](double v) { return static_cast<int>(std::floor(std::clamp(v, -1e6, 1e6) + 0.5)); };
    return {nearest(r.x), nearest(r.y), nearest(r.right()), nearest(r.bottom())};
}

// sRGB, 0…1, not premultiplied.
struct Colour {
    float red = 0;
    float green = 0;
    float blue = 0;
    float alpha = 1;

    auto operator<=>(const Colour&) const = default;
};

// 0xRRGGBB as in palettes.
constexpr Colour colour_from_rgb(std::uint32_t rgb, float alpha = 1) {
    return {static_cast<float>((rgb >> 16) & 255) / 255.0F, static_cast<float>((rgb >> 8) & 255) / 255.0F,
            static_cast<float>(rgb & 255) / 255.0F, alpha};
}

}  // namespace tribune
