// Whoever runs transition shaders for a painter that cannot.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "plan/frame_plan.hpp"
#include "plan/painter.hpp"

namespace tribune {

class TransitionDrawer {
  public:
    virtual ~TransitionDrawer() = default;

    // Draws `from` on its way to `to` (progress 0…1). All three have one size; opaque B G R A. False when this shader
    // cannot be drawn, now or ever: the painter mixes instead. Thread: the painter's.
    virtual bool draw(const ShaderLook& look, float progress, const ImageView& from, const ImageView& to,
                      std::uint8_t* out, int out_stride) = 0;

    // Gets shaders ready, so that no take waits for it. May return before it is done.
    virtual void prepare(std::vector<ShaderLook> looks) = 0;

    // What cannot be drawn and why, of all that was asked for so far.
    [[nodiscard]] virtual std::vector<TransitionProblem> problems() const = 0;
};

}  // namespace tribune
