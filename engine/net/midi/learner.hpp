// Finds out which control somebody touches, and how it counts. Pure: time comes in.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "base/time.hpp"
#include "net/midi/bytes.hpp"

namespace tribune::net {

struct Touch {
    Control control;
    ControlMode mode = ControlMode::button;
    bool operator==(const Touch&) const = default;
};

namespace midi {

// For one touch: from the first event on it listens to that control for a moment, since a fader, an encoder and a button
// differ only in what they send next.
class Learner {
  public:
    // While it learns, an event does not do what it does.
    void hear(const SurfaceName& surface, const Event& event, MonotonicTime now);
    // Known for sure, or the moment is over.
    [[nodiscard]] std::optional<Touch> learned(MonotonicTime now) const;
    // When to ask again; null: nothing was touched yet.
    [[nodiscard]] std::optional<MonotonicTime> due() const;

  private:
    Control control_;
    std::vector<int> values_;
    bool fine_ = false;  // its other seven bits came too
    std::optional<MonotonicTime> since_;
};

}  // namespace midi
}  // namespace tribune::net
