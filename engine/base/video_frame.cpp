#include "base/video_frame.hpp"

namespace tribune {

PlaneShape plane_shape(PixelFormat format, Size size, int plane) {
    const int half_width = (size.width + 1) / 2;
    const int half_height = (size.height + 1) / 2;
    if (plane < 0 || plane > 2) return {};
    switch (format) {
        case PixelFormat::i420:
            return plane == 0 ? PlaneShape{size.height, size.width} : PlaneShape{half_height, half_width};
        case PixelFormat::i422:
            return plane == 0 ? PlaneShape{size.height, size.width} : PlaneShape{size.height, half_width};
        case PixelFormat::i444: return {size.height, size.width};
        case PixelFormat::nv12:
            if (plane == 0) return {size.height, size.width};
            return plane == 1 ? PlaneShape{half_height, half_width * 2} : PlaneShape{};
        case PixelFormat::bgra: return plane == 0 ? PlaneShape{size.height, size.width * 4} : PlaneShape{};
    }
    return {};
}

}  // namespace tribune
