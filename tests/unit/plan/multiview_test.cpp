#include <algorithm>
#include <catch2/catch.hpp>

#include "hall.hpp"
#include "show/views.hpp"

using namespace tribune;
using namespace tribune::test;
using namespace std::chrono_literals;

namespace {

const Size control_room{1920, 1080};

struct ControlRoom : Hall {
    Picture view(const std::string& name, Size size = control_room) {
        last = planner.plan({state, {}, 0, sources, walls, look, nullptr, 14 * 3600 + 32 * 60 + 7, &levels},
                            {{name, size}});
        REQUIRE(last.views.size() == 1);
        return last.pictures.at(last.views[0].picture);
    }
    SoundLevels levels;
    FramePlan last;
};

std::size_t fills_of(const Picture& picture, const Colour& colour) {
    return static_cast<std::size_t>(std::count_if(picture.items.begin(), picture.items.end(), [&](const auto& item) {
        const auto* fill = std::get_if<FillItem>(&item);
        return fill != nullptr && fill->top == colour;
    }));
}

bool says(const Picture& picture, const std::string& words) { return texts(picture).find(words) != std::string::npos; }

}  // namespace

TEST_CASE("all of the multiview lies in its picture, in whole pixels, whatever its size") {
    ControlRoom room;
    room.levels.channels.push_back({SourceName("cam1"), true, -20, -3});
    for (const char* layout : {"all", "eight", "program_large", "faces"}) {
        room.run(SetMultiview{layout, {}, {}, {}});
        for (const Size size : {Size{1920, 1080}, Size{1280, 720}, Size{1366, 768}, Size{640, 480}}) {
            const auto picture = room.view("multiview", size);
            CHECK(picture.size == size);
            for (const auto& item : picture.items) {
                const Rect* place = nullptr;
                if (const auto* v = std::get_if<VideoItem>(&item)) place = &v->place;
                if (const auto* f = std::get_if<FillItem>(&item)) place = &f->place;
                if (const auto* p = std::get_if<PictureItem>(&item)) place = &p->place;
                if (place == nullptr) continue;
                INFO(layout << " " << size.width << "x" << size.height);
                CHECK(place->x >= 0);
                CHECK(place->y >= 0);
                CHECK(place->right() <= size.width);
                CHECK(place->bottom() <= size.height);
                CHECK(place->x == std::floor(place->x));
                CHECK(place->y == std::floor(place->y));
            }
        }
    }
}

TEST_CASE("the multiview tells the time, levels, and what is left of a clip") {
    ControlRoom room;
    CHECK(says(room.view("multiview"), "14:32:07|"));
    room.run(AddSource{SourceName("film"), "Le film", "film.mp4", "", false});
    room.run(ClipOpened{SourceName("film"), 83s});
    CHECK(says(room.view("multiview"), "Le film|−1:23|"));

    const auto bare = room.view("multiview").items.size();
    room.levels.channels.push_back({SourceName("cam1"), true, -20, -3});
    const auto metered = room.view("multiview").items.size();
    CHECK(metered > bare);
    room.levels.channels[0].sounding = false;
    CHECK(room.view("multiview").items.size() == bare);
    room.run(SetMultiview{{}, {}, {}, false});
    room.levels.channels[0].sounding = true;
    CHECK(room.view("multiview").items.size() < bare);  // master's is gone, too
    room.run(SetMultiview{{}, std::vector<std::string>{"", "", "clock", "sound"}, {}, {}});
    room.levels.momentary_lufs = -22.4;
    CHECK(says(room.view("multiview"), "M -22.4 LUFS|"));
}

TEST_CASE("safe areas stand on program and preview, when they are wanted") {
    ControlRoom room;
    const Colour line = colour_from_rgb(0xffffff, 0.32F);
    CHECK(fills_of(room.view("multiview"), line) == 2 * (2 * 4 + 2));
    room.run(SetMultiview{{}, {}, false, {}});
    CHECK(fills_of(room.view("multiview"), line) == 0);
}

TEST_CASE("faces stand in the multiview as they are drawn, once") {
    ControlRoom room;
    room.run(SetMultiview{"faces", {}, {}, {}});
    const auto picture = room.view("multiview");
    const auto& face = room.last.pictures.at(room.last.faces[0].picture);
    CHECK(std::count_if(picture.items.begin(), picture.items.end(), [&](const auto& item) {
              const auto* inner = std::get_if<PictureItem>(&item);
              return inner != nullptr && *inner->picture == face;
          }) == 4);
}

TEST_CASE("a clean feed is the face without what lies over it, and is drawn once while nothing does") {
    ControlRoom room;
    room.run(PlaceWall{WallPlacement::over, {}});
    const Size size{640, 360};
    const auto pictures_of = [&] { return room.last.pictures.size(); };
    const auto clean = room.view("clean/north", size);
    CHECK(pictures_of() == 1);  // four faces and a feed, all alike
    CHECK(clean == room.last.pictures[0]);
    CHECK(room.view("clean", size) == clean);

    Layer logo;
    logo.name = LayerName("logo");
    logo.content = TextContent{"Direct", 0.1, 600, TextAlign::left, {}};
    room.run(SetScene{SceneName("name"), "", {logo}, 0});
    room.run(SetOverlay{SceneName("name"), true, 0, {}});
    room.run(FadeToBlack{true, 0});
    const auto again = room.view("clean/north", size);
    CHECK(again == clean);
    CHECK(pictures_of() == 2);
    CHECK(says(room.last.pictures[0], "Direct"));
    CHECK_FALSE(says(again, "Direct"));

    const auto bare = room.view("pictures/north", size);
    REQUIRE(bare.items.size() == 1);
    CHECK(std::get<VideoItem>(bare.items[0]).frame == room.sources.at(SourceName("cam1")).frame);
    CHECK(room.view("program", size) == bare);

    // A face of its own, and the feed of program beside it.
    room.run(Cut{SceneName("cam2"), {FaceName("north")}});
    CHECK(video(room.view("clean/north", size))->frame == room.sources.at(SourceName("cam2")).frame);
    CHECK(video(room.view("clean", size))->frame == room.sources.at(SourceName("cam1")).frame);
    // Smaller: the same picture, made smaller.
    const auto small = room.view("clean/north", {320, 180});
    CHECK(small.size == Size{320, 180});
    REQUIRE(small.items.size() == 1);
    CHECK(std::get<PictureItem>(small.items[0]).picture->size == size);
}

TEST_CASE("what a cell shows that is gone leaves it empty, and nothing else changes") {
    ControlRoom room;
    room.run(AddSource{SourceName("film"), "", "film.mp4", "", false});
    room.run(SetMultiview{{}, std::vector<std::string>{"", "", "film"}, {}, {}});
    room.run(RemoveSource{SourceName("film")});
    CHECK(says(room.view("multiview"), "Caméra cam2|"));
}
