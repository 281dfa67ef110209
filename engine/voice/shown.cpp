#include "voice/shown.hpp"

#include <unordered_map>

#include "voice/deeds.hpp"

namespace tribune {

bool ShownFollower::same_past(const Room& room) const {
    const auto& said = room.contributions;
    const auto& deeds = room.consolidation.deeds;
    return contributions_ <= said.size() && deeds_ <= deeds.size() &&
           (!last_contribution_ || said[contributions_ - 1] == *last_contribution_) &&
           (deeds_ == 0 || deeds[deeds_ - 1].sequence == last_deed_);
}

bool ShownFollower::up_to_date(const Room& room) const {
    return contributions_ == room.contributions.size() && deeds_ == room.consolidation.deeds.size();
}

void ShownFollower::follow(const Room& room, const std::function<void(const ShownChange&)>& tell) {
    if (up_to_date(room)) return;
    const auto& said = room.contributions;
    const auto& deeds = room.consolidation.deeds;
    const Standing as_sent;
    // How each stood before the first of the new deeds: as it came, if it came since.
    std::unordered_map<Uuid, const Standing*> earlier;
    for (std::size_t d = deeds_; d < deeds.size(); ++d)
        for (const auto& c : deeds[d].standings) earlier.try_emplace(c.key, c.before ? &*c.before : &as_sent);
    const auto words = [](const std::optional<std::string>& now, const std::string& sent) -> const std::string& {
        return now ? *now : sent;
    };
    while (!up_to_date(room)) {
        const bool deed = contributions_ == said.size() ||
                          (deeds_ < deeds.size() && deeds[deeds_].sequence < said[contributions_].sequence);
        if (!deed) {
            const std::size_t index = contributions_++;
            const Contribution& c = said[index];
            const auto known = earlier.find(c.id);
            const Standing& stands = known == earlier.end() ? room.consolidation.standing(c.id) : *known->second;
            if (is_shown(stands))
                tell({index, false, true, words(stands.title, c.title), words(stands.text, c.text), c.sequence, c.at});
            continue;
        }
        const Deed& done = deeds[deeds_++];
        last_deed_ = done.sequence;
        for (const auto& change : done.standings) {
            const auto* index = room.by_id.find(change.key);
            if (index == nullptr) continue;
            const Contribution& c = said[*index];
            const Standing& from = change.before ? *change.before : as_sent;
            const Standing& to = change.after ? *change.after : as_sent;
            const bool other_words = words(from.title, c.title) != words(to.title, c.title) ||
                                     words(from.text, c.text) != words(to.text, c.text);
            if (is_shown(from) == is_shown(to) && !(is_shown(to) && other_words)) continue;
            tell({*index, is_shown(from), is_shown(to), words(to.title, c.title), words(to.text, c.text), done.sequence,
                  done.at});
        }
    }
    if (!said.empty()) last_contribution_ = said[said.size() - 1];
}

}  // namespace tribune
