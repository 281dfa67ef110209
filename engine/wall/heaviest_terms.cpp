#include "wall/heaviest_terms.hpp"

#include <algorithm>
#include <numeric>

namespace tribune {

std::vector<std::string> heaviest_terms(const TermIndex& terms, std::size_t most) {
    std::vector<std::uint32_t> order(terms.size());
    std::iota(order.begin(), order.end(), 0U);
    std::erase_if(order, [&](std::uint32_t i) { return terms[i].weight == 0; });
    const std::size_t count = std::min(most, order.size());
    const auto end = order.begin() + static_cast<std::ptrdiff_t>(count);
    std::partial_sort(order.begin(), end, order.end(), [&](std::uint32_t a, std::uint32_t b) {
        return terms[a].weight != terms[b].weight ? terms[a].weight > terms[b].weight : a < b;
    });
    std::vector<std::string> words;
    for (auto i = order.begin(); i != end; ++i) words.push_back(terms[*i].shown);
    return words;
}

}  // namespace tribune
