#include "link/channel.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>
#include <catch2/catch.hpp>

#include <array>
#include <cstring>
#include <random>
#include <thread>

#include "link/poll_loop.hpp"
#include "link/wake.hpp"

using namespace tribune;
using namespace std::chrono_literals;

namespace {

MonotonicTime soon() { return monotonic_now() + 10s; }

// A channel and the bare socket of its peer.
std::pair<Channel, Fd> half_raw(ChannelLimits limits = {}) {
    std::array<int, 2> ends{};
    REQUIRE(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) == 0);
    return {Channel(Fd(ends[0]), limits), Fd(ends[1])};
}

std::string header(std::uint32_t length, std::uint32_t kind, std::uint32_t fds) {
    const std::array<std::uint32_t, 3> words{length, kind, fds};
    std::string out(sizeof words, '\0');
    std::memcpy(out.data(), words.data(), sizeof words);
    return out;
}

void write_raw(const Fd& fd, std::string_view bytes) {
    REQUIRE(::write(fd.get(), bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size()));
}

// One end of a pipe whose other end holds `text`.
Fd pipe_with(std::string_view text) {
    std::array<int, 2> ends{};
    REQUIRE(::pipe2(ends.data(), O_CLOEXEC) == 0);
    const Fd write_end(ends[1]);
    write_raw(write_end, text);
    return Fd(ends[0]);
}

std::string read_all(const Fd& fd) {
    std::array<char, 256> buffer{};
    const auto n = ::read(fd.get(), buffer.data(), buffer.size());
    return {buffer.data(), static_cast<std::size_t>(std::max<ssize_t>(n, 0))};
}

}  // namespace

TEST_CASE("messages of all sizes arrive whole and in order, the queue never past its bound") {
    auto pair = channel_pair({.message_bytes = 4U << 20U, .queued_bytes = 1U << 20U});
    REQUIRE(pair);
    auto& [a, b] = *pair;
    std::mt19937 random(7);
    std::vector<std::string> sent;
    std::size_t got = 0;
    for (int round = 0; round < 400; ++round) {
        const std::size_t size = round % 50 == 0 ? 3U << 20U : random() % 5000;
        std::string payload(size, '\0');
        for (auto& c : payload) c = static_cast<char>(random());
        while (!a.send(static_cast<std::uint32_t>(round), payload)) {
            REQUIRE(a.flush());
            auto messages = b.receive();
            REQUIRE(messages);
            for (auto& m : *messages) REQUIRE(m.payload == sent[got++]);
        }
        sent.push_back(std::move(payload));
        REQUIRE((a.queued_bytes() <= (1U << 20U) || a.queued_bytes() <= (3U << 20U) + 12));
    }
    while (got < sent.size()) {
        REQUIRE(a.flush());
        auto messages = b.receive();
        REQUIRE(messages);
        for (auto& m : *messages) {
            REQUIRE(m.kind == got);
            REQUIRE(m.payload == sent[got++]);
        }
    }
    REQUIRE(a.counters().sent == 400);
    REQUIRE(b.counters().received == 400);
    REQUIRE(a.counters().refused > 0);
    REQUIRE_FALSE(a.wants_write());
}

TEST_CASE("descriptors belong to exactly their message") {
    auto pair = channel_pair();
    auto& [a, b] = *pair;
    const Fd one = pipe_with("one");
    const Fd two = pipe_with("two");
    const Fd three = pipe_with("three");
    const std::array first{one.get()};
    const std::array second{two.get(), three.get()};
    REQUIRE(a.send(1, "none"));
    REQUIRE(a.send(2, "x", first));
    REQUIRE(a.send(3, ""));
    REQUIRE(a.send(4, "", second));
    REQUIRE(a.send(5, "end"));
    std::vector<Message> got;
    while (got.size() < 5) {
        auto message = b.receive_one(soon());
        REQUIRE(message);
        got.push_back(std::move(*message));
    }
    REQUIRE(got[0].fds.empty());
    REQUIRE(got[1].fds.size() == 1);
    REQUIRE(got[2].fds.empty());
    REQUIRE(got[3].fds.size() == 2);
    REQUIRE(got[4].fds.empty());
    REQUIRE(read_all(got[1].fds[0]) == "one");
    REQUIRE(read_all(got[3].fds[0]) == "two");
    REQUIRE(read_all(got[3].fds[1]) == "three");
    REQUIRE((::fcntl(got[1].fds[0].get(), F_GETFD) & FD_CLOEXEC) != 0);
}

