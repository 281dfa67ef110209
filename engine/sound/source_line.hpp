// One source's sound, from its blocks to the moment it is heard. What a block is due at follows from its presentation
// time and the source's clock; the line plays a little faster or slower to keep to that, so that lips stay in step
// whatever the clocks do. Where sound begins, ends, is missing or jumps, it fades: nothing clicks. Pure: no clock is
// read.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <span>

#include "base/sound_block.hpp"
#include "sound/resampler.hpp"

namespace tribune {

class SourceLine {
  public:
    struct Counters {
        std::uint64_t starts = 0;   // went from silence to sound
        std::uint64_t ran_out = 0;  // sound was due that had not come
        std::uint64_t jumps = 0;    // was too far off to be brought back by speed
        std::uint64_t dropped = 0;  // samples that came too late, or were too many
    };

    // Blocks in the order they came. One that begins before the last one's end takes the place of that end.
    void push(const SoundBlock& block);

    // A picture of presentation time p is published at p + offset on the machine's clock.
    void set_clock(Nanoseconds offset) { clock_ = offset; }

    // Fills `out` with what is to be heard from `heard` on, `later` after its pictures are published. Call it for one
    // stretch of time after the other. False: all silence.
    bool pull(std::span<StereoSample> out, MonotonicTime heard, Nanoseconds later);

    // How much later than due it was last heard; none while silent.
    [[nodiscard]] std::optional<Nanoseconds> lateness() const;
    [[nodiscard]] Nanoseconds waiting() const;  // length of what has come and was not played
    [[nodiscard]] double speed() const { return control_.speed(); }
    [[nodiscard]] const Counters& counters() const { return counters_; }

    static constexpr int fade_samples = 240;  // 5 ms
    static constexpr std::size_t most_samples = std::size_t{8} * sound_rate_hz;

  private:
    // Samples without a gap. Sample i of it has presentation time begins + i / rate.
    struct Stretch {
        std::deque<StereoSample> samples;
        double begins = 0;  // seconds, of samples.front()

        [[nodiscard]] double ends() const { return begins + static_cast<double>(samples.size()) / sound_rate_hz; }
        void drop_front(std::size_t count);
        // So that its first sample is not before this time: how many went.
        std::size_t drop_before(double time);
    };

    [[nodiscard]] bool start(double due, std::span<StereoSample> out, std::size_t& silent);
    std::size_t play(std::span<StereoSample> out);
    void stop();
    void forget_oldest();

    std::deque<Stretch> stretches_;
    Nanoseconds clock_{0};
    bool playing_ = false;
    double position_ = 0;  // presentation time, seconds, of the next sample out
    double late_ = 0;      // seconds
    int fade_in_ = 0;      // samples of the fade-in still to come
    Resampler resampler_;
    SpeedControl control_;
    Counters counters_;
};

}  // namespace tribune
