#include <catch2/catch.hpp>
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
    REQUIRE(j.run(Cut{SourceName("cam2"), {FaceName("east")}}));
    REQUIRE(j.run(Cut{SourceName("cam3"), {}}));
    REQUIRE(j.state.stage.shown(FaceName("north")) == SourceName("cam3"));
    REQUIRE(j.state.stage.shown(FaceName("east")) == SourceName("cam2"));
    REQUIRE(j.run(Follow{{}}));
    REQUIRE(j.state.stage.shown(FaceName("east")) == SourceName("cam3"));
}

TEST_CASE("the stage can be written down as it is, and only as the show can have it") {
    Journal j;
    REQUIRE(j.run(LoadShow{small_setup()}));
    Stage stage = j.state.stage;
    stage.program = SourceName("cam2");
    stage.faces[FaceName("west")] = {SourceName("cam3"), WallPlacement::full};
    REQUIRE(j.run(KeepStage{stage}));
    CHECK(j.state.stage == stage);
    const auto before = encode(j.state);
    Stage wrong = stage;
    wrong.program = SourceName("cam9");
    CHECK(code(j.run(KeepStage{wrong})) == "unknown_source");
    wrong = stage;
    wrong.faces[FaceName("west")].own = SourceName("cam9");
    CHECK(code(j.run(KeepStage{wrong})) == "unknown_source");
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
    REQUIRE(code(j.run(Cut{SourceName("cam9"), {}})) == "unknown_source");
    REQUIRE(code(j.run(Cut{SourceName("cam1"), {FaceName("up")}})) == "unknown_face");
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
    REQUIRE(code(j.run(answer(2, 0, "table inconnue"))) == "unknown_table");
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
    REQUIRE(j.run(Cut{SourceName("cam2"), {}}));
    REQUIRE(j.run(Cut{SourceName("cam2"), {FaceName("west")}}));
    Setup less = small_setup();
    less.sources.erase(less.sources.begin() + 1);
    REQUIRE(j.run(LoadShow{less}));
    REQUIRE(j.state.stage.program == SourceName("cam1"));
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
    const std::vector<SourceName> sources{SourceName("cam1"), SourceName("cam2"), SourceName("cam3"),
                                          SourceName("cam9")};
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
