#include "encode/film_file.hpp"

extern "C" {
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <libavutil/channel_layout.h>
#include <libswscale/swscale.h>
}
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>
#include <vector>

namespace tribune {
namespace {

struct Delete {
    void operator()(AVFrame* p) const { av_frame_free(&p); }
    void operator()(AVPacket* p) const { av_packet_free(&p); }
    void operator()(AVCodecContext* p) const { avcodec_free_context(&p); }
    void operator()(SwsContext* p) const { sws_freeContext(p); }
    void operator()(AVFormatContext* p) const {
        if (p->pb != nullptr) avio_closep(&p->pb);
        avformat_free_context(p);
    }
};
template <class T>
using Av = std::unique_ptr<T, Delete>;

// A codec as it is used here: what it wants is in the words of its encoder. Nothing looks ahead, so that a file that
// is cut off lacks little.
struct VideoCodec {
    std::string_view name;
    const char* encoder;
    AVPixelFormat format;
    const char* options;
    const char* sound;
};
constexpr std::array video_codecs{
    VideoCodec{"h264", "libx264", AV_PIX_FMT_YUV420P, "preset=veryfast:tune=zerolatency:crf=19", "aac"},
    VideoCodec{"h265", "libx265", AV_PIX_FMT_YUV420P,
               "preset=superfast:tune=zerolatency:crf=21:x265-params=log-level=error", "aac"},
    VideoCodec{"prores", "prores_ks", AV_PIX_FMT_YUV422P10, "profile=standard", "pcm_s16le"},
    VideoCodec{"ffv1", "ffv1", AV_PIX_FMT_BGR0, "level=3:slicecrc=1:g=1", "pcm_s16le"},
};

struct Container {
    std::string_view name;
    const char* muxer;
    const char* options;
};
// Pieces of a quarter of a second, each whole.
constexpr std::array containers{
    Container{"mkv", "matroska", "cluster_time_limit=250"},
    Container{"mp4", "mp4", "movflags=frag_keyframe+empty_moov+default_base_moof:frag_duration=250000"},
};

constexpr int sound_piece = 1024;  // samples; what AAC takes at once
constexpr std::int64_t sound_bit_rate = 192'000;
constexpr std::int64_t longest_wait_us = 250'000;  // of one stream's packets for the other's

std::string words_of(int number) {
    std::array<char, AV_ERROR_MAX_STRING_SIZE> text{};
    av_strerror(number, text.data(), text.size());
    return text.data();
}

Error bad_file(const std::string& path, int number) {
    return {"bad_file", fmt::format("The recording {} cannot be written: {}. Make room, or choose another folder.",
                                    path, words_of(number))};
}

Error encoder_failed(std::string_view codec, int number) {
    return {"encoder_failed", fmt::format("The encoder of {} gave up: {}.", codec, words_of(number))};
}

}  // namespace

struct FilmFile::State {
    explicit State(FilmFileOptions o) : options(std::move(o)) {}

    FilmFileOptions options;
    Av<AVFormatContext> file;
    Av<AVCodecContext> video;
    Av<AVCodecContext> sound;
    Av<SwsContext> scaler;
    Av<AVFrame> picture{av_frame_alloc()};
    Av<AVFrame> samples{av_frame_alloc()};
    Av<AVPacket> packet{av_packet_alloc()};
    int video_stream = 0;
    int sound_stream = 1;
    std::vector<StereoSample> waiting;  // for a whole piece
    std::int64_t waiting_first = 0;
    std::uint64_t frames = 0;
    bool header = false;
    bool finished = false;

    Status open_video(const VideoCodec& codec) {
        const AVCodec* encoder = avcodec_find_encoder_by_name(codec.encoder);
        if (encoder == nullptr)
            return Error{"no_encoder", fmt::format("This machine has no encoder for {} ({}): choose another codec.",
                                                   codec.name, codec.encoder)};
        video.reset(avcodec_alloc_context3(encoder));
        video->width = std::max(2, options.size.width & ~1);
        video->height = std::max(2, options.size.height & ~1);
        video->pix_fmt = codec.format;
        video->time_base = {options.seconds, options.frames};
        video->framerate = {options.frames, options.seconds};
        video->gop_size = std::max(1, options.frames / options.seconds);
        video->max_b_frames = 0;
        video->thread_count = options.threads;
        video->colorspace = codec.format == AV_PIX_FMT_BGR0 ? AVCOL_SPC_RGB : AVCOL_SPC_BT709;
        video->color_primaries = AVCOL_PRI_BT709;
        video->color_trc = AVCOL_TRC_BT709;
        video->color_range = codec.format == AV_PIX_FMT_BGR0 ? AVCOL_RANGE_JPEG : AVCOL_RANGE_MPEG;
        return open(*video, *encoder, codec.name, codec.options, video_stream);
    }

