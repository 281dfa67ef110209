#include "app/follower.hpp"

#include <fcntl.h>
#include <poll.h>

#include "base/log.hpp"
#include "base/stages.hpp"
#include "link/listener.hpp"
#include "show/codec.hpp"

namespace tribune {
namespace {

constexpr Nanoseconds stages_every = std::chrono::seconds(1);
constexpr Nanoseconds reconnect_every = std::chrono::milliseconds(50);

}  // namespace

Follower::Follower(FollowerIdentity identity, Handlers handlers)
    : identity_(std::move(identity)), handlers_(std::move(handlers)), thread_([this] { run(); }) {}

Follower::~Follower() {
    stop_ = true;
    wake_.wake();
    thread_.join();
}

bool Follower::send(Wire kind, const nlohmann::json& body, int fd) {
    Outgoing out{kind, pack(body), fd >= 0 ? Fd(::fcntl(fd, F_DUPFD_CLOEXEC, 0)) : Fd()};
    if (fd >= 0 && !out.fd) return false;
    {
        // Taken while connected or not at all: what comes after `lost` would reach the next engine.
        const std::lock_guard lock(mutex_);
        if (!connected_ || !outgoing_.push(std::move(out))) return false;
    }
    wake_.wake();
    return true;
}

ShowClock Follower::clock() const {
    const std::lock_guard lock(mutex_);
    return clock_;
}

void Follower::run() {
    while (!stop_) {
        serve();
        {
            const std::lock_guard lock(mutex_);
            if (connected_ && !stop_) log::warning("engine_lost", "The engine is gone; going on with what is known.");
            connected_ = false;
            // What was meant for the lost engine is void: callers hear of it by `lost` and ask again.
            (void)outgoing_.drain(most_waiting);
        }
        if (handlers_.lost) handlers_.lost();
        if (stop_) return;
        pollfd wait{wake_.fd(), POLLIN, 0};
        poll(&wait, 1, static_cast<int>(reconnect_every / std::chrono::milliseconds(1)));
        wake_.drain();
    }
}

void Follower::serve() {
    auto connected = connect_to(identity_.socket, wire_limits());
    if (!connected) return;
    Channel channel = *std::move(connected);
    if (!tribune::send(channel, Wire::hello, {{"name", identity_.name}, {"build", build_id()}})) {
        return;
    }
    PollLoop loop;
    bool alive = true;
    loop.add(
        channel.fd(), [&] { return static_cast<short>(channel.wants_write() ? POLLIN | POLLOUT : POLLIN); },
        [&](short ready) {
            if ((ready & POLLOUT) != 0 && !channel.flush()) alive = false;
            auto messages = channel.receive();
            if (!messages) {
                alive = false;
                return;
            }
            for (auto& message : *messages) {
                const auto before = state_;
                alive = alive && receive(std::move(message));
                if (handlers_.step && state_ != before) handlers_.step(state_);
            }
            if (state_changed_ && handlers_.state) handlers_.state(state_);
            state_changed_ = false;
        });
    loop.add(
        wake_.fd(), [] { return static_cast<short>(POLLIN); },
        [&](short) {
            wake_.drain();
            alive = write_waiting(channel) && alive;
        });
    MonotonicTime told;
    while (alive && !stop_) {
        loop.run_once(stages_every);
        if (const auto now = monotonic_now(); now - told >= stages_every) {
            told = now;
            alive = tribune::send(channel, Wire::stages, encode(stage_times())) && alive;
        }
    }
    if (alive) (void)write_waiting(channel);  // last words
}

bool Follower::write_waiting(Channel& channel) {
    bool written = true;
    for (auto& out : outgoing_.drain(most_waiting)) {
        const int fd = out.fd.get();
        written =
            channel.post(static_cast<std::uint32_t>(out.kind), out.body, std::span(&fd, out.fd ? 1U : 0U)) && written;
    }
    return channel.flush() && written;
}

bool Follower::receive(Message message) {
    const Wire kind = kind_of(message);
    if (kind == Wire::snapshot || kind == Wire::record || kind == Wire::stage || kind == Wire::welcome) {
        auto body = unpack(message.payload);
        if (!body || !body->is_object()) return false;
        if (kind == Wire::welcome) {
            {
                const std::lock_guard lock(mutex_);
                const auto offset = body->find("clock_offset");
                if (offset != body->end() && offset->is_number_integer())
                    clock_.offset = Nanoseconds(offset->get<std::int64_t>());
                connected_ = true;
            }
            if (handlers_.welcome) handlers_.welcome(*body);
        } else if (kind == Wire::snapshot) {
            auto state = decode_state(*body);
            if (!state) {
                log::error("bad_snapshot", "{}", state.error().message);
                return false;
            }
            state_ = std::make_shared<const ShowState>(*std::move(state));
            state_changed_ = true;
        } else if (kind == Wire::stage) {
            auto stage = decode_stage(*body);
            if (!stage || !state_) return false;
            ShowState state = *state_;
            state.stage = *std::move(stage);
            state_ = std::make_shared<const ShowState>(std::move(state));
            state_changed_ = true;
        } else {
            return follow(*body);
        }
        return true;
    }
    if (kind == Wire::quit) {
        stop_ = true;  // no engine comes after this one
        if (handlers_.quit) handlers_.quit();
    } else if (handlers_.other) {
        handlers_.other(std::move(message));
    }
    return true;
}

// The authority applied it: where it does not apply here, this state is another one, and a new hello brings a snapshot.
bool Follower::follow(const nlohmann::json& body) {
    auto record = decode_record(body);
    if (!record || !state_) return false;
    if (record->stamp.sequence != state_->revision + 1) {
        log::error("follower_gap", "Record {} came after {}.", record->stamp.sequence, state_->revision);
        return false;
    }
    auto next = apply(*state_, record->command, record->stamp, record->actor);
    if (!next) {
        log::error("follower_differs", "Record {} does not apply here: {}", record->stamp.sequence,
                   next.error().message);
        return false;
    }
    state_ = std::make_shared<const ShowState>(*std::move(next));
    state_changed_ = true;
    if (handlers_.decided) handlers_.decided(*record);
    return true;
}

}  // namespace tribune
