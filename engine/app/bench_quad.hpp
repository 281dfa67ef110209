// `tribune bench quad`: the real decoders, rings, wall and painter on one fixed job, as fast as they go or paced.
#pragma once

#include <array>
#include <string>

#include "base/result.hpp"

namespace tribune {

struct QuadOptions {
    std::array<std::string, 4> files;
    int words = 200;  // on every face's wall
    double seconds = 20;
    double paced_fps = 0;  // 0: not paced
};

struct QuadReport {
    double frames_per_second = 0;  // of all four faces together
    std::uint64_t frames = 0;
    std::uint64_t dropped = 0;  // paced: frames whose time passed undrawn, or whose feeds had nothing new
    double rss_mb = 0;          // peak of all processes, shared memory counted once (PSS)
    double paint_ms = 0;        // mean, of this process
};

// Four faces of 1920×1080: each one feed full, the next one as 576×324 picture in picture, a live wall over both.
// Forks a capture process per file: call it before any thread is made. Errors: capture's, by file; no_words.
Result<QuadReport> run_quad(const QuadOptions& options);

}  // namespace tribune
