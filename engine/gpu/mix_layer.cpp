#include "gpu/mix_layer.hpp"

#include <algorithm>

namespace tribune::gl {

Result<MixLayer> MixLayer::create(const ShaderLibrary& shaders) {
    TRIBUNE_TRY(Program program, shaders.program("layers/place.vert", "layers/mix.frag"));
    return MixLayer(std::move(program));
}

MixLayer::MixLayer(Program program)
    : program_(std::move(program)), canvas_(glGetUniformLocation(program_.id(), "canvas")),
      place_(glGetUniformLocation(program_.id(), "place")), progress_(glGetUniformLocation(program_.id(), "progress")) {
}

void MixLayer::draw(const PictureTarget& from, const PictureTarget& to, float progress, const IntRect& place,
                    const Canvas& canvas) {
    set(program_, canvas_, canvas.size);
    set(program_, place_, place);
    set(program_, progress_, std::clamp(progress, 0.0F, 1.0F));
    glBindTextureUnit(0, from.texture());
    glBindTextureUnit(1, to.texture());
    draw_rectangle(program_, canvas);
}

}  // namespace tribune::gl
