// Records and states through the journal, and the exports made of them.
#include <catch2/catch.hpp>

#include <nlohmann/json.hpp>
#include <sstream>

#include "show/codec.hpp"
#include "store/export.hpp"
#include "store/records.hpp"
#include "store/snapshot_taker.hpp"
#include "unit/store/journal_files.hpp"
#include "unit/store/report_log.hpp"

using namespace tribune;
using namespace tribune::test;

namespace {

// An authority in small: decides, stamps, and keeps the records.
class Night {
  public:
    Night() {
        Setup setup;
        setup.title = "Soirée \"habitat\"";
        setup.tables = 12;
        setup.faces = {{FaceName{"north"}}, {FaceName{"south"}}};
        for (const char* name : {"cam1", "cam2"}) {
            SourceConfig source;
            source.name = SourceName{name};
            source.url = "lavfi:testsrc";
            setup.sources.push_back(source);
        }
        setup.opening_source = SourceName{"cam1"};
        setup.opening_question = "Que manque-t-il ici ?";
        decide(LoadShow{setup});
        decide(StartRound{});
    }
    void decide(Command command) {
        const auto n = records_.size() + 1;
        Record record{{n, {std::chrono::milliseconds(100 * n)}, 1'780'000'000'000 + static_cast<std::int64_t>(n) * 250},
                      {Role::machine, "test", {}},
                      std::move(command)};
        auto next = apply(state_, record.command, record.stamp);
        if (!next) FAIL(next.error().message);
        state_ = *std::move(next);
        records_.push_back(std::move(record));
    }
    void answer(int table, const std::string& text) {
        Submit submit;
        submit.id.bytes[15] = static_cast<std::uint8_t>(records_.size());
        submit.id.bytes[14] = static_cast<std::uint8_t>(records_.size() >> 8);
        submit.device = DeviceId{"tablet"};
        submit.table = {table};
        submit.round = 1;
        submit.text = text;
        submit.language = "fr";
        decide(submit);
    }
    void busy_evening(int commands) {
        for (int i = 0; i < commands; ++i) {
            if (i % 5 == 4) {
                decide(Cut{SceneName{i % 2 == 0 ? "cam1" : "cam2"}, {}});
            } else {
                answer(1 + i % 12, "réponse n° " + std::to_string(i));
            }
        }
    }
    [[nodiscard]] std::vector<Row> rows() const {
        std::vector<Row> rows;
        for (const auto& record : records_) rows.push_back(to_row(record));
        return rows;
    }
    [[nodiscard]] const ShowState& state() const { return state_; }

  private:
    ShowState state_;
    std::vector<Record> records_;
};

std::unique_ptr<SqliteJournal> journal_of(const TemporaryFolder& folder, const Night& night) {
    auto journal = SqliteJournal::open(folder.journal());
    REQUIRE(journal);
    const auto rows = night.rows();
    const auto known = static_cast<std::ptrdiff_t>((*journal)->last_sequence());
    REQUIRE((*journal)->append(std::vector<Row>(rows.begin() + known, rows.end())));
    return *std::move(journal);
}

bool same(const ShowState& a, const ShowState& b) { return encode(a) == encode(b); }

}  // namespace

TEST_CASE("a record comes back from its row", "[store]") {
    Night night;
    night.answer(3, "des logements aérés 🏠");
    for (const auto& row : night.rows()) {
        const auto record = to_record(row);
        REQUIRE(record);
        CHECK(record->stamp.sequence == row.sequence);
        CHECK(to_row(*record) == row);
    }
    CHECK(night.rows()[2].kind == "submit");
}

TEST_CASE("ill-formed payloads are told of, whatever the bytes", "[store]") {
    Night night;
    night.answer(3, "texte");
    const auto good = night.rows()[2];
    const auto code = [](const Row& row) {
        const auto record = to_record(row);
        return record ? std::string("none") : record.error().code;
    };
    CHECK(code({3, "submit", ""}) == "record_damaged");
    CHECK(code({3, "submit", std::string(100, '\xff')}) == "record_damaged");
    CHECK(code({3, "submit", std::string(100, '\x81')}) == "record_damaged");  // lists in lists in lists
    CHECK(code({4, "submit", good.payload}) == "record_damaged");
    for (std::size_t cut = 0; cut < good.payload.size(); ++cut) {
        CHECK(code({3, "submit", good.payload.substr(0, cut)}) == "record_damaged");
    }
    std::mt19937 random(11);
    for (int i = 0; i < 3000; ++i) {
        auto bytes = good;
        for (int flips = 0; flips < 3; ++flips) {
            bytes.payload[random() % bytes.payload.size()] = static_cast<char>(random() & 255U);
        }
        const auto result = code(bytes);
        CHECK((result == "record_damaged" || result == "none"));
    }
}

