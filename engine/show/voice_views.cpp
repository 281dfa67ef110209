#include "show/voice_views.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include "show/codec.hpp"
#include "show/json_visitors.hpp"

namespace tribune {
namespace {

constexpr std::size_t most_newest = 24;  // told to everyone
constexpr std::size_t most_told_themes = 40;

Json outcome_json(const std::optional<Outcome>& outcome) {
    return outcome ? Json{{"text", outcome->text}, {"by", outcome->by}} : Json(nullptr);
}

// A contribution's own outcome, or its theme's.
Json outcome_of(const Consolidation& all, const Standing& stands) {
    if (stands.outcome) return outcome_json(stands.outcome);
    const Theme* theme = stands.theme == 0 ? nullptr : all.theme(stands.theme);
    return theme == nullptr ? Json(nullptr) : outcome_json(theme->outcome);
}

// What both views of a contribution share.
Json contribution_json(const ShowState& state, const Contribution& c) {
    const Room& room = state.room;
    const Standing& stands = room.consolidation.standing(c.id);
    const Theme* theme = room.consolidation.theme(stands.theme);
    Json hold = nullptr;
    if (stands.hold) {
        hold = {{"reason", write_value(stands.hold->reason)},
                {"note", stands.hold->note},
                {"review_wanted", stands.hold->review_wanted}};
    }
    return {{"id", to_string(c.id)},
            {"round", c.round},
            {"part", c.part},
            {"kind", std::string(to_string(c.kind))},
            {"title", title_of(room, c)},
            {"text", text_of(room, c)},
            {"sequence", c.sequence},
            {"late", c.late},
            {"state", write_value(state_of(room, c))},
            {"hold", std::move(hold)},
            {"proposal", stands.proposal ? Json(stands.proposal->text) : Json(nullptr)},
            {"edited", stands.text.has_value()},
            {"theme", stands.theme},
            {"theme_title", theme == nullptr ? "" : theme->title},
            {"likes", room.weighing.likes_for(c.id)},
            {"outcome", outcome_of(room.consolidation, stands)}};
}

Json held_json(const Consolidation& all) {
    Json out = Json::object();
    for (const auto& [reason, name] : hold_reason_names)
        out[std::string(name)] = all.held[static_cast<std::size_t>(reason) - 1];
    return out;
}

Json side_json(const Room& room, const TensionSide& side) {
    if (side.contribution) {
        const Contribution* c = room.find(*side.contribution);
        if (c == nullptr) return nullptr;
        return {{"contribution", to_string(c->id)},
                {"theme", 0},
                {"title", title_of(room, *c)},
                {"text", is_shown(room, *c) ? text_of(room, *c) : ""},
                {"kind", std::string(to_string(c->kind))},
                {"table", c->table.value}};
    }
    const Theme* theme = room.consolidation.theme(side.theme);
    if (theme == nullptr) return nullptr;
    return {{"contribution", nullptr},
            {"theme", theme->number},
            {"title", theme->title},
            {"text", ""},
            {"kind", ""},
            {"table", 0}};
}

Json tension_json(const Room& room, const Tension& tension, bool with_weights) {
    Json sides = Json::array();
    for (const auto& side : tension.sides) sides.push_back(side_json(room, side));
    Json out = {{"number", tension.number}, {"title", tension.title},
                {"open", tension.open},     {"shown", tension.shown},
                {"by", tension.by},         {"sides", std::move(sides)},
                {"weights", nullptr},       {"separations", Json::array()}};
    if (!with_weights) return out;
    const auto& weights = room.weighing.weights_of(tension.number);
    out["weights"] = Json::array({write_value(weights.all[0]), write_value(weights.all[1])});
    out["separations"] = write_value(separations(weights));
    return out;
}

Json themes_json(const Room& room, std::size_t most) {
    std::vector<const Theme*> themes;
    for (const auto& theme : room.consolidation.themes) themes.push_back(&theme);
    std::stable_sort(themes.begin(), themes.end(), [&](const Theme* a, const Theme* b) {
        return room.consolidation.size_of(a->number) > room.consolidation.size_of(b->number);
    });
    themes.resize(std::min(themes.size(), most));
    Json out = Json::array();
    for (const Theme* theme : themes) {
        out.push_back({{"number", theme->number},
                       {"title", theme->title},
                       {"size", room.consolidation.size_of(theme->number)},
                       {"outcome", outcome_json(theme->outcome)}});
    }
    return out;
}

Json poll_json(const Room& room, const Poll& poll, bool with_tally) {
    Json out = write_value(poll);
    out["choices"] = choices(poll);
    out["tally"] = nullptr;
    if (!with_tally) return out;
    const PollTally& tally = room.weighing.tally_of(poll.number);
    auto marks = tally.marks;
    marks.resize(choices(poll), 0);
    out["tally"] = {{"marks", std::move(marks)},
                    {"voices", tally.voices},
                    {"changed", tally.changed},
                    {"most_in_second", tally.most_in_second}};
    return out;
}

Json short_json(const Room& room, const Contribution& c) {
    return {{"id", to_string(c.id)},
            {"table", c.table.value},
            {"round", c.round},
            {"kind", std::string(to_string(c.kind))},
            {"title", title_of(room, c)},
            {"text", text_of(room, c)},
            {"theme", room.consolidation.standing(c.id).theme},
            {"likes", room.weighing.likes_for(c.id)}};
}

Json deed_json(const Deed& deed) {
    Json contributions = Json::array();
    for (const auto& change : deed.standings) contributions.push_back(to_string(change.key));
    Json themes = Json::array();
    for (const auto& change : deed.themes) {
        const auto& theme = change.after ? change.after : change.before;
        themes.push_back({{"number", change.key}, {"title", theme ? theme->title : ""}});
    }
    Json terms = Json::array();
    for (const auto& change : deed.terms) terms.push_back(change.key);
    Json tensions = Json::array();
    for (const auto& change : deed.tensions) tensions.push_back(change.key);
    return {{"number", deed.number},
            {"command", deed.command},
            {"by", deed.by},
            {"at_ms", std::chrono::duration_cast<std::chrono::milliseconds>(deed.at.since_start).count()},
            {"undoes", deed.undoes},
            {"undone_by", deed.undone_by},
            {"contributions", std::move(contributions)},
            {"themes", std::move(themes)},
            {"tensions", std::move(tensions)},
            {"terms", std::move(terms)}};
}

}  // namespace

Json own_view(const ShowState& state, const Contribution& contribution) {
    return contribution_json(state, contribution);
}

Json facilitator_view(const ShowState& state, const Contribution& c) {
    const Standing& stands = state.room.consolidation.standing(c.id);
    Json out = contribution_json(state, c);
    out["table"] = c.table.value;
    out["language"] = c.language;
    out["flags"] = write_value(flags_of(state.room, c));
    out["sent"] = stands.text ? Json(c.text) : Json(nullptr);
    out["approved"] = stands.approved;
    out["proposal_declined"] = stands.proposal_declined;
    out["at_ms"] = std::chrono::duration_cast<std::chrono::milliseconds>(c.at.since_start).count();
    if (stands.hold) {
        out["hold"]["by"] = stands.hold->by;
        out["hold"]["confirmed_by"] = stands.hold->confirmed_by;
    }
    return out;
}

Json consolidation_view(const ShowState& state) {
    const Room& room = state.room;
    const auto& all = room.consolidation;
    Json tensions = Json::array();
    for (const auto& tension : all.tensions) tensions.push_back(tension_json(room, tension, true));
    return {{"moderation", write_value(all.moderation)},
            {"themes", themes_json(room, most_themes)},
            {"tensions", std::move(tensions)},
            {"terms", write_value(all.terms)},
            {"held", held_json(all)},
            {"waiting", all.waiting},
            {"contributions", room.contributions.size()},
            {"spotlight", all.spotlight ? Json(to_string(all.spotlight->contribution)) : Json(nullptr)},
            {"door", write_value(room.weighing.door)},
            {"deeds", all.deeds.size()},
            {"recent", deeds_view(state, 30)}};
}

Json history_view(const ShowState& state, const Uuid& contribution) {
    Json out = Json::array();
    for (const auto& deed : state.room.consolidation.deeds) {
        for (const auto& change : deed.standings) {
            if (change.key != contribution) continue;
            Json one = deed_json(deed);
            one["before"] = write_value(change.before);
            one["after"] = write_value(change.after);
            out.push_back(std::move(one));
        }
    }
    return out;
}

Json deeds_view(const ShowState& state, std::size_t most) {
    const auto& deeds = state.room.consolidation.deeds;
    Json out = Json::array();
    for (std::size_t i = deeds.size(); i > 0 && out.size() < most; --i) out.push_back(deed_json(deeds[i - 1]));
    return out;
}

Json asks_view(const ShowState& state) {
    const Room& room = state.room;
    Json tensions = Json::array();
    for (const auto& tension : room.consolidation.tensions) {
        if (tension.shown) tensions.push_back(tension_json(room, tension, !tension.open));
    }
    Json polls = Json::array();
    for (const auto& poll : room.weighing.polls) {
        if (poll.open || poll.results) polls.push_back(poll_json(room, poll, poll.results));
    }
    return {{"door", write_value(room.weighing.door)},
            {"groups", state.setup->voice.groups},
            {"tables", state.setup->tables},
            {"tensions", std::move(tensions)},
            {"polls", std::move(polls)}};
}

Json voices_view(const ShowState& state) {
    const Room& room = state.room;
    Json newest = Json::array();
    for (std::size_t i = room.contributions.size(); i > 0 && newest.size() < most_newest; --i) {
        const Contribution& c = room.contributions[i - 1];
        if (is_shown(room, c)) newest.push_back(short_json(room, c));
    }
    Json spotlight = nullptr;
    if (const auto& lit = room.consolidation.spotlight) {
        const Contribution* c = room.find(lit->contribution);
        if (c != nullptr && is_shown(room, *c)) spotlight = short_json(room, *c);
    }
    return {{"newest", std::move(newest)},
            {"spotlight", std::move(spotlight)},
            {"themes", themes_json(room, most_told_themes)},
            {"held", held_json(room.consolidation)},
            {"contributions", room.contributions.size()},
            {"tables_heard", room.answers_of_table.size()}};
}

Json polls_view(const ShowState& state) {
    Json out = Json::array();
    for (const auto& poll : state.room.weighing.polls) out.push_back(poll_json(state.room, poll, true));
    return out;
}

}  // namespace tribune
