// A transition as the show names it, with all that a painter needs to draw it.
#pragma once

#include <memory>
#include <vector>

#include "plan/frame_plan.hpp"
#include "show/bus.hpp"
#include "show/setup.hpp"

namespace tribune {

// The shader's own values where the take gives none. Without a text when the setup has no shader of this name. The text
// lives as long as the setup, which the look keeps.
std::shared_ptr<const ShaderLook> shader_look(const std::shared_ptr<const Setup>& setup, const Transition& how);

// All of the setup's, with their own values: for painters to make ready.
std::vector<ShaderLook> shader_looks(const std::shared_ptr<const Setup>& setup);

}  // namespace tribune
