// Sizes, places and colours. Pixels unless said otherwise; y grows downwards.
#pragma once

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
