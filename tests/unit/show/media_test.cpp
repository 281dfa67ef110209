#include "show/media.hpp"

#include <catch2/catch.hpp>

#include "show/codec.hpp"
#include "show/command.hpp"

using namespace tribune;
using namespace std::chrono_literals;

namespace {

const SourceName opener("opener");
const SourceName sting("sting");
const SourceName cam("cam");
SceneName scene(const SourceName& source) { return SceneName(source.text); }

// A show with a camera and two clips of ten seconds, at a time that the test sets.
class Show {
  public:
    Show() {
        Setup setup;
        setup.title = "Essai";
        setup.media = "/show/media";
        for (const char* side : {"north", "east"}) setup.faces.push_back({FaceName(side), {320, 180}, 4, 20});
        SourceConfig live;
        live.name = cam;
        live.url = "rtsp://192.0.2.1/";
        setup.sources.push_back(live);
        for (const auto& name : {opener, sting}) {
            SourceConfig file;
            file.name = name;
            file.url = "/show/" + name.text + ".mp4";
            file.live = false;
            file.loop = false;
            file.play_on_take = true;
            setup.sources.push_back(file);
        }
        setup.opening_source = cam;
        run(LoadShow{setup});
        run(ClipOpened{opener, 10s});
        run(ClipOpened{sting, 10s});
    }

    std::string run(const Command& command) {
        auto next = apply(state, command, {state.revision + 1, {at}, 0});
        if (!next) return next.error().code;
        state = *next;
        return "";
    }
    [[nodiscard]] const Transport& clip(const SourceName& name) const { return state.stage.media.at(name); }
    [[nodiscard]] ClipPoint point(const SourceName& name) const { return clip_point(clip(name), {at}); }

    ShowState state;
    Nanoseconds at{5s};
};

}  // namespace

TEST_CASE("files have a transport, and nothing else has") {
    Show show;
    REQUIRE(show.state.stage.media.size() == 2);
    REQUIRE(show.point(opener) == ClipPoint{ClipState::cued, 0s, 0});
    REQUIRE(show.run(Play{{cam}}) == "not_a_clip");
    REQUIRE(show.run(Play{{SourceName("nobody")}}) == "unknown_source");
    REQUIRE(show.run(Play{}) == "unknown_source");
}

