// Controllers: what a control does is decided like all else, and each action does what it says.
#include <catch2/catch.hpp>

#include <nlohmann/json.hpp>

#include "show/codec.hpp"
#include "show/surface_actions.hpp"

using namespace tribune;

namespace {

Setup small_setup() {
    Setup setup;
    for (const char* side : {"north", "east", "south", "west"})
        setup.faces.push_back({FaceName(side), {320, 180}, 4, 20});
    for (const char* name : {"cam1", "cam2", "film"}) {
        SourceConfig source;
        source.name = SourceName(name);
        source.url = name == std::string("film") ? "film.mp4" : "lavfi:testsrc2";
        source.live = source.url != "film.mp4";
        setup.sources.push_back(source);
    }
    setup.opening_source = SourceName("cam1");
    return setup;
}

struct Show {
    explicit Show(const Setup& setup = small_setup()) { REQUIRE(run(LoadShow{setup}).empty()); }
    std::string run(const Command& command) {
        const Stamp stamp{
            state.revision + 1, {Nanoseconds(static_cast<std::int64_t>(state.revision + 1) * 1'000'000)}, 0};
        auto next = apply(state, command, stamp);
        if (!next) return next.error().code;
        state = *std::move(next);
        return "";
    }
    ShowState state;
};

Binding button(const char* action, const char* target = "", int number = 1) {
    return {{SurfaceName("box"), ControlKind::note, 1, number}, ControlMode::button, action, target, {}};
}
Binding fader(const char* action, const char* target = "", int number = 7) {
    return {{SurfaceName("box"), ControlKind::cc, 1, number}, ControlMode::fader, action, target, {}};
}
// Presses it, and says how that went.
std::string press(Show& show, const Binding& binding) {
    const auto command = pressed(show.state, binding);
    return command ? show.run(*command) : "nothing";
}
Lamp lamp(const Show& show, const Binding& binding) { return lamp_of(show.state, show.state.at, binding); }

}  // namespace

TEST_CASE("a control is written as it is read") {
    for (const char* text : {"note 1 60", "cc 16 127", "cc14 3 31", "bend 9", "program 2 0"}) {
        const auto control = parse_control(text);
        REQUIRE(control);
        CHECK(to_string(*control) == text);
    }
    for (const char* wrong : {"", "note", "note 1", "note 0 1", "note 17 1", "note 1 128", "cc14 1 32", "bend 1 5",
                              "key 1 1", "note 1 60 2", "note 1x 60", "note -1 60"}) {
        CAPTURE(wrong);
        CHECK(!parse_control(wrong));
    }
}

TEST_CASE("a binding that cannot work is refused, and says why") {
    CHECK(check_binding(button("take")));
    CHECK(check_binding(fader("gain", "cam1")));
    const auto code = [](Binding binding) {
        const auto good = check_binding(binding);
        return good ? "" : good.error().code;
    };
    CHECK(code(button("fly")) == "bad_binding");
    CHECK(code(button("t_bar")) == "bad_binding");
    CHECK(code(fader("take")) == "bad_binding");
    CHECK(code(button("cut")) == "bad_binding");
    CHECK(code(button("take", "cam1")) == "bad_binding");
    Binding wrong = button("take");
    wrong.control.channel = 17;
    CHECK(code(wrong) == "bad_binding");
    wrong = button("take");
    wrong.control.surface = {};
    CHECK(code(wrong) == "bad_binding");
    wrong = fader("t_bar");
    wrong.control.kind = ControlKind::note;
    CHECK(code(wrong) == "bad_binding");
    wrong = button("undo");
    wrong.faces = {FaceName("east")};
    CHECK(code(wrong) == "bad_binding");
}

TEST_CASE("what a control does is bound, bound anew and freed") {
    Show show;
    CHECK(show.run(BindControl{button("take")}).empty());
    CHECK(show.run(BindControl{button("cut", "cam1", 2)}).empty());
    CHECK(show.run(BindControl{button("cut_preview")}).empty());
    REQUIRE(show.state.surfaces->bindings.size() == 2);
    CHECK(show.state.surfaces->binding(button("").control)->action == "cut_preview");
    Binding on_a_face = button("take");
    on_a_face.faces = {FaceName("up")};
    CHECK(show.run(BindControl{on_a_face}) == "unknown_face");
    CHECK(show.run(UnbindControl{button("").control}).empty());
    CHECK(show.run(UnbindControl{button("").control}) == "unknown_control");
    CHECK(decode_state(encode(show.state))->surfaces->bindings == show.state.surfaces->bindings);
}

TEST_CASE("a show file binds what it says otherwise than before; what was learned stays") {
    Setup setup = small_setup();
    setup.bindings = {button("take", "", 1), button("cut", "cam1", 2)};
    Show show(setup);
    CHECK(show.run(BindControl{button("undo", "", 3)}).empty());
    CHECK(show.run(BindControl{button("cut", "cam2", 2)}).empty());
    CHECK(show.run(LoadShow{setup}).empty());
    CHECK(show.state.surfaces->binding(button("", "", 2).control)->target == "cam2");
    setup.bindings = {button("cut", "film", 2)};
    CHECK(show.run(LoadShow{setup}).empty());
    CHECK(show.state.surfaces->binding(button("", "", 1).control) == nullptr);
    CHECK(show.state.surfaces->binding(button("", "", 2).control)->target == "film");
    CHECK(show.state.surfaces->binding(button("", "", 3).control)->action == "undo");
}

