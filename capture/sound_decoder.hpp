// Decodes one sound stream, whatever its rate and channels, to 48 kHz stereo.
#pragma once

#include <functional>
#include <memory>
#include <span>
#include <vector>

#include "base/result.hpp"
#include "base/sound_block.hpp"
#include "capture/av_handles.hpp"

namespace tribune {

// Thread: one.
class SoundDecoder {
  public:
    // With the stream's own time of the first sample.
    using OnSound = std::function<void(Nanoseconds time, std::span<const StereoSample> samples)>;

    // The stream must outlive the decoder. Errors: unknown_codec, no_memory.
    static Result<SoundDecoder> open(const AVStream& stream);

    // Hands out what is ready. What is damaged is left out: a gap in time, no error.
    void decode(const AVPacket& packet, const OnSound& on_sound);

    // After a jump.
    void flush();

    // So many seconds of the stream become one second of samples: they sound higher above 1, lower below it.
    void set_speed(double speed);

    [[nodiscard]] const char* codec_name() const { return context_->codec->name; }

  private:
    SoundDecoder(const AVStream& stream, Av<AVCodecContext> context, Av<AVFrame> frame)
        : stream_(&stream), context_(std::move(context)), frame_(std::move(frame)) {}
    bool prepare_conversion();
    void convert(const OnSound& on_sound);

    const AVStream* stream_;
    Av<AVCodecContext> context_;
    Av<AVFrame> frame_;
    Av<SwrContext> converter_;
    // What the converter was made for.
    int rate_hz_ = 0;
    int format_ = -1;
    int channels_ = 0;
    double speed_ = 1;
    Nanoseconds next_time_{0};  // of what follows the last frame
    std::vector<StereoSample> samples_;
};

}  // namespace tribune
