// One plane of 8-bit samples to another size and the right way up, by the rule of plan/frame_sampling.hpp.
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
    Size target;                  // upright: what the whole part becomes
    IntRect window;               // what of the target is wanted
    std::uint8_t* out = nullptr;  // rows of the window's width
};

// Keeps its working planes, so that their memory is used again. One thread.
class PlaneScaler {
  public:
    // `rotation` in quarter turns of degrees clockwise.
    void scale(PlaneJob job, int rotation);

  private:
    void shrink(PlaneJob& job, Size stored);
    void halve(const Plane& source, Size from, Size to, std::uint8_t* out);
    void resize(const Plane& source, Size from, Size to, const IntRect& window, std::uint8_t* out);
    void resize_rows_first(const Plane& source, Size from, Size to, const IntRect& window, std::uint8_t* out);
    void resize_columns_first(const Plane& source, Size from, Size to, const IntRect& window, std::uint8_t* out);
    void stretch(std::uint8_t* padded, int from, int to, int x0, int x1, std::uint8_t* out) const;

    std::array<std::vector<std::uint8_t>, 2> halves_;
    std::vector<std::uint8_t> lying_;
    std::vector<std::uint8_t> quarters_;
    std::vector<std::uint16_t> mixed_;
    std::vector<std::uint8_t> row_;  // with one sample more on either side
    std::array<std::vector<std::uint8_t>, 2> stretched_;
};

}  // namespace tribune
