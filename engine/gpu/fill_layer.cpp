#include "gpu/fill_layer.hpp"

namespace tribune::gl {

Result<FillLayer> FillLayer::create(const ShaderLibrary& shaders) {
    TRIBUNE_TRY(Program program, shaders.program("layers/place.vert", "layers/fill.frag"));
    return FillLayer(std::move(program));
}

FillLayer::FillLayer(Program program)
    : program_(std::move(program)), canvas_(glGetUniformLocation(program_.id(), "canvas")),
      place_(glGetUniformLocation(program_.id(), "place")), top_(glGetUniformLocation(program_.id(), "top")),
      bottom_(glGetUniformLocation(program_.id(), "bottom")), radius_(glGetUniformLocation(program_.id(), "radius")) {}

Status FillLayer::draw(const FillItem& item, const Canvas& canvas) {
    const IntRect place = nearest_pixels(item.place);
    if (place.empty()) return {};
    set(program_, canvas_, canvas.size);
    set(program_, place_, place);
    set(program_, top_, item.top);
    set(program_, bottom_, item.bottom);
    set(program_, radius_, item.corner_radius);
    draw_rectangle(program_, canvas);
    return {};
}

}  // namespace tribune::gl