TEST_CASE("descriptors keep to their message when the peer reads late") {
    auto pair = channel_pair({.queued_bytes = 64U << 20U});
    auto& [a, b] = *pair;
    const std::string big(300'000, 'b');
    for (int i = 0; i < 60; ++i) {
        const Fd pipe = pipe_with(std::to_string(i));
        const std::array fds{pipe.get()};
        REQUIRE(a.send(static_cast<std::uint32_t>(i), i % 2 == 0 ? big : "small",
                       i % 3 == 0 ? std::span<const int>(fds) : std::span<const int>()));
    }
    REQUIRE(a.wants_write());
    for (int i = 0; i < 60;) {
        REQUIRE(a.flush());
        auto messages = b.receive();
        REQUIRE(messages);
        for (auto& m : *messages) {
            REQUIRE(m.kind == static_cast<std::uint32_t>(i));
            REQUIRE(m.fds.size() == (i % 3 == 0 ? 1U : 0U));
            if (!m.fds.empty()) REQUIRE(read_all(m.fds[0]) == std::to_string(i));
            ++i;
        }
    }
}

TEST_CASE("a message that comes byte by byte is one message") {
    auto [channel, raw] = half_raw();
    const std::string bytes = header(5, 9, 0) + "hello" + header(0, 10, 0);
    std::vector<Message> got;
    for (const char c : bytes) {
        write_raw(raw, {&c, 1});
        auto messages = channel.receive();
        REQUIRE(messages);
        for (auto& m : *messages) got.push_back(std::move(m));
    }
    REQUIRE(got.size() == 2);
    REQUIRE(got[0].kind == 9);
    REQUIRE(got[0].payload == "hello");
    REQUIRE(got[1].payload.empty());
}

TEST_CASE("hostile headers are refused before any memory is taken for them") {
    const auto bytes =
        GENERATE(header(0xffffffff, 1, 0), header(1001, 1, 0), header(10, 50, 0), header(10, 1, 5), header(0, 1, 1));
    auto [channel, raw] = half_raw({.message_bytes = 1000, .kinds = 50});
    write_raw(raw, bytes);
    const auto result = channel.receive();
    REQUIRE_FALSE(result);
    REQUIRE(result.error().code == "message_refused");
    REQUIRE(channel.receive().error().code == "message_refused");
}

TEST_CASE("messages before a hostile one are still given out") {
    auto [channel, raw] = half_raw({.message_bytes = 1000});
    write_raw(raw, header(2, 1, 0) + "ok" + header(5000, 1, 0));
    auto first = channel.receive();
    REQUIRE(first);
    REQUIRE(first->size() == 1);
    REQUIRE_FALSE(channel.receive());
}

TEST_CASE("descriptors that no message announced are refused") {
    auto [channel, raw] = half_raw();
    auto sender = Channel(std::move(raw));
    const Fd pipe = pipe_with("x");
    const int fd = pipe.get();
    std::string bytes = header(0, 1, 0);
    iovec vector{bytes.data(), bytes.size()};
    alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof(int))> control{};
    msghdr message{};
    message.msg_iov = &vector;
    message.msg_iovlen = 1;
    message.msg_control = control.data();
    message.msg_controllen = control.size();
    cmsghdr* c = CMSG_FIRSTHDR(&message);
    c->cmsg_level = SOL_SOCKET;
    c->cmsg_type = SCM_RIGHTS;
    c->cmsg_len = CMSG_LEN(sizeof fd);
    std::memcpy(CMSG_DATA(c), &fd, sizeof fd);
    REQUIRE(::sendmsg(sender.fd(), &message, 0) == static_cast<ssize_t>(bytes.size()));
    static_cast<void>(channel.receive());
    REQUIRE(channel.receive().error().code == "message_refused");
}

