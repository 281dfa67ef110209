#include <catch2/catch.hpp>
#include <limits>
#include <map>
#include <nlohmann/json.hpp>
#include <random>

#include "show/codec.hpp"
#include "show/command.hpp"

using namespace tribune;

namespace {

Setup small_setup() {
    Setup setup;
    setup.title = "Essai";
    setup.tables = 4;
    for (const char* side : {"north", "east", "south", "west"})
        setup.faces.push_back({FaceName(side), {320, 180}, 4, 20});
    for (const char* name : {"cam1", "cam2", "cam3"}) {
        SourceConfig source;
        source.name = SourceName(name);
        source.url = "lavfi:testsrc2";
        setup.sources.push_back(source);
    }
    setup.opening_source = SourceName("cam1");
    setup.opening_question = "Quoi ?";
    return setup;
}

class Journal {
  public:
    Result<ShowState> run(Command command) {
        const Stamp stamp{state.revision + 1, {Nanoseconds(static_cast<std::int64_t>(state.revision) * 1000)}, 0};
        auto next = apply(state, command, stamp);
        if (next) {
            state = *next;
            records.push_back({stamp, {}, std::move(command)});
        }
        return next;
    }
    ShowState state;
    std::vector<Record> records;
};

Uuid uuid(std::uint8_t n) {
    Uuid id;
    id.bytes[15] = n;
    return id;
}

Submit answer(std::uint8_t id, int table, const char* text, std::uint32_t round = 1) {
    return {uuid(id), DeviceId("tablet"), TableNumber{table}, round, text, "fr"};
}

std::string code(const Result<ShowState>& result) { return result ? "" : result.error().code; }

}  // namespace

TEST_CASE("a cut reaches all faces that follow program, and none that hold their own") {
    Journal j;
    REQUIRE(j.run(LoadShow{small_setup()}));
    REQUIRE(j.run(Cut{SceneName("cam2"), {FaceName("east")}}));
    REQUIRE(j.run(Cut{SceneName("cam3"), {}}));
    REQUIRE(j.state.stage.bus(FaceName("north")).scene == SceneName("cam3"));
    REQUIRE(j.state.stage.bus(FaceName("east")).scene == SceneName("cam2"));
    REQUIRE(j.run(Follow{{}}));
    REQUIRE(j.state.stage.bus(FaceName("east")).scene == SceneName("cam3"));
}

namespace {

ShowTime at_ms(int ms) { return {std::chrono::milliseconds(ms)}; }

// A producer at the stage's switcher, who says when he does what.
struct Switcher {
    Switcher() { do_at(0, LoadShow{small_setup()}); }
    void do_at(int ms, const Command& command) {
        auto next = apply(state, command, {state.revision + 1, at_ms(ms), 0});
        REQUIRE(next);
        state = *next;
    }
    [[nodiscard]] std::string on(int ms, const char* face = "north") const {
        const Bus& bus = state.stage.bus(FaceName(face));
        const Mix* mix = bus.running(at_ms(ms));
        return mix == nullptr ? bus.scene.text : mix->from.text + ">" + bus.scene.text;
    }
    ShowState state;
};

}  // namespace

TEST_CASE("a take brings preview to program by the stage's transition, and program to preview") {
    Switcher s;
    REQUIRE(s.state.stage.preview == SceneName("cam2"));
    s.do_at(0, SetTransition{"mix", 1000, {}});
    s.do_at(100, Preview{SceneName("cam3")});
    s.do_at(200, Take{});
    REQUIRE(s.on(200) == "cam1>cam3");
    REQUIRE(s.state.stage.program.running(at_ms(700))->progress(at_ms(700)) == 0.5);
    REQUIRE(s.on(1199) == "cam1>cam3");
    REQUIRE(s.on(1200) == "cam3");
    REQUIRE(s.state.stage.preview == SceneName("cam1"));

    SECTION("a take in its middle goes on from where the first was going") {
        s.do_at(700, Take{});
        REQUIRE(s.on(701) == "cam3>cam1");
    }
    SECTION("a cut ends it at once") {
        s.do_at(700, Cut{SceneName("cam2"), {}});
        REQUIRE(s.on(700) == "cam2");
    }
    SECTION("its own words go before the stage's") {
        s.do_at(2000, Take{{}, "cut", std::nullopt});
        REQUIRE(s.on(2000) == "cam1");
        s.do_at(2000, Take{{}, "dip", 100});
        REQUIRE(s.state.stage.program.mix->how.name == "dip");
        REQUIRE(s.on(2100) == "cam3");
    }
}

