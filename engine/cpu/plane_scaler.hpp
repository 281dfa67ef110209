// One plane of 8-bit samples to another size and the right way up.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "base/geometry.hpp"
#include "base/video_frame.hpp"

namespace tribune {

struct PlaneJob {
    Plane source;
    Size part;                    // of the source, from its first sample
    Size target;                  // upright
    std::uint8_t* out = nullptr;  // rows of target.width
};

// Keeps its working planes, so that their memory is used again. One thread.
class PlaneScaler {
  public:
    // `rotation` in quarter turns of degrees clockwise. Going down: halved (the mean of four samples, as a mipmap is
    // made) while twice too large or more, then bilinear; going up: bilinear.
    void scale(PlaneJob job, int rotation);

  private:
    void halve(PlaneJob& job, Size stored);

    std::array<std::vector<std::uint8_t>, 2> halves_;
    std::vector<std::uint8_t> lying_;
};

}  // namespace tribune
