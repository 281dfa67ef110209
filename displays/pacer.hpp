// When each frame is due: index × rate from one start, so that no error adds up. Times come in as values.
#pragma once

#include <array>
#include <cstdint>

#include "base/time.hpp"

namespace tribune {

// Frames a second as a fraction (60000/1001), both > 0.
class Pacer {
  public:
    struct Beat {
        std::uint64_t index = 0;
        MonotonicTime deadline;     // not to be shown before
        std::uint64_t skipped = 0;  // frames left out because their time is over
    };
    struct Counters {
        std::uint64_t shown = 0;
        std::uint64_t late = 0;      // shown when the next one was due already
        std::uint64_t dropped = 0;   // never drawn
        Nanoseconds longest_gap{0};  // between two shown ones, since the last take_longest_gap()
    };

    Pacer(std::int64_t numerator, std::int64_t denominator, MonotonicTime start);

    // Exact to the nanosecond (rounded down) for any index.
    [[nodiscard]] MonotonicTime deadline(std::uint64_t index) const;

    // The frame to draw next. Never the same twice; skips those whose whole time is over.
    Beat next(MonotonicTime now);

    // Call when the frame is on its way to the screens.
    void shown(const Beat& beat, MonotonicTime now);

    [[nodiscard]] const Counters& counters() const { return counters_; }
    Nanoseconds take_longest_gap();

  private:
    [[nodiscard]] std::uint64_t index_at(MonotonicTime now) const;

    std::int64_t numerator_;
    std::int64_t denominator_;
    MonotonicTime start_;
    std::uint64_t next_ = 0;
    MonotonicTime last_shown_;
    Counters counters_;
};

// Sleeps to an absolute time; returns at once when it is past.
void wait_until(MonotonicTime time);

// A display's real rate from the times its swaps came back. Wants some 16 of them.
class RefreshMeter {
  public:
    void add(MonotonicTime swapped);
    // A frame was left out: the next interval says nothing.
    void pause() { started_ = false; }

    // Median over the last 64 intervals; 0 while unknown.
    [[nodiscard]] double hertz() const;

  private:
    std::array<std::int64_t, 64> intervals_{};
    std::size_t count_ = 0;  // ever added
    MonotonicTime last_;
    bool started_ = false;
};

}  // namespace tribune
