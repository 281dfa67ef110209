#include "show/tally.hpp"

#include <catch2/catch.hpp>

#include "show/command.hpp"

using namespace tribune;

namespace {

struct Show {
    Show() {
        Setup setup;
        for (const char* side : {"north", "east"}) setup.faces.push_back({FaceName(side), {320, 180}, 4, 20});
        for (const char* name : {"cam1", "cam2", "cam3"}) {
            SourceConfig source;
            source.name = SourceName(name);
            setup.sources.push_back(source);
        }
        setup.opening_source = SourceName("cam1");
        setup.wall.placement = WallPlacement::off;
        run(LoadShow{setup});
    }
    void run(const Command& command, int ms = 0) {
        const auto next = apply(state, command, {state.revision + 1, {std::chrono::milliseconds(ms)}, 0});
        REQUIRE(next);
        state = *next;
    }
    // "north east/" red on these faces, then "P" when in preview.
    [[nodiscard]] std::string light(const char* source, int ms = 0) const {
        const auto lights = tally(state, {std::chrono::milliseconds(ms)});
        std::string out;
        for (const auto& face : lights.at(SourceName(source)).program) out += face.text + " ";
        return out + (lights.at(SourceName(source)).preview ? "P" : "");
    }
    ShowState state;
};

Layer camera(const char* source) {
    Layer layer;
    layer.name = LayerName(source);
    layer.content = SourceContent{SourceName(source)};
    return layer;
}

}  // namespace

TEST_CASE("a light is red where the source is seen and green when the next take brings it") {
    Show show;
    CHECK(show.light("cam1") == "north east ");
    CHECK(show.light("cam2") == "P");
    CHECK(show.light("cam3").empty());
    show.run(Cut{SceneName("cam3"), {FaceName("east")}});
    CHECK(show.light("cam1") == "north ");
    CHECK(show.light("cam3") == "east ");
}

TEST_CASE("both sources are red through a transition, the old one to its last frame and no longer") {
    Show show;
    show.run(Take{{}, "mix", 1000});
    CHECK(show.light("cam1", 999) == "north east P");
    CHECK(show.light("cam2", 0) == "north east ");
    CHECK(show.light("cam1", 1000) == "P");
    CHECK(next_tally_change(show.state, {}) == ShowTime{std::chrono::milliseconds(1000)});
    CHECK_FALSE(next_tally_change(show.state, {std::chrono::milliseconds(1000)}));
    show.run(MoveTBar{0.5}, 2000);  // held: no time ends it
    CHECK(show.light("cam2", 99'000) == "north east P");
    CHECK_FALSE(next_tally_change(show.state, {std::chrono::milliseconds(3000)}));
}

TEST_CASE("layers light their sources through scenes in scenes, hidden and faded ones do not") {
    Show show;
    Layer hidden = camera("cam1");
    hidden.visible = false;
    show.run(SetScene{SceneName("inner"), "", {camera("cam2"), hidden}, 0});
    Layer inside;
    inside.name = LayerName("inside");
    inside.content = SceneContent{SceneName("inner")};
    Layer faded = camera("cam1");
    faded.opacity = 0;
    show.run(SetScene{SceneName("outer"), "", {camera("cam3"), inside, faded}, 0});
    show.run(Cut{SceneName("outer"), {}});
    CHECK(show.light("cam3") == "north east ");
    CHECK(show.light("cam2") == "north east P");
    CHECK(show.light("cam1").empty());
}

TEST_CASE("a wall that fills the face hides its source; an overlay lights its own") {
    Show show;
    show.run(PlaceWall{WallPlacement::full, {FaceName("north")}});
    CHECK(show.light("cam1") == "east ");
    show.run(SetScene{SceneName("logo"), "", {camera("cam3")}, 0});
    show.run(SetOverlay{SceneName("logo"), true, 0, {FaceName("north")}});
    CHECK(show.light("cam3") == "north ");
    show.run(SetOverlay{SceneName("logo"), false, 500, {}});
    CHECK(show.light("cam3", 499) == "north ");
    CHECK(show.light("cam3", 500).empty());
}
