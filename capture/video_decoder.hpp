// Decodes one picture stream. Live streams for low delay (no frame threads), files for throughput.
#pragma once

#include <functional>
#include <memory>
#include <string>

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
    // errors; errors are the handler's, no_memory, and card_failed: opened again without `card` it may go on.
    Status decode(const AVPacket* packet, const OnFrame& on_frame);

    // After draining or a jump.
    void flush() { avcodec_flush_buffers(context_.get()); }

    [[nodiscard]] const DecodeCounts& counts() const { return counts_; }
    // With the card that decodes it, such as "h264 (vaapi)": known when there was a picture.
    [[nodiscard]] std::string codec_name() const;

  private:
    int next(const AVPacket* packet, bool& sent);
    VideoDecoder(Av<AVCodecContext> context, Av<AVFrame> frame, Av<AVFrame> fetched)
        : context_(std::move(context)), frame_(std::move(frame)), fetched_(std::move(fetched)) {}

    Av<AVCodecContext> context_;
    Av<AVFrame> frame_;
    Av<AVFrame> fetched_;  // from a card
    DecodeCounts counts_;
    std::uint64_t refused_by_card_ = 0;  // before the first picture
};

}  // namespace tribune
