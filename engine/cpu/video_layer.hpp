// A VideoItem, or a picture placed like one, without effects: converted straight into the picture where nothing shows through, blended elsewhere.
#pragma once

#include "base/result.hpp"
#include "cpu/drawn_layer.hpp"
#include "cpu/frame_scaler.hpp"
#include "plan/frame_plan.hpp"

namespace tribune {

class VideoLayer final : public DrawnLayer {
  public:
    // Valid while the scaler keeps this frame's planes.
    static Result<std::unique_ptr<DrawnLayer>> make(const VideoItem& item, Size picture, FrameScaler& scaler,
                                                    Alpha alpha);

    VideoLayer(UprightPlanes planes, IntRect place, float radius, int opacity)
        : planes_(planes), place_(place), radius_(radius), opacity_(opacity) {}

    [[nodiscard]] IntRect bounds() const override { return place_; }
    [[nodiscard]] IntRect opaque() const override;
    void draw(Surface& surface, const IntRect& part, Scratch& scratch) const override;

  private:
    [[nodiscard]] bool see_through() const { return opacity_ < 256 || planes_.alpha != Alpha::opaque; }
    [[nodiscard]] bool in_corner_rows(int y) const;
    void blend(Surface& surface, int x0, int x1, int y, Scratch& scratch) const;

    UprightPlanes planes_;
    IntRect place_;
    float radius_;
    int opacity_;  // 0…256
};

}  // namespace tribune
