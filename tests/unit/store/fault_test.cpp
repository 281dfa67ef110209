// Disks that fail, files that are damaged, programs that are killed (the reference's faults D1, D3, D4, D7, D8).
#include <catch2/catch.hpp>

#include <signal.h>
#include <sys/mount.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>

#include "base/handle.hpp"
#include "store/committer.hpp"
#include "support/fault_shim/fault_shim.hpp"
#include "unit/store/journal_files.hpp"
#include "unit/store/report_log.hpp"

using namespace tribune;
using namespace tribune::test;

namespace {

std::string code_of(const Result<std::unique_ptr<SqliteJournal>>& opened) {
    return opened ? "opened" : opened.error().code;
}

struct NoFault {
    ~NoFault() {
        fault_shim_set(fault_shim_sync, 0, false, 0, 0, "");
        fault_shim_set(fault_shim_write, 0, false, 0, 0, "");
    }
};

// Writes records as fast as it can, and every acknowledged sequence to `out`, until it is killed.
[[noreturn]] void write_until_killed(const std::string& path, int out) {
    auto journal = SqliteJournal::open(path);
    if (!journal) ::_exit(2);
    GroupCommitter committer(**journal, [&](const CommitReport& report) {
        if (report.error || ::write(out, &report.last, sizeof report.last) != sizeof report.last) ::_exit(3);
    });
    for (auto next = (*journal)->last_sequence() + 1;;) {
        if (committer.submit(make_row(next))) {
            if (next % 64 == 0) (void)committer.offer_snapshot(committer.generation(), {next, std::string(5000, 's')});
            ++next;
        } else {
            ::usleep(200);
        }
    }
}

}  // namespace

TEST_CASE("killed sixty times while writing: all that was acknowledged is there, once", "[store]") {
    const TemporaryFolder folder;
    std::mt19937 random(20240607);
    std::uint64_t acknowledged = 0;
    std::uint64_t unacknowledged = 0;
    for (int round = 0; round < 60; ++round) {
        std::array<int, 2> ends{};
        REQUIRE(::pipe(ends.data()) == 0);
        const Fd in{ends[0]};
        Fd out{ends[1]};
        const auto child = ::fork();
        if (child == 0) write_until_killed(folder.journal(), out.get());
        out.reset();
        // The moment: after some acknowledgements, and some microseconds more.
        std::uint64_t last = 0;
        for (auto left = 1 + random() % 4; left > 0; --left) {
            REQUIRE(::read(in.get(), &last, sizeof last) == sizeof last);
        }
        ::usleep(static_cast<useconds_t>(random() % 1500));
        REQUIRE(::kill(child, SIGKILL) == 0);
        int status = 0;
        REQUIRE(::waitpid(child, &status, 0) == child);
        REQUIRE(WIFSIGNALED(status));
        while (::read(in.get(), &last, sizeof last) == sizeof last) {
        }
        acknowledged = last;

        const auto journal = SqliteJournal::open(folder.journal());
        CAPTURE(round, acknowledged);
        REQUIRE(code_of(journal) == "opened");  // its integrity is checked there
        const auto stored = (*journal)->last_sequence();
        REQUIRE(stored >= acknowledged);
        unacknowledged += stored - acknowledged;
        REQUIRE(all_rows(**journal) == make_rows(1, stored));
        const auto snapshot = (*journal)->newest_snapshot(stored);
        REQUIRE(snapshot);
        if (*snapshot) CHECK((*snapshot)->sequence <= stored);
    }
    CHECK(acknowledged > 60);
    INFO("stored but not acknowledged: " << unacknowledged);
}

