#include "store/committer.hpp"

#include <fmt/format.h>
#include <pthread.h>

#include <utility>

#include "base/log.hpp"
#include "base/stages.hpp"
#include "base/time.hpp"

namespace tribune {

GroupCommitter::GroupCommitter(Journal& journal, OnReport on_report)
    : journal_(journal), on_report_(std::move(on_report)), queue_(queue_bound), next_(journal.last_sequence() + 1),
      thread_([this] { run(); }) {
    pthread_setname_np(thread_.native_handle(), "journal");
}

GroupCommitter::~GroupCommitter() {
    queue_.close();
    thread_.join();
}

Status GroupCommitter::submit(Row row) {
    const std::lock_guard lock(mutex_);
    if (const auto lost = journal_.lost()) return *lost;
    if (halted_) {
        return Error{"journal_halted", "The last records could not be kept: send again in a moment."};
    }
    if (row.sequence != next_) {
        return Error{"sequence_gap",
                     fmt::format("Record {} came where {} belongs: start the state again from the journal.",
                                 row.sequence, next_)};
    }
    if (!queue_.push(std::move(row))) {
        return Error{"busy", "Too many answers wait for the disk: send again in a moment."};
    }
    ++next_;
    return {};
}

bool GroupCommitter::offer_snapshot(std::uint64_t generation, Snapshot snapshot) {
    const std::lock_guard lock(mutex_);
    return !halted_ && generation == generation_ && queue_.push(std::move(snapshot));
}

std::uint64_t GroupCommitter::generation() const {
    const std::lock_guard lock(mutex_);
    return generation_;
}

Status GroupCommitter::resume() {
    const std::lock_guard lock(mutex_);
    if (const auto lost = journal_.lost()) return *lost;
    if (halted_) {
        halted_ = false;
        ++generation_;
        next_ = journal_.last_sequence() + 1;
    }
    return {};
}

JournalHealth GroupCommitter::health() const {
    JournalHealth health;
    const auto lost = journal_.lost();
    const auto counters = journal_.counters();
    health.storage_ok = !lost;
    if (lost) health.reason = lost->message;
    health.sequence = journal_.last_sequence();
    health.commits = counters.commits;
    health.records = counters.records;
    health.refused_busy = queue_.refused();
    const std::lock_guard lock(mutex_);
    health.commit_ms_p99 = std::chrono::duration<double, std::milli>(times_.percentile(0.99)).count();
    return health;
}

void GroupCommitter::run() {
    for (;;) {
        auto items = queue_.pop_batch(batch_rows);
        if (items.empty()) return;
        commit(std::move(items));
    }
}

void GroupCommitter::commit(std::vector<Item> items) {
    std::vector<Row> rows;
    std::vector<Snapshot> snapshots;
    rows.reserve(items.size());
    for (auto& item : items) {
        if (auto* row = std::get_if<Row>(&item)) {
            rows.push_back(std::move(*row));
        } else {
            snapshots.push_back(std::move(*std::get_if<Snapshot>(&item)));
        }
    }
    if (!rows.empty()) {
        const auto started = monotonic_now();
        {
            const StageSpan span(WorkStage::commit, rows.back().sequence);
            if (auto done = journal_.append(rows); !done) return halt(rows.front().sequence, done.error());
        }
        {
            const std::lock_guard lock(mutex_);
            times_.add(monotonic_now() - started);
        }
        in_trouble_ = false;
        on_report_({rows.front().sequence, rows.back().sequence, std::nullopt});
    }
    save(snapshots);
    // A full disk while folding the -wal is no failure yet: the records are safe, and the next commit will tell.
    (void)journal_.housekeep();
    if (auto lost = journal_.lost()) halt(journal_.last_sequence() + 1, *std::move(lost));
}

void GroupCommitter::save(const std::vector<Snapshot>& snapshots) {
    if (snapshots.empty()) return;
    // Without a snapshot a start takes longer; nothing is lost.
    if (auto saved = journal_.save_snapshot(snapshots.back()); !saved) {
        log::warning("snapshot_failed", "{}", saved.error().message);
    }
}

void GroupCommitter::halt(std::uint64_t first, Error error) {
    std::uint64_t last = 0;
    {
        const std::lock_guard lock(mutex_);  // no submit between draining and halting
        if (halted_) return;
        halted_ = true;
        (void)queue_.drain(queue_bound);
        last = next_ - 1;
    }
    // Clients send again and again: once a trouble is enough.
    if (!std::exchange(in_trouble_, true))
        log::error("commit_failed", "Records {} to {} were not kept: {}", first, last, error.message);
    on_report_({first, last, std::move(error)});
}

}  // namespace tribune
