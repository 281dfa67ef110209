#include "app/packed_state.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "show/codec.hpp"
#include "unit/app/app_fixture.hpp"

using namespace tribune;
using namespace tribune::test;

TEST_CASE("a state is packed once for all who ask for it, and anew when it is another") {
    Authority authority = opened();
    PackedState packed;
    const auto state = authority.state();
    const char* first = packed.bytes(state).data();
    CHECK(packed.bytes(state).data() == first);
    CHECK(packed.bytes(state) == pack(encode(*state)));
    REQUIRE(authority.decide(actor(Role::table, 1), answer(1, "le bruit"), {}, 0));
    CHECK(packed.bytes(authority.state()) == pack(encode(*authority.state())));
    // Another state in the place of one that is gone is not taken for it.
    const std::weak_ptr<const ShowState> kept = authority.state();
    authority = Authority(std::make_shared<const ShowState>());
    CHECK_FALSE(kept.expired());
    packed.forget();
    CHECK(kept.expired());
    CHECK(packed.bytes(authority.state()) == pack(encode(*authority.state())));
}