TEST_CASE("after a failed sync nothing is acknowledged again, and the file is never synced again", "[store]") {
    const auto for_ever = GENERATE(false, true);
    const auto nth = GENERATE(1, 2, 5);
    CAPTURE(for_ever, nth);
    const NoFault at_end;
    const TemporaryFolder folder;
    ReportLog log;
    std::uint64_t acknowledged = 0;
    {
        auto journal = SqliteJournal::open(folder.journal());
        REQUIRE(journal);
        GroupCommitter committer(**journal, log.sink());
        fault_shim_set(fault_shim_sync, nth, for_ever, EIO, 0, "journal.db");
        std::uint64_t next = 1;
        while (next <= 4000 && committer.submit(make_row(next))) ++next;
        REQUIRE(log.wait_failures(1));
        REQUIRE(fault_shim_failed(fault_shim_sync) == 1);
        acknowledged = log.acknowledged();
        CHECK(log.reports().back().error->code == "storage_lost");
        CHECK(log.reports().back().first == acknowledged + 1);
        const auto health = committer.health();
        CHECK_FALSE(health.storage_ok);
        CHECK_FALSE(health.reason.empty());
        CHECK(committer.submit(make_row(next + 1)).error().code == "storage_lost");
        CHECK((*journal)->append(make_rows(acknowledged + 1, 1)).error().code == "storage_lost");
        CHECK((*journal)->save_snapshot({1, "s"}).error().code == "storage_lost");
        CHECK((*journal)->erase_payload(1, "").error().code == "storage_lost");
        CHECK((*journal)->housekeep().error().code == "storage_lost");
        CHECK(all_rows(**journal) == make_rows(1, acknowledged));  // reading goes on
    }
    CHECK(fault_shim_seen(fault_shim_sync) == nth);
    CHECK(log.acknowledged() == acknowledged);

    fault_shim_set(fault_shim_sync, 0, false, 0, 0, "");
    const auto again = SqliteJournal::open(folder.journal());
    REQUIRE(code_of(again) == "opened");
    const auto stored = (*again)->last_sequence();
    CHECK(stored >= acknowledged);
    CHECK(all_rows(**again) == make_rows(1, stored));
}

