// Owners for what FFmpeg gives us, and its times in ours.
#pragma once

extern "C" {
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <libswresample/swresample.h>
#include <libswscale/swscale.h>
}

#include <memory>
#include <string>

#include "base/time.hpp"

namespace tribune {

inline Nanoseconds to_nanoseconds(std::int64_t t, AVRational base) {
    return Nanoseconds{av_rescale_q(t, base, AVRational{1, 1'000'000'000})};
}

struct AvDelete {
    void operator()(AVFrame* p) const { av_frame_free(&p); }
    void operator()(AVPacket* p) const { av_packet_free(&p); }
    void operator()(AVCodecContext* p) const { avcodec_free_context(&p); }
    void operator()(AVFormatContext* p) const { avformat_close_input(&p); }
    void operator()(AVIOContext* p) const { avio_closep(&p); }
    void operator()(SwsContext* p) const { sws_freeContext(p); }
    void operator()(SwrContext* p) const { swr_free(&p); }
};
template <class T>
using Av = std::unique_ptr<T, AvDelete>;

class AvOptions {
  public:
    AvOptions() = default;
    AvOptions(const AvOptions&) = delete;
    AvOptions& operator=(const AvOptions&) = delete;
    ~AvOptions() { av_dict_free(&dict_); }

    void set(const char* key, const std::string& value) { av_dict_set(&dict_, key, value.c_str(), 0); }
    AVDictionary** out() { return &dict_; }
    [[nodiscard]] const AVDictionary* get() const { return dict_; }

  private:
    AVDictionary* dict_ = nullptr;
};

}  // namespace tribune
