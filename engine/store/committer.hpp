// Group commit: many submitters' records, one sync. Under low load a record commits at once; batches grow only when
// the disk is the limit.
//
// When a commit fails. The authority gives out sequences before they are on disk, so a failed batch would leave a
// gap, and everything decided after it rests on what was never kept. Therefore a failure
//   1. discards that batch and every record queued behind it, in one step, and reports their whole range;
//   2. halts the committer: every submit is refused (journal_halted) until resume().
// The authority goes back to the state at journal.last_sequence() (a copy it kept, or restore() of store/records.hpp),
// tells followers that saw more to start again, answers the senders "busy" so that they send again, and calls
// resume(). Sequences of the discarded range are given out anew. After storage_lost there is no resume.
#pragma once

#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>
#include <variant>
#include <vector>

#include "base/queue.hpp"
#include "base/result.hpp"
#include "show/actual.hpp"
#include "store/commit_times.hpp"
#include "store/journal.hpp"

namespace tribune {

// What became of the records first…last (none concerned when last < first).
struct CommitReport {
    std::uint64_t first = 0;
    std::uint64_t last = 0;
    std::optional<Error> error;  // none: they are on disk. disk_full or another: discarded, see above

    bool operator==(const CommitReport&) const = default;
};

class GroupCommitter {
  public:
    using OnReport = std::function<void(const CommitReport&)>;
    static constexpr std::size_t queue_bound = 5000;  // records waiting; beyond it submitters are told "busy"
    static constexpr std::size_t batch_rows = 256;    // most in one transaction

    // Writes to `journal` from a thread of its own; nothing else may append to it. `on_report` is called on that
    // thread, in the order of sequences, exactly once for every record taken; it must be quick and must not throw.
    GroupCommitter(Journal& journal, OnReport on_report);
    // Commits and reports what still waits.
    ~GroupCommitter();
    GroupCommitter(const GroupCommitter&) = delete;
    GroupCommitter& operator=(const GroupCommitter&) = delete;

    // Any thread. Sequences must come in order, without gap. Never waits for the disk. Errors, each meaning that
    // nothing was taken: busy, sequence_gap, journal_halted, storage_lost.
    Status submit(Row row);

    // Any thread. Saved after the records before it. `generation` is generation() as it was when the state was
    // taken: a state from before a failure is dropped, as it may hold what was discarded. False: dropped.
    bool offer_snapshot(std::uint64_t generation, Snapshot snapshot);
    [[nodiscard]] std::uint64_t generation() const;

    // After a failure, from the thread that submits, once its state is that of journal.last_sequence().
    // Error: storage_lost.
    Status resume();

    // Any thread; never waits for the disk.
    [[nodiscard]] JournalHealth health() const;
    [[nodiscard]] std::size_t waiting() const { return queue_.size(); }

  private:
    using Item = std::variant<Row, Snapshot>;

    void run();
    void commit(std::vector<Item> items);
    void save(const std::vector<Snapshot>& snapshots);
    void halt(std::uint64_t first, Error error);

    Journal& journal_;
    const OnReport on_report_;
    BoundedQueue<Item> queue_;

    mutable std::mutex mutex_;  // guards all down to times_
    std::uint64_t next_;        // the sequence that the next submit must have
    std::uint64_t generation_ = 0;
    bool halted_ = false;
    CommitTimes times_;

    bool in_trouble_ = false;  // the last commit failed; its thread's own
    std::thread thread_;       // last: it uses all above
};

}  // namespace tribune
