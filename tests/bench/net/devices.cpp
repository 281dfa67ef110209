#include "bench/net/devices.hpp"

#include <arpa/inet.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>
#include <ctime>
#include <stdexcept>

namespace tribune::bench {
namespace {

constexpr std::size_t buffer_bytes = 65536;
constexpr Nanoseconds step = std::chrono::milliseconds(1);
constexpr Nanoseconds beat_every = std::chrono::seconds(5);  // as assets/web/shared/connection.ts
constexpr Nanoseconds comes_again = std::chrono::milliseconds(250);

constexpr int op_text = 1;
constexpr int op_close = 8;
constexpr int op_ping = 9;
constexpr int op_pong = 10;

double milliseconds(Nanoseconds time) { return std::chrono::duration<double, std::milli>(time).count(); }

// As a client sends it: masked, by zeros.
std::string frame(int op, std::string_view payload) {
    std::string out;
    out += static_cast<char>(0x80 | op);
    if (payload.size() < 126) {
        out += static_cast<char>(0x80U | payload.size());
    } else {
        out += static_cast<char>(0x80 | 126);
        out += static_cast<char>(payload.size() >> 8U);
        out += static_cast<char>(payload.size() & 255U);
    }
    out.append(4, '\0');
    out += payload;
    return out;
}

std::uint64_t number_after(std::string_view text, std::string_view name) {
    const auto at = text.find(name);
    std::uint64_t number = 0;
    if (at != std::string_view::npos)
        std::from_chars(text.data() + at + name.size(), text.data() + text.size(), number);
    return number;
}

// How long ago the kernel had what was read now.
Nanoseconds waited(msghdr& message) {
    const cmsghdr* head = CMSG_FIRSTHDR(&message);
    if (head == nullptr || head->cmsg_level != SOL_SOCKET || head->cmsg_type != SCM_TIMESTAMPNS) return {};
    timespec came{};
    std::memcpy(&came, CMSG_DATA(head), sizeof came);
    timespec now{};
    clock_gettime(CLOCK_REALTIME, &now);
    return std::chrono::seconds(now.tv_sec - came.tv_sec) + Nanoseconds(now.tv_nsec - came.tv_nsec);
}

void raise_descriptor_limit(std::size_t wanted) {
    rlimit limit{};
    getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = std::min<rlim_t>(limit.rlim_max, std::max<rlim_t>(limit.rlim_cur, wanted));
    setrlimit(RLIMIT_NOFILE, &limit);
    if (limit.rlim_cur < wanted) throw std::runtime_error("too few descriptors: raise the limit of open files");
}

}  // namespace

Devices::Devices(int port, std::vector<DeviceIdentity> identities)
    : port_(port), epoll_(epoll_create1(EPOLL_CLOEXEC)), devices_(identities.size()), buffer_(buffer_bytes),
      away_(identities.size()) {
    raise_descriptor_limit(identities.size() + 256);
    for (std::size_t i = 0; i < identities.size(); ++i) {
        devices_[i].identity = std::move(identities[i]);
        if (devices_[i].identity.writes) writers_.push_back(&devices_[i]);
    }
}

void Devices::write(double per_second) {
    per_second_ = per_second;
    next_answer_ = monotonic_now();
}

void Devices::drop_all(Nanoseconds spread) {
    const auto now = monotonic_now();
    const auto lost = lost_;
    std::uniform_int_distribution<std::int64_t> when(0, spread.count());
    for (auto& device : devices_) {
        if (device.fd) lose(device);
        device.comes = now + Nanoseconds(when(random_));
    }
    lost_ = lost;
    most_connecting_ = devices_.size();
}

void Devices::serve(Nanoseconds time) {
    const auto until = monotonic_now() + time;
    for (auto now = monotonic_now(); now < until; now = monotonic_now()) {
        connect_due(now);
        write_due(now);
        beat_due(now);
        std::array<epoll_event, 512> events{};
        const int n = epoll_wait(epoll_.get(), events.data(), static_cast<int>(events.size()), 1);
        for (int i = 0; i < n; ++i) {
            Device& device = devices_[events[static_cast<std::size_t>(i)].data.u64];
            const auto what = events[static_cast<std::size_t>(i)].events;
            if ((what & EPOLLOUT) != 0 && !device.open && (what & (EPOLLERR | EPOLLHUP)) == 0) {
                epoll_event only_in{EPOLLIN, {.u64 = events[static_cast<std::size_t>(i)].data.u64}};
                epoll_ctl(epoll_.get(), EPOLL_CTL_MOD, device.fd.get(), &only_in);
                send(device, fmt::format("GET /ws HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nUpgrade: websocket\r\nConnection: "
                                         "Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: "
                                         "dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: tribune\r\n\r\n",
                                         port_));
            } else {
                readable(device);
            }
        }
    }
}

bool Devices::serve_until_in(Nanoseconds most) {
    const auto until = monotonic_now() + most;
    while (in_ < devices_.size() && monotonic_now() < until) serve(step);
    return in_ == devices_.size();
}

bool Devices::serve_until_heard(std::uint64_t round, Nanoseconds most) {
    const auto until = monotonic_now() + most;
    while ((round_ < round || heard_ < in_) && monotonic_now() < until) serve(step);
    return round_ >= round && heard_ >= in_;
}

std::vector<double> Devices::heard_ms(MonotonicTime since) const {
    std::vector<double> delays;
    for (const auto& device : devices_) {
        if (device.in && device.round == round_ && device.heard >= since)
            delays.push_back(milliseconds(device.heard - since));
    }
    return delays;
}

Devices::Answers Devices::take_answers() { return std::exchange(answers_, {}); }

// --- connections -------------------------------------------------------------------------------------------

void Devices::connect_due(MonotonicTime now) {
    if (away_ == 0) return;
    for (auto& device : devices_) {
        if (connecting_ >= most_connecting_) return;
        if (!device.fd && now >= device.comes) connect(device);
    }
}

void Devices::connect(Device& device) {
    device.fd = Fd(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    const int yes = 1;
    setsockopt(device.fd.get(), IPPROTO_TCP, TCP_NODELAY, &yes, sizeof(yes));
    setsockopt(device.fd.get(), SOL_SOCKET, SO_TIMESTAMPNS, &yes, sizeof(yes));
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_port = htons(static_cast<std::uint16_t>(port_));
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    --away_;
    ++connecting_;
    if (::connect(device.fd.get(), reinterpret_cast<const sockaddr*>(&to), sizeof(to)) != 0 && errno != EINPROGRESS) {
        lose(device);
        return;
    }
    epoll_event wanted{EPOLLIN | EPOLLOUT, {.u64 = static_cast<std::uint64_t>(&device - devices_.data())}};
    epoll_ctl(epoll_.get(), EPOLL_CTL_ADD, device.fd.get(), &wanted);
}

void Devices::lose(Device& device) {
    device.fd.reset();
    if (std::exchange(device.round, 0) == round_ && round_ > 0) --heard_;
    if (device.in) {
        --in_;
    } else {
        --connecting_;
    }
    ++lost_;
    ++away_;
    device.open = false;
    device.in = false;
    device.rest.clear();
    device.comes = monotonic_now() + comes_again;
}

// Small messages on a local socket: what does not fit at once means that the server takes nothing.
void Devices::send(Device& device, std::string_view bytes) {
    const auto sent = ::send(device.fd.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    if (sent != static_cast<ssize_t>(bytes.size())) lose(device);
}

void Devices::readable(Device& device) {
    iovec into{buffer_.data(), buffer_.size()};
    alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof(timespec))> control{};
    msghdr message{};
    message.msg_iov = &into;
    message.msg_iovlen = 1;
    message.msg_control = control.data();
    message.msg_controllen = control.size();
    const auto n = ::recvmsg(device.fd.get(), &message, MSG_DONTWAIT);
    if (n < 0 && errno == EAGAIN) return;
    if (n <= 0) return lose(device);
    const auto now = monotonic_now();
    late_ = waited(message);
    std::string_view bytes(buffer_.data(), static_cast<std::size_t>(n));
    std::string joined;
    if (!device.rest.empty()) bytes = joined = std::exchange(device.rest, {}).append(bytes);
    if (!device.open && !upgraded(device, bytes)) return;
    frames(device, bytes, now);
}

// Takes the server's answer off the front of `bytes`.
bool Devices::upgraded(Device& device, std::string_view& bytes) {
    const auto end = bytes.find("\r\n\r\n");
    if (end == std::string_view::npos) {
        device.rest = bytes;
        return false;
    }
    if (!bytes.starts_with("HTTP/1.1 101")) {
        lose(device);
        return false;
    }
    bytes.remove_prefix(end + 4);
    device.open = true;
    send(device, frame(op_text, fmt::format(R"({{"type":"hello","proto":1,"key":"{}","device":"{}"}})",
                                            device.identity.key, device.identity.name)));
    return static_cast<bool>(device.fd);
}

void Devices::frames(Device& device, std::string_view bytes, MonotonicTime now) {
    while (device.fd && bytes.size() >= 2) {
        const auto* head = reinterpret_cast<const unsigned char*>(bytes.data());
        std::size_t size = head[1] & 127U;
        std::size_t skip = 2;
        if (size == 126) {
            if (bytes.size() < 4) break;
            size = static_cast<std::size_t>(head[2]) << 8U | head[3];
            skip = 4;
        } else if (size == 127) {
            return lose(device);  // nothing that a device is sent is so long
        }
        if (bytes.size() < skip + size) break;
        const auto payload = bytes.substr(skip, size);
        const int op = head[0] & 15;
        if (op == op_text) text(device, payload, now);
        if (op == op_ping) send(device, frame(op_pong, payload));
        if (op == op_close) return lose(device);
        bytes.remove_prefix(skip + size);
    }
    if (device.fd) device.rest = bytes;
}

// --- what is said ------------------------------------------------------------------------------------------

void Devices::text(Device& device, std::string_view message, MonotonicTime now) {
    constexpr std::string_view state = R"({"type":"state",)";
    constexpr std::string_view stored = R"({"type":"stored","id":")";
    constexpr std::string_view id = R"("id":")";
    if (message.starts_with(state)) {
        const auto round = number_after(message, R"("number":)");
        if (round > round_) {
            round_ = round;
            heard_ = 0;
        }
        if (round == round_ && device.round != round) ++heard_;
        device.round = round;
        device.heard = now;
        answers_.read_late_ms.push_back(milliseconds(late_));
        if (!device.in) {
            device.in = true;
            ++in_;
            --connecting_;
        }
    } else if (message.starts_with(stored)) {
        const auto at = written_at_.find(std::string(message.substr(stored.size(), 36)));
        if (at == written_at_.end()) return;
        answers_.delays_ms.push_back(milliseconds(now - at->second));
        answers_.read_late_ms.push_back(milliseconds(late_));
        written_at_.erase(at);
    } else if (message.find(R"("type":"refused")") != std::string_view::npos) {
        const auto at = message.find(id);
        if (at == std::string_view::npos) return;
        ++answers_.refused;
        written_at_.erase(std::string(message.substr(at + id.size(), 36)));
    }
}

