// Draws VideoItem and PictureItem without effects: colours, crop, rotation, scaling and corners in one pass over the
// place's pixels.
#pragma once

#include <cstdint>
#include <vector>

#include "base/result.hpp"
#include "gpu/canvas.hpp"
#include "gpu/picture_target.hpp"
#include "gpu/plane_levels.hpp"
#include "gpu/shader_library.hpp"
#include "gpu/video_textures.hpp"
#include "plan/frame_plan.hpp"
#include "plan/frame_sampling.hpp"

namespace tribune::gl {

class VideoLayer {
  public:
    static Result<VideoLayer> create(const ShaderLibrary& shaders, bool through_buffers);

    void begin();  // once per paint
    Status upload(const VideoItem& item);
    // Makes what the place needs smaller; draws elsewhere.
    Status scale(const VideoItem& item, const Canvas& canvas);
    Status scale(const PictureItem& item, const PictureTarget& picture, const Canvas& canvas);
    Status draw(const VideoItem& item, const Canvas& canvas);
    Status draw(const PictureItem& item, const PictureTarget& picture, const Canvas& canvas);

    [[nodiscard]] std::uint64_t uploads() const { return textures_.uploads(); }
    [[nodiscard]] std::uint64_t levels() const { return levels_.drawn(); }

  private:
    // One program for each number of planes.
    struct Variant {
        Program program;
        GLint canvas, place, radius, opacity, turn, luma, chroma, cell, phase, cells, to_rgb, offset, straight;
    };
    // All that a place needs of a frame or a picture.
    struct Source {
        int planes = 0;
        std::array<PlaneView, most_planes> views;
        PlanePart chroma;
        bool straight = false;
        int rotation = 0;
    };

    VideoLayer(std::vector<Variant> variants, PlaneLevels levels, bool through_buffers)
        : variants_(std::move(variants)), levels_(std::move(levels)), textures_(through_buffers) {}
    Result<Source> source(const VideoItem& item, const Canvas& canvas);
    Result<Source> source(const PictureItem& item, const PictureTarget& picture, const Canvas& canvas);
    template <class Item>
    const Variant& begin_drawing(const Item& item, const Source& source, const Canvas& canvas);

    std::vector<Variant> variants_;  // [planes - 1]
    PlaneLevels levels_;
    VideoTextures textures_;
};

}  // namespace tribune::gl
