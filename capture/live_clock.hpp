// When a live source's pictures are published so that its sound, which comes later or in larger pieces, can be heard
// with them. Reads no clock.
#pragma once

#include <deque>
#include <optional>

#include "base/time.hpp"

namespace tribune {

class LiveClock {
  public:
    // So long before it is heard the mixer wants a sample: its blocks, its device and what they fade into.
    static constexpr Nanoseconds sound_lead = std::chrono::milliseconds(50);
    // Longer no picture waits for its sound: that one is then late.
    static constexpr Nanoseconds longest_wait = std::chrono::milliseconds(700);

    // A packet has come whose time stamp is this: for pictures the time of decoding, for sound that of the first sample.
    void picture(Nanoseconds stamp, MonotonicTime arrived);
    void sound(Nanoseconds stamp, MonotonicTime arrived);

    // A picture of presentation time p is to be published at p + offset. It moves slowly, or jumps when sound would be
    // torn. None before the first picture.
    [[nodiscard]] std::optional<Nanoseconds> offset() const { return offset_; }

  private:
    struct Lag {
        MonotonicTime at;
        Nanoseconds lag{0};
    };
    void add(std::deque<Lag>& lags, Nanoseconds stamp, MonotonicTime arrived);
    void move(MonotonicTime now);

    std::deque<Lag> pictures_;
    std::deque<Lag> sounds_;
    std::optional<Nanoseconds> offset_;
    MonotonicTime moved_;
};

}  // namespace tribune
