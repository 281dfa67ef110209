// Keeps sound under a ceiling without distorting it: it looks a little ahead and turns the level down before a peak,
// in a straight line, and up again after it.
#pragma once

#include <array>
#include <cstddef>
#include <deque>
#include <span>

#include "base/sound_block.hpp"

namespace tribune {

class Limiter {
  public:
    static constexpr std::size_t look_ahead = 240;  // samples: 5 ms. What comes out is so much later than what went in
    static constexpr double ceiling_db = -1;        // full scale: room for what lies between the samples

    // In place. Not one sample comes out above the ceiling. Off: it only delays, so that turning it on does not jump.
    void run(std::span<StereoSample> samples, bool on);

    // The most it turned down since last asked, ≤ 0 dB.
    double take_reduction_db();

  private:
    struct Low {  // of the wanted gains that are still ahead, those that none behind them undercuts
        std::size_t at = 0;
        float gain = 1;
    };
    StereoSample step(StereoSample in, bool on);

    std::array<StereoSample, look_ahead> delayed_{};
    std::array<float, look_ahead> held_ = [] {
        std::array<float, look_ahead> all{};
        all.fill(1);
        return all;
    }();
    std::deque<Low> lows_;
    std::size_t at_ = 0;  // samples so far
    float release_ = 1;
    double sum_ = look_ahead;  // of held_
    float least_ = 1;
};

}  // namespace tribune
