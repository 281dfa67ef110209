// Draws TransitionItem as a mix.
#pragma once

#include "base/result.hpp"
#include "gpu/canvas.hpp"
#include "gpu/picture_target.hpp"
#include "gpu/shader_library.hpp"
#include "plan/frame_plan.hpp"

namespace tribune::gl {

class MixLayer {
  public:
    static Result<MixLayer> create(const ShaderLibrary& shaders);
    // Both pictures have the size of `place`.
    void draw(const PictureTarget& from, const PictureTarget& to, float progress, const IntRect& place,
              const Canvas& canvas);

  private:
    explicit MixLayer(Program program);

    Program program_;
    GLint canvas_, place_, progress_;
};

}  // namespace tribune::gl
