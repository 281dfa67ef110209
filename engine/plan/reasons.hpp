// Why a source is not live, in the languages of shows: capture says it in English, with a code.
#pragma once

#include <map>
#include <string>
#include <string_view>

namespace tribune {

// By code, by language: a sentence, with {} where a detail stands. English is there too, to find the detail by.
using Reasons = std::map<std::string, std::map<std::string, std::string>, std::less<>>;

// `sentence` as it came where the list lacks the code or the language, or has another sentence by that code.
std::string reason_in(const Reasons& reasons, std::string_view language, std::string_view code,
                      std::string_view sentence);

}  // namespace tribune
