#include "gpu/video_layer.hpp"

#include <algorithm>
#include <cmath>

#include "gpu/colour_matrix.hpp"

namespace tribune::gl {
namespace {

bool seen(const VideoItem& item) {
    return item.frame && item.opacity > 0 && item.place.width > 0 && item.place.height > 0 && item.crop.width > 0 &&
           item.crop.height > 0;
}

// An upright place (0…1) to the same place in the frame as it lies in memory.
Point stored(Point upright, int rotation) {
    switch (((rotation % 360) + 360) % 360) {
        case 90: return {upright.y, 1 - upright.x};
        case 180: return {1 - upright.x, 1 - upright.y};
        case 270: return {1 - upright.y, upright.x};
        default: return upright;
    }
}

// The crop's bounds, half a sample inside, so that nothing beyond it bleeds in.
void inset(double a, double b, int samples, float& low, float& high) {
    const double half = 0.5 / samples;
    const double from = std::min(a, b) + half, to = std::max(a, b) - half;
    low = static_cast<float>(from <= to ? from : (a + b) / 2);
    high = static_cast<float>(from <= to ? to : (a + b) / 2);
}

}  // namespace

Result<VideoLayer> VideoLayer::create(const ShaderLibrary& shaders, bool through_buffers) {
    std::vector<Variant> variants;
    for (const char* planes : {"PLANES 1", "PLANES 2", "PLANES 3"}) {
        TRIBUNE_TRY(Program p, shaders.program("layers/place.vert", "layers/video.frag", {planes}));
        const auto at = [&](const char* name) { return glGetUniformLocation(p.id(), name); };
        Variant v{{},
                  at("canvas"),
                  at("place"),
                  at("radius"),
                  at("opacity"),
                  at("origin"),
                  at("along_x"),
                  at("along_y"),
                  at("limits"),
                  at("footprint"),
                  at("chroma_scale"),
                  at("to_rgb"),
                  at("offset")};
        v.program = std::move(p);
        variants.push_back(std::move(v));
    }
    return VideoLayer(std::move(variants), through_buffers);
}

Status VideoLayer::upload(const VideoItem& item) {
    if (!seen(item)) return {};
    TRIBUNE_TRY([[maybe_unused]] const auto planes, textures_.get(item.frame));
    return {};
}

Status VideoLayer::draw(const VideoItem& item, const Canvas& canvas) {
    if (!seen(item)) return {};
    const VideoFrame& frame = *item.frame;
    TRIBUNE_TRY(const auto planes, textures_.get(item.frame));
    const PlaneLayout& layout = *plane_layout(frame.format);
    const Variant& v = variants_[static_cast<std::size_t>(layout.planes - 1)];
    const Program& p = v.program;

    const Point origin = stored({item.crop.x, item.crop.y}, frame.rotation);
    const Point right = stored({item.crop.right(), item.crop.y}, frame.rotation);
    const Point below = stored({item.crop.x, item.crop.bottom()}, frame.rotation);
    const Point far = stored({item.crop.right(), item.crop.bottom()}, frame.rotation);
    const Point along_x{right.x - origin.x, right.y - origin.y};
    const Point along_y{below.x - origin.x, below.y - origin.y};
    const Point footprint{std::abs(along_x.x) / item.place.width + std::abs(along_y.x) / item.place.height,
                          std::abs(along_x.y) / item.place.width + std::abs(along_y.y) / item.place.height};
    float low_x, high_x, low_y, high_y;
    inset(origin.x, far.x, frame.size.width, low_x, high_x);
    inset(origin.y, far.y, frame.size.height, low_y, high_y);

    set(p, v.canvas, canvas.size);
    set(p, v.place, item.place);
    set(p, v.radius, item.corner_radius);
    set(p, v.opacity, item.opacity);
    set(p, v.origin, origin);
    set(p, v.along_x, along_x);
    set(p, v.along_y, along_y);
    set(p, v.footprint, footprint);
    glProgramUniform4f(p.id(), v.limits, low_x, low_y, high_x, high_y);
    if (layout.planes > 1) {
        const PlaneShape chroma = plane_shape(frame.format, frame.size, 1);
        const int columns = chroma.row_bytes / layout.bytes[1];
        const bool half_width = columns != frame.size.width;
        const bool half_height = chroma.rows != frame.size.height;
        const Point scale{half_width ? frame.size.width / (2.0 * columns) : 1,
                          half_height ? frame.size.height / (2.0 * chroma.rows) : 1};
        set(p, v.chroma_scale, scale);
        const ColourTransform colours = colour_transform(frame.matrix, frame.range);
        glProgramUniformMatrix3fv(p.id(), v.to_rgb, 1, GL_FALSE, colours.matrix.data());
        glProgramUniform3fv(p.id(), v.offset, 1, colours.offset.data());
    }
    for (int i = 0; i < layout.planes; ++i) {
        glBindTextureUnit(static_cast<GLuint>(i), planes[static_cast<std::size_t>(i)]);
    }
    draw_rectangle(p, canvas);
    return {};
}

}  // namespace tribune::gl
