#include "text/word_placer.hpp"

#include <cmath>
#include <utility>

namespace tribune {
namespace {

constexpr std::size_t prepared_a_frame = 8;  // words of one batch

IntRect ink_of(const WordPlace& w, const TextBitmap& image) {
    if (w.at_rest) {
        const int left = static_cast<int>(std::floor(w.pen.x)) + image.left;
        const int top = static_cast<int>(std::floor(w.pen.y)) + image.top;
        return {left, top, left + image.size.width, top + image.size.height};
    }
    const double x = w.pen.x + (image.left - w.subpixel.x) * w.scale;
    const double y = w.pen.y + (image.top - w.subpixel.y) * w.scale;
    return {static_cast<int>(std::floor(x - w.scale)), static_cast<int>(std::floor(y - w.scale)),
            static_cast<int>(std::ceil(x + (image.size.width + 1) * w.scale)),
            static_cast<int>(std::ceil(y + (image.size.height + 1) * w.scale))};
}

// `start`: where the pen lies in the bitmap.
BitmapAxis axis(int pixel, double pen, double start, const WordPlace& place) {
    if (place.at_rest) return {};
    return {(pixel + 0.5 - pen) / place.scale + start - 0.5, 1 / place.scale};
}

}  // namespace

BitmapAxes bitmap_axes(const PlacedBitmap& w) {
    const auto& image = w.bitmap->image;
    return {axis(w.ink.x0, w.place.pen.x, w.place.subpixel.x - image.left, w.place),
            axis(w.ink.y0, w.place.pen.y, w.place.subpixel.y - image.top, w.place)};
}

// A growing word moves by the bitmap that it has in the end.
std::shared_ptr<const WordBitmap>& WordPlacer::slot(Bitmaps& bitmaps, const WordPlace& place, const TextMove& move) {
    const bool as_at_rest = place.bitmap_size == double{move.to_size} && move.from_size <= move.to_size;
    return place.at_rest || as_at_rest ? bitmaps.rest : bitmaps.moving;
}

std::shared_ptr<const PlacedBitmaps> WordPlacer::place(const Words& moves, const WordsInstant& at, Size picture,
                                                       Status& problem) {
    if (!moves) return std::make_shared<const PlacedBitmaps>();
    Memory& memory = memory_of(moves);
    memory.used = true;
    WordsInstant instant = at;
    if (at.now >= at.settled) instant.now = at.settled;
    for (auto& p : memory.placed) {
        if (p.at != instant || p.picture != picture) continue;
        p.used = true;
        return p.words;
    }
    auto words = std::make_shared<PlacedBitmaps>();
    words->reserve(moves->size());
    const IntRect visible{0, 0, picture.width, picture.height};
    for (std::size_t i = 0; i < moves->size(); ++i) {
        const TextMove& move = (*moves)[i];
        const auto place = word_place(move, instant);
        if (!place) continue;
        auto& bitmap = slot(memory.bitmaps[i], *place, move);
        if (!bitmap || bitmap->size != place->bitmap_size) {
            auto got = cache_.get(move.text, place->bitmap_size, place->subpixel);
            if (!got) {
                problem = got.error();
                continue;
            }
            bitmap = *got;
        }
        if (bitmap->image.size.empty()) continue;
        const IntRect ink = ink_of(*place, bitmap->image);
        if (!intersection(ink, visible).empty()) words->push_back({*place, bitmap, ink});
    }
    memory.placed.push_back({instant, picture, std::move(words)});
    return memory.placed.back().words;
}

std::vector<std::shared_ptr<const WordBitmap>> WordPlacer::prepare(const Words& moves, const WordsInstant& at) {
    std::vector<std::shared_ptr<const WordBitmap>> fresh;
    if (!moves) return fresh;
    Memory& memory = memory_of(moves);
    if (std::exchange(memory.used, true)) return fresh;
    WordsInstant later = at;
    later.now = later.settled;
    later.opacity = 1;
    for (; fresh.size() < prepared_a_frame && memory.prepared < moves->size(); ++memory.prepared) {
        const TextMove& move = (*moves)[memory.prepared];
        const auto place = word_place(move, later);
        auto& bitmap = memory.bitmaps[memory.prepared].rest;
        if (!place || bitmap) continue;
        if (auto got = cache_.get(move.text, place->bitmap_size, place->subpixel)) fresh.push_back(bitmap = *got);
    }
    return fresh;
}

WordPlacer::Memory& WordPlacer::memory_of(const Words& moves) {
    for (auto& m : memories_)
        if (m->moves == moves) return *m;
    memories_.push_back(std::make_unique<Memory>());
    memories_.back()->moves = moves;
    memories_.back()->bitmaps.resize(moves->size());
    return *memories_.back();
}

void WordPlacer::end_frame() {
    std::erase_if(memories_, [](auto& m) { return !std::exchange(m->used, false); });
    for (auto& m : memories_) std::erase_if(m->placed, [](auto& p) { return !std::exchange(p.used, false); });
}

}  // namespace tribune
