// What a client may ask of the server, by the kind of client, and the clock-driven bucket that enforces rates.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstddef>

#include "base/time.hpp"
#include "show/command.hpp"

namespace tribune {

struct ClientLimits {
    std::size_t message_bytes = 4096;  // more: close 1009
    std::size_t queue_bytes = 65536;   // waiting to be sent; more: the client is culled
    unsigned in_flight = 8;            // asked and not yet answered; more: refused `busy`
    double per_second = 10;            // submissions or commands; more: refused `rate`
    double burst = 20;
    double flood_per_second = 100;  // messages of any kind; more: close 1008
    double flood_burst = 300;
};

struct Limits {
    ClientLimits table;                                             // phones too, and everybody before hello
    ClientLimits rehearsal{4096, 65536, 64, 500, 500, 2000, 4000};  // one connection plays a busy table
    ClientLimits desk{65536, 2U << 20U, 64, 200, 400, 1000, 3000};  // queue holds pictures

    std::size_t clients = 16384;    // connections, less when the descriptor limit is lower
    std::size_t reserved = 64;      // of them kept for desks
    std::size_t pending = 16384;    // requests at the host, all clients together
    std::size_t own_bytes = 40000;  // of a table's answers in one `own`

    Nanoseconds hello = std::chrono::seconds(5);
    Nanoseconds ping = std::chrono::milliseconds(5300);      // after so much silence; our pages speak every 5 s
    Nanoseconds silent = std::chrono::seconds(10);           // then it is gone
    Nanoseconds stuck = std::chrono::seconds(8);             // takes nothing of what waits for it
    Nanoseconds picture = std::chrono::seconds(3);           // for the host to answer a picture request
    Nanoseconds desk_state = std::chrono::milliseconds(50);  // between two state messages to desks
    Nanoseconds actual_age = std::chrono::seconds(5);        // older: /healthz says the engine is down

    [[nodiscard]] const ClientLimits& of(Role role) const {
        if (role == Role::table || role == Role::audience) return table;
        return role == Role::rehearsal ? rehearsal : desk;
    }
};

// Tokens flow in at a rate up to a burst; each event takes one. Pure: time comes in.
class TokenBucket {
  public:
    TokenBucket(double per_second, double burst, MonotonicTime now)
        : per_second_(per_second), burst_(burst), tokens_(burst), at_(now) {}

    [[nodiscard]] bool take(MonotonicTime now) {
        const std::chrono::duration<double> passed = now - at_;
        at_ = now;
        tokens_ = std::min(burst_, tokens_ + std::max(0.0, passed.count()) * per_second_);
        if (tokens_ < 1) return false;
        tokens_ -= 1;
        return true;
    }
    // Until the next token, at least 1.
    [[nodiscard]] int wait_ms() const { return std::max(1, static_cast<int>((1 - tokens_) / per_second_ * 1000) + 1); }

  private:
    double per_second_;
    double burst_;
    double tokens_;
    MonotonicTime at_;
};

}  // namespace tribune
