#include "cpu/frame_scaler.hpp"

#include <fmt/format.h>
#include <libyuv.h>
#include <libyuv/row.h>

#include <cmath>

namespace tribune {
namespace {

const std::uint8_t* at(const Plane& plane, int x_bytes, int y) {
    return plane.data + static_cast<std::ptrdiff_t>(y) * plane.stride + x_bytes;
}

// The part of the stored (not yet turned) frame that an upright crop means.
Rect crop_in_store(const Rect& c, int rotation) {
    switch (rotation) {
        case 90: return {c.y, 1 - c.right(), c.height, c.width};
        case 180: return {1 - c.right(), 1 - c.bottom(), c.width, c.height};
        case 270: return {1 - c.bottom(), c.x, c.height, c.width};
        default: return c;
    }
}

// Whole samples, at least one, inside the frame.
IntRect samples(const Rect& crop, Size size) {
    const auto w = static_cast<double>(size.width);
    const auto h = static_cast<double>(size.height);
    IntRect r = nearest_pixels({crop.x * w, crop.y * h, crop.width * w, crop.height * h});
    r.x0 = std::clamp(r.x0, 0, size.width - 1);
    r.y0 = std::clamp(r.y0, 0, size.height - 1);
    r.x1 = std::clamp(r.x1, r.x0 + 1, size.width);
    r.y1 = std::clamp(r.y1, r.y0 + 1, size.height);
    return r;
}

// Grown to whole chroma samples, so that colour stays in step with light when a part is scaled.
IntRect even_samples(IntRect r, PixelFormat format, Size size) {
    const bool half_width = format == PixelFormat::i420 || format == PixelFormat::nv12 || format == PixelFormat::i422;
    const bool half_height = format == PixelFormat::i420 || format == PixelFormat::nv12;
    if (half_width) {
        r.x0 &= ~1;
        r.x1 = std::min((r.x1 + 1) & ~1, size.width);
    }
    if (half_height) {
        r.y0 &= ~1;
        r.y1 = std::min((r.y1 + 1) & ~1, size.height);
    }
    return r;
}

// A part of a stored frame, and the upright size that it is to have.
struct FramePart {
    std::shared_ptr<const VideoFrame> frame;
    IntRect part;
    Size target;
    Alpha alpha = Alpha::straight;

