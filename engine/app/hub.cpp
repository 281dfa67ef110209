#include "app/hub.hpp"

#include <poll.h>

#include "base/log.hpp"
#include "base/stages.hpp"
#include "show/codec.hpp"

namespace tribune {
namespace {

constexpr Nanoseconds accept_pause = std::chrono::milliseconds(200);
constexpr std::size_t messages_a_flush = 32;  // a follower that says much at once does not hold back the others

}  // namespace

Hub::Hub(PollLoop& loop, Listener listener, Handlers handlers)
    : loop_(loop), listener_(std::move(listener)), handlers_(std::move(handlers)) {
    loop_.add(
        listener_.fd(), [this] { return listening(); }, [this](short) { accept(); });
}

Hub::~Hub() {
    loop_.remove(listener_.fd());
    for (auto& [id, connection] : connections_) loop_.remove(connection->channel.fd());
}

short Hub::listening() const { return static_cast<short>(monotonic_now() >= accept_again_ ? POLLIN : 0); }

void Hub::accept() {
    auto accepted = listener_.accept();
    if (!accepted) {
        log::error("not_accepted", "{}", accepted.error().message);
        accept_again_ = monotonic_now() + accept_pause;
        return;
    }
    if (!*accepted) return;
    const auto id = next_id_++;
    auto& connection = *(connections_[id] = std::make_unique<Connection>(id, **std::move(accepted)));
    loop_.add(
        connection.channel.fd(),
        [&] { return static_cast<short>(connection.channel.wants_write() ? POLLIN | POLLOUT : POLLIN); },
        [this, &connection](short ready) { serve(connection, ready); });
}

void Hub::serve(Connection& connection, short ready) {
    if (connection.ending) return;
    if ((ready & POLLOUT) != 0 && !connection.channel.flush()) connection.ending = true;
    auto messages = connection.channel.receive();
    if (!messages) {
        connection.ending = true;
        return;
    }
    if (messages->empty()) return;
    const StageSpan span(WorkStage::batch);
    std::size_t taken = 0;
    for (auto& message : *messages) {
        if (!connection.ending) receive(connection, std::move(message));
        if (++taken % messages_a_flush == 0) flush();
    }
}

void Hub::receive(Connection& connection, Message message) {
    if (!connection.process.empty()) {
        handlers_.message(connection, std::move(message));
        return;
    }
    const auto body = unpack(message.payload);
    const auto peer = connection.channel.peer();
    if (kind_of(message) != Wire::hello || !body || !peer) {
        connection.ending = true;
        return;
    }
    connection.name = text_field(*body, "name");
    connection.pid = peer->pid;
    connection.process = kind_of_process(connection.name);
    if (connection.process.empty() || !handlers_.hello(connection, *body)) connection.ending = true;
}

void Hub::send(Connection& to, Wire kind, const nlohmann::json& body, std::span<const int> fds) {
    if (!to.ending && !to.channel.post(static_cast<std::uint32_t>(kind), pack(body), fds)) drop(to);
}

void Hub::send_packed(Connection& to, Wire kind, const std::string& bytes) {
    if (!to.ending && !to.channel.post(static_cast<std::uint32_t>(kind), bytes)) drop(to);
}

void Hub::drop(Connection& to) {
    log::warning("follower_dropped", "{} does not keep up; it starts again from a snapshot.", to.name);
    ++dropped_;
    to.ending = true;
}

Connection* Hub::find(std::uint64_t id) {
    const auto at = connections_.find(id);
    return at == connections_.end() || at->second->ending ? nullptr : at->second.get();
}

void Hub::flush() {
    for (auto& [id, connection] : connections_) {
        if (!connection->ending && connection->channel.wants_write() && !connection->channel.flush())
            connection->ending = true;
    }
}

void Hub::sweep() {
    for (auto at = connections_.begin(); at != connections_.end();) {
        if (at->second->ending) {
            loop_.remove(at->second->channel.fd());
            at = connections_.erase(at);
        } else {
            ++at;
        }
    }
}

}  // namespace tribune
