#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <random>

#include "show/codec.hpp"
#include "show/command.hpp"
#include "show/edits.hpp"

using namespace tribune;

namespace {

const Actor producer{Role::producer, "producer", {}};
const Actor director{Role::director, "director", {}};
const Actor machine{Role::machine, "engine", {}};

Setup three_cameras() {
    Setup setup;
    setup.title = "Essai";
    for (const char* side : {"north", "east"}) setup.faces.push_back({FaceName(side), {320, 180}, 4, 20});
    for (const char* name : {"cam1", "cam2", "cam3", "film"}) {
        SourceConfig source;
        source.name = SourceName(name);
        source.live = std::string(name) != "film";
        source.url = source.live ? "lavfi:testsrc2" : "film.mp4";
        source.play_on_take = !source.live;
        source.loop = false;
        setup.sources.push_back(source);
    }
    setup.opening_source = SourceName("cam1");
    setup.opening_question = "Quoi ?";
    return setup;
}

Step now(Command command) { return {0, held(std::move(command))}; }
Step later(int ms, Command command) { return {ms, held(std::move(command))}; }
Command cut(const char* scene) { return Cut{SceneName(scene), {}}; }

RundownCue cue(const char* number, std::vector<Step> steps = {}, CueTrigger start = {}) {
    return {CueNumber(number), "", "", {}, start, std::move(steps)};
}
Macro macro(const char* name, std::vector<Step> steps) { return {MacroName(name), "", std::move(steps)}; }

ShowTime ms(int n) { return {std::chrono::milliseconds(n)}; }

// A show whose authority is asked whenever something is due, and whose records are kept.
struct Show {
    Show() { REQUIRE(run(0, LoadShow{three_cameras()}, machine) == ""); }
    std::string run(int at, const Command& command, const Actor& by = producer) {
        const Stamp stamp{state.revision + 1, std::max(ms(at), state.at), 0};
        auto next = apply(state, command, stamp, by);
        if (!next) {
            said = next.error().message;
            return next.error().code;
        }
        state = *next;
        records.push_back({stamp, by, command});
        return "";
    }
    // Time goes by, and what comes due is carried out at its very time.
    void until(int at) {
        for (auto due = next_due(state); due && *due <= ms(at); due = next_due(state)) {
            const auto when = std::chrono::ceil<std::chrono::milliseconds>(due->since_start).count();
            REQUIRE(run(static_cast<int>(when), CarryOn{}, machine) == "");
        }
    }
    std::string add(RundownCue c) { return run(0, SetCue{std::move(c), {}, {}}); }
    [[nodiscard]] std::string air() const { return state.stage.program.scene.text; }
    [[nodiscard]] std::string current() const { return state.stage.rundown.current.text; }
    [[nodiscard]] std::string next() const {
        const RundownCue* c = next_cue(state);
        return c == nullptr ? "" : c->number.text;
    }
    [[nodiscard]] std::string order() const {
        std::string out;
        for (const auto& c : state.rundown->cues) out += (out.empty() ? "" : " ") + c.number.text;
        return out;
    }
    ShowState state;
    std::vector<Record> records;
    std::string said;
};

}  // namespace

