// A FillItem: a vertical gradient, corners rounded.
#pragma once

#include "cpu/drawn_layer.hpp"
#include "plan/frame_plan.hpp"

namespace tribune {

class FillLayer final : public DrawnLayer {
  public:
    explicit FillLayer(const FillItem& item) : item_(item), place_(nearest_pixels(item.place)) {}

    [[nodiscard]] IntRect bounds() const override { return place_; }
    [[nodiscard]] IntRect opaque() const override;
    void draw(Surface& surface, const IntRect& part, Scratch& scratch) const override;

  private:
    FillItem item_;
    IntRect place_;
};

}  // namespace tribune
