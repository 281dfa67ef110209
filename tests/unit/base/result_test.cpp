#include "base/result.hpp"

#include <catch2/catch.hpp>
#include <memory>

using namespace tribune;

namespace {

Result<int> half(int n) {
    if (n % 2 != 0) return Error{"odd", "give an even number"};
    return n / 2;
}

Result<int> quarter(int n) {
    TRIBUNE_TRY(const int once, half(n));
    TRIBUNE_TRY(const int twice, half(once));
    return twice;
}

Status even(int n) {
    TRIBUNE_CHECK([&]() -> Status {
        if (n % 2 != 0) return Error{"odd", "give an even number"};
        return {};
    }());
    return {};
}

}  // namespace

TEST_CASE("an error passes through to the caller, a value is unwrapped") {
    REQUIRE(*quarter(12) == 3);
    REQUIRE_FALSE(quarter(6));
    REQUIRE(quarter(6).error().code == "odd");
    REQUIRE(even(2));
    REQUIRE(even(3).error().code == "odd");
}

TEST_CASE("a result may hold what can only be moved") {
    Result<std::unique_ptr<int>> r = std::make_unique<int>(5);
    auto owned = *std::move(r);
    REQUIRE(*owned == 5);
}
