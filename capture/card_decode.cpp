#include "capture/card_decode.hpp"

extern "C" {
#include <libavutil/hwcontext.h>
#include <libavutil/pixdesc.h>
}

#include <algorithm>
#include <array>
#include <filesystem>
#include <string>

#include "base/source_faults.hpp"
#include "capture/av_error.hpp"

namespace tribune {
namespace {

struct CardKind {
    AVHWDeviceType type;
    const char* device_file;  // without it FFmpeg need not be asked, which would complain
    bool maps_much;
};
constexpr std::array card_kinds{
    CardKind{AV_HWDEVICE_TYPE_VAAPI, "/dev/dri/renderD128", false},
    CardKind{AV_HWDEVICE_TYPE_CUDA, "/dev/nvidiactl", true},
};

bool is_here(const CardKind& kind) {
    std::error_code ignored;
    return std::filesystem::exists(kind.device_file, ignored);
}

// The form of its pictures on such a card; none: that card does not know this codec.
AVPixelFormat form_on(AVHWDeviceType type, const AVCodec& codec) {
    for (int i = 0;; ++i) {
        const AVCodecHWConfig* config = avcodec_get_hw_config(&codec, i);
        if (config == nullptr) return AV_PIX_FMT_NONE;
        if (config->device_type == type && (config->methods & AV_CODEC_HW_CONFIG_METHOD_HW_DEVICE_CTX) != 0)
            return config->pix_fmt;
    }
}

AVHWDeviceType type_of(const AVCodecContext& context) {
    return reinterpret_cast<const AVHWDeviceContext*>(context.hw_device_ctx->data)->type;
}

// FFmpeg lists what it could make, the card's form only while the card can.
AVPixelFormat choose_form(AVCodecContext* context, const AVPixelFormat* offered) {
    const AVPixelFormat wanted = form_on(type_of(*context), *context->codec);
    for (const auto* form = offered; *form != AV_PIX_FMT_NONE; ++form) {
        if (*form == wanted) return wanted;
    }
    return avcodec_default_get_format(context, offered);
}

}  // namespace

bool card_maps_much() {
    return std::ranges::any_of(card_kinds, [](const CardKind& kind) { return kind.maps_much && is_here(kind); });
}

bool decode_on_card(AVCodecContext& context) {
    for (const auto& kind : card_kinds) {
        if (!is_here(kind) || form_on(kind.type, *context.codec) == AV_PIX_FMT_NONE) continue;
        AVBufferRef* device = nullptr;
        if (av_hwdevice_ctx_create(&device, kind.type, nullptr, nullptr, 0) < 0) continue;
        context.hw_device_ctx = device;  // the decoder's now
        context.get_format = choose_form;
        return true;
    }
    return false;
}

const char* card_of(const AVCodecContext& context) {
    const bool used = context.hw_device_ctx != nullptr && context.pix_fmt == form_on(type_of(context), *context.codec);
    return used ? av_hwdevice_get_type_name(type_of(context)) : nullptr;
}

bool on_card(const AVFrame& frame) {
    const auto* form = av_pix_fmt_desc_get(static_cast<AVPixelFormat>(frame.format));
    return form != nullptr && (form->flags & AV_PIX_FMT_FLAG_HWACCEL) != 0;
}

Status fetch(const AVFrame& from_card, AVFrame& into) {
    av_frame_unref(&into);
    int n = av_hwframe_transfer_data(&into, &from_card, 0);
    if (n >= 0) n = av_frame_copy_props(&into, &from_card);
    if (n == AVERROR(ENOMEM)) return av_error(n);
    if (n < 0) return fault("card_failed");
    return {};
}

}  // namespace tribune
