#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <random>

#include "show/codec.hpp"
#include "show/command.hpp"
#include "show/edits.hpp"

using namespace tribune;

namespace {

Setup two_cameras() {
    Setup setup;
    setup.title = "Essai";
    for (const char* side : {"north", "east"}) setup.faces.push_back({FaceName(side), {320, 180}, 4, 20});
    for (const char* name : {"cam1", "cam2"}) {
        SourceConfig source;
        source.name = SourceName(name);
        setup.sources.push_back(source);
    }
    setup.opening_source = SourceName("cam1");
    return setup;
}

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
Layer inner(const char* scene) { return layer(scene, SceneContent{SceneName(scene)}); }

struct Show {
    Show() { REQUIRE(run(LoadShow{two_cameras()}) == ""); }
    // "" or the error's code.
    std::string run(const Command& command, int ms = 0) {
        const Stamp stamp{state.revision + 1, {std::chrono::milliseconds(ms)}, 0};
        auto next = apply(state, command, stamp, {Role::producer, "producer", {}});
        if (!next) return next.error().code;
        state = *next;
        return "";
    }
    std::string make(const char* name, std::vector<Layer> layers, int ms = 0, int glide = 0) {
        return run(SetScene{SceneName(name), "", std::move(layers), glide}, ms);
    }
    [[nodiscard]] std::vector<Layer> layers(const char* name, int ms = 0) const {
        return state.layers_of(SceneName(name), {std::chrono::milliseconds(ms)});
    }
    ShowState state;
};

}  // namespace

TEST_CASE("a source is a scene of one layer under its own name; a scene goes wherever a source goes") {
    Show show;
    const auto alone = show.layers("cam1");
    REQUIRE(alone.size() == 1);
    CHECK(std::get<SourceContent>(alone[0].content).source == SourceName("cam1"));
    REQUIRE(show.make("duo", {camera("cam1"), camera("cam2", {0.6, 0.6, 0.3, 0.3})}) == "");
    CHECK(show.run(Preview{SceneName("duo")}) == "");
    CHECK(show.run(Take{}) == "");
    CHECK(show.state.stage.program.scene == SceneName("duo"));
    CHECK(show.run(Cut{SceneName("duo"), {FaceName("east")}}) == "");
    CHECK(show.layers("nothing").empty());
}

TEST_CASE("a scene that cannot be is refused, named, and changes nothing") {
    Show show;
    REQUIRE(show.make("a", {camera("cam1")}) == "");
    REQUIRE(show.make("b", {inner("a")}) == "");
    const auto before = encode(show.state);
    CHECK(show.make("cam1", {}) == "bad_scene");  // a source's name
    CHECK(show.make("", {}) == "bad_scene");
    CHECK(show.make("c", {camera("cam9")}) == "unknown_scene");
    CHECK(show.make("c", {inner("d")}) == "unknown_scene");
    CHECK(show.make("a", {inner("a")}) == "bad_scene");  // itself
    CHECK(show.make("a", {inner("b")}) == "bad_scene");  // through another
    CHECK(show.make("c", {camera("cam1"), camera("cam1")}) == "bad_scene");
    CHECK(show.make("c", std::vector<Layer>(most_layers + 1, camera("cam1"))) == "bad_scene");
    Layer bad = camera("cam1");
    bad.opacity = std::numeric_limits<double>::quiet_NaN();
    CHECK(show.make("c", {bad}) == "bad_scene");
    bad = camera("cam1");
    bad.crop = {0.5, 0, 0.6, 1};
    CHECK(show.make("c", {bad}) == "bad_scene");
    CHECK(show.run(SetLayer{SceneName("a"), camera("cam2"), 0}) == "unknown_layer");
    CHECK(show.run(SetLayer{SceneName("c"), camera("cam2"), 0}) == "unknown_scene");
    CHECK(show.run(ArrangeScene{SceneName("a"), "spiral", 0}) == "unknown_layout");
    CHECK(show.run(RemoveScene{SceneName("a")}) == "scene_in_use");  // b shows it
    CHECK(show.make("a", {camera("cam1")}, 0, -1) == "bad_scene");
    CHECK(encode(show.state) == before);
}

TEST_CASE("scenes lie in scenes so deep and no deeper, however they are put together") {
    Show show;
    REQUIRE(show.make("s1", {camera("cam1")}) == "");
    REQUIRE(show.make("s2", {inner("s1")}) == "");
    REQUIRE(show.make("s3", {inner("s2")}) == "");
    REQUIRE(show.make("s4", {inner("s3")}) == "");
    CHECK(show.make("s5", {inner("s4")}) == "bad_scene");
    REQUIRE(show.make("s0", {camera("cam1")}) == "");
    CHECK(show.make("s1", {inner("s0")}) == "bad_scene");  // from below
}

