// What the journal promises on a disk that works.
#include <catch2/catch.hpp>

#include <sys/wait.h>
#include <unistd.h>

#include "store/checksum.hpp"
#include "unit/store/journal_files.hpp"

using namespace tribune;
using namespace tribune::test;

namespace {

std::unique_ptr<SqliteJournal> open_journal(const std::string& path, JournalOptions options = {}) {
    auto opened = SqliteJournal::open(path, options);
    if (!opened) FAIL(opened.error().code + ": " + opened.error().message);
    return *std::move(opened);
}

std::string error_of(const Status& status) { return status ? "none" : status.error().code; }

}  // namespace

TEST_CASE("the checksum is CRC-64/XZ", "[store]") {
    CHECK(Checksum{}.add("123456789").value() == 0x995DC9BBDF1939FAULL);  // check value of the CRC catalogue
}

TEST_CASE("a new journal is empty and has an epoch of its own", "[store]") {
    const TemporaryFolder a;
    const TemporaryFolder b;
    const auto first = open_journal(a.journal());
    const auto second = open_journal(b.journal());
    CHECK(first->last_sequence() == 0);
    CHECK(all_rows(*first).empty());
    CHECK(first->epoch().size() == 32);
    CHECK(first->epoch() != second->epoch());
    CHECK_FALSE(first->lost());
}

TEST_CASE("random batches come back as they went in, also after closing", "[store]") {
    const auto seed = GENERATE(1U, 2U, 3U, 4U, 5U);
    CAPTURE(seed);
    std::mt19937 random(seed);
    const TemporaryFolder folder;
    std::vector<Row> written;
    std::string epoch;
    for (int life = 0; life < 4; ++life) {
        const auto journal = open_journal(folder.journal());
        if (life == 0) epoch = journal->epoch();
        CHECK(journal->epoch() == epoch);
        REQUIRE(all_rows(*journal) == written);
        for (int batch = 0; batch < 8; ++batch) {
            std::vector<Row> rows;
            for (auto n = random() % 40; n > 0; --n)
                rows.push_back(random_row(written.size() + rows.size() + 1, random));
            REQUIRE(journal->append(rows));
            written.insert(written.end(), rows.begin(), rows.end());
            if (batch == 4) REQUIRE(journal->housekeep());
        }
        REQUIRE(journal->last_sequence() == written.size());
        REQUIRE(all_rows(*journal) == written);

        // Any page of it is the same piece of the whole.
        const auto from = 1 + random() % (written.size() + 3);
        const auto limit = random() % 50;
        const auto page = journal->read_from(from, limit);
        REQUIRE(page);
        const auto begin = std::min<std::size_t>(from - 1, written.size());
        const auto end = std::min<std::size_t>(begin + limit, written.size());
        CHECK(*page == std::vector<Row>(written.begin() + static_cast<std::ptrdiff_t>(begin),
                                        written.begin() + static_cast<std::ptrdiff_t>(end)));
    }
    CHECK_FALSE(std::filesystem::exists(folder.journal() + "-wal"));
}

TEST_CASE("a gap or a repeated sequence is refused and nothing of the batch is written", "[store]") {
    const TemporaryFolder folder;
    const auto journal = open_journal(folder.journal());
    REQUIRE(journal->append(make_rows(1, 5)));
    CHECK(error_of(journal->append(make_rows(7, 1))) == "sequence_gap");
    CHECK(error_of(journal->append(make_rows(5, 2))) == "sequence_gap");
    auto holed = make_rows(6, 3);
    holed[2].sequence = 9;
    CHECK(error_of(journal->append(holed)) == "sequence_gap");
    CHECK(journal->last_sequence() == 5);
    CHECK(journal->append(make_rows(6, 3)));
    CHECK(all_rows(*journal) == make_rows(1, 8));
}

TEST_CASE("a record beyond the bound is refused, one at the bound is kept", "[store]") {
    const TemporaryFolder folder;
    const auto journal = open_journal(folder.journal());
    CHECK(error_of(journal->append({{Row{1, "cut", std::string(Journal::most_payload + 1, 'x')}}})) ==
          "record_too_long");
    CHECK(journal->append({{Row{1, "cut", std::string(Journal::most_payload, 'x')}}}));
    CHECK(journal->last_sequence() == 1);
}

TEST_CASE("one journal, one program", "[store]") {
    const TemporaryFolder folder;
    const auto journal = open_journal(folder.journal());
    REQUIRE(journal->append(make_rows(1, 3)));
    for (const auto access : {JournalOptions::Access::read_write, JournalOptions::Access::read_only}) {
        const auto child = ::fork();
        if (child == 0) {
            const auto second =
                SqliteJournal::open(folder.journal(), {.access = access, .wait = std::chrono::milliseconds{20}});
            ::_exit(!second && second.error().code == "journal_in_use" ? 0 : 1);
        }
        int status = 0;
        REQUIRE(::waitpid(child, &status, 0) == child);
        CHECK(status == 0);
    }
    CHECK(journal->append(make_rows(4, 1)));
}

