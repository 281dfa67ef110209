// A process's line to the engine. Its own thread connects, again and again; applies what comes; hands out the
// newest state. Losing the engine changes nothing else: the last state stays.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <nlohmann/json.hpp>
#include <string>
#include <thread>
#include <vector>

#include "app/wire.hpp"
#include "base/queue.hpp"
#include "base/time.hpp"
#include "link/poll_loop.hpp"
#include "link/wake.hpp"
#include "show/command.hpp"

namespace tribune {

struct FollowerIdentity {
    std::string socket;  // the engine's
    std::string name;    // "render", "net", "capture/cam1"
};

class Follower {
  public:
    // All called on the follower's thread.
    struct Handlers {
        std::function<void(const nlohmann::json& welcome)> welcome;
        std::function<void(std::shared_ptr<const ShowState>)>
            state;                           // after a snapshot, and after each batch of records
        std::function<void(Message)> other;  // result, actual, ring, picture_request, picture
        std::function<void()> quit;          // the engine says so
        std::function<void()> lost;          // the connection is gone; it is being made again
        // After each record, before what came after it is told: for who must not miss a step.
        std::function<void(std::shared_ptr<const ShowState>)> step = nullptr;
        // Each record once it is applied, before the state it made is told: for who wants to know who did it.
        std::function<void(const Record&)> decided = nullptr;
    };

    Follower(FollowerIdentity identity, Handlers handlers);
    ~Follower();
    Follower(const Follower&) = delete;
    Follower& operator=(const Follower&) = delete;

    // Any thread. False: not connected, or too much is waiting; nothing was taken. What was taken is written before
    // the follower ends, unless the engine is gone: `lost` tells of that.
    bool send(Wire kind, const nlohmann::json& body, int fd = -1);

    // Show time of this machine; zero offset until the first welcome. Any thread.
    [[nodiscard]] ShowClock clock() const;

  private:
    struct Outgoing {
        Wire kind;
        std::string body;
        Fd fd;
    };
    static constexpr std::size_t most_waiting = 8192;

    void run();
    void serve();                             // one connection's life
    bool receive(Message message);            // false: start the connection again
    bool follow(const nlohmann::json& body);  // a record; false as above
    bool write_waiting(Channel& channel);

    FollowerIdentity identity_;
    Handlers handlers_;
    Wake wake_;
    BoundedQueue<Outgoing> outgoing_{most_waiting};
    mutable std::mutex mutex_;  // guards clock_ and connected_, and what is taken while connected
    ShowClock clock_;
    bool connected_ = false;
    std::atomic<bool> stop_{false};
    std::shared_ptr<const ShowState> state_;  // follower's thread only
    bool state_changed_ = false;              // follower's thread only
    std::thread thread_;                      // last: starts when all else stands
};

}  // namespace tribune
