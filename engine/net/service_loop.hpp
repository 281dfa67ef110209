// A libwebsockets context on libev, that is on epoll: a turn costs what the connections cost that have something to
// say. libwebsockets' own loop asks poll() about every connection each turn, which thousands of quiet ones make dear.
#pragma once

#include <functional>
#include <memory>

#include "base/time.hpp"

struct ev_idle;
struct ev_loop;
struct ev_prepare;
struct ev_timer;
struct lws_context;
struct lws_context_creation_info;

namespace tribune::net {

// All on one thread at a time; only lws_cancel_service(context()) may be called from another.
class ServiceLoop {
  public:
    // Null when the library does not start. Adds to `info` what makes it use this loop.
    static std::unique_ptr<ServiceLoop> open(lws_context_creation_info info);
    ~ServiceLoop();  // closes
    ServiceLoop(const ServiceLoop&) = delete;
    ServiceLoop& operator=(const ServiceLoop&) = delete;

    [[nodiscard]] lws_context* context() const { return context_; }

    void run();       // until stop()
    void run_once();  // waits for something to do, and does it
    void stop();      // from a callback
    // Ends all connections, calling back for each, and the context. Nothing runs afterwards.
    void close();

  private:
    friend class LoopTimer;
    friend class LoopTurn;
    ServiceLoop();

    struct Destroyed {
        void operator()(struct ev_loop* loop) const;
    };
    std::unique_ptr<struct ev_loop, Destroyed> loop_;
    lws_context* context_ = nullptr;
};

// Calls once, so long after start(). Of the loop and not of libwebsockets: its own timers are looked after when a
// connection has something to say, and may come late when a nearer one is set while another runs (4.1.6 on libev).
// lws_cancel_service() makes it look.
class LoopTimer {
  public:
    // The loop outlives it.
    LoopTimer(ServiceLoop& loop, std::function<void()> call);
    ~LoopTimer();  // nothing is called any more
    LoopTimer(const LoopTimer&) = delete;
    LoopTimer& operator=(const LoopTimer&) = delete;

    void start(Nanoseconds after);  // anew, if it runs

  private:
    ServiceLoop& loop_;
    std::function<void()> call_;
    std::unique_ptr<ev_timer> timer_;
};

// Calls once a turn of the loop, when all that was ready has been served and before it waits. It does not wait as long as
// the call says true: there is more to do, which then takes turns with what comes in.
class LoopTurn {
  public:
    // The loop outlives it.
    LoopTurn(ServiceLoop& loop, std::function<bool()> call);
    ~LoopTurn();  // nothing is called any more
    LoopTurn(const LoopTurn&) = delete;
    LoopTurn& operator=(const LoopTurn&) = delete;

  private:
    void turn();

    ServiceLoop& loop_;
    std::function<bool()> call_;
    std::unique_ptr<ev_prepare> before_waiting_;
    std::unique_ptr<ev_idle> no_waiting_;
};

}  // namespace tribune::net
