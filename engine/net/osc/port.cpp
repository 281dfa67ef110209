#include "net/osc/port.hpp"

#include <arpa/inet.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "show/rights.hpp"
#include "show/tally.hpp"

namespace tribune::net::osc {
namespace {

constexpr double messages_a_second = 200;
constexpr double burst = 400;
constexpr Nanoseconds everything_every = std::chrono::seconds(5);

constexpr std::size_t most_asked = 1024;

std::string name_of(const in_addr& address) {
    std::array<char, INET_ADDRSTRLEN> text{};
    inet_ntop(AF_INET, &address, text.data(), text.size());
    return std::string("osc ") + text.data();
}

}  // namespace

Result<Sender> parse_sender(std::string_view text) {
    const auto equals = text.find('=');
    TRIBUNE_TRY(const in_addr address, parse_host(text.substr(0, equals)));
    Sender sender{address, {}};
    if (equals == std::string_view::npos) return sender;
    sender.operator_name.text = text.substr(equals + 1);
    if (sender.operator_name.empty())
        return Error{"bad_address", fmt::format("\"{}\" names no operator after the =.", text)};
    return sender;
}

Port::Port(ServiceLoop& loop, std::uint64_t first_token, ServerHost& host, SurfaceFaults& faults)
    : host_(host), faults_(faults), rate_(messages_a_second, burst, monotonic_now()), timer_(loop, [this] { due(); }),
      next_token_(first_token) {}

Result<std::unique_ptr<Port>> Port::open(ServiceLoop& loop, const std::string& address, const OscOptions& options,
                                         std::uint64_t first_token, ServerHost& host, SurfaceFaults& faults) {
    std::unique_ptr<Port> made(new Port(loop, first_token, host, faults));
    for (const auto& text : options.senders) {
        TRIBUNE_TRY(Sender sender, parse_sender(text));
        made->senders_.push_back(std::move(sender));
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
    const auto sender = std::find_if(senders_.begin(), senders_.end(),
                                     [&](const Sender& s) { return s.address.s_addr == from.sin_addr.s_addr; });
    if (sender == senders_.end()) {
        ++counters_.strangers;
        return faults_.note("osc", {"unknown_sender",
                                    fmt::format("{} is not listed: name it with --osc-from.", name_of(from.sin_addr))});
    }
    const auto messages = parse(datagram);
    if (!messages) {
        ++counters_.malformed;
        return faults_.note(name_of(sender->address), messages.error());
    }
    for (const auto& message : *messages) carry_out(message, *sender);
}

void Port::refuse(const std::string& from, const Error& error) {
    ++counters_.refused;
    faults_.note(from, error);
}

void Port::carry_out(const Message& message, const Sender& sender) {
    const std::string from = name_of(sender.address);
    ++counters_.messages_in;
    if (!rate_.take(monotonic_now())) {
        ++counters_.too_fast;
        return faults_.note(from, {"too_fast", "More messages come than are taken: what is too much is passed over."});
    }
    if (!state_) return;
    auto commands = commands_of(message, *state_);
    if (!commands) return refuse(from, commands.error());
    Actor actor{Role::producer, "osc", {}};
    if (!sender.operator_name.empty()) {
        const auto known = actor_of(*state_->setup, sender.operator_name);
        actor = known ? *known : Actor{Role::observer, sender.operator_name.text, {}, true};
    }
    for (auto& command : *commands) {
        if (const auto right = check_rights(*state_->setup, actor, command); !right) return refuse(from, right.error());
        const auto token = next_token_++;
        if (asked_.size() >= most_asked) asked_.erase(asked_.begin());
        asked_[token] = from;
        if (host_.request(token, actor, std::move(command))) continue;
        asked_.erase(token);
        refuse(from, {"busy", "The server has too much to do: send again in a moment."});
    }
}

void Port::finish(std::uint64_t token, const Result<std::uint64_t>& sequence) {
    const auto asked = asked_.extract(token);
    if (!sequence) refuse(asked.empty() ? "osc" : asked.mapped(), sequence.error());
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
