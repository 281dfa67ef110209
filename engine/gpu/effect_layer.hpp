// Draws an item with effects from its upright picture: keyed, bordered, cut to its corners, turned, and blended by any
// mode.
#pragma once

#include "base/result.hpp"
#include "gpu/canvas.hpp"
#include "gpu/picture_target.hpp"
#include "gpu/shader_library.hpp"
#include "plan/frame_plan.hpp"
#include "plan/turned_place.hpp"

namespace tribune::gl {

class EffectLayer {
  public:
    struct Look {
        TurnedPlace place;
        IntRect window;  // what part of the upright pixels the picture is
        Effects effects;
        float opacity = 1;
        float corner_radius = 0;
    };
    static Result<EffectLayer> create(const ShaderLibrary& shaders);
    // Leaves blending as it found it. Error gl_memory.
    Status draw(const Look& look, const PictureTarget& picture, const Canvas& canvas);

  private:
    explicit EffectLayer(Program program);
    Status copy_behind(const IntRect& part, const Canvas& canvas);
    void set_key(const Key& key);

    Program program_;
    GLint canvas_, place_, centre_, turn_, upright_, window_, radius_, border_width_, border_, opacity_, key_,
        key_values_, spill_slope_, invert_, blend_, behind_from_;
    Texture behind_;  // a copy of what is behind; grows with what is asked of it
    Size behind_size_;
};

}  // namespace tribune::gl
