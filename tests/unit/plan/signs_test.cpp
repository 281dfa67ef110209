#include "plan/signs.hpp"

#include <catch2/catch.hpp>

#include "show/command.hpp"

using namespace tribune;

namespace {

ShowTime at(double seconds) { return {Nanoseconds(static_cast<std::int64_t>(seconds * 1e9))}; }

ShowState told(ShowState state, double seconds, const Command& command) {
    auto next = apply(state, command, {state.revision + 1, at(seconds), 0});
    REQUIRE(next);
    return *std::move(next);
}

ShowState show(bool warnings_on_faces) {
    Setup setup;
    setup.language = "fr";
    setup.faces.push_back({FaceName("north"), {320, 180}, 4, 20});
    setup.opening_question = "Quoi ?";
    setup.notices = {{120}, warnings_on_faces};
    return told({}, 0, LoadShow{setup});
}

}  // namespace

TEST_CASE("the faces' clock counts down to the end, and on") {
    ShowState state = show(false);
    CHECK(clock_on_faces(state, at(1)).empty());
    state = told(state, 10, StartRound{3'600'000});
    CHECK(clock_on_faces(state, at(10)) == "1:00:00");
    CHECK(clock_on_faces(state, at(10.001)) == "1:00:00");
    CHECK(clock_on_faces(state, at(11)) == "59:59");
    CHECK(clock_on_faces(state, at(3609.999)) == "0:01");
    CHECK(clock_on_faces(state, at(3610.9)) == "0:00");
    CHECK(clock_on_faces(state, at(3611)) == "+0:01");
    state = told(state, 3700, StopRound{});
    CHECK(clock_on_faces(state, at(3701)).empty());
}

TEST_CASE("signs on the faces: the bell before a notice, a notice before a warning") {
    ShowState state = told(show(true), 10, StartRound{600'000});
    CHECK(sign_on_faces(state, at(489)).empty());
    CHECK(sign_on_faces(state, at(490)) == "Encore 2 minutes");
    state = told(state, 491, ShowNotice{"Aux écrans", 20'000, true});
    CHECK(sign_on_faces(state, at(492)) == "Aux écrans");
    state = told(state, 493, RingBell{});
    CHECK(sign_on_faces(state, at(494)) == "La cloche sonne");
    CHECK(sign_on_faces(state, at(510)) == "Aux écrans");
    CHECK(sign_on_faces(state, at(511)).empty());
    state = told(state, 520, ShowNotice{"Aux tables", 20'000, false});
    CHECK(sign_on_faces(state, at(521)).empty());
    CHECK(sign_on_faces(told(show(false), 10, StartRound{600'000}), at(490)).empty());
}

TEST_CASE("a bell that moves people says so, long enough to find the table") {
    RotationWish wish;
    wish.tables = 3;
    wish.seats = 2;
    wish.rounds = 2;
    ShowState state = told(show(false), 1, PlanRotation{wish, false});
    state = told(state, 2, SeatRotation{PlanRotation{wish, false}, 0, *plan_rotation(wish)});
    CHECK(sign_on_faces(state, at(3)).empty());
    state = told(state, 5, ChangeTables{});
    CHECK(sign_on_faces(state, at(6)) == "La cloche sonne : changez de table");
    CHECK(sign_on_faces(state, at(49)) == "La cloche sonne : changez de table");
    CHECK(sign_on_faces(state, at(51)).empty());
    state = told(state, 60, RingBell{});
    CHECK(sign_on_faces(state, at(61)) == "La cloche sonne");
}
