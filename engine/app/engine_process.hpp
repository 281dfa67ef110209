// The parent: authority, journal, supervision. No GL, no FFmpeg, no libwebsockets in here.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/geometry.hpp"

namespace tribune {

struct RunOptions {
    std::filesystem::path show_file;
    std::filesystem::path data;
    std::filesystem::path assets;
    std::string address = "127.0.0.1";
    int port = 8080;                    // 0: any free one
    int obs_port = 4455;                // of obs-websocket; 0: any free one
    std::optional<int> osc_port;        // null: OSC is not heard; 0: any free one
    std::vector<std::string> osc_from;  // who may send it, and as which operator: "192.0.2.7=lea"
    std::vector<std::string> osc_to;    // who is told by it: "192.0.2.7:9001"
    std::vector<std::string> tally;     // "tsl50://192.0.2.10:8901"
    bool midi = true;                   // MIDI controllers are used
    bool headless = false;
    bool set_damaged_aside = false;
    std::string painter = "auto";  // auto, cpu, gl
    bool allow_software_gl = false;
    std::filesystem::path trace;  // empty: none
    std::optional<Size> size;     // every face, instead of the show file's
};

// Runs the show until SIGINT or SIGTERM. Returns the exit status; says on standard error why it could not start.
int run_engine(const RunOptions& options);

}  // namespace tribune
