#include "gpu/video_layer.hpp"

#include "gpu/colour_matrix.hpp"

namespace tribune::gl {
namespace {

template <class Item>
bool seen(const Item& item) {
    return item.opacity > 0 && !nearest_pixels(item.place).empty() && item.crop.width > 0 && item.crop.height > 0;
}

Size stored_grid(const PlanePart& p, int rotation) {
    return lies_on_its_side(rotation) ? Size{p.grid.height, p.grid.width} : p.grid;
}

}  // namespace

Result<VideoLayer> VideoLayer::create(const ShaderLibrary& shaders, bool through_buffers) {
    std::vector<Variant> variants;
    for (const char* planes : {"PLANES 1", "PLANES 2", "PLANES 3"}) {
        TRIBUNE_TRY(Program p, shaders.program("layers/place.vert", "layers/video.frag", {planes}));
        const auto at = [&](const char* name) { return glGetUniformLocation(p.id(), name); };
        Variant v{{},           at("canvas"), at("place"), at("radius"), at("opacity"), at("turn"),   at("luma"),
                  at("chroma"), at("cell"),   at("phase"), at("cells"),  at("to_rgb"),  at("offset"), at("straight")};
        v.program = std::move(p);
        variants.push_back(std::move(v));
    }
    TRIBUNE_TRY(PlaneLevels levels, PlaneLevels::create(shaders));
    return VideoLayer(std::move(variants), std::move(levels), through_buffers);
}

void VideoLayer::begin() {
    textures_.begin();
    levels_.begin();
}

Status VideoLayer::upload(const VideoItem& item) {
    if (!item.frame || !seen(item)) return {};
    TRIBUNE_TRY([[maybe_unused]] const auto planes, textures_.get(item.frame));
    return {};
}

Result<VideoLayer::Source> VideoLayer::source(const VideoItem& item, const Canvas& canvas) {
    const VideoFrame& f = *item.frame;
    TRIBUNE_TRY(const auto uploaded, textures_.get(item.frame));
    const PlaneLayout& layout = *plane_layout(f.format);
    const FramePart part = frame_part(f.format, f.size, f.rotation, item.crop, nearest_pixels(item.place).size());
    Source out;
    out.planes = layout.planes;
    out.rotation = f.rotation;
    // Pixels that are their own samples are multiplied when they are drawn.
    out.straight = f.format == PixelFormat::bgra && part.as_stored;
    for (int p = 0; p < layout.planes; ++p) {
        const auto i = static_cast<std::size_t>(p);
        const PlanePart plane = plane_part(f.format, part, p);
        if (p == 1) out.chroma = plane;
        out.views[i] = {uploaded.planes[i], plane.samples};
        if (part.as_stored) continue;
        TRIBUNE_TRY(out.views[i],
                    levels_.reduced({uploaded.content, false, p}, out.views[i], layout.internal[i],
                                    stored_grid(plane, f.rotation), f.format == PixelFormat::bgra, canvas.corners));
    }
    return out;
}

Result<VideoLayer::Source> VideoLayer::source(const PictureItem& item, const PictureTarget& picture,
                                              const Canvas& canvas) {
    const FramePart part =
        frame_part(PixelFormat::bgra, picture.size(), 0, item.crop, nearest_pixels(item.place).size());
    Source out;
    out.planes = 1;
    TRIBUNE_TRY(out.views[0], levels_.reduced({picture.version(), true, 0}, {picture.texture(), part.samples}, GL_RGBA8,
                                              part.target, false, canvas.corners));
    return out;
}

Status VideoLayer::scale(const VideoItem& item, const Canvas& canvas) {
    if (!item.frame || !seen(item)) return {};
    TRIBUNE_TRY([[maybe_unused]] const auto made, source(item, canvas));
    return {};
}

Status VideoLayer::scale(const PictureItem& item, const PictureTarget& picture, const Canvas& canvas) {
    TRIBUNE_TRY([[maybe_unused]] const auto made, source(item, picture, canvas));
    return {};
}

template <class Item>
const VideoLayer::Variant& VideoLayer::begin_drawing(const Item& item, const Source& source, const Canvas& canvas) {
    const Variant& v = variants_[static_cast<std::size_t>(source.planes - 1)];
    const Program& p = v.program;
    const Rect origin = as_stored({0, 0, 0, 0}, source.rotation);
    const Rect right = as_stored({1, 0, 0, 0}, source.rotation), below = as_stored({0, 1, 0, 0}, source.rotation);
    const auto f = [](double d) { return static_cast<float>(d); };
    const float turn[] = {f(origin.x),           f(origin.y),           f(right.x - origin.x),
                          f(right.y - origin.y), f(below.x - origin.x), f(below.y - origin.y)};
    glProgramUniform2fv(p.id(), v.turn, 3, turn);
    set(p, v.canvas, canvas.size);
    set(p, v.place, nearest_pixels(item.place));
    set(p, v.radius, item.corner_radius);
    set(p, v.opacity, item.opacity);
    set(p, v.luma, source.views[0].part);
    glProgramUniform1i(p.id(), v.straight, source.straight ? 1 : 0);
    for (int i = 0; i < source.planes; ++i) {
        glBindTextureUnit(static_cast<GLuint>(i), source.views[static_cast<std::size_t>(i)].texture);
    }
    return v;
}

Status VideoLayer::draw(const VideoItem& item, const Canvas& canvas) {
    if (!item.frame || !seen(item)) return {};
    TRIBUNE_TRY(const Source from, source(item, canvas));
    const Variant& v = begin_drawing(item, from, canvas);
    const Program& p = v.program;
    if (from.planes > 1) {
        set(p, v.chroma, from.views[1].part);
        set(p, v.cell, from.chroma.cell);
        set(p, v.phase, from.chroma.phase);
        set(p, v.cells, from.chroma.grid);
        const ColourTransform colours = colour_transform(item.frame->matrix, item.frame->range);
        glProgramUniformMatrix3fv(p.id(), v.to_rgb, 1, GL_FALSE, colours.matrix.data());
        glProgramUniform3fv(p.id(), v.offset, 1, colours.offset.data());
    }
    draw_rectangle(p, canvas);
    return {};
}

Status VideoLayer::draw(const PictureItem& item, const PictureTarget& picture, const Canvas& canvas) {
    TRIBUNE_TRY(const Source from, source(item, picture, canvas));
    draw_rectangle(begin_drawing(item, from, canvas).program, canvas);
    return {};
}

}  // namespace tribune::gl
