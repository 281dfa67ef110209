// A source as wanted (from the show file) and as it is (its health). Values, one codec each in show/.
#pragma once

#include <cstdint>
#include <string>

#include "base/geometry.hpp"
#include "base/ids.hpp"
#include "base/transport.hpp"

namespace tribune {

struct SourceConfig {
    SourceName name;
    std::string label;             // shown to people; the name when empty
    std::string url;               // a file, rtsp:// srt:// rtmp:// udp:// http(s)://, /dev/videoN, lavfi:GRAPH
    bool live = true;              // false: a file, played at its own rate
    bool loop = true;              // files start again at their end, unless the transport says otherwise
    std::string format;            // FFmpeg demuxer when the URL does not tell ("" = probe)
    Size size;                     // wanted capture size for devices; empty = the device's own
    double frames_per_second = 0;  // wanted for devices; 0 = the device's own
    bool play_on_take = false;     // a file waits at its first picture until it comes on air
    bool added = false;            // while the show runs: it stays when the show file is read again
    bool card = true;              // decoded by the graphics card, where there is one that can
    bool sound = true;             // false: its sound is not taken, and its picture never waits for it

    bool operator==(const SourceConfig&) const = default;
};

enum class SourceState : std::uint32_t {
    connecting = 1,  // opening, or waiting to try again
    live,            // frames arrive
    stalled,         // open, but no frame for longer than its limit
    lost,            // ended or failed; will be tried again
    refused,         // what came cannot be shown (too large, not video); tried again slowly
};

// Published by capture on change and at least once a second.
struct SourceHealth {
    SourceName name;
    SourceState state = SourceState::connecting;
    std::string reason;  // one sentence for people, empty when live
    std::string code;    // stable code of the last error, empty when none yet
    Size size;
    double frames_per_second = 0;         // measured over the last second
    double wanted_frames_per_second = 0;  // what the stream says of itself, 0 if unknown
    std::string codec;
    std::string sound;          // codec of its sound, empty when it has none
    std::uint64_t frames = 0;   // published since this source first started
    std::uint64_t dropped = 0;  // decoded but not published (no free slot)
    std::uint64_t corrupt = 0;  // flagged by the decoder
    std::uint32_t reconnects = 0;
    ClipState clip = ClipState::none;  // of a file with a transport, as it is shown
    Nanoseconds position{0};
    Nanoseconds duration{0};  // as measured

    bool operator==(const SourceHealth&) const = default;
};

}  // namespace tribune
