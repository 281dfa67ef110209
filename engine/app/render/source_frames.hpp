// The newest frame of every source, for the frame loop. Rings come from the follower's thread; the rest is the
// frame loop's.
#pragma once

#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "link/frame_ring.hpp"
#include "plan/planner.hpp"
#include "show/actual.hpp"
#include "show/setup.hpp"

namespace tribune {

class SourceFrames {
  public:
    // Any thread. A later ring of the same source takes the place of the earlier one.
    void add_ring(const SourceName& source, Fd fd);
    // Any thread: what capture says of its sources.
    void set_health(const std::vector<SourceHealth>& sources);

    // The frame loop's thread, once a frame; never blocks on a source. A clip's picture is the one due at `beat`.
    const std::map<SourceName, SourceView>& update(const Setup& setup, MonotonicTime beat, MonotonicTime now);
    // Frame ages and skipped frames, for health.
    [[nodiscard]] std::vector<SourceSeen> seen() const;

  private:
    struct Ring {
        std::optional<FrameRingReader> reader;
        std::uint64_t last_sequence = 0;
        std::uint64_t skipped = 0;
        std::uint64_t taken = 0;
    };
    void take_news(const Setup& setup);

    std::mutex mutex_;                    // guards new_rings_ and new_health_
    std::map<SourceName, Fd> new_rings_;  // until the setup knows their source
    std::vector<SourceHealth> new_health_;
    bool health_changed_ = false;

    std::map<SourceName, Ring> rings_;
    std::map<SourceName, SourceHealth> health_;
    std::map<SourceName, SourceView> views_;
    std::map<SourceName, Nanoseconds> worst_ages_;  // since they were told
    MonotonicTime told_;
};

}  // namespace tribune
