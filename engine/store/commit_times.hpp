// How long the last commits took.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <vector>

#include "base/time.hpp"

namespace tribune {

// Keeps the newest 1,000. Thread: one.
class CommitTimes {
  public:
    void add(Nanoseconds time) {
        times_[next_] = time;
        next_ = (next_ + 1) % times_.size();
        count_ = std::min(count_ + 1, times_.size());
    }
    // The time that `share` (0…1) of them do not exceed, by nearest rank; 0 when there is none.
    [[nodiscard]] Nanoseconds percentile(double share) const {
        if (count_ == 0) return Nanoseconds{0};
        std::vector<Nanoseconds> sorted(times_.begin(), times_.begin() + static_cast<std::ptrdiff_t>(count_));
        const auto rank = static_cast<std::size_t>(share * static_cast<double>(count_ - 1) + 0.5);
        std::nth_element(sorted.begin(), sorted.begin() + static_cast<std::ptrdiff_t>(rank), sorted.end());
        return sorted[rank];
    }

  private:
    std::array<Nanoseconds, 1000> times_{};
    std::size_t next_ = 0;
    std::size_t count_ = 0;
};

}  // namespace tribune
