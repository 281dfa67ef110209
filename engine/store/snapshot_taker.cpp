#include "store/snapshot_taker.hpp"

#include <pthread.h>

#include <utility>

#include "base/log.hpp"
#include "store/records.hpp"

namespace tribune {

SnapshotTaker::SnapshotTaker(GroupCommitter& committer, std::uint64_t revision, ShowTime at, SnapshotPolicy policy)
    : committer_(committer), policy_(policy), revision_(revision), at_(at), thread_([this] { run(); }) {
    pthread_setname_np(thread_.native_handle(), "snapshot");
}

SnapshotTaker::~SnapshotTaker() {
    jobs_.close();
    thread_.join();
}

void SnapshotTaker::consider(const ShowState& state) {
    // A revision that went back: the authority started again after a failed commit.
    if (state.revision < revision_) revision_ = state.revision;
    const auto records = state.revision - revision_;
    if (records >= policy_.records || (records > 0 && state.at - at_ >= policy_.interval)) take(state);
}

void SnapshotTaker::take(const ShowState& state) {
    revision_ = state.revision;
    at_ = state.at;
    jobs_.put({committer_.generation(), state});
}

void SnapshotTaker::run() {
    while (auto job = jobs_.wait()) {
        if (!committer_.offer_snapshot(job->generation, to_snapshot(job->state))) {
            log::warning("snapshot_dropped", "The snapshot at {} was not taken; the next one will be.",
                         job->state.revision);
        }
    }
}

}  // namespace tribune
