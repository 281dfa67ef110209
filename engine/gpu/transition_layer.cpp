#include "gpu/transition_layer.hpp"

#include <algorithm>

namespace tribune::gl {

Result<TransitionLayer> TransitionLayer::create(const ShaderLibrary& shaders) {
    TRIBUNE_TRY(auto made, TransitionShaders::create(shaders));
    return TransitionLayer(std::move(made));
}

bool TransitionLayer::draw(const Look& look, GLuint from, GLuint to, const Canvas& canvas) {
    const TransitionProgram* p = shaders_.program(look.shader);
    if (p == nullptr) return false;
    const IntRect &all = look.whole, &w = look.window;
    const auto width = static_cast<float>(all.width()), height = static_cast<float>(all.height());
    set(p->program, p->canvas, canvas.size);
    set(p->program, p->place, IntRect{all.x0 + w.x0, all.y0 + w.y0, all.x0 + w.x1, all.y0 + w.y1});
    set(p->program, p->whole, all);
    set(p->program, p->seen,
        Rect{w.x0 / double{width}, w.y0 / double{height}, w.width() / double{width}, w.height() / double{height}});
    glProgramUniform1i(p->program.id(), p->opaque, look.opaque ? 1 : 0);
    // Written so that no number is 0.
    set(p->program, p->progress, look.progress > 0 ? std::min(look.progress, 1.0F) : 0.0F);
    set(p->program, p->ratio, width / height);
    p->set_values(look.shader);
    glBindTextureUnit(TransitionShaders::from_unit, from);
    glBindTextureUnit(TransitionShaders::to_unit, to);
    glBindTextureUnit(TransitionShaders::ramp_unit, shaders_.ramp());
    draw_rectangle(p->program, canvas);
    return true;
}

}  // namespace tribune::gl
