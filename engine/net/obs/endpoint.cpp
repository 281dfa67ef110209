#include "net/obs/endpoint.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/log.hpp"
#include "net/obs/secrets.hpp"
#include "net/obs/view.hpp"
#include "show/rights.hpp"

namespace tribune::net::obs {
namespace {

constexpr std::size_t secret_bytes = 32;

// A field of a subscription: what the client wants, all usual ones when it does not say. Null: not a number.
std::optional<std::uint32_t> subscriptions_in(const Json& data) {
    const auto field = data.find("eventSubscriptions");
    if (field == data.end() || field->is_null()) return usual_events;
    if (!field->is_number_integer() || field->get<std::int64_t>() < 0) return std::nullopt;
    return static_cast<std::uint32_t>(field->get<std::uint64_t>() & 0xFFFFFFFFU);
}

// Passwords of this protocol alone, and operators' keys.
std::map<std::string, std::string> passwords_in(const Keys& keys) {
    constexpr std::string_view own = "obs-websocket";
    std::map<std::string, std::string> passwords;
    for (const auto& [name, key] : keys) {
        const bool ours = name == own || name.starts_with(std::string(own) + "/") || name.starts_with(operator_prefix);
        if (ours && !key.empty()) passwords[name] = key;
    }
    return passwords;
}

const Closing bad_subscriptions{CloseCode::wrong_type, "The field `eventSubscriptions` must be a whole number."};

}  // namespace

Endpoint::Endpoint(Options options, ServerHost& host, SurfaceFaults& faults, Service& service)
    : limits_(options.limits), passwords_(passwords_in(options.keys)), salt_(random_base64(secret_bytes)), host_(host),
      faults_(faults), service_(service), meter_(std::move(options.folder)), pictures_(*this, limits_.picture),
      next_token_(options.first_token) {}

// --- connections --------------------------------------------------------------------------------------------

Session* Endpoint::opened(lws* wsi, Encoding encoding) {
    if (sessions_.size() >= limits_.sessions) {
        ++counters_.turned_away;
        return nullptr;
    }
    auto made = std::make_unique<Session>(++last_session_, wsi, encoding);
    Session& session = *made;
    session.opened = monotonic_now();
    session.challenge = random_base64(secret_bytes);
    sessions_.emplace(session.id, std::move(made));
    counters_.sessions = sessions_.size();
    greet(session);
    arm();
    return &session;
}

void Endpoint::closed(Session& session) {
    sessions_.erase(session.id);  // what it asked goes its way; answers find nobody
    counters_.sessions = sessions_.size();
}

SharedMessage Endpoint::next(Session& session) {
    auto message = session.out.pop();
    if (message) {
        ++session.messages_out;
        ++counters_.messages_out;
    }
    return message;
}

bool Endpoint::has_more(const Session& session) const {
    return !session.out.empty() || session.ping_due || session.closing;
}

void Endpoint::send(Session& session, const Json& message) {
    const bool binary = session.encoding == Encoding::msgpack;
    send(session, std::make_shared<OutMessage>(encode(session.encoding, message), "", binary));
}

void Endpoint::send(Session& session, const SharedMessage& message) {
    if (session.out.push(message, limits_.queue_bytes)) return service_.want_turn(session.wsi);
    if (std::exchange(session.cut, true)) return;
    ++counters_.culled;
    log::warning("obs_client_culled", "An obs-websocket client does not read what it asked for; it is cut off.");
    service_.cut(session.wsi);
}

// --- messages -----------------------------------------------------------------------------------------------

void Endpoint::greet(Session& session) {
    send(session, message(Op::hello, {{"obsStudioVersion", studio_spoken},
                                      {"obsWebSocketVersion", protocol_spoken},
                                      {"rpcVersion", 1},
                                      {"authentication", {{"challenge", session.challenge}, {"salt", salt_}}}}));
}

std::optional<Closing> Endpoint::received(Session& session, std::string_view bytes, bool binary) {
    auto closing = take(session, bytes, binary);
    if (closing && closing->code != CloseCode::wrong_password)  // which is noted where it is found
        faults_.note("obs-websocket", {"not_understood", "A client was closed: " + closing->reason});
    return closing;
}

std::optional<Closing> Endpoint::take(Session& session, std::string_view bytes, bool binary) {
    ++session.messages_in;
    ++counters_.messages_in;
    if (session.closing || session.cut) return std::nullopt;
    if (binary != (session.encoding == Encoding::msgpack))
        return Closing{CloseCode::undecodable, "JSON comes in text frames, MessagePack in binary ones."};
    const auto read = decode(session.encoding, bytes);
    if (!read || !read->is_object())
        return Closing{CloseCode::undecodable, "This message is no map in the encoding chosen."};
    if (!session.identified && read->contains("request-type"))
        return Closing{CloseCode::wrong_version, "This client speaks obs-websocket 4: version 5 is needed."};
    const auto op = read->find("op");
    if (op == read->end() || !op->is_number_integer())
        return Closing{CloseCode::unknown_op, "The field `op` must be a number."};
    const auto data = read->find("d");
    if (data == read->end() || data->is_null()) return Closing{CloseCode::missing_field, "The field `d` is missing."};
    if (!data->is_object()) return Closing{CloseCode::wrong_type, "The field `d` must be a map."};

    const auto kind = op->get<std::int64_t>();
    const auto is = [&](Op wanted) { return kind == static_cast<std::int64_t>(wanted); };
    if (is(Op::identify)) return on_identify(session, *data);
    if (!session.identified) return Closing{CloseCode::not_identified, "Identify must come first."};
    if (is(Op::reidentify)) return on_reidentify(session, *data);
    if (is(Op::request)) return on_job(session, parse_request(*data), bytes.size());
    if (is(Op::batch)) return on_job(session, parse_batch(*data), bytes.size());
    return Closing{CloseCode::unknown_op, fmt::format("There is no `op` {} for clients.", kind)};
}

// The words in these two reasons are what clients look for.
std::optional<Closing> Endpoint::authenticate(Session& session, const Json& data) {
    const auto given = data.find("authentication");
    if (given == data.end() || !given->is_string())
        return Closing{CloseCode::wrong_password,
                       "Identify is missing an `authentication` string: a password is needed."};
    const std::string* name = nullptr;
    for (const auto& [key, password] : passwords_) {
        const auto wanted = expected_answer(password, salt_, session.challenge);
        if (same_secret(wanted, given->get_ref<const std::string&>())) name = &key;  // no early way out
    }
    if (name == nullptr) {
        ++counters_.wrong_passwords;
        faults_.note("obs-websocket",
                     {"wrong_password", "A client came with a wrong password: give it one of keys.json."});
        return Closing{CloseCode::wrong_password, "Authentication failed: nobody has this password."};
    }
    session.key_name = *name;
    session.actor = {Role::producer, *name, {}};
    if (!name->starts_with(operator_prefix)) return std::nullopt;
    if (!state_) return Closing{CloseCode::going_away, "The show is starting."};
    const auto actor = actor_of(*state_->setup, OperatorName(name->substr(operator_prefix.size())));
    if (!actor) return Closing{CloseCode::wrong_password, "Authentication failed: the show has no such operator."};
    session.actor = *actor;
    return std::nullopt;
}

void Endpoint::set_keys(const Keys& keys) {
    const auto before = std::exchange(passwords_, passwords_in(keys));
    for (auto& [id, session] : sessions_) {
        const auto now = passwords_.find(session->key_name);
        const auto then = before.find(session->key_name);
        const bool same = now != passwords_.end() && then != before.end() && now->second == then->second;
        if (session->identified && !same) revoke(*session);
    }
}

void Endpoint::revoke(Session& session) {
    session.closing = Closing{CloseCode::kicked, "This password is void from now on."};
    service_.want_turn(session.wsi);
}

// Operators that the show no longer has, or has as something else.
void Endpoint::check_operators() {
    for (auto& [id, session] : sessions_) {
        if (!session->actor.declared) continue;
        const auto actor = actor_of(*state_->setup, OperatorName(session->actor.name));
        if (!actor) revoke(*session);
        if (actor) session->actor = *actor;
    }
}

std::optional<Closing> Endpoint::on_identify(Session& session, const Json& data) {
    if (session.identified) return Closing{CloseCode::already_identified, "Identify comes once."};
    if (auto closing = authenticate(session, data)) return closing;
    const auto version = data.find("rpcVersion");
    if (version == data.end() || version->is_null())
        return Closing{CloseCode::missing_field, "The field `rpcVersion` is missing."};
    if (!version->is_number_integer() || version->get<std::int64_t>() < 0)
        return Closing{CloseCode::wrong_type, "The field `rpcVersion` must be a whole number."};
    if (version->get<std::int64_t>() != 1)
        return Closing{CloseCode::wrong_version, "Only `rpcVersion` 1 is spoken here."};
    const auto wanted = subscriptions_in(data);
    if (!wanted) return bad_subscriptions;
    session.subscriptions = *wanted;
    session.identified = true;
    if (!look_ && state_) tell_changes(show_now());  // from here on there is somebody to tell
    send(session, message(Op::identified, {{"negotiatedRpcVersion", 1}}));
    return std::nullopt;
}

std::optional<Closing> Endpoint::on_reidentify(Session& session, const Json& data) {
    const auto wanted = data.contains("eventSubscriptions") ? subscriptions_in(data) : session.subscriptions;
    if (!wanted) return bad_subscriptions;
    session.subscriptions = *wanted;
    send(session, message(Op::identified, {{"negotiatedRpcVersion", 1}}));
    return std::nullopt;
}

std::optional<Closing> Endpoint::on_job(Session& session, std::variant<Job, Closing> job, std::size_t bytes) {
    if (auto* closing = std::get_if<Closing>(&job)) return std::move(*closing);
    if (session.inbox.size() >= limits_.inbox_messages || session.inbox_bytes + bytes > limits_.inbox_bytes) {
        ++counters_.culled;
        return Closing{CloseCode::kicked, "Too many requests wait: send fewer at once."};
    }
    auto& asked = std::get<Job>(job);
    asked.id = ++last_job_;
    session.inbox.push_back({std::move(asked), bytes});
    session.inbox_bytes += bytes;
    pump(session);
    arm();
    return std::nullopt;
}

// --- events -------------------------------------------------------------------------------------------------

void Endpoint::tell(const Event& event) {
    const Json whole =
        message(Op::event, {{"eventType", event.type}, {"eventIntent", event.intent}, {"eventData", event.data}});
    std::array<SharedMessage, encodings> rendered;
    for (auto& [id, session] : sessions_) {
        if (!session->identified || session->closing || (session->subscriptions & event.intent) == 0) continue;
        auto& shared = rendered[static_cast<std::size_t>(session->encoding)];
        if (!shared) {
            shared = std::make_shared<OutMessage>(encode(session->encoding, whole), "",
                                                  session->encoding == Encoding::msgpack);
        }
        send(*session, shared);
    }
}

void Endpoint::tell_changes(ShowTime now) {
    change_due_.reset();
    if (sessions_.empty()) return look_.reset();
    Look newest = look(state_, now);
    if (const auto change = next_change(*state_, now)) change_due_ = clock_.monotonic(*change);
    if (look_) {
        for (const auto& event : events_between(*look_, newest)) tell(event);
    }
    look_ = std::move(newest);
}

void Endpoint::set_state(std::shared_ptr<const ShowState> state) {
    const bool same_pictures =
        state_ && state_->setup == state->setup && state_->scenes == state->scenes && state_->stage == state->stage;
    const bool other_operators = state_ && state_->setup->operators != state->setup->operators;
    state_ = std::move(state);
    if (other_operators) check_operators();
    if (same_pictures) return;
    // What was decided at this time has happened, whatever this machine's clock says.
    tell_changes(std::max(show_now(), state_->at));
    arm();
}

void Endpoint::set_levels(const SoundLevels& levels) {
    const bool wanted = std::any_of(sessions_.begin(), sessions_.end(), [](const auto& s) {
        return s.second->identified && (s.second->subscriptions & intent::input_volume_meters) != 0;
    });
    if (wanted) tell(meters(levels));
}

// --- time ---------------------------------------------------------------------------------------------------

void Endpoint::due() {
    const auto now = monotonic_now();
    pictures_.tick(now);
    if (change_due_ && *change_due_ <= now) tell_changes(std::max(clock_.at(now), clock_.at(*change_due_)));
    std::vector<Session*> woken;
    for (auto& [id, session] : sessions_) {
        for (auto& job : session->jobs) {
            if (!job.asleep || *job.asleep > now) continue;
            job.asleep.reset();
            woken.push_back(session.get());
        }
        if (!session->identified && !session->closing && now - session->opened > limits_.identify) {
            session->closing = Closing{CloseCode::not_identified, "No Identify came."};
            service_.want_turn(session->wsi);
        }
    }
    for (auto* session : woken) pump(*session);
    arm();
}

void Endpoint::arm() {
    const auto now = monotonic_now();
    std::optional<MonotonicTime> next;
    const auto by = [&](MonotonicTime t) {
        if (!next || t < *next) next = t;
    };
    if (change_due_) by(*change_due_);
    if (!pictures_.idle()) by(now + PictureDesk::step);
    for (const auto& [id, session] : sessions_) {
        if (!session->identified) by(session->opened + limits_.identify);
        for (const auto& job : session->jobs)
            if (job.asleep) by(*job.asleep);
    }
    if (next) service_.call_due_in(std::max(Nanoseconds(0), *next - now) + std::chrono::microseconds(100));
}

void Endpoint::ping() {
    for (auto& [id, session] : sessions_) {
        session->ping_due = true;
        service_.want_turn(session->wsi);
    }
}

void Endpoint::leave() {
    for (auto& [id, session] : sessions_) {
        session->closing = Closing{CloseCode::going_away, "The show ends."};
        service_.want_turn(session->wsi);
    }
}

}  // namespace tribune::net::obs
