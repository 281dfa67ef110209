// The disk is full in the middle of a show: the faces still do what the producer says, nothing is acknowledged that is
// not kept, and when there is room again the journal tells of it all.
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>

#include "support/real_show/real_show.hpp"

using namespace tribune;
using namespace tribune::test;

namespace {

constexpr const char* red_and_blue =
    "[[source]]\nname = \"red\"\nurl = \"lavfi:color=red:s=320x180:r=30\"\n"
    "[[source]]\nname = \"blue\"\nurl = \"lavfi:color=blue:s=320x180:r=30\"\n";

// Writes to the journal fail for want of space while a file exists.
class FullDisk {
  public:
    FullDisk() {
        std::string name = (std::filesystem::temp_directory_path() / "tribune-full-XXXXXX").string();
        REQUIRE(mkdtemp(name.data()) != nullptr);
        folder_ = name;
    }
    ~FullDisk() {
        std::error_code ignored;
        std::filesystem::remove_all(folder_, ignored);
    }
    [[nodiscard]] std::vector<std::string> environment() const {
        return {std::string("LD_PRELOAD=") + TRIBUNE_FAULT_SHIM,
                "FAULT_SHIM=write 1 ever 28 0 journal.db " + (folder_ / "full").string()};
    }
    void fill() const { std::ofstream(folder_ / "full") << 'x'; }
    void make_room() const { std::filesystem::remove(folder_ / "full"); }

  private:
    std::filesystem::path folder_;
};

Json hello(const RealShow& show, const std::string& key) {
    return {{"type", "hello"}, {"proto", 1}, {"key", show.key(key)}, {"device", "test-" + key}};
}
Json answer(int number) {
    return {{"type", "submit"},
            {"id", "0190b4ae-7f1c-7abc-8def-" + std::to_string(100000000000 + number)},
            {"round", 1},
            {"text", "mot " + std::to_string(number)},
            {"language", "fr"}};
}
Json cut(const std::string& source, Json faces = Json::array()) {
    return {{"kind", "cut"}, {"scene", source}, {"faces", std::move(faces)}};
}

bool journal_down(const RealShow& show) {
    const auto metrics = fetch(*parse_url(show.url()), "/metrics", show.key("technician"));
    return metrics && metrics->find("\ntribune_journal_storage_ok 0") != std::string::npos;
}

// Blue, green, red in the upper half of what a face shows.
bool shows(const FaceReader& face, bool red) {
    const auto newest = face.newest();
    return newest && (newest->middle[2] > 150) == red && (newest->middle[0] > 150) != red;
}

}  // namespace

TEST_CASE("a full disk: cuts act, answers wait, the desks are told; with room again all is in the journal") {
    const FullDisk disk;
    RealShow show(shared_show(red_and_blue, "320x180", 30, "off"), {"--painter", "cpu"}, disk.environment());
    FaceReader north(show, "north");
    FaceReader east(show, "east");
    Client producer(show.url(), hello(show, "producer"));
    Client director(show.url(), hello(show, "director"));
    Client table(show.url(), hello(show, "table/1"));
    Client sister(show.url(), hello(show, "table/1"));
    REQUIRE(producer.wait_type("welcome"));
    REQUIRE(director.wait_type("welcome"));
    REQUIRE(table.wait_type("welcome"));
    REQUIRE(sister.wait_type("welcome"));
    table.send(answer(1));
    REQUIRE(table.wait_type("stored"));
    REQUIRE(eventually([&] { return shows(north, true) && shows(east, true); }));

    disk.fill();
    // The first cut is on its way to the disk when the disk says no; the others find it full.
    CHECK(producer.command(cut("blue"))["ok"] == true);
    CHECK(eventually([&] { return shows(north, false) && shows(east, false); }));
    REQUIRE(eventually([&] { return journal_down(show); }));
    CHECK(producer.command(cut("red", {"north"}))["ok"] == true);
    CHECK(eventually([&] { return shows(north, true) && shows(east, false); }));
    CHECK(producer.command({{"kind", "place_wall"}, {"placement", "full"}, {"faces", {"south"}}})["ok"] == true);
    const auto refused = director.command({{"kind", "stop_round"}});
    CHECK(refused["ok"] == false);
    CHECK(refused["code"] == "storage_failed");
    table.send(answer(2));
    const auto later = table.wait_type("refused");
    REQUIRE(later);
    CHECK((*later)["retry_after_ms"] > 0);
    // No cut is undone by the trials that go on, and no answer was shown as kept.
    CHECK(eventually([&] { return north.count() > 0 && shows(north, true) && shows(east, false); }));
    CHECK(show.state()["room"]["answers"] == 1);
    CHECK(show.state()["stage"]["faces"]["north"]["own"]["scene"] == "red");

    disk.make_room();
    REQUIRE(eventually([&] { return !journal_down(show); }));
    table.send(answer(2));
    const auto stored = table.wait_type("stored");
    REQUIRE(stored);
    CHECK((*stored)["id"] == answer(2)["id"]);
    CHECK(director.command({{"kind", "stop_round"}})["ok"] == true);
    CHECK((shows(north, true) && shows(east, false)));
    // What the sister tablet was told of is what was kept, and nothing else.
    for (const int number : {1, 2}) {
        const auto added = sister.wait_type("own_added");
        REQUIRE(added);
        CHECK((*added)["contribution"]["id"] == answer(number)["id"]);
    }
    const auto before = show.state();

    // The journal tells of it all: another engine has the same stage and voices.
    show.kill_engine();
    show.start();
    REQUIRE(eventually([&] { return show.state().is_object() && show.state().contains("stage"); }));
    const auto after = show.state();
    CHECK(after["stage"] == before["stage"]);
    CHECK(after["room"] == before["room"]);
    CHECK(after["stage"]["program"]["scene"] == "blue");
    CHECK(after["stage"]["faces"]["north"]["own"]["scene"] == "red");
    CHECK(after["stage"]["faces"]["south"]["wall"] == "full");
    CHECK(after["room"]["answers"] == 2);
    CHECK((shows(north, true) && shows(east, false)));
}
