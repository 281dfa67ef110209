// What the hub answers to each kind of message of a client.
#include <algorithm>
#include <utility>

#include "base/log.hpp"
#include "base/stages.hpp"
#include "net/hub.hpp"
#include "voice/hygiene.hpp"

namespace tribune::net {
namespace {

constexpr std::size_t retry_clients_per_second = 400;
constexpr std::size_t retry_slot_least_ms = 500;

Error forbidden(std::string_view what) {
    return {"forbidden", "Your key may not " + std::string(what) + ": ask the technician for the right one."};
}

const Error too_many{"rate", "Too fast: send again in a moment."};
const Error full{"busy", "The server has too much to do: send again in a moment."};

}  // namespace

std::optional<Closing> Hub::received(Session& session, std::string_view text) {
    const StageSpan span(WorkStage::receive);
    ++counters_.health.messages_in;
    const auto now = monotonic_now();
    session.heard = now;
    session.pinged = false;
    if (session.closing) return std::nullopt;  // already said goodbye
    if (!session.flood.take(now)) {
        ++counters_.health.culled;
        return Closing{Close::policy, "flood"};
    }
    const auto message = parse_client_message(text);
    if (!session.greeted && !std::holds_alternative<HelloMessage>(message)) {
        return Closing{Close::policy, "no hello"};
    }
    return std::visit([&](const auto& m) { return on(session, m); }, message);
}

std::optional<Closing> Hub::on(Session& session, const Fault& fault) {
    ++counters_.health.refused;
    if (!fault.submit.empty()) {
        send(session, refused_json(fault.submit, fault.error, 0));
    } else if (!fault.request.empty()) {
        send(session, result_json(fault.request, &fault.error, state_ ? state_->revision : 0));
    } else {
        send(session, error_json(fault.error));
    }
    return std::nullopt;
}

std::optional<Closing> Hub::on(Session& session, const HelloMessage& hello) {
    const auto turn_down = [&](Error error, Close code, std::string_view reason) {
        ++counters_.health.refused;
        send(session, error_json(error));
        close_after(session, {code, reason});
    };
    auto actor = holder(hello.key);
    if (session.greeted) {
        send(session, error_json({"bad_message", "Not understood: hello comes once."}));
    } else if (hello.proto != protocol_version) {
        turn_down({"wrong_proto", "This page is older or newer than the server: reload it."}, Close::protocol,
                  "wrong proto");
    } else if (!state_ || !on_disk_ || epoch_.empty()) {
        turn_down({"not_ready", "The show is starting: try again in a moment."}, Close::try_later, "not ready");
    } else if (!actor) {
        ++counters_.wrong_keys;
        turn_down({"wrong_key", "Nobody holds this key: scan the table's code again, or ask the technician."},
                  Close::policy, "wrong key");
    } else if (!is_desk(actor->role) && sessions_.size() + limits_.reserved > limits_.clients) {
        turn_down({"full", "There are too many devices: try again in a moment."}, Close::try_later, "full");
    } else {
        session.actor = *std::move(actor);
        // Facilitators share a key; what they do is known by the name they give.
        if (session.actor.role == Role::facilitator && !session.actor.declared && !hello.nick.empty()) {
            if (const auto nick = clean_text(hello.nick, {.code_points = 40, .clusters = 40}))
                session.actor.name = *nick;
        }
        session.key = hello.key;
        session.device = hello.device;
        if (session.actor.role == Role::rehearsal) session.actor.table = TableNumber{hello.table.value_or(0)};
        greet(session);
    }
    return std::nullopt;
}

void Hub::greet(Session& session) {
    const auto now = monotonic_now();
    session.greeted = true;
    session.limits = &limits_.of(session.actor.role);
    session.rate = TokenBucket(session.limits->per_second, session.limits->burst, now);
    session.flood = TokenBucket(session.limits->flood_per_second, session.limits->flood_burst, now);
    const auto slot = std::max(retry_slot_least_ms, sessions_.size() * 1000 / retry_clients_per_second);
    send(session, welcome_json({session.actor, rights_of(*state_->setup, session.actor), epoch_, show_ms(),
                                *session.limits, slot}));
    session.state_due = true;
    session.seating_due = seating_message_ != nullptr;
    if (is_desk(session.actor.role)) {
        desks_.push_back(&session);
        session.tally_due = true;
        session.moves_due = !moves_.empty();
        session.actual_due = actual_ != nullptr;
    }
    if (session.actor.role == Role::facilitator) {
        facilitators_.push_back(&session);
        session.voice.place.emplace();
        session.voice.consolidation = true;
        session.voice.suggestions = true;
        presence_stale_ = true;
    } else if (!is_desk(session.actor.role)) {
        session.voice.asks = true;
        session.voice.voices = true;
    }
    if (const std::string owner = owner_of(session); !owner.empty()) {
        auto& connections = owners_[owner];
        if (connections.empty() && session.actor.table.value != 0) ++counters_.health.tables;
        connections.push_back(&session);
        send_own(session);
    }
}

void Hub::send_own(Session& session) {
    std::vector<const Contribution*> newest;
    if (const auto at = own_.find(owner_of(session)); at != own_.end()) {
        for (auto i = at->second.rbegin(); i != at->second.rend(); ++i) {
            newest.push_back(&state_->room.contributions[*i]);
        }
    }
    send(session, own_json(*state_, newest, limits_.own_bytes));
}

std::optional<Closing> Hub::on(Session& session, const OwnMessage&) {
    if (owner_of(session).empty()) {
        send(session, error_json(forbidden("ask for a table's answers")));
    } else if (!session.rate.take(monotonic_now())) {
        send(session, error_json(too_many));
    } else {
        send_own(session);
    }
    return std::nullopt;
}

void Hub::refuse(Session& session, const Uuid& id, const Error& error, int retry_after_ms) {
    ++counters_.health.refused;
    send(session, refused_json(to_string(id), error, retry_after_ms));
}

void Hub::fail(Session& session, std::string_view request, const Error& error) {
    ++counters_.health.refused;
    send(session, result_json(request, &error, state_ ? state_->revision : 0));
}

int Hub::busy_ms() { return std::uniform_int_distribution(200, 1000)(random_); }

std::int64_t Hub::show_ms() const {
    return std::chrono::duration_cast<std::chrono::milliseconds>(clock_.at(monotonic_now()).since_start).count();
}

bool Hub::ask_host(Session& session, Command command, Pending pending) {
    if (pending_.size() >= limits_.pending) return false;
    const StageSpan span(WorkStage::submit);
    const auto token = next_token();
    session.in_flight.emplace_back(token, pending.submission.value_or(Uuid{}));
    pending_.emplace(token, std::move(pending));
    if (host_.request(token, session.actor, std::move(command))) return true;
    pending_.erase(token);
    session.in_flight.pop_back();
    return false;
}

std::optional<Closing> Hub::on(Session& session, const SubmitMessage& m) {
    Command command = Submit{
        m.id, DeviceId(session.device), session.actor.table, m.round, m.text, m.language, m.kind, m.part, m.title, {}};
    const bool under_way = std::any_of(session.in_flight.begin(), session.in_flight.end(),
                                       [&](const auto& f) { return f.second == m.id; });
    if (owner_of(session).empty() || !may(session.actor.role, kind_of(command))) {
        refuse(session, m.id, forbidden("send answers for a table"));
    } else if (!session.rate.take(monotonic_now())) {
        refuse(session, m.id, too_many, session.rate.wait_ms());
    } else if (under_way) {
        // The answer to the first copy answers both.
    } else if (session.in_flight.size() >= session.limits->in_flight ||
               !ask_host(session, std::move(command), {session.id, m.id, {}})) {
        refuse(session, m.id, full, busy_ms());
    }
    return std::nullopt;
}

std::optional<Closing> Hub::on(Session& session, const CommandMessage& m) {
    Command command = m.command;
    Speaker* from = speaker_of(command);
    if (from != nullptr) {
        *from = is_desk(session.actor.role) ? Speaker{} : Speaker{DeviceId(session.device), session.actor.table};
    }
    if (from == nullptr && !is_desk(session.actor.role)) {
        fail(session, m.request, forbidden("do this"));
    } else if (const auto right = check_rights(*state_->setup, session.actor, command); !right) {
        fail(session, m.request, right.error());
    } else if (!session.rate.take(monotonic_now())) {
        fail(session, m.request, too_many);
    } else if (session.in_flight.size() >= session.limits->in_flight ||
               !ask_host(session, std::move(command), {session.id, std::nullopt, m.request})) {
        fail(session, m.request, full);
    }
    return std::nullopt;
}

std::optional<Closing> Hub::on(Session& session, const PicturesMessage& m) {
    if (!is_desk(session.actor.role)) {
        send(session, error_json(forbidden("watch pictures")));
        return std::nullopt;
    }
    PicturesMessage known = m;
    std::erase_if(known.want, [&](const PictureWish& w) {
        return !has_picture(*state_, static_cast<PictureRequest::Of>(w.kind), w.name);
    });
    if (known.want.size() < m.want.size()) {
        send(session, error_json({"unknown_picture", "Not all of these faces, sources and views are in the show."}));
    }
    pictures_.want(session.id, known, monotonic_now());
    service_.pictures_wanted();
    return std::nullopt;
}

std::optional<Closing> Hub::on(Session& session, const SeenMessage& m) {
    pictures_.seen(session.id, m.picture);
    return std::nullopt;
}

std::optional<Closing> Hub::on(Session& session, const LearnMessage& m) {
    const auto rights = rights_of(*state_->setup, session.actor);
    if (std::find(rights.commands.begin(), rights.commands.end(), "bind_control") == rights.commands.end()) {
        send(session, error_json(forbidden("say what controllers do")));
    } else {
        service_.learn(session.id, m.on);
    }
    return std::nullopt;
}

std::optional<Closing> Hub::on(Session& session, const ClockMessage& m) {
    send(session, clock_json(m.t, show_ms()));
    return std::nullopt;
}

}  // namespace tribune::net
