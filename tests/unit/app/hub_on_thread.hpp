// An engine's side of the sockets on a thread of its own, with an authority that the test speaks through.
#pragma once

#include <poll.h>

#include <atomic>
#include <condition_variable>
#include <future>
#include <mutex>
#include <thread>

#include "app/hub.hpp"
#include "base/queue.hpp"
#include "link/wake.hpp"
#include "show/codec.hpp"
#include "unit/app/app_fixture.hpp"

namespace tribune::test {

class HubOnThread {
  public:
    explicit HubOnThread(const TemporaryFolder& folder, ChannelLimits limits = wire_limits())
        : socket_((folder.path() / "engine.sock").string()),
          hub_(loop_, *Listener::open(socket_, limits),
               {[this](Connection& c, const nlohmann::json&) { return hello(c); },
                [this](Connection&, Message message) {
                    // Followers tell their stages by themselves, whatever a test has them say.
                    if (kind_of(message) != Wire::stages) (void)received_.push(std::move(message));
                }}) {
        loop_.add(
            wake_.fd(), [] { return static_cast<short>(POLLIN); },
            [this](short) {
                wake_.drain();
                for (auto& job : jobs_.drain(1000)) job();
            });
        thread_ = std::thread([this] {
            while (!stop_) {
                loop_.run_once(std::chrono::seconds(1));
                hub_.sweep();
            }
        });
    }
    ~HubOnThread() {
        stop_ = true;
        wake_.wake();
        thread_.join();
        loop_.remove(wake_.fd());
    }

    [[nodiscard]] const std::string& socket() const { return socket_; }

    // Runs on the hub's thread; returns what it returns.
    template <class F>
    auto run(F work) {
        const auto task = std::make_shared<std::packaged_task<std::invoke_result_t<F>()>>(std::move(work));
        auto result = task->get_future();
        (void)jobs_.push([task] { (*task)(); });
        wake_.wake();
        return result.get();
    }
    void send_all(Wire kind, const nlohmann::json& body) {
        run([&] { hub_.for_each([&](Connection& c) { hub_.send(c, kind, body); }); });
    }
    // Decides and hands the record to all; the revision after it.
    std::uint64_t decide(const Actor& actor, const Command& command) {
        return run([&] {
            const auto record = authority_.decide(actor, command, {}, 0);
            REQUIRE(record);
            const auto packed = pack(encode(*record));
            hub_.for_each([&](Connection& c) { hub_.send_packed(c, Wire::record, packed); });
            return authority_.state()->revision;
        });
    }
    // Decides, and tells nobody: as if an engine had been cut off.
    void decide_alone(const Actor& actor, const Command& command) {
        run([&] { REQUIRE(authority_.decide(actor, command, {}, 0)); });
    }
    std::shared_ptr<const ShowState> state() {
        return run([&] { return authority_.state(); });
    }
    std::size_t hellos() {
        return run([&] { return hellos_; });
    }
    std::uint64_t dropped() {
        return run([&] { return hub_.dropped(); });
    }
    std::vector<Message> received() { return received_.drain(100'000); }

  private:
    bool hello(Connection& c) {
        ++hellos_;
        c.wants_state = true;
        hub_.send(c, Wire::welcome, {{"clock_offset", 5}, {"config", nlohmann::json::object()}});
        hub_.send(c, Wire::snapshot, encode(*authority_.state()));
        return c.name != "unwanted";
    }

    const std::string socket_;
    PollLoop loop_;
    Wake wake_;
    BoundedQueue<std::function<void()>> jobs_{1000};
    BoundedQueue<Message> received_{100'000};
    Authority authority_ = opened();
    std::size_t hellos_ = 0;
    Hub hub_;
    std::atomic<bool> stop_{false};
    std::thread thread_;
};

inline bool eventually(const std::function<bool()>& holds) {
    return step_until([] { std::this_thread::yield(); }, holds);
}

}  // namespace tribune::test
