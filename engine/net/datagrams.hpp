// UDP and outgoing TCP on the service loop: never blocks, addresses are numbers.
#pragma once

#include <netinet/in.h>

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/handle.hpp"
#include "base/result.hpp"
#include "net/service_loop.hpp"

namespace tribune::net {

// "192.0.2.7:9000". Error bad_address.
Result<sockaddr_in> parse_endpoint(std::string_view text);
Result<in_addr> parse_host(std::string_view text);

// A UDP socket. Service thread.
class Datagrams {
  public:
    // Listens when `port` is not null (0: any free one). `heard` is called for each datagram.
    static Result<std::unique_ptr<Datagrams>> open(
        ServiceLoop& loop, const std::string& address, std::optional<int> port,
        std::function<void(std::string_view datagram, const sockaddr_in& from)> heard);

    // What the system does not take at once is lost, as a datagram may be; false then.
    bool send(std::string_view datagram, const sockaddr_in& to);
    [[nodiscard]] int port() const;

  private:
    Datagrams() = default;
    void receive();

    Fd fd_;
    std::function<void(std::string_view, const sockaddr_in&)> heard_;
    std::optional<LoopWatch> watch_;
};

// A TCP connection that is made again when it is lost. Service thread.
class Stream {
  public:
    Stream(ServiceLoop& loop, const sockaddr_in& to) : loop_(loop), to_(to) {}

    // Replaces what has not begun to go out: the newest whole state is what a lamp needs. Connects when there is no
    // connection, at most every two seconds.
    void send(std::string bytes);
    [[nodiscard]] bool connected() const { return connected_; }

  private:
    void connect();
    void flush();
    void lose();

    ServiceLoop& loop_;
    sockaddr_in to_;
    Fd fd_;
    std::optional<LoopWatch> watch_;
    MonotonicTime tried_;
    bool connected_ = false;
    std::string going_;    // begun: must go out whole
    std::string waiting_;  // the newest
};

}  // namespace tribune::net
