// A device on the network that sends and hears datagrams. Blocking, with a deadline.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>

#include <string>
#include <string_view>

#include "base/handle.hpp"

namespace tribune::test {

class UdpPeer {
  public:
    UdpPeer() : fd_(::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0)) {
        sockaddr_in own = loopback(0);
        ::bind(fd_.get(), reinterpret_cast<const sockaddr*>(&own), sizeof(own));
        socklen_t size = sizeof(own);
        getsockname(fd_.get(), reinterpret_cast<sockaddr*>(&own), &size);
        port_ = ntohs(own.sin_port);
    }
    [[nodiscard]] int port() const { return port_; }
    [[nodiscard]] std::string address() const { return "127.0.0.1:" + std::to_string(port_); }

    void send(int port, std::string_view datagram) {
        const sockaddr_in to = loopback(port);
        ::sendto(fd_.get(), datagram.data(), datagram.size(), 0, reinterpret_cast<const sockaddr*>(&to), sizeof(to));
    }
    // Empty when none comes in 20 s.
    std::string next() {
        pollfd p{fd_.get(), POLLIN, 0};
        if (::poll(&p, 1, 20'000) <= 0) return {};
        std::string bytes(65536, '\0');
        const auto n = ::recv(fd_.get(), bytes.data(), bytes.size(), 0);
        bytes.resize(n < 0 ? 0 : static_cast<std::size_t>(n));
        return bytes;
    }

  private:
    static sockaddr_in loopback(int port) {
        sockaddr_in to{};
        to.sin_family = AF_INET;
        to.sin_port = htons(static_cast<std::uint16_t>(port));
        to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        return to;
    }
    Fd fd_;
    int port_ = 0;
};

}  // namespace tribune::test
