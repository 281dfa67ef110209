// Tables and phones by the thousand on one thread: WebSocket clients that cost as little as can be (epoll, no
// library, no parsing beyond what is measured), since they share the machine with the program that is measured.
#pragma once

#include <cstdint>
#include <random>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/handle.hpp"
#include "base/time.hpp"

namespace tribune::bench {

struct DeviceIdentity {
    std::string key;
    std::string name;
    bool writes = false;  // a table; else a phone, which only listens
};

// All on the thread that made it.
class Devices {
  public:
    Devices(int port, std::vector<DeviceIdentity> identities);

    // Answers a second that the tables write from now on, all together and evenly; 0: none.
    void write(double per_second);
    // Drops every connection at once; each device comes back at some instant within `spread`, however many do then.
    void drop_all(Nanoseconds spread);
    // Serves all connections for so long, or until all devices are in.
    void serve(Nanoseconds time);
    bool serve_until_in(Nanoseconds most);
    // Until everybody who is in has heard of this round or a later one.
    bool serve_until_heard(std::uint64_t round, Nanoseconds most);
    [[nodiscard]] std::uint64_t round() const { return round_; }  // the newest that anyone heard of

    [[nodiscard]] std::size_t in() const { return in_; }  // welcomed, and told the state

    // The newest round that anyone heard of: how long after `since` each device heard of it, of those who did.
    [[nodiscard]] std::vector<double> heard_ms(MonotonicTime since) const;

    // What came of the answers since the last call.
    struct Answers {
        std::vector<double> delays_ms;  // written to stored
        std::uint64_t refused = 0;
        std::vector<double> read_late_ms;  // acknowledgements and bells: from the kernel's having it to our reading it
    };
    Answers take_answers();
    [[nodiscard]] std::size_t unanswered() const { return written_at_.size(); }
    [[nodiscard]] std::uint64_t lost_connections() const { return lost_; }

  private:
    struct Device {
        DeviceIdentity identity;
        Fd fd;
        bool open = false;  // the upgrade is done
        bool in = false;
        std::uint64_t round = 0;
        MonotonicTime heard;  // of that round
        MonotonicTime comes;  // when it connects
        std::string rest;     // of a message that has come in part
    };

    void connect(Device& device);
    void connect_due(MonotonicTime now);
    void write_due(MonotonicTime now);
    void beat_due(MonotonicTime now);
    void readable(Device& device);
    void lose(Device& device);
    bool upgraded(Device& device, std::string_view& bytes);
    void frames(Device& device, std::string_view bytes, MonotonicTime now);
    void text(Device& device, std::string_view message, MonotonicTime now);
    void send(Device& device, std::string_view bytes);
    std::string new_id();

    const int port_;
    Fd epoll_;
    std::vector<Device> devices_;
    std::vector<Device*> writers_;
    std::vector<char> buffer_;
    std::minstd_rand random_{1};
    std::size_t most_connecting_ = 128;  // a room does not arrive in one instant
    std::size_t connecting_ = 0;
    std::size_t away_ = 0;  // neither connected nor on the way
    std::size_t in_ = 0;
    std::uint64_t round_ = 0;
    std::size_t heard_ = 0;  // devices that know of it
    double per_second_ = 0;
    MonotonicTime next_answer_;
    std::size_t next_writer_ = 0;
    MonotonicTime next_beat_;
    std::size_t next_beater_ = 0;
    std::uint64_t ids_ = 0;
    std::unordered_map<std::string, MonotonicTime> written_at_;
    Answers answers_;
    std::uint64_t lost_ = 0;
    Nanoseconds late_{0};  // of what is being read
};

}  // namespace tribune::bench
