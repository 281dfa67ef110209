#include "cpu/effect_layer.hpp"

#include <cmath>
#include <cstring>

#include "cpu/blend.hpp"
#include "cpu/keying.hpp"

namespace tribune {
namespace {

constexpr double one = 4294967296.0;  // 2³²

std::int64_t fixed(double v) { return std::llround(v * one); }

// Two pixels, the second's share of 256; channel by channel, nearest.
std::uint32_t mixed(std::uint32_t a, std::uint32_t b, std::uint32_t share) {
    constexpr std::uint32_t pair = 0x00ff00ff;
    const std::uint32_t rest = 256 - share;
    const std::uint32_t even = ((a & pair) * rest + (b & pair) * share + 0x00800080U) >> 8;
    const std::uint32_t odd = ((a >> 8) & pair) * rest + ((b >> 8) & pair) * share + 0x00800080U;
    return (even & pair) | (odd & ~pair);
}

// Keeps the columns x for which low ≤ at + step · x ≤ high, and perhaps a few more.
void keep_between(double at, double step, double low, double high, int& x0, int& x1) {
    if (std::abs(step) < 1e-9) {
        if (at < low || at > high) x1 = x0;
        return;
    }
    const double a = (low - at) / step, b = (high - at) / step;
    x0 = static_cast<int>(std::clamp(std::floor(std::min(a, b)), static_cast<double>(x0), static_cast<double>(x1)));
    x1 = static_cast<int>(std::clamp(std::ceil(std::max(a, b)) + 1, static_cast<double>(x0), static_cast<double>(x1)));
}

}  // namespace

EffectLayer::EffectLayer(const Surface& picture, const Look& look)
    : picture_(picture), look_(look),
      opacity_(static_cast<int>(std::lround(std::clamp(look.opacity, 0.0F, 1.0F) * 256.0F))),
      border_(coverage_table(premultiplied(look.effects.border.colour))) {
    const auto w = static_cast<float>(look.place.upright.width), h = static_cast<float>(look.place.upright.height);
    const float border = std::max(look.effects.border.width, 0.0F);
    outer_ = {w / 2, h / 2, std::clamp(look.corner_radius, 0.0F, std::min(w, h) / 2)};
    inner_ = {w / 2 - border, h / 2 - border, std::max(outer_.radius - border, 0.0F)};
    const Point origin = look.place.upright_at({0.5, 0.5});
    u_ = fixed(origin.x - 0.5 - look.window.x0);
    v_ = fixed(origin.y - 0.5 - look.window.y0);
    u_by_x_ = v_by_y_ = fixed(look.place.cosine);
    u_by_y_ = fixed(look.place.sine);
    v_by_x_ = -u_by_y_;
}

IntRect EffectLayer::opaque() const {
    const auto& e = look_.effects;
    if (look_.place.turned() || !picture_.opaque() || e.key || e.blend != Blend::normal || opacity_ < 256) return {};
    const int rounded = static_cast<int>(std::ceil(outer_.radius));
    const IntRect& b = look_.place.bounds;
    return {b.x0, b.y0 + rounded, b.x1, b.y1 - rounded};
}

void EffectLayer::draw(Surface& surface, const IntRect& part, Scratch& scratch) const {
    const IntRect r = intersection(part, look_.place.bounds);
    for (int y = r.y0; y < r.y1; ++y) {
        int x0 = r.x0, x1 = r.x1;
        if (look_.place.turned()) {
            const Point row = look_.place.upright_at({0.5, y + 0.5});
            keep_between(row.x, look_.place.cosine, -1, look_.place.upright.width + 1.0, x0, x1);
            keep_between(row.y, -look_.place.sine, -1, look_.place.upright.height + 1.0, x0, x1);
        }
        if (x0 < x1) draw_row(surface, x0, x1, y, scratch);
    }
}

void EffectLayer::draw_row(Surface& surface, int x0, int x1, int y, Scratch& scratch) const {
    const int n = x1 - x0;
    scratch.fit(n);
    std::uint32_t* pixels = scratch.pixels.data();
    fetch(x0, x1, y, pixels);
    if (look_.effects.key) key_row(pixels, n, *look_.effects.key);
    if (look_.effects.border.width > 0) {
        std::uint8_t* inside = scratch.more_coverage.data();
        cover(inner_, x0, x1, y, inside);
        std::uint32_t* line = scratch.more_pixels.data();
        for (int i = 0; i < n; ++i) line[i] = border_[255U - inside[i]];
        over_row(pixels, line, n);
    }
    const bool whole = all_inside(y);
    if (!whole) cover(outer_, x0, x1, y, scratch.coverage.data());
    fade_row(pixels, whole ? nullptr : scratch.coverage.data(), opacity_, n);
    blend_row(surface, x0, y, pixels, n, look_.effects.blend);
}

bool EffectLayer::all_inside(int y) const {
    if (look_.place.turned()) return false;
    const auto row = static_cast<float>(y - look_.place.bounds.y0);
    return row >= outer_.radius && row + 1 <= 2 * outer_.half_height - outer_.radius;
}

void EffectLayer::fetch(int x0, int x1, int y, std::uint32_t* out) const {
    const int w = picture_.size().width, h = picture_.size().height;
    const auto* first = reinterpret_cast<const std::uint32_t*>(picture_.data());
    const auto stride = picture_.stride() / 4;
    if (!look_.place.turned()) {
        const int u = x0 - look_.place.bounds.x0 - look_.window.x0, v = y - look_.place.bounds.y0 - look_.window.y0;
        std::memcpy(out, first + static_cast<std::ptrdiff_t>(v) * stride + u, static_cast<std::size_t>(x1 - x0) * 4);
        return;
    }
    // The nearest of 256 steps between two pixels; at the picture's edges its last pixels go on.
    constexpr std::int64_t half_step = std::int64_t{1} << 23;
    const std::int64_t u_end = static_cast<std::int64_t>(w - 1) << 32, v_end = static_cast<std::int64_t>(h - 1) << 32;
    for (int x = x0; x < x1; ++x) {
        const std::int64_t u = std::clamp(u_ + u_by_x_ * x + u_by_y_ * y + half_step, std::int64_t{0}, u_end);
        const std::int64_t v = std::clamp(v_ + v_by_x_ * x + v_by_y_ * y + half_step, std::int64_t{0}, v_end);
        const auto column = static_cast<std::ptrdiff_t>(u >> 32), row = static_cast<std::ptrdiff_t>(v >> 32);
        const auto* above = first + row * stride + column;
        const auto* below = above + (row + 1 < h ? stride : 0);
        const std::ptrdiff_t right = column + 1 < w ? 1 : 0;
        const auto share_x = static_cast<std::uint32_t>(u >> 24) & 255U;
        const auto share_y = static_cast<std::uint32_t>(v >> 24) & 255U;
        *out++ = mixed(mixed(above[0], above[right], share_x), mixed(below[0], below[right], share_x), share_y);
    }
}

void EffectLayer::cover(const Shape& shape, int x0, int x1, int y, std::uint8_t* out) const {
    const auto& place = look_.place;
    const Point row = place.upright_at({0.5, y + 0.5});
    const auto u0 = static_cast<float>(row.x) - outer_.half_width, v0 = static_cast<float>(row.y) - outer_.half_height;
    const auto u_step = static_cast<float>(place.cosine), v_step = static_cast<float>(-place.sine);
    const float width = shape.half_width - shape.radius, height = shape.half_height - shape.radius;
    for (int x = x0; x < x1; ++x) {  // by the signed distance from the edge, half a pixel of ramp on either side
        const auto at = static_cast<float>(x);
        const float a = std::fabs(u0 + u_step * at) - width, b = std::fabs(v0 + v_step * at) - height;
        const float ax = a > 0 ? a : 0, bx = b > 0 ? b : 0;
        const float nearer = a > b ? a : b;
        const float outside = std::sqrt(ax * ax + bx * bx) + (nearer < 0 ? nearer : 0) - shape.radius;
        const float c = 0.5F - outside;
        out[x - x0] = static_cast<std::uint8_t>(static_cast<int>((c < 0 ? 0 : c > 1 ? 1 : c) * 255.0F + 0.5F));
    }
}

}  // namespace tribune
