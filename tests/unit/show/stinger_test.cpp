#include "show/stinger.hpp"

#include <catch2/catch.hpp>

#include "show/command.hpp"
#include "show/sound.hpp"
#include "show/tally.hpp"

using namespace tribune;
using namespace std::chrono_literals;

namespace {

const SourceName cam1("cam1");
const SourceName cam2("cam2");
const SourceName curtain("curtain");
const FaceName north("north");

// Two cameras, and a stinger of two seconds that cuts after 800 ms.
class Show {
  public:
    Show() {
        Setup setup = with_stinger();
        run(LoadShow{setup});
        run(ClipOpened{curtain, 2s});
    }

    static Setup with_stinger() {
        Setup setup;
        for (const char* side : {"north", "east"}) setup.faces.push_back({FaceName(side), {320, 180}, 4, 20});
        for (const auto& name : {cam1, cam2, curtain}) {
            SourceConfig source;
            source.name = name;
            source.url = "/show/" + name.text + ".mov";
            source.live = name != curtain;
            source.loop = false;
            setup.sources.push_back(source);
        }
        setup.opening_source = cam1;
        setup.wall.placement = WallPlacement::off;
        setup.transitions.push_back({"wipe", {}, "x"});
        setup.stingers.push_back({curtain, 800});
        return setup;
    }

    std::string run(const Command& command) {
        auto next = apply(state, command, {state.revision + 1, {at}, 0}, {Role::producer, "producer", {}});
        if (!next) return next.error().code;
        state = *next;
        return "";
    }
    [[nodiscard]] const Transport& clip() const { return state.stage.media.at(curtain); }
    [[nodiscard]] ClipPoint point() const { return clip_point(clip(), {at}); }
    [[nodiscard]] const Mix& mix() const { return *state.stage.program.mix; }
    [[nodiscard]] StingerMoment moment() const { return *stinger_moment(state, mix(), {at}); }

    ShowState state;
    Nanoseconds at{5s};
};

}  // namespace

TEST_CASE("a stinger waits at its in point, and plays with the take that it covers") {
    Show show;
    REQUIRE(show.point() == ClipPoint{ClipState::cued, 0s, 0});
    REQUIRE(show.run(SetTransition{"curtain", 400, {}}).empty());
    REQUIRE(show.run(Take{}).empty());
    REQUIRE(show.mix().how.length == 2s);  // its own length, whatever the transition's is
    show.at += 799ms;
    REQUIRE_FALSE(show.moment().cut);
    REQUIRE(show.moment().position == 799ms);
    REQUIRE(show.point() == ClipPoint{ClipState::playing, 799ms, 0});
    show.at += 1ms;
    REQUIRE(show.moment().cut);
    show.at += 1200ms;
    REQUIRE(show.state.stage.program.running({show.at}) == nullptr);
    REQUIRE(show.point() == ClipPoint{ClipState::cued, 0s, 0});  // ready again
    REQUIRE(show.run(Take{}).empty());
    REQUIRE(show.point() == ClipPoint{ClipState::playing, 0s, 0});
}

TEST_CASE("in and out points and the speed of a stinger's clip are its length") {
    Show show;
    SetClip points{curtain};
    points.in_ms = 500;
    points.out_ms = 1500;
    points.speed = 2;
    REQUIRE(show.run(points).empty());
    show.run(Take{{}, "curtain", {}});
    REQUIRE(show.mix().how.length == 500ms);
    show.at += 100ms;
    REQUIRE(show.moment().position == 700ms);
    REQUIRE(show.point().position == 700ms);
}

TEST_CASE("of a stinger that cannot be played the cut stays, on time") {
    Show show;
    show.run(ClipOpened{curtain, 0s});
    REQUIRE(show.run(Take{{}, "curtain", {}}).empty());
    REQUIRE(show.mix().how.length == 800ms);
    show.at += 799ms;
    REQUIRE_FALSE(show.moment().cut);
    show.at += 1ms;
    REQUIRE(show.state.stage.program.running({show.at}) == nullptr);
    REQUIRE(show.state.stage.program.scene == SceneName("cam2"));
}

TEST_CASE("the T-bar moves a stinger to and fro, and its clip waits where it stands") {
    Show show;
    show.run(SetTransition{"curtain", 1000, {}});
    show.run(MoveTBar{0.25});
    REQUIRE(show.point() == ClipPoint{ClipState::cued, 500ms, 0});
    REQUIRE_FALSE(show.moment().cut);
    show.run(MoveTBar{0.5});
    REQUIRE(show.moment().cut);
    REQUIRE(show.moment().position == show.point().position);
    show.run(MoveTBar{0.1});
    REQUIRE_FALSE(show.moment().cut);
    show.run(MoveTBar{1});
    REQUIRE(show.point() == ClipPoint{ClipState::cued, 0s, 0});
    REQUIRE(show.state.stage.program.scene == SceneName("cam2"));
}

