// Decodes one picture stream. Live streams for low delay (no frame threads), files for throughput.
#pragma once

#include <functional>
#include <memory>

#include "base/result.hpp"
#include "capture/av_handles.hpp"
#include "capture/frame_output.hpp"
#include "capture/source_worker.hpp"

namespace tribune {

struct DecodeCounts {
    std::uint64_t frames = 0;   // decoded since opened
    std::uint64_t corrupt = 0;  // packets refused, and pictures flagged as damaged
};

// Thread: one; the decoder's own threads call only FrameOutput::get_buffer.
class VideoDecoder {
  public:
    using OnFrame = std::function<Status(AVFrame&)>;

    // The output must outlive the decoder. Errors: unknown_codec, no_memory.
    static Result<VideoDecoder> open(const AVStream& stream, double frames_per_second, bool low_delay,
                                     const CaptureOptions& options, FrameOutput& output);

    // Hands out each picture that is ready; a null packet drains what is left. Damaged packets are counted, not
    // errors; errors are the handler's.
    Status decode(const AVPacket* packet, const OnFrame& on_frame);

    // After draining or a jump.
    void flush() { avcodec_flush_buffers(context_.get()); }

    [[nodiscard]] const DecodeCounts& counts() const { return counts_; }
    [[nodiscard]] const char* codec_name() const { return context_->codec->name; }

  private:
    int next(const AVPacket* packet, bool& sent);
    VideoDecoder(Av<AVCodecContext> context, Av<AVFrame> frame)
        : context_(std::move(context)), frame_(std::move(frame)) {}

    Av<AVCodecContext> context_;
    Av<AVFrame> frame_;
    DecodeCounts counts_;
};

}  // namespace tribune
