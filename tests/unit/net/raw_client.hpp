// A WebSocket client by hand: blocking, with a deadline on everything, and free to break every rule.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>

#include <chrono>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "base/handle.hpp"
#include "base/time.hpp"

namespace tribune::test {

inline constexpr std::chrono::seconds patience{10};

struct Frame {
    int opcode = -1;  // -1: connection lost without a close frame
    std::string payload;
    [[nodiscard]] int close_code() const {
        return opcode == 8 && payload.size() >= 2
                   ? static_cast<unsigned char>(payload[0]) << 8 | static_cast<unsigned char>(payload[1])
                   : 0;
    }
};

class RawClient {
  public:
    // Connects and sends nothing. `receive_buffer` > 0 makes it a small one.
    explicit RawClient(int port, int receive_buffer = 0) : fd_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
        if (receive_buffer > 0) {
            setsockopt(fd_.get(), SOL_SOCKET, SO_RCVBUF, &receive_buffer, sizeof(receive_buffer));
        }
        sockaddr_in to{};
        to.sin_family = AF_INET;
        to.sin_port = htons(static_cast<std::uint16_t>(port));
        to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        connected_ = ::connect(fd_.get(), reinterpret_cast<const sockaddr*>(&to), sizeof(to)) == 0;
        host_ = "127.0.0.1:" + std::to_string(port);
    }

    // The status of the answer, 0 when the server hung up.
    int upgrade(const std::string& path = "/ws", const std::string& extra = "",
                const std::string& protocol = "tribune") {
        send_raw("GET " + path + " HTTP/1.1\r\nHost: " + host_ +
                 "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                 "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: " +
                 protocol + "\r\n" + extra + "\r\n");
        const std::string head = read_head();
        return head.size() > 12 ? std::stoi(head.substr(9, 3)) : 0;
    }

    // Status line and headers, without the empty line.
    std::string read_head() {
        for (;;) {
            if (const auto end = buffer_.find("\r\n\r\n"); end != std::string::npos) {
                std::string head = buffer_.substr(0, end);
                buffer_.erase(0, end + 4);
                return head;
            }
            if (!fill()) return {};
        }
    }
    std::string read_bytes(std::size_t size) {
        while (buffer_.size() < size && fill()) {
        }
        std::string bytes = buffer_.substr(0, size);
        buffer_.erase(0, size);
        return bytes;
    }

    bool send_raw(std::string_view bytes) {
        while (!bytes.empty()) {
            pollfd p{fd_.get(), POLLOUT, 0};
            if (::poll(&p, 1, 10'000) <= 0) return false;
            const auto n = ::send(fd_.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
            if (n < 0) return false;
            bytes.remove_prefix(static_cast<std::size_t>(n));
        }
        return true;
    }
    // Client frames are masked; a mask of zeros is a mask.
    static std::string frame(int opcode, std::string_view payload, bool final = true) {
        std::string out;
        out += static_cast<char>((final ? 0x80 : 0) | opcode);
        if (payload.size() < 126) {
            out += static_cast<char>(0x80U | payload.size());
        } else if (payload.size() < 65536) {
            out += static_cast<char>(0x80 | 126);
            out += static_cast<char>(payload.size() >> 8U);
            out += static_cast<char>(payload.size() & 255U);
        } else {
            out += static_cast<char>(0x80 | 127);
            for (int i = 7; i >= 0; --i)
                out += static_cast<char>((payload.size() >> (8U * static_cast<unsigned>(i))) & 255U);
        }
        out.append(4, '\0');
        out += payload;
        return out;
    }
    bool text(std::string_view message) { return send_raw(frame(1, message)); }
    bool json(const nlohmann::json& message) { return text(message.dump()); }

    // The next data or close frame; pings are answered on the way. opcode -1: the connection is gone.
    Frame next() {
        for (int pings = 0; pings <= most_pings;) {
            std::string head = read_bytes(2);
            if (head.size() < 2) return {};
            std::size_t size = static_cast<unsigned char>(head[1]) & 127U;
            for (int more = size == 126 ? 2 : size == 127 ? 8 : 0; more > 0;) {
                size = 0;
                for (const char c : read_bytes(static_cast<std::size_t>(std::exchange(more, 0)))) {
                    size = size << 8U | static_cast<unsigned char>(c);
                }
            }
            const int opcode = static_cast<unsigned char>(head[0]) & 15;
            Frame f{opcode, read_bytes(size)};
            if (f.payload.size() < size) return {};
            if (opcode == 9) {
                ++pings;
                send_raw(frame(10, f.payload));
                continue;
            }
            if (opcode != 10) return f;
        }
        return {};
    }
    // The next message of this type, others skipped; null when the connection ends first.
    nlohmann::json until(std::string_view type) {
        for (;;) {
            const Frame f = next();
            if (f.opcode == -1 || f.opcode == 8) {
                last_ = f;
                return nullptr;
            }
            if (f.opcode != 1) continue;
            auto message = nlohmann::json::parse(f.payload);
            if (message["type"] == type) return message;
        }
    }
    // Reads until the close frame or the end.
    Frame until_closed() {
        for (;;) {
            const Frame f = next();
            if (f.opcode == -1 || f.opcode == 8) return f;
        }
    }
    // True when the server ends the connection in time; what it still sends is dropped.
    bool ended() {
        while (fill()) buffer_.clear();
        return !timed_out_;
    }

    nlohmann::json hello(const std::string& key, std::optional<int> table = std::nullopt) {
        if (upgrade() != 101) return nullptr;
        nlohmann::json m{{"type", "hello"}, {"proto", 1}, {"key", key}, {"device", "test"}};
        if (table) m["table"] = *table;
        json(m);
        return until("welcome");
    }

    int most_pings = 1'000'000;  // answered while next() waits; then it is as if the connection were lost

    [[nodiscard]] bool connected() const { return connected_; }
    [[nodiscard]] const std::string& host() const { return host_; }
    [[nodiscard]] const Frame& last() const { return last_; }
    void hang_up() { fd_.reset(); }

  private:
    bool fill() {
        pollfd p{fd_.get(), POLLIN, 0};
        if (::poll(&p, 1, static_cast<int>(std::chrono::milliseconds(patience).count())) <= 0) {
            timed_out_ = true;
            return false;
        }
        char bytes[65536];
        const auto n = ::recv(fd_.get(), bytes, sizeof(bytes), 0);
        if (n <= 0) return false;
        buffer_.append(bytes, static_cast<std::size_t>(n));
        return true;
    }

    Fd fd_;
    bool connected_ = false;
    bool timed_out_ = false;
    std::string host_;
    std::string buffer_;
    Frame last_;
};

}  // namespace tribune::test
