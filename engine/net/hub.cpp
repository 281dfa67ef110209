#include "net/hub.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

#include "base/log.hpp"
#include "base/stages.hpp"
#include "show/codec.hpp"

namespace tribune::net {

namespace {

constexpr std::size_t most_moves = 12;  // kept; an older one is forgotten

}  // namespace

bool is_desk(Role role) { return role != Role::table && role != Role::audience && role != Role::rehearsal; }

bool hears(Role role) { return role == Role::producer || role == Role::technician || role == Role::observer; }

Hub::Hub(const ServerOptions& options, ServerHost& host, Service& service)
    : limits_(options.limits), host_(host), service_(service), keys_(options.keys),
      pictures_(*this, options.limits.picture), random_(std::random_device{}()) {}

// --- connections -------------------------------------------------------------------------------------------

Session* Hub::opened(lws* wsi) {
    auto session = std::make_unique<Session>(++last_session_, wsi, limits_.table, monotonic_now());
    auto* raw = session.get();
    sessions_.emplace(raw->id, std::move(session));
    counters_.health.clients = static_cast<std::uint32_t>(sessions_.size());
    return raw;
}

void Hub::closed(Session& session) {
    service_.learn(session.id, false);
    pictures_.forget(session.id);
    std::erase(desks_, &session);
    presence_stale_ = std::erase(facilitators_, &session) != 0 || presence_stale_;
    if (const auto at = owners_.find(owner_of(session)); at != owners_.end()) {
        std::erase(at->second, &session);
        if (at->second.empty()) {
            owners_.erase(at);
            if (session.actor.table.value != 0) --counters_.health.tables;
        }
    }
    sessions_.erase(session.id);  // answers still to come find nobody: the client sends again
    counters_.health.clients = static_cast<std::uint32_t>(sessions_.size());
}

Session* Hub::find(std::uint64_t session) {
    const auto at = sessions_.find(session);
    return at == sessions_.end() ? nullptr : at->second.get();
}

SharedMessage Hub::next(Session& session) {
    session.waiting.reset();
    auto message = session.out.pop();
    if (!message && std::exchange(session.state_due, false)) {
        message = is_desk(session.actor.role) ? desk_state() : room_message_;
    }
    if (!message && std::exchange(session.seating_due, false)) message = seating_message_;
    if (!message) message = voices_.next(session.voice);
    if (!message && std::exchange(session.tally_due, false)) message = tally_message();
    if (!message && std::exchange(session.moves_due, false)) message = moves_message();
    if (!message && std::exchange(session.actual_due, false)) message = actual_message();
    if (!message && std::exchange(session.levels_due, false)) message = levels_message_;
    if (message) ++counters_.messages_out;
    return message;
}

bool Hub::has_more(const Session& session) const {
    return !session.out.empty() || session.state_due || session.seating_due || session.tally_due || session.moves_due ||
           session.actual_due || session.levels_due || session.ping_due || session.closing || session.voice.any() ||
           (session.voice.place && voices_.behind(*session.voice.place));
}

void Hub::turn(Session& session) {
    if (!session.waiting) session.waiting = monotonic_now();
    service_.want_turn(session);
}

void Hub::send(Session& session, std::string_view json) { send(session, text_message(json)); }

bool Hub::send(Session& session, const SharedMessage& message) {
    if (session.out.push(message, session.limits->queue_bytes)) {
        turn(session);
        return true;
    }
    if (!message->binary()) cull(session);  // a word must not be dropped from the middle: start anew
    return false;
}

void Hub::cull(Session& session) {
    if (std::exchange(session.cut, true)) return;
    ++counters_.health.culled;
    service_.cut(session.wsi);
}

void Hub::close_after(Session& session, Closing closing) {
    session.closing = closing;
    turn(session);
}

// --- keys --------------------------------------------------------------------------------------------------

std::optional<Actor> Hub::holder(std::string_view key) const {
    static const Setup none;
    return keys_.find(key, state_ ? *state_->setup : none);
}

void Hub::set_keys(const Keys& keys) {
    keys_ = KeyRing(keys);
    check_keys();
}

// Who holds no key any more, or may something else with it, says hello again.
void Hub::check_keys() {
    for (auto& [id, session] : sessions_) {
        if (!session->greeted || session->closing) continue;
        const auto actor = holder(session->key);
        if (!actor) {
            send(*session, error_json({"wrong_key", "This key is void from now on: ask the technician for another."}));
            close_after(*session, {Close::policy, "wrong key"});
        } else if (actor->declared || actor->role != session->actor.role) {
            close_after(*session, {Close::try_later, "other rights"});
        }
    }
}

// --- the host ----------------------------------------------------------------------------------------------

// What goes on and on, such as a fader's way, is one move.
void Hub::moved(Move move) {
    const bool goes_on = !moves_.empty() && moves_.front().by == move.by && moves_.front().command == move.command &&
                         moves_.front().subject == move.subject && moves_.front().faces == move.faces;
    if (goes_on) moves_.pop_front();
    moves_.push_front(std::move(move));
    if (moves_.size() > most_moves) moves_.pop_back();
    moves_message_.reset();
    moves_untold_ = true;  // with the next state
}

SharedMessage Hub::moves_message() {
    if (!moves_message_) moves_message_ = text_message(moves_json({moves_.begin(), moves_.end()}));
    return moves_message_;
}

void Hub::touched(std::uint64_t session, const Touch& touch) {
    if (Session* desk = find(session)) send(*desk, touched_json(touch));
}

void Hub::set_journal(std::string epoch, ShowClock clock) {
    clock_ = clock;
    if (epoch == epoch_) return;
    const bool other = !epoch_.empty();
    epoch_ = std::move(epoch);
    if (!other) return;
    state_.reset();
    room_message_.reset();
    seating_.reset();
    seating_message_.reset();
    on_disk_.reset();
    own_.clear();
    indexed_ = 0;
    voices_.forget();
    for (auto& [id, session] : sessions_) close_after(*session, {Close::try_later, "another journal"});
}

void Hub::set_state(std::shared_ptr<const ShowState> state) {
    const StageSpan span(WorkStage::broadcast, state->revision);
    const bool other_operators = state_ && state_->setup->operators != state->setup->operators;
    state_ = std::move(state);
    if (other_operators) check_keys();
    if (on_disk_) index_contributions(true);
    tell_room();
    tell_voices();
    light_tally();
    desk_message_.reset();
    if (desks_due_) return;  // a flush is on its way
    desks_due_ = true;
    const auto since = monotonic_now() - desks_at_;
    if (since >= limits_.desk_state) {
        flush_desks();
    } else {
        service_.later_desk_state(limits_.desk_state - since);
    }
}

// To everyone who is there: it changes at the bell, and when the tables are planned anew.
void Hub::tell_seating() {
    if (state_->room.rotation == seating_) return;
    seating_ = state_->room.rotation;
    seating_message_ = text_message(seating_json(dump(seating_view(*state_))));
    for (auto& [id, session] : sessions_) {
        if (!session->greeted) continue;
        session->seating_due = true;
        turn(*session);
    }
}

// Only what tables and phones see: most states are another table's answer.
void Hub::tell_room() {
    const Round* open = state_->room.open_round();
    RoomTold told{open == nullptr ? std::nullopt : std::optional(*open), state_->room.notice, state_->stage.sound.bell};
    const bool same_setup = room_setup_ && (room_setup_ == state_->setup || *room_setup_ == *state_->setup);
    room_setup_ = state_->setup;
    tell_seating();
    if (room_message_ && same_setup && told == room_told_) return;
    room_told_ = std::move(told);
    room_message_ = text_message(state_json(state_->revision, dump(room_view(*state_))));
    const auto tell = [&](Session& session) {
        session.state_due = true;
        turn(session);
    };
    for (auto& [owner, sessions] : owners_) {
        for (auto* session : sessions) tell(*session);
    }
    for (auto& [id, session] : sessions_) {
        if (session->greeted && !session->state_due && !is_desk(session->actor.role)) tell(*session);
    }
}

void Hub::light_tally() {
    if (!state_) return;
    const ShowTime now = clock_.at(monotonic_now());
    if (auto lights = tally(*state_, now); lights != lights_) {
        lights_ = std::move(lights);
        tally_message_.reset();
        for (auto* desk : desks_) {
            desk->tally_due = true;
            turn(*desk);
        }
    }
    if (const auto next = next_tally_change(*state_, now)) service_.later_tally(*next - now);
}

SharedMessage Hub::tally_message() {
    if (!tally_message_) tally_message_ = text_message(tally_json(lights_));
    return tally_message_;
}

void Hub::set_on_disk(std::uint64_t sequence) {
    const bool first = !on_disk_;  // what is there already is told by `own`
    on_disk_ = sequence;
    if (state_) index_contributions(!first);
    tell_voices();
}

void Hub::flush_desks() {
    desks_due_ = false;
    desks_at_ = monotonic_now();
    for (auto* desk : desks_) {
        desk->state_due = true;
        desk->moves_due = desk->moves_due || moves_untold_;
        turn(*desk);
    }
    moves_untold_ = false;
}

SharedMessage Hub::desk_state() {
    if (!state_) return nullptr;  // between two journals
    if (!desk_message_) desk_message_ = text_message(state_json(state_->revision, dump(desk_view(*state_))));
    return desk_message_;
}

// Takes in what is on disk. Begins anew when what was indexed is not how the list now begins, which only a journal put
// in the place of another explains.
void Hub::index_contributions(bool tell) {
    const auto& list = state_->room.contributions;
    const bool same_past = indexed_ == 0 || (indexed_ <= list.size() && list[indexed_ - 1] == *last_indexed_);
    if (!same_past) {
        own_.clear();
        indexed_ = 0;
        tell = false;
    }
    for (; indexed_ < list.size() && list[indexed_].sequence <= *on_disk_; ++indexed_) {
        const std::string owner = owner_of(list[indexed_]);
        own_[owner].push_back(indexed_);
        const auto at = owners_.find(owner);
        if (!tell || at == owners_.end()) continue;
        const auto message = text_message(own_added_json(*state_, list[indexed_]));
        for (auto* session : at->second) send(*session, message);
    }
    if (indexed_ > 0) last_indexed_ = list[indexed_ - 1];
    if (same_past) return;
    // What a table was shown as its own may be void.
    for (auto& [owner, sessions] : owners_) {
        for (auto* session : sessions) send_own(*session);
    }
}

void Hub::set_actual(std::shared_ptr<const Actual> actual) {
    actual_ = std::move(actual);
    actual_at_ = monotonic_now();
    actual_message_.reset();
    for (auto* desk : desks_) {
        desk->actual_due = true;
        turn(*desk);
    }
}

void Hub::set_levels(std::shared_ptr<const SoundLevels> levels) {
    levels_message_.reset();
    for (auto* desk : desks_) {
        if (!hears(desk->actor.role)) continue;
        if (!levels_message_) levels_message_ = text_message(levels_json(*levels));
        desk->levels_due = true;
        turn(*desk);
    }
}

SharedMessage Hub::actual_message() {
    if (!actual_message_ && actual_) actual_message_ = text_message(actual_json(*actual_));
    return actual_message_;
}

void Hub::finish(std::uint64_t token, const Result<std::uint64_t>& sequence, int retry_after_ms) {
    const StageSpan span(WorkStage::ack, sequence ? *sequence : 0);
    const auto at = pending_.find(token);
    if (at == pending_.end()) return;
    const Pending pending = std::move(at->second);
    pending_.erase(at);
    if (sequence && pending.submission) ++counters_.stored;
    const auto who = sessions_.find(pending.session);
    if (who == sessions_.end()) return;
    Session& session = *who->second;
    std::erase_if(session.in_flight, [&](const auto& f) { return f.first == token; });
    if (!pending.submission) {
        if (sequence) return send(session, result_json(pending.request, nullptr, *sequence));
        return fail(session, pending.request, sequence.error());
    }
    if (sequence) return send(session, stored_json(*pending.submission, *sequence));
    if (retry_after_ms == 0 && sequence.error().code == "busy") retry_after_ms = busy_ms();
    refuse(session, *pending.submission, sequence.error(), retry_after_ms);
}

void Hub::picture(std::uint64_t token, const Result<Bytes>& picture) {
    pictures_.ready(token, picture, monotonic_now());
}

// --- timers ------------------------------------------------------------------------------------------------

void Hub::tick() {
    const auto now = monotonic_now();
    tick_part_ = (tick_part_ + 1) % tick_parts;
    tell_voices();
    if (tick_part_ == 0) tell_own(voices_.changed_by_likes(), true);
    if (std::exchange(presence_stale_, false)) tell_presence();
    for (auto bucket = tick_part_; bucket < sessions_.bucket_count(); bucket += tick_parts) {
        for (auto at = sessions_.begin(bucket); at != sessions_.end(bucket); ++at) look_after(*at->second, now);
    }
}

void Hub::look_after(Session& s, MonotonicTime now) {
    const auto silence = now - s.heard;
    if (s.waiting && now - *s.waiting > limits_.stuck) {
        cull(s);
    } else if (silence > limits_.silent) {
        cull(s);
    } else if (!s.greeted && !s.closing && now - s.opened > limits_.hello) {
        close_after(s, {Close::policy, "no hello"});
    } else if (silence > limits_.ping && !s.pinged) {
        s.pinged = true;
        s.ping_due = true;
        turn(s);
    }
}

bool Hub::tick_pictures() {
    pictures_.tick(monotonic_now());
    return !pictures_.idle();
}

// --- pictures, HTTP ----------------------------------------------------------------------------------------

void Hub::ask(const PictureRequest& request, std::uint64_t token) { host_.picture(token, request); }

bool Hub::send(std::uint64_t client, const SharedMessage& picture) {
    const auto at = sessions_.find(client);
    return at != sessions_.end() && send(*at->second, picture);
}

void Hub::answer(std::uint64_t waiter, const Result<Bytes>& picture) { service_.answer_http(waiter, picture); }

void Hub::wait_picture(std::uint64_t waiter, const PictureRequest& request) {
    pictures_.wait(waiter, request, monotonic_now());
    service_.pictures_wanted();
}

Verdict Hub::verdict() const {
    Verdict verdict = judge(state_.get(), actual_.get(), monotonic_now() - actual_at_ > limits_.actual_age);
    const auto& faults = counters_.control_faults;
    verdict.degraded.insert(verdict.degraded.end(), faults.begin(), faults.end());
    return verdict;
}

std::string Hub::metrics() const {
    Counters counters = counters_;
    counters.pending = pending_.size();
    counters.pictures_sent = pictures_.sent();
    counters.pictures_dropped = pictures_.dropped();
    return metrics_text(state_.get(), actual_.get(), stages_, counters, verdict());
}

}  // namespace tribune::net
