// Recording the running show: started at a desk, watched, killed, stopped; then the files are played.
#include <catch2/catch.hpp>
#include <chrono>
#include <cmath>
#include <csignal>
#include <functional>
#include <string>

#include "support/real_show/real_show.hpp"
#include "unit/encode/probe.hpp"

using namespace tribune;
using namespace tribune::test;

namespace {

const char* const moving = R"(
[[source]]
name = "moving"
url = "lavfi:testsrc2=size=320x180:rate=30"
)";

// What the desk is told of the one recording that runs, now or from now on.
class Desk : public Client {
  public:
    explicit Desk(const RealShow& show)
        : Client(show.url(), {{"type", "hello"}, {"proto", 1}, {"key", show.key("producer")}, {"device", "test"}}) {}

    // Waits until it tells of something like this; null: it did not.
    Json recording(const std::function<bool(const Json&)>& wanted) {
        Json found;
        wait_for(
            [&](const Json& message) {
                if (message.value("type", "") != "actual") return false;
                const auto list = message.value("recordings", Json::array());
                const Json now = list.empty() ? Json{{"state", "none"}, {"seconds", 0}, {"file", ""}} : list.front();
                if (!wanted(now)) return false;
                found = now;
                return true;
            },
            std::chrono::seconds(20));
        return found;
    }
    Json running(double seconds, const std::string& not_file = "") {
        return recording([&](const Json& now) {
            return now["state"] == "ok" && now["seconds"].get<double>() >= seconds && now["file"] != not_file;
        });
    }
};

}  // namespace

TEST_CASE("a face is recorded with its sound; whoever kills the recorder costs less than a second") {
    RealShow show(shared_show(moving));
    Desk desk(show);
    REQUIRE(desk.wait_type("welcome"));
    REQUIRE(desk.command({{"kind", "start_record"}})["ok"] == true);
    Json now = desk.running(2);
    for (int kill = 0; kill < 3; ++kill) {
        REQUIRE(now.is_object());
        const std::string file = now["file"];
        REQUIRE(show.kill_and_wait("record/face/north"));
        CHECK(complaints(file).empty());
        const auto seen = played(file);
        CHECK(seen.codecs == "h264 aac");
        CHECK(seen.video_end > now["seconds"].get<double>() - 1);
        CHECK(seen.sound_end > now["seconds"].get<double>() - 1);
        now = desk.running(1.5, file);
    }
    REQUIRE(now.is_object());

    // Render dies: the same file goes on when it is back.
    const std::string file = now["file"];
    const double length = now["seconds"];
    REQUIRE(show.kill_and_wait("render"));
    now = desk.running(length + 2);
    REQUIRE(now.is_object());
    CHECK(now["file"] == file);

    const pid_t recorder = show.pid("record/face/north");
    REQUIRE(desk.command({{"kind", "stop_record"}})["ok"] == true);
    CHECK(desk.recording([](const Json& told) { return told["state"] == "none"; }).is_object());
    REQUIRE(eventually([&] { return kill(recorder, 0) != 0; }));
    CHECK(complaints(file).empty());
    const auto whole = played(file);
    CHECK(whole.video_end > length + 1.9);
    CHECK(std::abs(whole.video_end - whole.sound_end) < 0.5);
}

TEST_CASE("a recording goes on after a crash of the engine, and ends with the evening") {
    RealShow show(shared_show(moving));
    {
        Desk desk(show);
        REQUIRE(desk.wait_type("welcome"));
        REQUIRE(desk.command({{"kind", "start_record"}})["ok"] == true);
        const Json before = desk.running(1);
        REQUIRE(before.is_object());
        show.kill_engine();
        show.start();
        Desk again(show);
        const Json after = again.running(before["seconds"].get<double>() + 1);
        REQUIRE(after.is_object());
        CHECK(after["file"] == before["file"]);
    }
    show.stop();
    show.start();
    Desk desk(show);
    CHECK(desk.recording([](const Json& told) { return told["state"] == "none"; }).is_object());
    CHECK(show.state()["stage"].value("recordings", Json::array()).empty());
}

TEST_CASE("a folder that cannot be written is told, and its recording tried again") {
    RealShow show(shared_show(std::string("[recording]\nfolder = \"/proc/nowhere\"\n") + moving));
    Desk desk(show);
    REQUIRE(desk.wait_type("welcome"));
    REQUIRE(desk.command({{"kind", "start_record"}})["ok"] == true);
    const Json told = desk.recording([](const Json& now) { return now["state"] == "failed"; });
    REQUIRE(told.is_object());
    CHECK(told["detail"].get<std::string>().find("choose another folder") != std::string::npos);
    REQUIRE(desk.command({{"kind", "stop_record"}})["ok"] == true);
}
