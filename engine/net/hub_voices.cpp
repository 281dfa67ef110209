// What the hub tells of contributions and what becomes of them.
#include <algorithm>
#include <utility>

#include "net/hub.hpp"

namespace tribune::net {

std::string Hub::owner_of(const Session& session) {
    if (session.actor.table.value != 0) return std::to_string(session.actor.table.value);
    return session.actor.role == Role::audience ? "phone/" + session.device : "";
}

std::string Hub::owner_of(const Contribution& contribution) {
    if (contribution.table.value != 0) return std::to_string(contribution.table.value);
    return "phone/" + contribution.device.text;
}

void Hub::tell_voices() {
    if (!state_ || !on_disk_) return;
    voices_.set_state(state_, *on_disk_);
    tell_own(voices_.changed_by_deeds(), true);
    const auto now = monotonic_now();
    const bool asks = voices_.asks_changed(now);
    const bool voices = voices_.voices_changed(now);
    if (asks || voices) {
        for (auto& [id, session] : sessions_) {
            if (!session->greeted || is_desk(session->actor.role)) continue;
            session->voice.asks = session->voice.asks || asks;
            session->voice.voices = session->voice.voices || voices;
            turn(*session);
        }
    }
    if (facilitators_.empty()) return;
    const bool consolidation = voices_.consolidation_changed(now);
    for (auto* session : facilitators_) {
        session->voice.consolidation = session->voice.consolidation || consolidation;
        if (consolidation || voices_.behind(*session->voice.place)) turn(*session);
    }
}

// `now`: soon; else with what is told next.
void Hub::tell_own(const std::vector<std::size_t>& changed, bool now) {
    for (const auto at : changed) {
        const auto owner = owners_.find(owner_of(state_->room.contributions[at]));
        if (owner == owners_.end()) continue;
        for (auto* session : owner->second) {
            auto& due = session->voice;
            if (std::find(due.own_changed.begin(), due.own_changed.end(), at) == due.own_changed.end())
                due.own_changed.push_back(at);
            due.own = due.own || now;
            if (now) turn(*session);
        }
    }
}

void Hub::tell_presence() {
    std::vector<std::pair<std::string, LookingMessage>> people;
    for (const auto* session : facilitators_)
        people.emplace_back(session->actor.name, session->looking.value_or(LookingMessage{}));
    voices_.set_presence(std::move(people));
    for (auto* session : facilitators_) {
        session->voice.presence = true;
        turn(*session);
    }
}

void Hub::set_suggestions(std::string_view message) {
    voices_.set_suggestions(message);
    for (auto* session : facilitators_) {
        session->voice.suggestions = true;
        turn(*session);
    }
}

std::optional<Closing> Hub::on(Session& session, const LookingMessage& looking) {
    if (!session.voice.place || session.looking == looking) return std::nullopt;
    session.looking = looking;
    presence_stale_ = true;
    return std::nullopt;
}

std::optional<Closing> Hub::on(Session& session, const HistoryMessage& history) {
    if (!session.voice.place) {
        send(session, error_json({"forbidden", "Facilitators read a contribution's story: ask for their key."}));
    } else if (session.rate.take(monotonic_now())) {
        send(session, history_json(*state_, history.contribution));
    }
    return std::nullopt;
}

}  // namespace tribune::net
