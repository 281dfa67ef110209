#include "bench/show/figures.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <nlohmann/json.hpp>

namespace tribune::bench {

void figure(const std::string& what, double value, const std::string& unit, std::optional<double> bar, Better better) {
    nlohmann::json line{{"what", what},
                        {"value", std::round(value * 100) / 100},
                        {"unit", unit},
                        {"better", better == Better::more ? "more" : "less"}};
    if (bar) line["bar"] = *bar;
    std::puts(line.dump().c_str());
    std::fflush(stdout);
}

void point(const std::string& what, double value, const std::string& unit, const std::string& curve, double x) {
    std::puts(
        nlohmann::json{{"what", what}, {"value", value}, {"unit", unit}, {"curve", curve}, {"x", x}}.dump().c_str());
    std::fflush(stdout);
}

double percentile(std::vector<double> values, double part) {
    if (values.empty()) return std::nan("");
    std::sort(values.begin(), values.end());
    const auto rank = static_cast<std::size_t>(std::ceil(part * static_cast<double>(values.size())));
    return values[std::clamp<std::size_t>(rank, 1, values.size()) - 1];
}

}  // namespace tribune::bench
