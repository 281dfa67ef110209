// Mixes what is heard, on a thread of its own beside the frame loop: the newest state and the sources' rings in, ten
// milliseconds at a time out to the sound outputs.
#pragma once

#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "base/handle.hpp"
#include "base/queue.hpp"
#include "displays/sound_output.hpp"
#include "link/sound_ring.hpp"
#include "show/actual.hpp"
#include "show/state.hpp"
#include "sound/device_feed.hpp"
#include "sound/mixer.hpp"

namespace tribune {

class SoundWorker {
  public:
    struct Handlers {  // called on the mixer's thread
        std::function<ShowClock()> clock;
        std::function<void(const SoundLevels&)> levels;  // ten times a second
    };
    SoundWorker(std::string shared_folder, Handlers handlers);
    ~SoundWorker();
    SoundWorker(const SoundWorker&) = delete;
    SoundWorker& operator=(const SoundWorker&) = delete;

    // All from any thread.
    void follow(std::shared_ptr<const ShowState> state) { state_.publish(std::move(state)); }
    // A later ring of the same source takes the place of the earlier one.
    void add_ring(const SourceName& source, Fd fd);
    // How long the frame loop works on a frame, on average: so much later its picture is seen.
    void set_picture_work(Nanoseconds work) { picture_work_ns_ = work.count(); }
    [[nodiscard]] std::vector<SoundOutputHealth> outputs() const;
    // As last told; null before.
    [[nodiscard]] std::shared_ptr<const SoundLevels> levels() const { return levels_.get(); }

    // The first mixing waits for this: windows are opened before devices. Once stopped it calls no handler any more.
    void start();
    void stop();

  private:
    struct Out {
        SoundOutputSetup setup;
        std::unique_ptr<SoundOutput> output;
        std::optional<DeviceFeed> feed;  // when the output has a clock of its own
        std::string failure;
    };

    void run();
    void mix_block(MonotonicTime begins);
    void set_up(const Setup& setup);
    void take_rings(const Setup& setup);
    void read_rings();
    void settings_at(const ShowState& state, MonotonicTime heard);
    void ring_bell(const ShowState& state, MonotonicTime heard);
    [[nodiscard]] Nanoseconds latency() const;
    void tell(MonotonicTime now);

    const std::string shared_folder_;
    const Handlers handlers_;
    SnapshotSlot<ShowState> state_;
    SnapshotSlot<SoundLevels> levels_;
    std::atomic<std::int64_t> picture_work_ns_{0};
    std::atomic<bool> stop_{false};
    mutable std::mutex mutex_;  // guards the two below
    std::map<SourceName, Fd> new_rings_;
    std::vector<SoundOutputHealth> health_;

    // The mixer's thread only.
    std::shared_ptr<const Setup> setup_;
    std::map<SourceName, SoundRingReader> rings_;
    std::vector<Out> outs_;
    Mixer mixer_;
    MixSettings settings_;
    std::optional<ShowTime> bell_;
    bool bell_known_ = false;
    MonotonicTime told_;
    std::thread thread_;  // last
};

}  // namespace tribune
