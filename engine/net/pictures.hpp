// Pictures on demand: one request under way for each distinct picture however many want it, none when nobody
// does, and never more to a client than it acknowledges. Knows nothing of sockets; time comes in.
#pragma once

#include <cstdint>
#include <map>
#include <vector>

#include "base/result.hpp"
#include "base/time.hpp"
#include "net/limits.hpp"
#include "net/message.hpp"
#include "net/outgoing.hpp"
#include "net/pages.hpp"
#include "net/server.hpp"

namespace tribune::net {

class PictureDesk {
  public:
    class Ends {
      public:
        virtual ~Ends() = default;
        virtual void ask(const PictureRequest& request, std::uint64_t token) = 0;
        // False when the client's queue is full: the picture is dropped for it.
        virtual bool send(std::uint64_t client, const SharedMessage& picture) = 0;
        virtual void answer(std::uint64_t waiter, const Result<Bytes>& picture) = 0;
        virtual std::uint64_t next_token() = 0;
    };

    PictureDesk(Ends& ends, Nanoseconds deadline) : ends_(ends), deadline_(deadline) {}

    // Replaces what this client wants.
    void want(std::uint64_t client, const PicturesMessage& wishes, MonotonicTime now);
    void seen(std::uint64_t client, std::uint32_t picture);
    void forget(std::uint64_t client);

    // One picture for an HTTP request, made after this call; answered through Ends::answer, with `unavailable`
    // when the deadline passes.
    void wait(std::uint64_t waiter, const PictureRequest& request, MonotonicTime now);
    void forget_waiter(std::uint64_t waiter);

    void ready(std::uint64_t token, const Result<Bytes>& picture, MonotonicTime now);
    // Asks for what is due and gives up on what is late. Call every `step` while not idle.
    void tick(MonotonicTime now);
    [[nodiscard]] bool idle() const { return feeds_.empty(); }
    static constexpr Nanoseconds step = std::chrono::milliseconds(15);

    [[nodiscard]] std::uint64_t sent() const { return sent_; }
    [[nodiscard]] std::uint64_t dropped() const { return dropped_; }

  private:
    struct Viewer {
        Nanoseconds interval{0};
        MonotonicTime due;
        std::vector<std::uint32_t> unseen;  // at most two
    };
    struct Waiter {
        std::uint64_t id = 0;
        MonotonicTime since;
        std::uint64_t token = 0;  // of the request that will answer it, 0 = the next one
    };
    struct Feed {
        std::map<std::uint64_t, Viewer> viewers;
        std::vector<Waiter> waiters;
        std::uint64_t token = 0;  // under way, 0 = none
        MonotonicTime asked;
    };
    using Feeds = std::map<PictureRequest, Feed>;

    [[nodiscard]] static bool wanted(const Feed& feed, MonotonicTime now);
    void ask(const PictureRequest& request, Feed& feed, MonotonicTime now);
    void fan_out(const PictureRequest& request, Feed& feed, const Bytes& picture, MonotonicTime now);
    void drop_empty();

    Ends& ends_;
    Nanoseconds deadline_;
    Feeds feeds_;
    std::uint32_t number_ = 0;
    std::uint64_t sent_ = 0;
    std::uint64_t dropped_ = 0;
};

}  // namespace tribune::net
