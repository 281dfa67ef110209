// What is, as against what is wanted: never in the journal. Gathered by the authority from all processes,
// handed to every follower about twice a second and on every change of state.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/geometry.hpp"
#include "base/ids.hpp"
#include "base/source.hpp"
#include "show/sound_health.hpp"

namespace tribune {

struct FaceHealth {
    FaceName name;
    Size size;
    std::string shows;  // source name, or "slate"
    std::uint64_t frame_index = 0;
    double frames_per_second = 0;
    std::uint64_t words = 0;  // on its wall, all pages
    std::uint32_t wall_pages = 0;
    bool operator==(const FaceHealth&) const = default;
};

struct OutputHealth {
    OutputName name;
    FaceName face;
    std::string kind;
    std::string state;   // "ok", "lost", "failed"
    std::string detail;  // display, size, or the reason
    std::uint64_t frames = 0;
    std::string view{};  // instead of a face
    bool operator==(const OutputHealth&) const = default;
};

// A view's recording, as its process sees it.
struct RecordingHealth {
    std::string view;
    std::string state;   // "starting", "ok", "failed" (it is tried again, into another file)
    std::string detail;  // why it failed
    std::string file;    // that is being written
    double seconds = 0;  // of this file
    std::uint64_t bytes = 0;
    std::uint64_t frames = 0;
    std::uint64_t dropped = 0;  // the encoder was too slow for these
    double hours_left = 0;      // until the disk is full, at this rate
    bool operator==(const RecordingHealth&) const = default;
};

struct TransitionFault {  // a transition shader that is mixed instead
    std::string name;
    std::string code;
    std::string message;
    bool operator==(const TransitionFault&) const = default;
};

struct RenderHealth {
    std::string painter;  // "cpu (libyuv)", GL renderer
    std::uint64_t frames = 0;
    std::uint64_t late = 0;     // frames that missed their time
    std::uint64_t failed = 0;   // frames that kept the last picture
    double frame_ms = 0;        // mean work a frame over the last second
    double longest_gap_ms = 0;  // since the last report
    std::vector<TransitionFault> transitions{};
    bool operator==(const RenderHealth&) const = default;
};

struct SourceSeen {  // a source as render sees it
    SourceName name;
    double frame_age_ms = -1;   // of the newest frame, -1 = none yet
    std::uint64_t skipped = 0;  // published but never shown
    bool operator==(const SourceSeen&) const = default;
};

struct ProcessHealth {
    std::string name;  // "engine", "render", "net", "capture/cam1"
    int pid = 0;
    std::string state;  // "running", "starting", "waiting" (to be started again)
    std::uint32_t restarts = 0;
    double up_seconds = 0;
    std::uint64_t memory_kb = 0;  // resident
    std::uint32_t descriptors = 0;
    std::uint32_t threads = 0;
    bool operator==(const ProcessHealth&) const = default;
};

struct JournalHealth {
    bool storage_ok = true;  // false: nothing is acknowledged, until a commit succeeds again or for good
    std::string reason;
    std::uint64_t sequence = 0;
    std::uint64_t commits = 0;
    std::uint64_t records = 0;
    double commit_ms_p99 = 0;  // of the last 1,000 commits
    std::uint64_t refused_busy = 0;
    bool operator==(const JournalHealth&) const = default;
};

struct NetHealth {
    std::uint32_t clients = 0;
    std::uint32_t tables = 0;  // distinct tables with a live connection
    std::uint64_t messages_in = 0;
    std::uint64_t refused = 0;
    std::uint64_t culled = 0;  // slow clients that were closed
    bool operator==(const NetHealth&) const = default;
};

// A controller or a port for surfaces, as net sees it.
struct SurfaceHealth {
    std::string name;    // of a controller; "obs-websocket", "osc", "tally"
    std::string kind;    // "midi", "port"
    std::string state;   // "ok", "lost", "failed"
    std::string detail;  // device or address, or the reason
    std::uint64_t messages = 0;
    std::uint64_t malformed = 0;  // what could not be understood
    std::uint64_t dropped = 0;    // what came too fast
    bool operator==(const SurfaceHealth&) const = default;
};
// What a surface sent that could not be done: the newest of each kind.
struct SurfaceFault {
    std::string from;  // "osc 192.0.2.7", "obs-websocket", "midi X-TOUCH"
    std::string code;
    std::string message;
    std::uint64_t count = 0;
    std::int64_t unix_ms = 0;  // when last, a label
    bool operator==(const SurfaceFault&) const = default;
};

struct Actual {
    std::vector<SourceHealth> sources;
    std::vector<SourceSeen> seen;
    std::vector<FaceHealth> faces;
    std::vector<OutputHealth> outputs;
    std::vector<ProcessHealth> processes;
    RenderHealth render;
    JournalHealth journal;
    NetHealth net;
    std::vector<SoundOutputHealth> sound;
    std::vector<SurfaceHealth> surfaces;
    std::vector<SurfaceFault> surface_faults;  // the newest first
    std::vector<RecordingHealth> recordings;
    bool operator==(const Actual&) const = default;
};

}  // namespace tribune
