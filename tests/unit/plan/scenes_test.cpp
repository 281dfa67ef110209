#include <catch2/catch.hpp>

#include "hall.hpp"

using namespace tribune;
using namespace tribune::test;

namespace {

Layer layer(const char* name, LayerContent content, Rect place = {0, 0, 1, 1}) {
    Layer out;
    out.name = LayerName(name);
    out.content = std::move(content);
    out.place = place;
    return out;
}
Layer camera(const char* source, Rect place = {0, 0, 1, 1}) {
    return layer(source, SourceContent{SourceName(source)}, place);
}

struct SceneHall : Hall {
    void make(const char* name, std::vector<Layer> layers, int glide = 0) {
        run(SetScene{SceneName(name), "", std::move(layers), glide});
    }
    void show(const char* name) { run(Cut{SceneName(name), {}}); }
};

template <class T>
std::vector<T> items(const Picture& picture) {
    std::vector<T> out;
    for (const auto& item : picture.items) {
        if (const auto* one = std::get_if<T>(&item)) out.push_back(*one);
    }
    return out;
}

}  // namespace

TEST_CASE("layers become items from back to front, their shares pixels of the face") {
    SceneHall hall;
    Layer small = camera("cam2", {0.5, 0.5, 0.25, 0.25});
    small.border_width = 0.01;
    small.corner_radius = 0.05;
    small.rotation_deg = 10;
    small.opacity = 0.5;
    small.blend = Blend::screen;
    small.key = Key{};
    Layer hidden = camera("cam1", {0, 0, 0.1, 0.1});
    hidden.name = LayerName("hidden");
    hidden.visible = false;
    hall.make("duo", {camera("cam1"), small, hidden});
    hall.show("duo");
    const auto plan = hall.plan();
    CHECK(plan.pictures.size() == 1);
    const auto videos = items<VideoItem>(plan.pictures[0]);
    REQUIRE(videos.size() == 2);
    CHECK(videos[0].frame == hall.sources.at(SourceName("cam1")).frame);
    CHECK(videos[0].place == Rect{0, 0, 640, 360});
    CHECK(videos[0].effects.none());
    CHECK(videos[1].place == Rect{320, 180, 160, 90});
    CHECK(videos[1].corner_radius == Approx(18));
    CHECK(videos[1].effects.border.width == Approx(3.6));
    CHECK(videos[1].effects.rotation_deg == 10);
    CHECK(videos[1].effects.blend == Blend::screen);
    CHECK(videos[1].effects.key.has_value());
    CHECK(videos[1].opacity == 0.5F);
}

TEST_CASE("fit leaves room, fill cuts, stretch does neither, each within the part that the crop leaves") {
    SceneHall hall;
    const auto video_of = [&](Fit fit, Rect crop) {
        Layer l = camera("cam1", {0, 0, 0.25, 1});  // 160 × 360 for a picture of 16:9
        l.fit = fit;
        l.crop = crop;
        hall.make("s", {l});
        hall.show("s");
        return *video(hall.plan().pictures[0]);
    };
    CHECK(video_of(Fit::fit, {0, 0, 1, 1}).place == Rect{0, 135, 160, 90});
    const auto filled = video_of(Fit::fill, {0, 0, 1, 1});
    CHECK(filled.place == Rect{0, 0, 160, 360});
    CHECK(filled.crop.width == Approx(0.25));
    CHECK(filled.crop.x == Approx(0.375));
    CHECK(video_of(Fit::stretch, {0, 0, 1, 1}).place == Rect{0, 0, 160, 360});
    const auto half = video_of(Fit::fit, {0.5, 0, 0.5, 1});  // 8:9
    CHECK(half.place.width / half.place.height == Approx(8.0 / 9).epsilon(0.02));
    CHECK(half.crop == Rect{0.5, 0, 0.5, 1});
}

TEST_CASE("text is set in letters of the scene's height, with what the show says filled in") {
    SceneHall hall;
    hall.run(SetQuestion{"Que manque-t-il ?", ""});
    hall.run(StartRound{});
    hall.make("s", {layer("t", TextContent{"{question} · {answers} {nothing}", 0.1, 700, TextAlign::left, {}},
                          {0, 0, 1, 0.5})});
    hall.show("s");
    const auto plan = hall.plan();
    CHECK(texts(plan.pictures[0]) == "Que manque-t-il ? · 0 {nothing}|");
    CHECK(items<TextBatch>(plan.pictures[0]).at(0).moves->front().to_size == 36);
}

TEST_CASE("a scene in a scene, a turned text and a faded colour are pictures of their own") {
    SceneHall hall;
    hall.make("inner", {camera("cam2")});
    Layer text = layer("t", TextContent{"Bonjour", 0.1, 600, TextAlign::left, {}}, {0, 0, 0.5, 0.5});
    text.rotation_deg = 5;
    Layer colour = layer("c", ColourContent{{1, 0, 0, 1}, {1, 0, 0, 1}}, {0.5, 0, 0.5, 0.5});
    colour.opacity = 0.25;
    Layer inner = layer("i", SceneContent{SceneName("inner")}, {0, 0.5, 0.5, 0.5});
    inner.corner_radius = 0.1;
    hall.make("outer", {colour, text, inner});
    hall.show("outer");
    const auto plan = hall.plan();
    const auto boxes = items<PictureItem>(plan.pictures[0]);
    REQUIRE(boxes.size() == 3);
    CHECK(boxes[0].opacity == 0.25F);
    CHECK(boxes[0].picture->size == Size{320, 180});
    CHECK(boxes[0].picture->ground.alpha == 0);
    CHECK(texts(*boxes[1].picture) == "Bonjour|");
    CHECK(boxes[1].effects.rotation_deg == 5);
    CHECK(video(*boxes[2].picture)->place == Rect{0, 0, 320, 180});
    CHECK(boxes[2].place == Rect{0, 180, 320, 180});
}

