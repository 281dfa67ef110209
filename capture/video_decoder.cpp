#include "capture/video_decoder.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string_view>
#include <thread>

#include "base/source_faults.hpp"
#include "base/stages.hpp"
#include "capture/av_error.hpp"
#include "capture/card_decode.hpp"

namespace tribune {
namespace {

// Pixels a second that one core decodes easily; beyond it frames need more threads.
constexpr double pixels_per_thread = 1920.0 * 1080 * 40;
constexpr int most_threads = 4;
constexpr std::uint64_t card_patience = 50;  // packets that it refuses without any picture, before it is given up

int threads_for(const AVCodecParameters& p, double frames_per_second, const CaptureOptions& options) {
    if (options.decode_threads > 0) return options.decode_threads;
    const double rate = static_cast<double>(p.width) * p.height * (frames_per_second > 0 ? frames_per_second : 30);
    const int cores = static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
    return std::clamp(static_cast<int>(std::ceil(rate / pixels_per_thread)), 1, std::min(cores, most_threads));
}

int on_get_buffer(AVCodecContext* context, AVFrame* frame, int flags) {
    if (on_card(*frame)) return avcodec_default_get_buffer2(context, frame, flags);
    return static_cast<FrameOutput*>(context->opaque)->get_buffer(context, frame, flags);
}

// FFmpeg's own decoders of these leave the alpha channel out, which WebM keeps beside the picture; libvpx has both.
const AVCodec* decoder_of(const AVStream& stream) {
    const auto id = stream.codecpar->codec_id;
    const auto* tag = av_dict_get(stream.metadata, "alpha_mode", nullptr, 0);
    const bool alpha = tag != nullptr && std::string_view(tag->value) == "1";
    const char* name = !alpha                  ? nullptr
                       : id == AV_CODEC_ID_VP8 ? "libvpx"
                       : id == AV_CODEC_ID_VP9 ? "libvpx-vp9"
                                               : nullptr;
    const AVCodec* by_name = name == nullptr ? nullptr : avcodec_find_decoder_by_name(name);
    return by_name == nullptr ? avcodec_find_decoder(id) : by_name;
}

bool damaged(const AVFrame& frame) {
    return frame.decode_error_flags != 0 || (frame.flags & AV_FRAME_FLAG_CORRUPT) != 0;
}

}  // namespace

Result<VideoDecoder> VideoDecoder::open(const AVStream& stream, double frames_per_second, bool low_delay,
                                        const CaptureOptions& options, FrameOutput& output) {
    const AVCodec* codec = decoder_of(stream);
    if (codec == nullptr) return av_error(AVERROR_DECODER_NOT_FOUND);
    Av<AVCodecContext> context(avcodec_alloc_context3(codec));
    Av<AVFrame> frame(av_frame_alloc());
    Av<AVFrame> fetched(av_frame_alloc());
    if (!context || !frame || !fetched) return av_error(AVERROR(ENOMEM));
    if (const int n = avcodec_parameters_to_context(context.get(), stream.codecpar); n < 0) return av_error(n);
    context->pkt_timebase = stream.time_base;
    context->max_pixels = options.most_pixels;
    context->thread_count = threads_for(*stream.codecpar, frames_per_second, options);
    context->thread_type = low_delay ? FF_THREAD_SLICE : FF_THREAD_SLICE | FF_THREAD_FRAME;
    if (low_delay) context->flags |= AV_CODEC_FLAG_LOW_DELAY;
    context->opaque = &output;
    context->get_buffer2 = on_get_buffer;
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wdeprecated-declarations"
    // Else frame threads would wait for this thread to allocate for them.
    context->thread_safe_callbacks = 1;
#pragma GCC diagnostic pop
    if (options.card) (void)decode_on_card(*context);
    if (const int n = avcodec_open2(context.get(), codec, nullptr); n < 0) return av_error(n);
    return VideoDecoder(std::move(context), std::move(frame), std::move(fetched));
}

std::string VideoDecoder::codec_name() const {
    const char* card = card_of(*context_);
    return card == nullptr ? context_->codec->name : fmt::format("{} ({})", context_->codec->name, card);
}

Status VideoDecoder::decode(const AVPacket* packet, const OnFrame& on_frame) {
    bool sent = false;
    if (packet != nullptr && (packet->flags & AV_PKT_FLAG_CORRUPT) != 0) ++counts_.corrupt;
    for (;;) {
        const int n = next(packet, sent);
        if (n == AVERROR(ENOMEM)) return av_error(n);
        if (n < 0) {
            if (n != AVERROR(EAGAIN) && n != AVERROR_EOF) ++counts_.corrupt;
            // Not what comes before a first key frame: then no card was chosen yet.
            const bool refused = n != AVERROR(EAGAIN) && n != AVERROR_EOF && card_of(*context_) != nullptr;
            if (refused && counts_.frames == 0 && ++refused_by_card_ > card_patience) return fault("card_failed");
            if (sent) return {};
            continue;
        }
        ++counts_.frames;
        if (damaged(*frame_)) ++counts_.corrupt;
        const bool far = on_card(*frame_);
        if (far) TRIBUNE_CHECK(fetch(*frame_, *fetched_));
        auto status = on_frame(far ? *fetched_ : *frame_);
        av_frame_unref(frame_.get());
        if (!status) return status;
    }
}

// Gives the packet where it was not yet taken, and takes a frame: FFmpeg's answer to that.
int VideoDecoder::next(const AVPacket* packet, bool& sent) {
    StageSpan span(WorkStage::decode);
    if (sent) {
        const int n = avcodec_receive_frame(context_.get(), frame_.get());
        if (n < 0) span.forget();  // all was taken already
        return n;
    }
    const int n = avcodec_send_packet(context_.get(), packet);
    if (n == AVERROR(ENOMEM)) return n;
    // EAGAIN: first take out what is ready. Any other error: this packet is damaged.
    if (n < 0 && n != AVERROR(EAGAIN) && n != AVERROR_EOF) ++counts_.corrupt;
    sent = n != AVERROR(EAGAIN);
    return avcodec_receive_frame(context_.get(), frame_.get());
}

}  // namespace tribune
