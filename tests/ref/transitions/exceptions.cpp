#include "ref/transitions/exceptions.hpp"

namespace tribune::test {

const std::vector<Exception>& exceptions() {
    static const std::vector<Exception> all{};
    return all;
}

}  // namespace tribune::test