TEST_CASE("the state comes back, from nothing and from any snapshot", "[store]") {
    const TemporaryFolder folder;
    Night night;
    night.busy_evening(60);
    const auto middle = to_snapshot(night.state());
    night.busy_evening(700);
    const auto journal = journal_of(folder, night);

    auto restored = restore(*journal);
    REQUIRE(restored);
    CHECK(same(restored->state, night.state()));
    CHECK(restored->snapshot == 0);
    CHECK(restored->replayed == journal->last_sequence());

    REQUIRE(journal->save_snapshot(middle));
    restored = restore(*journal);
    REQUIRE(restored);
    CHECK(same(restored->state, night.state()));
    CHECK(restored->snapshot == middle.sequence);
    CHECK(restored->replayed == journal->last_sequence() - middle.sequence);

    // One that this version cannot read, and one of another place, are passed over.
    REQUIRE(journal->save_snapshot({journal->last_sequence(), "not a state"}));
    restored = restore(*journal);
    REQUIRE(restored);
    CHECK(restored->snapshot == middle.sequence);
    REQUIRE(journal->save_snapshot({journal->last_sequence() - 1, middle.payload}));
    restored = restore(*journal);
    REQUIRE(restored);
    CHECK(same(restored->state, night.state()));
    CHECK(restored->snapshot == 0);
}

TEST_CASE("snapshots are taken while the show goes on, and a start needs few records", "[store]") {
    const TemporaryFolder folder;
    Night night;
    night.busy_evening(998);
    auto journal = SqliteJournal::open(folder.journal());
    REQUIRE(journal);
    ReportLog log;
    {
        GroupCommitter committer(**journal, log.sink());
        ShowState state;
        for (const auto& row : night.rows()) {
            const auto record = to_record(row);
            auto next = apply(state, record->command, record->stamp);
            REQUIRE(next);
            state = *std::move(next);
            REQUIRE(committer.submit(row));
        }
        REQUIRE(log.wait_acknowledged(1000));
    }
    {
        GroupCommitter committer(**journal, log.sink());
        {
            SnapshotTaker taker(committer, 1, {}, {.records = 5000, .interval = std::chrono::hours(1)});
            taker.consider(night.state());  // not due
        }
        CHECK_FALSE(*(*journal)->newest_snapshot(1000));
        {
            SnapshotTaker taker(committer, 1, {}, {.records = 999, .interval = std::chrono::hours(1)});
            taker.consider(night.state());
            while (!*(*journal)->newest_snapshot(1000)) std::this_thread::yield();
        }
        night.answer(1, "encore");
        REQUIRE(committer.submit(night.rows().back()));
        {
            SnapshotTaker taker(committer, 1000, {}, {.records = 5000, .interval = std::chrono::milliseconds(1)});
            taker.consider(night.state());  // due by its time
            while ((*(*journal)->newest_snapshot(1001))->sequence != 1001) std::this_thread::yield();
        }
    }
    const auto restored = restore(**journal);
    REQUIRE(restored);
    CHECK(restored->snapshot == 1001);
    CHECK(restored->replayed == 0);
    CHECK(same(restored->state, night.state()));
}

TEST_CASE("an erased answer replays without its text", "[store]") {
    const TemporaryFolder folder;
    Night night;
    night.answer(2, "quelqu'un que l'on reconnaît");
    night.answer(3, "une autre");
    const auto journal = journal_of(folder, night);
    REQUIRE(journal->save_snapshot(to_snapshot(night.state())));
    CHECK(erase_text(*journal, 1).error().code == "not_an_answer");
    CHECK(erase_text(*journal, 9).error().code == "unknown_sequence");
    REQUIRE(erase_text(*journal, 3));
    for (const char* suffix : {"", "-wal"}) {
        CHECK(bytes_of(folder.journal() + suffix).find("que l'on reconna") == std::string::npos);
    }
    const auto restored = restore(*journal);
    REQUIRE(restored);
    const auto& room = restored->state.room;
    REQUIRE(room.contributions.size() == 2);
    CHECK(room.contributions[0].text.empty());
    CHECK(room.contributions[0].table == TableNumber{2});
    CHECK(room.contributions[1].text == "une autre");
}

