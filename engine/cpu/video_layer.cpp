#include "cpu/video_layer.hpp"

#include <libyuv.h>

#include <cmath>

#include "cpu/blend.hpp"

namespace tribune {
namespace {

// A part shown far larger than the picture is first cut to what can be seen: never scale more than needed twice over.
void cut_to_picture(Rect& place, Rect& crop, Size picture) {
    const Rect seen{-picture.width / 2.0, -picture.height / 2.0, picture.width * 2.0, picture.height * 2.0};
    if (place.width > seen.width) {
        const double left = std::max(place.x, seen.x);
        const double right = std::min(place.right(), seen.right());
        crop = {crop.x + crop.width * (left - place.x) / place.width, crop.y, crop.width * (right - left) / place.width,
                crop.height};
        place = {left, place.y, right - left, place.height};
    }
    if (place.height > seen.height) {
        const double top = std::max(place.y, seen.y);
        const double bottom = std::min(place.bottom(), seen.bottom());
        crop = {crop.x, crop.y + crop.height * (top - place.y) / place.height, crop.width,
                crop.height * (bottom - top) / place.height};
        place = {place.x, top, place.width, bottom - top};
    }
}

}  // namespace

Result<std::unique_ptr<Layer>> VideoLayer::make(const VideoItem& item, Size picture, FrameScaler& scaler, Alpha alpha) {
    Rect place = item.place;
    Rect crop = item.crop;
    const int opacity = static_cast<int>(std::lround(std::clamp(item.opacity, 0.0F, 1.0F) * 256.0F));
    const bool outside = nearest_pixels(place).empty() || crop.width <= 0 || crop.height <= 0 ||
                         intersection(nearest_pixels(place), {0, 0, picture.width, picture.height}).empty();
    if (!item.frame || opacity == 0 || outside) return std::unique_ptr<Layer>{};
    cut_to_picture(place, crop, picture);
    const IntRect pixels = nearest_pixels(place);
    TRIBUNE_TRY(auto planes, scaler.prepare(item.frame, crop, pixels.size(), alpha));
    return std::unique_ptr<Layer>(std::make_unique<VideoLayer>(planes, pixels, item.corner_radius, opacity));
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