TEST_CASE("buttons switch, and their lamps say so") {
    Show show;
    CHECK(lamp(show, button("cut", "cam1")) == Lamp::on);
    CHECK(lamp(show, button("cut", "cam2")) == Lamp::preview);
    CHECK(lamp(show, button("cut", "film")) == Lamp::off);
    CHECK(press(show, button("cut", "#3")).empty());
    CHECK(show.state.stage.program.scene == SceneName("film"));
    CHECK(press(show, button("cut", "#4")) == "nothing");
    CHECK(press(show, button("cut", "nowhere")) == "nothing");
    CHECK(press(show, button("preview", "cam1")).empty());
    CHECK(press(show, button("cut_preview")).empty());
    CHECK(show.state.stage.program.scene == SceneName("cam1"));
    CHECK(press(show, button("take")).empty());
    CHECK(lamp(show, button("take")) == Lamp::on);
    CHECK(press(show, button("fade_to_black")).empty());
    CHECK(show.state.stage.black.on);
    CHECK(press(show, button("fade_to_black")).empty());
    CHECK_FALSE(show.state.stage.black.on);
    CHECK(press(show, button("overlay", "film")).empty());
    CHECK(lamp(show, button("overlay", "film")) == Lamp::on);
    CHECK(press(show, button("overlay", "film")).empty());
    CHECK(lamp(show, button("overlay", "film")) == Lamp::off);
    CHECK(press(show, button("transition", "dip")).empty());
    CHECK(lamp(show, button("transition", "dip")) == Lamp::on);
    CHECK(press(show, button("wall", "full")).empty());
    CHECK(lamp(show, button("wall", "full")) == Lamp::on);
    Binding east = button("cut", "cam2");
    east.faces = {FaceName("east")};
    CHECK(press(show, east).empty());
    CHECK(lamp(show, east) == Lamp::on);
    CHECK(lamp(show, button("follow")) == Lamp::off);
    CHECK(press(show, button("follow")).empty());
    CHECK(lamp(show, button("follow")) == Lamp::on);
    Binding swap = button("swap_faces");
    CHECK(press(show, swap) == "nothing");
    swap.faces = {FaceName("east"), FaceName("west")};
    CHECK(press(show, swap).empty());
    CHECK(press(show, button("mute", "cam1")).empty());
    CHECK(lamp(show, button("mute", "cam1")) == Lamp::on);
    CHECK(press(show, button("bell")).empty());
    CHECK(press(show, button("play", "film")).empty());
    CHECK(press(show, button("play", "cam1")) == "nothing");
}

TEST_CASE("a button brings a caption on and off, and its lamp says so; another passes to the next") {
    Setup setup = small_setup();
    CaptionTemplate plain;
    plain.name = "plain";
    plain.slot = "name";
    setup.caption_templates.push_back(plain);
    for (const char* name : {"ana", "karim"}) setup.captions.push_back({CaptionName(name), "", "plain", {}});
    Show show(setup);
    const auto ana = button("caption", "ana");
    CHECK(lamp(show, ana) == Lamp::off);
    CHECK(press(show, ana) == "");
    CHECK(lamp(show, ana) == Lamp::on);
    CHECK(press(show, button("next_caption")) == "");
    CHECK(lamp(show, ana) == Lamp::off);
    CHECK(lamp(show, button("caption", "karim")) == Lamp::on);
    CHECK(press(show, button("caption", "karim")) == "");
    CHECK(lamp(show, button("caption", "karim")) == Lamp::off);
    CHECK(press(show, button("caption", "nobody")) == "nothing");
}

TEST_CASE("faders stand where things stand, and put them there") {
    Show show;
    for (const auto& binding : {fader("gain", "cam1"), fader("gain_master"), fader("pan", "cam2"),
                                fader("transition_length"), fader("t_bar")}) {
        for (const double place : {0.3, 0.75, 0.1}) {
            CAPTURE(binding.action, place);
            const auto command = moved(show.state, binding, place);
            REQUIRE(command);
            CHECK(show.run(*command).empty());
            CHECK(*place_of(show.state, binding) == Approx(place).margin(0.02));
        }
    }
    CHECK(moved(show.state, fader("gain", "nobody"), 0.5) == std::nullopt);
}

TEST_CASE("the law of a gain fader goes both ways") {
    CHECK(gain_at(0) == least_gain_db);
    CHECK(gain_at(0.75) == Approx(0));
    CHECK(gain_at(1) == Approx(10));
    for (int i = 0; i <= 1000; ++i) {
        const double place = i / 1000.0;
        CHECK(place_of_gain(gain_at(place)) == Approx(place).margin(1e-9));
    }
    CHECK(place_of_gain(most_gain_db) == 1);
}

TEST_CASE("every action does something when it is pressed or moved") {
    for (const auto& action : control_actions()) {
        CAPTURE(action.name);
        CHECK((action.gesture == Gesture::press) == (action.press != nullptr));
        CHECK((action.gesture == Gesture::level) == (action.move != nullptr && action.place != nullptr));
        CHECK_FALSE(action.help.empty());
        CHECK(find_control_action(action.name) == &action);
    }
}
