#include "cpu/drawn_words.hpp"

#include <unordered_map>

namespace tribune {

void add_word_damage(const DrawnWords& before, const DrawnWords& after, DamageGrid& damage) {
    std::size_t same = 0;
    while (same < before.size() && same < after.size() && before[same].word.looks_like(after[same].word)) ++same;
    if (same == before.size() && same == after.size()) return;

    // Only words matched in rising order may stay: then what overlaps still overlaps the same way.
    std::unordered_multimap<const WordBitmap*, std::size_t> old;
    old.reserve(before.size() - same);
    for (std::size_t i = same; i < before.size(); ++i) old.emplace(before[i].word.bitmap.get(), i);
    std::vector<char> kept(before.size(), 0);
    std::size_t next = same;
    for (std::size_t j = same; j < after.size(); ++j) {
        std::size_t match = before.size();
        const auto [first, last] = old.equal_range(after[j].word.bitmap.get());
        for (auto it = first; it != last; ++it) {
            if (it->second >= next && it->second < match && before[it->second].word.looks_like(after[j].word))
                match = it->second;
        }
        if (match < before.size()) {
            kept[match] = 1;
            next = match + 1;
        } else {
            damage.add(after[j].word.ink);
        }
    }
    for (std::size_t i = same; i < before.size(); ++i)
        if (kept[i] == 0) damage.add(before[i].word.ink);
}

}  // namespace tribune
