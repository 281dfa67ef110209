#include "app/cues.hpp"

#include <stdlib.h>
#include <time.h>

#include <catch2/catch.hpp>

#include "unit/app/app_fixture.hpp"

using namespace tribune;
using namespace tribune::test;

namespace {

// 2026-03-28 18:00:00 in Paris; that night clocks go forward.
constexpr std::int64_t evening = 1774717200000;
constexpr int eight = 20 * 3600;
constexpr std::int64_t hour = 3'600'000;

struct InParis {
    InParis() {
        setenv("TZ", "Europe/Paris", 1);
        tzset();
    }
    ~InParis() {
        unsetenv("TZ");
        tzset();
    }
};

ShowTime at_s(int s) { return {std::chrono::seconds(s)}; }

}  // namespace

TEST_CASE("a time of day is the next one on the clocks here, none when it has passed") {
    const InParis paris;
    CHECK(cues::next_time_of_day(eight, evening) == evening + 2 * hour);
    CHECK(cues::next_time_of_day(eight, evening + 2 * hour) == evening + 2 * hour);
    CHECK(cues::next_time_of_day(eight, evening + 2 * hour + 1000) == std::nullopt);
    CHECK(cues::next_time_of_day(1800, evening + 5 * hour) == evening + 6 * hour + hour / 2);  // past midnight
    CHECK(cues::next_time_of_day(4 * 3600, evening + 6 * hour) == evening + 9 * hour);         // over the missing hour
}

TEST_CASE("the authority is told of the time of day, carries on when it comes, and not twice") {
    const InParis paris;
    Authority authority = opened();
    const auto run = [&](Role role, const Command& command, int s) {
        const auto done = authority.decide(actor(role), command, at_s(s), evening + s * 1000);
        REQUIRE((done ? "" : done.error().message) == "");
    };
    run(Role::producer, SetCue{{CueNumber("1"), "", "", {}, {}, {}}, {}, {}}, 0);
    const Step cut{0, held(Cut{SceneName("cam2"), {}})};
    run(Role::producer, SetCue{{CueNumber("2"), "", "", {}, {CueStart::clock, 0, eight}, {cut}}, {}, {}}, 0);
    const auto due = [&](int s) { return cues::due(*authority.state(), at_s(s), evening + s * 1000); };
    CHECK(due(1) == std::nullopt);
    run(Role::producer, Go{}, 10);
    REQUIRE(due(10) == Command(TimeCue{CueNumber("2"), at_s(7200)}));
    run(Role::machine, *due(10), 10);
    CHECK(due(11) == std::nullopt);
    CHECK(cues::until_due(*authority.state(), at_s(7190)) == std::chrono::seconds(10));
    // The machine's clock is set forward by a minute.
    const auto set = cues::due(*authority.state(), at_s(20), evening + 80'000);
    REQUIRE(set == Command(TimeCue{CueNumber("2"), at_s(7140)}));
    run(Role::machine, *set, 20);
    REQUIRE(cues::due(*authority.state(), at_s(7140), evening + 7'200'000) == Command(CarryOn{}));
    run(Role::machine, CarryOn{}, 7140);
    CHECK(authority.state()->stage.program.scene == SceneName("cam2"));
    CHECK(cues::due(*authority.state(), at_s(7141), evening + 7'201'000) == std::nullopt);
    CHECK(cues::until_due(*authority.state(), at_s(7141)) == std::nullopt);
}
