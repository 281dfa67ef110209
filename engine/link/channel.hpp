// Framed messages with descriptors between two processes of this machine.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <deque>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/handle.hpp"
#include "base/result.hpp"
#include "base/time.hpp"

namespace tribune {

struct Message {
    std::uint32_t kind = 0;
    std::string payload;  // bytes, may be empty
    std::vector<Fd> fds;  // passed with exactly this message; close-on-exec
};

struct ChannelLimits {
    std::size_t message_bytes = 64U << 20U;  // a longer payload is refused, in both directions
    std::size_t queued_bytes = 16U << 20U;   // outgoing; one message is always taken into an empty queue
    std::uint32_t kinds = 0xffffffff;        // a kind at or above it is refused
};

struct ChannelCounters {
    std::uint64_t sent = 0;      // messages handed to the kernel completely
    std::uint64_t received = 0;  // messages given to the caller
    std::uint64_t refused = 0;   // messages send() did not take
};

struct PeerCredentials {
    pid_t pid = 0;
    uid_t uid = 0;
};

// One end of a connected Unix SOCK_STREAM socket. On the wire, in the machine's byte order:
// u32 payload length, u32 kind, u32 descriptors, payload. Never blocks, except in send_all and receive_one.
// Thread: one.
class Channel {
  public:
    static constexpr std::size_t most_fds = 4;  // per message

    // Takes a connected socket and makes it non-blocking.
    explicit Channel(Fd socket, ChannelLimits limits = {});

    // For poll(): always POLLIN, and POLLOUT while wants_write().
    [[nodiscard]] int fd() const { return socket_.get(); }
    [[nodiscard]] bool wants_write() const { return !outgoing_.empty(); }

    // Writes at once what the socket takes and queues the rest. Descriptors are duplicated; the caller keeps its own.
    // False: nothing was taken (queue full, too long, too many descriptors, or the peer is gone).
    // The stream stays whole: the caller drops the peer, or later starts it again from a snapshot.
    [[nodiscard]] bool send(std::uint32_t kind, std::string_view payload, std::span<const int> fds = {});
    // The same, but only queues: several go out together, and wake the peer once, with the next flush().
    [[nodiscard]] bool post(std::uint32_t kind, std::string_view payload, std::span<const int> fds = {});

    // Writes what is queued. Error peer_closed, or socket_failed.
    Status flush();

    // What has arrived, up to about 1 MiB a call; empty when nothing is complete.
    // Errors: peer_closed (once all before it is given out), message_refused (hostile or broken peer), socket_failed.
    // After an error close the channel.
    Result<std::vector<Message>> receive();

    // For simple clients: wait until done or the deadline (Error timed_out).
    Status send_all(std::uint32_t kind, std::string_view payload, MonotonicTime deadline,
                    std::span<const int> fds = {});
    Result<Message> receive_one(MonotonicTime deadline);

    [[nodiscard]] const ChannelCounters& counters() const { return counters_; }
    [[nodiscard]] std::size_t queued_bytes() const { return queued_; }

    // Who opened the other end, as the kernel knows it.
    [[nodiscard]] Result<PeerCredentials> peer() const;

  private:
    struct Outgoing {
        std::string bytes;
        std::vector<Fd> fds;  // go with the first byte
        std::size_t written = 0;
    };

    Status read_some();
    Status parse();
    Result<bool> write_some();
    Status wait(short events, MonotonicTime deadline) const;

    Fd socket_;
    ChannelLimits limits_;
    std::deque<Outgoing> outgoing_;
    std::size_t queued_ = 0;
    std::string incoming_;
    std::deque<Fd> incoming_fds_;
    std::deque<Message> inbox_;
    std::optional<Error> read_end_;   // why nothing more will come
    std::optional<Error> write_end_;  // why nothing more can go
    ChannelCounters counters_;
};

// Two connected ends, for a child process or a test.
Result<std::pair<Channel, Channel>> channel_pair(ChannelLimits limits = {});

}  // namespace tribune
