#include "capture/media_glance.hpp"

extern "C" {
#include <libavutil/pixdesc.h>
}

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <stop_token>

#include "base/source_faults.hpp"
#include "capture/av_error.hpp"
#include "capture/av_log.hpp"
#include "capture/clip_reader.hpp"
#include "capture/frame_output.hpp"
#include "capture/source_kind.hpp"

namespace tribune {
namespace {

using namespace std::chrono_literals;

constexpr Nanoseconds glance_limit = 10s;
constexpr Nanoseconds far_enough = 3s;  // into a clip: past what fades in
constexpr int jpeg_quality = 5;         // of FFmpeg's scale, 2 the best

// Nobody reads what is only glanced at.
class NoReaders : public CaptureSink {
    void ring_ready(int, std::uint64_t) override {}
    void health(const SourceHealth&) override {}
};

Size scaled(const AVFrame& frame, int most_width) {
    const double aspect = frame.sample_aspect_ratio.num > 0 && frame.sample_aspect_ratio.den > 0
                              ? std::clamp(av_q2d(frame.sample_aspect_ratio), 0.1, 10.0)
                              : 1;
    const double shown = frame.width * aspect;
    const double scale = std::min(1.0, most_width / shown);
    const auto even = [](double v) { return std::max(2, static_cast<int>(std::lround(v / 2)) * 2); };
    return {even(shown * scale), even(frame.height * scale)};
}

// Where a picture is clear, so that it can be seen to be: two greys in squares.
constexpr int square = 8;
constexpr std::array<int, 2> greys{0x2b, 0x47};

// At this size, what is clear in it over squares; null when nothing can be.
Result<Av<AVFrame>> over_squares(const AVFrame& frame, Size size) {
    const AVPixFmtDescriptor* d = av_pix_fmt_desc_get(static_cast<AVPixelFormat>(frame.format));
    if (d == nullptr || (d->flags & AV_PIX_FMT_FLAG_ALPHA) == 0) return Av<AVFrame>();
    Av<AVFrame> flat(av_frame_alloc());
    if (!flat) return av_error(AVERROR(ENOMEM));
    flat->format = AV_PIX_FMT_BGRA;
    flat->width = size.width;
    flat->height = size.height;
    if (const int n = av_frame_get_buffer(flat.get(), 0); n < 0) return av_error(n);
    const Av<SwsContext> scaler(sws_getContext(frame.width, frame.height, static_cast<AVPixelFormat>(frame.format),
                                               size.width, size.height, AV_PIX_FMT_BGRA, SWS_AREA, nullptr, nullptr,
                                               nullptr));
    if (!scaler) return fault("unknown_pixels");
    if (sws_scale(scaler.get(), frame.data, frame.linesize, 0, frame.height, flat->data, flat->linesize) <= 0)
        return fault("convert_failed");
    for (int y = 0; y < size.height; ++y) {
        auto* pixel = flat->data[0] + static_cast<std::ptrdiff_t>(y) * flat->linesize[0];
        for (int x = 0; x < size.width; ++x, pixel += 4) {
            const int grey = greys[static_cast<std::size_t>((x / square + y / square) % 2)];
            for (int c = 0; c < 3; ++c)
                pixel[c] = static_cast<std::uint8_t>((pixel[c] * pixel[3] + grey * (255 - pixel[3]) + 127) / 255);
            pixel[3] = 255;
        }
    }
    return flat;
}

Result<std::string> encode_jpeg(const AVFrame& frame, Size size) {
    const Av<AVFrame> small(av_frame_alloc());
    const Av<AVPacket> packet(av_packet_alloc());
    if (!small || !packet) return av_error(AVERROR(ENOMEM));
    small->format = AV_PIX_FMT_YUV420P;
    small->width = size.width;
    small->height = size.height;
    small->color_range = AVCOL_RANGE_JPEG;
    small->quality = FF_QP2LAMBDA * jpeg_quality;
    if (const int n = av_frame_get_buffer(small.get(), 0); n < 0) return av_error(n);
    const Av<SwsContext> scaler(sws_getContext(frame.width, frame.height, static_cast<AVPixelFormat>(frame.format),
                                               size.width, size.height, AV_PIX_FMT_YUV420P, SWS_AREA, nullptr, nullptr,
                                               nullptr));
    if (!scaler) return fault("unknown_pixels");
    constexpr int full = 1;
    int* table = nullptr;
    int* other = nullptr;
    int from = 0;
    int to = 0;
    int brightness = 0;
    int contrast = 0;
    int saturation = 0;
    if (sws_getColorspaceDetails(scaler.get(), &table, &from, &other, &to, &brightness, &contrast, &saturation) >= 0)
        sws_setColorspaceDetails(scaler.get(), table, from, other, full, brightness, contrast, saturation);
    if (sws_scale(scaler.get(), frame.data, frame.linesize, 0, frame.height, small->data, small->linesize) <= 0)
        return fault("convert_failed");
    const AVCodec* codec = avcodec_find_encoder(AV_CODEC_ID_MJPEG);
    const Av<AVCodecContext> encoder(codec == nullptr ? nullptr : avcodec_alloc_context3(codec));
    if (!encoder) return fault("convert_failed");
    encoder->width = size.width;
    encoder->height = size.height;
    encoder->pix_fmt = AV_PIX_FMT_YUV420P;
    encoder->color_range = AVCOL_RANGE_JPEG;
    encoder->strict_std_compliance = FF_COMPLIANCE_UNOFFICIAL;  // full range by its tag, not by the pixel format's name
    encoder->time_base = {1, 25};
    encoder->flags |= AV_CODEC_FLAG_QSCALE;
    encoder->global_quality = FF_QP2LAMBDA * jpeg_quality;
    encoder->thread_count = 1;
    int n = avcodec_open2(encoder.get(), codec, nullptr);
    if (n >= 0) n = avcodec_send_frame(encoder.get(), small.get());
    if (n >= 0) n = avcodec_send_frame(encoder.get(), nullptr);
    if (n >= 0) n = avcodec_receive_packet(encoder.get(), packet.get());
    if (n < 0) return fault("convert_failed");
    return std::string(static_cast<const char*>(static_cast<const void*>(packet->data)),
                       static_cast<std::size_t>(packet->size));
}

}  // namespace

Result<MediaGlance> glance_at(const std::string& path, int most_width, const std::function<void()>& tick) {
    route_av_log();
    SourceConfig config;
    config.name = SourceName("media");
    config.url = path;
    config.live = false;
    CaptureOptions options;
    options.decode_threads = 1;
    TRIBUNE_TRY(const SourceKind* kind, source_kind(config));
    if (!kind->file()) return fault("refused_protocol");
    Interrupt interrupt({}, tick);
    interrupt.until(monotonic_now() + glance_limit);
    TRIBUNE_TRY(auto input, MediaInput::open(config, *kind, options, interrupt));
    TRIBUNE_TRY(auto facts, measure_clip(input));
    MediaGlance glance;
    if (!facts.still) glance.duration = facts.duration;
    glance.frames_per_second = facts.still ? 0 : input.frames_per_second();
    // Read to its end: a still cannot be wound back.
    TRIBUNE_TRY(input, MediaInput::open(config, *kind, options, interrupt));
    const auto& p = *input.video().codecpar;
    glance.size = {p.width, p.height};
    NoReaders nobody;
    FrameOutput output(nobody, false);
    TRIBUNE_TRY(auto decoder, VideoDecoder::open(input.video(), input.frames_per_second(), false, options, output));
    glance.codec = decoder.codec_name();
    ClipReader reader(std::move(input), std::move(decoder), facts);
    if (!facts.still) reader.aim(std::min(facts.duration / 10, far_enough));
    while (!reader.ready()) {
        tick();
        if (interrupt.asked()) return fault("timed_out");
        TRIBUNE_CHECK(reader.step());
    }
    const AVFrame& frame = *reader.picture().frame;
    glance.size = {frame.width, frame.height};
    const Size small = scaled(frame, most_width);
    TRIBUNE_TRY(const auto flat, over_squares(frame, small));
    TRIBUNE_TRY(glance.jpeg, encode_jpeg(flat ? *flat : frame, small));
    return glance;
}

}  // namespace tribune
