// Collects a committer's reports and lets a test wait for them.
#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <vector>

#include "store/committer.hpp"

namespace tribune::test {

class ReportLog {
  public:
    // Borrowed: the log must outlive the committer.
    GroupCommitter::OnReport sink() {
        return [this](const CommitReport& report) {
            const std::lock_guard lock(mutex_);
            reports_.push_back(report);
            if (report.error) {
                ++failures_;
            } else {
                acknowledged_ = report.last;
            }
            changed_.notify_all();
        };
    }
    // These wait; false when it has not come about within ten seconds.
    bool wait_acknowledged(std::uint64_t sequence) {
        return wait([&] { return acknowledged_ >= sequence; });
    }
    bool wait_failures(int count) {
        return wait([&] { return failures_ >= count; });
    }
    int failures() {
        const std::lock_guard lock(mutex_);
        return failures_;
    }
    std::uint64_t acknowledged() {
        const std::lock_guard lock(mutex_);
        return acknowledged_;
    }
    std::vector<CommitReport> reports() {
        const std::lock_guard lock(mutex_);
        return reports_;
    }

  private:
    template <class Condition>
    bool wait(Condition condition) {
        std::unique_lock lock(mutex_);
        return changed_.wait_for(lock, std::chrono::seconds(10), condition);
    }

    std::mutex mutex_;  // guards all below
    std::condition_variable changed_;
    std::vector<CommitReport> reports_;
    std::uint64_t acknowledged_ = 0;
    int failures_ = 0;
};

}  // namespace tribune::test