TEST_CASE("play, pause and cue keep the picture of their moment") {
    Show show;
    show.run(Play{{opener, sting}});
    REQUIRE(show.clip(opener).since == show.clip(sting).since);
    show.at += 3s;
    REQUIRE(show.point(opener) == ClipPoint{ClipState::playing, 3s, 0});
    show.run(Play{{opener}});  // it does already
    REQUIRE(show.clip(opener).since == ShowTime{5s});
    show.run(Pause{{opener}});
    show.at += 1min;
    REQUIRE(show.point(opener) == ClipPoint{ClipState::paused, 3s, 0});
    show.run(Play{{opener}});
    show.at += 1s;
    REQUIRE(show.point(opener).position == 4s);
    show.run(Cue{{opener}, 7250.5});
    REQUIRE(show.point(opener) == ClipPoint{ClipState::cued, 7250'500us, 0});
    show.run(SetClip{opener, 2000});
    show.run(Cue{{opener}, std::nullopt});
    REQUIRE(show.point(opener).position == 2s);
    REQUIRE(show.run(Cue{{opener}, -1}) == "bad_clip");
    REQUIRE(show.run(Cue{{opener}, 1e300}) == "bad_clip");
}

TEST_CASE("a clip that has ended plays again from its in point") {
    Show show;
    show.run(SetClip{opener, 1000, 4000});
    show.run(Cue{{opener}, std::nullopt});
    show.run(Play{{opener}});
    show.at += 3s;
    REQUIRE(show.point(opener).state == ClipState::ended);
    show.run(Pause{{opener}});
    REQUIRE(show.point(opener).state == ClipState::ended);
    show.at += 1s;
    show.run(Play{{opener}});
    REQUIRE(show.point(opener) == ClipPoint{ClipState::playing, 1s, 0});
}

TEST_CASE("what is changed about a playing clip leaves its picture where it is") {
    Show show;
    show.run(Play{{opener}});
    show.at += 6s;
    const auto before = show.point(opener).position;
    SetClip faster{opener};
    faster.speed = 2;
    REQUIRE(show.run(faster).empty());
    REQUIRE(show.point(opener).position == before);
    show.at += 1s;
    REQUIRE(show.point(opener).position == 8s);
    SetClip loop{opener, 1000, 9000};
    loop.loop = true;
    REQUIRE(show.run(loop).empty());
    REQUIRE(show.point(opener).position == 8s);
    show.at += 1s;
    REQUIRE(show.point(opener) == ClipPoint{ClipState::playing, 2s, 1});
    // Out of the loop again: on from here, not from where it would be without.
    SetClip once{opener};
    once.loop = false;
    REQUIRE(show.run(once).empty());
    REQUIRE(show.point(opener) == ClipPoint{ClipState::playing, 2s, 0});
    REQUIRE(show.run(SetClip{opener, std::nullopt, 0}).empty());
    REQUIRE_FALSE(show.clip(opener).out);
}

TEST_CASE("what a clip cannot do is refused and changes nothing") {
    Show show;
    const auto before = show.state.stage;
    REQUIRE(show.run(SetClip{opener, 5000, 4000}) == "bad_clip");
    REQUIRE(show.run(SetClip{opener, 5000, 5000}) == "bad_clip");
    REQUIRE(show.run(SetClip{opener, 11000}) == "bad_clip");
    for (const double speed : {0.0, -1.0, 0.05, 5.0}) {
        SetClip c{opener};
        c.speed = speed;
        REQUIRE(show.run(c) == "bad_clip");
    }
    SetClip next{opener};
    next.at_end = ClipEnd::next;
    REQUIRE(show.run(next) == "bad_clip");
    next.next = "nobody";
    REQUIRE_FALSE(show.run(next).empty());
    REQUIRE(show.state.stage == before);
}

TEST_CASE("a clip plays when it is taken, once") {
    Show show;
    show.at += 10s;
    show.run(Preview{scene(opener)});
    REQUIRE(show.point(opener).state == ClipState::cued);
    show.run(Take{});
    REQUIRE(show.clip(opener).since == ShowTime{show.at});
    show.at += 2s;
    show.run(Cut{scene(opener), {FaceName("north")}});
    REQUIRE(show.point(opener).position == 2s);  // it played already
    SetClip by_hand{sting};
    by_hand.play_on_take = false;
    show.run(by_hand);
    show.run(Cut{scene(sting), {}});
    REQUIRE(show.point(sting).state == ClipState::cued);
}

TEST_CASE("clips play when the scene they are in is taken, all on the same frame") {
    Show show;
    Layer left;
    left.name = LayerName("left");
    left.content = SourceContent{opener};
    Layer right;
    right.name = LayerName("right");
    right.content = SourceContent{sting};
    REQUIRE(show.run(SetScene{SceneName("duo"), "", {left, right}, 0}).empty());
    show.at += 1s;
    show.run(Cut{SceneName("duo"), {}});
    REQUIRE(show.clip(opener).since == ShowTime{show.at});
    REQUIRE(show.clip(sting).since == ShowTime{show.at});
    // A scene in which a clip ends goes on as a whole.
    SetClip next{opener};
    next.at_end = ClipEnd::next;
    next.next = "cam";
    show.run(next);
    show.at += 10s;
    REQUIRE(show.run(ClipEnded{opener}).empty());
    REQUIRE(show.state.stage.program.scene == scene(cam));
}

TEST_CASE("at its end a clip hands over to what comes next, wherever it is shown") {
    Show show;
    SetClip next{opener};
    next.at_end = ClipEnd::next;
    next.next = "sting";
    REQUIRE(show.run(next).empty());
    show.run(SetTransition{"cut", 0, {}});
    show.run(Cut{scene(opener), {}});
    show.run(Cut{scene(opener), {FaceName("east")}});
    show.run(Cut{scene(cam), {FaceName("north")}});
    show.at += 9999ms;
    REQUIRE(show.run(ClipEnded{opener}) == "not_ended");
    show.at += 1ms;
    REQUIRE(clip_ends(show.clip(opener)) == ShowTime{show.at});
    REQUIRE(show.run(ClipEnded{opener}).empty());
    REQUIRE(show.state.stage.program.scene == scene(sting));
    REQUIRE(show.state.stage.bus(FaceName("east")).scene == scene(sting));
    REQUIRE(show.state.stage.bus(FaceName("north")).scene == scene(cam));
    REQUIRE(show.point(sting) == ClipPoint{ClipState::playing, 0s, 0});
    REQUIRE(show.point(opener).state == ClipState::ended);
    REQUIRE(show.run(ClipEnded{opener}) == "not_ended");  // once
}

TEST_CASE("sources come and go while the show runs") {
    Show show;
    AddSource add{SourceName("extra"), "Un extra", "Mon film.mp4", "", false};
    REQUIRE(show.run(add).empty());
    const auto* source = show.state.setup->source(add.name);
    REQUIRE(source != nullptr);
    REQUIRE(source->url == "/show/media/Mon film.mp4");
    REQUIRE_FALSE(source->live);
    REQUIRE(show.point(add.name).state == ClipState::cued);
    REQUIRE(show.run(add) == "name_taken");
    for (const char* file : {"", "../key.pem", "/etc/passwd", ".hidden", "a/b.mp4"}) {
        REQUIRE(show.run(AddSource{SourceName("other"), "", file, "", false}) == "bad_file");
    }
    REQUIRE(show.run(AddSource{SourceName("un film"), "", "a.mp4", "", false}) == "bad_name");
    REQUIRE(show.run(AddSource{SourceName("both"), "", "a.mp4", "srt://192.0.2.1:9000", false}) == "bad_url");
    REQUIRE(show.run(AddSource{SourceName("far"), "", "", "srt://192.0.2.1:9000", false}).empty());
    REQUIRE_FALSE(show.state.stage.media.contains(SourceName("far")));

    // The show file is read again: what was added stays.
    Setup again = *show.state.setup;
    std::erase_if(again.sources, [](const auto& s) { return s.added; });
    again.title = "Autre";
    show.run(Cue{{add.name}, 4000.0});
    REQUIRE(show.run(LoadShow{again}).empty());
    REQUIRE(show.state.setup->source(add.name) != nullptr);
    REQUIRE(show.point(add.name).position == 4s);

    show.run(Preview{scene(add.name)});
    REQUIRE(show.run(RemoveSource{add.name}) == "source_in_use");
    show.run(Preview{scene(cam)});
    REQUIRE(show.run(RemoveSource{add.name}).empty());
    REQUIRE(show.state.setup->source(add.name) == nullptr);
    REQUIRE_FALSE(show.state.stage.media.contains(add.name));
    REQUIRE(show.run(RemoveSource{cam}) == "source_of_file");
}

TEST_CASE("a file that is now another begins anew; one that stays goes on") {
    Show show;
    show.run(Play{{opener, sting}});
    Setup again = *show.state.setup;
    for (auto& source : again.sources) {
        if (source.name == sting) source.url = "/show/other.mp4";
    }
    show.at += 2s;
    REQUIRE(show.run(LoadShow{again}).empty());
    REQUIRE(show.point(opener).position == 2s);
    REQUIRE(show.clip(opener).duration == 10s);
    REQUIRE(show.point(sting) == ClipPoint{ClipState::cued, 0s, 0});
    REQUIRE(show.clip(sting).duration == 0s);
}
