#include "cpu/keying.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace tribune {
namespace {

// BT.709-6: luma, and how far blue and red may lie from it.
constexpr float kr = 0.2126F, kb = 0.0722F, kg = 1 - kr - kb;
constexpr float to_cb = 0.5F / (1 - kb), to_cr = 0.5F / (1 - kr);

constexpr int chunk = 256;
struct Channels {
    std::array<float, chunk> blue, green, red, alpha;  // straight, 0…1
};

void unpack(const std::uint32_t* pixels, int n, Channels& c) {
    for (std::size_t i = 0; i < static_cast<std::size_t>(n); ++i) {
        const auto p = pixels[i];
        const auto alpha = static_cast<float>(static_cast<int>(p >> 24));
        const float scale = 1 / std::max(alpha, 1.0F);
        c.blue[i] = static_cast<float>(static_cast<int>(p & 255U)) * scale;
        c.green[i] = static_cast<float>(static_cast<int>((p >> 8) & 255U)) * scale;
        c.red[i] = static_cast<float>(static_cast<int>((p >> 16) & 255U)) * scale;
        c.alpha[i] = alpha;
    }
}

void pack(const Channels& c, int n, std::uint32_t* pixels) {
    for (std::size_t i = 0; i < static_cast<std::size_t>(n); ++i) {
        const auto byte = [](float v) { return static_cast<std::uint32_t>(static_cast<int>(v + 0.5F)); };
        const float a = c.alpha[i];
        pixels[i] = byte(c.blue[i] * a) | byte(c.green[i] * a) << 8 | byte(c.red[i] * a) << 16 | byte(a) << 24;
    }
}

float unit(float v) { return v < 0 ? 0 : v > 1 ? 1 : v; }

}  // namespace

void key_row(std::uint32_t* pixels, int count, const Key& key) {
    const float key_luma = kr * key.colour.red + kg * key.colour.green + kb * key.colour.blue;
    const float key_cb = (key.colour.blue - key_luma) * to_cb, key_cr = (key.colour.red - key_luma) * to_cr;
    const bool chroma = key.kind == KeyKind::chroma;
    const auto similarity = static_cast<float>(key.similarity);
    constexpr float step = 1e-6F;  // as good as none
    const float slope = 1 / std::max(static_cast<float>(key.smoothness), step);
    const float spill_slope = 1 / std::max(static_cast<float>(key.smoothness + key.spill), step);
    const float sign = key.invert ? -1.0F : 1.0F, start = key.invert ? 1.0F : 0.0F;
    const float spilt = chroma ? 1.0F : 0.0F;

    Channels c;
    for (; count > 0; count -= chunk, pixels += chunk) {
        const int n = std::min(count, chunk);
        unpack(pixels, n, c);
        for (std::size_t i = 0; i < static_cast<std::size_t>(n); ++i) {
            const float luma = kr * c.red[i] + kg * c.green[i] + kb * c.blue[i];
            const float cb = (c.blue[i] - luma) * to_cb - key_cb, cr = (c.red[i] - luma) * to_cr - key_cr;
            const float d = chroma ? std::sqrt(cb * cb + cr * cr) : luma;
            const float grey = spilt * (1 - unit((d - similarity) * spill_slope));
            c.alpha[i] *= start + sign * unit((d - similarity) * slope);
            c.blue[i] += (luma - c.blue[i]) * grey;
            c.green[i] += (luma - c.green[i]) * grey;
            c.red[i] += (luma - c.red[i]) * grey;
        }
        pack(c, n, pixels);
    }
}

}  // namespace tribune
