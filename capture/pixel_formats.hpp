// FFmpeg's pixel formats and colour tags in ours.
#pragma once

extern "C" {
#include <libavutil/frame.h>
#include <libavutil/pixfmt.h>
}

#include <optional>

#include "link/frame_ring.hpp"

namespace tribune {

// The format that holds these samples as they are; none when they must be converted.
std::optional<PixelFormat> same_format(int av_format);

// What to convert to: i420, or bgra for pictures with an alpha channel.
PixelFormat conversion_target(int av_format);
AVPixelFormat to_av(PixelFormat format);

bool is_rgb(int av_format);

// As tagged; untagged pictures are BT.709 from 720 lines or 1,280 columns up, BT.601 below.
ColourMatrix matrix_of(const AVFrame& frame);
ColourRange range_of(const AVFrame& frame);

}  // namespace tribune
