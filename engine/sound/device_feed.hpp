// From the mixer's clock to a sound device's own: what the device is given is made a little longer or shorter, so that
// what waits in it neither runs dry nor grows.
#pragma once

#include <span>
#include <vector>

#include "base/sound_block.hpp"
#include "sound/resampler.hpp"

namespace tribune {

class DeviceFeed {
  public:
    // So much waits in the device after each block, in the long run: how much later sound is heard than it was mixed.
    explicit DeviceFeed(Nanoseconds wanted_waiting) : wanted_(wanted_waiting) {}

    // What to give the device for this block, while so much waits there still. Valid until the next call. A device
    // that has run dry gets silence first; one that has far too much gets nothing, until it is near what is wanted.
    std::span<const StereoSample> next(std::span<const StereoSample> block, Nanoseconds waiting);

    // The device is away: what comes next begins anew, and that is no break.
    void pause() { running_ = false; }

    [[nodiscard]] double speed() const { return control_.speed(); }
    [[nodiscard]] std::uint64_t ran_dry() const { return ran_dry_; }
    [[nodiscard]] std::uint64_t overflowed() const { return overflowed_; }

  private:
    Nanoseconds wanted_;
    Resampler resampler_;
    SpeedControl control_;
    std::vector<StereoSample> in_;
    std::vector<StereoSample> out_;
    bool running_ = false;
    std::uint64_t ran_dry_ = 0;
    std::uint64_t overflowed_ = 0;
};

}  // namespace tribune
