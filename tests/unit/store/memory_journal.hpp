// A journal in memory whose appends wait at a gate and fail on command.
#pragma once

#include <condition_variable>
#include <mutex>

#include "store/journal.hpp"

namespace tribune::test {

class MemoryJournal final : public Journal {
  public:
    // Closed: append waits. `entered` tells how many appends have begun.
    void set_gate(bool open) {
        const std::lock_guard lock(mutex_);
        open_ = open;
        changed_.notify_all();
    }
    void wait_entered(int appends) {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [&] { return entered_ >= appends; });
    }
    void fail_next(Error error) {
        const std::lock_guard lock(mutex_);
        failure_ = std::move(error);
    }
    std::vector<std::size_t> batches() {
        const std::lock_guard lock(mutex_);
        return batches_;
    }

    Status append(std::span<const Row> rows) override {
        std::unique_lock lock(mutex_);
        ++entered_;
        changed_.notify_all();
        changed_.wait(lock, [&] { return open_; });
        if (failure_) {
            const Error error = *std::exchange(failure_, std::nullopt);
            if (error.code == "storage_lost") lost_ = error;
            return error;
        }
        if (lost_) return *lost_;
        if (rows.front().sequence != rows_.size() + 1) return Error{"sequence_gap", ""};
        rows_.insert(rows_.end(), rows.begin(), rows.end());
        batches_.push_back(rows.size());
        return {};
    }
    Result<std::vector<Row>> read_from(std::uint64_t sequence, std::size_t limit) override {
        const std::lock_guard lock(mutex_);
        std::vector<Row> out;
        for (auto at = sequence; at <= rows_.size() && out.size() < limit; ++at) out.push_back(rows_[at - 1]);
        return out;
    }
    Status save_snapshot(const Snapshot& snapshot) override {
        const std::lock_guard lock(mutex_);
        snapshot_ = snapshot;
        return {};
    }
    Result<std::optional<Snapshot>> newest_snapshot(std::uint64_t) override {
        const std::lock_guard lock(mutex_);
        return snapshot_;
    }
    Status erase_payload(std::uint64_t, std::string_view) override { return {}; }
    Status housekeep() override { return {}; }
    [[nodiscard]] std::string epoch() const override { return "memory"; }
    [[nodiscard]] std::uint64_t last_sequence() const override {
        const std::lock_guard lock(mutex_);
        return rows_.size();
    }
    [[nodiscard]] JournalCounters counters() const override { return {}; }
    [[nodiscard]] std::optional<Error> lost() const override {
        const std::lock_guard lock(mutex_);
        return lost_;
    }

  private:
    mutable std::mutex mutex_;  // guards all below
    std::condition_variable changed_;
    bool open_ = true;
    int entered_ = 0;
    std::optional<Error> failure_;
    std::optional<Error> lost_;
    std::vector<Row> rows_;
    std::vector<std::size_t> batches_;
    std::optional<Snapshot> snapshot_;
};

}  // namespace tribune::test
