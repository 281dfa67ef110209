// Keeps the journal's snapshots young, away from the authority's and the committer's threads.
#pragma once

#include <chrono>
#include <cstdint>
#include <mutex>
#include <thread>

#include "base/queue.hpp"
#include "show/state.hpp"
#include "store/committer.hpp"

namespace tribune {

// A snapshot bounds how much a start has to replay: whichever comes first.
struct SnapshotPolicy {
    std::uint64_t records = 2000;
    Nanoseconds interval = std::chrono::seconds(60);  // of show time, if anything changed
};

class SnapshotTaker {
  public:
    // Packs on a thread of its own and hands the bytes to `committer`, which must outlive this. `revision` and `at`:
    // of the state that the program started with.
    SnapshotTaker(GroupCommitter& committer, std::uint64_t revision, ShowTime at, SnapshotPolicy policy = {});
    // A snapshot that is due but not yet packed is given up.
    ~SnapshotTaker();
    SnapshotTaker(const SnapshotTaker&) = delete;
    SnapshotTaker& operator=(const SnapshotTaker&) = delete;

    // From the thread that submits, after each command it took: cheap unless one is due. When the last one is still
    // being packed, the newest state waits and replaces one that waited before.
    void consider(const ShowState& state);
    // Whatever the policy says: before the program ends.
    void take(const ShowState& state);

    [[nodiscard]] std::uint64_t replaced() const { return jobs_.dropped(); }

  private:
    struct Job {
        std::uint64_t generation = 0;
        ShowState state;
    };

    void run();

    GroupCommitter& committer_;
    const SnapshotPolicy policy_;
    std::uint64_t revision_;  // of the last one taken; thread: the one that submits
    ShowTime at_;
    Mailbox<Job> jobs_;
    std::thread thread_;  // last: it uses all above
};

}  // namespace tribune