TEST_CASE("a take on some faces is theirs alone, on the same frame, and leaves preview") {
    Switcher s;
    s.do_at(100, Take{{FaceName("east"), FaceName("west")}, std::nullopt, 500});
    REQUIRE(s.on(200, "east") == "cam1>cam2");
    REQUIRE(s.on(200, "west") == "cam1>cam2");
    REQUIRE(s.on(200, "north") == "cam1");
    REQUIRE(s.state.stage.bus(FaceName("east")) == s.state.stage.bus(FaceName("west")));
    REQUIRE(s.state.stage.preview == SceneName("cam2"));
}

TEST_CASE("the T-bar stands where it is put, takes at its end and gives back at its start") {
    Switcher s;
    s.do_at(0, MoveTBar{0});
    REQUIRE(s.on(0) == "cam1");
    s.do_at(10, MoveTBar{0.3});
    REQUIRE(s.on(99'000) == "cam1>cam2");
    REQUIRE(s.state.stage.program.mix->progress(at_ms(99'000)) == 0.3);
    s.do_at(20, MoveTBar{0.6});
    REQUIRE(s.state.stage.program.mix->progress(at_ms(20)) == 0.6);
    SECTION("to the end") {
        s.do_at(30, MoveTBar{1});
        REQUIRE(s.on(30) == "cam2");
        REQUIRE(s.state.stage.preview == SceneName("cam1"));
    }
    SECTION("and back") {
        s.do_at(30, MoveTBar{0});
        REQUIRE(s.on(30) == "cam1");
        REQUIRE(s.state.stage.preview == SceneName("cam2"));
    }
    SECTION("a take finishes what it began") {
        s.do_at(30, Take{{}, "cut", std::nullopt});
        REQUIRE(s.on(30) == "cam1");
    }
}

TEST_CASE("a fade to black turned around goes on from where it is") {
    Switcher s;
    const auto dark = [&](int ms) { return s.state.stage.black.level(at_ms(ms)); };
    REQUIRE(dark(0) == 0);
    s.do_at(1000, FadeToBlack{true, 1000});
    REQUIRE(dark(1400) == Approx(0.4));
    s.do_at(1400, FadeToBlack{false, 1000});
    REQUIRE(dark(1400) == Approx(0.4));
    REQUIRE(dark(1600) == Approx(0.2));
    REQUIRE(dark(1800) == 0);
    s.do_at(3000, FadeToBlack{true, 0});
    REQUIRE(dark(3000) == 1);
}

TEST_CASE("transitions that cannot be are refused") {
    Journal j;
    REQUIRE(j.run(LoadShow{small_setup()}));
    REQUIRE(code(j.run(Preview{SceneName("cam9")})) == "unknown_scene");
    REQUIRE(code(j.run(Take{{FaceName("up")}, {}, {}})) == "unknown_face");
    REQUIRE(code(j.run(Take{{}, {}, -1})) == "bad_transition");
    REQUIRE(code(j.run(SetTransition{"mix", 60'001, {}})) == "bad_transition");
    REQUIRE(code(j.run(FadeToBlack{true, 60'001})) == "bad_transition");
    REQUIRE(code(j.run(MoveTBar{1.01})) == "bad_transition");
    REQUIRE(code(j.run(MoveTBar{std::numeric_limits<double>::quiet_NaN()})) == "bad_transition");
}

TEST_CASE("the stage can be written down as it is, and only as the show can have it") {
    Journal j;
    REQUIRE(j.run(LoadShow{small_setup()}));
    Stage stage = j.state.stage;
    stage.program.scene = SceneName("cam2");
    stage.faces[FaceName("west")] = {Bus{SceneName("cam3"), std::nullopt}, WallPlacement::full};
    REQUIRE(j.run(KeepStage{stage}));
    CHECK(j.state.stage == stage);
    const auto before = encode(j.state);
    Stage wrong = stage;
    wrong.program.scene = SceneName("cam9");
    CHECK(code(j.run(KeepStage{wrong})) == "unknown_scene");
    wrong = stage;
    wrong.faces[FaceName("west")].own = Bus{SceneName("cam9"), std::nullopt};
    CHECK(code(j.run(KeepStage{wrong})) == "unknown_scene");
    wrong = stage;
    wrong.faces[FaceName("up")] = {};
    CHECK(code(j.run(KeepStage{wrong})) == "unknown_face");
    wrong = stage;
    wrong.faces.erase(FaceName("west"));
    CHECK(code(j.run(KeepStage{wrong})) == "unknown_face");
    CHECK(encode(j.state) == before);
}

TEST_CASE("what cannot be applied changes nothing and says why") {
    Journal j;
    REQUIRE(j.run(LoadShow{small_setup()}));
    const auto before = encode(j.state);
    REQUIRE(code(j.run(Cut{SceneName("cam9"), {}})) == "unknown_scene");
    REQUIRE(code(j.run(Cut{SceneName("cam1"), {FaceName("up")}})) == "unknown_face");
    REQUIRE(code(j.run(PlaceWall{WallPlacement::off, {FaceName("up")}})) == "unknown_face");
    REQUIRE(code(j.run(StopRound{})) == "no_open_round");
    REQUIRE(code(j.run(answer(1, 1, "oui"))) == "unknown_round");
    REQUIRE(code(j.run(LoadShow{Setup{}})) == "bad_show");
    REQUIRE(encode(j.state) == before);
}

TEST_CASE("an answer counts once: the same again is known, another under its id is refused") {
    Journal j;
    REQUIRE(j.run(LoadShow{small_setup()}));
    REQUIRE(j.run(StartRound{}));
    REQUIRE(j.run(answer(1, 2, "le loyer")));
    REQUIRE(code(j.run(answer(1, 2, "le loyer"))) == "already_stored");
    REQUIRE(code(j.run(answer(1, 2, "autre"))) == "id_conflict");
    REQUIRE(code(j.run(answer(1, 3, "le loyer"))) == "id_conflict");
    REQUIRE(code(j.run(answer(2, 5, "table inconnue"))) == "unknown_table");
    REQUIRE(code(j.run(answer(2, 0, "téléphone"))) == "door_closed");
    REQUIRE(j.state.room.contributions.size() == 1);
    REQUIRE(j.state.room.find(uuid(1))->text == "le loyer");
}

TEST_CASE("an answer kept on a tablet over the end of its round still counts, marked late") {
    Journal j;
    REQUIRE(j.run(LoadShow{small_setup()}));
    REQUIRE(j.run(StartRound{}));
    REQUIRE(j.run(answer(1, 1, "à temps")));
    REQUIRE(j.run(StopRound{}));
    REQUIRE(j.run(answer(2, 1, "en retard")));
    REQUIRE_FALSE(j.state.room.find(uuid(1))->late);
    REQUIRE(j.state.room.find(uuid(2))->late);
}

TEST_CASE("a show file that loses a camera falls back; voices stay") {
    Journal j;
    REQUIRE(j.run(LoadShow{small_setup()}));
    REQUIRE(j.run(StartRound{}));
    REQUIRE(j.run(answer(1, 1, "voix")));
    REQUIRE(j.run(Cut{SceneName("cam2"), {}}));
    REQUIRE(j.run(Cut{SceneName("cam2"), {FaceName("west")}}));
    Setup less = small_setup();
    less.sources.erase(less.sources.begin() + 1);
    REQUIRE(j.run(LoadShow{less}));
    REQUIRE(j.state.stage.program.scene == SceneName("cam1"));
    REQUIRE_FALSE(j.state.stage.faces.at(FaceName("west")).own);
    REQUIRE(j.state.room.contributions.size() == 1);
}

TEST_CASE("the counts kept with the answers are those of counting them anew, also after a snapshot") {
    std::mt19937 random(11);
    for (int night = 0; night < 20; ++night) {
        Journal j;
        REQUIRE(j.run(LoadShow{small_setup()}));
        for (int i = 0; i < 300; ++i) {
            switch (random() % 12) {
                case 0: (void)j.run(StartRound{}); break;
                case 1: (void)j.run(StopRound{}); break;
                case 2: j.state = *decode_state(*unpack(pack(encode(j.state)))); break;
                // Some are known, some name a table or a round that is not there: those count nowhere.
                default:
                    (void)j.run(answer(static_cast<std::uint8_t>(random() % 250), static_cast<int>(random() % 6), "mot",
                                       static_cast<std::uint32_t>(random() % (j.state.room.rounds.size() + 2))));
            }
        }
        std::map<std::uint32_t, std::size_t> rounds;
        std::map<int, std::size_t> tables;
        for (const auto& a : j.state.room.contributions) {
            ++rounds[a.round];
            ++tables[a.table.value];
        }
        REQUIRE(j.state.room.contributions.size() > 20);
        const auto& room = j.state.room;
        REQUIRE(room.answers_of_round.size() == rounds.size());
        REQUIRE(room.answers_of_table.size() == tables.size());
        for (const auto& [round, count] : rounds) REQUIRE(*room.answers_of_round.find(round) == count);
        for (const auto& [table, count] : tables) REQUIRE(*room.answers_of_table.find(TableNumber{table}) == count);
        const auto view = desk_view(j.state)["room"];
        REQUIRE(view["answers"] == room.contributions.size());
        REQUIRE(view["tables_heard"] == tables.size());
        REQUIRE(view["rounds"].size() == room.rounds.size());
        for (const auto& round : view["rounds"])
            REQUIRE(round["answers"] == rounds[round["number"].get<std::uint32_t>()]);
    }
}

TEST_CASE("replaying the journal, or a snapshot and the rest, gives the same show") {
    std::mt19937 random(3);
    Journal j;
    REQUIRE(j.run(LoadShow{small_setup()}));
    const std::vector<SceneName> sources{SceneName("cam1"), SceneName("cam2"), SceneName("cam3"), SceneName("cam9")};
    const std::vector<FaceName> faces{FaceName("north"), FaceName("west")};
    for (int i = 0; i < 400; ++i) {
        switch (random() % 6) {
            case 0: (void)j.run(Cut{sources[random() % 4], {}}); break;
            case 1: (void)j.run(Cut{sources[random() % 4], faces}); break;
            case 2: (void)j.run(Follow{}); break;
            case 3: (void)j.run(StartRound{}); break;
            case 4: (void)j.run(StopRound{}); break;
            default:
                (void)j.run(answer(static_cast<std::uint8_t>(random() % 200), static_cast<int>(random() % 5), "mot"));
        }
    }
    ShowState replayed;
    for (std::size_t i = 0; i < j.records.size(); ++i) {
        if (i == j.records.size() / 2) {
            auto restored = decode_state(*unpack(pack(encode(replayed))));
            REQUIRE(restored);
            replayed = *restored;
        }
        auto record = decode_record(*unpack(pack(encode(j.records[i]))));
        REQUIRE(record);
        auto next = apply(replayed, record->command, record->stamp);
        REQUIRE(next);
        replayed = *next;
    }
    REQUIRE(encode(replayed) == encode(j.state));
}
