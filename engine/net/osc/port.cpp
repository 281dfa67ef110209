#include "net/osc/port.hpp"

#include <algorithm>
#include <utility>

#include "base/log.hpp"
#include "show/tally.hpp"

namespace tribune::net::osc {
namespace {

constexpr double messages_a_second = 200;
constexpr double burst = 400;
constexpr Nanoseconds everything_every = std::chrono::seconds(5);

const Actor speaker{Role::producer, "osc", {}};

}  // namespace

Port::Port(ServiceLoop& loop, std::uint64_t first_token, ServerHost& host)
    : host_(host), rate_(messages_a_second, burst, monotonic_now()), timer_(loop, [this] { due(); }),
      next_token_(first_token) {}

Result<std::unique_ptr<Port>> Port::open(ServiceLoop& loop, const std::string& address, const OscOptions& options,
                                         std::uint64_t first_token, ServerHost& host) {
    std::unique_ptr<Port> made(new Port(loop, first_token, host));
    for (const auto& text : options.senders) {
        TRIBUNE_TRY(const in_addr sender, parse_host(text));
        made->senders_.push_back(sender);
    }
    for (const auto& text : options.listeners) {
        TRIBUNE_TRY(const sockaddr_in listener, parse_endpoint(text));
        made->listeners_.push_back(listener);
    }
    made->listens_ = options.port.has_value();
    const auto heard = [port = made.get()](std::string_view datagram, const sockaddr_in& from) {
        port->hear(datagram, from);
    };
    TRIBUNE_TRY(made->socket_, Datagrams::open(loop, address, options.port, heard));
    return made;
}

std::optional<int> Port::number() const { return listens_ ? std::optional(socket_->port()) : std::nullopt; }

void Port::hear(std::string_view datagram, const sockaddr_in& from) {
    const bool listed = std::any_of(senders_.begin(), senders_.end(),
                                    [&](const in_addr& sender) { return sender.s_addr == from.sin_addr.s_addr; });
    if (!listed) {
        if (++counters_.strangers == 1)
            log::warning("osc_stranger", "OSC came from an address that is not listed: name it with --osc-from.");
        return;
    }
    const auto messages = parse(datagram);
    if (!messages) {
        if (++counters_.malformed == 1) log::warning("osc_malformed", "{}", messages.error().message);
        return;
    }
    for (const auto& message : *messages) carry_out(message);
}

void Port::carry_out(const Message& message) {
    ++counters_.messages_in;
    if (!rate_.take(monotonic_now())) {
        ++counters_.too_fast;
        return;
    }
    if (!state_) return;
    auto commands = commands_of(message, *state_);
    if (!commands) {
        if (++counters_.refused == 1) log::warning("osc_refused", "{}", commands.error().message);
        return;
    }
    for (auto& command : *commands) {
        if (!may(speaker.role, kind_of(command)) || !host_.request(next_token_++, speaker, std::move(command)))
            ++counters_.refused;
    }
}

void Port::finish(const Result<std::uint64_t>& sequence) {
    if (!sequence && ++counters_.refused == 1) log::warning("osc_refused", "{}", sequence.error().message);
}

void Port::set_state(std::shared_ptr<const ShowState> state) {
    state_ = std::move(state);
    if (!listeners_.empty()) tell(false);
}

void Port::tell(bool everything) {
    const auto now = std::max(clock_.at(monotonic_now()), state_->at);
    Facts newest = facts(*state_, now);
    const auto messages = changes(everything ? Facts() : told_, newest);
    told_ = std::move(newest);
    if (everything) all_told_ = monotonic_now();
    for (const auto& bundle : encode_bundles(messages)) {
        for (const auto& listener : listeners_)
            if (!socket_->send(bundle, listener)) ++counters_.unsent;
    }
    // What time alone changes: the end of a transition.
    Nanoseconds wait = everything_every - (monotonic_now() - all_told_);
    if (const auto change = next_tally_change(*state_, now))
        wait = std::min(wait, *change - now + Nanoseconds(std::chrono::milliseconds(1)));
    timer_.start(std::max(wait, Nanoseconds(std::chrono::milliseconds(1))));
}

void Port::due() {
    if (state_) tell(monotonic_now() - all_told_ >= everything_every);
}

}  // namespace tribune::net::osc
