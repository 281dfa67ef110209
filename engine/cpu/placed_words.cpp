#include "cpu/placed_words.hpp"

#include <cmath>
#include <unordered_map>

namespace tribune {

Point fraction(Point p) { return {p.x - std::floor(p.x), p.y - std::floor(p.y)}; }

bool PlacedWord::crisp() const { return scale == 1 && fraction(pen) == bitmap->subpixel; }

IntRect ink_of(const PlacedWord& w) {
    const auto& image = w.bitmap->image;
    if (w.crisp()) {
        const int left = static_cast<int>(std::floor(w.pen.x)) + image.left;
        const int top = static_cast<int>(std::floor(w.pen.y)) + image.top;
        return {left, top, left + image.size.width, top + image.size.height};
    }
    const double x = w.pen.x + (image.left - w.bitmap->subpixel.x) * w.scale;
    const double y = w.pen.y + (image.top - w.bitmap->subpixel.y) * w.scale;
    return {static_cast<int>(std::floor(x - w.scale)), static_cast<int>(std::floor(y - w.scale)),
            static_cast<int>(std::ceil(x + (image.size.width + 1) * w.scale)),
            static_cast<int>(std::ceil(y + (image.size.height + 1) * w.scale))};
}

void add_word_damage(const PlacedWords& before, const PlacedWords& after, DamageGrid& damage) {
    std::size_t same = 0;
    while (same < before.size() && same < after.size() && before[same].looks_like(after[same])) ++same;
    if (same == before.size() && same == after.size()) return;

    // Only words matched in rising order may stay: then what overlaps still overlaps the same way.
    std::unordered_multimap<const WordBitmap*, std::size_t> old;
    old.reserve(before.size() - same);
    for (std::size_t i = same; i < before.size(); ++i) old.emplace(before[i].bitmap.get(), i);
    std::vector<char> kept(before.size(), 0);
    std::size_t next = same;
    for (std::size_t j = same; j < after.size(); ++j) {
        std::size_t match = before.size();
        const auto [first, last] = old.equal_range(after[j].bitmap.get());
        for (auto it = first; it != last; ++it) {
            if (it->second >= next && it->second < match && before[it->second].looks_like(after[j])) match = it->second;
        }
        if (match < before.size()) {
            kept[match] = 1;
            next = match + 1;
        } else {
            damage.add(after[j].ink);
        }
    }
    for (std::size_t i = same; i < before.size(); ++i)
        if (kept[i] == 0) damage.add(before[i].ink);
}

}  // namespace tribune
