#include <catch2/catch.hpp>
#include <functional>
#include <nlohmann/json.hpp>
#include <random>

#include "show/codec.hpp"
#include "show/command.hpp"
#include "show/edits.hpp"

using namespace tribune;

namespace {

const Actor producer{Role::producer, "producer", {}};

Setup a_show() {
    Setup setup;
    setup.title = "Essai";
    setup.media = "/media";
    setup.faces.push_back({FaceName("north"), {320, 180}, 4, 20});
    for (const char* name : {"cam1", "cam2", "film"}) {
        SourceConfig source;
        source.name = SourceName(name);
        source.live = std::string(name) != "film";
        source.url = source.live ? "lavfi:testsrc2" : "film.mp4";
        setup.sources.push_back(source);
    }
    setup.opening_source = SourceName("cam1");
    setup.transitions = {{"wipe", {{"smoothness", "float", {0.5}}}}};
    return setup;
}

struct Show {
    Show() { REQUIRE(run(LoadShow{a_show()}) == ""); }
    std::string run(const Command& command, int after_ms = 600, const Actor& by = producer) {
        const Stamp stamp{state.revision + 1, state.at + std::chrono::milliseconds(after_ms), 0};
        auto next = apply(state, command, stamp, by);
        if (!next) return next.error().code;
        state = *next;
        return "";
    }
    // All that can be edited, as JSON.
    [[nodiscard]] nlohmann::json edited() const {
        auto json = encode(state);
        for (auto& [name, clip] : json["stage"]["media"].items()) {
            for (const char* live : {"motion", "position", "since"}) clip.erase(live);
        }
        for (const char* live : {"revision", "at", "edits"}) json.erase(live);
        return json;
    }
    ShowState state;
};

// Edits of every kind, at random; some are refused.
Command random_edit(std::mt19937& random) {
    const auto pick = [&](std::vector<std::string> names) { return names[random() % names.size()]; };
    const double x = static_cast<double>(random() % 100) / 100;
    Layer layer;
    layer.name = LayerName(pick({"back", "front"}));
    layer.place.x = x;
    layer.content = TextContent{};
    Layer other = layer;
    other.name = LayerName(layer.name.text == "back" ? "front" : "back");
    const SceneName scene(pick({"s1", "s2", "s3"}));
    const SourceName source(pick({"cam1", "cam2", "film"}));
    const CueNumber number(pick({"1", "2", "3", "4"}));
    const CueNumber place(pick({"1", "2", "3", ""}));
    const MacroName name(pick({"m", "n"}));
    RundownCue cue{number, std::to_string(x), "", {}, {}, {{0, held(Cut{SceneName("cam1"), {}})}}};
    switch (random() % 17) {
        case 0: return SetScene{scene, "", {layer, other}, static_cast<int>(random() % 2) * 300};
        case 1: return RemoveScene{scene};
        case 2:
        case 3: return SetLayer{scene, layer, 0};
        case 4: return ArrangeScene{scene, "side_by_side", 0};
        case 5: return SetClip{source, 100 * x, {}, 1 + x, {}, {}, {}, random() % 2 == 0};
        case 6: return SetChannel{source, -x, {}, {}, {}, {}, {}};
        case 7: return SetChannel{source, {}, random() % 2 == 0, {}, {}, {}, {}};
        case 8: return SetMaster{-x, {}, {}};
        case 9: return SetTransition{pick({"mix", "dip"}), static_cast<int>(random() % 2000), {}};
        case 10: return SetTransition{"wipe", 500, {{"smoothness", {x}}}};
        case 11: return AddSource{SourceName(pick({"a", "b"})), "", "a.mp4", "", false};
        case 12: return RemoveSource{SourceName(pick({"a", "b"}))};
        case 13: return SetCue{cue, random() % 3 == 0 ? CueNumber(pick({"1", "2", "3", "4"})) : CueNumber(), place};
        case 14: return MoveCue{number, place};
        case 15: return RemoveCue{number};
        default:
            return random() % 3 == 0 ? Command(RemoveMacro{name})
                                     : Command(SetMacro{{name, std::to_string(x), {}}, {}});
    }
}

}  // namespace

