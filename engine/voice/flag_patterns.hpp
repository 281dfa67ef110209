// Telephone numbers, addresses, account numbers and links in a text: what has a form instead of a list.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "voice/flags.hpp"

namespace tribune {

// In no order; a place may be found twice. Any thread.
std::vector<FlagFinding> find_flag_patterns(std::string_view text);

}  // namespace tribune
