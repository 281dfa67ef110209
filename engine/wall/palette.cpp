#include "wall/palette.hpp"

#include <algorithm>
#include <bit>
#include <cassert>

#include "wall/legibility.hpp"

namespace tribune {
namespace {

constexpr std::uint32_t accent_weight = 12;  // one in three of the words this heavy gets the accent
constexpr std::size_t variety = 3;           // inks among which words of one weight are spread

std::uint64_t fnv1a(std::string_view text) {
    std::uint64_t h = 14695981039346656037ULL;
    for (const char c : text) h = (h ^ static_cast<std::uint8_t>(c)) * 1099511628211ULL;
    return h ^ (h >> 32);
}

}  // namespace

Palette legible(Palette palette) {
    const auto mend = [&](const Colour& ink) {
        return legible_ink(ink, palette.ground_top, palette.ground_bottom, least_contrast);
    };
    if (palette.inks.empty()) palette.inks.push_back(palette.ground_top);
    for (auto& ink : palette.inks) ink = mend(ink);
    palette.accent = mend(palette.accent);
    return palette;
}

Colour ink_for(const Palette& palette, std::string_view key, std::uint32_t weight) {
    assert(!palette.inks.empty());
    const auto hash = fnv1a(key);
    if (weight >= accent_weight && hash % 3 == 0) return palette.accent;
    const auto step = static_cast<std::size_t>(std::bit_width(std::max<std::uint32_t>(weight, 1)) - 1);
    return palette.inks[std::min(step + hash % variety, palette.inks.size() - 1)];
}

}  // namespace tribune