    Status open_sound(const VideoCodec& codec) {
        const AVCodec* encoder = avcodec_find_encoder_by_name(codec.sound);
        if (encoder == nullptr) return Error{"no_encoder", fmt::format("This machine has no {} encoder.", codec.sound)};
        sound.reset(avcodec_alloc_context3(encoder));
        sound->sample_rate = sound_rate_hz;
        sound->sample_fmt = encoder->id == AV_CODEC_ID_AAC ? AV_SAMPLE_FMT_FLTP : AV_SAMPLE_FMT_S16;
        sound->ch_layout = AV_CHANNEL_LAYOUT_STEREO;
        sound->bit_rate = sound_bit_rate;
        sound->time_base = {1, sound_rate_hz};
        return open(*sound, *encoder, codec.sound, "", sound_stream);
    }

    Status open(AVCodecContext& context, const AVCodec& encoder, std::string_view name, const char* words,
                int& index) const {
        if ((file->oformat->flags & AVFMT_GLOBALHEADER) != 0) context.flags |= AV_CODEC_FLAG_GLOBAL_HEADER;
        AVDictionary* dictionary = nullptr;
        av_dict_parse_string(&dictionary, words, "=", ":", 0);
        const int opened = avcodec_open2(&context, &encoder, &dictionary);
        av_dict_free(&dictionary);
        if (opened < 0) return encoder_failed(name, opened);
        AVStream* stream = avformat_new_stream(file.get(), nullptr);
        stream->time_base = context.time_base;
        if (context.codec_type == AVMEDIA_TYPE_VIDEO) stream->avg_frame_rate = context.framerate;
        avcodec_parameters_from_context(stream->codecpar, &context);
        index = stream->index;
        return {};
    }

    Status open_file(const Container& container) {
        if (const int made = avio_open(&file->pb, options.path.c_str(), AVIO_FLAG_WRITE); made < 0)
            return bad_file(options.path, made);
        file->flags |= AVFMT_FLAG_FLUSH_PACKETS;
        file->max_interleave_delta = longest_wait_us;
        AVDictionary* dictionary = nullptr;
        av_dict_parse_string(&dictionary, container.options, "=", ":", 0);
        const int written = avformat_write_header(file.get(), &dictionary);
        av_dict_free(&dictionary);
        if (written < 0) return bad_file(options.path, written);
        header = true;
        return {};
    }

    // Gives a frame (null: the end) to an encoder, and what comes out to the file.
    Status encode(AVCodecContext& context, const AVFrame* frame, int stream) {
        if (const int sent = avcodec_send_frame(&context, frame); sent < 0 && sent != AVERROR_EOF)
            return encoder_failed(context.codec->name, sent);
        for (;;) {
            const int got = avcodec_receive_packet(&context, packet.get());
            if (got == AVERROR(EAGAIN) || got == AVERROR_EOF) return {};
            if (got < 0) return encoder_failed(context.codec->name, got);
            packet->stream_index = stream;
            av_packet_rescale_ts(packet.get(), context.time_base, file->streams[stream]->time_base);
            if (const int written = av_interleaved_write_frame(file.get(), packet.get()); written < 0)
                return bad_file(options.path, written);
            if (file->pb->error < 0) return bad_file(options.path, file->pb->error);
        }
    }

