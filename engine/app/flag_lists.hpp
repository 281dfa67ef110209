// The lists of words that make a facilitator look first, from assets/words/.
#pragma once

#include <filesystem>
#include <memory>

#include "voice/flags.hpp"

namespace tribune {

// insults-*.txt, and the function words of all languages (*.txt). What cannot be read is left out, with a line in the log.
std::shared_ptr<const Flagger> load_flagger(const std::filesystem::path& words);

}  // namespace tribune
