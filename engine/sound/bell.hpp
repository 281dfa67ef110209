// The bell, computed: a struck hand bell whose partials die away at their own pace.
#pragma once

#include <vector>

#include "base/sound_block.hpp"

namespace tribune {

// About four seconds, its highest peak at -6 dBFS, silent at its end. The same samples on every machine of one kind.
std::vector<StereoSample> make_bell();

}  // namespace tribune
