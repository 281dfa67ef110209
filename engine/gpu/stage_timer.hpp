// GPU time of named stages, without ever waiting for the GPU.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "gpu/gl_object.hpp"

namespace tribune::gl {

// begin/end pairs of one stage, once a frame; results come a few frames later.
class StageTimer {
  public:
    StageTimer();
    void begin();
    void end();
    // Milliseconds of the newest frame that is known; 0 until then.
    [[nodiscard]] double milliseconds() const { return milliseconds_; }

  private:
    static constexpr std::size_t depth = 4;
    void collect();

    std::array<Query, depth> queries_;
    std::uint64_t begun_ = 0;
    std::uint64_t collected_ = 0;
    bool running_ = false;  // false in a frame for which no query was free
    double milliseconds_ = 0;
};

}  // namespace tribune::gl
