// The fields of agenda, rounds' commands, notices and rotation; a part of show/fields.hpp.
#pragma once

#include "show/fields.hpp"

namespace tribune {

inline constexpr EnumRow<RotationUnit> rotation_units[] = {{RotationUnit::people, "people"},
                                                           {RotationUnit::groups, "groups"}};
constexpr std::span<const EnumRow<RotationUnit>> names_of(RotationUnit) { return rotation_units; }

template <class V, Is<Question> T>
void fields(V& v, T& e) {
    v("text", e.text, "What is asked.");
    v("language", e.language, "Its language; empty: the show's.", optional_field);
    v("parts", e.parts, "Sub-questions.", optional_field);
    v("length_ms", e.length_ms, "Planned; 0: until it is closed.", optional_field);
    v("close_at_end", e.close_at_end, "Closes itself when its time is over.", optional_field);
}
template <class V, Is<AgendaItem> T>
void fields(V& v, T& e) {
    v("item", e.item, "Its number.");
    v("question", e.question, "What is asked.");
}
template <class V, Is<Notice> T>
void fields(V& v, T& e) {
    v("text", e.text, "What it says.");
    v("at", e.at, "Show time.");
    v("length", e.length, "Nanoseconds.");
    v("on_faces", e.on_faces, "On the faces, too.");
}
template <class V, Is<NoticeRules> T>
void fields(V& v, T& e) {
    v("warn_s", e.warn_s, "So many seconds before a round's time is over.");
    v("on_faces", e.on_faces, "On the faces, too.");
}

template <class V, Is<Round> T>
void fields(V& v, T& e) {
    v("number", e.number, "1, 2, 3…");
    v("question", e.question, "What is asked.");
    v("language", e.language, "Its language.");
    v("started", e.started, "Show time.");
    v("ended", e.ended, "Show time, once closed.");
    v("open", e.open, "Takes answers now.");
    v("parts", e.parts, "Sub-questions.", optional_field);
    v("item", e.item, "Of the agenda; 0: typed live.", optional_field);
    v("length", e.length, "Planned, nanoseconds, or null.", optional_field);
    v("close_at_end", e.close_at_end, "Closes itself when its time is over.", optional_field);
    v("paused", e.paused, "Pauses that are over, nanoseconds.", optional_field);
    v("paused_since", e.paused_since, "Show time, while it is held.", optional_field);
}
template <class V, Is<Contribution> T>
void fields(V& v, T& e) {
    v("id", e.id, "Made on the device.");
    v("device", e.device, "The device.");
    v("table", e.table, "The table.");
    v("round", e.round, "The round it answers.");
    v("text", e.text, "What was written.");
    v("language", e.language, "Its language, empty if not told.");
    v("at", e.at, "Show time.");
    v("unix_ms", e.unix_ms, "Wall clock, a label.");
    v("sequence", e.sequence, "Place in the journal.");
    v("late", e.late, "Came after its round was closed.");
    v("kind", e.kind, "idea, question, means or criticism.", optional_field);
    v("part", e.part, "The sub-question it answers; 0: the whole.", optional_field);
    v("title", e.title, "Short; may be empty.", optional_field);
    v("flags", e.flags, "What the server noticed in it.", optional_field);
}

template <class V, Is<SetQuestion> T>
void fields(V& v, T& e) {
    v("text", e.text, "The question of the next round.");
    v("language", e.language, "Its language; empty: the show's.", optional_field);
    v("parts", e.parts, "Sub-questions.", optional_field);
    v("length_ms", e.length_ms, "Planned; 0: until it is closed.", optional_field);
    v("close_at_end", e.close_at_end, "Closes itself when its time is over.", optional_field);
    v("item", e.item, "The one of the agenda that it is.", optional_field);
}
template <class V, Is<StartRound> T>
void fields(V& v, T& e) {
    v("length_ms", e.length_ms, "Planned, 0: until it is closed; left out: as prepared.", optional_field);
}
template <class V, Is<StopRound> T>
void fields(V&, T&) {}
template <class V, Is<PauseRound> T>
void fields(V&, T&) {}
template <class V, Is<ResumeRound> T>
void fields(V&, T&) {}
template <class V, Is<ExtendRound> T>
void fields(V& v, T& e) {
    v("by_ms", e.by_ms, "More; below 0: less. Of a round over its time or without a length: from now.");
    v("close_at_end", e.close_at_end, "Closes itself when its time is over.", optional_field);
}
template <class V, Is<SetAgendaItem> T>
void fields(V& v, T& e) {
    v("item", e.item, "Which; 0: a new one, at the end.", optional_field);
    v("question", e.question, "What is asked.");
}
template <class V, Is<RemoveAgendaItem> T>
void fields(V& v, T& e) {
    v("item", e.item, "Which.");
}
template <class V, Is<MoveAgendaItem> T>
void fields(V& v, T& e) {
    v("item", e.item, "Which.");
    v("to", e.to, "Its new place, from 0.");
}
template <class V, Is<ShowNotice> T>
void fields(V& v, T& e) {
    v("text", e.text, "What it says; empty: the one that stands goes.");
    v("length_ms", e.length_ms, "How long it stands.", optional_field);
    v("on_faces", e.on_faces, "On the faces, too.", optional_field);
}

template <class V, Is<RotationWish> T>
void fields(V& v, T& e) {
    v("unit", e.unit, "people, or groups: whole tables.", optional_field);
    v("tables", e.tables, "How many.");
    v("seats", e.seats, "Most people at a table.", optional_field);
    v("rounds", e.rounds, "How many, those played included.");
    v("people", e.people, "Numbered from 1; 0: a full hall.", optional_field);
    v("absent", e.absent, "Who is not there.", optional_field);
    v("apart", e.apart, "Lists of people of whom no two share a table.", optional_field);
    v("together", e.together, "Lists of people who always share one.", optional_field);
    v("scribes", e.scribes, "One stays at each table.", optional_field);
    v("seed", e.seed, "Another seed, another plan.", optional_field);
}
template <class V, Is<RotationPlan> T>
void fields(V& v, T& e) {
    v("rounds", e.rounds, "Rounds, in each the tables, at each the people, its scribe first.");
    v("repeated_pairs", e.repeated_pairs, "Meetings of two beyond their first.");
}
template <class V, Is<Rotation> T>
void fields(V& v, T& e) {
    v("wish", e.wish, "What it answers.");
    v("plan", e.plan, "Who sits where.");
    v("sits", e.sits, "The round that people sit in, from 0.");
    v("since", e.since, "Show time.");
}
template <class V, Is<PlanRotation> T>
void fields(V& v, T& e) {
    v("wish", e.wish, "What is wanted.");
    v("anew", e.anew, "From the beginning; else what was played stays.", optional_field);
}
template <class V, Is<SeatRotation> T>
void fields(V& v, T& e) {
    v("asked", e.asked, "What it answers.");
    v("sits", e.sits, "The round that people sat in.");
    v("plan", e.plan, "Who sits where.");
    v("problem", e.problem, "Code: why there is none.", optional_field);
}
template <class V, Is<ChangeTables> T>
void fields(V&, T&) {}
template <class V, Is<UndoRotation> T>
void fields(V&, T&) {}

}  // namespace tribune
