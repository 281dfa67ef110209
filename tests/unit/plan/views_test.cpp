#include <algorithm>
#include <catch2/catch.hpp>

#include "hall.hpp"
#include "show/views.hpp"

using namespace tribune;
using namespace tribune::test;

namespace {

Picture view_of(Hall& hall, const std::string& name, Size size = {320, 180}, int ms = 0) {
    const auto plan = hall.planner.plan(
        {hall.state, {std::chrono::milliseconds(ms)}, 0, hall.sources, hall.walls, hall.look}, {{name, size}});
    REQUIRE(plan.views.size() == 1);
    CHECK(plan.views[0].name == name);
    return plan.pictures.at(plan.views[0].picture);
}

std::size_t fills_of(const Picture& picture, const Colour& colour) {
    return static_cast<std::size_t>(std::count_if(picture.items.begin(), picture.items.end(), [&](const auto& item) {
        const auto* fill = std::get_if<FillItem>(&item);
        return fill != nullptr && fill->top == colour;
    }));
}
constexpr std::size_t lit_cell = 5;  // four sides, and the ground of its name

}  // namespace

TEST_CASE("program and preview are seen as their buses are, without the faces' walls") {
    Hall hall;
    hall.run(PlaceWall{WallPlacement::over, {}});
    CHECK(video(view_of(hall, "program"))->frame == hall.sources.at(SourceName("cam1")).frame);
    CHECK(texts(view_of(hall, "program")).empty());
    CHECK(video(view_of(hall, "preview"))->frame == hall.sources.at(SourceName("cam2")).frame);
    CHECK(video(view_of(hall, "preview"))->place == Rect{0, 0, 320, 180});
    CHECK(video(view_of(hall, "scene/cam2"))->frame == hall.sources.at(SourceName("cam2")).frame);
    hall.run(Take{{}, "mix", 1000});
    CHECK(view_of(hall, "program", {320, 180}, 500).items.size() == 2);
}

TEST_CASE("a view that is not there gives no picture, and takes none from the faces") {
    Hall hall;
    const auto plan = hall.planner.plan({hall.state, {}, 0, hall.sources, hall.walls, hall.look},
                                        {{"scene/none", {320, 180}}, {"nothing", {320, 180}}, {"program", {}}});
    CHECK(plan.views.empty());
    CHECK(plan.pictures.size() == 1);
}

TEST_CASE("a scene with a wall is seen small as it is on a face: one layout for both") {
    Hall hall;
    Layer wall;
    wall.name = LayerName("w");
    wall.content = WallContent{};
    hall.run(SetScene{SceneName("s"), "", {wall}, 0});
    view_of(hall, "scene/s");
    REQUIRE(hall.planner.walls().size() == 1);
    CHECK(hall.planner.walls()[0].key == wall_key(hall.state.setup->faces[0], {0, 0, 640, 360}, 0.7));
}

TEST_CASE("the multiview shows program and preview large, all sources and scenes small, and their lights") {
    Hall hall;
    hall.run(SetScene{SceneName("duo"), "À deux", {}, 0});
    const Picture picture = view_of(hall, "multiview", {1280, 720});
    const std::string said = texts(picture);
    for (const char* label : {"Prévision · Caméra cam2|", "Programme · Caméra cam1|", "Caméra cam1|33 ms|",
                              "Caméra cam2|33 ms|", "À deux|"})
        CHECK(said.find(label) != std::string::npos);
    const Colour red = colour_from_rgb(0xe5383b), green = colour_from_rgb(0x2f9e44);
    CHECK(fills_of(picture, red) == 2 * lit_cell);  // program and its source
    CHECK(fills_of(picture, green) == 2 * lit_cell);
    for (const auto& item : picture.items) {
        if (const auto* shown = std::get_if<VideoItem>(&item)) {
            CHECK(shown->place.x >= 0);
            CHECK(shown->place.right() <= 1280);
            CHECK(shown->place.bottom() <= 720);
        }
    }
    // Watching lights nothing: the same lamps whether a multiview is open or not.
    hall.run(Cut{SceneName("duo"), {}});
    CHECK(fills_of(view_of(hall, "multiview", {1280, 720}), red) == lit_cell);
}
