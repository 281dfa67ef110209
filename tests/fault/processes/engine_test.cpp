// The engine itself is killed: the pictures go on, and the next engine takes over what lives.
#include <catch2/catch.hpp>

#include "support/real_show/real_show.hpp"
#include "support/real_show/speaking_room.hpp"

using namespace tribune;
using namespace tribune::test;

namespace {

constexpr int kills = 8;  // bench_show does fifty

}  // namespace

TEST_CASE("the engine is killed again and again under load: nothing acknowledged is lost, nothing stored twice") {
    RealShow show(shared_show("[[source]]\nname = \"cam1\"\nurl = \"lavfi:testsrc2=s=320x180:r=30\"\n"));
    FaceReader north(show, "north");
    REQUIRE(eventually([&] { return north.count() > 5; }));
    SpeakingRoom room(show, 4);
    const auto render = show.pid("render");
    const auto net = show.pid("net");
    for (int i = 0; i < kills; ++i) {
        INFO("kill " << i);
        REQUIRE(room.wait_for_more(static_cast<std::size_t>(1 + i % 3)));
        show.kill_engine();
        const auto frames = north.count();
        REQUIRE(eventually([&] { return north.count() > frames + 3; }));  // without an engine the faces go on
        show.start();
        // Adopted, not replaced.
        CHECK(show.pid("render") == render);
        CHECK(show.pid("net") == net);
    }
    room.finish();
    CHECK(room.lost(show) == 0);
    CHECK(room.doubled(show) == 0);
    CHECK(room.acknowledged() > kills);
}
