// `tribune bench quad`: the real decoders, rings, wall and painter on one fixed job, as fast as they go or paced.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/result.hpp"

namespace tribune {

struct QuadOptions {
    std::vector<std::string> files;  // at least one
    int feeds = 4;                   // decoded at once, each in a process of its own; files are taken again in turn
    int faces = 4;
    bool same_picture = false;  // every face shows what the first one shows; all feeds are decoded as before
    int words = 200;            // on every face's wall, on one page; 0: no wall
    double seconds = 20;
    double paced_fps = 0;         // 0: not paced
    std::filesystem::path trace;  // empty: none
};

struct QuadReport {
    double frames_per_second = 0;  // of all faces together
    std::uint64_t frames = 0;
    std::uint64_t dropped = 0;  // paced: frames whose time passed undrawn, or whose feeds had nothing new
    double rss_mb = 0;          // peak of all processes, shared memory counted once (PSS)
    double paint_ms = 0;        // mean, of this process
    double cpu_ms = 0;          // mean processor time a frame, of all processes
    double painter_cpu_ms = 0;  // of the one that plans, lays out and paints
    std::size_t words = 0;      // on the page that is shown
};

// Each face shows one feed full, the next one as a small picture in its corner, and a live wall over both, on 1920×1080.
// Forks a capture process per feed: call it before any thread is made. Errors: capture's, by file; no_trace.
Result<QuadReport> run_quad(const QuadOptions& options);

}  // namespace tribune
