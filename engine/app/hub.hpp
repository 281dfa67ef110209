// The followers' connections at the engine. Thread: the engine's.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>

#include "app/wire.hpp"
#include "link/listener.hpp"
#include "link/poll_loop.hpp"

namespace tribune {

struct Connection {
    Connection(std::uint64_t number, Channel c) : id(number), channel(std::move(c)) {}

    std::uint64_t id;
    Channel channel;
    std::string process;  // "render", "net", "capture": what its name says; empty before hello
    std::string name;
    pid_t pid = 0;             // as the kernel knows it
    bool wants_state = false;  // set by the hello handler: gets the snapshot and the records
    bool ending = false;
};

class Hub {
  public:
    struct Handlers {
        std::function<bool(Connection&, const nlohmann::json& hello)> hello;  // false: refuse it
        std::function<void(Connection&, Message)> message;                    // after hello
    };

    Hub(PollLoop& loop, Listener listener, Handlers handlers);
    ~Hub();
    Hub(const Hub&) = delete;
    Hub& operator=(const Hub&) = delete;

    // Goes out with the next flush(). A peer that does not keep up is dropped: it connects again and starts from a
    // snapshot.
    void send(Connection& to, Wire kind, const nlohmann::json& body, std::span<const int> fds = {});
    void send_packed(Connection& to, Wire kind, const std::string& bytes);

    template <class F>
    void for_each(F f) {
        for (auto& [id, connection] : connections_) {
            if (!connection->ending && !connection->process.empty()) f(*connection);
        }
    }
    [[nodiscard]] Connection* find(std::uint64_t id);
    // Of those of this process; null when none is connected.
    [[nodiscard]] Connection* first_of(std::string_view process) {
        Connection* first = nullptr;
        for_each([&](Connection& c) {
            if (first == nullptr && c.process == process) first = &c;
        });
        return first;
    }

    // Writes what was said since the last call, to each follower in one go. Call after each turn of the loop.
    void flush();
    // Removes what ended. Call between messages, not from a handler.
    void sweep();
    [[nodiscard]] std::uint64_t dropped() const { return dropped_; }

  private:
    void accept();
    [[nodiscard]] short listening() const;
    void serve(Connection& connection, short ready);
    void receive(Connection& connection, Message message);
    void drop(Connection& to);

    PollLoop& loop_;
    Listener listener_;
    Handlers handlers_;
    std::map<std::uint64_t, std::unique_ptr<Connection>> connections_;
    std::uint64_t next_id_ = 1;
    std::uint64_t dropped_ = 0;
    MonotonicTime accept_again_;  // without descriptors to spare, those who wait are left waiting for a while
};

}  // namespace tribune
