// What the engine tells a process it starts on its command line; the rest comes with the welcome.
#pragma once

#include <filesystem>
#include <string>

namespace tribune {

struct ProcessOptions {
    std::string kind;  // "net", "render", "capture", "media", "record"
    std::string name;  // "capture/cam1"
    std::filesystem::path data;
    std::filesystem::path assets;
    std::string painter = "auto";
    bool allow_software_gl = false;
    bool trace = false;
};

// Each runs until the engine says quit, or SIGTERM. Returns the exit status.
int run_net(const ProcessOptions& options);
int run_render(const ProcessOptions& options);
int run_capture(const ProcessOptions& options);
int run_media(const ProcessOptions& options);
int run_record(const ProcessOptions& options);

}  // namespace tribune
