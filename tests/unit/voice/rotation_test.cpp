#include <catch2/catch.hpp>
#include <random>
#include <set>

#include "voice/room.hpp"
#include "voice/rotation_search.hpp"

using namespace tribune;

namespace {

RotationWish hall(std::uint32_t tables, std::uint32_t seats, std::uint32_t rounds) {
    RotationWish wish;
    wish.tables = tables;
    wish.seats = seats;
    wish.rounds = rounds;
    return wish;
}

// By brute force, from the plan alone.
std::uint32_t repeats_in(const std::vector<Seating>& rounds) {
    std::set<std::pair<PersonNumber, PersonNumber>> met;
    std::uint32_t repeats = 0;
    for (const auto& seating : rounds) {
        for (const auto& table : seating) {
            for (const PersonNumber a : table) {
                for (const PersonNumber b : table) {
                    if (a < b && !met.insert({a, b}).second) ++repeats;
                }
            }
        }
    }
    return repeats;
}

bool share_a_table(const Seating& seating, PersonNumber a, PersonNumber b) {
    for (const auto& table : seating) {
        const std::set<PersonNumber> people(table.begin(), table.end());
        if (people.contains(a) && people.contains(b)) return true;
    }
    return false;
}

// Everyone present has one place in each round from `first` on, no table is over its seats.
void check_places(const RotationWish& wish, const RotationPlan& plan, std::size_t first = 0) {
    const std::uint32_t people = wish.people != 0 ? wish.people : wish.tables * wish.seats;
    std::set<PersonNumber> present;
    for (PersonNumber p = 1; p <= people; ++p) present.insert(p);
    for (const PersonNumber p : wish.absent) present.erase(p);
    REQUIRE(plan.rounds.size() >= wish.rounds);
    for (std::size_t r = first; r < plan.rounds.size(); ++r) {
        REQUIRE(plan.rounds[r].size() == wish.tables);
        std::multiset<PersonNumber> seated;
        for (const auto& table : plan.rounds[r]) {
            REQUIRE(table.size() <= wish.seats);
            seated.insert(table.begin(), table.end());
        }
        REQUIRE(std::vector(seated.begin(), seated.end()) == std::vector(present.begin(), present.end()));
    }
}

std::size_t widest_difference(const Seating& seating) {
    std::size_t fewest = 1000;
    std::size_t most = 0;
    for (const auto& table : seating) {
        fewest = std::min(fewest, table.size());
        most = std::max(most, table.size());
    }
    return most - fewest;
}

}  // namespace

TEST_CASE("the longest modular plan is what brute force finds") {
    for (std::uint32_t tables = 1; tables <= 25; ++tables) {
        for (std::uint32_t seats = 1; seats <= 9 && seats <= tables; ++seats) {
            std::uint32_t longest = 1;
            for (bool free = true; free && longest < tables; longest += free ? 1 : 0) {
                for (std::uint32_t step = 1; step < seats; ++step) free = free && longest * step % tables != 0;
            }
            INFO(tables << " tables of " << seats);
            CHECK(longest_modular(tables, seats) == longest);
        }
    }
}

TEST_CASE("the oracle's plans have no repeated pair") {
    for (const auto& [tables, seats, rounds] :
         {std::tuple{5U, 3U, 7U}, {4U, 4U, 5U}, {6U, 6U, 3U}, {8U, 4U, 9U}, {30U, 8U, 5U}, {100U, 8U, 6U}}) {
        INFO(tables << "-" << seats << "-" << rounds);
        const auto wish = hall(tables, seats, rounds);
        const auto plan = plan_rotation(wish);
        REQUIRE(plan);
        check_places(wish, *plan);
        CHECK(repeats_in(plan->rounds) == 0);
        CHECK(plan->repeated_pairs == 0);
        CHECK(plan_rotation(wish)->rounds == plan->rounds);
    }
}

