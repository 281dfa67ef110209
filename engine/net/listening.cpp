#include "net/listening.hpp"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <cerrno>
#include <cstring>

#include "base/handle.hpp"

namespace tribune::net {

// libwebsockets would not say why it cannot have it.
Status check_address(const std::string& address, int port, std::string_view option) {
    sockaddr_in place{};
    place.sin_family = AF_INET;
    place.sin_port = htons(static_cast<std::uint16_t>(port));
    if (port < 0 || port > 65535 || inet_pton(AF_INET, address.c_str(), &place.sin_addr) != 1) {
        return Error{"bad_address",
                     fmt::format("{}:{} is no address to listen on: write four numbers, as in 127.0.0.1 or 0.0.0.0, "
                                 "and a port from 1 to 65535.",
                                 address, port)};
    }
    const Fd probe(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    const int yes = 1;
    setsockopt(probe.get(), SOL_SOCKET, SO_REUSEADDR, &yes, sizeof(yes));
    const bool bound =
        bind(probe.get(), reinterpret_cast<const sockaddr*>(&place), sizeof(place)) == 0 && listen(probe.get(), 1) == 0;
    if (bound) return {};
    const int reason = errno;
    if (reason == EADDRINUSE) {
        return Error{"port_in_use",
                     fmt::format("Port {} on {} is in use by another program: stop that one (`ss -ltnp` names it), or "
                                 "choose another with {}.",
                                 port, address, option)};
    }
    return Error{"bad_address", fmt::format("Cannot listen on {}:{} ({}): choose an address of this machine and a "
                                            "port that you may use.",
                                            address, port, std::strerror(reason))};
}

}  // namespace tribune::net
