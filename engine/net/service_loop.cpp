#include "net/service_loop.hpp"

#include <ev.h>
#include <libwebsockets.h>

#include <array>
#include <utility>

namespace tribune::net {

void ServiceLoop::Destroyed::operator()(struct ev_loop* loop) const { ev_loop_destroy(loop); }

ServiceLoop::ServiceLoop() : loop_(ev_loop_new(unsigned{EVBACKEND_EPOLL} | unsigned{EVFLAG_NOENV})) {}

std::unique_ptr<ServiceLoop> ServiceLoop::open(lws_context_creation_info info) {
    std::unique_ptr<ServiceLoop> made(new ServiceLoop);
    if (!made->loop_) return nullptr;
    // A loop that libwebsockets makes itself would take the program's SIGINT.
    std::array<void*, 1> loops{made->loop_.get()};
    info.foreign_loops = loops.data();
    info.options |= LWS_SERVER_OPTION_LIBEV;
    made->context_ = lws_create_context(&info);
    if (made->context_ == nullptr) return nullptr;
    return made;
}

ServiceLoop::~ServiceLoop() { close(); }

void ServiceLoop::close() {
    if (context_ != nullptr) lws_context_destroy(context_);
    context_ = nullptr;
}

void ServiceLoop::run() { ev_run(loop_.get(), 0); }
void ServiceLoop::run_once() { ev_run(loop_.get(), EVRUN_ONCE); }
void ServiceLoop::stop() { ev_break(loop_.get(), EVBREAK_ALL); }

LoopTimer::LoopTimer(ServiceLoop& loop, std::function<void()> call)
    : loop_(loop), call_(std::move(call)), timer_(std::make_unique<ev_timer>()) {
    const auto due = [](struct ev_loop*, ev_timer* timer, int) { static_cast<LoopTimer*>(timer->data)->call_(); };
    ev_timer_init(timer_.get(), due, 0, 0);
    timer_->data = this;
}

LoopTimer::~LoopTimer() { ev_timer_stop(loop_.loop_.get(), timer_.get()); }

void LoopTimer::start(Nanoseconds after) {
    ev_timer_stop(loop_.loop_.get(), timer_.get());
    ev_timer_set(timer_.get(), std::chrono::duration<double>(after).count(), 0);
    ev_timer_start(loop_.loop_.get(), timer_.get());
}

LoopTurn::LoopTurn(ServiceLoop& loop, std::function<bool()> call)
    : loop_(loop), call_(std::move(call)), before_waiting_(std::make_unique<ev_prepare>()),
      no_waiting_(std::make_unique<ev_idle>()) {
    ev_prepare_init(before_waiting_.get(),
                    [](struct ev_loop*, ev_prepare* watcher, int) { static_cast<LoopTurn*>(watcher->data)->turn(); });
    before_waiting_->data = this;
    ev_prepare_start(loop_.loop_.get(), before_waiting_.get());
    ev_idle_init(no_waiting_.get(), [](struct ev_loop*, ev_idle*, int) {});
}

LoopTurn::~LoopTurn() {
    ev_prepare_stop(loop_.loop_.get(), before_waiting_.get());
    ev_idle_stop(loop_.loop_.get(), no_waiting_.get());
}

void LoopTurn::turn() {
    if (call_()) {
        ev_idle_start(loop_.loop_.get(), no_waiting_.get());
    } else {
        ev_idle_stop(loop_.loop_.get(), no_waiting_.get());
    }
}

LoopWatch::LoopWatch(ServiceLoop& loop, int fd, std::function<void(bool readable, bool writable)> call)
    : loop_(loop), fd_(fd), call_(std::move(call)), io_(std::make_unique<ev_io>()) {
    const auto ready = [](struct ev_loop*, ev_io* io, int events) {
        static_cast<LoopWatch*>(io->data)->call_((events & EV_READ) != 0, (events & EV_WRITE) != 0);
    };
    ev_io_init(io_.get(), ready, fd, 0);
    io_->data = this;
}

LoopWatch::~LoopWatch() { ev_io_stop(loop_.loop_.get(), io_.get()); }

void LoopWatch::want(bool readable, bool writable) {
    ev_io_stop(loop_.loop_.get(), io_.get());
    const int events = (readable ? EV_READ : 0) | (writable ? EV_WRITE : 0);
    if (events == 0) return;
    ev_io_set(io_.get(), fd_, events);
    ev_io_start(loop_.loop_.get(), io_.get());
}

}  // namespace tribune::net
