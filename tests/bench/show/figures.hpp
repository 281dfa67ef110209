// What a benchmark prints: JSON, one figure a line, as tools/bench/run.mjs reads it.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace tribune::bench {

enum class Better { less, more };

void figure(const std::string& what, double value, const std::string& unit, std::optional<double> bar = {},
            Better better = Better::less);

// A point of a curve of cost against size, which must be linear or better: `x` of what the curve is named after.
void point(const std::string& what, double value, const std::string& unit, const std::string& curve, double x);

// The smallest value that so great a part of them do not exceed; NaN of none.
double percentile(std::vector<double> values, double part);

}  // namespace tribune::bench