TEST_CASE("a scene on a face, in preview or over the faces is not removed") {
    Show show;
    REQUIRE(show.make("a", {camera("cam1")}) == "");
    SECTION("program") { REQUIRE(show.run(Cut{SceneName("a"), {}}) == ""); }
    SECTION("a face") { REQUIRE(show.run(Cut{SceneName("a"), {FaceName("east")}}) == ""); }
    SECTION("preview") { REQUIRE(show.run(Preview{SceneName("a")}) == ""); }
    SECTION("overlay") { REQUIRE(show.run(SetOverlay{SceneName("a"), true, 0, {}}) == ""); }
    CHECK(show.run(RemoveScene{SceneName("a")}) == "scene_in_use");
    CHECK(show.run(Undo{}) == "scene_in_use");  // it would vanish as well
}

TEST_CASE("undo and redo walk through all edits, and a new edit ends what could be redone") {
    Show show;
    std::mt19937 random(5);
    std::vector<std::map<SceneName, Scene>> versions{show.state.scenes->scenes};
    for (int i = 0; i < 60; ++i) {
        const std::string name = std::string("s") + std::to_string(random() % 5);
        const bool there = show.state.scenes->scene(SceneName(name)) != nullptr;
        if (there && random() % 4 == 0) {
            REQUIRE(show.run(RemoveScene{SceneName(name)}) == "");
        } else {
            const double x = static_cast<double>(random() % 100) / 100;
            REQUIRE(show.make(name.c_str(), {camera("cam1", {x, 0, 0.5, 0.5})}, i * 10, i % 2 == 0 ? 500 : 0) == "");
        }
        versions.push_back(show.state.scenes->scenes);
    }
    for (std::size_t i = versions.size() - 1; i-- > 0;) {
        REQUIRE(show.run(Undo{}) == "");
        REQUIRE(show.state.scenes->scenes == versions[i]);
    }
    REQUIRE(show.run(Undo{}) == "nothing_to_undo");
    for (std::size_t i = 1; i < versions.size(); ++i) {
        REQUIRE(show.run(Redo{}) == "");
        REQUIRE(show.state.scenes->scenes == versions[i]);
    }
    REQUIRE(show.run(Redo{}) == "nothing_to_redo");
    REQUIRE(show.run(Undo{}) == "");
    REQUIRE(show.make("new", {}) == "");
    REQUIRE(show.run(Redo{}) == "nothing_to_redo");
    const auto restored = decode_state(*unpack(pack(encode(show.state))));
    REQUIRE(restored);
    CHECK(*restored->edits == *show.state.edits);
}

TEST_CASE("a layer that is dragged is one step to undo, and what comes before, later or elsewhere is its own") {
    Show show;
    const auto at = [](double x, const char* source = "cam1") { return camera(source, {x, 0, 0.5, 0.5}); };
    const auto move = [&](const Layer& l, int ms) { return show.run(SetLayer{SceneName("a"), l, 0}, ms); };
    const auto x_of = [&](std::size_t i) { return show.state.scenes->scene(SceneName("a"))->layers.at(i).place.x; };
    REQUIRE(show.make("a", {at(0), at(0, "cam2")}) == "");
    for (int i = 1; i <= 40; ++i) REQUIRE(move(at(i / 100.0), i * 16) == "");
    REQUIRE(move(at(0.3, "cam2"), 650) == "");  // another layer
    REQUIRE(move(at(0.5), 700) == "");
    REQUIRE(move(at(0.6), 1200) == "");  // after a while
    CHECK(show.state.edits->done.size() == 5);
    REQUIRE(show.run(Undo{}, 1210) == "");
    CHECK(x_of(0) == 0.5);
    REQUIRE(move(at(0.7), 1220) == "");  // soon, and yet not part of what was undone
    REQUIRE(show.run(Undo{}, 1230) == "");
    CHECK(x_of(0) == 0.5);
    for (int i = 0; i < 2; ++i) REQUIRE(show.run(Undo{}, 1240) == "");
    CHECK(x_of(0) == 0.4);
    CHECK(x_of(1) == 0);
    REQUIRE(show.run(Undo{}, 1250) == "");
    CHECK(x_of(0) == 0);
    REQUIRE(show.run(Redo{}, 1260) == "");
    CHECK(x_of(0) == 0.4);
}

TEST_CASE("undo remembers so many steps and no more") {
    Show show;
    for (std::size_t i = 0; i < most_undo_steps + 20; ++i)
        REQUIRE(show.make("a", {camera("cam1", {static_cast<double>(i % 9) / 9, 0, 1, 1})}) == "");
    CHECK(show.state.edits->done.size() == most_undo_steps);
}

TEST_CASE("layers glide from where they are to where they are to be, also when turned around on the way") {
    Show show;
    REQUIRE(show.make("a", {camera("cam1", {0, 0, 0.5, 0.5}), camera("cam2")}) == "");
    REQUIRE(show.make("a", {camera("cam1", {0.5, 0.5, 0.5, 0.5})}, 1000, 1000) == "");
    const auto x = [&](int ms) {
        for (const auto& l : show.layers("a", ms)) {
            if (l.name == LayerName("cam1")) return l.place.x;
        }
        return -1.0;
    };
    CHECK(x(1000) == 0);
    CHECK(x(1500) == Approx(0.25));
    CHECK(x(2000) == 0.5);
    CHECK(show.layers("a", 1500).size() == 2);  // the one that goes fades
    CHECK(show.layers("a", 2000).size() == 1);
    REQUIRE(show.make("a", {camera("cam1", {0, 0, 0.5, 0.5})}, 1500, 1000) == "");
    CHECK(x(1500) == Approx(0.25));
    CHECK(x(2500) == 0);
}