    Status encode_piece(int count) {
        samples->nb_samples = count;
        samples->format = sound->sample_fmt;
        samples->sample_rate = sound_rate_hz;
        av_channel_layout_copy(&samples->ch_layout, &sound->ch_layout);
        if (const int got = av_frame_get_buffer(samples.get(), 0); got < 0) return encoder_failed("sound", got);
        if (sound->sample_fmt == AV_SAMPLE_FMT_FLTP) {
            auto* left = reinterpret_cast<float*>(samples->data[0]);
            auto* right = reinterpret_cast<float*>(samples->data[1]);
            for (int i = 0; i < count; ++i) {
                left[i] = waiting[static_cast<std::size_t>(i)].left;
                right[i] = waiting[static_cast<std::size_t>(i)].right;
            }
        } else {
            auto* both = reinterpret_cast<std::int16_t*>(samples->data[0]);
            const auto whole = [](float f) { return static_cast<std::int16_t>(std::clamp(f, -1.0F, 1.0F) * 32767.0F); };
            for (int i = 0; i < count; ++i) {
                both[2 * i] = whole(waiting[static_cast<std::size_t>(i)].left);
                both[2 * i + 1] = whole(waiting[static_cast<std::size_t>(i)].right);
            }
        }
        samples->pts = waiting_first;
        waiting.erase(waiting.begin(), waiting.begin() + count);
        waiting_first += count;
        auto done = encode(*sound, samples.get(), sound_stream);
        av_frame_unref(samples.get());
        return done;
    }
};

FilmFile::FilmFile(std::unique_ptr<State> state) : state_(std::move(state)) {}
FilmFile::~FilmFile() { (void)finish(); }

Result<std::unique_ptr<FilmFile>> FilmFile::open(const FilmFileOptions& options) {
    const auto codec = std::find_if(video_codecs.begin(), video_codecs.end(),
                                    [&](const VideoCodec& c) { return c.name == options.codec; });
    const auto container = std::find_if(containers.begin(), containers.end(),
                                        [&](const Container& c) { return c.name == options.container; });
    if (codec == video_codecs.end() || container == containers.end())
        return Error{"unknown_codec", fmt::format("Nothing is known of {} in {}.", options.codec, options.container)};
    av_log_set_level(AV_LOG_WARNING);  // encoders like to tell of themselves
    auto state = std::make_unique<State>(options);
    AVFormatContext* file = nullptr;
    if (const int made = avformat_alloc_output_context2(&file, nullptr, container->muxer, options.path.c_str());
        made < 0)
        return bad_file(options.path, made);
    state->file.reset(file);
    TRIBUNE_CHECK(state->open_video(*codec));
    TRIBUNE_CHECK(state->open_sound(*codec));
    TRIBUNE_CHECK(state->open_file(*container));
    return std::unique_ptr<FilmFile>(new FilmFile(std::move(state)));
}

Status FilmFile::video(const VideoFrame& frame, std::int64_t index) {
    auto& s = *state_;
    if (frame.format != PixelFormat::bgra || frame.size != s.options.size)
        return Error{"bad_frame", "The picture has another size than its recording."};
    if (!s.scaler) {
        s.scaler.reset(sws_getContext(s.video->width, s.video->height, AV_PIX_FMT_BGR0, s.video->width, s.video->height,
                                      s.video->pix_fmt, SWS_POINT, nullptr, nullptr, nullptr));
        const int* bt709 = sws_getCoefficients(SWS_CS_ITU709);
        sws_setColorspaceDetails(s.scaler.get(), bt709, 1, bt709, 0, 0, 1 << 16, 1 << 16);
    }
    s.picture->width = s.video->width;
    s.picture->height = s.video->height;
    s.picture->format = s.video->pix_fmt;
    // A new buffer where the encoder still has the last one.
    if (const int got = av_frame_get_buffer(s.picture.get(), 0); got < 0) return encoder_failed("video", got);
    const std::array<const std::uint8_t*, 4> from{frame.planes[0].data};
    const std::array<int, 4> strides{frame.planes[0].stride};
    sws_scale(s.scaler.get(), from.data(), strides.data(), 0, s.video->height, s.picture->data, s.picture->linesize);
    s.picture->pts = index;
    auto done = s.encode(*s.video, s.picture.get(), s.video_stream);
    av_frame_unref(s.picture.get());
    if (done) ++s.frames;
    return done;
}

Status FilmFile::sound(std::span<const StereoSample> samples, std::int64_t first) {
    auto& s = *state_;
    if (s.waiting.empty()) s.waiting_first = first;
    s.waiting.insert(s.waiting.end(), samples.begin(), samples.end());
    while (s.waiting.size() >= sound_piece) TRIBUNE_CHECK(s.encode_piece(sound_piece));
    return {};
}

Status FilmFile::finish() {
    auto& s = *state_;
    if (s.finished || !s.header) return {};
    s.finished = true;
    if (!s.waiting.empty()) TRIBUNE_CHECK(s.encode_piece(static_cast<int>(s.waiting.size())));
    TRIBUNE_CHECK(s.encode(*s.video, nullptr, s.video_stream));
    TRIBUNE_CHECK(s.encode(*s.sound, nullptr, s.sound_stream));
    if (const int written = av_write_trailer(s.file.get()); written < 0) return bad_file(s.options.path, written);
    return {};
}

std::uint64_t FilmFile::bytes() const {
    return static_cast<std::uint64_t>(std::max<std::int64_t>(0, avio_tell(state_->file->pb)));
}
std::uint64_t FilmFile::frames() const { return state_->frames; }

}  // namespace tribune