void Devices::write_due(MonotonicTime now) {
    if (per_second_ <= 0 || writers_.empty()) return;
    const auto gap = std::chrono::duration_cast<Nanoseconds>(std::chrono::duration<double>(1 / per_second_));
    for (; next_answer_ <= now; next_answer_ = next_answer_ + gap) {
        Device& device = *writers_[next_writer_++ % writers_.size()];
        if (!device.in || device.round == 0) continue;
        const auto id = new_id();
        // From when it was due: what this thread is late counts.
        written_at_.emplace(id, next_answer_);
        send(device,
             frame(op_text, fmt::format(R"({{"type":"submit","id":"{}","round":{},"text":"{}","language":"fr"}})", id,
                                        device.round, "Un toit d'abord, mot" + std::to_string(ids_ % 300))));
    }
}

// Every page asks for the clock now and then, whatever it shows; those of a room spread over that time.
void Devices::beat_due(MonotonicTime now) {
    static const std::string beat = frame(op_text, R"({"type":"clock","t":1})");
    const auto gap = beat_every / static_cast<std::int64_t>(devices_.size());
    if (now - next_beat_ > beat_every) next_beat_ = now;
    for (; next_beat_ <= now; next_beat_ = next_beat_ + gap) {
        Device& device = devices_[next_beater_++ % devices_.size()];
        if (device.in) send(device, beat);
    }
}

// UUIDv7: Unix milliseconds, then a count (RFC 9562, 5.7).
std::string Devices::new_id() {
    const auto ms = static_cast<std::uint64_t>(unix_milliseconds_now());
    const auto n = ++ids_;
    return fmt::format("{:08x}-{:04x}-7{:03x}-8{:03x}-{:012x}", ms >> 16U, ms & 0xFFFFU, n & 0xFFFU,
                       (n >> 12U) & 0xFFFU, n);
}

}  // namespace tribune::bench
