// The fields of the rundown and of what was edited; a part of show/fields.hpp.
#pragma once

#include "show/edits.hpp"
#include "show/fields.hpp"

namespace tribune {

inline constexpr EnumRow<CueStart> cue_starts[] = {{CueStart::hand, "hand"},
                                                   {CueStart::after, "after"},
                                                   {CueStart::ended, "ended"},
                                                   {CueStart::clock, "clock"},
                                                   {CueStart::show, "show"}};
constexpr std::span<const EnumRow<CueStart>> names_of(CueStart) { return cue_starts; }

template <class V, Is<Step> T>
void fields(V& v, T& e) {
    v("wait_ms", e.wait_ms, "After the one before it; 0: together with it.", optional_field);
    v("command", e.command, "Any command that a macro may hold.");
}
template <class V, Is<CueTrigger> T>
void fields(V& v, T& e) {
    v("kind", e.kind,
      "hand (GO), after (the cue before went), ended (all that the cue before began is over), clock (a time of day), "
      "show (a time since the rundown began).");
    v("delay_ms", e.delay_ms, "after, ended: so much later, 0 to 3,600,000.", optional_field);
    v("at_s", e.at_s, "clock: seconds since midnight; show: since the first cue went.", optional_field);
}
template <class V, Is<RundownCue> T>
void fields(V& v, T& e) {
    v("number", e.number, "As it stands in the rundown, such as 2.5.");
    v("label", e.label, "What people read.", optional_field);
    v("note", e.note, "For those who run the show.", optional_field);
    v("colour", e.colour, "To find it by, or null.", optional_field);
    v("start", e.start, "What makes it go; left out: GO.", optional_field);
    v("steps", e.steps, "What it does.", optional_field);
}
template <class V, Is<Macro> T>
void fields(V& v, T& e) {
    v("name", e.name, "Its name in commands.");
    v("label", e.label, "What people read; the name when empty.", optional_field);
    v("steps", e.steps, "What it does.", optional_field);
}
template <class V, Is<Rundown> T>
void fields(V& v, T& e) {
    v("cues", e.cues, "In their order.");
    v("macros", e.macros, "By name.");
}
template <class V, Is<Run> T>
void fields(V& v, T& e) {
    v("cue", e.cue, "The cue that began it, empty: none.");
    v("macro", e.macro, "The macro, empty: the cue's own steps.");
    v("by", e.by, "Who began it.");
    v("steps", e.steps, "All its steps.");
    v("next", e.next, "The step that comes, from 0.");
    v("due", e.due, "Show time when it comes.");
    v("depth", e.depth, "How many macros ran one another to it.");
}
template <class V, Is<Recording> T>
void fields(V& v, T& e) {
    v("macro", e.macro, "The macro to be.");
    v("label", e.label, "What people read.");
    v("by", e.by, "Who records.");
    v("timing", e.timing, "The waits are kept.");
    v("own_only", e.own_only, "Only this key's commands.");
    v("full", e.full, "No more steps fit.");
    v("last", e.last, "Show time of the last step.");
    v("steps", e.steps, "Taken so far.");
}
template <class V, Is<RunFault> T>
void fields(V& v, T& e) {
    v("cue", e.cue, "The cue, empty: none.");
    v("macro", e.macro, "The macro, empty: none.");
    v("code", e.code, "Code of what went wrong.");
    v("message", e.message, "The same for people.");
    v("at", e.at, "Show time.");
}
template <class V, Is<RundownState> T>
void fields(V& v, T& e) {
    v("current", e.current, "The cue that went last, empty: none yet.");
    v("since", e.since, "Show time when it went.");
    v("begun", e.begun, "Show time when the first cue went, or null.");
    v("standby", e.standby, "Chosen as the next by hand, or null.");
    v("armed", e.armed, "Since when the next one waits.");
    v("clock", e.clock, "Show time of the next cue's time of day, or null.");
    v("hold", e.hold, "Nothing goes by itself.");
    v("by", e.by, "Who had the rundown in hand last.");
    v("runs", e.runs, "Steps that wait.");
    v("recording", e.recording, "The macro being recorded, or null.");
    v("fault", e.fault, "Why something did not go on by itself, or null.");
}

// --- Commands -----------------------------------------------------------------------------------------------

template <class V, Is<SetCue> T>
void fields(V& v, T& e) {
    v("cue", e.cue, "The cue as it is to be.");
    v("was", e.was, "The number it had, when that changes.", optional_field);
    v("before", e.before, "A new cue stands before this one; left out: at the end.", optional_field);
}
template <class V, Is<MoveCue> T>
void fields(V& v, T& e) {
    v("cue", e.cue, "The cue.");
    v("before", e.before, "The cue that follows it then; left out: it is the last.", optional_field);
}
template <class V, Is<RemoveCue> T>
void fields(V& v, T& e) {
    v("cue", e.cue, "The cue.");
}
template <class V, Is<Go> T>
void fields(V& v, T& e) {
    v("cue", e.cue, "The cue; left out: the next one.", optional_field);
}
template <class V, Is<Back> T>
void fields(V&, T&) {}
template <class V, Is<StandBy> T>
void fields(V& v, T& e) {
    v("cue", e.cue, "The next cue; left out: the one that follows in order.", optional_field);
}
template <class V, Is<HoldCues> T>
void fields(V& v, T& e) {
    v("on", e.on, "Held, or let go on.");
}
template <class V, Is<SetMacro> T>
void fields(V& v, T& e) {
    v("macro", e.macro, "The macro as it is to be.");
    v("was", e.was, "The name it had, when that changes.", optional_field);
}
template <class V, Is<RemoveMacro> T>
void fields(V& v, T& e) {
    v("macro", e.macro, "The macro.");
}
template <class V, Is<RunMacro> T>
void fields(V& v, T& e) {
    v("macro", e.macro, "The macro.");
}
template <class V, Is<StopMacro> T>
void fields(V& v, T& e) {
    v("macro", e.macro, "The macro; left out: all that is under way.", optional_field);
}
template <class V, Is<RecordMacro> T>
void fields(V& v, T& e) {
    v("macro", e.macro, "The macro to be; one of this name is replaced.");
    v("label", e.label, "What people read.", optional_field);
    v("timing", e.timing, "The waits between the commands are kept.", optional_field);
    v("own_only", e.own_only, "Only commands by this key; else by all who have the same role.", optional_field);
}
template <class V, Is<StopRecording> T>
void fields(V& v, T& e) {
    v("keep", e.keep, "False: what was recorded is thrown away.", optional_field);
}
template <class V, Is<Together> T>
void fields(V& v, T& e) {
    v("commands", e.commands, "In this order; each with the rights of who sends them.");
}
template <class V, Is<CarryOn> T>
void fields(V&, T&) {}
template <class V, Is<TimeCue> T>
void fields(V& v, T& e) {
    v("cue", e.cue, "The next cue.");
    v("at", e.at, "Show time when its time of day comes, or null.");
}

// --- What was edited ----------------------------------------------------------------------------------------

template <class V, Is<PlacedSource> T>
void fields(V& v, T& e) {
    v("index", e.index, "Its place among the sources.");
    v("config", e.config, "The source.");
    v("transport", e.transport, "A file's transport, or null.");
}
template <class V, Is<PlacedCue> T>
void fields(V& v, T& e) {
    v("index", e.index, "Its place in the rundown.");
    v("cue", e.cue, "The cue.");
}
template <class V, Is<AgendaKey> T>
void fields(V& v, T& e) {
    v("item", e.item, "Of the agenda.");
    v("text", e.text, "The question.");
}
template <class V, Is<PlacedQuestion> T>
void fields(V& v, T& e) {
    v("index", e.index, "Its place in the agenda.");
    v("question", e.question, "The question.");
}
// All kinds of pieces alike.
template <class T>
concept EditPiece = std::constructible_from<Piece, std::remove_const_t<T>>;
template <class V, EditPiece T>
void fields(V& v, T& e) {
    v("key", e.key, "Its name.");
    v("value", e.value, "How it is, or null: it is not there.");
}
template <class V, Is<Edit> T>
void fields(V& v, T& e) {
    v("command", e.command, "What was done.");
    v("part", e.part, "What of it.");
    v("by", e.by, "Who did it.");
    v("at", e.at, "Show time.");
    v("before", e.before, "As it was.");
    v("after", e.after, "As it is.");
}
template <class V, Is<EditHistory> T>
void fields(V& v, T& e) {
    v("done", e.done, "What can be undone, the newest last.");
    v("undone", e.undone, "What can be brought back, the next last.");
}

}  // namespace tribune