TEST_CASE("GO walks through the rundown; back, jump and the end do what they say") {
    Show show;
    REQUIRE(show.run(0, Go{}) == "no_next_cue");
    REQUIRE(show.add(cue("1", {now(cut("cam2"))})) == "");
    REQUIRE(show.add(cue("2", {now(Preview{SceneName("cam1")}), now(Take{{}, "mix", 500})})) == "");
    REQUIRE(show.add(cue("3", {now(cut("cam3"))})) == "");
    CHECK(show.run(0, Back{}) == "no_cue_before");
    CHECK(show.next() == "1");
    REQUIRE(show.run(100, Go{}) == "");
    CHECK(show.air() == "cam2");
    CHECK(show.current() == "1");
    CHECK(show.next() == "2");
    REQUIRE(show.run(200, Go{}) == "");
    CHECK(show.air() == "cam1");
    CHECK(show.state.stage.program.mix->start == ms(200));
    REQUIRE(show.run(300, StandBy{CueNumber("1")}) == "");
    CHECK(show.air() == "cam1");
    CHECK(show.next() == "1");
    REQUIRE(show.run(400, Go{}) == "");
    CHECK(show.air() == "cam2");
    REQUIRE(show.run(500, Go{CueNumber("3")}) == "");
    CHECK(show.air() == "cam3");
    CHECK(show.next() == "");
    CHECK(show.run(600, Go{}) == "no_next_cue");
    REQUIRE(show.run(700, Back{}) == "");
    CHECK(show.current() == "2");
    CHECK(show.next() == "3");
    CHECK(show.run(0, Go{CueNumber("9")}) == "unknown_cue");
    CHECK(show.run(0, StandBy{CueNumber("9")}) == "unknown_cue");
    CHECK(next_due(show.state) == std::nullopt);
}

TEST_CASE("all that a cue does at once changes in one record, or nothing does") {
    Show show;
    REQUIRE(show.add(cue("1", {now(cut("cam2")), now(SetOverlay{SceneName("cam3"), true, 0, {}}),
                               now(PlaceWall{WallPlacement::full, {}})})) == "");
    REQUIRE(show.add(cue("2", {now(cut("cam3")), now(cut("gone"))})) == "");
    const auto before = show.records.size();
    REQUIRE(show.run(100, Go{}) == "");
    CHECK(show.records.size() == before + 1);
    CHECK(show.air() == "cam2");
    CHECK(show.state.stage.overlays.size() == 1);
    CHECK(show.state.stage.faces.at(FaceName("east")).wall == WallPlacement::full);
    const auto stands = encode(show.state);
    CHECK(show.run(200, Go{}) == "unknown_scene");
    CHECK(show.said.find("Cue \"2\", step 2") != std::string::npos);
    CHECK(encode(show.state) == stands);
}

