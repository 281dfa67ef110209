// What facilitators do with contributions, themes and words.
#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "voice/deeds.hpp"
#include "voice/room.hpp"

namespace tribune {
namespace {

constexpr std::size_t most_terms = 1000;

Error unknown_theme(std::uint32_t theme) {
    return {"unknown_theme", fmt::format("There is no theme {}: it may have been merged or removed.", theme)};
}

// All of them, none withdrawn.
Status check(const Room& room, const std::vector<Uuid>& contributions) {
    if (contributions.empty()) return Error{"nothing_named", "No contribution is named: choose one at least."};
    if (contributions.size() > most_ids)
        return Error{"too_many_named", fmt::format("At most {} contributions at once.", most_ids)};
    for (const auto& id : contributions) {
        if (room.find(id) == nullptr) return Error{"unknown_contribution", "There is no such contribution."};
        if (room.consolidation.standing(id).retracted)
            return Error{"retracted", "Its table has withdrawn it: there is nothing to do."};
    }
    return {};
}

// The same step for each of them, as one deed.
template <class Step>
Status for_each(Room& room, std::string_view command, const std::vector<Uuid>& contributions, const Stamp& stamp,
                const std::string& by, Step step) {
    TRIBUNE_CHECK(check(room, contributions));
    DeedInHand deed(room, command, by, stamp);
    for (const auto& id : contributions) {
        Standing standing = room.consolidation.standing(id);
        TRIBUNE_CHECK(step(standing));
        deed.set(id, std::move(standing));
    }
    deed.keep();
    return {};
}

void let_be(Standing& standing) {
    standing.hold.reset();
    standing.waits = false;
    standing.approved = true;
}

// All that is under a theme, withdrawn and held ones too.
std::vector<Uuid> members(const Room& room, std::uint32_t theme) {
    std::vector<Uuid> ids;
    for (const auto& contribution : room.contributions) {
        if (room.consolidation.standing(contribution.id).theme == theme) ids.push_back(contribution.id);
    }
    return ids;
}

void move_members(Room& room, DeedInHand& deed, std::uint32_t from, std::uint32_t to) {
    for (const auto& id : members(room, from)) {
        Standing standing = room.consolidation.standing(id);
        standing.theme = to;
        deed.set(id, std::move(standing));
    }
}

// Tensions that name a theme follow where it went; one that would stand against itself goes.
void move_sides(Room& room, DeedInHand& deed, std::uint32_t from, std::uint32_t to) {
    const auto tensions = room.consolidation.tensions;
    for (Tension tension : tensions) {
        const auto named = [&](const TensionSide& side) { return side.theme == from; };
        if (std::none_of(tension.sides.begin(), tension.sides.end(), named)) continue;
        for (auto& side : tension.sides) {
            if (named(side)) side.theme = to;
        }
        const bool stands = to != 0 && tension.sides[0] != tension.sides[1];
        deed.set_tension(tension.number, stands ? std::optional(tension) : std::nullopt);
    }
}

Result<std::uint32_t> new_theme(Room& room, DeedInHand& deed, const std::string& title) {
    auto& all = room.consolidation;
    if (all.themes.size() >= most_themes)
        return Error{"too_many_themes", fmt::format("There are {} themes at most: merge some.", most_themes)};
    const std::uint32_t number = ++all.last_theme;
    deed.set_theme(number, Theme{number, title, {}});
    return number;
}

}  // namespace

Status apply(Room& room, const Approve& command, const Stamp& stamp, const std::string& by) {
    return for_each(room, "approve", command.contributions, stamp, by, [](Standing& standing) -> Status {
        standing.waits = false;
        standing.approved = true;
        return {};
    });
}

Status apply(Room& room, const HoldBack& command, const Stamp& stamp, const std::string& by) {
    return for_each(room, "hold_back", command.contributions, stamp, by, [&](Standing& standing) -> Status {
        standing.hold = Hold{command.reason, command.note, by, stamp.at, false, ""};
        return {};
    });
}

Status apply(Room& room, const Release& command, const Stamp& stamp, const std::string& by) {
    return for_each(room, "release", command.contributions, stamp, by, [](Standing& standing) -> Status {
        if (!standing.hold) return Error{"not_held", "It is not held: there is nothing to release."};
        let_be(standing);
        return {};
    });
}

Status apply(Room& room, const AskReview& command, const Stamp& stamp, const std::string& by) {
    return for_each(room, "ask_review", {command.contribution}, stamp, by, [](Standing& standing) -> Status {
        if (!standing.hold) return Error{"not_held", "It is not held: there is nothing to look at twice."};
        standing.hold->review_wanted = true;
        return {};
    });
}

Status apply(Room& room, const ConfirmHold& command, const Stamp& stamp, const std::string& by) {
    return for_each(room, "confirm_hold", {command.contribution}, stamp, by, [&](Standing& standing) -> Status {
        if (!standing.hold) return Error{"not_held", "It is not held: there is nothing to confirm."};
        if (standing.hold->by == by)
            return Error{"own_hold", "You held it yourself: somebody else looks at it a second time."};
        standing.hold->review_wanted = false;
        standing.hold->confirmed_by = by;
        return {};
    });
}

Status apply(Room& room, const ProposeWords& command, const Stamp& stamp, const std::string& by) {
    return for_each(room, "propose_words", {command.contribution}, stamp, by, [&](Standing& standing) -> Status {
        standing.proposal.reset();
        standing.proposal_declined = false;
        if (!command.text.empty()) standing.proposal = Proposal{command.text, by, stamp.at};
        return {};
    });
}

Status apply(Room& room, const Gather& command, const Stamp& stamp, const std::string& by) {
    TRIBUNE_CHECK(check(room, command.contributions));
    if (command.theme != 0 && room.consolidation.theme(command.theme) == nullptr) return unknown_theme(command.theme);
    DeedInHand deed(room, "gather", by, stamp);
    std::uint32_t theme = command.theme;
    if (theme == 0 && !command.title.empty()) {
        TRIBUNE_TRY(theme, new_theme(room, deed, command.title));
    }
    for (const auto& id : command.contributions) {
        Standing standing = room.consolidation.standing(id);
        standing.theme = theme;
        if (theme != 0 && !standing.hold) let_be(standing);  // who gathers it has read it
        deed.set(id, std::move(standing));
    }
    deed.keep();
    return {};
}

Status apply(Room& room, const NameTheme& command, const Stamp& stamp, const std::string& by) {
    if (command.title.empty()) return Error{"empty_title", "A theme needs a title: type one."};
    DeedInHand deed(room, "name_theme", by, stamp);
    if (command.theme == 0) {
        TRIBUNE_CHECK(new_theme(room, deed, command.title));
    } else {
        const Theme* theme = room.consolidation.theme(command.theme);
        if (theme == nullptr) return unknown_theme(command.theme);
        Theme named = *theme;
        named.title = command.title;
        deed.set_theme(command.theme, std::move(named));
    }
    deed.keep();
    return {};
}

Status apply(Room& room, const MergeThemes& command, const Stamp& stamp, const std::string& by) {
    if (command.from == command.into) return Error{"same_theme", "A theme cannot be merged with itself: name another."};
    for (const auto theme : {command.from, command.into}) {
        if (room.consolidation.theme(theme) == nullptr) return unknown_theme(theme);
    }
    DeedInHand deed(room, "merge_themes", by, stamp);
    move_members(room, deed, command.from, command.into);
    move_sides(room, deed, command.from, command.into);
    deed.set_theme(command.from, std::nullopt);
    deed.keep();
    return {};
}

Status apply(Room& room, const RemoveTheme& command, const Stamp& stamp, const std::string& by) {
    if (room.consolidation.theme(command.theme) == nullptr) return unknown_theme(command.theme);
    DeedInHand deed(room, "remove_theme", by, stamp);
    move_members(room, deed, command.theme, 0);
    move_sides(room, deed, command.theme, 0);
    deed.set_theme(command.theme, std::nullopt);
    deed.keep();
    return {};
}

Status apply(Room& room, const SetOutcome& command, const Stamp& stamp, const std::string& by) {
    if (command.theme == 0 && command.contributions.empty())
        return Error{"nothing_named", "Name contributions or a theme: what became of them is told."};
    if (!command.contributions.empty()) TRIBUNE_CHECK(check(room, command.contributions));
    const auto outcome = command.text.empty() ? std::nullopt : std::optional(Outcome{command.text, by, stamp.at});
    DeedInHand deed(room, "set_outcome", by, stamp);
    if (command.theme != 0) {
        const Theme* theme = room.consolidation.theme(command.theme);
        if (theme == nullptr) return unknown_theme(command.theme);
        Theme told = *theme;
        told.outcome = outcome;
        deed.set_theme(command.theme, std::move(told));
    }
    for (const auto& id : command.contributions) {
        Standing standing = room.consolidation.standing(id);
        standing.outcome = outcome;
        deed.set(id, std::move(standing));
    }
    deed.keep();
    return {};
}

Status apply(Room& room, const SetTerm& command, const Stamp& stamp, const std::string& by) {
    const auto& rule = command.rule;
    if (rule.word.empty() || (rule.act != TermAct::hide && (rule.to.empty() || rule.to == rule.word)))
        return Error{"bad_term", "Say which word, and what it becomes: another word, or another spelling."};
    const auto known = [&](const TermRule& r) { return r.word == rule.word; };
    const auto& terms = room.consolidation.terms;
    if (terms.size() >= most_terms && std::none_of(terms.begin(), terms.end(), known))
        return Error{"too_many_terms", fmt::format("There are {} rules for words at most: remove some.", most_terms)};
    DeedInHand deed(room, "set_term", by, stamp);
    deed.set_term(rule.word, rule);
    deed.keep();
    return {};
}

Status apply(Room& room, const RemoveTerm& command, const Stamp& stamp, const std::string& by) {
    DeedInHand deed(room, "remove_term", by, stamp);
    deed.set_term(command.word, std::nullopt);
    if (deed.keep() == 0) return Error{"unknown_word", "Nothing is said about this word: it shows as it is written."};
    return {};
}

Status apply(Room& room, const SetModeration& command, const Stamp& /*stamp*/) {
    room.consolidation.moderation = command.moderation;
    return {};
}

Status apply(Room& room, const SetSpotlight& command, const Stamp& stamp, const std::string& by) {
    if (!command.contribution) {
        room.consolidation.spotlight.reset();
        return {};
    }
    const Contribution* contribution = room.find(*command.contribution);
    if (contribution == nullptr) return Error{"unknown_contribution", "There is no such contribution."};
    if (!is_shown(room, *contribution))
        return Error{"not_shown", "The room does not see this contribution: approve or release it first."};
    room.consolidation.spotlight = Spotlight{contribution->id, stamp.at, by};
    return {};
}

}  // namespace tribune
