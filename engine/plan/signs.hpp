// What the director says to the room on its faces: a bell, a notice, a warning. Pure; any thread.
#pragma once

#include <string>

#include "show/state.hpp"

namespace tribune {

// In the show's language, the most urgent first; empty while nothing stands.
std::string sign_on_faces(const ShowState& state, ShowTime now);

// Of the open round: what its clock shows; empty without a planned length.
std::string clock_on_faces(const ShowState& state, ShowTime now);

}  // namespace tribune
