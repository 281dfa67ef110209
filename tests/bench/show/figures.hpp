// What a benchmark prints: JSON, one figure a line, as tools/bench/run.mjs reads it.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace tribune::bench {

enum class Better { less, more };

void figure(const std::string& what, double value, const std::string& unit, std::optional<double> bar = {},
            Better better = Better::less);

// The smallest value that so great a part of them do not exceed; NaN of none.
double percentile(std::vector<double> values, double part);

}  // namespace tribune::bench