TEST_CASE("cues follow by themselves: after a time, after the one before, at a time of the day or of the show") {
    Show show;
    const auto make = [&](CueTrigger start) {
        REQUIRE(show.add(cue("1", {now(Preview{SceneName("cam2")}), now(Take{{}, "mix", 800})})) == "");
        REQUIRE(show.add(cue("2", {now(cut("cam3"))}, start)) == "");
        CHECK(next_due(show.state) == std::nullopt);  // nobody has the rundown in hand
        REQUIRE(show.run(1000, Go{}) == "");
    };
    SECTION("after a delay") {
        make({CueStart::after, 250, 0});
        CHECK(next_due(show.state) == ms(1250));
        show.until(5000);
        CHECK(show.current() == "2");
        CHECK(show.state.stage.rundown.since == ms(1250));
    }
    SECTION("at once") {
        make({CueStart::after, 0, 0});
        show.until(1000);
        CHECK(show.air() == "cam3");
    }
    SECTION("when it is over") {
        make({CueStart::ended, 100, 0});
        CHECK(next_due(show.state) == ms(1900));
    }
    SECTION("when its film is over") {
        REQUIRE(show.run(0, ClipOpened{SourceName("film"), std::chrono::seconds(7)}, machine) == "");
        REQUIRE(show.add(cue("1", {now(Preview{SceneName("film")}), later(500, Take{{}, "mix", 200})})) == "");
        REQUIRE(show.add(cue("2", {now(cut("cam3"))}, {CueStart::ended, 0, 0})) == "");
        REQUIRE(show.run(1000, Go{}) == "");
        CHECK(next_due(show.state) == ms(1500));  // the take
        show.until(1500);
        CHECK(show.air() == "film");
        CHECK(next_due(show.state)->since_start.count() == 8'500'000'000);
        REQUIRE(show.run(3000, Pause{{SourceName("film")}}) == "");
        CHECK(next_due(show.state) == std::nullopt);
        REQUIRE(show.run(4000, Play{{SourceName("film")}}) == "");
        show.until(9499);
        CHECK(show.current() == "1");
        show.until(9500);
        CHECK(show.current() == "2");
    }
    SECTION("show time") {
        make({CueStart::show, 0, 60});
        CHECK(next_due(show.state) == ms(61'000));
    }
    SECTION("time of day, as the program's clock tells") {
        make({CueStart::clock, 0, 20 * 3600});
        CHECK(waits_for_clock(show.state));
        CHECK(next_due(show.state) == std::nullopt);
        CHECK(show.run(1100, TimeCue{CueNumber("1"), ms(9)}, machine) == "unknown_cue");
        REQUIRE(show.run(1100, TimeCue{CueNumber("2"), ms(5000)}, machine) == "");
        CHECK(next_due(show.state) == ms(5000));
        REQUIRE(show.run(1200, TimeCue{CueNumber("2"), ms(6000)}, machine) == "");
        show.until(7000);
        CHECK(show.state.stage.rundown.since == ms(6000));
    }
    SECTION("held, and let go on") {
        make({CueStart::after, 250, 0});
        REQUIRE(show.run(1100, HoldCues{true}) == "");
        CHECK(next_due(show.state) == std::nullopt);
        SECTION("before it was due") {
            REQUIRE(show.run(1200, HoldCues{false}) == "");
            CHECK(next_due(show.state) == ms(1250));
        }
        SECTION("its moment has passed: by hand") {
            REQUIRE(show.run(1300, HoldCues{false}) == "");
            CHECK(next_due(show.state) == std::nullopt);
            CHECK(show.run(1400, Go{}) == "");
        }
    }
    SECTION("chosen by hand, it follows nothing") {
        make({CueStart::after, 250, 0});
        REQUIRE(show.add(cue("3", {}, {CueStart::after, 100, 0})) == "");
        REQUIRE(show.run(1000, StandBy{CueNumber("3")}) == "");
        CHECK(next_due(show.state) == std::nullopt);
        REQUIRE(show.run(1001, StandBy{CueNumber("2")}) == "");  // the one in order again
        CHECK(next_due(show.state) == ms(1250));
    }
}

TEST_CASE("a cue that cannot go by itself holds the rundown and is told; one that came far too late waits") {
    Show show;
    REQUIRE(show.add(cue("1")) == "");
    REQUIRE(show.add(cue("2", {now(cut("cam2")), now(cut("gone"))}, {CueStart::after, 100, 0})) == "");
    REQUIRE(show.run(0, Go{}) == "");
    SECTION("broken") {
        show.until(5000);
        CHECK(show.state.stage.rundown.hold);
        CHECK(show.state.stage.rundown.fault->code == "unknown_scene");
        CHECK(show.state.stage.rundown.fault->cue == CueNumber("2"));
        CHECK(show.air() == "cam1");
        CHECK(show.current() == "1");
    }
    SECTION("away") {
        REQUIRE(show.run(60'000, CarryOn{}, machine) == "");
        CHECK(show.state.stage.rundown.fault->code == "cue_missed");
        CHECK(show.current() == "1");
        CHECK(show.run(60'001, CarryOn{}, machine) == "nothing_due");
    }
}

TEST_CASE("a macro with waits runs on by the clock, begins anew when asked again, and ends when stopped") {
    Show show;
    const auto tour =
        macro("tour", {now(cut("cam2")), later(300, cut("cam3")), later(0, PlaceWall{}), later(200, cut("cam1"))});
    REQUIRE(show.run(0, SetMacro{tour, {}}) == "");
    REQUIRE(show.run(1000, RunMacro{MacroName("tour")}) == "");
    CHECK(show.air() == "cam2");
    CHECK(next_due(show.state) == ms(1300));
    REQUIRE(show.run(1200, RunMacro{MacroName("tour")}) == "");
    CHECK(show.state.stage.rundown.runs.size() == 1);
    show.until(1500);
    CHECK(show.air() == "cam3");
    show.until(1700);
    CHECK(show.air() == "cam1");
    CHECK(show.state.stage.rundown.runs.empty());
    REQUIRE(show.run(2000, RunMacro{MacroName("tour")}) == "");
    REQUIRE(show.run(2100, StopMacro{}) == "");
    CHECK(next_due(show.state) == std::nullopt);
    CHECK(show.air() == "cam2");
    CHECK(show.run(0, RunMacro{MacroName("none")}) == "unknown_macro");
}

TEST_CASE("a macro that fails on its way stops there, whole steps done or not at all, and says why") {
    Show show;
    REQUIRE(show.run(0, SetMacro{macro("m", {now(cut("cam2")), later(100, cut("cam3")), later(0, cut("gone")),
                                             later(100, cut("cam1"))}),
                                 {}}) == "");
    REQUIRE(show.run(0, RunMacro{MacroName("m")}) == "");
    show.until(1000);
    CHECK(show.air() == "cam2");
    CHECK(show.state.stage.rundown.runs.empty());
    CHECK(show.state.stage.rundown.fault->macro == MacroName("m"));
    CHECK(show.state.stage.rundown.fault->message.find("step 3") != std::string::npos);
}

TEST_CASE("macros run macros so deep, never themselves, and no record does more than it may") {
    Show show;
    const auto calls = [](const char* name) { return now(RunMacro{MacroName(name)}); };
    REQUIRE(show.run(0, SetMacro{macro("a", {calls("b")}), {}}) == "");
    CHECK(show.run(0, SetMacro{macro("b", {calls("a")}), {}}) == "bad_macro");
    CHECK(show.run(0, SetMacro{macro("self", {calls("self")}), {}}) == "bad_macro");
    CHECK(show.run(0, RunMacro{MacroName("a")}) == "unknown_macro");
    REQUIRE(show.run(0, SetMacro{macro("b", {now(cut("cam2"))}), {}}) == "");
    REQUIRE(show.run(0, RunMacro{MacroName("a")}) == "");
    CHECK(show.air() == "cam2");
    // A file may bring a circle: it ends where it gets too deep.
    Setup circle = three_cameras();
    circle.macros = {macro("x", {later(10, RunMacro{MacroName("y")})}),
                     macro("y", {later(10, RunMacro{MacroName("x")})})};
    REQUIRE(show.run(0, LoadShow{circle}, machine) == "");
    REQUIRE(show.run(0, RunMacro{MacroName("x")}) == "");
    show.until(1000);
    CHECK(show.state.stage.rundown.fault->code == "macro_too_deep");
    // Four deep, each calling the next a hundred times.
    for (const auto& [name, next] : {std::pair{"m4", ""}, {"m3", "m4"}, {"m2", "m3"}, {"m1", "m2"}}) {
        std::vector<Step> steps(100, *next == 0 ? now(cut("cam3")) : calls(next));
        REQUIRE(show.run(1000, SetMacro{macro(name, steps), {}}) == "");
    }
    CHECK(show.run(1000, RunMacro{MacroName("m1")}) == "too_many_commands");
    CHECK(show.air() == "cam2");
}

TEST_CASE("what a macro does is checked against the rights of who runs it, to its end") {
    Show show;
    REQUIRE(show.run(0, SetMacro{macro("m", {now(StartRound{})}), {}}) == "");
    REQUIRE(show.run(0, SetMacro{macro("p", {later(10, cut("cam2"))}), {}}, director) == "");
    CHECK(show.run(0, RunMacro{MacroName("m")}, producer) == "forbidden");
    CHECK(show.state.room.rounds.empty());
    CHECK(show.run(0, RunMacro{MacroName("m")}, director) == "");
    CHECK(show.state.room.rounds.size() == 1);
    REQUIRE(show.run(0, RunMacro{MacroName("p")}, director) == "");
    show.until(100);
    CHECK(show.state.stage.rundown.fault->code == "forbidden");
    CHECK(show.air() == "cam1");
    AddSource wired{SourceName("wired"), "", "", "rtsp://192.0.2.1/a", false};
    REQUIRE(show.run(0, SetMacro{macro("w", {now(wired)}), {}}) == "");
    CHECK(show.run(0, RunMacro{MacroName("w")}, producer) == "forbidden");
    for (const Command& c : {Command(LoadShow{}), Command(Undo{}), Command(Go{}), Command(Submit{}), Command(CarryOn{}),
                             Command(SetMacro{}), Command(RecordMacro{})})
        CHECK(show.run(0, SetMacro{macro("bad", {now(c)}), {}}) == "bad_macro");
}

TEST_CASE("what is bad about a cue or macro is refused by name, and changes nothing") {
    Show show;
    REQUIRE(show.add(cue("1")) == "");
    REQUIRE(show.add(cue("2")) == "");
    const auto before = encode(show.state);
    CHECK(show.add(cue("")) == "bad_cue");
    CHECK(show.add(cue("a b")) == "bad_cue");
    CHECK(show.add(cue("3", {later(-1, cut("cam1"))})) == "bad_cue");
    CHECK(show.add(cue("3", {Step{}})) == "bad_cue");
    CHECK(show.add(cue("3", {}, {CueStart::clock, 0, 86'400})) == "bad_cue");
    CHECK(show.add(cue("3", std::vector<Step>(most_steps + 1, now(cut("cam1"))))) == "too_many_steps");
    CHECK(show.run(0, SetCue{cue("2"), CueNumber("1"), {}}) == "cue_taken");
    CHECK(show.run(0, SetCue{cue("3"), CueNumber("9"), {}}) == "unknown_cue");
    CHECK(show.run(0, SetCue{cue("3"), {}, CueNumber("9")}) == "unknown_cue");
    CHECK(show.run(0, MoveCue{CueNumber("9"), {}}) == "unknown_cue");
    CHECK(show.run(0, RemoveCue{CueNumber("9")}) == "unknown_cue");
    CHECK(show.run(0, RemoveMacro{MacroName("9")}) == "unknown_macro");
    CHECK(show.run(0, SetMacro{macro("é", {}), {}}) == "bad_macro");
    CHECK(encode(show.state) == before);
    for (std::size_t i = 2; i < most_cues; ++i) REQUIRE(show.add(cue(("n" + std::to_string(i)).c_str())) == "");
    CHECK(show.add(cue("more")) == "too_many_cues");
}

TEST_CASE("an edited rundown keeps its place in the evening") {
    Show show;
    for (const char* n : {"1", "2", "3", "4"}) REQUIRE(show.add(cue(n)) == "");
    REQUIRE(show.run(0, SetCue{cue("1.5"), {}, CueNumber("2")}) == "");
    CHECK(show.order() == "1 1.5 2 3 4");
    REQUIRE(show.run(0, Go{CueNumber("2")}) == "");
    REQUIRE(show.run(0, SetCue{cue("B"), CueNumber("2"), {}}) == "");
    CHECK(show.current() == "B");
    REQUIRE(show.run(0, MoveCue{CueNumber("B"), {}}) == "");
    CHECK(show.order() == "1 1.5 3 4 B");
    CHECK(show.next() == "");
    REQUIRE(show.run(0, MoveCue{CueNumber("B"), CueNumber("3")}) == "");
    CHECK(show.order() == "1 1.5 B 3 4");
    CHECK(show.next() == "3");
    REQUIRE(show.run(0, RemoveCue{CueNumber("B")}) == "");
    CHECK(show.current() == "");
    CHECK(show.next() == "3");
    REQUIRE(show.run(0, RemoveCue{CueNumber("3")}) == "");
    CHECK(show.next() == "4");
    REQUIRE(show.run(0, RemoveCue{CueNumber("4")}) == "");
    CHECK(show.run(0, Go{}) == "no_next_cue");
    REQUIRE(show.run(0, Undo{}) == "");
    CHECK(show.order() == "1 1.5 4");
}

TEST_CASE("a recorded macro does again what was done by hand, with its waits or without") {
    const bool timing = GENERATE(false, true);
    Show show;
    CHECK(show.run(0, StopRecording{}) == "not_recording");
    REQUIRE(show.run(1000, RecordMacro{MacroName("m"), "", timing, false}) == "");
    CHECK(show.run(1000, RecordMacro{MacroName("n"), "", timing, false}) == "recording_runs");
    REQUIRE(show.run(1100, Preview{SceneName("cam3")}) == "");
    REQUIRE(show.run(1100, StartRound{}, director) == "");  // another's
    REQUIRE(show.run(1200, Take{{}, "dip", 100}) == "");
    CHECK(show.run(1250, cut("gone")) != "");  // refused: not taken
    for (int i = 1; i < 50; ++i)
        REQUIRE(show.run(1300 + i, SetChannel{SourceName("cam1"), -i / 2.0, {}, {}, {}, {}, {}}) == "");
    REQUIRE(show.run(1500, PlaceWall{WallPlacement::beside, {}}) == "");
    REQUIRE(show.run(1600, StopRecording{}) == "");
    const Macro* m = show.state.rundown->macro(MacroName("m"));
    REQUIRE(m != nullptr);
    CHECK(m->steps.size() == (timing ? 52 : 4));
    CHECK(m->steps.at(0).wait_ms == 0);
    CHECK(m->steps.at(1).wait_ms == (timing ? 100 : 0));

    Show again;
    Setup with = three_cameras();
    with.macros = {*m};
    REQUIRE(again.run(0, LoadShow{with}, machine) == "");
    REQUIRE(again.run(1100, RunMacro{MacroName("m")}) == "");
    again.until(5000);
    Stage one = show.state.stage;
    Stage other = again.state.stage;
    if (!timing) one.program.mix->start = other.program.mix->start;
    one.rundown = other.rundown = {};
    CHECK(encode(one) == encode(other));

    REQUIRE(show.run(2000, Undo{}) == "");
    CHECK(show.state.rundown->macro(MacroName("m")) == nullptr);
    REQUIRE(show.run(2000, RecordMacro{MacroName("k"), "", false, false}) == "");
    REQUIRE(show.run(2000, StopRecording{false}) == "");
    CHECK(show.state.rundown->macros.empty());
}

TEST_CASE("a run goes on over a restart: nothing twice, nothing left out, the same end") {
    std::mt19937 random(11);
    const char* cameras[] = {"cam1", "cam2", "cam3"};
    for (int round = 0; round < 10; ++round) {
        Show whole;
        const auto steps = [&] {
            std::vector<Step> out;
            for (std::size_t i = random() % 6; i-- > 0;) {
                const auto delay = static_cast<int>(random() % 3 * 70);
                out.push_back(later(delay, cut(cameras[random() % 3])));
            }
            return out;
        };
        REQUIRE(whole.run(0, SetMacro{macro("m", steps()), {}}) == "");
        for (int i = 1; i < 6; ++i) {
            auto s = steps();
            if (random() % 2 == 0) s.push_back(later(static_cast<int>(random() % 100), RunMacro{MacroName("m")}));
            const CueTrigger start{random() % 3 == 0 ? CueStart::after : CueStart::ended,
                                   static_cast<int>(random() % 90), 0};
            REQUIRE(whole.add(cue(std::to_string(i).c_str(), s, start)) == "");
        }
        REQUIRE(whole.run(10, Go{}) == "");
        Show broken = whole;
        whole.until(10'000);
        CHECK(whole.current() == "5");
        const auto end = whole.state.at;
        REQUIRE(end < ms(5000));
        // The other is taken down and brought back from its snapshot at every moment, and may be some time away.
        for (int at = 10; at < 5000; at += 25) {
            broken.state = *decode_state(*unpack(pack(encode(broken.state))));
            broken.until(at);
        }
        REQUIRE(encode(broken.state) == encode(whole.state));
        REQUIRE(broken.records.size() == whole.records.size());
        // And a follower that reads the journal comes to the same.
        ShowState follower;
        for (const auto& record : whole.records) {
            const auto read = decode_record(*unpack(pack(encode(record))));
            follower = *apply(follower, read->command, read->stamp, read->actor);
        }
        REQUIRE(encode(follower) == encode(whole.state));
    }
}

TEST_CASE("what came due while the program was away is done in its order, in one record") {
    Show show;
    REQUIRE(
        show.run(0, SetMacro{macro("m", {later(100, cut("cam2")), later(100, cut("cam3")), later(400, cut("cam1"))}),
                             {}}) == "");
    REQUIRE(show.run(0, RunMacro{MacroName("m")}) == "");
    REQUIRE(show.run(350, CarryOn{}, machine) == "");
    CHECK(show.air() == "cam3");
    CHECK(next_due(show.state) == ms(600));
    CHECK(show.run(400, CarryOn{}, machine) == "nothing_due");
}

TEST_CASE("several together are one record: all or none, each undone alone, recorded as if sent one by one") {
    Show show;
    const SetScene duo{SceneName("duo"), "", {}, 0};
    const SetScene trio{SceneName("trio"), "", {}, 0};
    const auto before = show.state.revision;
    REQUIRE(show.run(0, Together{{held(duo), held(trio), held(cut("cam2"))}}) == "");
    CHECK(show.state.revision == before + 1);
    CHECK(show.air() == "cam2");
    CHECK(show.state.edits->done.size() == 2);
    REQUIRE(show.run(10, Undo{}) == "");
    CHECK(show.state.has_scene(SceneName("duo")));
    CHECK_FALSE(show.state.has_scene(SceneName("trio")));

    CHECK(show.run(20, Together{{held(cut("cam3")), held(cut("moon"))}}) == "unknown_scene");
    CHECK(show.air() == "cam2");
    CHECK(show.run(20, Together{{held(cut("cam3")), held(Undo{})}}) == "not_together");
    CHECK(show.run(20, Together{{held(Together{{held(cut("cam3"))}})}}) == "not_together");
    CHECK(show.run(20, Together{{held(cut("cam3")), held(StartRound{})}}) == "forbidden");
    CHECK(show.run(20, Together{std::vector(most_at_once + 1, held(cut("cam3")))}) == "too_many_commands");
    CHECK(show.air() == "cam2");

    REQUIRE(show.run(30, RecordMacro{MacroName("m"), "", false, false}) == "");
    REQUIRE(show.run(40, Together{{held(cut("cam3")), held(PlaceWall{})}}) == "");
    REQUIRE(show.run(50, StopRecording{}) == "");
    CHECK(show.state.rundown->macro(MacroName("m"))->steps.size() == 2);
}

TEST_CASE("a show file's scenes, cues and macros are there, and a new file leaves alone what was edited") {
    Show show;
    Setup file = three_cameras();
    Scene duo;
    duo.name = SceneName("duo");
    file.scenes = {duo};
    file.cues = {cue("1"), cue("2"), cue("3")};
    file.macros = {macro("m", {})};
    REQUIRE(show.run(0, LoadShow{file}, machine) == "");
    CHECK(show.order() == "1 2 3");
    CHECK(show.state.has_scene(SceneName("duo")));
    REQUIRE(show.run(0, SetCue{cue("2", {now(cut("cam2"))}), {}, {}}) == "");
    REQUIRE(show.add(cue("live")) == "");
    REQUIRE(show.run(0, RemoveCue{CueNumber("3")}) == "");
    file.cues = {cue("0"), cue("1", {now(cut("cam3"))}), cue("1.5"), cue("3")};
    file.scenes = {};
    REQUIRE(show.run(0, LoadShow{file}, machine) == "");
    CHECK(show.order() == "0 1 1.5 2 live");  // 2 was edited, 3 was taken away, both by hand
    CHECK(show.state.rundown->cue(CueNumber("1"))->steps.size() == 1);
    CHECK(show.state.rundown->cue(CueNumber("2"))->steps.size() == 1);
    CHECK_FALSE(show.state.has_scene(SceneName("duo")));
    CHECK(show.run(0, Undo{}) == "nothing_to_undo");
}
