// The fields of what becomes of contributions; a part of show/fields.hpp.
#pragma once

#include "show/fields.hpp"

namespace tribune {

inline constexpr EnumRow<Flag> flag_names[] = {{Flag::insult, "insult"},
                                               {Flag::spelled_apart, "spelled_apart"},
                                               {Flag::look_alike, "look_alike"},
                                               {Flag::personal_data, "personal_data"},
                                               {Flag::link, "link"}};
constexpr std::span<const EnumRow<Flag>> names_of(Flag) { return flag_names; }
inline constexpr EnumRow<HoldReason> hold_reason_names[] = {{HoldReason::insult, "insult"},
                                                            {HoldReason::hate, "hate"},
                                                            {HoldReason::personal_data, "personal_data"},
                                                            {HoldReason::names_person, "names_person"},
                                                            {HoldReason::advert, "advert"},
                                                            {HoldReason::unreadable, "unreadable"},
                                                            {HoldReason::repeated, "repeated"}};
constexpr std::span<const EnumRow<HoldReason>> names_of(HoldReason) { return hold_reason_names; }
inline constexpr EnumRow<Moderation> moderation_names[] = {{Moderation::after, "after"},
                                                           {Moderation::before, "before"}};
constexpr std::span<const EnumRow<Moderation>> names_of(Moderation) { return moderation_names; }
inline constexpr EnumRow<TermAct> term_act_names[] = {
    {TermAct::merge, "merge"}, {TermAct::hide, "hide"}, {TermAct::rename, "rename"}};
constexpr std::span<const EnumRow<TermAct>> names_of(TermAct) { return term_act_names; }

inline constexpr EnumRow<ContributionState> contribution_states[] = {{ContributionState::waiting, "waiting"},
                                                                     {ContributionState::shown, "shown"},
                                                                     {ContributionState::gathered, "gathered"},
                                                                     {ContributionState::held, "held"},
                                                                     {ContributionState::retracted, "retracted"}};
constexpr std::span<const EnumRow<ContributionState>> names_of(ContributionState) { return contribution_states; }

template <class V, Is<VoiceSetup> T>
void fields(V& v, T& e) {
    v("moderation", e.moderation, "before or after they are shown.", optional_field);
    v("phones_contribute", e.phones_contribute, "From the start.", optional_field);
    v("groups", e.groups, "That people may say they belong to.", optional_field);
}
template <class V, Is<Speaker> T>
void fields(V& v, T& e) {
    v("device", e.device, "The device; the server says which.");
    v("table", e.table, "The table; 0: a phone. The server says which.");
}
template <class V, Is<Hold> T>
void fields(V& v, T& e) {
    v("reason", e.reason, "insult, hate, personal_data, names_person, advert, unreadable or repeated.");
    v("note", e.note, "For its table.");
    v("by", e.by, "Who; \"machine\": by itself.");
    v("at", e.at, "Show time.");
    v("review_wanted", e.review_wanted, "Somebody asked that it be looked at twice.");
    v("confirmed_by", e.confirmed_by, "Who looked second and let it be.");
}
template <class V, Is<Proposal> T>
void fields(V& v, T& e) {
    v("text", e.text, "Other words.");
    v("by", e.by, "Who.");
    v("at", e.at, "Show time.");
}
template <class V, Is<Outcome> T>
void fields(V& v, T& e) {
    v("text", e.text, "What became of it.");
    v("by", e.by, "Who says so.");
    v("at", e.at, "Show time.");
}
template <class V, Is<Standing> T>
void fields(V& v, T& e) {
    v("text", e.text, "As last written, or null.", optional_field);
    v("title", e.title, "Likewise.", optional_field);
    v("flags", e.flags, "Of that text.", optional_field);
    v("retracted", e.retracted, "By who sent it.", optional_field);
    v("waits", e.waits, "To be seen.", optional_field);
    v("approved", e.approved, "Seen.", optional_field);
    v("hold", e.hold, "Kept off the wall, and why, or null.", optional_field);
    v("proposal", e.proposal, "Other words, or null.", optional_field);
    v("proposal_declined", e.proposal_declined, "Its table stayed by its own.", optional_field);
    v("theme", e.theme, "0: under none.", optional_field);
    v("outcome", e.outcome, "What became of it, or null.", optional_field);
}
template <class V, Is<Theme> T>
void fields(V& v, T& e) {
    v("number", e.number, "Its number.");
    v("title", e.title, "Its title.");
    v("outcome", e.outcome, "What became of it, or null.", optional_field);
}
template <class V, Is<TensionSide> T>
void fields(V& v, T& e) {
    v("contribution", e.contribution, "A contribution, or null.", optional_field);
    v("theme", e.theme, "Or a theme; 0: none.", optional_field);
}
template <class V, Is<Tension> T>
void fields(V& v, T& e) {
    v("number", e.number, "Its number.");
    v("title", e.title, "May be empty.");
    v("sides", e.sides, "Two.");
    v("open", e.open, "Weighed now.");
    v("shown", e.shown, "Seen by a facilitator.");
    v("by", e.by, "Who set it.");
    v("at", e.at, "Show time.");
}
template <class V, Is<TermRule> T>
void fields(V& v, T& e) {
    v("word", e.word, "As people see it.");
    v("act", e.act, "merge, hide or rename.");
    v("to", e.to, "The other word, or spelling.", optional_field);
}
template <class V, class T>
requires(std::is_same_v<std::remove_const_t<T>, StandingChange> ||
         std::is_same_v<std::remove_const_t<T>, ThemeChange> || std::is_same_v<std::remove_const_t<T>, TensionChange> ||
         std::is_same_v<std::remove_const_t<T>, TermChange>) void fields(V& v, T& e) {
    v("key", e.key, "What was changed.");
    v("before", e.before, "As it was, or null.", optional_field);
    v("after", e.after, "As it is, or null.", optional_field);
}
template <class V, Is<Deed> T>
void fields(V& v, T& e) {
    v("number", e.number, "1, 2, 3…");
    v("command", e.command, "What was done.");
    v("by", e.by, "Who.");
    v("at", e.at, "Show time.");
    v("sequence", e.sequence, "Place in the journal.");
    v("undoes", e.undoes, "The deed it takes back; 0: none.", optional_field);
    v("undone_by", e.undone_by, "What took it back; 0: nothing.", optional_field);
    v("standings", e.standings, "Contributions.", optional_field);
    v("themes", e.themes, "Themes.", optional_field);
    v("tensions", e.tensions, "Tensions.", optional_field);
    v("terms", e.terms, "Words.", optional_field);
}
template <class V, Is<Spotlight> T>
void fields(V& v, T& e) {
    v("contribution", e.contribution, "Which.");
    v("at", e.at, "Show time.");
    v("by", e.by, "Who.");
}
// Its standings are written beside it: they go by contribution.
template <class V, Is<Consolidation> T>
void fields(V& v, T& e) {
    v("moderation", e.moderation, "before or after they are shown.");
    v("themes", e.themes, "All.");
    v("tensions", e.tensions, "All.");
    v("terms", e.terms, "Rules for words.");
    v("last_theme", e.last_theme, "The newest number given.");
    v("last_tension", e.last_tension, "Likewise.");
    v("deeds", e.deeds, "All that was done.");
    v("spotlight", e.spotlight, "What stands out, or null.");
}

// --- Commands -----------------------------------------------------------------------------------------------

template <class V, Is<Revise> T>
void fields(V& v, T& e) {
    v("from", e.from, by_server, optional_field);
    v("contribution", e.contribution, "Which, one's own.");
    v("text", e.text, "Its new words.");
    v("title", e.title, "Its new title.", optional_field);
    v("flags", e.flags, "Noticed by the server.", optional_field);
}
template <class V, Is<Retract> T>
void fields(V& v, T& e) {
    v("from", e.from, by_server, optional_field);
    v("contribution", e.contribution, "Which, one's own.");
}
template <class V, Is<AnswerProposal> T>
void fields(V& v, T& e) {
    v("from", e.from, by_server, optional_field);
    v("contribution", e.contribution, "Which, one's own.");
    v("accept", e.accept, "The words proposed become its words.");
}
template <class V, Is<Approve> T>
void fields(V& v, T& e) {
    v("contributions", e.contributions, "Which.");
}
template <class V, Is<HoldBack> T>
void fields(V& v, T& e) {
    v("contributions", e.contributions, "Which.");
    v("reason", e.reason, "insult, hate, personal_data, names_person, advert, unreadable or repeated.");
    v("note", e.note, "For its table.", optional_field);
}
template <class V, Is<Release> T>
void fields(V& v, T& e) {
    v("contributions", e.contributions, "Which.");
}
template <class V, Is<AskReview> T>
void fields(V& v, T& e) {
    v("contribution", e.contribution, "One that is held.");
}
template <class V, Is<ConfirmHold> T>
void fields(V& v, T& e) {
    v("contribution", e.contribution, "One that somebody else holds.");
}
template <class V, Is<ProposeWords> T>
void fields(V& v, T& e) {
    v("contribution", e.contribution, "Which.");
    v("text", e.text, "Other words; empty: taken back.");
}
template <class V, Is<Gather> T>
void fields(V& v, T& e) {
    v("contributions", e.contributions, "Which.");
    v("theme", e.theme, "Under which; 0: a new one of this title, or none.", optional_field);
    v("title", e.title, "Of a new theme.", optional_field);
}
template <class V, Is<NameTheme> T>
void fields(V& v, T& e) {
    v("theme", e.theme, "Which; 0: a new one.", optional_field);
    v("title", e.title, "Its title.");
}
template <class V, Is<MergeThemes> T>
void fields(V& v, T& e) {
    v("from", e.from, "The one that goes.");
    v("into", e.into, "The one that takes all of it.");
}
template <class V, Is<RemoveTheme> T>
void fields(V& v, T& e) {
    v("theme", e.theme, "Which.");
}
template <class V, Is<SetTension> T>
void fields(V& v, T& e) {
    v("from", e.from, by_server, optional_field);
    v("tension", e.tension, "Which; 0: a new one.", optional_field);
    v("title", e.title, "May be empty.", optional_field);
    v("sides", e.sides, "Two.");
}
template <class V, Is<OpenTension> T>
void fields(V& v, T& e) {
    v("tension", e.tension, "Which.");
    v("open", e.open, "The room weighs it, or no longer.", optional_field);
}
template <class V, Is<RemoveTension> T>
void fields(V& v, T& e) {
    v("tension", e.tension, "Which.");
}
template <class V, Is<SetOutcome> T>
void fields(V& v, T& e) {
    v("contributions", e.contributions, "Of which.", optional_field);
    v("theme", e.theme, "Or of which theme.", optional_field);
    v("text", e.text, "What became of it; empty: nothing is said.");
}
template <class V, Is<SetTerm> T>
void fields(V& v, T& e) {
    v("rule", e.rule, "What is said about the word.");
}
template <class V, Is<RemoveTerm> T>
void fields(V& v, T& e) {
    v("word", e.word, "The word.");
}
template <class V, Is<UndoDeed> T>
void fields(V& v, T& e) {
    v("deed", e.deed, "Its number.");
}
template <class V, Is<SetModeration> T>
void fields(V& v, T& e) {
    v("moderation", e.moderation, "before or after they are shown.");
}
template <class V, Is<SetSpotlight> T>
void fields(V& v, T& e) {
    v("contribution", e.contribution, "Which; null: none.", optional_field);
}

}  // namespace tribune
