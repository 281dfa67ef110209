// A TransitionItem that no shader is run for: one picture is mixed with the other.
#pragma once

#include "cpu/drawn_layer.hpp"
#include "plan/frame_plan.hpp"

namespace tribune {

class MixLayer final : public DrawnLayer {
  public:
    // Both pictures have the size of `place`, and must be finished before the first draw.
    MixLayer(const Surface& from, const Surface& to, IntRect place, float progress);

    [[nodiscard]] IntRect bounds() const override { return place_; }
    [[nodiscard]] IntRect opaque() const override { return from_.opaque() && to_.opaque() ? place_ : IntRect{}; }
    void draw(Surface& surface, const IntRect& part, Scratch& scratch) const override;

  private:
    const Surface& from_;
    const Surface& to_;
    IntRect place_;
    int share_;  // of `to`, 0…256
};

}  // namespace tribune
