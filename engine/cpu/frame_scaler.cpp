#include "cpu/frame_scaler.hpp"

#include <fmt/format.h>
#include <libyuv.h>
#include <libyuv/row.h>

#include <cmath>

#include "plan/frame_sampling.hpp"

namespace tribune {
namespace {

const std::uint8_t* at(const Plane& plane, int x_bytes, int y) {
    return plane.data + static_cast<std::ptrdiff_t>(y) * plane.stride + x_bytes;
}

// What is wanted of a frame.
struct Wanted {
    std::shared_ptr<const VideoFrame> frame;
    FramePart part;
    IntRect window;
    Alpha alpha = Alpha::straight;
};

// One plane of it; the source's first sample is the plane's, or the part's when told so.
PlaneJob plane_job(const Wanted& wanted, int plane, Plane source, bool from_part, std::uint8_t* out) {
    const PlanePart p = plane_part(wanted.frame->format, wanted.part, plane);
    if (!from_part) source.data = at(source, p.samples.x0, p.samples.y0);
    const IntRect& w = wanted.window;
    const IntRect window{w.x0 / p.cell.width, w.y0 / p.cell.height, (w.x1 + p.cell.width - 1) / p.cell.width,
                         (w.y1 + p.cell.height - 1) / p.cell.height};
    return {source, p.samples.size(), p.grid, window, out};
}

std::size_t samples_of(Size s) { return static_cast<std::size_t>(s.width) * static_cast<std::size_t>(s.height); }

// Colour times alpha first, so that what is transparent lends no colour; then plane by plane, since libyuv's
// own scaler of packed pixels darkens.
void scale_bgra(const Wanted& wanted, std::uint8_t* out, PlaneScaler& scaler) {
    const IntRect& samples = wanted.part.samples;
    const auto before = samples_of(samples.size()), after = samples_of(wanted.window.size());
    const bool straight = wanted.alpha == Alpha::straight, opaque = wanted.alpha == Alpha::opaque;
    std::vector<std::uint8_t> work(before * (straight ? 8 : 4) + after * 4);
    const auto split = [&](std::size_t i) { return work.data() + before * i; };
    const auto scaled = [&](std::size_t i) { return work.data() + before * 4 + after * i; };
    const int w = samples.width(), h = samples.height();
    Plane source = wanted.frame->planes[0];
    source.data = at(source, samples.x0 * 4, samples.y0);
    if (straight) {
        std::uint8_t* packed = work.data() + before * 4 + after * 4;
        libyuv::ARGBAttenuate(source.data, source.stride, packed, w * 4, w, h);
        source = {packed, w * 4};
    }
    libyuv::SplitARGBPlane(source.data, source.stride, split(2), w, split(1), w, split(0), w,
                           opaque ? nullptr : split(3), w, w, h);
    for (std::size_t i = 0; i < (opaque ? 3 : 4); ++i)
        scaler.scale(plane_job(wanted, 0, {split(i), w}, true, scaled(i)), wanted.frame->rotation);
    const int n = wanted.window.width();
    libyuv::MergeARGBPlane(scaled(2), n, scaled(1), n, scaled(0), n, opaque ? nullptr : scaled(3), n, out, n * 4, n,
                           wanted.window.height());
}

void scale_luma(const Wanted& wanted, std::uint8_t* out, PlaneScaler& scaler) {
    scaler.scale(plane_job(wanted, 0, wanted.frame->planes[0], false, out), wanted.frame->rotation);
}

void scale_chroma(const Wanted& wanted, std::uint8_t* u, std::uint8_t* v, PlaneScaler& scaler) {
    const VideoFrame& f = *wanted.frame;
    std::vector<std::uint8_t> split;
    std::array<Plane, 2> sources{f.planes[1], f.planes[2]};
    const bool packed = f.format == PixelFormat::nv12;
    if (packed) {
        const IntRect samples = plane_part(f.format, wanted.part, 1).samples;
        const int w = samples.width();
        split.resize(samples_of(samples.size()) * 2);
        sources = {Plane{split.data(), w}, Plane{split.data() + samples_of(samples.size()), w}};
        libyuv::SplitUVPlane(at(f.planes[1], samples.x0 * 2, samples.y0), f.planes[1].stride, split.data(), w,
                             split.data() + samples_of(samples.size()), w, w, samples.height());
    }
    scaler.scale(plane_job(wanted, 1, sources[0], packed, u), f.rotation);
    scaler.scale(plane_job(wanted, 2, sources[1], packed, v), f.rotation);
}

Status check(const VideoFrame& frame) {
    bool good = !frame.size.empty() && frame.rotation % 90 == 0 && frame.rotation >= 0 && frame.rotation < 360;
    for (int p = 0; p < 3; ++p) {
        const auto shape = plane_shape(frame.format, frame.size, p);
        const auto& plane = frame.planes[static_cast<std::size_t>(p)];
        if (shape.rows > 0) good = good && plane.data != nullptr && plane.stride >= shape.row_bytes;
    }
    if (good) return {};
    return Error{"bad_frame", fmt::format("A source gave a frame that cannot be drawn ({}×{}, turned by {}°).",
                                          frame.size.width, frame.size.height, frame.rotation)};
}

}  // namespace

Result<UprightPlanes> FrameScaler::prepare(const std::shared_ptr<const VideoFrame>& frame, const Rect& crop,
                                           Size target, const IntRect& window, Alpha alpha) {
    const VideoFrame& f = *frame;
    TRIBUNE_CHECK(check(f));
    if (f.format != PixelFormat::bgra) alpha = Alpha::opaque;
    const FramePart part = frame_part(f.format, f.size, f.rotation, crop, target);
    if (part.as_stored)
        return UprightPlanes{f.format, f.matrix, f.range, f.planes, part.samples.x0, part.samples.y0, alpha};
    for (auto& e : entries_) {
        if (e->frame == frame && e->part == part.samples && e->target == target && e->window == window) {
            e->used = true;
            return e->planes;
        }
    }

    auto entry = std::make_unique<Entry>();
    entry->frame = frame;
    entry->part = part.samples;
    entry->target = target;
    entry->window = window;
    const bool half = plane_part(f.format, part, 1).cell != Size{1, 1};
    const PixelFormat made = half ? PixelFormat::i420 : f.format;
    entry->planes = {
        made, f.matrix, f.range, {}, -window.x0, -window.y0, alpha == Alpha::straight ? Alpha::premultiplied : alpha};
    std::array<std::size_t, 3> start{};
    std::size_t bytes = 0;
    for (int p = 0; p < 3; ++p) {
        const auto shape = plane_shape(made, window.size(), p);
        start[static_cast<std::size_t>(p)] = bytes;
        bytes += (static_cast<std::size_t>(shape.rows) * static_cast<std::size_t>(shape.row_bytes) + 63) / 64 * 64;
    }
    entry->memory = take_memory(bytes);
    for (std::size_t p = 0; p < 3; ++p) {
        const auto shape = plane_shape(made, window.size(), static_cast<int>(p));
        if (shape.rows > 0) entry->planes.planes[p] = {entry->memory.data() + start[p], shape.row_bytes};
    }

    const auto out = [&](std::size_t p) { return entry->memory.data() + start[p]; };
    const Wanted wanted{frame, part, window, alpha};
    if (f.format == PixelFormat::bgra) {
        wanted_.emplace_back([wanted, to = out(0)](PlaneScaler& scaler) { scale_bgra(wanted, to, scaler); });
    } else {
        wanted_.emplace_back([wanted, to = out(0)](PlaneScaler& scaler) { scale_luma(wanted, to, scaler); });
        wanted_.emplace_back(
            [wanted, u = out(1), v = out(2)](PlaneScaler& scaler) { scale_chroma(wanted, u, v, scaler); });
    }
    ++scaled_;
    entries_.push_back(std::move(entry));
    return entries_.back()->planes;
}

void FrameScaler::scale_planes(Workers& workers) {
    workers.run(wanted_.size(), [this](std::size_t job, std::size_t worker) { wanted_[job](plane_scalers_[worker]); });
    wanted_.clear();
}

void FrameScaler::end_frame() {
    for (auto& e : entries_) {
        if (!e->used) {
            spare_.push_back(std::move(e->memory));
            e.reset();
        } else {
            e->used = false;
        }
    }
    std::erase(entries_, nullptr);
    // Enough for as many again as are in use: the next frame's.
    const auto wanted = entries_.size() * 2 + 1;
    if (spare_.size() > wanted) spare_.erase(spare_.begin(), spare_.end() - static_cast<std::ptrdiff_t>(wanted));
}

std::vector<std::uint8_t> FrameScaler::take_memory(std::size_t bytes) {
    const auto fit = std::find_if(spare_.begin(), spare_.end(), [&](const auto& m) { return m.size() == bytes; });
    if (fit == spare_.end()) return std::vector<std::uint8_t>(bytes);
    auto memory = std::move(*fit);
    spare_.erase(fit);
    return memory;
}

namespace {

#if defined(__x86_64__)
// libyuv's own tables cap blue at 2.0 × Cb, which is up to 13/255 wrong for BT.709 and 2020 in limited range.
// Same layout: 6 fractional bits for chroma, luma gain in 1/16384 of 256/257, bias with the rounding half.
libyuv::YuvConstants make_constants(ColourMatrix matrix, ColourRange range) {
    const double kr = matrix == ColourMatrix::bt601 ? 0.299 : matrix == ColourMatrix::bt709 ? 0.2126 : 0.2627;
    const double kb = matrix == ColourMatrix::bt601 ? 0.114 : matrix == ColourMatrix::bt709 ? 0.0722 : 0.0593;
    const double kg = 1 - kr - kb;
    const bool full = range == ColourRange::full;
    const double luma = full ? 1 : 255.0 / 219, chroma = 64 * (full ? 1 : 255.0 / 224);
    const auto byte = [](double v) { return static_cast<std::uint8_t>(std::lround(v)); };
    libyuv::YuvConstants k{};
    for (std::size_t i = 0; i < 32; i += 2) {  // U at even places, V at odd ones
        k.kUVToB[i] = byte(chroma * 2 * (1 - kb));
        k.kUVToG[i] = byte(chroma * 2 * kb * (1 - kb) / kg);
        k.kUVToG[i + 1] = byte(chroma * 2 * kr * (1 - kr) / kg);
        k.kUVToR[i + 1] = byte(chroma * 2 * (1 - kr));
    }
    for (std::size_t i = 0; i < 16; ++i) {
        k.kYToRgb[i] = static_cast<std::int16_t>(std::lround(luma * 64 * 256 * 256 / 257));
        k.kYBiasToRgb[i] = static_cast<std::int16_t>(std::lround(32 - (full ? 0 : 16 * luma * 64)));
    }
    return k;
}

struct alignas(64) ConstantsTable {
    std::array<libyuv::YuvConstants, 6> of{};
    ConstantsTable() {
        for (std::uint32_t i = 0; i < 6; ++i)
            of[i] = make_constants(static_cast<ColourMatrix>(i / 2 + 1), static_cast<ColourRange>(i % 2 + 1));
    }
};

const libyuv::YuvConstants& constants(ColourMatrix matrix, ColourRange range) {
    static const ConstantsTable table;
    return table.of[(static_cast<std::size_t>(matrix) - 1) * 2 + static_cast<std::size_t>(range) - 1];
}
#else
const libyuv::YuvConstants& constants(ColourMatrix matrix, ColourRange range) {
    const bool full = range == ColourRange::full;
    switch (matrix) {
        case ColourMatrix::bt601: return full ? libyuv::kYuvJPEGConstants : libyuv::kYuvI601Constants;
        case ColourMatrix::bt2020: return full ? libyuv::kYuvV2020Constants : libyuv::kYuv2020Constants;
        default: return full ? libyuv::kYuvF709Constants : libyuv::kYuvH709Constants;
    }
}
#endif

// x and y even wherever the chroma is halved.
void convert_aligned(const UprightPlanes& s, int x, int y, std::uint8_t* dst, int stride, int w, int h) {
    const auto& k = constants(s.matrix, s.range);
    const auto& p = s.planes;
    switch (s.format) {
        case PixelFormat::i420:
            libyuv::I420ToARGBMatrix(at(p[0], x, y), p[0].stride, at(p[1], x / 2, y / 2), p[1].stride,
                                     at(p[2], x / 2, y / 2), p[2].stride, dst, stride, &k, w, h);
            break;
        case PixelFormat::nv12:
            libyuv::NV12ToARGBMatrix(at(p[0], x, y), p[0].stride, at(p[1], x / 2 * 2, y / 2), p[1].stride, dst, stride,
                                     &k, w, h);
            break;
        case PixelFormat::i422:
            libyuv::I422ToARGBMatrix(at(p[0], x, y), p[0].stride, at(p[1], x / 2, y), p[1].stride, at(p[2], x / 2, y),
                                     p[2].stride, dst, stride, &k, w, h);
            break;
        case PixelFormat::i444:
            libyuv::I444ToARGBMatrix(at(p[0], x, y), p[0].stride, at(p[1], x, y), p[1].stride, at(p[2], x, y),
                                     p[2].stride, dst, stride, &k, w, h);
            break;
        case PixelFormat::bgra: libyuv::ARGBCopy(at(p[0], x * 4, y), p[0].stride, dst, stride, w, h); break;
    }
}

// libyuv pairs pixels from the first it is given: an odd first column goes alone.
void convert_columns(const UprightPlanes& s, int x, int y, std::uint8_t* dst, int stride, int w, int h) {
    if ((x & 1) != 0 && s.format != PixelFormat::i444 && s.format != PixelFormat::bgra) {
        convert_aligned(s, x, y, dst, stride, 1, h);
        ++x;
        --w;
        dst += 4;
    }
    if (w > 0) convert_aligned(s, x, y, dst, stride, w, h);
}

}  // namespace

void convert_to_bgra(const UprightPlanes& s, int x, int y, std::uint8_t* dst, int stride, int w, int h) {
    if (w <= 0 || h <= 0) return;
    x += s.x;
    y += s.y;
    if ((y & 1) != 0 && (s.format == PixelFormat::i420 || s.format == PixelFormat::nv12)) {  // so does an odd row
        convert_columns(s, x, y, dst, stride, w, 1);
        ++y;
        --h;
        dst += stride;
    }
    if (h > 0) convert_columns(s, x, y, dst, stride, w, h);
}

}  // namespace tribune
