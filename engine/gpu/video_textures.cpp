#include "gpu/video_textures.hpp"

#include <algorithm>
#include <cstring>

namespace tribune::gl {
namespace {

constexpr std::uint64_t kept_unused = 300;  // paints after which a texture set that nobody wants is freed
constexpr GLbitfield map_flags = GL_MAP_WRITE_BIT | GL_MAP_PERSISTENT_BIT | GL_MAP_COHERENT_BIT;

constexpr PlaneLayout layouts[] = {
    {PixelFormat::i420, 3, {GL_R8, GL_R8, GL_R8}, {GL_RED, GL_RED, GL_RED}, {1, 1, 1}},
    {PixelFormat::i422, 3, {GL_R8, GL_R8, GL_R8}, {GL_RED, GL_RED, GL_RED}, {1, 1, 1}},
    {PixelFormat::i444, 3, {GL_R8, GL_R8, GL_R8}, {GL_RED, GL_RED, GL_RED}, {1, 1, 1}},
    {PixelFormat::nv12, 2, {GL_R8, GL_RG8, 0}, {GL_RED, GL_RG, 0}, {1, 2, 0}},
    {PixelFormat::bgra, 1, {GL_RGBA8, 0, 0}, {GL_BGRA, 0, 0}, {4, 0, 0}},
};

std::size_t plane_bytes(PixelFormat format, Size size, int plane) {
    const PlaneShape shape = plane_shape(format, size, plane);
    return static_cast<std::size_t>(shape.rows) * static_cast<std::size_t>(shape.row_bytes);
}

bool sound(const VideoFrame& frame, const PlaneLayout& layout) {
    if (frame.size.empty() || frame.size.width > largest_side || frame.size.height > largest_side) return false;
    if (frame.rotation % 90 != 0 || frame.rotation < 0 || frame.rotation >= 360) return false;
    for (int p = 0; p < layout.planes; ++p) {
        const Plane& plane = frame.planes[static_cast<std::size_t>(p)];
        if (plane.data == nullptr || plane.stride < plane_shape(frame.format, frame.size, p).row_bytes) return false;
    }
    return true;
}

bool same(const std::weak_ptr<const VideoFrame>& kept, const std::shared_ptr<const VideoFrame>& frame) {
    return !kept.owner_before(frame) && !frame.owner_before(kept) && kept.lock() == frame;
}

}  // namespace

const PlaneLayout* plane_layout(PixelFormat format) {
    for (const auto& l : layouts) {
        if (l.format == format) return &l;
    }
    return nullptr;
}

void VideoTextures::begin() {
    ++paint_;
    sets_.remove_if([&](const Set& s) { return s.used + kept_unused < paint_; });
}

Result<VideoTextures::Set> VideoTextures::make(PixelFormat format, Size size) const {
    Set set;
    set.format = format;
    set.size = size;
    const PlaneLayout& layout = *plane_layout(format);
    while (glGetError() != GL_NO_ERROR) {
    }
    std::size_t total = 0;
    for (int p = 0; p < layout.planes; ++p) {
        const auto i = static_cast<std::size_t>(p);
        const PlaneShape shape = plane_shape(format, size, p);
        set.planes[i] = make_texture(GL_TEXTURE_2D);
        glTextureStorage2D(set.planes[i].id(), 1, layout.internal[i], shape.row_bytes / layout.bytes[i], shape.rows);
        set_linear(set.planes[i]);
        total += plane_bytes(format, size, p);
    }
    if (through_buffers_) {
        set.staging = make_buffer();
        glNamedBufferStorage(set.staging.id(), static_cast<GLsizeiptr>(total), nullptr, map_flags);
        set.mapped = static_cast<std::uint8_t*>(
            glMapNamedBufferRange(set.staging.id(), 0, static_cast<GLsizeiptr>(total), map_flags));
    }
    if (glGetError() != GL_NO_ERROR || (through_buffers_ && set.mapped == nullptr)) {
        return Error{"gl_memory", "no room for a video frame on the graphics card: show fewer or smaller sources"};
    }
    return set;
}

Status VideoTextures::upload(Set& set, const VideoFrame& frame) {
    const PlaneLayout& layout = *plane_layout(frame.format);
    if (through_buffers_ && !set.copied.wait()) {
        return Error{"gl_stalled", "the graphics card did not take a frame within a second; this frame is left out"};
    }
    std::size_t at = 0;
    glPixelStorei(GL_UNPACK_ALIGNMENT, 1);
    for (int p = 0; p < layout.planes; ++p) {
        const auto i = static_cast<std::size_t>(p);
        const PlaneShape shape = plane_shape(frame.format, frame.size, p);
        const Plane& plane = frame.planes[i];
        const int width = shape.row_bytes / layout.bytes[i];
        if (through_buffers_) {
            const auto row_bytes = static_cast<std::size_t>(shape.row_bytes);
            for (int y = 0; y < shape.rows; ++y) {
                std::memcpy(set.mapped + at + static_cast<std::size_t>(y) * row_bytes,
                            plane.data + static_cast<std::ptrdiff_t>(y) * plane.stride, row_bytes);
            }
            glBindBuffer(GL_PIXEL_UNPACK_BUFFER, set.staging.id());
            glPixelStorei(GL_UNPACK_ROW_LENGTH, 0);
            glTextureSubImage2D(set.planes[i].id(), 0, 0, 0, width, shape.rows, layout.layout[i], GL_UNSIGNED_BYTE,
                                reinterpret_cast<const void*>(at));
            at += plane_bytes(frame.format, frame.size, p);
        } else if (plane.stride % layout.bytes[i] == 0) {
            glPixelStorei(GL_UNPACK_ROW_LENGTH, plane.stride / layout.bytes[i]);
            glTextureSubImage2D(set.planes[i].id(), 0, 0, 0, width, shape.rows, layout.layout[i], GL_UNSIGNED_BYTE,
                                plane.data);
        } else {  // GL counts rows in texels: an odd stride goes row by row
            for (int y = 0; y < shape.rows; ++y) {
                glTextureSubImage2D(set.planes[i].id(), 0, 0, y, width, 1, layout.layout[i], GL_UNSIGNED_BYTE,
                                    plane.data + static_cast<std::ptrdiff_t>(y) * plane.stride);
            }
        }
    }
    glBindBuffer(GL_PIXEL_UNPACK_BUFFER, 0);
    glPixelStorei(GL_UNPACK_ROW_LENGTH, 0);
    if (through_buffers_) set.copied.set();
    ++uploads_;
    return {};
}

Result<VideoTextures::Planes> VideoTextures::get(const std::shared_ptr<const VideoFrame>& frame) {
    const PlaneLayout* layout = frame ? plane_layout(frame->format) : nullptr;
    if (layout == nullptr || !sound(*frame, *layout)) {
        return Error{"bad_frame", "a source gave a frame that is smaller than it says; it is not drawn"};
    }
    Set* found = nullptr;
    Set* free = nullptr;
    for (auto& s : sets_) {
        if (same(s.frame, frame)) {
            found = &s;
            break;
        }
        // One paint's rest lets the GPU finish with a set before it is filled again.
        const bool fits = s.format == frame->format && s.size == frame->size && s.used + 1 < paint_;
        if (fits && (free == nullptr || s.used < free->used)) free = &s;
    }
    if (found == nullptr) {
        if (free == nullptr) {
            const auto oldest = std::min_element(sets_.begin(), sets_.end(),
                                                 [](const Set& a, const Set& b) { return a.used < b.used; });
            if (sets_.size() >= most_texture_sets && oldest->used + 1 < paint_) sets_.erase(oldest);
            if (sets_.size() >= most_texture_sets) {
                return Error{"too_many_frames",
                             "more video frames are drawn at once than there is room for; show fewer sources"};
            }
            TRIBUNE_TRY(Set fresh, make(frame->format, frame->size));
            free = &sets_.emplace_back(std::move(fresh));
        }
        free->frame.reset();
        TRIBUNE_CHECK(upload(*free, *frame));
        free->frame = frame;
        free->content = uploads_;
        found = free;
    }
    found->used = paint_;
    return Planes{{found->planes[0].id(), found->planes[1].id(), found->planes[2].id()}, found->content};
}

}  // namespace tribune::gl
