// An item with effects: its upright picture keyed, bordered, cut to its corners, turned, and blended by any mode.
#pragma once

#include "cpu/drawn_layer.hpp"
#include "plan/frame_plan.hpp"
#include "plan/turned_place.hpp"

namespace tribune {

class EffectLayer final : public DrawnLayer {
  public:
    struct Look {
        TurnedPlace place;
        IntRect window;  // what part of the upright pixels the picture is
        Effects effects;
        float opacity = 1;
        float corner_radius = 0;
    };
    // The picture must be finished before the first draw, and stay.
    EffectLayer(const Surface& picture, const Look& look);

    [[nodiscard]] IntRect bounds() const override { return look_.place.bounds; }
    [[nodiscard]] IntRect opaque() const override;
    void draw(Surface& surface, const IntRect& part, Scratch& scratch) const override;

  private:
    // A rectangle with round corners around the upright middle.
    struct Shape {
        float half_width = 0;
        float half_height = 0;
        float radius = 0;
    };
    void draw_row(Surface& surface, int x0, int x1, int y, Scratch& scratch) const;
    void fetch(int x0, int x1, int y, std::uint32_t* out) const;
    void cover(const Shape& shape, int x0, int x1, int y, std::uint8_t* out) const;
    [[nodiscard]] bool all_inside(int y) const;

    const Surface& picture_;
    Look look_;
    int opacity_;  // 0…256
    Shape outer_;
    Shape inner_;  // where the border ends
    std::array<std::uint32_t, 256> border_;
    // Where the picture's pixels lie, in 1/2³² of a pixel: at the picture's origin, and from column to column and row
    // to row. Whole numbers, so that a pixel's place does not depend on where drawing begins.
    std::int64_t u_, u_by_x_, u_by_y_;
    std::int64_t v_, v_by_x_, v_by_y_;
};

}  // namespace tribune
