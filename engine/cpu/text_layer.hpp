// Words in front of what is behind them.
#pragma once

#include <memory>

#include "cpu/drawn_layer.hpp"
#include "cpu/drawn_words.hpp"

namespace tribune {

class TextLayer final : public DrawnLayer {
  public:
    explicit TextLayer(std::shared_ptr<const DrawnWords> words);

    [[nodiscard]] IntRect bounds() const override { return bounds_; }
    void draw(Surface& surface, const IntRect& part, Scratch& scratch) const override;

  private:
    std::shared_ptr<const DrawnWords> words_;
    IntRect bounds_;
};

}  // namespace tribune
