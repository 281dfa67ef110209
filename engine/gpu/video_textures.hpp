// Frames' planes as textures: each distinct frame is uploaded once, whoever draws it.
#pragma once

#include <array>
#include <cstdint>
#include <list>
#include <memory>

#include "base/result.hpp"
#include "base/video_frame.hpp"
#include "gpu/gl_object.hpp"

namespace tribune::gl {

inline constexpr int most_planes = 3;
inline constexpr std::size_t most_texture_sets = 128;  // of frames drawn within the last paints
inline constexpr int largest_side = 16384;

// How the planes of a format lie in textures.
struct PlaneLayout {
    PixelFormat format;
    int planes;
    std::array<GLenum, most_planes> internal;  // of each plane's texture
    std::array<GLenum, most_planes> layout;    // of its bytes
    std::array<int, most_planes> bytes;        // a texel
};
const PlaneLayout* plane_layout(PixelFormat format);  // null for a value that is no format

// Textures are kept and filled again for later frames of the same shape. With a GPU the bytes go through a
// persistently mapped buffer so that the driver never copies on our time; on software GL straight from the frame.
// Thread: the context's.
class VideoTextures {
  public:
    explicit VideoTextures(bool through_buffers) : through_buffers_(through_buffers) {}

    // Call once per paint, before get().
    void begin();

    struct Planes {
        std::array<GLuint, most_planes> planes{};
        std::uint64_t content = 0;  // another number for each upload
    };
    // The frame's planes; names are valid until the next begin().
    // Errors: bad_frame (planes missing or smaller than the size says), too_many_frames, gl_memory.
    Result<Planes> get(const std::shared_ptr<const VideoFrame>& frame);

    [[nodiscard]] std::uint64_t uploads() const { return uploads_; }
    [[nodiscard]] std::size_t sets() const { return sets_.size(); }

  private:
    struct Set {
        PixelFormat format{};
        Size size;
        std::weak_ptr<const VideoFrame> frame;
        std::uint64_t used = 0;  // paint in which it was last wanted
        std::uint64_t content = 0;
        std::array<Texture, most_planes> planes;
        Buffer staging;  // mapped for the set's life
        std::uint8_t* mapped = nullptr;
        Fence copied;
    };

    Result<Set> make(PixelFormat format, Size size) const;
    Status upload(Set& set, const VideoFrame& frame);

    bool through_buffers_;
    std::uint64_t paint_ = 0;
    std::uint64_t uploads_ = 0;
    std::list<Set> sets_;
};

}  // namespace tribune::gl