TEST_CASE("a mix of scenes holds both, a shader gets both whole, a move moves what both have") {
    SceneHall hall;
    hall.make("a", {camera("cam1"), camera("cam2", {0, 0, 0.5, 0.5})});
    hall.make("b", {camera("cam1"), camera("cam2", {0.5, 0.5, 0.5, 0.5})});
    hall.show("a");
    hall.run(Preview{SceneName("b")});
    const Picture before = hall.picture_at(0);
    SECTION("mix") {
        hall.run(Take{{}, "mix", 1000});
        const Picture middle = hall.picture_at(250);
        const auto boxes = items<PictureItem>(middle);
        REQUIRE(boxes.size() == 1);
        CHECK(boxes[0].opacity == Approx(0.25));
        CHECK(items<VideoItem>(middle) == items<VideoItem>(before));
        CHECK(items<PictureItem>(hall.picture_at(1000)).empty());
    }
    SECTION("shader") {
        Setup setup = *hall.state.setup;
        setup.transitions = {{"wipe", {{"direction", "vec2", {1, 0}}}}};
        hall.run(LoadShow{setup});
        hall.run(SetTransition{"wipe", 1000, {{"direction", {0, 1}}}});
        hall.run(Take{});
        const auto ways = items<TransitionItem>(hall.picture_at(400));
        REQUIRE(ways.size() == 1);
        CHECK(ways[0].progress == Approx(0.4));
        CHECK(ways[0].place == Rect{0, 0, 640, 360});
        CHECK(ways[0].look->name == "wipe");
        CHECK(ways[0].look->values.at(0).value == std::vector<float>{0, 1});
        CHECK(items<VideoItem>(*ways[0].from) == items<VideoItem>(before));
        CHECK(ways[0].to->size == Size{640, 360});
    }
    SECTION("move") {
        hall.run(Take{{}, "move", 1000});
        const auto place = [&](int ms) { return items<VideoItem>(hall.picture_at(ms)).at(1).place; };
        CHECK(place(0) == Rect{0, 0, 320, 180});
        CHECK(place(500) == Rect{160, 90, 320, 180});
        CHECK(place(1000) == Rect{320, 180, 320, 180});
    }
}

TEST_CASE("an overlay lies over picture and wall, on its faces alone") {
    SceneHall hall;
    hall.make("title", {layer("t", TextContent{"Bienvenue", 0.1, 600, TextAlign::left, {}}, {0, 0.8, 1, 0.2})});
    hall.run(PlaceWall{WallPlacement::over, {}});
    hall.run(SetOverlay{SceneName("title"), true, 1000, {FaceName("east")}});
    const auto plan = [&](int ms) {
        return hall.planner.plan({hall.state, {std::chrono::milliseconds(ms)}, 0, hall.sources, hall.walls, hall.look});
    };
    const auto half = plan(500);
    REQUIRE(half.pictures.size() == 2);
    const Picture& east = half.pictures[half.faces[1].picture];
    const auto boxes = items<PictureItem>(east);
    REQUIRE(boxes.size() == 1);
    CHECK(boxes[0].opacity == Approx(0.5));
    CHECK(std::holds_alternative<PictureItem>(east.items.back()));
    CHECK(boxes[0].picture->ground.alpha == 0);
    CHECK(items<PictureItem>(half.pictures[half.faces[0].picture]).empty());
    hall.run(SetOverlay{SceneName("title"), false, 0, {}});
    CHECK(plan(2000).pictures.size() == 1);
}

TEST_CASE("a wall in a scene wants words for its own place, and the same words all along a glide") {
    SceneHall hall;
    hall.make("s", {camera("cam1"), layer("w", WallContent{}, {0, 0, 0.5, 1})});
    hall.show("s");
    hall.plan();
    const FaceSetup& face = hall.state.setup->faces[0];
    REQUIRE(hall.planner.walls().size() == 4);  // one a face
    const WallKey left = wall_key(face, {0, 0, 320, 360}, 0.7);
    CHECK(hall.planner.walls()[0] == PlannedWall{FaceName("north"), left});
    hall.walls[left].words = 77;
    CHECK(texts(hall.plan().pictures[0]).find("77 mots") != std::string::npos);
    hall.make("s", {camera("cam1"), layer("w", WallContent{}, {0.5, 0.5, 0.5, 0.5})}, 1000);
    const WallKey corner = wall_key(face, {0, 0, 320, 180}, 0.7);
    for (const int ms : {0, 250, 600, 999, 1000}) {
        hall.picture_at(ms);
        REQUIRE_FALSE(hall.planner.walls().empty());
        CHECK(hall.planner.walls()[0].key == corner);
    }
}

TEST_CASE("a dead source in a scene leaves its slate in its place, turned and bordered as the picture was") {
    SceneHall hall;
    Layer small = camera("cam2", {0.5, 0.5, 0.5, 0.5});
    small.border_width = 0.01;
    small.key = Key{};
    hall.make("duo", {camera("cam1"), small});
    hall.show("duo");
    hall.sources[SourceName("cam2")].age = std::chrono::seconds(3);
    hall.sources[SourceName("cam2")].reason = "Câble débranché";
    const auto boxes = items<PictureItem>(hall.plan().pictures[0]);
    REQUIRE(boxes.size() == 1);
    CHECK(texts(*boxes[0].picture).find("Câble débranché") != std::string::npos);
    CHECK(boxes[0].effects.border.width > 0);
    CHECK_FALSE(boxes[0].effects.key);
    CHECK(boxes[0].place == Rect{320, 180, 320, 180});
}
