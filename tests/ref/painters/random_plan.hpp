// Pictures of all that can be drawn, in any combination.
#pragma once

#include <memory>
#include <random>
#include <vector>

#include "plan/frame_plan.hpp"

namespace tribune::test {

class RandomPlans {
  public:
    explicit RandomPlans(unsigned seed);

    Picture picture(Size size, int depth);  // `depth`: of pictures in it
    VideoItem video(Size canvas);
    Effects effects();
    TextBatch texts(Size canvas);

  private:
    int upto(int n) { return static_cast<int>(random_() % static_cast<unsigned>(n)); }
    bool one_in(int n) { return upto(n) == 0; }
    double between(double a, double b) { return a + (b - a) * upto(10007) / 10007.0; }
    Rect place(Size canvas);
    Rect crop();
    Colour colour();
    TextMove text(Size canvas);
    std::shared_ptr<const VideoFrame> frame();
    PlanItem item(Size canvas, int depth);
    std::shared_ptr<const Picture> nested(Size size, int depth);

    std::mt19937 random_;
    std::vector<std::shared_ptr<const VideoFrame>> frames_;
};

}  // namespace tribune::test
