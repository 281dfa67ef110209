// A source's state and figures, from what happens to it. Reads no clock.
#pragma once

#include <deque>
#include <string>

#include "base/result.hpp"
#include "base/source.hpp"
#include "base/time.hpp"

namespace tribune {

// What a stream says of itself once open.
struct StreamFacts {
    Size size;
    double frames_per_second = 0;  // 0 if unknown
    std::string codec;
    std::string sound;  // codec; empty without
};

class HealthMeter {
  public:
    explicit HealthMeter(SourceName name);

    void connecting();
    void opened(const StreamFacts& facts, MonotonicTime now);
    void decoded_by(std::string codec) { health_.codec = std::move(codec); }
    void frame(Size size, MonotonicTime now);  // published
    void dropped() { ++health_.dropped; }
    void corrupt() { ++health_.corrupt; }
    void clip(const ClipPoint& point);
    void measured(Nanoseconds duration);
    void failed(const Error& error, bool refused);

    // Looks at the frame's age: live becomes stalled when it is over stall_limit(). For sources that wait for nothing.
    void check_age(MonotonicTime now);

    // Three median frame intervals, at least half a second.
    [[nodiscard]] Nanoseconds stall_limit() const;
    [[nodiscard]] MonotonicTime last_frame() const { return last_frame_; }  // or when it was opened

    // The health to publish now: it changed in a way that people see, or a second has passed. Null otherwise.
    const SourceHealth* to_publish(MonotonicTime now);
    [[nodiscard]] const SourceHealth& health() const { return health_; }

  private:
    SourceHealth health_;
    MonotonicTime last_frame_;
    std::deque<MonotonicTime> recent_;  // frames of the last second, and at most a few hundred
    std::deque<Nanoseconds> intervals_;
    bool opened_once_ = false;
    bool changed_ = true;
    MonotonicTime published_;
};

}  // namespace tribune
