#include "cpu/text_placer.hpp"

#include <cmath>
#include <utility>

#include "cpu/blend.hpp"

namespace tribune {
namespace {

// Steps of 1/64 pixel: finer is not seen, and sums of such numbers are exact.
double step(double v) { return std::floor(v * 64 + 0.5) / 64; }
Point step(Point p) { return {step(p.x), step(p.y)}; }

}  // namespace

std::shared_ptr<const PlacedWords> TextPlacer::place(const TextBatch& batch, Size picture, Status& problem) {
    if (!batch.moves) return std::make_shared<const PlacedWords>();
    Memory& memory = memory_of(batch);
    const bool at_rest = batch.now >= batch.settled;
    const Instant instant{at_rest ? batch.settled : batch.now, picture, batch.offset, batch.opacity};
    if (memory.words && memory.instant == instant) return memory.words;

    auto words = std::make_shared<PlacedWords>();
    words->reserve(batch.moves->size());
    const IntRect visible{0, 0, picture.width, picture.height};
    for (std::size_t i = 0; i < batch.moves->size(); ++i) {
        const TextMove& move = (*batch.moves)[i];
        if (!move.text) continue;
        const double t = at_rest ? 1 : eased_progress(batch.now, move.start, move.length);
        const auto ft = static_cast<float>(t);
        PlacedWord word;
        word.colour = between(move.from_colour, move.to_colour, ft);
        word.opacity = std::clamp(batch.opacity, 0.0F, 1.0F) * word.colour.alpha;
        word.colour.alpha = word.opacity;
        const double size = move.from_size + (move.to_size - move.from_size) * t;
        if (to_byte(word.opacity) == 0 || size <= 0) continue;
        const bool moved = t >= 1;
        const Point from = step(move.from), to = step(move.to), offset = step(batch.offset);
        word.pen = {(moved ? to.x : from.x + (to.x - from.x) * t) + offset.x,
                    (moved ? to.y : from.y + (to.y - from.y) * t) + offset.y};
        const bool shrinks = move.from_size > move.to_size;
        auto& kept = memory.bitmaps[i];
        auto& bitmap = moved || !shrinks ? kept.rest : kept.moving;
        const double bitmap_size = moved || !shrinks ? move.to_size : move.from_size;
        if (!bitmap) {
            auto got = cache_.get(move.text, bitmap_size, fraction(moved || !shrinks ? to : from));
            if (!got) {
                problem = got.error();
                continue;
            }
            bitmap = *got;
        }
        word.bitmap = bitmap;
        word.scale = moved ? 1 : size / bitmap_size;
        word.ink = ink_of(word);
        if (bitmap->image.size.empty() || intersection(word.ink, visible).empty()) continue;
        word.pixels = word.crisp() ? resting_pixels(word) : moving_pixels(word);
        words->push_back(std::move(word));
    }
    memory.instant = instant;
    memory.words = std::move(words);
    return memory.words;
}

TextPlacer::Memory& TextPlacer::memory_of(const TextBatch& batch) {
    for (auto& m : memories_) {
        if (m->moves == batch.moves) {
            m->used = true;
            return *m;
        }
    }
    memories_.push_back(std::make_unique<Memory>());
    memories_.back()->moves = batch.moves;
    memories_.back()->bitmaps.resize(batch.moves->size());
    return *memories_.back();
}

std::shared_ptr<const WordPixels> TextPlacer::moving_pixels(const PlacedWord& word) {
    if (free_.empty()) return moving_.emplace_back(std::make_shared<WordPixels>(word));
    const auto& again = moving_[free_.back()];
    free_.pop_back();
    again->renew(word);
    return again;
}

std::shared_ptr<const WordPixels> TextPlacer::resting_pixels(const PlacedWord& word) {
    auto& kept = kept_[{word.bitmap.get(), premultiplied(word.colour), word.opacity}];
    if (!kept.pixels) kept.pixels = std::make_shared<const WordPixels>(word);
    kept.used = true;
    return kept.pixels;
}

void TextPlacer::end_frame() {
    std::erase_if(memories_, [](auto& m) { return !std::exchange(m->used, false); });
    // Words that rest are not looked up anew, but whoever draws them holds their pixels.
    for (auto k = kept_.begin(); k != kept_.end();) {
        const bool used = std::exchange(k->second.used, false) || k->second.pixels.use_count() > 1;
        k = used ? std::next(k) : kept_.erase(k);
    }
    // What this frame had no need of goes; what the frame before showed is free now.
    for (const auto i : free_) moving_[i].reset();
    std::erase(moving_, nullptr);
    free_.clear();
    for (std::size_t i = 0; i < moving_.size(); ++i)
        if (moving_[i].use_count() == 1) free_.push_back(i);
}

}  // namespace tribune
