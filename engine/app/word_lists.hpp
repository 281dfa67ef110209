// Lists of words from assets/words/: function words of languages, and what makes a facilitator look first.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "voice/flags.hpp"
#include "wall/terms.hpp"

namespace tribune {

// insults-*.txt, and the function words of all languages (*.txt). What cannot be read is left out, with a line in the log.
std::shared_ptr<const Flagger> load_flagger(const std::filesystem::path& words);

// CODE.txt of each. A language without a list is taken as it is: nothing in it is a function word.
std::vector<LanguageWords> load_languages(const std::filesystem::path& words, const std::vector<std::string>& codes);

}  // namespace tribune