TEST_CASE("exports hold every answer, safe for spreadsheets", "[store]") {
    const TemporaryFolder folder;
    Night night;
    night.answer(1, "simple");
    night.answer(2, "avec, virgule et \"guillemets\"");
    night.answer(3, "=SOMME(A1)");
    night.answer(4, "+33");
    night.answer(5, "-rien-");
    night.answer(6, "@ici");
    night.answer(7, "=\"a\",b");
    night.decide(StopRound{});
    night.answer(8, "trop tard : 東京 🏠");
    { const auto written = journal_of(folder, night); }
    const auto journal = SqliteJournal::open(folder.journal(), {.access = JournalOptions::Access::read_only});
    REQUIRE(journal);

    std::ostringstream csv;
    REQUIRE(export_csv(**journal, csv));
    const auto line = [](int n, const std::string& late, const std::string& text) {
        const auto time = std::string("2026-05-28T20:26:4") + std::to_string(n * 25 / 100) + "." +
                          std::to_string(n * 25 % 100) + (n % 4 == 0 ? "00Z" : "0Z");
        return std::to_string(n) + ",00000000-0000-0000-0000-00000000000" + std::to_string(n - 1) + "," +
               std::to_string(n <= 9 ? n - 2 : n - 3) + ",1,Que manque-t-il ici ?,,idea," + time + ",fr," + late + "," +
               text + ",,shown,,,0,," + text + "\r\n";
    };
    auto expected =
        "sequence,id,table,round,question,part,kind,time,language,late,text,title,state,held_for,theme,"
        "likes,outcome,text_now\r\n" +
        line(3, "false", "simple") + line(4, "false", "\"avec, virgule et \"\"guillemets\"\"\"") +
        line(5, "false", "'=SOMME(A1)") + line(6, "false", "'+33") + line(7, "false", "'-rien-") +
        line(8, "false", "'@ici") + line(9, "false", "\"'=\"\"a\"\",b\"");
    CHECK(csv.str().starts_with(expected));
    CHECK(csv.str().substr(expected.size()) ==
          "11,00000000-0000-0000-0000-00000000000a,8,1,Que manque-t-il ici ?,,idea,2026-05-28T20:26:42.750Z,fr,true,"
          "trop tard : 東京 🏠,,shown,,,0,,trop tard : 東京 🏠\r\n");
    std::ostringstream marked;
    REQUIRE(export_csv(**journal, marked, {.byte_order_mark = true}));
    CHECK(marked.str() == "\xEF\xBB\xBF" + csv.str());

    std::ostringstream text;
    REQUIRE(export_json(**journal, text));
    const auto json = nlohmann::json::parse(text.str());
    CHECK(json["title"] == "Soirée \"habitat\"");
    CHECK(json["epoch"] == (*journal)->epoch());
    REQUIRE(json["contributions"].size() == 8);
    CHECK(json["contributions"][2] == nlohmann::json{{"sequence", 5},
                                                     {"id", "00000000-0000-0000-0000-000000000004"},
                                                     {"table", 3},
                                                     {"round", 1},
                                                     {"question", "Que manque-t-il ici ?"},
                                                     {"part", ""},
                                                     {"kind", "idea"},
                                                     {"time", "2026-05-28T20:26:41.250Z"},
                                                     {"language", "fr"},
                                                     {"late", false},
                                                     {"text", "=SOMME(A1)"},
                                                     {"title", ""},
                                                     {"state", "shown"},
                                                     {"held_for", ""},
                                                     {"theme", ""},
                                                     {"likes", 0},
                                                     {"outcome", ""},
                                                     {"text_now", "=SOMME(A1)"}});
    CHECK(json["contributions"][7]["late"] == true);

    std::ostringstream broken;
    broken.setstate(std::ios::badbit);
    CHECK(export_csv(**journal, broken).error().code == "export_failed");
    CHECK(export_json(**journal, broken).error().code == "export_failed");
}
