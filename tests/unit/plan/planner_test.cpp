#include "plan/planner.hpp"

#include <catch2/catch.hpp>
#include <vector>

#include "show/command.hpp"
#include "support/fake_measure.hpp"

using namespace tribune;
using std::chrono::milliseconds;

namespace {

struct Hall {
    Hall() {
        Setup setup;
        setup.title = "Essai";
        for (const char* side : {"north", "east", "south", "west"})
            setup.faces.push_back({FaceName(side), {640, 360}, 4, 20});
        for (const char* name : {"cam1", "cam2"}) {
            SourceConfig source;
            source.name = SourceName(name);
            source.label = std::string("Caméra ") + name;
            setup.sources.push_back(source);
        }
        setup.opening_source = SourceName("cam1");
        setup.wall.placement = WallPlacement::off;
        state = *apply(state, LoadShow{setup}, {1, {}, 0});
        for (const char* name : {"cam1", "cam2"}) {
            auto frame = std::make_shared<VideoFrame>();
            frame->size = {1280, 720};
            sources[SourceName(name)] = {frame, milliseconds(10), SourceState::live, "", 25};
        }
    }
    void run(const Command& command) { state = *apply(state, command, {state.revision + 1, {}, 0}); }
    FramePlan plan(std::uint64_t index = 0) { return planner.plan({state, ShowTime{}, index, sources, walls, look}); }

    ShowState state;
    std::map<SourceName, SourceView> sources;
    std::map<FaceName, WallView> walls;
    Look look;
    FakeMeasure measure;
    Planner planner{measure};
};

const VideoItem* video(const Picture& picture) {
    for (const auto& item : picture.items) {
        if (const auto* v = std::get_if<VideoItem>(&item)) return v;
    }
    return nullptr;
}

std::string texts(const Picture& picture) {
    std::string out;
    for (const auto& item : picture.items) {
        if (const auto* batch = std::get_if<TextBatch>(&item)) {
            for (const auto& move : *batch->moves) out += move.text->text + "|";
        }
    }
    return out;
}

}  // namespace

TEST_CASE("four faces that show the same are one picture; another one is drawn apart") {
    Hall room;
    REQUIRE(room.plan().pictures.size() == 1);
    room.run(Cut{SourceName("cam2"), {FaceName("east")}});
    const auto plan = room.plan();
    REQUIRE(plan.pictures.size() == 2);
    REQUIRE(plan.faces.size() == 4);
    REQUIRE(plan.faces[0].picture == plan.faces[2].picture);
    REQUIRE(plan.faces[1].picture != plan.faces[0].picture);
    REQUIRE(video(plan.pictures[plan.faces[1].picture])->frame == room.sources[SourceName("cam2")].frame);
}

TEST_CASE("the same state at the same time gives the same plan") {
    Hall room;
    room.run(PlaceWall{WallPlacement::beside, {}});
    const auto a = room.plan(7);
    const auto b = room.plan(7);
    REQUIRE(a.pictures == b.pictures);
}

TEST_CASE("a silent source holds its last frame for half a second, then its slate names it and says why") {
    Hall room;
    auto& source = room.sources[SourceName("cam1")];
    source.age = milliseconds(490);
    REQUIRE(video(room.plan().pictures[0]) != nullptr);
    source.age = milliseconds(510);
    source.state = SourceState::lost;
    source.reason = "La caméra ne répond plus.";
    const auto plan = room.plan();
    REQUIRE(video(plan.pictures[0]) == nullptr);
    REQUIRE(texts(plan.pictures[0]) == "Caméra cam1|La caméra ne répond plus.|");
    source.frames_per_second = 1;  // slow by nature: three of its frames
    REQUIRE(video(room.plan().pictures[0]) != nullptr);
}

TEST_CASE("a picture of another shape is shown whole, with bars; beside the wall it fills and is cut") {
    Hall room;
    auto frame = std::make_shared<VideoFrame>();
    frame->size = {600, 600};
    room.sources[SourceName("cam1")].frame = frame;
    CHECK(video(room.plan().pictures[0])->place == Rect{140, 0, 360, 360});
    CHECK(video(room.plan().pictures[0])->crop == Rect{0, 0, 1, 1});
    room.run(PlaceWall{WallPlacement::beside, {}});
    const auto* cut = video(room.plan().pictures[0]);
    CHECK(cut->place == Rect{0, 0, 320, 360});
    CHECK(cut->crop.height == 1);
    CHECK(cut->crop.width == Approx(320.0 / 360));
    auto turned = std::make_shared<VideoFrame>();
    turned->size = {360, 640};
    turned->rotation = 90;
    room.run(PlaceWall{WallPlacement::off, {}});
    room.sources[SourceName("cam1")].frame = turned;
    CHECK(video(room.plan().pictures[0])->place == Rect{0, 0, 640, 360});
}

TEST_CASE("the wall's words lie between question and small print, inside the face, in every placement") {
    Hall room;
    for (const auto placement : {WallPlacement::over, WallPlacement::beside, WallPlacement::full}) {
        const Rect area = wall_area(room.state.setup->faces[0], placement, 0.7);
        CHECK(area.width > 200);
        CHECK(area.height > 150);
        CHECK(area.right() < 640);
        CHECK(area.bottom() < 360);
    }
    CHECK(wall_area(room.state.setup->faces[0], WallPlacement::off, 0.7).width == 0);
}

TEST_CASE("the farther the last seat, the larger the smallest letter") {
    FaceSetup face{FaceName("n"), {1920, 1080}, 4, 20};
    // 20 m / 200 = 10 cm of 4 m of 1080 lines: capitals of 27 px.
    CHECK(smallest_font(face, 0.7) == Approx(27 / 0.7));
    face.farthest_seat_m = 40;
    CHECK(smallest_font(face, 0.7) == Approx(54 / 0.7));
}

TEST_CASE("the question that is open stands on the wall, before it the show's title") {
    Hall room;
    room.run(PlaceWall{WallPlacement::full, {}});
    room.walls[FaceName("north")] = {};
    CHECK(texts(room.plan().pictures[0]).find("Essai|") == 0);
    room.run(SetQuestion{"Que manque-t-il ?", ""});
    room.run(StartRound{});
    CHECK(texts(room.plan().pictures[0]).find("Que manque-t-il ?|") == 0);
}

TEST_CASE("a slate under the wall leaves the words to the wall") {
    Hall room;
    room.sources[SourceName("cam1")] = {nullptr, milliseconds(900), SourceState::lost, "La caméra ne répond plus.", 25};
    room.walls[FaceName("north")] = {};
    room.run(PlaceWall{WallPlacement::over, {}});
    CHECK(texts(room.plan().pictures[0]).find("cam1") == std::string::npos);
    room.run(PlaceWall{WallPlacement::beside, {}});
    CHECK(texts(room.plan().pictures[0]).find("Caméra cam1|") == 0);
}

TEST_CASE("which page of how many is never cut off: a narrow wall says it shorter") {
    Hall room;
    Setup setup = *room.state.setup;
    for (auto& face : setup.faces) face.farthest_seat_m = 35;  // large letters
    room.run(LoadShow{setup});
    WallView& wall = room.walls[FaceName("north")];
    wall.words = 1621;
    wall.page = 12;
    wall.pages = 24;
    room.run(PlaceWall{WallPlacement::full, {}});
    CHECK(texts(room.plan().pictures[0]).find("page 12 sur 24|") != std::string::npos);
    room.run(PlaceWall{WallPlacement::beside, {}});
    CHECK(texts(room.plan().pictures[0]).find("|12/24 · ") != std::string::npos);
}