    [[nodiscard]] Size size() const { return part.size(); }
};

std::size_t samples_of(Size s) { return static_cast<std::size_t>(s.width) * static_cast<std::size_t>(s.height); }

// Colour times alpha first, so that what is transparent lends no colour; then plane by plane, since libyuv's
// own scaler of packed pixels darkens.
void scale_bgra(const FramePart& p, std::uint8_t* out, PlaneScaler& scaler) {
    const auto before = samples_of(p.size()), after = samples_of(p.target);
    const bool straight = p.alpha == Alpha::straight, opaque = p.alpha == Alpha::opaque;
    std::vector<std::uint8_t> work(before * (straight ? 8 : 4) + after * 4);
    const auto split = [&](std::size_t i) { return work.data() + before * i; };
    const auto scaled = [&](std::size_t i) { return work.data() + before * 4 + after * i; };
    const int w = p.size().width, h = p.size().height;
    Plane source = p.frame->planes[0];
    source.data = at(source, p.part.x0 * 4, p.part.y0);
    if (straight) {
        std::uint8_t* packed = work.data() + before * 4 + after * 4;
        libyuv::ARGBAttenuate(source.data, source.stride, packed, w * 4, w, h);
        source = {packed, w * 4};
    }
    libyuv::SplitARGBPlane(source.data, source.stride, split(0), w, split(1), w, split(2), w,
                           opaque ? nullptr : split(3), w, w, h);
    for (std::size_t i = 0; i < (opaque ? 3 : 4); ++i)
        scaler.scale({{split(i), w}, p.size(), p.target, scaled(i)}, p.frame->rotation);
    const int n = p.target.width;
    libyuv::MergeARGBPlane(scaled(0), n, scaled(1), n, scaled(2), n, opaque ? nullptr : scaled(3), n, out, n * 4, n,
                           p.target.height);
}

void scale_luma(const FramePart& p, std::uint8_t* out, PlaneScaler& scaler) {
    const Plane& source = p.frame->planes[0];
    scaler.scale({{at(source, p.part.x0, p.part.y0), source.stride}, p.size(), p.target, out}, p.frame->rotation);
}

void scale_chroma(const FramePart& p, std::uint8_t* u, std::uint8_t* v, PlaneScaler& scaler) {
    const VideoFrame& f = *p.frame;
    const bool full_width = f.format == PixelFormat::i444;
    const bool full_height = full_width || f.format == PixelFormat::i422;
    const Size size = p.size();
    const Size chroma{full_width ? size.width : (size.width + 1) / 2,
                      full_height ? size.height : (size.height + 1) / 2};
    const Size target = full_width ? p.target : Size{(p.target.width + 1) / 2, (p.target.height + 1) / 2};
    const int x = full_width ? p.part.x0 : p.part.x0 / 2;
    const int y = full_height ? p.part.y0 : p.part.y0 / 2;
    std::vector<std::uint8_t> split;
    std::array<Plane, 2> sources{};
    if (f.format == PixelFormat::nv12) {
        split.resize(samples_of(chroma) * 2);
        sources = {Plane{split.data(), chroma.width}, Plane{split.data() + samples_of(chroma), chroma.width}};
        libyuv::SplitUVPlane(at(f.planes[1], x * 2, y), f.planes[1].stride, split.data(), chroma.width,
                             split.data() + samples_of(chroma), chroma.width, chroma.width, chroma.height);
    } else {
        sources = {Plane{at(f.planes[1], x, y), f.planes[1].stride}, Plane{at(f.planes[2], x, y), f.planes[2].stride}};
    }
    scaler.scale({sources[0], chroma, target, u}, f.rotation);
    scaler.scale({sources[1], chroma, target, v}, f.rotation);
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
                                           Size target, Alpha alpha) {
    const VideoFrame& f = *frame;
    TRIBUNE_CHECK(check(f));
    if (f.format != PixelFormat::bgra) alpha = Alpha::opaque;
    IntRect part = samples(crop_in_store(crop, f.rotation), f.size);
    if (f.rotation == 0 && part.width() == target.width && part.height() == target.height)
        return UprightPlanes{f.format, f.matrix, f.range, f.planes, part.x0, part.y0, alpha};

    part = even_samples(part, f.format, f.size);
    for (auto& e : entries_) {
        if (e->frame == frame && e->part == part && e->target == target) {
            e->used = true;
            return e->planes;
        }
    }

    auto entry = std::make_unique<Entry>();
    entry->frame = frame;
    entry->part = part;
    entry->target = target;
    const bool half = f.format == PixelFormat::i420 || f.format == PixelFormat::nv12 || f.format == PixelFormat::i422;
    const PixelFormat made = half ? PixelFormat::i420 : f.format;
    entry->planes = {made, f.matrix, f.range, {}, 0, 0, alpha == Alpha::straight ? Alpha::premultiplied : alpha};
    std::array<std::size_t, 3> start{};
    std::size_t bytes = 0;
    for (int p = 0; p < 3; ++p) {
        const auto shape = plane_shape(made, target, p);
        start[static_cast<std::size_t>(p)] = bytes;
        bytes += (static_cast<std::size_t>(shape.rows) * static_cast<std::size_t>(shape.row_bytes) + 63) / 64 * 64;
    }
    entry->memory = take_memory(bytes);
    for (std::size_t p = 0; p < 3; ++p) {
        const auto shape = plane_shape(made, target, static_cast<int>(p));
        if (shape.rows > 0) entry->planes.planes[p] = {entry->memory.data() + start[p], shape.row_bytes};
    }

    const auto out = [&](std::size_t p) { return entry->memory.data() + start[p]; };
    const FramePart wanted{frame, part, target, alpha};
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