TEST_CASE("any wish that is met is met whole") {
    std::mt19937 random(11);
    const auto any = [&](std::uint32_t least, std::uint32_t most) {
        return least + static_cast<std::uint32_t>(random() % (most - least + 1));
    };
    int met = 0;
    for (int i = 0; i < 120; ++i) {
        RotationWish wish = hall(any(2, 12), any(2, 8), any(1, 5));
        const std::uint32_t chairs = wish.tables * wish.seats;
        wish.people = any(wish.tables, chairs);
        wish.scribes = any(0, 1) == 1;
        wish.seed = any(1, 1000);
        for (std::uint32_t n = any(0, 3); n > 0; --n) wish.absent.push_back(any(1, wish.people));
        for (std::uint32_t n = any(0, 2); n > 0; --n) wish.apart.push_back({any(1, wish.people), any(1, wish.people)});
        for (std::uint32_t n = any(0, 2); n > 0; --n)
            wish.together.push_back({any(1, wish.people), any(1, wish.people)});
        const auto plan = plan_rotation(wish);
        if (!plan) {
            INFO(plan.error().message);
            const auto& code = plan.error().code;
            REQUIRE((code == "apart_impossible" || code == "together_impossible" || code == "bad_rotation"));
            continue;
        }
        ++met;
        check_places(wish, *plan);
        const std::set<PersonNumber> absent(wish.absent.begin(), wish.absent.end());
        const auto here = [&](const std::vector<PersonNumber>& pair) {
            return pair[0] != pair[1] && !absent.contains(pair[0]) && !absent.contains(pair[1]);
        };
        std::uint32_t wished = 0;  // meetings of those who stay together, beyond the first
        std::set<std::pair<PersonNumber, PersonNumber>> counted;
        for (const auto& pair : wish.together) {
            if (!here(pair)) continue;
            if (counted.insert(std::minmax(pair[0], pair[1])).second) wished += wish.rounds - 1;
            for (const auto& seating : plan->rounds) REQUIRE(share_a_table(seating, pair[0], pair[1]));
        }
        for (const auto& pair : wish.apart) {
            if (!here(pair)) continue;
            for (const auto& seating : plan->rounds) REQUIRE_FALSE(share_a_table(seating, pair[0], pair[1]));
        }
        CHECK(plan->repeated_pairs + wished == repeats_in(plan->rounds));
        if (wish.together.empty()) {
            for (const auto& seating : plan->rounds) CHECK(widest_difference(seating) <= 1);
        }
        if (!wish.scribes) continue;
        for (std::uint32_t t = 0; t < wish.tables; ++t) {
            const auto& first = plan->rounds.front()[t];
            for (const auto& seating : plan->rounds) {
                if (!first.empty()) REQUIRE(seating[t].front() == first.front());
            }
        }
    }
    CHECK(met > 60);
}

TEST_CASE("no-shows known before the first round leave even tables and no repeat") {
    RotationWish wish = hall(100, 8, 6);
    for (PersonNumber p = 1; p <= 80; ++p) wish.absent.push_back(p * 37 % 800 + 1);
    const auto plan = plan_rotation(wish);
    REQUIRE(plan);
    check_places(wish, *plan);
    CHECK(repeats_in(plan->rounds) == 0);
    for (const auto& seating : plan->rounds) CHECK(widest_difference(seating) <= 1);
}

TEST_CASE("planned anew in the middle: what was played stays, who came has a chair, nobody meets twice") {
    const auto first = plan_rotation(hall(100, 8, 6));
    RotationWish wish = hall(100, 8, 6);
    wish.scribes = true;
    std::mt19937 random(5);
    while (wish.absent.size() < 80) {
        const PersonNumber p = static_cast<PersonNumber>(random() % 800) + 1;
        if (std::find(wish.absent.begin(), wish.absent.end(), p) == wish.absent.end()) wish.absent.push_back(p);
    }
    wish.people = 804;  // and four late-comers
    const std::vector<Seating> played(first->rounds.begin(), first->rounds.begin() + 3);
    const auto plan = plan_rotation(wish, played);
    REQUIRE(plan);
    CHECK(plan->rounds[0] == played[0]);
    CHECK(plan->rounds[1] == played[1]);
    check_places(wish, *plan, 2);
    CHECK(plan->repeated_pairs == 0);
    for (std::size_t r = 3; r < 6; ++r) {
        CHECK(widest_difference(plan->rounds[r]) <= 1);
        for (std::uint32_t t = 0; t < 100; ++t) CHECK(plan->rounds[r][t].front() == plan->rounds[2][t].front());
    }
}

