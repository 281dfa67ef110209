// The fields of likes, weights and votes; a part of show/fields.hpp.
#pragma once

#include "show/fields.hpp"

namespace tribune {

inline constexpr EnumRow<Stance> stance_names[] = {
    {Stance::agree, "agree"}, {Stance::disagree, "disagree"}, {Stance::pass, "pass"}};
constexpr std::span<const EnumRow<Stance>> names_of(Stance) { return stance_names; }
inline constexpr EnumRow<PollKind> poll_kind_names[] = {
    {PollKind::single, "single"}, {PollKind::multiple, "multiple"}, {PollKind::yes_no, "yes_no"},
    {PollKind::dots, "dots"},     {PollKind::ranking, "ranking"},   {PollKind::scale, "scale"}};
constexpr std::span<const EnumRow<PollKind>> names_of(PollKind) { return poll_kind_names; }

template <class V, Is<Profile> T>
void fields(V& v, T& e) {
    v("table", e.table, "0: not told.", optional_field);
    v("group", e.group, "One of the show's; empty: not told.", optional_field);
}
template <class V, Is<AudienceDoor> T>
void fields(V& v, T& e) {
    v("react", e.react, "Phones may like, weigh and vote.");
    v("contribute", e.contribute, "Phones may contribute.");
}
template <class V, Is<Poll> T>
void fields(V& v, T& e) {
    v("number", e.number, "Its number.");
    v("poll_kind", e.kind, "single, multiple, yes_no, dots, ranking or scale.");
    v("text", e.text, "What is asked.");
    v("options", e.options, "Its choices; of a scale what its ends mean, or none.");
    v("dots", e.dots, "Of each voice.");
    v("steps", e.steps, "Of a scale.");
    v("open", e.open, "Takes votes.");
    v("closed", e.closed, "Was open.");
    v("results", e.results, "Told to everyone.");
    v("closed_at", e.closed_at, "When it was closed last.", optional_field);
}
template <class V, Is<LikeCast> T>
void fields(V& v, T& e) {
    v("device", e.device, "Whose.");
    v("contribution", e.contribution, "Of which.");
    v("on", e.on, "Given, or taken back.");
}
template <class V, Is<WeighCast> T>
void fields(V& v, T& e) {
    v("from", e.from, "Whose.");
    v("tension", e.tension, "Which.");
    v("side", e.side, "0 or 1.");
    v("stance", e.stance, "agree, disagree or pass.");
}
template <class V, Is<VoteCast> T>
void fields(V& v, T& e) {
    v("device", e.device, "Whose.");
    v("poll", e.poll, "Which.");
    v("marks", e.marks, "What.");
    v("at", e.at, "Show time.");
}
template <class V, Is<ProfileTold> T>
void fields(V& v, T& e) {
    v("device", e.device, "Whose.");
    v("profile", e.profile, "What they say of themselves.");
}
template <class V, Is<Weighing> T>
void fields(V& v, T& e) {
    v("door", e.door, "What phones may do.");
    v("polls", e.polls, "All.");
    v("last_poll", e.last_poll, "The newest number given.");
    v("told", e.told, "What phones say of themselves.");
    v("likes", e.likes, "As they came.");
    v("weighed", e.weighed, "Likewise.");
    v("votes", e.votes, "Likewise.");
}
template <class V, Is<Weight> T>
void fields(V& v, T& e) {
    v("agree", e.agree, "How many.");
    v("disagree", e.disagree, "How many.");
    v("pass", e.pass, "How many.");
}
template <class V, Is<Separation> T>
void fields(V& v, T& e) {
    v("side", e.side, "0 or 1.");
    v("table", e.table, "The group; 0: the one named.");
    v("group", e.group, "The group.");
    v("share", e.share, "Of it that agrees, estimated.");
    v("others", e.others, "Of all others.");
    v("surety", e.surety, "That it agrees more, 0 to 1.");
    v("voices", e.voices, "How many of it weighed.");
}

// --- Commands -----------------------------------------------------------------------------------------------

template <class V, Is<Introduce> T>
void fields(V& v, T& e) {
    v("from", e.from, by_server, optional_field);
    v("profile", e.profile, "What they say of themselves.");
}
template <class V, Is<Like> T>
void fields(V& v, T& e) {
    v("from", e.from, by_server, optional_field);
    v("contribution", e.contribution, "Which.");
    v("on", e.on, "Given, or taken back.", optional_field);
}
template <class V, Is<Weigh> T>
void fields(V& v, T& e) {
    v("from", e.from, by_server, optional_field);
    v("tension", e.tension, "Which.");
    v("side", e.side, "0 or 1.");
    v("stance", e.stance, "agree, disagree or pass.");
}
template <class V, Is<Vote> T>
void fields(V& v, T& e) {
    v("from", e.from, by_server, optional_field);
    v("poll", e.poll, "Which.");
    v("marks", e.marks, "Choices, from 0; dots: how many on each; ranking: the best first.");
}
template <class V, Is<SetPoll> T>
void fields(V& v, T& e) {
    v("poll", e.poll, "Which; 0: a new one.", optional_field);
    v("poll_kind", e.kind, "single, multiple, yes_no, dots, ranking or scale.");
    v("text", e.text, "What is asked.");
    v("options", e.options, "Its choices; of a scale what its ends mean, or none.", optional_field);
    v("dots", e.dots, "Of each voice.", optional_field);
    v("steps", e.steps, "Of a scale.", optional_field);
}
template <class V, Is<OpenPoll> T>
void fields(V& v, T& e) {
    v("poll", e.poll, "Which.");
}
template <class V, Is<ClosePoll> T>
void fields(V& v, T& e) {
    v("poll", e.poll, "Which.");
    v("results", e.results, "Told to everyone.", optional_field);
}
template <class V, Is<RemovePoll> T>
void fields(V& v, T& e) {
    v("poll", e.poll, "Which.");
}
template <class V, Is<SetAudience> T>
void fields(V& v, T& e) {
    v("door", e.door, "What phones may do.");
}

}  // namespace tribune