TEST_CASE("undo of any edits leads back through every state, redo forth again, and live switching is nobody's edit") {
    std::mt19937 random(3);
    for (int round = 0; round < 6; ++round) {
        Show show;
        std::vector<nlohmann::json> versions{show.edited()};
        while (versions.size() < 60) {
            const auto steps = show.state.edits->done.size();
            (void)show.run(random_edit(random));
            if (show.state.edits->done.size() > steps) {
                versions.push_back(show.edited());
            } else {
                REQUIRE(show.edited() == versions.back());  // refused, or nothing new
            }
            // What is not an edit, and changes nothing that edits do.
            REQUIRE(show.run(Play{{SourceName("film")}}) == "");
        }
        const auto restored = decode_state(*unpack(pack(encode(show.state))));
        REQUIRE(restored);
        REQUIRE(*restored->edits == *show.state.edits);
        show.state = *restored;
        for (std::size_t i = versions.size() - 1; i-- > 0;) {
            REQUIRE(show.run(Undo{}) == "");
            REQUIRE(show.edited() == versions[i]);
        }
        REQUIRE(show.run(Undo{}) == "nothing_to_undo");
        for (std::size_t i = 1; i < versions.size(); ++i) {
            REQUIRE(show.run(Redo{}) == "");
            REQUIRE(show.edited() == versions[i]);
        }
        REQUIRE(show.run(Redo{}) == "nothing_to_redo");
    }
}

TEST_CASE("what is done live is not to be undone") {
    Show show;
    REQUIRE(show.run(SetScene{SceneName("title"), "", {}, 0}) == "");
    for (const Command& live :
         std::vector<Command>{Cut{SceneName("cam2"), {}}, Take{}, Preview{SceneName("cam1")}, FadeToBlack{},
                              SetOverlay{SceneName("title"), true, 0, {}}, PlaceWall{}, MoveTBar{0.5},
                              Play{{SourceName("film")}}, Cue{{SourceName("film")}, 0}, RingBell{}, Follow{}}) {
        REQUIRE(show.run(live) == "");
        CHECK(show.state.edits->done.size() == 1);
    }
}

TEST_CASE("close moves of one thing by one hand are one step, and what would be undone is told") {
    Show show;
    const auto gain = [&](const char* source, double db, int after, const Actor& by = producer) {
        REQUIRE(show.run(SetChannel{SourceName(source), db, {}, {}, {}, {}, {}}, after, by) == "");
    };
    for (int i = 1; i <= 30; ++i) gain("cam1", -i, 16);
    CHECK(show.state.edits->done.size() == 1);
    gain("cam2", -3, 16);
    gain("cam2", -4, 16, Actor{Role::producer, "other", {}});
    gain("cam2", -5, 700, Actor{Role::producer, "other", {}});
    CHECK(show.state.edits->done.size() == 4);
    const auto told = desk_view(show.state)["edits"]["producer"];
    CHECK(told["undo"] ==
          nlohmann::json{{"command", "set_channel"}, {"name", "cam2"}, {"part", "gain"}, {"by", "other"}});
    CHECK(told["redo"] == nullptr);
    for (int i = 0; i < 3; ++i) REQUIRE(show.run(Undo{}) == "");
    CHECK(show.state.stage.sound.channel(SourceName("cam1")).gain_db == -30);
    REQUIRE(show.run(Undo{}) == "");
    CHECK(show.state.stage.sound.channels.empty());
}

TEST_CASE("what is shown cannot vanish by undoing it") {
    Show show;
    REQUIRE(show.run(AddSource{SourceName("a"), "", "a.mp4", "", false}) == "");
    REQUIRE(show.run(Cut{SceneName("a"), {}}) == "");
    CHECK(show.run(Undo{}) == "source_in_use");
    REQUIRE(show.run(Cut{SceneName("cam1"), {}}) == "");
    CHECK(show.run(Undo{}) == "");
    CHECK_FALSE(show.state.has_scene(SceneName("a")));
}

