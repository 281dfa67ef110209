#include "cpu/plane_scaler.hpp"

#include <libyuv.h>
#include <libyuv/cpu_id.h>
#include <libyuv/scale_row.h>

#include <cstring>

#include "plan/frame_sampling.hpp"

namespace tribune {
namespace {

libyuv::RotationMode turn(int rotation) {
    switch (rotation) {
        case 90: return libyuv::kRotate90;
        case 180: return libyuv::kRotate180;
        case 270: return libyuv::kRotate270;
        default: return libyuv::kRotate0;
    }
}

// The window of an upright plane as it lies in a plane that is turned to be upright.
IntRect window_in_store(const IntRect& w, Size upright, int rotation) {
    switch (rotation) {
        case 90: return {w.y0, upright.width - w.x1, w.y1, upright.width - w.x0};
        case 180: return {upright.width - w.x1, upright.height - w.y1, upright.width - w.x0, upright.height - w.y0};
        case 270: return {upright.height - w.y1, w.x0, upright.height - w.y0, w.x1};
        default: return w;
    }
}

std::uint8_t* room_for(std::vector<std::uint8_t>& memory, Size size) {
    memory.resize(static_cast<std::size_t>(size.width) * static_cast<std::size_t>(size.height));
    return memory.data();
}

const std::uint8_t* row_of(const Plane& plane, int y) {
    return plane.data + static_cast<std::ptrdiff_t>(y) * plane.stride;
}

// Where sample `i` of `to` lies among `from`: the first of two neighbours and the second's share of 256.
struct Between {
    int first = 0;
    int share = 0;
};
Between between(int i, int from, int to) {
    const double at = std::clamp((i + 0.5) * from / to - 0.5, 0.0, from - 1.0);
    const int steps = static_cast<int>(at * 256 + 0.5);
    return {steps / 256, steps % 256};
}

void mix_rows(const Plane& source, int height, Between at, int width, std::uint8_t* out) {
    const auto* upper = row_of(source, at.first);
    const auto* lower = row_of(source, std::min(at.first + 1, height - 1));
    libyuv::InterpolatePlane(upper, 0, lower, 0, out, 0, width, 1, at.share);
}

// libyuv's row, with places in 1/65536 of a sample; the fast one has but 128 steps between two samples.
void filter_columns(std::uint8_t* out, const std::uint8_t* row, int count, int at, int step) {
#if defined(HAS_SCALEFILTERCOLS_SSSE3)
    if (libyuv::TestCpuFlag(libyuv::kCpuHasSSSE3) != 0) {
        constexpr int half_a_step = 65536 / 128 / 2;
        return libyuv::ScaleFilterCols_SSSE3(out, row, count, at + half_a_step, step);
    }
#endif
    libyuv::ScaleFilterCols_C(out, row, count, at, step);
}

}  // namespace

// The stretch [x0, x1) of a row that is `to` long, from one that is `from` long and lies behind one free sample.
void PlaneScaler::stretch(std::uint8_t* padded, int from, int to, int x0, int x1, std::uint8_t* out) const {
    padded[0] = padded[1];
    padded[from + 1] = padded[from + 2] = padded[from];
    constexpr int most = 256;  // steps are rounded: begin anew before that shows
    const auto step = static_cast<int>((static_cast<std::int64_t>(from) * 65536 + to / 2) / to);
    for (int x = x0; x < x1; x += most) {
        const double at = (x + 0.5) * from / to + 0.5;
        const auto whole = static_cast<int>(at);
        filter_columns(out, padded + whole, std::min(most, x1 - x), static_cast<int>((at - whole) * 65536), step);
        out += most;
    }
}

void PlaneScaler::resize_rows_first(const Plane& source, Size from, Size to, const IntRect& window, std::uint8_t* out) {
    std::uint8_t* row = room_for(row_, {from.width + 3, 1});
    for (int y = window.y0; y < window.y1; ++y, out += window.width()) {
        mix_rows(source, from.height, between(y, from.height, to.height), from.width, row + 1);
        stretch(row, from.width, to.width, window.x0, window.x1, out);
    }
}

// Fewer rows come in than go out: each is stretched once.
void PlaneScaler::resize_columns_first(const Plane& source, Size from, Size to, const IntRect& window,
                                       std::uint8_t* out) {
    const int width = window.width();
    std::uint8_t* row = room_for(row_, {from.width + 3, 1});
    std::array<int, 2> held{-1, -1};  // which rows are stretched
    const auto stretched = [&](int y) {
        const auto at = static_cast<std::size_t>(y & 1);
        if (held[at] != y) {
            std::memcpy(row + 1, row_of(source, y), static_cast<std::size_t>(from.width));
            stretch(row, from.width, to.width, window.x0, window.x1, room_for(stretched_[at], {width, 1}));
            held[at] = y;
        }
        return stretched_[at].data();
    };
    for (int y = window.y0; y < window.y1; ++y, out += width) {
        const Between at = between(y, from.height, to.height);
        const auto* upper = stretched(at.first);
        const auto* lower = at.share == 0 ? upper : stretched(at.first + 1);
        libyuv::InterpolatePlane(upper, 0, lower, 0, out, 0, width, 1, at.share);
    }
}

void PlaneScaler::resize(const Plane& source, Size from, Size to, const IntRect& window, std::uint8_t* out) {
    const int width = window.width();
    const bool whole = window == IntRect{0, 0, to.width, to.height};
    if (from.width == to.width) {
        const Plane shifted{source.data + window.x0, source.stride};
        if (from.height == to.height)
            return libyuv::CopyPlane(row_of(shifted, window.y0), source.stride, out, width, width, window.height());
        for (int y = window.y0; y < window.y1; ++y, out += width)
            mix_rows(shifted, from.height, between(y, from.height, to.height), width, out);
    } else if (whole && from.width == 2 * to.width && from.height == 2 * to.height) {
        libyuv::ScalePlane(source.data, source.stride, from.width, from.height, out, width, to.width, to.height,
                           libyuv::kFilterBox);  // the mean of four, which is the bilinear sample
    } else if (three_quarters(from, to)) {
        std::uint8_t* all = whole ? out : room_for(quarters_, to);
        libyuv::ScalePlane(source.data, source.stride, from.width, from.height, all, to.width, to.width, to.height,
                           libyuv::kFilterBox);  // of this step it has rows ten times as fast as any
        if (!whole)
            libyuv::CopyPlane(row_of({all, to.width}, window.y0) + window.x0, to.width, out, width, width,
                              window.height());
    } else if (from.height < to.height) {
        resize_columns_first(source, from, to, window, out);
    } else {
        resize_rows_first(source, from, to, window, out);
    }
}

// A step of several: rounded once, since half of all means end in a half and the errors would add up.
void PlaneScaler::halve(const Plane& source, Size from, Size to, std::uint8_t* out) {
    if (from.width == 2 * to.width && from.height == 2 * to.height)
        return resize(source, from, to, {0, 0, to.width, to.height}, out);
    std::vector<Between> columns;
    for (int x = 0; x < to.width; ++x) columns.push_back(between(x, from.width, to.width));
    const auto width = static_cast<std::size_t>(from.width);
    mixed_.resize(width + 1);
    for (int y = 0; y < to.height; ++y) {
        const Between at = between(y, from.height, to.height);
        const auto* upper = row_of(source, at.first);
        const auto* lower = row_of(source, std::min(at.first + 1, from.height - 1));
        for (std::size_t x = 0; x < width; ++x)
            mixed_[x] = static_cast<std::uint16_t>(upper[x] * (256 - at.share) + lower[x] * at.share);
        mixed_[width] = mixed_[width - 1];
        for (const auto& c : columns) {
            const auto* left = mixed_.data() + c.first;
            *out++ = static_cast<std::uint8_t>((left[0] * (256 - c.share) + left[1] * c.share + 32768) >> 16);
        }
    }
}

void PlaneScaler::shrink(PlaneJob& job, Size stored) {
    for (std::size_t i = 0;; i ^= 1) {
        const Size next = next_smaller(job.part, stored);
        if (next == job.part || next == stored) return;  // the last step is the same
        std::uint8_t* out = room_for(halves_[i], next);
        halve(job.source, job.part, next, out);
        job.source = {out, next.width};
        job.part = next;
    }
}

void PlaneScaler::scale(PlaneJob job, int rotation) {
    const bool lying = lies_on_its_side(rotation);
    const Size stored = lying ? Size{job.target.height, job.target.width} : job.target;
    shrink(job, stored);
    const IntRect window = window_in_store(job.window, job.target, rotation);
    if (rotation == 0) return resize(job.source, job.part, stored, window, job.out);
    // Turned after scaling down: fewer samples move.
    if (stored == job.part) {
        job.source.data = row_of(job.source, window.y0) + window.x0;
    } else {
        std::uint8_t* out = room_for(lying_, window.size());
        resize(job.source, job.part, stored, window, out);
        job.source = {out, window.width()};
    }
    libyuv::RotatePlane(job.source.data, job.source.stride, job.out, job.window.width(), window.width(),
                        window.height(), turn(rotation));
}

}  // namespace tribune
