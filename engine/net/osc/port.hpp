// OSC over UDP (docs/osc.md): off unless configured; heard from listed senders only, each as the operator that it is listed
// as, or as a producer.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "net/datagrams.hpp"
#include "net/limits.hpp"
#include "net/osc/tree.hpp"
#include "net/server.hpp"
#include "net/surface_faults.hpp"

namespace tribune::net::osc {

// "192.0.2.7", or as an operator: "192.0.2.7=lea".
struct Sender {
    in_addr address{};
    OperatorName operator_name;
};
// Error bad_address.
Result<Sender> parse_sender(std::string_view text);

struct Counters {
    std::uint64_t messages_in = 0;
    std::uint64_t strangers = 0;  // datagrams from who is not listed
    std::uint64_t malformed = 0;
    std::uint64_t refused = 0;  // unknown, ill-typed, or refused by the authority
    std::uint64_t too_fast = 0;
    std::uint64_t unsent = 0;  // datagrams that the system did not take
};

// Service thread.
class Port {
  public:
    // Errors: bad_address, port_in_use.
    static Result<std::unique_ptr<Port>> open(ServiceLoop& loop, const std::string& address, const OscOptions& options,
                                              std::uint64_t first_token, ServerHost& host, SurfaceFaults& faults);

    void set_clock(ShowClock clock) { clock_ = clock; }
    void set_state(std::shared_ptr<const ShowState> state);
    void finish(std::uint64_t token, const Result<std::uint64_t>& sequence);

    // Null: it does not listen.
    [[nodiscard]] std::optional<int> number() const;
    [[nodiscard]] const Counters& counters() const { return counters_; }

  private:
    Port(ServiceLoop& loop, std::uint64_t first_token, ServerHost& host, SurfaceFaults& faults);
    void hear(std::string_view datagram, const sockaddr_in& from);
    void carry_out(const Message& message, const Sender& sender);
    void refuse(const std::string& from, const Error& error);
    void tell(bool everything);
    void due();

    ServerHost& host_;
    SurfaceFaults& faults_;
    std::unique_ptr<Datagrams> socket_;
    bool listens_ = false;
    std::vector<Sender> senders_;
    std::map<std::uint64_t, std::string> asked_;  // token to who asked
    std::vector<sockaddr_in> listeners_;
    TokenBucket rate_;
    LoopTimer timer_;
    MonotonicTime all_told_;
    ShowClock clock_;
    std::shared_ptr<const ShowState> state_;
    Facts told_;
    std::uint64_t next_token_;
    Counters counters_;
};

}  // namespace tribune::net::osc
