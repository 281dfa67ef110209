// Frames whose every sample the test chooses.
#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "base/video_frame.hpp"

namespace tribune {

struct FrameKind {
    PixelFormat format = PixelFormat::i420;
    ColourMatrix matrix = ColourMatrix::bt709;
    ColourRange range = ColourRange::limited;
    int rotation = 0;
};

// value(plane, byte column, row). Rows are padded with 0xEE, so reading past one shows.
inline std::shared_ptr<VideoFrame> make_frame(FrameKind kind, Size size,
                                              const std::function<int(int, int, int)>& value) {
    auto frame = std::make_shared<VideoFrame>();
    frame->format = kind.format;
    frame->matrix = kind.matrix;
    frame->range = kind.range;
    frame->rotation = kind.rotation;
    frame->size = size;
    auto memory = std::make_shared<std::array<std::vector<std::uint8_t>, 3>>();
    for (std::size_t p = 0; p < 3; ++p) {
        const auto shape = plane_shape(kind.format, size, static_cast<int>(p));
        if (shape.rows == 0) continue;
        const int stride = shape.row_bytes + 13;
        auto& bytes = (*memory)[p];
        bytes.assign(static_cast<std::size_t>(stride) * static_cast<std::size_t>(shape.rows), 0xEE);
        for (int y = 0; y < shape.rows; ++y)
            for (int x = 0; x < shape.row_bytes; ++x)
                bytes[static_cast<std::size_t>(y * stride + x)] =
                    static_cast<std::uint8_t>(value(static_cast<int>(p), x, y));
        frame->planes[p] = {bytes.data(), stride};
    }
    frame->keep = memory;
    return frame;
}

// The whole frame in one Y, U, V (or B, G, R with alpha 255 for bgra).
inline std::shared_ptr<VideoFrame> make_plain_frame(FrameKind kind, Size size, int a, int b, int c) {
    return make_frame(kind, size, [=](int plane, int x, int) {
        if (kind.format == PixelFormat::bgra) return x % 4 == 0 ? a : x % 4 == 1 ? b : x % 4 == 2 ? c : 255;
        if (kind.format == PixelFormat::nv12 && plane == 1) return x % 2 == 0 ? b : c;
        return plane == 0 ? a : plane == 1 ? b : c;
    });
}

}  // namespace tribune
