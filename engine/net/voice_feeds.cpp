#include "net/voice_feeds.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>
#include <utility>

#include "show/voice_views.hpp"

namespace tribune::net {
namespace {

constexpr std::size_t piece_size = 100;  // contributions in one message
constexpr std::size_t most_pieces = 8;   // kept

constexpr Nanoseconds asks_every = std::chrono::milliseconds(200);
constexpr Nanoseconds voices_every = std::chrono::seconds(2);
constexpr Nanoseconds consolidation_every = std::chrono::milliseconds(200);

}  // namespace

void VoiceFeeds::set_state(std::shared_ptr<const ShowState> state, std::uint64_t on_disk) {
    // An engine that was cut off may have decided what never reached the disk.
    const auto& deeds = state->room.consolidation.deeds;
    deeds_seen_ = std::min(deeds_seen_, deeds.size());
    likes_seen_ = std::min(likes_seen_, state->room.weighing.likes.size());
    state_ = std::move(state);
    on_disk_ = on_disk;
    asks_.stale = true;
    voices_.stale = true;
    consolidation_.stale = true;
}

void VoiceFeeds::forget() { *this = VoiceFeeds(); }

std::size_t VoiceFeeds::contributions_on_disk() const {
    const auto& list = state_->room.contributions;
    std::size_t size = list.size();
    while (size > 0 && list[size - 1].sequence > on_disk_) --size;
    return size;
}

std::size_t VoiceFeeds::deeds_on_disk() const {
    const auto& list = state_->room.consolidation.deeds;
    std::size_t size = list.size();
    while (size > 0 && list[size - 1].sequence > on_disk_) --size;
    return size;
}

bool VoiceFeeds::behind(const VoicePlace& place) const {
    return state_ && (place.contributions < contributions_on_disk() || place.deeds < deeds_on_disk() ||
                      place.likes < state_->room.weighing.likes.size());
}

void VoiceFeeds::add_changed(const Deed& deed, std::vector<std::size_t>& out) const {
    const Room& room = state_->room;
    for (const auto& change : deed.standings) {
        if (const auto* at = room.by_id.find(change.key)) out.push_back(*at);
    }
    for (const auto& change : deed.themes) {  // its title and outcome are told with all that is under it
        for (std::size_t i = 0; i < room.contributions.size(); ++i) {
            if (room.consolidation.standing(room.contributions[i].id).theme == change.key) out.push_back(i);
        }
    }
}

std::vector<std::size_t> VoiceFeeds::changed_by_deeds() {
    std::vector<std::size_t> out;
    if (!state_) return out;
    for (const std::size_t end = deeds_on_disk(); deeds_seen_ < end; ++deeds_seen_)
        add_changed(state_->room.consolidation.deeds[deeds_seen_], out);
    return out;
}

std::vector<std::size_t> VoiceFeeds::changed_by_likes() {
    std::vector<std::size_t> out;
    if (!state_) return out;
    const auto& likes = state_->room.weighing.likes;
    for (; likes_seen_ < likes.size(); ++likes_seen_) {
        if (const auto* at = state_->room.by_id.find(likes[likes_seen_].contribution)) out.push_back(*at);
    }
    return out;
}

// The next piece of what this place has not seen: new contributions first, then those that changed.
SharedMessage VoiceFeeds::contributions(VoicePlace& place) {
    const auto made =
        std::find_if(pieces_.begin(), pieces_.end(), [&](const Piece& piece) { return piece.from == place; });
    if (made != pieces_.end()) {
        place = made->to;
        return made->message;
    }
    const VoicePlace from = place;
    const Room& room = state_->room;
    std::set<std::size_t> changed;
    const std::size_t all = contributions_on_disk();
    while (place.contributions < all && changed.size() < piece_size) changed.insert(place.contributions++);
    // Who starts from nothing sees all as it is now.
    if (from == VoicePlace{}) place = {place.contributions, deeds_on_disk(), room.weighing.likes.size()};
    for (const std::size_t end = deeds_on_disk(); place.deeds < end && changed.size() < piece_size; ++place.deeds) {
        std::vector<std::size_t> of_deed;
        add_changed(room.consolidation.deeds[place.deeds], of_deed);
        for (const auto at : of_deed) {
            if (at < place.contributions) changed.insert(at);
        }
    }
    const auto& likes = room.weighing.likes;
    for (; place.likes < likes.size() && changed.size() < piece_size; ++place.likes) {
        const auto* at = room.by_id.find(likes[place.likes].contribution);
        if (at != nullptr && *at < place.contributions) changed.insert(*at);
    }
    nlohmann::json items = nlohmann::json::array();
    for (const auto at : changed) items.push_back(facilitator_view(*state_, room.contributions[at]));
    auto message =
        text_message(dump({{"type", "contributions"}, {"contributions", std::move(items)}, {"more", behind(place)}}));
    pieces_.push_back({from, place, message});
    if (pieces_.size() > most_pieces) pieces_.pop_front();
    return message;
}

bool VoiceFeeds::changed(Cached& cached, MonotonicTime now, Nanoseconds least, nlohmann::json (*view)(const ShowState&),
                         const char* type) {
    if (!state_ || !cached.stale || (cached.message && now - cached.told < least)) return false;
    cached.stale = false;
    cached.told = now;
    std::string body = dump(view(*state_));
    if (body == cached.made_of) return false;
    cached.message = text_message(fmt::format(R"({{"type":"{0}","{0}":{1}}})", type, body));
    cached.made_of = std::move(body);
    return true;
}

bool VoiceFeeds::asks_changed(MonotonicTime now) { return changed(asks_, now, asks_every, asks_view, "asks"); }
bool VoiceFeeds::voices_changed(MonotonicTime now) {
    return changed(voices_, now, voices_every, voices_view, "voices");
}
bool VoiceFeeds::consolidation_changed(MonotonicTime now) {
    return changed(consolidation_, now, consolidation_every, consolidation_view, "consolidation");
}

void VoiceFeeds::set_presence(std::vector<std::pair<std::string, LookingMessage>> people) {
    nlohmann::json list = nlohmann::json::array();
    for (const auto& [name, looking] : people) {
        list.push_back({{"name", name},
                        {"contribution", looking.contribution ? nlohmann::json(to_string(*looking.contribution))
                                                              : nlohmann::json(nullptr)},
                        {"theme", looking.theme}});
    }
    presence_ = text_message(dump({{"type", "presence"}, {"people", std::move(list)}}));
}

SharedMessage VoiceFeeds::next(VoiceDue& due) {
    if (!state_) return nullptr;
    if (std::exchange(due.own, false)) {
        nlohmann::json items = nlohmann::json::array();
        for (const auto at : due.own_changed) {
            if (at < state_->room.contributions.size())
                items.push_back(own_view(*state_, state_->room.contributions[at]));
        }
        due.own_changed.clear();
        return text_message(dump({{"type", "own_changed"}, {"contributions", std::move(items)}}));
    }
    if (std::exchange(due.asks, false) && asks_.message) return asks_.message;
    if (std::exchange(due.consolidation, false) && consolidation_.message) return consolidation_.message;
    if (due.place && behind(*due.place)) return contributions(*due.place);
    if (std::exchange(due.presence, false) && presence_) return presence_;
    if (std::exchange(due.suggestions, false) && suggestions_) return suggestions_;
    if (std::exchange(due.voices, false) && voices_.message) return voices_.message;
    return nullptr;
}

}  // namespace tribune::net
