// From decoded frames to the ring: decoders that can write straight into its slots, the rest is copied or converted.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>

#include "base/result.hpp"
#include "capture/av_handles.hpp"
#include "capture/source_worker.hpp"
#include "link/frame_ring.hpp"

namespace tribune {

// What a frame does not say itself.
struct FrameFacts {
    double pixel_aspect = 1.0;
    int rotation = 0;
    Nanoseconds presentation{0};
    MonotonicTime due;   // not to be shown before; zero: at once
    bool stays = false;  // until there is another
};

// Thread: get_buffer any (decoders call it on theirs), all else one.
class FrameOutput {
  public:
    FrameOutput(CaptureSink& sink, bool lock_step) : sink_(sink), lock_step_(lock_step) {}

    // For AVCodecContext::get_buffer2: memory in the ring, or FFmpeg's own when that is not possible.
    int get_buffer(AVCodecContext* context, AVFrame* frame, int flags);

    // Copies nothing when the frame lies in the ring. Makes a new ring when it does not fit.
    // Errors: ring_full (this frame is dropped), bad_frame, no_memory.
    Status publish(const AVFrame& frame, const FrameFacts& facts);

    // For lock-step rings: false when the deadline came before a reader.
    [[nodiscard]] bool wait_taken(MonotonicTime deadline) const;

    [[nodiscard]] std::uint64_t direct_frames() const { return direct_frames_; }

  private:
    struct Ring;
    struct DirectBuffer;

    std::shared_ptr<Ring> ring_for(std::size_t bytes);
    Status announce(const std::shared_ptr<Ring>& ring);
    Status convert(const AVFrame& frame, PixelFormat target, RingSlot& slot, FrameDescription& description);

    CaptureSink& sink_;
    const bool lock_step_;
    mutable std::mutex mutex_;    // guards ring_ and generation_
    std::shared_ptr<Ring> ring_;  // where new frames go
    std::uint64_t generation_ = 0;
    std::shared_ptr<Ring> announced_;  // the one that readers know
    std::uint64_t sequence_ = 0;
    std::uint64_t direct_frames_ = 0;
    Av<SwsContext> scaler_;
};

}  // namespace tribune
