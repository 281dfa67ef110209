// Plays samples a little faster or slower than they were taken: clocks of sources, machines and devices differ by up
// to some hundred parts in a million. libsamplerate's band-limited interpolation, whose rate may change all the time.
#pragma once

#include <memory>
#include <span>

#include "base/sound_block.hpp"

struct SRC_STATE_tag;

namespace tribune {

class Resampler {
  public:
    // The filter looks so many samples ahead: the last ones given come out only when more follow.
    static constexpr int reach = 32;

    Resampler();

    struct Step {
        std::size_t used = 0;
        std::size_t made = 0;
    };
    // Fills `out` as far as `in` goes. `speed`: input samples an output sample, close to 1; it moves evenly from the
    // last one. The first sample out lies on the first one in. Samples used may come out in a later step.
    Step run(std::span<const StereoSample> in, std::span<StereoSample> out, double speed);

    // Forgets what it was given.
    void reset(double speed);

  private:
    struct Delete {
        void operator()(SRC_STATE_tag* state) const;
    };
    std::unique_ptr<SRC_STATE_tag, Delete> state_;
};

// Turns "so much too late" into a playing speed that brings it to nothing, gently enough not to be heard. A
// proportional-integral control, critically damped: https://en.wikipedia.org/wiki/PID_controller
class SpeedControl {
  public:
    // Once for each block of this length; `late` > 0: play faster.
    double next(double late_seconds, double block_seconds);
    void reset();  // keeps what it learned of the clocks' difference
    [[nodiscard]] double speed() const { return speed_; }

  private:
    double smooth_ = 0;  // lateness without its jitter
    bool started_ = false;
    double learned_ = 0;  // the difference of the clocks
    double speed_ = 1;
};

}  // namespace tribune
