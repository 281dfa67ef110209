#include "link/channel.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>

namespace tribune {
namespace {

struct FrameHeader {
    std::uint32_t length;
    std::uint32_t kind;
    std::uint32_t fds;
};

constexpr std::size_t read_budget = 1U << 20U;
constexpr std::size_t read_chunk = 64U << 10U;
constexpr std::size_t most_vectors = 32;

Error socket_error(std::string_view what) {
    return {"socket_failed", fmt::format("{} failed: {}. Connect again.", what, std::strerror(errno))};
}

Error peer_closed() { return {"peer_closed", "The other process closed the connection. Connect again."}; }

bool would_block() { return errno == EAGAIN || errno == EWOULDBLOCK; }

// Takes the descriptors out of a received control block.
void collect_fds(msghdr& message, std::deque<Fd>& into) {
    for (cmsghdr* c = CMSG_FIRSTHDR(&message); c != nullptr; c = CMSG_NXTHDR(&message, c)) {
        if (c->cmsg_level != SOL_SOCKET || c->cmsg_type != SCM_RIGHTS) continue;
        const std::size_t count = (c->cmsg_len - CMSG_LEN(0)) / sizeof(int);
        for (std::size_t i = 0; i < count; ++i) {
            int fd = -1;
            std::memcpy(&fd, CMSG_DATA(c) + i * sizeof(int), sizeof fd);
            into.emplace_back(fd);
        }
    }
}

}  // namespace

Channel::Channel(Fd socket, ChannelLimits limits) : socket_(std::move(socket)), limits_(limits) {
    const int flags = ::fcntl(socket_.get(), F_GETFL);
    if (flags < 0 || ::fcntl(socket_.get(), F_SETFL, flags | O_NONBLOCK) < 0) {
        read_end_ = write_end_ = socket_error("Setting up a connection");
    }
}

bool Channel::send(std::uint32_t kind, std::string_view payload, std::span<const int> fds) {
    const bool behind = !outgoing_.empty();
    if (!post(kind, payload, fds)) return false;
    if (!behind) static_cast<void>(flush());  // an error shows at the next call
    return true;
}

bool Channel::post(std::uint32_t kind, std::string_view payload, std::span<const int> fds) {
    const std::size_t bytes = sizeof(FrameHeader) + payload.size();
    const bool fits = queued_ == 0 || (bytes <= limits_.queued_bytes && queued_ <= limits_.queued_bytes - bytes);
    if (write_end_ || !fits || payload.size() > limits_.message_bytes || kind >= limits_.kinds ||
        fds.size() > most_fds) {
        ++counters_.refused;
        return false;
    }
    Outgoing out;
    for (const int fd : fds) {
        out.fds.emplace_back(::fcntl(fd, F_DUPFD_CLOEXEC, 0));
        if (!out.fds.back()) {
            ++counters_.refused;
            return false;
        }
    }
    const FrameHeader header{static_cast<std::uint32_t>(payload.size()), kind, static_cast<std::uint32_t>(fds.size())};
    out.bytes.resize(bytes);
    std::memcpy(out.bytes.data(), &header, sizeof header);
    if (!payload.empty()) std::memcpy(out.bytes.data() + sizeof header, payload.data(), payload.size());
    queued_ += bytes;
    outgoing_.push_back(std::move(out));
    return true;
}

Result<bool> Channel::write_some() {
    std::array<iovec, most_vectors> vectors{};
    std::size_t count = 0;
    for (auto& out : outgoing_) {
        // Descriptors travel with the first byte of a write, so their message must open one.
        if (count == vectors.size() || (count > 0 && !out.fds.empty())) break;
        vectors.at(count++) = {out.bytes.data() + out.written, out.bytes.size() - out.written};
    }
    msghdr message{};
    message.msg_iov = vectors.data();
    message.msg_iovlen = count;
    alignas(cmsghdr) std::array<char, CMSG_SPACE(most_fds * sizeof(int))> control{};
    auto& first = outgoing_.front();
    if (!first.fds.empty()) {
        const std::size_t bytes = first.fds.size() * sizeof(int);
        message.msg_control = control.data();
        message.msg_controllen = CMSG_SPACE(bytes);
        cmsghdr* c = CMSG_FIRSTHDR(&message);
        c->cmsg_level = SOL_SOCKET;
        c->cmsg_type = SCM_RIGHTS;
        c->cmsg_len = CMSG_LEN(bytes);
        for (std::size_t i = 0; i < first.fds.size(); ++i) {
            const int fd = first.fds[i].get();
            std::memcpy(CMSG_DATA(c) + i * sizeof(int), &fd, sizeof fd);
        }
    }
    const ssize_t n = ::sendmsg(socket_.get(), &message, MSG_NOSIGNAL);
    if (n < 0) {
        if (would_block()) return false;
        if (errno == EINTR) return true;
        if (errno == EPIPE || errno == ECONNRESET) return peer_closed();
        return socket_error("Writing to another process");
    }
    first.fds.clear();
    auto left = static_cast<std::size_t>(n);
    while (left > 0) {
        auto& out = outgoing_.front();
        const std::size_t taken = std::min(left, out.bytes.size() - out.written);
        out.written += taken;
        left -= taken;
        if (out.written < out.bytes.size()) break;
        queued_ -= out.bytes.size();
        ++counters_.sent;
        outgoing_.pop_front();
    }
    return true;
}

Status Channel::flush() {
    if (write_end_) return *write_end_;
    while (!outgoing_.empty()) {
        const auto more = write_some();
        if (!more) {
            write_end_ = more.error();
            outgoing_.clear();
            queued_ = 0;
            return *write_end_;
        }
        if (!*more) break;
    }
    return {};
}

Status Channel::read_some() {
    const std::size_t had = incoming_.size();
    incoming_.resize(had + read_chunk);
    iovec vector{incoming_.data() + had, read_chunk};
    alignas(cmsghdr) std::array<char, CMSG_SPACE(most_fds * sizeof(int))> control{};
    msghdr message{};
    message.msg_iov = &vector;
    message.msg_iovlen = 1;
    message.msg_control = control.data();
    message.msg_controllen = control.size();
    const ssize_t n = ::recvmsg(socket_.get(), &message, MSG_CMSG_CLOEXEC);
    const int why = errno;
    incoming_.resize(had + static_cast<std::size_t>(std::max<ssize_t>(n, 0)));
    errno = why;
    if (n < 0) {
        if (would_block() || errno == EINTR) return {};
        if (errno == ECONNRESET) return peer_closed();
        return socket_error("Reading from another process");
    }
    collect_fds(message, incoming_fds_);
    if ((message.msg_flags & MSG_CTRUNC) != 0) {
        return Error{"message_refused", "A message came with more descriptors than allowed. Drop this peer."};
    }
    if (n == 0) return peer_closed();
    return {};
}

Status Channel::parse() {
    std::size_t at = 0;
    while (incoming_.size() - at >= sizeof(FrameHeader)) {
        FrameHeader header{};
        std::memcpy(&header, incoming_.data() + at, sizeof header);
        if (header.length > limits_.message_bytes || header.kind >= limits_.kinds || header.fds > most_fds) {
            return Error{"message_refused",
                         fmt::format("A message of kind {} with {} bytes and {} descriptors is not allowed. "
                                     "Drop this peer.",
                                     header.kind, header.length, header.fds)};
        }
        if (incoming_.size() - at - sizeof header < header.length) break;
        if (incoming_fds_.size() < header.fds) {
            return Error{"message_refused", "A message lacks the descriptors it announced. Drop this peer."};
        }
        Message message;
        message.kind = header.kind;
        message.payload.assign(incoming_, at + sizeof header, header.length);
        for (std::uint32_t i = 0; i < header.fds; ++i) {
            message.fds.push_back(std::move(incoming_fds_.front()));
            incoming_fds_.pop_front();
        }
        inbox_.push_back(std::move(message));
        at += sizeof header + header.length;
    }
    incoming_.erase(0, at);
    // Only the one message still incomplete may have descriptors waiting.
    if (incoming_fds_.size() > (incoming_.empty() ? 0 : most_fds)) {
        return Error{"message_refused", "Descriptors came without a message of theirs. Drop this peer."};
    }
    return {};
}

Result<std::vector<Message>> Channel::receive() {
    std::size_t read = 0;
    while (!read_end_ && read < read_budget) {
        const std::size_t had = incoming_.size();
        if (auto status = read_some(); !status) read_end_ = status.error();
        const std::size_t got = incoming_.size() - had;
        if (got > 0) {
            if (auto status = parse(); !status) read_end_ = status.error();
        }
        if (got == 0) break;
        read += got;
    }
    if (inbox_.empty() && read_end_) return *read_end_;
    std::vector<Message> out(std::make_move_iterator(inbox_.begin()), std::make_move_iterator(inbox_.end()));
    inbox_.clear();
    counters_.received += out.size();
    return out;
}

Status Channel::wait(short events, MonotonicTime deadline) const {
    for (;;) {
        const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline - monotonic_now());
        if (left.count() <= 0) return Error{"timed_out", "The other process did not answer in time. Try again."};
        pollfd p{socket_.get(), events, 0};
        const int n = ::poll(&p, 1, static_cast<int>(std::min<std::int64_t>(left.count() + 1, 60'000)));
        if (n > 0) return {};
        if (n < 0 && errno != EINTR) return socket_error("Waiting for another process");
    }
}

Status Channel::send_all(std::uint32_t kind, std::string_view payload, MonotonicTime deadline,
                         std::span<const int> fds) {
    bool taken = false;
    for (;;) {
        if (!taken) {
            taken = send(kind, payload, fds);
            if (!taken && outgoing_.empty()) {
                return write_end_ ? *write_end_ : Error{"message_refused", "This message is too large to send."};
            }
        }
        TRIBUNE_CHECK(flush());
        if (taken && outgoing_.empty()) return {};
        if (!outgoing_.empty()) TRIBUNE_CHECK(wait(POLLOUT, deadline));
    }
}

Result<Message> Channel::receive_one(MonotonicTime deadline) {
    while (inbox_.empty()) {
        TRIBUNE_TRY(auto messages, receive());
        counters_.received -= messages.size();
        for (auto& m : messages) inbox_.push_back(std::move(m));
        if (inbox_.empty()) TRIBUNE_CHECK(wait(POLLIN, deadline));
    }
    Message first = std::move(inbox_.front());
    inbox_.pop_front();
    ++counters_.received;
    return first;
}

Result<PeerCredentials> Channel::peer() const {
    ucred credentials{};
    socklen_t size = sizeof credentials;
    if (::getsockopt(socket_.get(), SOL_SOCKET, SO_PEERCRED, &credentials, &size) != 0) {
        return socket_error("Asking who is at the other end");
    }
    return PeerCredentials{credentials.pid, credentials.uid};
}

Result<std::pair<Channel, Channel>> channel_pair(ChannelLimits limits) {
    std::array<int, 2> ends{};
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0) {
        return socket_error("Making a pair of sockets");
    }
    return std::pair{Channel(Fd(ends[0]), limits), Channel(Fd(ends[1]), limits)};
}

}  // namespace tribune
