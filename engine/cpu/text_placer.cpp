#include "cpu/text_placer.hpp"

#include <utility>

namespace tribune {

std::shared_ptr<const DrawnWords> TextPlacer::place(const TextBatch& batch, Size picture, Status& problem) {
    const WordsInstant at{batch.now, batch.settled, batch.offset, batch.opacity};
    if (batch.opacity <= 0) {
        words_.prepare(batch.moves, at);
        return std::make_shared<const DrawnWords>();
    }
    auto placed = words_.place(batch.moves, at, picture, problem);
    auto& drawn = drawn_[placed.get()];
    drawn.used = true;
    if (drawn.words) return drawn.words;
    auto words = std::make_shared<DrawnWords>();
    words->reserve(placed->size());
    for (const auto& word : *placed)
        words->push_back({word, word.place.at_rest ? resting_pixels(word) : moving_pixels(word)});
    drawn.placed = std::move(placed);
    drawn.words = std::move(words);
    return drawn.words;
}

std::shared_ptr<const WordPixels> TextPlacer::moving_pixels(const PlacedBitmap& word) {
    if (free_.empty()) return moving_.emplace_back(std::make_shared<WordPixels>(word));
    const auto& again = moving_[free_.back()];
    free_.pop_back();
    again->renew(word);
    return again;
}

std::shared_ptr<const WordPixels> TextPlacer::resting_pixels(const PlacedBitmap& word) {
    auto& kept = kept_[{word.bitmap.get(), word.place.colour, word.place.fade}];
    if (!kept.pixels) kept.pixels = std::make_shared<const WordPixels>(word);
    kept.used = true;
    return kept.pixels;
}

void TextPlacer::end_frame() {
    words_.end_frame();
    for (auto d = drawn_.begin(); d != drawn_.end();)
        d = std::exchange(d->second.used, false) ? std::next(d) : drawn_.erase(d);
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
