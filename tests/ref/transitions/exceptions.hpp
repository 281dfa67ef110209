// Where a shader of the published collection is not what a take wants, by its author's design or oversight.
#pragma once

#include <string_view>
#include <vector>

namespace tribune::test {

struct Exception {
    enum class Of { start, end, same };  // at progress 0; at 1; between two equal pictures
    std::string_view name;
    Of of;
    std::string_view reason;
};
const std::vector<Exception>& exceptions();

}  // namespace tribune::test