TEST_CASE("a stinger is heard and lights its tally while it runs, and the sound cuts with the picture") {
    Show show;
    show.run(Take{{}, "curtain", {}});
    const auto heard = [&](const SourceName& name) {
        const auto present = sound_presence(show.state, {show.at});
        return present.contains(name) ? present.at(name) : 0;
    };
    const auto lit = [&] { return tally(show.state, {show.at}).at(curtain).program.size(); };
    show.at += 700ms;
    CHECK(heard(cam1) == 1);
    CHECK(heard(cam2) == 0);
    CHECK(heard(curtain) == 1);
    CHECK(lit() == 2);
    show.at += 200ms;
    CHECK(heard(cam1) == 0);
    CHECK(heard(cam2) == 1);
    CHECK(heard(curtain) == 1);
    show.at += 2s;
    CHECK(heard(curtain) == 0);
    CHECK(lit() == 0);
}

TEST_CASE("a clip becomes a stinger and is one no more, unless it is in use or cannot be one") {
    Show show;
    CHECK(show.run(RemoveStinger{cam1}) == "unknown_stinger");
    CHECK(show.run(SetStinger{cam1, {}}) == "not_a_clip");
    CHECK(show.run(SetStinger{SourceName("nobody"), {}}) == "unknown_source");
    CHECK(show.run(SetStinger{curtain, -1}) == "bad_stinger");
    CHECK(show.run(SetStinger{curtain, 60'001}) == "bad_stinger");
    CHECK(show.run(SetStinger{curtain, 300}).empty());
    CHECK(show.state.setup->stinger("curtain")->cut_ms == 300);
    CHECK(show.run(SetStinger{curtain, {}}).empty());
    CHECK(show.state.setup->stinger("curtain")->cut_ms == 300);

    show.run(SetTransition{"curtain", 1000, {}});
    CHECK(show.run(RemoveStinger{curtain}) == "stinger_in_use");
    show.run(SetTransition{"mix", 1000, {}});
    show.run(Take{{north}, "curtain", {}});
    CHECK(show.run(RemoveStinger{curtain}) == "stinger_in_use");
    show.at += 5s;
    CHECK(show.run(RemoveStinger{curtain}).empty());
    CHECK(show.run(Take{{}, "curtain", {}}) == "bad_transition");

    show.run(AddSource{SourceName("wipe"), "", "wipe.mov", "", false});
    CHECK(show.run(SetStinger{SourceName("wipe"), {}}) == "bad_stinger");
    show.run(AddSource{SourceName("swoosh"), "", "swoosh.mov", "", false});
    show.run(Cut{SceneName("swoosh"), {}});
    CHECK(show.run(SetStinger{SourceName("swoosh"), {}}) == "stinger_in_use");
    show.run(Cut{SceneName("cam1"), {}});
    CHECK(show.run(SetStinger{SourceName("swoosh"), {}}).empty());
    CHECK(show.state.setup->stinger("swoosh")->cut_ms == 500);
    CHECK_FALSE(show.state.stage.media.at(SourceName("swoosh")).play_on_take);

    // It outlives a show file that is read again, and goes with its source.
    CHECK(show.run(LoadShow{Show::with_stinger()}).empty());
    CHECK(show.state.setup->stinger("swoosh") != nullptr);
    show.run(SetTransition{"swoosh", 1000, {}});
    CHECK(show.run(RemoveSource{SourceName("swoosh")}) == "source_in_use");
    show.run(SetTransition{"mix", 1000, {}});
    CHECK(show.run(RemoveSource{SourceName("swoosh")}).empty());
    CHECK(show.state.setup->stinger("swoosh") == nullptr);
}

TEST_CASE("what follows a clip may come by a stinger") {
    Show show;
    show.run(AddSource{SourceName("film"), "", "film.mp4", "", false});
    show.run(ClipOpened{SourceName("film"), 1s});
    SetClip end{SourceName("film")};
    end.at_end = ClipEnd::next;
    end.next = "cam2";
    show.run(end);
    show.run(SetTransition{"curtain", 1000, {}});
    show.run(Cut{SceneName("film"), {}});
    show.at += 1s;
    REQUIRE(show.run(ClipEnded{SourceName("film")}).empty());
    CHECK(show.mix().how.length == 2s);
    CHECK(show.point().state == ClipState::playing);
}

TEST_CASE("what is edited of stingers and the multiview can be undone and brought back") {
    Show show;
    const auto cut = [&] { return show.state.setup->stinger("curtain")->cut_ms; };
    show.run(SetStinger{curtain, 300});
    show.at += 5s;
    show.run(SetMultiview{"faces", {}, {}, {}});
    REQUIRE(show.run(Undo{}).empty());
    CHECK(show.state.stage.multiview.layout == "all");
    REQUIRE(show.run(Undo{}).empty());
    CHECK(cut() == 800);
    REQUIRE(show.run(Redo{}).empty());
    CHECK(cut() == 300);
    REQUIRE(show.run(Redo{}).empty());
    CHECK(show.state.stage.multiview.layout == "faces");
    show.at += 5s;
    show.run(RemoveStinger{curtain});
    REQUIRE(show.run(Undo{}).empty());
    CHECK(cut() == 300);
}
