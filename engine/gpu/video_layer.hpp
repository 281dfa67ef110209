// Draws VideoItem: colours, crop, rotation, scaling and corners in one pass over the place's pixels, so a source
// costs what is seen of it and no picture in between.
#pragma once

#include <cstdint>
#include <vector>

#include "base/result.hpp"
#include "gpu/canvas.hpp"
#include "gpu/shader_library.hpp"
#include "gpu/video_textures.hpp"
#include "plan/frame_plan.hpp"

namespace tribune::gl {

class VideoLayer {
  public:
    static Result<VideoLayer> create(const ShaderLibrary& shaders, bool through_buffers);

    void begin() { textures_.begin(); }  // once per paint
    Status upload(const VideoItem& item);
    Status draw(const VideoItem& item, const Canvas& canvas);

    [[nodiscard]] std::uint64_t uploads() const { return textures_.uploads(); }

  private:
    // One program for each number of planes.
    struct Variant {
        Program program;
        GLint canvas, place, radius, opacity, origin, along_x, along_y, limits, footprint, chroma_scale, to_rgb, offset;
    };

    VideoLayer(std::vector<Variant> variants, bool through_buffers)
        : variants_(std::move(variants)), textures_(through_buffers) {}

    std::vector<Variant> variants_;  // [planes - 1]
    VideoTextures textures_;
};

}  // namespace tribune::gl
