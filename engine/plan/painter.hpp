// A draw strategy: gpu/ (GL) or cpu/ (libyuv). Both give the same picture within 2/255.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "plan/frame_plan.hpp"

namespace tribune {

// Rows of B G R A bytes, alpha 255, top row first. Valid until the painter paints again.
struct ImageView {
    const std::uint8_t* data = nullptr;
    int stride = 0;  // bytes
    Size size;
};

// A transition shader that cannot be run: its takes are mixed. Codes: no_transition, bad_transition, transition_slow,
// no_gl.
struct TransitionProblem {
    std::string name;
    Error error;
    bool operator==(const TransitionProblem&) const = default;
};

// One thread: the one that made it (for GL: where its context is current).
class Painter {
  public:
    virtual ~Painter() = default;

    // Draws every picture of the plan. A picture equal to the same-index one of the last plan is not redrawn.
    // An error costs this frame only; the pictures keep what they had. Pictures in pictures that cannot be drawn
    // (plan/picture_tree.hpp) are left out of theirs, which are drawn.
    virtual Status paint(const FramePlan& plan) = 0;

    // The finished picture. On GL this reads back and costs time; free on the CPU.
    virtual ImageView pixels(std::size_t picture) = 0;

    // The framebuffer object that holds the picture (top row at GL's y = 0 … see gpu/), 0 without GL.
    [[nodiscard]] virtual std::uint32_t framebuffer(std::size_t picture) const = 0;

    // Changes whenever the picture's content does; lets outputs skip what they already have.
    [[nodiscard]] virtual std::uint64_t version(std::size_t picture) const = 0;

    // Gets transition shaders ready before they are wanted. One that fails costs only its own takes.
    virtual void prepare(const std::vector<ShaderLook>& transitions) = 0;
    [[nodiscard]] virtual std::vector<TransitionProblem> transition_problems() const = 0;

    // For people and logs: "cpu (libyuv)" or the GL renderer's name.
    [[nodiscard]] virtual std::string description() const = 0;
};

}  // namespace tribune
