// Runs one source for ever in this process: opens it, decodes it, publishes its frames and its health, and starts
// again whenever it ends or fails.
#pragma once

#include <cstdint>
#include <stop_token>

#include "base/source.hpp"
#include "capture/clip_feed.hpp"

namespace tribune {

// Called on run_source's thread only.
class CaptureSink {
  public:
    virtual ~CaptureSink() = default;

    // Frames come through this ring from now on (FrameRingReader::open). Called before its first frame, again with
    // a higher generation when frames no longer fit. The descriptor is lent for the call.
    virtual void ring_ready(int fd, std::uint64_t generation) = 0;

    // Sound comes through this ring from now on (SoundRingReader::open), lent likewise. Never called for a source
    // without sound.
    virtual void sound_ready(int /*fd*/, std::uint64_t /*generation*/) {}

    // On each change and at least once a second: silence for longer means that this process hangs.
    virtual void health(const SourceHealth& health) = 0;
};

enum class Pacing {
    source,               // live: as it comes; a file: at its own rate
    as_fast_as_consumed,  // each frame as soon as a reader took the one before (for measuring); none is dropped
};

struct CaptureOptions {
    Pacing pacing = Pacing::source;
    int decode_threads = 0;                                // 0: by picture rate and number of cores
    std::int64_t most_pixels = std::int64_t{7680} * 4320;  // a larger picture is refused
    bool card = true;                                      // a graphics card decodes, where there is one that can
    ClipFeed* transport = nullptr;  // what is wanted of a file; none: it plays from its start, again if it loops
};

// Returns soon after a stop is asked for, never else. No exception, no error leaves it: they show in the health.
// Codes: no_such_file, no_permission, empty_file, not_media, too_large, refused_protocol, no_video, unknown_codec,
// connection_refused, unreachable, timed_out, not_authorised, not_found, server_refused, connection_lost,
// stream_ended, stalled, decode_failed, card_failed, no_device, device_busy, no_memory.
void run_source(const SourceConfig& config, CaptureSink& sink, const std::stop_token& stop,
                const CaptureOptions& options = {});

}  // namespace tribune
