// obs-websocket's own port on the server's service loop (docs/obs-websocket.md). A page of any origin may connect, as
// with obs: there is nothing that a browser would bring along by itself, and the password is asked of everybody.
#pragma once

#include <array>
#include <memory>
#include <string>

#include <libwebsockets.h>

#include "base/result.hpp"
#include "net/obs/endpoint.hpp"
#include "net/service_loop.hpp"

namespace tribune::net::obs {

// Service thread, but for open() before it runs.
class Port final : private Service {
  public:
    // Listens from here on. The loop outlives it. Errors: port_in_use, bad_address, cannot_listen.
    static Result<std::unique_ptr<Port>> open(ServiceLoop& loop, const std::string& address, int port, Options options,
                                              ServerHost& host, SurfaceFaults& faults);
    ~Port() override = default;
    Port(const Port&) = delete;
    Port& operator=(const Port&) = delete;

    [[nodiscard]] int number() const { return number_; }
    Endpoint& endpoint() { return endpoint_; }
    [[nodiscard]] const Endpoint& endpoint() const { return endpoint_; }

  private:
    Port(ServiceLoop& loop, Options options, ServerHost& host, SurfaceFaults& faults);
    Status listen(const std::string& address, int port);

    void want_turn(lws* wsi) override { lws_callback_on_writable(wsi); }
    void cut(lws* wsi) override { lws_set_timeout(wsi, PENDING_TIMEOUT_LAGGING, LWS_TO_KILL_ASYNC); }
    void call_due_in(Nanoseconds delay) override { timer_.start(delay); }

    static int on_socket(lws* wsi, lws_callback_reasons reason, void* user, void* in, std::size_t size);
    int receive(lws* wsi, Session& session, std::string_view piece);
    int write(lws* wsi, Session& session);

    ServiceLoop& loop_;
    Endpoint endpoint_;
    LoopTimer timer_;
    std::array<lws_protocols, encodings + 1> protocols_{};
    int number_ = 0;
};

}  // namespace tribune::net::obs
