#include "capture/pixel_formats.hpp"

extern "C" {
#include <libavutil/pixdesc.h>
}

#include <array>

namespace tribune {
namespace {

struct Pair {
    AVPixelFormat av;
    PixelFormat ours;
};
// The first of each of ours is the one to convert to.
constexpr std::array pairs{
    Pair{AV_PIX_FMT_YUV420P, PixelFormat::i420},  Pair{AV_PIX_FMT_YUVJ420P, PixelFormat::i420},
    Pair{AV_PIX_FMT_NV12, PixelFormat::nv12},     Pair{AV_PIX_FMT_YUV422P, PixelFormat::i422},
    Pair{AV_PIX_FMT_YUVJ422P, PixelFormat::i422}, Pair{AV_PIX_FMT_YUV444P, PixelFormat::i444},
    Pair{AV_PIX_FMT_YUVJ444P, PixelFormat::i444}, Pair{AV_PIX_FMT_BGRA, PixelFormat::bgra},
};

bool has_flag(int av_format, std::uint64_t flag) {
    const AVPixFmtDescriptor* d = av_pix_fmt_desc_get(static_cast<AVPixelFormat>(av_format));
    return d != nullptr && (d->flags & flag) != 0;
}

bool full_by_name(int av_format) {
    return av_format == AV_PIX_FMT_YUVJ420P || av_format == AV_PIX_FMT_YUVJ422P || av_format == AV_PIX_FMT_YUVJ444P;
}

}  // namespace

std::optional<PixelFormat> same_format(int av_format) {
    for (const auto& p : pairs) {
        if (p.av == av_format) return p.ours;
    }
    return std::nullopt;
}

PixelFormat conversion_target(int av_format) {
    const bool alpha = has_flag(av_format, AV_PIX_FMT_FLAG_ALPHA);
    return alpha ? PixelFormat::bgra : PixelFormat::i420;
}

AVPixelFormat to_av(PixelFormat format) {
    for (const auto& p : pairs) {
        if (p.ours == format) return p.av;
    }
    return AV_PIX_FMT_NONE;
}

bool is_rgb(int av_format) {
    return has_flag(av_format, AV_PIX_FMT_FLAG_RGB) || has_flag(av_format, AV_PIX_FMT_FLAG_PAL);
}

ColourMatrix matrix_of(const AVFrame& frame) {
    switch (frame.colorspace) {
        case AVCOL_SPC_BT709: return ColourMatrix::bt709;
        case AVCOL_SPC_BT470BG:
        case AVCOL_SPC_SMPTE170M:
        case AVCOL_SPC_FCC: return ColourMatrix::bt601;
        case AVCOL_SPC_BT2020_NCL:
        case AVCOL_SPC_BT2020_CL: return ColourMatrix::bt2020;
        default: break;
    }
    return frame.height >= 720 || frame.width >= 1280 ? ColourMatrix::bt709 : ColourMatrix::bt601;
}

ColourRange range_of(const AVFrame& frame) {
    const bool full = frame.color_range == AVCOL_RANGE_JPEG || full_by_name(frame.format) || is_rgb(frame.format);
    return full ? ColourRange::full : ColourRange::limited;
}

}  // namespace tribune
