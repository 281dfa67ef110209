// What the machine is at, for GetStats. One thread.
#pragma once

#include <cstdint>
#include <string>
#include <utility>

#include "base/time.hpp"
#include "show/actual.hpp"

namespace tribune::net::obs {

class MachineMeter {
  public:
    // `folder`: on the disk whose room is told; empty: none is.
    explicit MachineMeter(std::string folder) : folder_(std::move(folder)) {}

    // Looks again once a second at most.
    void look(const Actual* actual, MonotonicTime now);

    [[nodiscard]] double cpu_percent() const { return cpu_percent_; }  // of Tribune's processes, of all cores
    [[nodiscard]] double free_disk_mb() const { return free_disk_mb_; }

  private:
    std::string folder_;
    MonotonicTime at_;
    double cpu_seconds_ = 0;
    double cpu_percent_ = 0;
    double free_disk_mb_ = 0;
};

}  // namespace tribune::net::obs
