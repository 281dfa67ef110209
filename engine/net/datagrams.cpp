#include "net/datagrams.hpp"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <utility>

namespace tribune::net {
namespace {

constexpr std::size_t most_bytes = 65536;
constexpr int datagrams_a_turn = 64;  // then others have theirs
constexpr Nanoseconds connect_every = std::chrono::seconds(2);
constexpr int peer_timeout_ms = 5000;

const sockaddr* plain(const sockaddr_in& address) { return reinterpret_cast<const sockaddr*>(&address); }

}  // namespace

Result<in_addr> parse_host(std::string_view text) {
    in_addr host{};
    if (inet_pton(AF_INET, std::string(text).c_str(), &host) == 1) return host;
    return Error{"bad_address", fmt::format("\"{}\" is no address: write four numbers, as in 192.0.2.7.", text)};
}

Result<sockaddr_in> parse_endpoint(std::string_view text) {
    const auto colon = text.rfind(':');
    int port = 0;
    const auto digits = colon == std::string_view::npos ? std::string_view() : text.substr(colon + 1);
    const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), port);
    if (digits.empty() || read.ptr != digits.data() + digits.size() || port < 1 || port > 65535)
        return Error{"bad_address", fmt::format("\"{}\" has no port: write ADDRESS:PORT, as in 192.0.2.7:9000.", text)};
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_port = htons(static_cast<std::uint16_t>(port));
    TRIBUNE_TRY(to.sin_addr, parse_host(text.substr(0, colon)));
    return to;
}

// --- UDP ----------------------------------------------------------------------------------------------------

Result<std::unique_ptr<Datagrams>> Datagrams::open(
    ServiceLoop& loop, const std::string& address, std::optional<int> port,
    std::function<void(std::string_view datagram, const sockaddr_in& from)> heard) {
    std::unique_ptr<Datagrams> made(new Datagrams);
    made->fd_ = Fd(::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    made->heard_ = std::move(heard);
    if (!port) return made;
    sockaddr_in place{};
    place.sin_family = AF_INET;
    place.sin_port = htons(static_cast<std::uint16_t>(*port));
    TRIBUNE_TRY(place.sin_addr, parse_host(address));
    if (::bind(made->fd_.get(), plain(place), sizeof(place)) != 0) {
        return Error{"port_in_use", fmt::format("UDP port {} on {} cannot be had ({}): choose another.", *port, address,
                                                std::strerror(errno))};
    }
    made->watch_.emplace(loop, made->fd_.get(), [socket = made.get()](bool, bool) { socket->receive(); });
    made->watch_->want(true, false);
    return made;
}

int Datagrams::port() const {
    sockaddr_in own{};
    socklen_t size = sizeof(own);
    getsockname(fd_.get(), reinterpret_cast<sockaddr*>(&own), &size);
    return ntohs(own.sin_port);
}

bool Datagrams::send(std::string_view datagram, const sockaddr_in& to) {
    return ::sendto(fd_.get(), datagram.data(), datagram.size(), MSG_DONTWAIT | MSG_NOSIGNAL, plain(to), sizeof(to)) ==
           static_cast<ssize_t>(datagram.size());
}

void Datagrams::receive() {
    std::array<char, most_bytes> bytes{};
    for (int i = 0; i < datagrams_a_turn; ++i) {
        sockaddr_in from{};
        socklen_t size = sizeof(from);
        const auto n =
            ::recvfrom(fd_.get(), bytes.data(), bytes.size(), MSG_DONTWAIT, reinterpret_cast<sockaddr*>(&from), &size);
        if (n < 0) return;
        heard_({bytes.data(), static_cast<std::size_t>(n)}, from);
    }
}

// --- TCP ----------------------------------------------------------------------------------------------------

void Stream::send(std::string bytes) {
    waiting_ = std::move(bytes);
    if (!fd_) connect();
    if (connected_) flush();
}

void Stream::connect() {
    const auto now = monotonic_now();
    if (now - tried_ < connect_every && tried_ != MonotonicTime{}) return;
    tried_ = now;
    fd_ = Fd(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    const int yes = 1;
    setsockopt(fd_.get(), IPPROTO_TCP, TCP_NODELAY, &yes, sizeof(yes));
    setsockopt(fd_.get(), IPPROTO_TCP, TCP_USER_TIMEOUT, &peer_timeout_ms, sizeof(peer_timeout_ms));
    if (::connect(fd_.get(), plain(to_), sizeof(to_)) != 0 && errno != EINPROGRESS) return lose();
    watch_.emplace(loop_, fd_.get(), [this](bool readable, bool) {
        std::array<char, 512> ignored{};
        if (readable && ::recv(fd_.get(), ignored.data(), ignored.size(), MSG_DONTWAIT) == 0) return lose();
        int fault = 0;
        socklen_t size = sizeof(fault);
        getsockopt(fd_.get(), SOL_SOCKET, SO_ERROR, &fault, &size);
        if (fault != 0) return lose();
        connected_ = true;
        flush();
    });
    watch_->want(true, true);
}

void Stream::flush() {
    for (;;) {
        if (going_.empty()) going_ = std::exchange(waiting_, {});
        if (going_.empty()) return watch_->want(true, false);
        const auto n = ::send(fd_.get(), going_.data(), going_.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
        if (n < 0 && errno != EAGAIN && errno != EWOULDBLOCK) return lose();
        if (n <= 0) return watch_->want(true, true);
        going_.erase(0, static_cast<std::size_t>(n));
    }
}

void Stream::lose() {
    if (watch_) watch_->want(false, false);
    fd_.reset();
    connected_ = false;
    going_.clear();
}

}  // namespace tribune::net