TEST_CASE("a journal that nobody holds can be read without changing it", "[store]") {
    const TemporaryFolder folder;
    const TemporaryFolder killed;
    {
        const auto journal = open_journal(folder.journal());
        REQUIRE(journal->append(make_rows(1, 30)));
        copy_as_killed(folder.journal(), killed.journal());  // its last records only in the -wal
    }
    for (const auto& path : {folder.journal(), killed.journal()}) {
        const auto before = bytes_of(path);
        const auto wal_before = bytes_of(path + "-wal");
        const auto reader = open_journal(path, {.access = JournalOptions::Access::read_only});
        CHECK(all_rows(*reader) == make_rows(1, 30));
        CHECK(error_of(reader->append(make_rows(31, 1))) == "read_only");
        CHECK(error_of(reader->save_snapshot({1, "s"})) == "read_only");
        CHECK(error_of(reader->erase_payload(1, "")) == "read_only");
        CHECK(bytes_of(path) == before);
        CHECK(bytes_of(path + "-wal") == wal_before);
    }
    const auto journal = open_journal(killed.journal());
    CHECK(journal->append(make_rows(31, 1)));
}

TEST_CASE("what cannot be opened says why", "[store]") {
    const TemporaryFolder folder;
    const auto code = [](const auto& opened) { return opened ? std::string("none") : opened.error().code; };
    CHECK(code(SqliteJournal::open(folder.path() + "/no/such/folder.db")) == "journal_unreadable");
    CHECK(code(SqliteJournal::open(folder.journal(), {.create = false})) == "journal_missing");
    CHECK(code(SqliteJournal::open(folder.journal(), {.access = JournalOptions::Access::read_only})) ==
          "journal_missing");
    CHECK(std::filesystem::is_empty(folder.path()));

    open_journal(folder.journal());
    auto bytes = bytes_of(folder.journal());
    auto newer = bytes;
    newer[63] = 2;  // user_version, big-endian at 60
    put_bytes(folder.journal(), newer);
    CHECK(code(SqliteJournal::open(folder.journal())) == "journal_newer");
    auto foreign = bytes;
    foreign[70] = 1;  // application_id, at 68
    put_bytes(folder.journal(), foreign);
    CHECK(code(SqliteJournal::open(folder.journal(), {.set_damaged_aside = true})) == "not_a_journal");
    CHECK(bytes_of(folder.journal()) == foreign);
}

TEST_CASE("the newest snapshot comes back, two are kept, none runs ahead", "[store]") {
    const TemporaryFolder folder;
    const auto journal = open_journal(folder.journal());
    CHECK_FALSE(*journal->newest_snapshot(100));
    REQUIRE(journal->append(make_rows(1, 40)));
    CHECK(error_of(journal->save_snapshot({41, "ahead"})) == "snapshot_ahead");
    for (const std::uint64_t at : {10U, 20U, 30U}) REQUIRE(journal->save_snapshot({at, "state " + std::to_string(at)}));
    CHECK(*journal->newest_snapshot(40) == Snapshot{30, "state 30"});
    CHECK(*journal->newest_snapshot(29) == Snapshot{20, "state 20"});
    CHECK_FALSE(*journal->newest_snapshot(19));
    REQUIRE(journal->save_snapshot({30, "taken again"}));
    CHECK(*journal->newest_snapshot(30) == Snapshot{30, "taken again"});
}

TEST_CASE("an erased payload is nowhere in the files, and its record still reads", "[store]") {
    const TemporaryFolder folder;
    const TemporaryFolder killed;
    const std::string secret = "a-name-nobody-else-should-read";
    const auto size = GENERATE(std::size_t{0}, std::size_t{9000});  // within a page, and over several
    auto journal = open_journal(folder.journal());
    auto rows = make_rows(1, 200);
    rows[99].payload = secret + std::string(size, '.') + secret;
    REQUIRE(journal->append(rows));
    REQUIRE(journal->save_snapshot({50, "before it"}));
    REQUIRE(journal->save_snapshot({150, "state with " + secret}));
    if (GENERATE(false, true)) {  // already folded into the main file, or still in the -wal
        journal.reset();
        journal = open_journal(folder.journal());
    }
    const auto found = [&](const std::string& path) { return bytes_of(path).find(secret) != std::string::npos; };
    REQUIRE((found(folder.journal()) || found(folder.journal() + "-wal")));

    CHECK(error_of(journal->erase_payload(201, "")) == "unknown_sequence");
    REQUIRE(journal->erase_payload(100, "blank"));
    CHECK_FALSE(found(folder.journal()));
    CHECK_FALSE(found(folder.journal() + "-wal"));
    rows[99].payload = "blank";
    CHECK(all_rows(*journal) == rows);
    CHECK(*journal->newest_snapshot(200) == Snapshot{50, "before it"});

    REQUIRE(journal->append(make_rows(201, 1)));
    copy_as_killed(folder.journal(), killed.journal());
    CHECK(open_journal(killed.journal())->last_sequence() == 201);
}
