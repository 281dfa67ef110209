// What the room says most, as words in a row.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "wall/terms.hpp"

namespace tribune {

// At most so many terms that anybody still stands behind, the heaviest first, the earliest of equals before.
std::vector<std::string> heaviest_terms(const TermIndex& terms, std::size_t most);

}  // namespace tribune
