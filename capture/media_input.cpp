#include "capture/media_input.hpp"

extern "C" {
#include <libavdevice/version_major.h>
}

#include <dlfcn.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cerrno>
#include <string>
#include <string_view>
#include <vector>

#include "base/log.hpp"
#include "base/source_faults.hpp"
#include "capture/av_error.hpp"
#include "capture/av_log.hpp"
#include "link/frame_ring.hpp"

namespace tribune {
namespace {

using namespace std::chrono_literals;

int on_interrupt(void* opaque) { return static_cast<Interrupt*>(opaque)->asked() ? 1 : 0; }

std::string address_of(const SourceConfig& config, const SourceKind& kind) {
    return kind.keep_prefix ? config.url : config.url.substr(kind.prefix.size());
}

// Whether these first bytes are text: FFmpeg would try long and then only say "invalid data".
Status look_at(std::string_view head) {
    if (head.empty()) return fault("empty_file");
    if (head.starts_with("#EXTM3U")) return {};
    std::string lower(head.substr(0, 256));
    std::transform(lower.begin(), lower.end(), lower.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    if (lower.find("<html") != std::string::npos || lower.find("<!doctype") != std::string::npos) {
        return fault("web_page");
    }
    const bool text = std::all_of(head.begin(), head.end(), [](char c) {
        const auto u = static_cast<unsigned char>(c);
        return u >= 0x20 || u == '\n' || u == '\r' || u == '\t';
    });
    // Of the formats we allow only these are text at their start.
    const bool known =
        head.starts_with("YUV4MPEG2") || head.starts_with("P2") || head.starts_with("P3") || head.starts_with("--");
    if (text && !known && head.size() >= 16) return fault("text_file");
    return {};
}

Result<Av<AVIOContext>> open_and_look(const std::string& address, const SourceKind& kind, AvOptions& options,
                                      const AVIOInterruptCB& callback) {
    AVIOContext* raw = nullptr;
    // Files are named with their protocol, so that a path with a colon in it is a path.
    const std::string url = kind.file() ? "file:" + address : address;
    const int opened = avio_open2(&raw, url.c_str(), AVIO_FLAG_READ, &callback, options.out());
    if (opened < 0) return av_error(opened);
    Av<AVIOContext> io(raw);
    std::array<unsigned char, 512> head{};
    const int n = avio_read_partial(io.get(), head.data(), static_cast<int>(head.size()));
    if (n < 0 && n != AVERROR_EOF) return av_error(n);
    std::string_view text;
    if (n > 0) text = {static_cast<const char*>(static_cast<const void*>(head.data())), static_cast<std::size_t>(n)};
    TRIBUNE_CHECK(look_at(text));
    if (const auto back = avio_seek(io.get(), 0, SEEK_SET); back < 0) return av_error(static_cast<int>(back));
    return io;
}

void warn_of_leftovers(const AvOptions& options, const SourceConfig& config) {
    const AVDictionaryEntry* e = nullptr;
    while ((e = av_dict_get(options.get(), "", e, AV_DICT_IGNORE_SUFFIX)) != nullptr) {
        log::warning("option_unused", "source {}: option {} had no effect", config.name.text, e->key);
    }
}

// FFmpeg's devices, cameras and test pictures among them. Their library is loaded when a source asks for one: fifty
// others come with it, which cost every process of the program 25 ms and 5 MB at its start.
void load_devices() {
    static const bool loaded = [] {
        const std::string name = fmt::format("libavdevice.so.{}", LIBAVDEVICE_VERSION_MAJOR);
        void* library = dlopen(name.c_str(), RTLD_NOW | RTLD_LOCAL);
        void* all = library == nullptr ? nullptr : dlsym(library, "avdevice_register_all");
        if (all == nullptr) {
            log::error("no_devices", "{}: install it, or take sources of another kind.", dlerror());
            return false;
        }
        reinterpret_cast<void (*)()>(all)();
        return true;
    }();
    static_cast<void>(loaded);
}

const AVInputFormat* demuxer_named(const std::string& name) {
    const AVInputFormat* demuxer = av_find_input_format(name.c_str());
    if (demuxer != nullptr) return demuxer;
    load_devices();
    return av_find_input_format(name.c_str());
}

Status find_streams(AVFormatContext& format, std::int64_t most_pixels) {
    std::vector<AVDictionary*> per_stream(format.nb_streams, nullptr);
    for (auto& d : per_stream) av_dict_set_int(&d, "max_pixels", most_pixels, 0);
    const int found = avformat_find_stream_info(&format, per_stream.empty() ? nullptr : per_stream.data());
    for (auto& d : per_stream) av_dict_free(&d);
    return found < 0 ? Status(av_error(found)) : Status();
}

Result<AVStream*> best_picture(AVFormatContext& format, std::int64_t most_pixels) {
    const int index = av_find_best_stream(&format, AVMEDIA_TYPE_VIDEO, -1, -1, nullptr, 0);
    const bool oversize = take_oversize_complaint();
    if (index < 0) return fault("no_video");
    AVStream* stream = format.streams[index];
    const auto& p = *stream->codecpar;
    if (std::int64_t{p.width} * p.height > most_pixels || p.width > ring_most_pixels_a_side ||
        p.height > ring_most_pixels_a_side || (p.width == 0 && oversize)) {
        return fault("too_large", fmt::format("{}", most_pixels / 1'000'000));
    }
    return stream;
}

// The one that belongs to the picture; null when there is none.
AVStream* best_sound(AVFormatContext& format, const AVStream& video) {
    const int index = av_find_best_stream(&format, AVMEDIA_TYPE_AUDIO, -1, video.index, nullptr, 0);
    return index < 0 ? nullptr : format.streams[index];
}

}  // namespace

bool Interrupt::asked() {
    if (!elsewhere_) tick_();
    return stopped() || monotonic_now().since_boot.count() >= deadline_ns_;
}

Result<MediaInput> MediaInput::open(const SourceConfig& config, const SourceKind& kind, const CaptureOptions& options,
                                    Interrupt& interrupt) {
    take_oversize_complaint();
    const AVIOInterruptCB callback{on_interrupt, &interrupt};
    const std::string address = address_of(config, kind);

    AvOptions wanted;
    for (const auto& o : kind.options) wanted.set(o.key, o.value);
    if (*kind.protocols != '\0') wanted.set("protocol_whitelist", kind.protocols);

    Av<AVIOContext> io;
    if (kind.sniff) {
        TRIBUNE_TRY(io, open_and_look(address, kind, wanted, callback));
        if (*kind.protocols != '\0') wanted.set("protocol_whitelist", kind.protocols);
    }
    wanted.set("format_whitelist", kind.demuxers);
    if (kind.polled) {
        if (!config.size.empty()) wanted.set("video_size", fmt::format("{}x{}", config.size.width, config.size.height));
        if (config.frames_per_second > 0) wanted.set("framerate", fmt::format("{}", config.frames_per_second));
    }
    if (kind.waits && !kind.polled) {
        // Just enough to know what streams there are: what is still unknown then, the first picture tells.
        wanted.set("analyzeduration", "500000");
        wanted.set("fpsprobesize", "3");
    }

    const std::string format_name = !config.format.empty()    ? config.format
                                    : kind.demuxer != nullptr ? kind.demuxer
                                                              : "";
    const AVInputFormat* demuxer = nullptr;
    if (!format_name.empty()) {
        demuxer = demuxer_named(format_name);
        if (demuxer == nullptr) return av_error(AVERROR_DEMUXER_NOT_FOUND);
    }

    AVFormatContext* raw = avformat_alloc_context();
    if (raw == nullptr) return av_error(AVERROR(ENOMEM));
    raw->interrupt_callback = callback;
    raw->pb = io.get();
    if (kind.polled) raw->flags |= AVFMT_FLAG_NONBLOCK;
    // A file's name is kept from the demuxers: nothing may be found beside it.
    const char* url = io && kind.file() ? "" : address.c_str();
    const int opened = avformat_open_input(&raw, url, demuxer, wanted.out());  // frees raw on failure
    // An unplugged device takes its node along.
    if (opened == AVERROR(ENOENT) && kind.polled) return fault("no_device");
    if (opened < 0) return av_error(opened);
    Av<AVFormatContext> format(raw);
    warn_of_leftovers(wanted, config);
    // A device has said all once it is open; to look for more would spin, without rest, until its first picture.
    if (!kind.polled) TRIBUNE_CHECK(find_streams(*format, options.most_pixels));
    TRIBUNE_TRY(AVStream * video, best_picture(*format, options.most_pixels));
    AVStream* sound = config.sound && options.pacing == Pacing::source ? best_sound(*format, *video) : nullptr;
    for (unsigned i = 0; i < format->nb_streams; ++i) {
        AVStream* stream = format->streams[i];
        stream->discard = stream == video || stream == sound ? AVDISCARD_DEFAULT : AVDISCARD_ALL;
    }
    return MediaInput(std::move(io), std::move(format), video, sound, kind);
}

Result<MediaInput::Read> MediaInput::read(AVPacket& packet) {
    const int n = av_read_frame(format_.get(), &packet);
    if (n >= 0) return Read::packet;
    if (n == AVERROR(EAGAIN)) return Read::nothing_yet;
    if (n == AVERROR_EOF) return Read::end;
    return av_error(n);
}

bool MediaInput::rewind() {
    const auto start = format_->start_time == AV_NOPTS_VALUE ? 0 : format_->start_time;
    const auto by_time = [&] { return avformat_seek_file(format_.get(), -1, INT64_MIN, start, start, 0) >= 0; };
    const auto by_byte = [&] { return avformat_seek_file(format_.get(), -1, INT64_MIN, 0, 0, AVSEEK_FLAG_BYTE) >= 0; };
    // Transport and program streams have no index: by time they are searched, and begin somewhere near the start.
    const int flags = format_->iformat->flags;
    const bool searched = (flags & AVFMT_TS_DISCONT) != 0 && (flags & (AVFMT_NOBINSEARCH | AVFMT_NO_BYTE_SEEK)) == 0;
    return searched ? by_byte() || by_time() : by_time() || by_byte();
}

double MediaInput::frames_per_second() const {
    const AVRational rate = av_guess_frame_rate(format_.get(), video_, nullptr);
    return rate.num > 0 && rate.den > 0 ? av_q2d(rate) : 0;
}

bool MediaInput::recorded() const {
    if (!kind_->waits) return true;
    const bool hls = std::string_view(format_->iformat->name).find("hls") != std::string_view::npos;
    const bool seekable = format_->pb != nullptr && (format_->pb->seekable & AVIO_SEEKABLE_NORMAL) != 0;
    return hls || (seekable && format_->duration > 0);
}

}  // namespace tribune
