// Processes are killed while a room speaks: nothing acknowledged is lost or shown twice, and all comes back.
#include <catch2/catch.hpp>
#include <set>

#include "support/real_show/real_show.hpp"
#include "support/real_show/speaking_room.hpp"

using namespace tribune;
using namespace tribune::test;

namespace {

constexpr int kills = 4;  // bench_show does twenty of each
constexpr const char* two_sources =
    "[[source]]\nname = \"cam1\"\nurl = \"lavfi:testsrc2=s=320x180:r=30\"\n"
    "[[source]]\nname = \"cam2\"\nurl = \"lavfi:testsrc=s=320x180:r=30\"\n";

bool source_live(const RealShow& show, const std::string& name) {
    const auto metrics = fetch(*parse_url(show.url()), "/metrics", show.key("technician"));
    return metrics && metrics->find("tribune_source_live{source=\"" + name + "\"} 1") != std::string::npos;
}

}  // namespace

TEST_CASE("captures, net and render are killed in turn under load: each comes back, no answer is lost or doubled") {
    RealShow show(shared_show(two_sources));
    FaceReader north(show, "north");
    REQUIRE(eventually([&] { return north.count() > 5 && source_live(show, "cam1") && source_live(show, "cam2"); }));
    SpeakingRoom room(show, 4);
    for (const std::string name : {"capture/cam2", "net", "render"}) {
        for (int i = 0; i < kills; ++i) {
            INFO(name << ", kill " << i);
            REQUIRE(room.wait_for_more(3));
            const auto engine = show.engine();
            REQUIRE(show.kill_and_wait(name));
            if (name == "render") {
                const auto seen = north.count();
                REQUIRE(eventually([&] { return north.count() > seen + 2; }));
            }
            if (name.starts_with("capture")) REQUIRE(eventually([&] { return source_live(show, "cam2"); }));
            CHECK(show.engine() == engine);
        }
    }
    room.finish();
    CHECK(room.lost(show) == 0);
    CHECK(room.doubled(show) == 0);
    CHECK(room.acknowledged() > 3 * kills);
    CHECK(north.unreadable() == 0);
}
