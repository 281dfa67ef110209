#include "plan/frame_sampling.hpp"

namespace tribune {
namespace {

// How many luma samples share a chroma sample.
Size subsampling(PixelFormat format) {
    switch (format) {
        case PixelFormat::i420:
        case PixelFormat::nv12: return {2, 2};
        case PixelFormat::i422: return {2, 1};
        case PixelFormat::i444:
        case PixelFormat::bgra: return {1, 1};
    }
    return {1, 1};
}

int up(int v, int step) { return (v + step - 1) / step; }

// [from, to) widened to multiples of `step`, inside [0, most).
void widen(int& from, int& to, int step, int most) {
    from = from / step * step;
    to = std::min(up(to, step) * step, most);
}

}  // namespace

Rect as_stored(const Rect& r, int rotation) {
    switch (rotation) {
        case 90: return {r.y, 1 - r.right(), r.height, r.width};
        case 180: return {1 - r.right(), 1 - r.bottom(), r.width, r.height};
        case 270: return {1 - r.bottom(), r.x, r.height, r.width};
        default: return r;
    }
}

FramePart frame_part(PixelFormat format, Size frame, int rotation, const Rect& crop, Size target) {
    const Rect stored = as_stored(crop, rotation);
    const double w = frame.width, h = frame.height;
    IntRect s = nearest_pixels({stored.x * w, stored.y * h, stored.width * w, stored.height * h});
    s.x0 = std::clamp(s.x0, 0, frame.width - 1);
    s.y0 = std::clamp(s.y0, 0, frame.height - 1);
    s.x1 = std::clamp(s.x1, s.x0 + 1, frame.width);
    s.y1 = std::clamp(s.y1, s.y0 + 1, frame.height);
    const bool turned = rotation == 90 || rotation == 180 || rotation == 270;
    if (!turned && s.size() == target) return {s, target, true};
    const Size step = subsampling(format);
    widen(s.x0, s.x1, step.width, frame.width);
    widen(s.y0, s.y1, step.height, frame.height);
    return {s, target, false};
}

PlanePart plane_part(PixelFormat format, const FramePart& part, int plane) {
    const IntRect& s = part.samples;
    const Size sub = subsampling(format);
    if (plane == 0 || sub == Size{1, 1}) return {s, part.target};
    const IntRect chroma{s.x0 / sub.width, s.y0 / sub.height, up(s.x1, sub.width), up(s.y1, sub.height)};
    if (part.as_stored) return {chroma, chroma.size(), sub, {s.x0 % sub.width, s.y0 % sub.height}};
    return {chroma, {up(part.target.width, 2), up(part.target.height, 2)}, {2, 2}};
}

Size next_smaller(Size size, Size wanted) {
    if (size.width >= 2 * wanted.width) size.width = up(size.width, 2);
    if (size.height >= 2 * wanted.height) size.height = up(size.height, 2);
    return size;
}

}  // namespace tribune
