// Where show time stands when the engine starts.
#pragma once

#include <string>

#include "app/data_folder.hpp"
#include "base/time.hpp"
#include "show/state.hpp"

namespace tribune {

// Show time goes on where it was: for the same journal on the same boot by the same offset, so that followers
// which lived on agree; else from the last record. Keeps what it chose in the data folder.
ShowClock choose_clock(const DataFolder& folder, const std::string& epoch, const ShowState& state);

}  // namespace tribune
