#include "show/caption.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "show/codec.hpp"
#include "show/command.hpp"

using namespace tribune;

namespace {

CaptionTemplate look(const char* name, const char* slot) {
    return {name,
            {"Fr", "En"},
            slot,
            800,
            400,
            0,
            {{FieldName("name"), {"Nom", "Name"}, ""}, {FieldName("role"), {"Rôle", "Role"}, "{title}"}}};
}

Setup hall() {
    Setup setup;
    setup.title = "Essai";
    for (const char* side : {"north", "east"}) setup.faces.push_back({FaceName(side), {320, 180}, 4, 20});
    SourceConfig source;
    source.name = SourceName("cam1");
    setup.sources.push_back(source);
    setup.opening_source = SourceName("cam1");
    setup.caption_templates = {look("third", "lower"), look("band", "lower"), look("logo", "")};
    setup.captions = {{CaptionName("first"), "", "third", {{FieldName("name"), "Ana"}}}};
    return setup;
}

struct Show {
    Show() { REQUIRE(run(LoadShow{hall()}) == ""); }
    // "" or the error's code.
    std::string run(const Command& command, int ms = 0) {
        auto next = apply(state, command, {state.revision + 1, {std::chrono::milliseconds(ms)}, 0});
        if (!next) return next.error().code;
        state = *next;
        return "";
    }
    std::string make(const char* name, const char* of = "third") {
        return run(SetCaption{CaptionName(name), {}, of, {}, {}});
    }
    std::string show(const char* name, int ms, std::vector<FaceName> faces = {}) {
        return run(ShowCaption{CaptionName(name), true, std::move(faces)}, ms);
    }
    [[nodiscard]] double level(const char* name, int ms) const {
        for (const auto& o : state.stage.overlays)
            if (o.scene.text == name) return o.shown.level({std::chrono::milliseconds(ms)});
        return 0;
    }
    [[nodiscard]] std::string order() const {
        std::string out;
        for (const auto& c : state.captions->list) out += c.name.text + " ";
        return out;
    }
    ShowState state;
};

const CaptionWords ana{{FieldName("name"), "Ana"}};

}  // namespace

TEST_CASE("a caption is made, changed field by field, moved and removed") {
    Show show;
    REQUIRE(show.make("b") == "");
    REQUIRE(show.run(SetCaption{CaptionName("b"), "Bea", {}, CaptionWords{{FieldName("name"), "Bea"}}, {}}) == "");
    REQUIRE(show.run(SetCaption{CaptionName("b"), {}, {}, CaptionWords{{FieldName("role"), "Juge"}}, {}}, 70) == "");
    const Caption* b = show.state.captions->caption(CaptionName("b"));
    REQUIRE(b != nullptr);
    CHECK(b->label == "Bea");
    CHECK(b->words == CaptionWords{{FieldName("name"), "Bea"}, {FieldName("role"), "Juge"}});
    REQUIRE(b->change);
    CHECK(b->change->from == CaptionWords{{FieldName("name"), "Bea"}});
    CHECK(b->change->at == ShowTime{std::chrono::milliseconds(70)});

    REQUIRE(show.make("c") == "");
    CHECK(show.order() == "first b c ");
    REQUIRE(show.run(SetCaption{CaptionName("c"), {}, {}, {}, CaptionName("first")}) == "");
    CHECK(show.order() == "c first b ");
    REQUIRE(show.run(SetCaption{CaptionName("c"), {}, {}, {}, CaptionName("")}) == "");
    CHECK(show.order() == "first b c ");

    SECTION("an empty field is as the template says again") {
        REQUIRE(show.run(SetCaption{CaptionName("b"), {}, {}, CaptionWords{{FieldName("role"), ""}}, {}}) == "");
        CHECK(show.state.captions->caption(CaptionName("b"))->words.size() == 1);
    }
    SECTION("it is a scene under its own name") {
        CHECK(show.state.has_scene(SceneName("b")));
        CHECK(show.run(Cut{SceneName("b"), {}}) == "");
        CHECK(show.run(RemoveCaption{CaptionName("b")}) == "caption_in_use");
        CHECK(show.run(SetScene{SceneName("b"), "", {}, 0}) == "bad_scene");
    }
    SECTION("what cannot be is refused, and changes nothing") {
        const auto before = encode(show.state);
        CHECK(show.run(SetCaption{CaptionName("none"), {}, {}, ana, {}}) == "unknown_caption");
        CHECK(show.run(SetCaption{CaptionName("x"), {}, "none", {}, {}}) == "unknown_template");
        CHECK(show.run(SetCaption{CaptionName("cam1"), {}, "third", {}, {}}) == "name_taken");
        CHECK(show.run(SetCaption{CaptionName("b"), {}, {}, CaptionWords{{FieldName("x"), "y"}}, {}}) == "bad_caption");
        CHECK(show.run(SetCaption{
                  CaptionName("b"), {}, {}, CaptionWords{{FieldName("name"), std::string(2001, 'x')}}, {}}) ==
              "bad_caption");
        CHECK(show.run(SetCaption{CaptionName("b"), {}, {}, {}, CaptionName("none")}) == "unknown_caption");
        CHECK(show.run(ShowCaption{CaptionName("none"), true, {}}) == "unknown_caption");
        CHECK(show.run(ShowCaption{CaptionName("b"), true, {FaceName("up")}}) == "unknown_face");
        CHECK(show.run(RemoveCaption{CaptionName("none")}) == "unknown_caption");
        CHECK(show.run(NextCaption{}) == "no_caption_on_air");
        CHECK(encode(show.state) == before);
    }
    REQUIRE(show.run(Cut{SceneName("cam1"), {}}) == "");
    REQUIRE(show.run(RemoveCaption{CaptionName("b")}) == "");
    CHECK(show.order() == "first c ");
}

