// When a file's frame is due. Times follow from one anchor, so that nothing accumulates.
#pragma once

#include <optional>

#include "base/time.hpp"

namespace tribune {

class PlaybackPacer {
  public:
    // The moment a frame with this presentation time is due. The first one is due now. A jump of the time stamps,
    // or being late beyond catching up, sets a new anchor: due now.
    MonotonicTime due(Nanoseconds presentation, MonotonicTime now);

    // Whether a frame this late had better be skipped. Never lets more than a tenth of a second pass without one.
    [[nodiscard]] bool skip(MonotonicTime due, MonotonicTime now, MonotonicTime last_shown) const;

    // Due time = presentation + offset; none before the first frame.
    [[nodiscard]] std::optional<Nanoseconds> offset() const { return offset_; }

  private:
    std::optional<Nanoseconds> offset_;
};

}  // namespace tribune