TEST_CASE("a layout gives every layer it has room for a place inside the scene and hides the rest") {
    Show show;
    for (const auto& layout : layouts()) {
        INFO(layout.name);
        std::vector<Layer> layers;
        for (const char* name : {"a", "b", "c", "d", "e", "f"})
            layers.push_back(layer(name, SourceContent{SourceName("cam1")}));
        layers[0].rotation_deg = 30;
        REQUIRE(show.make("s", layers) == "");
        REQUIRE(show.run(ArrangeScene{SceneName("s"), std::string(layout.name), 0}) == "");
        const auto placed = show.layers("s");
        for (std::size_t i = 0; i < placed.size(); ++i) {
            CHECK(placed[i].visible == (i < layout.places.size()));
            CHECK(placed[i].content == layers[i].content);
            if (!placed[i].visible) continue;
            const Rect& p = placed[i].place;
            CHECK(p.x >= 0);
            CHECK(p.y >= 0);
            CHECK(p.right() <= 1 + 1e-9);
            CHECK(p.bottom() <= 1 + 1e-9);
            CHECK(p.width * p.height > 0.05);
            CHECK(placed[i].rotation_deg == 0);
        }
    }
}

TEST_CASE("an overlay comes over its faces, stays through takes, fades, and gives its room back when gone") {
    Show show;
    REQUIRE(show.make("title", {}) == "");
    REQUIRE(show.run(SetOverlay{SceneName("title"), true, 1000, {FaceName("east")}}, 0) == "");
    REQUIRE(show.run(Take{}, 500) == "");
    const auto level = [&](int ms) {
        return show.state.stage.overlays.at(0).shown.level({std::chrono::milliseconds(ms)});
    };
    CHECK(level(500) == 0.5);
    CHECK(level(1000) == 1);
    REQUIRE(show.run(SetOverlay{SceneName("title"), false, 1000, {}}, 2000) == "");
    CHECK(level(2250) == 0.75);
    REQUIRE(show.make("other", {}) == "");
    REQUIRE(show.run(SetOverlay{SceneName("other"), true, 0, {}}, 9000) == "");
    REQUIRE(show.state.stage.overlays.size() == 1);
    CHECK(show.state.stage.overlays[0].scene == SceneName("other"));
    CHECK(show.run(SetOverlay{SceneName("none"), true, 0, {}}) == "unknown_scene");
    for (std::size_t i = 0; i < most_overlays; ++i) REQUIRE(show.make(("o" + std::to_string(i)).c_str(), {}) == "");
    for (std::size_t i = 0; i + 1 < most_overlays; ++i)
        REQUIRE(show.run(SetOverlay{SceneName("o" + std::to_string(i)), true, 0, {}}, 9000) == "");
    CHECK(show.run(SetOverlay{SceneName("title"), true, 0, {}}, 9000) == "too_many_overlays");
}

TEST_CASE("two faces swap their pictures and their walls") {
    Show show;
    REQUIRE(show.run(Cut{SceneName("cam2"), {FaceName("east")}}) == "");
    REQUIRE(show.run(PlaceWall{WallPlacement::full, {FaceName("east")}}) == "");
    REQUIRE(show.run(SwapFaces{FaceName("north"), FaceName("east")}) == "");
    CHECK(show.state.stage.bus(FaceName("north")).scene == SceneName("cam2"));
    CHECK(show.state.stage.bus(FaceName("east")).scene == SceneName("cam1"));
    CHECK(show.state.stage.faces.at(FaceName("north")).wall == WallPlacement::full);
    CHECK(show.run(SwapFaces{FaceName("north"), FaceName("up")}) == "unknown_face");
}

TEST_CASE("a shader's transition is taken by name with its own parameters, and only those it has") {
    Show show;
    Setup setup = *show.state.setup;
    setup.transitions = {{"wipe", {{"direction", "vec2", {1, 0}}, {"smoothness", "float", {0.5}}}}};
    REQUIRE(show.run(LoadShow{setup}) == "");
    CHECK(show.run(SetTransition{"wipe", 500, {{"direction", {0, 1}}}}) == "");
    CHECK(show.run(SetTransition{"wipe", 500, {{"direction", {0}}}}) == "bad_transition");
    CHECK(show.run(SetTransition{"wipe", 500, {{"colour", {0}}}}) == "bad_transition");
    CHECK(show.run(SetTransition{"mix", 500, {{"direction", {0, 1}}}}) == "bad_transition");
    CHECK(show.run(SetTransition{"swirl", 500, {}}) == "bad_transition");
    CHECK(show.run(Take{{}, "swirl", {}}) == "bad_transition");
    CHECK(show.run(Take{}) == "");
    CHECK(show.state.stage.program.mix->how.values.size() == 1);
    CHECK(show.run(Take{{}, "mix", {}}) == "");
    CHECK(show.state.stage.program.mix->how.values.empty());
}
