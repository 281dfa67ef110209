#include "voice/deeds.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace tribune {
namespace {

// Finds what a deed has of this key, or begins it.
template <class Change, class Key>
Change& change_of(std::vector<Change>& changes, const Key& key, bool& is_new) {
    const auto at = std::find_if(changes.begin(), changes.end(), [&](const Change& c) { return c.key == key; });
    is_new = at == changes.end();
    if (!is_new) return *at;
    changes.emplace_back().key = key;
    return changes.back();
}

template <class T, class Key, class Field>
void put(std::vector<T>& list, const Key& key, Field field, std::optional<T> becomes) {
    const auto at = std::find_if(list.begin(), list.end(), [&](const T& item) { return item.*field == key; });
    if (!becomes) {
        if (at != list.end()) list.erase(at);
    } else if (at != list.end()) {
        *at = *std::move(becomes);
    } else {  // one that comes back comes to its old place
        const auto after = std::find_if(list.begin(), list.end(), [&](const T& item) { return key < item.*field; });
        list.insert(after, *std::move(becomes));
    }
}

template <class T>
std::optional<T> copy_of(const T* value) {
    return value == nullptr ? std::nullopt : std::optional<T>(*value);
}

const TermRule* rule_of(const Consolidation& all, const std::string& word) {
    const auto at = std::find_if(all.terms.begin(), all.terms.end(), [&](const TermRule& r) { return r.word == word; });
    return at == all.terms.end() ? nullptr : &*at;
}

template <class Change>
void drop_unchanged(std::vector<Change>& changes) {
    std::erase_if(changes, [](const Change& c) { return c.before == c.after; });
}

}  // namespace

DeedInHand::DeedInHand(Room& room, std::string_view command, const std::string& by, const Stamp& stamp) : room_(room) {
    deed_.number = static_cast<std::uint32_t>(room.consolidation.deeds.size()) + 1;
    deed_.command = command;
    deed_.by = by;
    deed_.at = stamp.at;
    deed_.sequence = stamp.sequence;
}

void DeedInHand::set(const Uuid& contribution, Standing standing) {
    bool is_new = false;
    auto& change = change_of(deed_.standings, contribution, is_new);
    if (is_new) change.before = room_.consolidation.standing(contribution);
    change.after = standing;
    put_standing(room_.consolidation, contribution, std::move(standing));
}

void DeedInHand::set_theme(std::uint32_t theme, std::optional<Theme> becomes) {
    bool is_new = false;
    auto& change = change_of(deed_.themes, theme, is_new);
    if (is_new) change.before = copy_of(room_.consolidation.theme(theme));
    change.after = becomes;
    put(room_.consolidation.themes, theme, &Theme::number, std::move(becomes));
}

void DeedInHand::set_tension(std::uint32_t tension, std::optional<Tension> becomes) {
    bool is_new = false;
    auto& change = change_of(deed_.tensions, tension, is_new);
    if (is_new) change.before = copy_of(room_.consolidation.tension(tension));
    change.after = becomes;
    put(room_.consolidation.tensions, tension, &Tension::number, std::move(becomes));
}

void DeedInHand::set_term(const std::string& word, std::optional<TermRule> becomes) {
    bool is_new = false;
    auto& change = change_of(deed_.terms, word, is_new);
    if (is_new) change.before = copy_of(rule_of(room_.consolidation, word));
    change.after = becomes;
    put(room_.consolidation.terms, word, &TermRule::word, std::move(becomes));
}

Status DeedInHand::take_back(const Deed& deed) {
    const auto& all = room_.consolidation;
    const auto is_as_left = [](const auto& changes, const auto& now) {
        return std::all_of(changes.begin(), changes.end(), [&](const auto& c) { return c.after == now(c.key); });
    };
    const bool as_left = is_as_left(deed.standings, [&](const Uuid& id) { return std::optional(all.standing(id)); }) &&
                         is_as_left(deed.themes, [&](std::uint32_t t) { return copy_of(all.theme(t)); }) &&
                         is_as_left(deed.tensions, [&](std::uint32_t t) { return copy_of(all.tension(t)); }) &&
                         is_as_left(deed.terms, [&](const std::string& word) { return copy_of(rule_of(all, word)); });
    if (!as_left) {
        return Error{"changed_since",
                     fmt::format("What step {} changed was changed again since: take that back first.", deed.number)};
    }
    for (const auto& c : deed.themes) set_theme(c.key, c.before);
    for (const auto& c : deed.standings) set(c.key, *c.before);
    for (const auto& c : deed.tensions) set_tension(c.key, c.before);
    for (const auto& c : deed.terms) set_term(c.key, c.before);
    deed_.undoes = deed.number;
    return {};
}

std::uint32_t DeedInHand::keep() {
    drop_unchanged(deed_.standings);
    drop_unchanged(deed_.themes);
    drop_unchanged(deed_.tensions);
    drop_unchanged(deed_.terms);
    if (deed_.standings.empty() && deed_.themes.empty() && deed_.tensions.empty() && deed_.terms.empty()) return 0;
    const auto number = deed_.number;
    room_.consolidation.deeds.push_back(std::move(deed_));
    return number;
}

Status apply(Room& room, const UndoDeed& command, const Stamp& stamp, const std::string& by) {
    auto& deeds = room.consolidation.deeds;
    if (command.deed < 1 || command.deed > deeds.size())
        return Error{"unknown_deed", fmt::format("There is no step {} to take back.", command.deed)};
    const Deed undone = deeds[command.deed - 1];
    if (undone.undone_by != 0)
        return Error{"already_undone", fmt::format("Step {} was taken back already.", command.deed)};
    DeedInHand deed(room, "undo_deed", by, stamp);
    TRIBUNE_CHECK(deed.take_back(undone));
    // What is taken back may have taken back another, which is in effect again, and so on.
    std::uint32_t undoer = deed.keep();
    for (std::uint32_t number = command.deed; number != 0;) {
        Deed one = deeds[number - 1];
        one.undone_by = undoer;
        undoer = undoer == 0 ? number : 0;
        const std::uint32_t next = one.undoes;
        deeds.replace(number - 1, std::move(one));
        number = next;
    }
    return {};
}

}  // namespace tribune
