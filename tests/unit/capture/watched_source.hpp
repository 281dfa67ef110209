// A source running in a thread, and everything it says, to wait on.
#pragma once

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "capture/source_worker.hpp"
#include "link/frame_ring.hpp"
#include "link/sound_ring.hpp"

namespace tribune::test {

using namespace std::chrono_literals;

class WatchedSource : private CaptureSink {
  public:
    using Frame = std::shared_ptr<const VideoFrame>;

    explicit WatchedSource(SourceConfig config, CaptureOptions options = {}) : config_(std::move(config)) {
        if (config_.name.empty()) config_.name = SourceName("test");
        thread_ =
            std::jthread([this, options](const std::stop_token& stop) { run_source(config_, *this, stop, options); });
    }
    ~WatchedSource() override {
        thread_.request_stop();
        thread_.join();
    }
    WatchedSource(const WatchedSource&) = delete;
    WatchedSource& operator=(const WatchedSource&) = delete;

    // The first health published from now on, or the newest already there, for which this holds.
    std::optional<SourceHealth> wait_health(const std::function<bool(const SourceHealth&)>& wanted,
                                            Nanoseconds at_most = 30s) {
        std::unique_lock lock(mutex_);
        const bool there = changed_.wait_for(lock, at_most, [&] { return health_ && wanted(*health_); });
        return there ? health_ : std::nullopt;
    }
    std::optional<SourceHealth> wait_state(SourceState state, Nanoseconds at_most = 30s) {
        return wait_health([state](const SourceHealth& h) { return h.state == state; }, at_most);
    }

    // The next frame newer than the last one given; null at the deadline.
    Frame next(Nanoseconds at_most = 30s) {
        const auto deadline = monotonic_now() + at_most;
        while (monotonic_now() < deadline) {
            std::shared_ptr<FrameRingReader> reader;
            {
                std::unique_lock lock(mutex_);
                changed_.wait_for(lock, at_most, [&] { return reader_ != nullptr; });
                reader = reader_;
            }
            if (!reader) return nullptr;
            // In slices: a new ring may take this one's place meanwhile.
            if (!reader->wait_newer(last_, std::min(deadline, monotonic_now() + 100ms))) continue;
            auto frame = reader->latest();
            if (!frame || !*frame || (*frame)->sequence <= last_) continue;
            last_ = (*frame)->sequence;
            return *frame;
        }
        return nullptr;
    }

    // Sound as it comes, block by block; none at the deadline.
    std::optional<SoundBlock> next_sound(Nanoseconds at_most = 30s) {
        const auto deadline = monotonic_now() + at_most;
        while (monotonic_now() < deadline) {
            {
                std::unique_lock lock(mutex_);
                changed_.wait_for(lock, at_most, [&] { return sound_.has_value(); });
                if (!sound_) return std::nullopt;
                if (auto block = sound_->next(); block && *block) return *block;
            }
            std::this_thread::sleep_for(1ms);  // the ring is looked at, as the mixer does
        }
        return std::nullopt;
    }
    // As far as the pictures' clock is known.
    std::optional<Nanoseconds> sound_clock() {
        const std::lock_guard lock(mutex_);
        return sound_ ? sound_->clock() : std::nullopt;
    }
    bool has_sound() {
        const std::lock_guard lock(mutex_);
        return sound_.has_value();
    }

    [[nodiscard]] std::uint64_t generation() {
        const std::lock_guard lock(mutex_);
        return generation_;
    }
    std::vector<SourceState> states() {
        const std::lock_guard lock(mutex_);
        return states_;
    }

  private:
    void ring_ready(int fd, std::uint64_t generation) override {
        auto reader = FrameRingReader::open(fd);
        {
            const std::lock_guard lock(mutex_);
            if (reader) reader_ = std::make_shared<FrameRingReader>(std::move(*reader));
            generation_ = generation;
        }
        changed_.notify_all();
    }
    void sound_ready(int fd, std::uint64_t) override {
        auto reader = SoundRingReader::open(fd);
        {
            const std::lock_guard lock(mutex_);
            if (reader) sound_.emplace(*std::move(reader));
        }
        changed_.notify_all();
    }
    void health(const SourceHealth& health) override {
        {
            const std::lock_guard lock(mutex_);
            if (!health_ || health_->state != health.state) states_.push_back(health.state);
            health_ = health;
        }
        changed_.notify_all();
    }

    SourceConfig config_;
    std::mutex mutex_;  // guards all below but last_
    std::condition_variable changed_;
    std::shared_ptr<FrameRingReader> reader_;
    std::optional<SoundRingReader> sound_;
    std::uint64_t generation_ = 0;
    std::optional<SourceHealth> health_;
    std::vector<SourceState> states_;
    std::uint64_t last_ = 0;
    std::jthread thread_;
};

inline SourceConfig source(std::string url, bool live = false) {
    SourceConfig config;
    config.name = SourceName("test");
    config.url = std::move(url);
    config.live = live;
    return config;
}

}  // namespace tribune::test
