#include <catch2/catch.hpp>

#include "support/real_show/lips.hpp"
#include "support/real_show/real_show.hpp"

using namespace tribune;
using namespace tribune::test;
using namespace std::chrono_literals;

TEST_CASE("a flash is seen and its beep heard within 20 ms of each other") {
    const auto lips = measure_lips(12s);
    INFO("median " << lips.share(0.5) << " ms, worst " << lips.share(1) << " ms of " << lips.offsets_ms.size());
    for (const double offset : lips.offsets_ms) UNSCOPED_INFO(offset);
    REQUIRE(lips.offsets_ms.size() >= 8);
    REQUIRE(lips.share(0.5) <= 20);
    REQUIRE(lips.unpaired == 0);
}

TEST_CASE("a clip's flash and its beep are together wherever it plays, and it is silent when it waits") {
    const auto lips = measure_clip_lips();
    INFO("median " << lips.share(0.5) << " ms, worst " << lips.share(1) << " ms of " << lips.offsets_ms.size());
    for (const double offset : lips.offsets_ms) UNSCOPED_INFO(offset);
    REQUIRE(lips.offsets_ms.size() >= 7);
    REQUIRE(lips.share(0.5) <= 20);
    REQUIRE(lips.unpaired == 0);
    REQUIRE(lips.heard_paused == 0);
}
