#include "cpu/text_layer.hpp"

#include "cpu/word_pixels.hpp"

namespace tribune {

TextLayer::TextLayer(std::shared_ptr<const DrawnWords> words) : words_(std::move(words)) {
    if (words_->empty()) return;
    bounds_ = words_->front().word.ink;
    for (const auto& w : *words_) {
        bounds_ = {std::min(bounds_.x0, w.word.ink.x0), std::min(bounds_.y0, w.word.ink.y0),
                   std::max(bounds_.x1, w.word.ink.x1), std::max(bounds_.y1, w.word.ink.y1)};
    }
}

void TextLayer::draw(Surface& surface, const IntRect& part, Scratch& scratch) const {
    for (const auto& w : *words_) w.pixels->blend_onto(surface, w.word.ink, part, scratch.sampler);
}

}  // namespace tribune
