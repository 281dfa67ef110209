#include "capture/sound_decoder.hpp"

extern "C" {
#include <libavutil/channel_layout.h>
#include <libavutil/opt.h>
}

#include <array>
#include <cmath>

#include "capture/av_error.hpp"

namespace tribune {
namespace {

constexpr int most_rate_hz = 768'000;
constexpr AVRational nanosecond{1, 1'000'000'000};

}  // namespace

Result<SoundDecoder> SoundDecoder::open(const AVStream& stream) {
    const AVCodec* codec = avcodec_find_decoder(stream.codecpar->codec_id);
    if (codec == nullptr) return av_error(AVERROR_DECODER_NOT_FOUND);
    Av<AVCodecContext> context(avcodec_alloc_context3(codec));
    Av<AVFrame> frame(av_frame_alloc());
    if (!context || !frame) return av_error(AVERROR(ENOMEM));
    if (const int n = avcodec_parameters_to_context(context.get(), stream.codecpar); n < 0) return av_error(n);
    context->pkt_timebase = stream.time_base;
    context->thread_count = 1;
    if (const int n = avcodec_open2(context.get(), codec, nullptr); n < 0) return av_error(n);
    return SoundDecoder(stream, std::move(context), std::move(frame));
}

void SoundDecoder::decode(const AVPacket& packet, const OnSound& on_sound) {
    if (avcodec_send_packet(context_.get(), &packet) < 0) return;
    while (avcodec_receive_frame(context_.get(), frame_.get()) >= 0) {
        if (frame_->nb_samples > 0 && prepare_conversion()) convert(on_sound);
        av_frame_unref(frame_.get());
    }
}

void SoundDecoder::flush() {
    avcodec_flush_buffers(context_.get());
    converter_.reset();
}

void SoundDecoder::set_speed(double speed) {
    speed_ = speed;
    converter_.reset();
}

// A stream may change its rate or channels at any frame.
bool SoundDecoder::prepare_conversion() {
    const AVFrame& f = *frame_;
    if (f.sample_rate <= 0 || f.sample_rate > most_rate_hz || f.ch_layout.nb_channels <= 0) return false;
    if (converter_ && rate_hz_ == f.sample_rate && format_ == f.format && channels_ == f.ch_layout.nb_channels)
        return true;
    rate_hz_ = f.sample_rate;
    format_ = f.format;
    channels_ = f.ch_layout.nb_channels;
    AVChannelLayout stereo = AV_CHANNEL_LAYOUT_STEREO;
    // Channels without places are taken for the usual ones of that number.
    AVChannelLayout layout{};
    if (f.ch_layout.order == AV_CHANNEL_ORDER_UNSPEC) {
        av_channel_layout_default(&layout, channels_);
    } else if (av_channel_layout_copy(&layout, &f.ch_layout) < 0) {
        return false;
    }
    const int played_rate_hz = static_cast<int>(std::lround(rate_hz_ * speed_));
    SwrContext* raw = nullptr;
    const int made = swr_alloc_set_opts2(&raw, &stereo, AV_SAMPLE_FMT_FLT, sound_rate_hz, &layout,
                                         static_cast<AVSampleFormat>(format_), played_rate_hz, 0, nullptr);
    av_channel_layout_uninit(&layout);
    converter_.reset(raw);
    // One microphone sounds as loud on both sides as it was taken.
    constexpr std::array mono_to_stereo{1.0, 1.0};
    if (made >= 0 && channels_ == 1) swr_set_matrix(raw, mono_to_stereo.data(), 1);
    if (made < 0 || swr_init(raw) < 0) converter_.reset();
    return converter_ != nullptr;
}

void SoundDecoder::convert(const OnSound& on_sound) {
    const AVFrame& f = *frame_;
    const auto stamp = f.best_effort_timestamp;
    const Nanoseconds time =
        stamp == AV_NOPTS_VALUE ? next_time_ : Nanoseconds{av_rescale_q(stamp, stream_->time_base, nanosecond)};
    next_time_ = time + Nanoseconds{av_rescale(f.nb_samples, 1'000'000'000, rate_hz_)};
    // What the converter still holds comes out first.
    const Nanoseconds held{std::llround(static_cast<double>(swr_get_delay(converter_.get(), 1'000'000'000)) * speed_)};
    const int room = swr_get_out_samples(converter_.get(), f.nb_samples);
    if (room <= 0) return;
    samples_.resize(static_cast<std::size_t>(room));
    auto* out = static_cast<std::uint8_t*>(static_cast<void*>(samples_.data()));
    const int made =
        swr_convert(converter_.get(), &out, room, const_cast<const std::uint8_t**>(f.extended_data), f.nb_samples);
    if (made > 0) on_sound(time - held, std::span(samples_).first(static_cast<std::size_t>(made)));
}

}  // namespace tribune
