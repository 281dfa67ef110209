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

// A plane to scale and turn: source part, and the place for the upright result.
struct PlaneJob {
    Plane source;
    Size part;
    Size target;  // upright
    std::uint8_t* out = nullptr;
};

libyuv::RotationMode turn(int rotation) {
    switch (rotation) {
        case 90: return libyuv::kRotate90;
        case 180: return libyuv::kRotate180;
        case 270: return libyuv::kRotate270;
        default: return libyuv::kRotate0;
    }
}

// Box filter going down, bilinear going up. Turned after scaling down, since fewer samples move then.
void scale_plane(const PlaneJob& job, int rotation, std::vector<std::uint8_t>& scratch) {
    const bool lying = rotation == 90 || rotation == 270;
    const Size stored = lying ? Size{job.target.height, job.target.width} : job.target;
    if (rotation == 0) {
        libyuv::ScalePlane(job.source.data, job.source.stride, job.part.width, job.part.height, job.out,
                           job.target.width, stored.width, stored.height, libyuv::kFilterBox);
        return;
    }
    Plane turned_from = job.source;
    if (stored != job.part) {
        scratch.resize(static_cast<std::size_t>(stored.width) * static_cast<std::size_t>(stored.height));
        libyuv::ScalePlane(job.source.data, job.source.stride, job.part.width, job.part.height, scratch.data(),
                           stored.width, stored.width, stored.height, libyuv::kFilterBox);
        turned_from = {scratch.data(), stored.width};
    }
    libyuv::RotatePlane(turned_from.data, turned_from.stride, job.out, job.target.width, stored.width, stored.height,
                        turn(rotation));
}

// Colour times alpha first, so that what is transparent lends no colour; then plane by plane, since libyuv's
// own scaler of packed pixels darkens.
void scale_bgra(const Plane& source, Size part, Size target, int rotation, std::uint8_t* out,
                std::vector<std::uint8_t>& scratch) {
    const auto plane_bytes = [](Size s) {
        return static_cast<std::size_t>(s.width) * static_cast<std::size_t>(s.height);
    };
    const auto before = plane_bytes(part), after = plane_bytes(target);
    std::vector<std::uint8_t> work(before * 8 + after * 4);
    std::uint8_t* packed = work.data();
    const auto split = [&](std::size_t i) { return work.data() + before * (4 + i); };
    const auto scaled = [&](std::size_t i) { return work.data() + before * 8 + after * i; };
    libyuv::ARGBAttenuate(source.data, source.stride, packed, part.width * 4, part.width, part.height);
    const int w = part.width;
    libyuv::SplitARGBPlane(packed, w * 4, split(0), w, split(1), w, split(2), w, split(3), w, w, part.height);
    for (std::size_t i = 0; i < 4; ++i) scale_plane({{split(i), w}, part, target, scaled(i)}, rotation, scratch);
    const int n = target.width;
    libyuv::MergeARGBPlane(scaled(0), n, scaled(1), n, scaled(2), n, scaled(3), n, out, n * 4, n, target.height);
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
                                           Size target) {
    const VideoFrame& f = *frame;
    TRIBUNE_CHECK(check(f));
    IntRect part = samples(crop_in_store(crop, f.rotation), f.size);
    if (f.rotation == 0 && part.width() == target.width && part.height() == target.height)
        return UprightPlanes{f.format, f.matrix, f.range, f.planes, part.x0, part.y0, false};

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
    entry->planes = {made, f.matrix, f.range, {}, 0, 0, false};
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

    const Size size{part.width(), part.height()};
    const auto out = [&](std::size_t p) { return entry->memory.data() + start[p]; };
    if (f.format == PixelFormat::bgra) {
        scale_bgra({at(f.planes[0], part.x0 * 4, part.y0), f.planes[0].stride}, size, target, f.rotation, out(0),
                   scratch_);
        entry->planes.premultiplied = true;
    } else {
        scale_plane({{at(f.planes[0], part.x0, part.y0), f.planes[0].stride}, size, target, out(0)}, f.rotation,
                    scratch_);
        const bool full_chroma = f.format == PixelFormat::i444;
        const bool full_height = full_chroma || f.format == PixelFormat::i422;
        const Size chroma{full_chroma ? size.width : (size.width + 1) / 2,
                          full_height ? size.height : (size.height + 1) / 2};
        const Size chroma_target = full_chroma ? target : Size{(target.width + 1) / 2, (target.height + 1) / 2};
        const int cx = full_chroma ? part.x0 : part.x0 / 2;
        const int cy = full_height ? part.y0 : part.y0 / 2;
        std::array<Plane, 2> sources{};
        std::vector<std::uint8_t> split;
        if (f.format == PixelFormat::nv12) {
            const auto plane_bytes = static_cast<std::size_t>(chroma.width) * static_cast<std::size_t>(chroma.height);
            split = take_memory(plane_bytes * 2);
            libyuv::SplitUVPlane(at(f.planes[1], cx * 2, cy), f.planes[1].stride, split.data(), chroma.width,
                                 split.data() + plane_bytes, chroma.width, chroma.width, chroma.height);
            sources = {Plane{split.data(), chroma.width}, Plane{split.data() + plane_bytes, chroma.width}};
        } else {
            for (std::size_t c = 0; c < 2; ++c) sources[c] = {at(f.planes[c + 1], cx, cy), f.planes[c + 1].stride};
        }
        for (std::size_t c = 0; c < 2; ++c)
            scale_plane({sources[c], chroma, chroma_target, out(c + 1)}, f.rotation, scratch_);
        if (!split.empty()) spare_.push_back(std::move(split));
    }
    ++scaled_;
    entries_.push_back(std::move(entry));
    return entries_.back()->planes;
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
