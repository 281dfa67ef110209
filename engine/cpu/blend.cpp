#include "cpu/blend.hpp"

#include <libyuv.h>

#include <cmath>

namespace tribune {

CoverageTable coverage_table(std::uint32_t full) {
    CoverageTable table;
    for (std::uint32_t i = 0; i < table.size(); ++i) {
        std::uint32_t pixel = 0;
        for (unsigned shift = 0; shift < 32; shift += 8) pixel |= (((full >> shift) & 255U) * i + 127U) / 255U << shift;
        table[i] = pixel;
    }
    return table;
}

void fade_row(std::uint32_t* pixels, const std::uint8_t* coverage, int opacity, int count) {
    if (!coverage && opacity >= 256) return;
    for (int i = 0; i < count; ++i) {
        const std::uint32_t f = (coverage ? coverage[i] : 255U) * static_cast<std::uint32_t>(opacity);  // of 255 × 256
        if (f == 255U * 256U) continue;
        std::uint32_t out = 0;
        for (unsigned shift = 0; shift < 32; shift += 8)
            out |= (((pixels[i] >> shift) & 255U) * f + 255U * 128U) / (255U * 256U) << shift;
        pixels[i] = out;
    }
}

void over_row(std::uint32_t* dst, const std::uint32_t* src, int pixels) {
    constexpr std::uint32_t pair = 0x00ff00ff;  // two channels at once, each with room for a product
    for (int i = 0; i < pixels; ++i) {
        const std::uint32_t rest = 255U - (src[i] >> 24);
        const std::uint32_t even = (dst[i] & pair) * rest + 0x00800080U;
        const std::uint32_t odd = ((dst[i] >> 8) & pair) * rest + 0x00800080U;
        dst[i] = src[i] + ((((even + ((even >> 8) & pair)) >> 8) & pair) | ((odd + ((odd >> 8) & pair)) & ~pair));
    }
}

void blend_row(Surface& surface, int x, int y, const std::uint32_t* src, int pixels) {
    std::uint8_t* dst = surface.at(x, y);
    if (!surface.opaque()) return over_row(reinterpret_cast<std::uint32_t*>(dst), src, pixels);
    libyuv::ARGBBlend(reinterpret_cast<const std::uint8_t*>(src), 0, dst, 0, dst, 0, pixels, 1);
}

namespace {

// n / 255, nearest, for n to 255 × 255.
std::uint16_t div255(std::uint16_t n) {
    n = static_cast<std::uint16_t>(n + 128);
    return static_cast<std::uint16_t>((n + (n >> 8)) >> 8);
}

// co = cs·αs·(1 - αb) + cb·αb·(1 - αs) + αs·αb·B(cb, cs), the standard's formula, with s = cs·αs and b = cb·αb as they
// are stored. `both` is its last term, which needs no division then; all in 1/255². Sums wrap on the way and are
// right at the end.
template <class Both>
void mode_row(std::uint32_t* dst, const std::uint32_t* src, int pixels, const Both& both) {
    constexpr int most = 256;
    std::array<std::uint32_t, most> src_alpha, dst_alpha;
    for (; pixels > 0; pixels -= most, dst += most, src += most) {
        const int n = std::min(pixels, most);
        for (std::size_t i = 0; i < static_cast<std::size_t>(n); ++i) {
            src_alpha[i] = (src[i] >> 24) * 0x01010101U;
            dst_alpha[i] = (dst[i] >> 24) * 0x01010101U;
        }
        const auto* s = reinterpret_cast<const std::uint8_t*>(src);
        const auto* sa = reinterpret_cast<const std::uint8_t*>(src_alpha.data());
        const auto* da = reinterpret_cast<const std::uint8_t*>(dst_alpha.data());
        auto* d = reinterpret_cast<std::uint8_t*>(dst);
        for (int i = 0; i < 4 * n; ++i) {
            const std::uint16_t apart = static_cast<std::uint16_t>(s[i] * (255 - da[i]) + d[i] * (255 - sa[i]));
            d[i] =
                static_cast<std::uint8_t>(div255(static_cast<std::uint16_t>(apart + both(s[i], d[i], sa[i], da[i]))));
        }
        for (std::size_t i = 0; i < static_cast<std::size_t>(n); ++i) {
            const std::uint32_t a = src[i] >> 24, b = dst_alpha[i] & 255U;
            const std::uint32_t all = a + b - div255(static_cast<std::uint16_t>(a * b));
            dst[i] = (dst[i] & 0x00ffffffU) | all << 24;
        }
    }
}

}  // namespace

void blend_row(Surface& surface, int x, int y, const std::uint32_t* src, int pixels, Blend mode) {
    auto* dst = reinterpret_cast<std::uint32_t*>(surface.at(x, y));
    switch (mode) {
        case Blend::normal: return blend_row(surface, x, y, src, pixels);
        case Blend::add:
            return mode_row(dst, src, pixels,
                            [](int s, int b, int sa, int ba) { return std::min(sa * ba - b * sa, s * ba) + b * sa; });
        case Blend::subtract:
            return mode_row(dst, src, pixels,
                            [](int s, int b, int sa, int ba) { return b * sa - std::min(b * sa, s * ba); });
        case Blend::screen:
            return mode_row(dst, src, pixels, [](int s, int b, int sa, int ba) { return s * ba + b * sa - s * b; });
        case Blend::multiply: return mode_row(dst, src, pixels, [](int s, int b, int, int) { return s * b; });
        case Blend::lighten:
            return mode_row(dst, src, pixels, [](int s, int b, int sa, int ba) { return std::max(s * ba, b * sa); });
        case Blend::darken:
            return mode_row(dst, src, pixels, [](int s, int b, int sa, int ba) { return std::min(s * ba, b * sa); });
    }
}

void rounded_coverage(const IntRect& place, float radius, int y, int x0, int x1, std::uint8_t* out) {
    const float r = std::min({radius, static_cast<float>(place.width()) / 2, static_cast<float>(place.height()) / 2});
    const auto inside = [r](float at, float low, float high) {  // how far past the line of the corners' centres
        return std::max({low + r - at, at - (high - r), 0.0F});
    };
    const float dy = inside(static_cast<float>(y) + 0.5F, static_cast<float>(place.y0), static_cast<float>(place.y1));
    for (int x = x0; x < x1; ++x) {
        const float dx =
            inside(static_cast<float>(x) + 0.5F, static_cast<float>(place.x0), static_cast<float>(place.x1));
        const bool corner = dx > 0 && dy > 0;
        out[x - x0] = corner ? to_byte(r - std::hypot(dx, dy) + 0.5F) : std::uint8_t{255};
    }
}

}  // namespace tribune
