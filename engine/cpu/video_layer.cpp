#include "cpu/video_layer.hpp"

#include <libyuv.h>

#include <cmath>

#include "cpu/blend.hpp"
#include "plan/turned_place.hpp"

namespace tribune {
Result<std::unique_ptr<DrawnLayer>> VideoLayer::make(const VideoItem& item, Size picture, FrameScaler& scaler,
                                                     Alpha alpha) {
    const int opacity = static_cast<int>(std::lround(std::clamp(item.opacity, 0.0F, 1.0F) * 256.0F));
    const IntRect place = nearest_pixels(item.place);
    const bool outside = place.empty() || item.crop.width <= 0 || item.crop.height <= 0 ||
                         intersection(place, {0, 0, picture.width, picture.height}).empty();
    if (!item.frame || opacity == 0 || outside) return std::unique_ptr<DrawnLayer>{};
    const IntRect window = shown_window(turned_place(item.place, 0), picture);
    TRIBUNE_TRY(auto planes, scaler.prepare(item.frame, item.crop, place.size(), window, alpha));
    return std::unique_ptr<DrawnLayer>(std::make_unique<VideoLayer>(planes, place, item.corner_radius, opacity));
}

IntRect VideoLayer::opaque() const {
    if (see_through()) return {};
    const int rounded = static_cast<int>(std::ceil(std::max(radius_, 0.0F)));
    return {place_.x0, place_.y0 + rounded, place_.x1, place_.y1 - rounded};
}

bool VideoLayer::in_corner_rows(int y) const {
    const float r = radius_;
    return r > 0 && (static_cast<float>(y - place_.y0) < r || static_cast<float>(place_.y1 - 1 - y) < r);
}

void VideoLayer::draw(Surface& surface, const IntRect& part, Scratch& scratch) const {
    const IntRect r = intersection(part, place_);
    if (r.empty()) return;
    for (int y = r.y0; y < r.y1;) {
        if (see_through() || in_corner_rows(y)) {
            blend(surface, r.x0, r.x1, y, scratch);
            ++y;
            continue;
        }
        const int first = y;
        while (y < r.y1 && !in_corner_rows(y)) ++y;
        convert_to_bgra(planes_, r.x0 - place_.x0, first - place_.y0, surface.at(r.x0, first), surface.stride(),
                        r.width(), y - first);
    }
}

void VideoLayer::blend(Surface& surface, int x0, int x1, int y, Scratch& scratch) const {
    const int n = x1 - x0;
    scratch.fit(n);
    auto* row = reinterpret_cast<std::uint8_t*>(scratch.pixels.data());
    std::uint8_t* dst = surface.at(x0, y);
    convert_to_bgra(planes_, x0 - place_.x0, y - place_.y0, row, n * 4, n, 1);
    const bool corner = in_corner_rows(y);
    if (!corner && planes_.alpha == Alpha::opaque) {  // one opacity for all: a mix of two rows
        libyuv::InterpolatePlane(dst, 0, row, 0, dst, 0, n * 4, 1, opacity_);
        return;
    }
    if (corner) rounded_coverage(place_, radius_, y, x0, x1, scratch.coverage.data());
    if (planes_.alpha == Alpha::straight) libyuv::ARGBAttenuate(row, 0, row, 0, n, 1);
    fade_row(scratch.pixels.data(), corner ? scratch.coverage.data() : nullptr, opacity_, n);
    blend_row(surface, x0, y, scratch.pixels.data(), n);
}

}  // namespace tribune
