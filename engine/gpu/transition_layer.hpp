// Draws TransitionItem by its shader.
#pragma once

#include "base/result.hpp"
#include "gpu/canvas.hpp"
#include "gpu/transition_shaders.hpp"

namespace tribune::gl {

class TransitionLayer {
  public:
    struct Look {
        const ShaderLook& shader;
        float progress = 0;
        IntRect whole;   // the transition's place on the canvas
        IntRect window;  // what of it the pictures hold, from its top left
        bool opaque = true;
    };
    static Result<TransitionLayer> create(const ShaderLibrary& shaders);

    // Two textures of the window's size, top row at y = 0. False when the shader cannot be run: nothing is drawn.
    bool draw(const Look& look, GLuint from, GLuint to, const Canvas& canvas);

    // Compiled now rather than in the take.
    void prepare(const ShaderLook& look) { (void)shaders_.program(look); }
    [[nodiscard]] const std::vector<TransitionProblem>& problems() const { return shaders_.problems(); }

  private:
    explicit TransitionLayer(TransitionShaders shaders) : shaders_(std::move(shaders)) {}

    TransitionShaders shaders_;
};

}  // namespace tribune::gl