TEST_CASE("random bytes never crash the receiver") {
    std::mt19937 random(11);
    for (int round = 0; round < 3000; ++round) {
        auto [channel, raw] = half_raw({.message_bytes = 4096});
        std::string bytes(random() % 200, '\0');
        for (auto& c : bytes) c = static_cast<char>(random() % 4 == 0 ? random() : 0);
        write_raw(raw, bytes);
        raw.reset();
        std::size_t total = 0;
        for (;;) {
            const auto messages = channel.receive();
            if (!messages) break;
            for (const auto& m : *messages) total += m.payload.size() + 12;
        }
        REQUIRE(total <= bytes.size());
    }
}

TEST_CASE("a reader that does not read costs a bounded queue, then refusals") {
    auto pair = channel_pair({.queued_bytes = 100'000});
    auto& [a, b] = *pair;
    const std::string payload(10'000, 'x');
    int taken = 0;
    while (a.send(1, payload)) REQUIRE(++taken < 1000);
    REQUIRE(a.queued_bytes() <= 100'000);
    REQUIRE(a.counters().refused == 1);
    int got = 0;
    while (got < taken) {
        REQUIRE(a.flush());
        const auto messages = b.receive();
        REQUIRE(messages);
        got += static_cast<int>(messages->size());
    }
    REQUIRE(a.send(1, payload));
}

TEST_CASE("what a peer said before it closed is heard, then peer_closed") {
    auto pair = channel_pair();
    {
        auto gone = std::move(pair->first);
        REQUIRE(gone.send(1, "last words"));
    }
    auto& b = pair->second;
    const auto messages = b.receive();
    REQUIRE(messages);
    REQUIRE(messages->at(0).payload == "last words");
    REQUIRE(b.receive().error().code == "peer_closed");
    static_cast<void>(b.send(1, "x"));
    REQUIRE(b.flush().error().code == "peer_closed");
    REQUIRE_FALSE(b.send(1, "x"));
}

TEST_CASE("blocking helpers keep their deadline and move more than the queue holds") {
    auto pair = channel_pair({.message_bytes = 32U << 20U, .queued_bytes = 1000});
    auto& [a, b] = *pair;
    REQUIRE(a.receive_one(monotonic_now() + 20ms).error().code == "timed_out");
    const std::string big(20U << 20U, 'q');
    REQUIRE(a.send_all(1, big, monotonic_now() + 20ms).error().code == "timed_out");
    std::thread reader([&b = b, &big] {
        for (int i = 0; i < 3; ++i) {
            const auto message = b.receive_one(soon());
            if (!message || message->payload != big) return;
        }
        static_cast<void>(b.send_all(2, "done", soon()));
    });
    REQUIRE(a.send_all(1, big, soon()));
    REQUIRE(a.send_all(1, big, soon()));
    const auto answer = a.receive_one(soon());
    reader.join();
    REQUIRE(answer);
    REQUIRE(answer->payload == "done");
}

TEST_CASE("the poll loop runs what is ready, and handlers may remove each other") {
    PollLoop loop;
    const Wake first;
    const Wake second;
    int ran = 0;
    const auto events = [] { return static_cast<short>(POLLIN); };
    for (const auto* wake : {&first, &second}) {
        loop.add(wake->fd(), events, [&, wake](short) {
            wake->drain();
            ++ran;
            loop.remove(wake == &first ? second.fd() : first.fd());
        });
    }
    REQUIRE(loop.run_once(0ns) == 0);
    first.wake();
    first.wake();
    second.wake();
    REQUIRE(loop.run_once(1s) == 1);
    REQUIRE(ran == 1);
    REQUIRE(loop.run_once(0ns) == 0);
}
