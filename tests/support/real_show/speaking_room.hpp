// Tables that go on writing through everything, as tablets do: an answer is sent again, under its id, until it is
// stored. Afterwards the journal is compared with what was acknowledged.
#pragma once

#include <atomic>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "support/real_show/real_show.hpp"

namespace tribune::test {

class SpeakingRoom {
  public:
    SpeakingRoom(const RealShow& show, int tables);
    ~SpeakingRoom();

    // Until so many more answers are acknowledged.
    bool wait_for_more(std::size_t answers);
    // Stops writing; waits until each table's last answer is stored.
    void finish();

    [[nodiscard]] std::size_t acknowledged() const;
    // From `moment` to the first acknowledgement of an answer sent after it; nothing while there is none.
    [[nodiscard]] std::optional<Nanoseconds> acknowledged_after(MonotonicTime moment) const;
    // Ends the show and reads its journal by `tribune export`.
    std::size_t lost(RealShow& show);
    std::size_t doubled(RealShow& show);

  private:
    void speak(int table);
    std::vector<std::string> exported(RealShow& show);

    std::string url_;
    std::map<int, std::string> keys_;
    std::atomic<bool> stop_{false};
    mutable std::mutex mutex_;            // guards all below but the threads
    std::set<std::string> acknowledged_;  // texts, each used once
    struct Exchange {
        MonotonicTime sent;
        MonotonicTime stored;
    };
    std::vector<Exchange> exchanges_;
    std::vector<std::string> exported_;
    std::vector<std::thread> threads_;
};

}  // namespace tribune::test
