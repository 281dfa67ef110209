// Group commit: what is acknowledged, refused and discarded, and in which order.
#include <catch2/catch.hpp>

#include <optional>
#include <thread>

#include "store/commit_times.hpp"
#include "store/committer.hpp"
#include "unit/store/journal_files.hpp"
#include "unit/store/memory_journal.hpp"
#include "unit/store/report_log.hpp"

using namespace tribune;
using namespace tribune::test;

namespace {

std::string error_of(const Status& status) { return status ? "none" : status.error().code; }

// Reports must tile 1…n without gap or overlap.
bool in_order(const std::vector<CommitReport>& reports) {
    std::uint64_t next = 1;
    for (const auto& report : reports) {
        if (report.error || report.first != next || report.last < report.first) return false;
        next = report.last + 1;
    }
    return true;
}

}  // namespace

TEST_CASE("percentiles by nearest rank over the newest thousand", "[store]") {
    CommitTimes times;
    CHECK(times.percentile(0.99) == Nanoseconds{0});
    for (int i = 1; i <= 500; ++i) times.add(Nanoseconds{1'000'000});
    for (int i = 0; i <= 999; ++i) times.add(Nanoseconds{i});
    CHECK(times.percentile(0) == Nanoseconds{0});
    CHECK(times.percentile(0.99) == Nanoseconds{989});
    CHECK(times.percentile(1) == Nanoseconds{999});
}

TEST_CASE("many threads submit, every record is acknowledged once and is on disk", "[store]") {
    const TemporaryFolder folder;
    constexpr int threads = 6;
    constexpr int each = 300;
    ReportLog log;
    {
        const auto journal = SqliteJournal::open(folder.journal());
        REQUIRE(journal);
        GroupCommitter committer(**journal, log.sink());
        std::mutex authority;  // gives out sequences, as the engine's one authority does
        std::uint64_t next = 1;
        std::vector<std::thread> producers;
        for (int t = 0; t < threads; ++t) {
            producers.emplace_back([&] {
                for (int i = 0; i < each; ++i) {
                    const std::lock_guard lock(authority);
                    if (committer.submit(make_row(next))) ++next;
                }
            });
        }
        for (auto& producer : producers) producer.join();
        REQUIRE(next == threads * each + 1);
        REQUIRE(log.wait_acknowledged(next - 1));
        CHECK((*journal)->last_sequence() == next - 1);
        const auto health = committer.health();
        CHECK(health.storage_ok);
        CHECK(health.records == threads * each);
        CHECK(health.commits == log.reports().size());
        CHECK(health.commits <= health.records);
        CHECK(health.commit_ms_p99 > 0);
    }
    CHECK(in_order(log.reports()));
    const auto journal = SqliteJournal::open(folder.journal());
    REQUIRE(journal);
    CHECK(all_rows(**journal) == make_rows(1, threads * each));
}

TEST_CASE("what waits goes in one transaction of at most 256 rows", "[store]") {
    MemoryJournal journal;
    journal.set_gate(false);
    ReportLog log;
    {
        GroupCommitter committer(journal, log.sink());
        REQUIRE(committer.submit(make_row(1)));
        journal.wait_entered(1);
        for (std::uint64_t s = 2; s <= 601; ++s) REQUIRE(committer.submit(make_row(s)));
        journal.set_gate(true);
    }
    CHECK(journal.batches() == std::vector<std::size_t>{1, 256, 256, 88});
    CHECK(in_order(log.reports()));
    CHECK(log.acknowledged() == 601);
}

TEST_CASE("beyond 5,000 waiting records submitters are told busy, and can go on later", "[store]") {
    MemoryJournal journal;
    journal.set_gate(false);
    ReportLog log;
    GroupCommitter committer(journal, log.sink());
    REQUIRE(committer.submit(make_row(1, 1)));
    journal.wait_entered(1);
    std::uint64_t next = 2;
    while (committer.submit(make_row(next, 1))) ++next;
    CHECK(next == 5002);
    CHECK(error_of(committer.submit(make_row(next, 1))) == "busy");
    CHECK_FALSE(committer.offer_snapshot(committer.generation(), {1, "s"}));
    CHECK(committer.health().refused_busy == 3);
    journal.set_gate(true);
    REQUIRE(log.wait_acknowledged(5001));
    CHECK(committer.submit(make_row(next, 1)));
    CHECK(log.wait_acknowledged(5002));
}

TEST_CASE("sequences out of order are refused at the door", "[store]") {
    MemoryJournal journal;
    ReportLog log;
    GroupCommitter committer(journal, log.sink());
    CHECK(error_of(committer.submit(make_row(2))) == "sequence_gap");
    CHECK(committer.submit(make_row(1)));
    CHECK(error_of(committer.submit(make_row(1))) == "sequence_gap");
}

TEST_CASE("a failed commit discards all that rests on it and waits for the authority", "[store]") {
    MemoryJournal journal;
    ReportLog log;
    std::optional<GroupCommitter> running;
    auto& committer = running.emplace(journal, log.sink());
    REQUIRE(committer.submit(make_row(1)));
    REQUIRE(log.wait_acknowledged(1));

    journal.set_gate(false);
    journal.fail_next({"disk_full", "free space"});
    REQUIRE(committer.submit(make_row(2)));
    journal.wait_entered(2);
    for (std::uint64_t s = 3; s <= 10; ++s) REQUIRE(committer.submit(make_row(s)));
    const auto before = committer.generation();
    REQUIRE(committer.offer_snapshot(before, {10, "holds what will be discarded"}));
    journal.set_gate(true);
    REQUIRE(log.wait_failures(1));
    CHECK(log.reports().back() == CommitReport{2, 10, Error{"disk_full", "free space"}});
    CHECK(error_of(committer.submit(make_row(11))) == "journal_halted");
    CHECK_FALSE(committer.offer_snapshot(before, {10, "too late"}));
    CHECK(committer.health().storage_ok);
    CHECK(committer.health().sequence == 1);

    REQUIRE(committer.resume());
    CHECK(error_of(committer.submit(make_row(11))) == "sequence_gap");
    auto anew = make_row(2);
    anew.payload = "decided anew";
    REQUIRE(committer.submit(anew));
    REQUIRE(log.wait_acknowledged(2));
    CHECK(journal.read_from(1, 9)->back() == anew);
    CHECK_FALSE(committer.offer_snapshot(before, {2, "from before the failure"}));
    CHECK(committer.offer_snapshot(committer.generation(), {2, "good"}));
    REQUIRE(committer.submit(make_row(3)));
    running.reset();
    CHECK(log.acknowledged() == 3);
    CHECK(*journal.newest_snapshot(9) == Snapshot{2, "good"});
}

TEST_CASE("lost storage is final", "[store]") {
    MemoryJournal journal;
    ReportLog log;
    GroupCommitter committer(journal, log.sink());
    journal.fail_next({"storage_lost", "the disk"});
    REQUIRE(committer.submit(make_row(1)));
    REQUIRE(log.wait_failures(1));
    CHECK(error_of(committer.submit(make_row(2))) == "storage_lost");
    CHECK(error_of(committer.resume()) == "storage_lost");
    CHECK_FALSE(committer.health().storage_ok);
    CHECK(committer.health().reason == "the disk");
    CHECK(log.acknowledged() == 0);
    CHECK(log.reports().size() == 1);
}
