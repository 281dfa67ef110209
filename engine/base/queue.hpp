// Hand-over between threads. Every queue has a bound, an overflow rule and a counter.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <utility>
#include <vector>

#include "base/time.hpp"

namespace tribune {

// First in, first out; refuses when full (the caller answers "busy"). Any thread.
template <class T>
class BoundedQueue {
  public:
    explicit BoundedQueue(std::size_t bound) : bound_(bound) {}

    // False when full or closed: nothing was taken.
    [[nodiscard]] bool push(T item) {
        {
            const std::lock_guard lock(mutex_);
            if (closed_ || items_.size() >= bound_) {
                ++refused_;
                return false;
            }
            items_.push_back(std::move(item));
        }
        ready_.notify_one();
        return true;
    }

    // Waits for at least one item, then takes up to `most`. Empty only once closed and drained.
    [[nodiscard]] std::vector<T> pop_batch(std::size_t most) {
        std::unique_lock lock(mutex_);
        ready_.wait(lock, [&] { return closed_ || !items_.empty(); });
        return take(most);
    }

    // Takes what is there now, without waiting.
    [[nodiscard]] std::vector<T> drain(std::size_t most) {
        const std::lock_guard lock(mutex_);
        return take(most);
    }

    void close() {
        {
            const std::lock_guard lock(mutex_);
            closed_ = true;
        }
        ready_.notify_all();
    }

    [[nodiscard]] std::uint64_t refused() const {
        const std::lock_guard lock(mutex_);
        return refused_;
    }
    [[nodiscard]] std::size_t size() const {
        const std::lock_guard lock(mutex_);
        return items_.size();
    }

  private:
    std::vector<T> take(std::size_t most) {
        std::vector<T> out;
        const auto n = items_.size() < most ? items_.size() : most;
        out.reserve(n);
        for (std::size_t i = 0; i < n; ++i) {
            out.push_back(std::move(items_.front()));
            items_.pop_front();
        }
        return out;
    }

    const std::size_t bound_;
    mutable std::mutex mutex_;  // guards all below
    std::condition_variable ready_;
    std::deque<T> items_;
    std::uint64_t refused_ = 0;
    bool closed_ = false;
};

// Holds only the newest item; putting over an unread one drops that one and counts it. Any thread.
template <class T>
class Mailbox {
  public:
    void put(T item) {
        {
            const std::lock_guard lock(mutex_);
            if (item_) ++dropped_;
            item_ = std::move(item);
        }
        ready_.notify_one();
    }
    [[nodiscard]] std::optional<T> take() {
        const std::lock_guard lock(mutex_);
        return std::exchange(item_, std::nullopt);
    }
    // Waits until there is an item or the mailbox is closed (then nullopt).
    [[nodiscard]] std::optional<T> wait() {
        std::unique_lock lock(mutex_);
        ready_.wait(lock, [&] { return closed_ || item_; });
        return std::exchange(item_, std::nullopt);
    }
    void close() {
        {
            const std::lock_guard lock(mutex_);
            closed_ = true;
        }
        ready_.notify_all();
    }
    [[nodiscard]] std::uint64_t dropped() const {
        const std::lock_guard lock(mutex_);
        return dropped_;
    }

  private:
    mutable std::mutex mutex_;  // guards all below
    std::condition_variable ready_;
    std::optional<T> item_;
    std::uint64_t dropped_ = 0;
    bool closed_ = false;
};

// The newest immutable value; readers keep theirs as long as they like. Any thread.
// A mutex, since atomic<shared_ptr> of libstdc++ 12 is neither lock-free nor clean under TSan.
template <class T>
class SnapshotSlot {
  public:
    void publish(std::shared_ptr<const T> value) {
        const std::lock_guard lock(mutex_);
        value_.swap(value);  // the old one dies outside the lock
    }
    [[nodiscard]] std::shared_ptr<const T> get() const {
        const std::lock_guard lock(mutex_);
        return value_;
    }

  private:
    mutable std::mutex mutex_;  // guards value_
    std::shared_ptr<const T> value_;
};

}  // namespace tribune