TEST_CASE("a sync that fails while the -wal is folded latches as well", "[store]") {
    const NoFault at_end;
    const TemporaryFolder folder;
    ReportLog log;
    auto journal = SqliteJournal::open(folder.journal());
    REQUIRE(journal);
    REQUIRE((*journal)->append(make_rows(1, 250, 20'000)));  // more than a thousand pages
    {
        GroupCommitter committer(**journal, log.sink());
        fault_shim_set(fault_shim_sync, 3, false, EIO, 0,
                       "journal.db");  // after the commit's, the first of the folding
        REQUIRE(committer.submit(make_row(251)));
        REQUIRE(log.wait_failures(1));
        CHECK_FALSE(committer.health().storage_ok);
    }
    CHECK(log.reports() == std::vector<CommitReport>{{251, 251, std::nullopt}, {252, 251, (*journal)->lost()}});
}

TEST_CASE("a slow disk only delays acknowledgements", "[store]") {
    const NoFault at_end;
    const TemporaryFolder folder;
    ReportLog log;
    auto journal = SqliteJournal::open(folder.journal());
    REQUIRE(journal);
    GroupCommitter committer(**journal, log.sink());
    fault_shim_set(fault_shim_sync, 1, true, 0, 50, "journal.db");
    for (std::uint64_t s = 1; s <= 100; ++s) REQUIRE(committer.submit(make_row(s)));
    REQUIRE(log.wait_acknowledged(100));
    CHECK(committer.health().storage_ok);
    CHECK(committer.health().commit_ms_p99 >= 50);
}

TEST_CASE("a full disk refuses cleanly and goes on when there is room", "[store]") {
    const auto nth = GENERATE(1, 2, 3, 4);
    CAPTURE(nth);
    const NoFault at_end;
    const TemporaryFolder folder;
    ReportLog log;
    auto journal = SqliteJournal::open(folder.journal());
    REQUIRE(journal);
    REQUIRE((*journal)->append(make_rows(1, 10)));
    {
        GroupCommitter committer(**journal, log.sink());
        fault_shim_set(fault_shim_write, nth, true, ENOSPC, 0, "journal.db");
        std::uint64_t next = 11;
        while (committer.submit(make_row(next, 3000))) ++next;
        REQUIRE(log.wait_failures(1));
        const auto acknowledged = (*journal)->last_sequence();
        CHECK(log.reports().back().error->code == "disk_full");
        CHECK(log.reports().back().first == acknowledged + 1);
        CHECK(committer.health().storage_ok);

        const auto failures = log.failures();
        REQUIRE(committer.resume());
        REQUIRE(committer.submit(make_row(acknowledged + 1)));
        REQUIRE(log.wait_failures(failures + 1));
        CHECK((*journal)->last_sequence() == acknowledged);

        fault_shim_set(fault_shim_write, 0, false, 0, 0, "");
        REQUIRE(committer.resume());
        REQUIRE(committer.submit(make_row(acknowledged + 1)));
        REQUIRE(log.wait_acknowledged(acknowledged + 1));
    }
    const auto stored = (*journal)->last_sequence();
    CHECK(log.acknowledged() == stored);
    *journal = nullptr;
    const auto again = SqliteJournal::open(folder.journal());
    REQUIRE(code_of(again) == "opened");
    CHECK((*again)->last_sequence() == stored);
    CHECK(all_rows(**again).size() == stored);
}

TEST_CASE("a small file system fills up: what was acknowledged is there", "[store]") {
    const TemporaryFolder folder;
    if (::mount("tmpfs", folder.path().c_str(), "tmpfs", 0, "size=700k") != 0) {
        WARN("no right to mount a tmpfs: " << std::strerror(errno));
        return;
    }
    struct Unmount {
        const std::string& path;
        ~Unmount() { ::umount2(path.c_str(), MNT_DETACH); }
    } const at_end{folder.path()};

    auto journal = SqliteJournal::open(folder.journal());
    REQUIRE(journal);
    std::uint64_t next = 1;
    Status status;
    while ((status = (*journal)->append(make_rows(next, 8)))) next += 8;
    CHECK(status.error().code == "disk_full");
    CHECK(next > 100);
    CHECK((*journal)->append(make_rows(next, 1000)).error().code == "disk_full");
    CHECK(all_rows(**journal) == make_rows(1, next - 1));
    CHECK_FALSE((*journal)->lost());

    REQUIRE(::mount("tmpfs", folder.path().c_str(), "tmpfs", MS_REMOUNT, "size=8m") == 0);
    REQUIRE((*journal)->append(make_rows(next, 100)));
    *journal = nullptr;
    const auto again = SqliteJournal::open(folder.journal());
    REQUIRE(code_of(again) == "opened");
    CHECK(all_rows(**again) == make_rows(1, next + 99));
}

TEST_CASE("a damaged file is told of, left alone, and set aside only when asked", "[store]") {
    const auto damage = GENERATE(0, 1, 2, 3);
    CAPTURE(damage);
    const TemporaryFolder folder;
    {
        const auto journal = SqliteJournal::open(folder.journal());
        REQUIRE((*journal)->append(make_rows(1, 500)));
    }
    auto bytes = bytes_of(folder.journal());
    if (damage == 0) bytes.replace(0, 16, std::string(16, '!'));                // the magic
    if (damage == 1) bytes.clear();                                             // cut to nothing
    if (damage == 2) bytes.resize(bytes.size() / 2);                            // cut in the middle
    if (damage == 3) bytes.replace(4096, 20'000, std::string(20'000, '\x5a'));  // overwritten pages
    put_bytes(folder.journal(), bytes);

    CHECK(code_of(SqliteJournal::open(folder.journal())) == "journal_damaged");
    CHECK(code_of(SqliteJournal::open(folder.journal(), {.access = JournalOptions::Access::read_only,
                                                         .set_damaged_aside = true})) == "journal_damaged");
    CHECK(bytes_of(folder.journal()) == bytes);

    const auto fresh = SqliteJournal::open(folder.journal(), {.set_damaged_aside = true});
    REQUIRE(code_of(fresh) == "opened");
    CHECK((*fresh)->last_sequence() == 0);
    CHECK((*fresh)->append(make_rows(1, 1)));
    bool kept = false;
    for (const auto& entry : std::filesystem::directory_iterator(folder.path())) {
        kept = kept || (entry.path().filename().string().starts_with("journal.db.damaged-") &&
                        bytes_of(entry.path().string()) == bytes);
    }
    CHECK(kept);
}

TEST_CASE("flipped bytes anywhere never crash, and never pass for true records", "[store]") {
    std::mt19937 random(7);
    const TemporaryFolder folder;
    const auto rows = make_rows(1, 300);
    {
        const auto journal = SqliteJournal::open(folder.journal());
        REQUIRE((*journal)->append(rows));
    }
    const auto whole = bytes_of(folder.journal());
    int told = 0;
    for (int round = 0; round < 120; ++round) {
        auto bytes = whole;
        const auto from = round < 40 ? random() % 100 : random() % bytes.size();
        const auto count = std::min<std::size_t>(1 + random() % 64, bytes.size() - from);
        for (std::size_t i = from; i < from + count; ++i) bytes[i] = static_cast<char>(random() & 255U);
        put_bytes(folder.journal(), bytes);
        std::filesystem::remove(folder.journal() + "-wal");
        const auto journal =
            SqliteJournal::open(folder.journal(), {.create = false, .wait = std::chrono::milliseconds{1}});
        if (!journal) {
            ++told;
            continue;
        }
        CAPTURE(round, from, count);
        REQUIRE((*journal)->last_sequence() == rows.size());
        std::uint64_t next = 1;
        while (next <= rows.size()) {
            const auto page = (*journal)->read_from(next, 50);
            if (!page) {
                CHECK(page.error().code == "record_damaged");
                ++told;
                break;
            }
            REQUIRE_FALSE(page->empty());
            for (const auto& row : *page) REQUIRE(row == rows[next++ - 1]);
        }
    }
    CHECK(told > 60);
}

TEST_CASE("a -wal that is gone, emptied or overwritten after a crash is told of", "[store]") {
    const TemporaryFolder folder;
    const TemporaryFolder killed;
    const auto path = killed.journal();
    {
        const auto journal = SqliteJournal::open(folder.journal());
        REQUIRE((*journal)->append(make_rows(1, 50)));
        copy_as_killed(folder.journal(), path);
    }
    const auto damage = GENERATE(0, 1, 2, 3);
    CAPTURE(damage);
    if (damage == 0) std::filesystem::remove(path + "-wal");
    if (damage == 1) put_bytes(path + "-wal", "");
    if (damage == 2) put_bytes(path + "-wal", std::string(8192, 'x'));
    if (damage == 3) std::filesystem::remove(path);
    CHECK(code_of(SqliteJournal::open(path)) == "journal_damaged");
    CHECK(code_of(SqliteJournal::open(path, {.access = JournalOptions::Access::read_only})) == "journal_damaged");
    CHECK(code_of(SqliteJournal::open(path, {.set_damaged_aside = true})) == "opened");
}

TEST_CASE("a -wal deleted under a running journal is told of at the next start", "[store]") {
    const TemporaryFolder folder;
    const TemporaryFolder killed;
    const auto journal = SqliteJournal::open(folder.journal());
    REQUIRE((*journal)->append(make_rows(1, 5)));
    std::filesystem::remove(folder.journal() + "-wal");
    REQUIRE((*journal)->append(make_rows(6, 5)));
    copy_as_killed(folder.journal(), killed.journal());
    CHECK(code_of(SqliteJournal::open(killed.journal())) == "journal_damaged");
}

TEST_CASE("a torn -wal tail costs only what was never acknowledged", "[store]") {
    const TemporaryFolder folder;
    const TemporaryFolder killed;
    std::size_t wal_size = 0;
    {
        const auto journal = SqliteJournal::open(folder.journal());
        REQUIRE((*journal)->append(make_rows(1, 5)));
        wal_size = bytes_of(folder.journal() + "-wal").size();
        REQUIRE((*journal)->append(make_rows(6, 5)));  // as if this one's sync had never come back
        copy_as_killed(folder.journal(), killed.journal());
    }
    const auto wal = bytes_of(killed.journal() + "-wal");
    REQUIRE(wal.size() > wal_size);
    put_bytes(killed.journal() + "-wal", wal.substr(0, wal_size + (wal.size() - wal_size) / 2));
    const auto journal = SqliteJournal::open(killed.journal());
    REQUIRE(code_of(journal) == "opened");
    CHECK(all_rows(**journal) == make_rows(1, 5));
}

TEST_CASE("a damaged snapshot gives way to the older one, then to none", "[store]") {
    const TemporaryFolder folder;
    {
        const auto journal = SqliteJournal::open(folder.journal());
        REQUIRE((*journal)->append(make_rows(1, 20)));
        REQUIRE((*journal)->save_snapshot({10, "older state " + std::string(6000, 'o')}));
        REQUIRE((*journal)->save_snapshot({20, "newer state " + std::string(6000, 'n')}));
    }
    auto bytes = bytes_of(folder.journal());
    const auto spoil = [&](const std::string& text) {
        const auto at = bytes.find(text);
        REQUIRE(at != std::string::npos);
        bytes[at + 3] = '!';
        put_bytes(folder.journal(), bytes);
    };
    spoil("newer state");
    {
        const auto journal = SqliteJournal::open(folder.journal(), {.access = JournalOptions::Access::read_only});
        REQUIRE(code_of(journal) == "opened");
        CHECK((*(*journal)->newest_snapshot(20))->sequence == 10);
        CHECK((*journal)->counters().damaged_snapshots == 1);
    }
    spoil("older state");
    const auto journal = SqliteJournal::open(folder.journal(), {.access = JournalOptions::Access::read_only});
    CHECK_FALSE(*(*journal)->newest_snapshot(20));
    CHECK((*journal)->counters().damaged_snapshots == 2);
    CHECK(all_rows(**journal) == make_rows(1, 20));
}