TEST_CASE("a clip's settings are undone and its picture stays") {
    Show show;
    REQUIRE(show.run(ClipOpened{SourceName("film"), std::chrono::seconds(100)}) == "");
    REQUIRE(show.run(SetClip{SourceName("film"), {}, {}, 2, {}, {}, {}, {}}, 10'000) == "");
    const auto at = [&] { return clip_point(show.state.stage.media.at(SourceName("film")), show.state.at).position; };
    const auto before = at();
    REQUIRE(show.run(Undo{}, 0) == "");
    CHECK(at() == before);
    CHECK(show.state.stage.media.at(SourceName("film")).speed == 1);
}

TEST_CASE("the director takes back edits of the agenda, the producer those of the pictures, in any order") {
    const Actor director{Role::director, "director", {}};
    Show show;
    const auto agenda = [&] {
        std::string out;
        for (const auto& a : show.state.room.agenda) out += (out.empty() ? "" : " ") + a.question.text;
        return out;
    };
    const auto asked = [](const char* text) { return Question{text, "fr", {}}; };
    const auto item = [&](std::size_t at) { return show.state.room.agenda.at(at).item; };
    for (const char* text : {"un", "deux", "trois"})
        REQUIRE(show.run(SetAgendaItem{0, asked(text)}, 600, director) == "");
    REQUIRE(show.run(SetMaster{-6, {}, {}}) == "");
    REQUIRE(show.run(RemoveAgendaItem{item(1)}, 600, director) == "");
    REQUIRE(show.run(MoveAgendaItem{item(1), 0}, 600, director) == "");
    REQUIRE(show.run(SetAgendaItem{item(0), asked("quatre")}, 600, director) == "");
    REQUIRE(agenda() == "quatre un");
    const auto desk = desk_view(show.state);
    CHECK(desk["edits"]["director"]["undo"]["name"] == "quatre");
    CHECK(desk["edits"]["producer"]["undo"]["command"] == "set_master");

    const std::vector<std::string> back{"trois un", "un trois", "un deux trois", "un deux", "un", ""};
    for (const auto& before : back) {
        REQUIRE(show.run(Undo{}, 600, director) == "");
        CHECK(agenda() == before);
    }
    CHECK(show.run(Undo{}, 600, director) == "nothing_to_undo");
    CHECK(show.state.stage.sound.master.gain_db == -6);
    REQUIRE(show.run(Undo{}) == "");
    CHECK(show.state.stage.sound.master.gain_db == 0);
    // A producer's edit leaves what the director can bring back.
    REQUIRE(show.run(SetMaster{-3, {}, {}}) == "");
    for (const char* after : {"un", "un deux", "un deux trois", "un trois", "trois un", "quatre un"}) {
        REQUIRE(show.run(Redo{}, 600, director) == "");
        CHECK(agenda() == after);
    }
    CHECK(show.run(Redo{}, 600, director) == "nothing_to_redo");
    CHECK(show.run(Redo{}) == "nothing_to_redo");
}

TEST_CASE("an operator takes back what they may edit, and nothing else") {
    Show show;
    auto setup = a_show();
    OperatorSetup lea;
    lea.name = OperatorName("lea");
    lea.may = {"undo", "sound"};
    setup.operators = {lea};
    REQUIRE(show.run(LoadShow{setup}) == "");
    const Actor by_lea{Role::observer, "lea", {}, true};
    REQUIRE(show.run(SetMaster{-6, {}, {}}) == "");
    REQUIRE(show.run(SetTransition{"dip", 700, {}}) == "");
    REQUIRE(show.run(Undo{}, 600, by_lea) == "");
    CHECK(show.state.stage.sound.master.gain_db == 0);
    CHECK(show.run(Undo{}, 600, by_lea) == "nothing_to_undo");
    CHECK(show.state.stage.transition.name == "dip");
}