TEST_CASE("it comes and goes as long as its template says, and takes the place of those of its slot") {
    Show show;
    REQUIRE(show.make("band", "band") == "");
    REQUIRE(show.make("logo", "logo") == "");
    REQUIRE(show.show("logo", 0) == "");
    REQUIRE(show.show("first", 1000) == "");
    CHECK(show.level("first", 1000) == 0);
    CHECK(show.level("first", 1400) == Approx(0.5));
    CHECK(show.level("first", 1800) == 1);
    REQUIRE(show.show("band", 3000) == "");
    CHECK(show.level("first", 3200) == Approx(0.5));
    CHECK(show.level("first", 3400) == 0);
    CHECK(show.level("band", 3800) == 1);
    CHECK(show.level("logo", 9000) == 1);

    SECTION("turned around on its way it goes on from where it is") {
        REQUIRE(show.run(ShowCaption{CaptionName("band"), false, {}}, 3400) == "");
        CHECK(show.level("band", 3400) == Approx(0.5));
        CHECK(show.level("band", 3600) == Approx(0));
    }
    SECTION("as an overlay, without a length, it does the same") {
        REQUIRE(show.run(SetOverlay{SceneName("first"), true, {}, {}}, 5000) == "");
        CHECK(show.level("band", 5400) == 0);
        CHECK(show.level("first", 5800) == 1);
    }
    SECTION("on other faces both may stay") {
        REQUIRE(show.show("first", 5000, {FaceName("east")}) == "");
        CHECK(show.level("band", 9000) == 1);
        for (const auto& o : show.state.stage.overlays)
            if (o.scene.text == "band") CHECK(o.faces == std::vector{FaceName("north")});
    }
    SECTION("a take leaves it where it is") {
        REQUIRE(show.run(Take{{}, "mix", 1000}, 5000) == "");
        CHECK(show.level("band", 5500) == 1);
    }
    SECTION("the next of the slot follows, and after the last the first") {
        REQUIRE(show.run(NextCaption{}, 5000) == "");
        CHECK(show.level("first", 5800) == 1);
        CHECK(show.level("band", 5800) == 0);
        REQUIRE(show.run(NextCaption{true}, 6000) == "");
        CHECK(show.level("band", 7000) == 1);
    }
}

