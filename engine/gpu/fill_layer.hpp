// Draws FillItem.
#pragma once

#include "base/result.hpp"
#include "gpu/canvas.hpp"
#include "gpu/shader_library.hpp"
#include "plan/frame_plan.hpp"

namespace tribune::gl {

class FillLayer {
  public:
    static Result<FillLayer> create(const ShaderLibrary& shaders);
    Status draw(const FillItem& item, const Canvas& canvas);

  private:
    explicit FillLayer(Program program);

    Program program_;
    GLint canvas_, place_, top_, bottom_, radius_;
};

}  // namespace tribune::gl
