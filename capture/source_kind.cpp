#include "capture/source_kind.hpp"

#include <array>

#include "base/source_faults.hpp"

namespace tribune {
namespace {

// By content: no playlist or script format that could name other files.
constexpr const char* file_demuxers =
    "mov,matroska,mpegts,mpeg,avi,flv,ogg,asf,mxf,gif,apng,h264,hevc,m4v,mpegvideo,ivf,nut,dv,mjpeg,yuv4mpegpipe,"
    "wav,mp3,aac,flac,png_pipe,jpeg_pipe,webp_pipe,bmp_pipe,tiff_pipe,gif_pipe,pgm_pipe,ppm_pipe,qoi_pipe";
constexpr const char* http_demuxers =
    "mov,matroska,mpegts,mpeg,avi,flv,ogg,gif,h264,hevc,mjpeg,mpjpeg,hls,mp3,aac,png_pipe,jpeg_pipe,webp_pipe,bmp_pipe";

// Times are in microseconds. They are a second line: the interrupt callback is the first.
constexpr std::array rtsp_options{KindOption{"rtsp_transport", "tcp"}, KindOption{"timeout", "5000000"}};
constexpr std::array srt_options{KindOption{"timeout", "5000000"}, KindOption{"connect_timeout", "3000"}};
constexpr std::array rtmp_options{KindOption{"rw_timeout", "5000000"}};
constexpr std::array udp_options{KindOption{"overrun_nonfatal", "1"}, KindOption{"fifo_size", "65536"}};
constexpr std::array http_options{KindOption{"rw_timeout", "5000000"}};

constexpr std::array kinds{
    SourceKind{.prefix = "rtsp://",
               .protocols = "rtsp,tcp",
               .demuxers = "rtsp,mpegts",
               .waits = true,
               .options = rtsp_options},
    SourceKind{.prefix = "rtsps://",
               .protocols = "rtsps,tls,tcp",
               .demuxers = "rtsp,mpegts",
               .waits = true,
               .options = rtsp_options},
    SourceKind{.prefix = "srt://",
               .protocols = "srt",
               .demuxers = "mpegts,flv,matroska",
               .waits = true,
               .options = srt_options},
    SourceKind{.prefix = "rtmp://", .protocols = "rtmp,tcp", .demuxers = "flv", .waits = true, .options = rtmp_options},
    SourceKind{
        .prefix = "rtmps://", .protocols = "rtmps,tls,tcp", .demuxers = "flv", .waits = true, .options = rtmp_options},
    SourceKind{.prefix = "udp://",
               .demuxer = "mpegts",
               .protocols = "udp",
               .demuxers = "mpegts",
               .waits = true,
               .options = udp_options},
    SourceKind{.prefix = "tcp://", .protocols = "tcp", .demuxers = "mpegts,flv,matroska,h264", .waits = true},
    SourceKind{.prefix = "http://",
               .protocols = "http,tcp",
               .demuxers = http_demuxers,
               .sniff = true,
               .waits = true,
               .options = http_options},
    SourceKind{.prefix = "https://",
               .protocols = "https,tls,tcp",
               .demuxers = http_demuxers,
               .sniff = true,
               .waits = true,
               .options = http_options},
    SourceKind{
        .prefix = "/dev/video", .demuxer = "video4linux2", .demuxers = "video4linux2", .waits = true, .polled = true},
    SourceKind{.prefix = "lavfi:", .keep_prefix = false, .demuxer = "lavfi", .demuxers = "lavfi"},
    SourceKind{
        .prefix = "file://", .keep_prefix = false, .protocols = "file", .demuxers = file_demuxers, .sniff = true},
    SourceKind{.prefix = "", .protocols = "file", .demuxers = file_demuxers, .sniff = true},
};

bool has_scheme(std::string_view url) { return url.find("://") != std::string_view::npos; }

}  // namespace

Result<const SourceKind*> source_kind(const SourceConfig& config) {
    const std::string_view url = config.url;
    for (const auto& kind : kinds) {
        if (!url.starts_with(kind.prefix) || (kind.prefix.empty() && has_scheme(url))) continue;
        // These filters open files of their own, past every list above.
        if (kind.prefix == "lavfi:" && url.find("movie") != std::string_view::npos) {
            return fault("pattern_reads_files");
        }
        return &kind;
    }
    return fault("refused_protocol");
}

}  // namespace tribune