TEST_CASE("a show file read again brings what is new in it; what was edited stays") {
    Show show;
    REQUIRE(show.make("own") == "");
    REQUIRE(show.run(SetCaption{CaptionName("first"), {}, {}, CaptionWords{{FieldName("name"), "Anne"}}, {}}) == "");
    Setup again = hall();
    again.captions.push_back({CaptionName("new"), "", "band", {}});
    REQUIRE(show.run(LoadShow{again}) == "");
    CHECK(show.order() == "first own new ");
    CHECK(show.state.captions->caption(CaptionName("first"))->words.at(FieldName("name")) == "Anne");

    SECTION("an entry that changed in the file is as the file says") {
        again.captions[0].words[FieldName("name")] = "Anna";
        REQUIRE(show.run(LoadShow{again}) == "");
        CHECK(show.state.captions->caption(CaptionName("first"))->words.at(FieldName("name")) == "Anna");
    }
    SECTION("one that left the file goes, unless somebody has edited it") {
        again.captions.clear();
        REQUIRE(show.run(LoadShow{again}) == "");
        CHECK(show.order() == "first own ");
    }
    SECTION("a removed one does not come back") {
        REQUIRE(show.run(RemoveCaption{CaptionName("new")}) == "");
        REQUIRE(show.run(LoadShow{again}) == "");
        CHECK(show.order() == "first own ");
    }
    SECTION("a template that is gone or went bad stays while a caption has it") {
        REQUIRE(show.show("first", 0) == "");
        again.caption_templates = {look("logo", "")};
        REQUIRE(show.run(LoadShow{again}) == "");
        CHECK(show.state.setup->caption_template("third") != nullptr);
        CHECK(show.level("first", 1000) == 1);
    }
}

TEST_CASE("the state with its captions goes to JSON and back") {
    Show show;
    REQUIRE(show.run(SetCaption{CaptionName("first"), "Ana", {}, ana, {}}, 30) == "");
    REQUIRE(show.run(StartCountdown{5000}, 40) == "");
    const auto back = decode_state(encode(show.state));
    REQUIRE(back);
    CHECK(*back->captions == *show.state.captions);
    CHECK(back->stage == show.state.stage);
    CHECK(*back->setup == *show.state.setup);
}

TEST_CASE("a countdown runs, is held, is given time, and ends") {
    Show show;
    const auto left = [&](int ms) {
        return show.state.stage.countdown.remaining({std::chrono::milliseconds(ms)}) / std::chrono::milliseconds(1);
    };
    CHECK(show.run(HoldCountdown{true}) == "no_countdown");
    CHECK(show.run(ExtendCountdown{1000}) == "no_countdown");
    CHECK(show.run(StopCountdown{}) == "no_countdown");
    CHECK(show.run(StartCountdown{999}) == "bad_countdown");
    CHECK(show.run(StartCountdown{86'400'001}) == "bad_countdown");
    REQUIRE(show.run(StartCountdown{60'000}, 1000) == "");
    CHECK(left(1000) == 60'000);
    CHECK(left(31'000) == 30'000);
    CHECK(left(63'000) == -2000);
    REQUIRE(show.run(HoldCountdown{true}, 11'000) == "");
    REQUIRE(show.run(HoldCountdown{true}, 12'000) == "");
    CHECK(left(99'000) == 50'000);
    REQUIRE(show.run(ExtendCountdown{20'000}, 12'000) == "");
    CHECK(left(0) == 70'000);
    CHECK(show.state.stage.countdown.length == std::chrono::seconds(70));
    CHECK(show.run(ExtendCountdown{-70'001}, 12'000) == "bad_countdown");
    REQUIRE(show.run(HoldCountdown{false}, 20'000) == "");
    CHECK(left(30'000) == 60'000);
    REQUIRE(show.run(StopCountdown{}, 30'000) == "");
    CHECK_FALSE(show.state.stage.countdown.on);
}