TEST_CASE("groups go from table to table, and none sees one twice before it saw all") {
    RotationWish wish = hall(7, 8, 7);
    wish.unit = RotationUnit::groups;
    const auto plan = plan_rotation(wish);
    REQUIRE(plan);
    std::set<std::pair<PersonNumber, std::size_t>> seen;
    for (const auto& seating : plan->rounds) {
        for (std::size_t t = 0; t < seating.size(); ++t) {
            REQUIRE(seating[t].size() == 1);
            CHECK(seen.insert({seating[t].front(), t}).second);
        }
    }
    CHECK(seen.size() == 49);
}

TEST_CASE("what cannot be is refused with its reason") {
    const auto code = [](const RotationWish& wish) {
        const auto plan = plan_rotation(wish);
        return plan ? "" : plan.error().code;
    };
    CHECK(code(hall(0, 8, 2)) == "bad_rotation");
    CHECK(code(hall(4, 0, 2)) == "bad_rotation");
    CHECK(code(hall(4, 51, 2)) == "bad_rotation");
    CHECK(code(hall(4, 8, 61)) == "bad_rotation");
    CHECK(code(hall(4'000'000'000U, 8, 2)) == "bad_rotation");
    RotationWish wish = hall(2, 3, 2);
    wish.people = 7;
    CHECK(code(wish) == "room_full");
    wish.people = 6;
    wish.apart = {{1, 2, 3}};
    CHECK(code(wish) == "apart_impossible");
    wish.apart = {{1, 2}};
    wish.together = {{1, 2}};
    CHECK(code(wish) == "together_impossible");
    wish.apart.clear();
    wish.together = {{1, 2, 3, 4}};
    CHECK(code(wish) == "together_impossible");
    wish.together.clear();
    wish.apart = {std::vector<PersonNumber>(600, 1)};
    CHECK(code(wish) == "bad_rotation");
}

TEST_CASE("in the room: asked, seated, rung, undone until the bell") {
    Room room;
    const Stamp stamp{1, {}, 0};
    const auto code = [](const Status& status) { return status ? "" : status.error().code; };
    const auto seat = [&](const PlanRotation& asked) {
        return apply(room, SeatRotation{asked, room.rotation ? room.rotation->sits : 0, *plan_rotation(asked.wish)},
                     stamp);
    };
    CHECK(code(apply(room, ChangeTables{}, stamp)) == "no_rotation");
    PlanRotation one{hall(5, 3, 3), false};
    REQUIRE(apply(room, one, stamp));
    REQUIRE(seat(one));
    CHECK(code(seat(one)) == "rotation_outdated");  // it is not wanted any more
    CHECK(code(apply(room, UndoRotation{}, stamp)) == "nothing_to_undo");
    PlanRotation two{hall(5, 3, 4), false};
    REQUIRE(apply(room, two, stamp));
    REQUIRE(seat(two));
    CHECK(room.rotation->plan.rounds.size() == 4);
    REQUIRE(apply(room, UndoRotation{}, stamp));
    CHECK(room.rotation->plan.rounds.size() == 3);
    REQUIRE(apply(room, ChangeTables{}, stamp));
    CHECK(room.rotation->sits == 1);
    CHECK(code(apply(room, UndoRotation{}, stamp)) == "nothing_to_undo");
    REQUIRE(apply(room, ChangeTables{}, stamp));
    CHECK(code(apply(room, ChangeTables{}, stamp)) == "rotation_over");
    REQUIRE(apply(room, PlanRotation{hall(5, 3, 5), false}, stamp));
    REQUIRE(apply(room, SeatRotation{*room.wanted_rotation, 2, {}, "apart_impossible"}, stamp));
    CHECK(room.rotation_problem == "apart_impossible");
    CHECK(room.rotation->sits == 2);
}
