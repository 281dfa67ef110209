// What is wanted of a clip, from whoever hears it to the thread that plays it.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <stop_token>

#include "base/time.hpp"
#include "base/transport.hpp"

namespace tribune {

struct ClipOrder {
    Transport transport;
    ShowClock clock;  // how its times map to this machine's clock
};

// Thread: any. The newest order is the one that counts.
class ClipFeed {
  public:
    void give(const ClipOrder& order);

    struct Numbered {
        ClipOrder order;
        std::uint64_t number = 0;  // rises with each order
    };
    [[nodiscard]] Numbered newest() const;

    // Returns at the deadline, at a stop, or when there is an order newer than this number.
    void wait(std::uint64_t number, MonotonicTime deadline, const std::stop_token& stop);

  private:
    mutable std::mutex mutex_;  // guards newest_
    std::condition_variable_any changed_;
    Numbered newest_;
};

}  // namespace tribune
