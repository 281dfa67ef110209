// A transition shader's text to what can be set of it. The open gl-transitions format (gl-transitions.com): GLSL ES with
//   vec4 transition(vec2 uv) { … }              uv 0…1, from the bottom left
// which may ask getFromColor(uv), getToColor(uv), progress (0…1) and ratio (width / height), and whose parameters are
//   uniform TYPE name; // = what it is unless a take says otherwise
#pragma once

#include <cstddef>
#include <string_view>

#include "base/result.hpp"
#include "show/setup.hpp"

namespace tribune {

inline constexpr std::size_t longest_transition_file = 65536;  // bytes
inline constexpr std::size_t longest_transition_name = 64;
inline constexpr std::size_t most_transition_parameters = 32;

// Pure: whether a driver takes the shader shows when it is first compiled. Samplers are no parameters: painters give
// them a plain ramp. Error bad_transition_file, with the line where there is one.
Result<TransitionSetup> read_transition(std::string_view name, std::string_view glsl);

}  // namespace tribune
