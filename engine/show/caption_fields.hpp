// The fields of captions and countdowns; a part of show/fields.hpp.
#pragma once

#include "show/edits.hpp"
#include "show/fields.hpp"

namespace tribune {

template <class V, Is<LocalWords> T>
void fields(V& v, T& e) {
    v("fr", e.fr, "In French.");
    v("en", e.en, "In English.");
}
template <class V, Is<CaptionField> T>
void fields(V& v, T& e) {
    v("name", e.name, "As {name} in the template.");
    v("label", e.label, "What people read.");
    v("usual", e.usual, "Unless the caption says otherwise.");
}
template <class V, Is<CaptionTemplate> T>
void fields(V& v, T& e) {
    v("name", e.name, "Name of the file.");
    v("label", e.label, "What people read.");
    v("slot", e.slot, "Captions of one slot take each other's place.");
    v("in_ms", e.in_ms, "Until it is all there.");
    v("out_ms", e.out_ms, "Until it is gone.");
    v("bell_ms", e.bell_ms, "Seen only so long after each bell; 0: always.");
    v("fields", e.fields, "What can be said.");
    v("toml", e.toml, "The template's text.");
}
template <class V, Is<FileFault> T>
void fields(V& v, T& e) {
    v("file", e.file, "The file.");
    v("code", e.code, "What kind of fault.");
    v("message", e.message, "What is wrong and what to do.");
}
template <class V, Is<CaptionChange> T>
void fields(V& v, T& e) {
    v("from", e.from, "The words before.");
    v("at", e.at, "Show time.");
}
template <class V, Is<Caption> T>
void fields(V& v, T& e) {
    v("name", e.name, "Its name in commands, and as a scene.");
    v("label", e.label, "What people at the desks read.", optional_field);
    v("template", e.template_name, "One of the setup's caption templates.");
    v("words", e.words, "What its fields say.", optional_field);
    v("change", e.change, "The last change of its words, or null.", optional_field);
}
template <class V, Is<PlacedCaption> T>
void fields(V& v, T& e) {
    v("index", e.index, "Its place in the list, from 0.");
    v("caption", e.caption, "The caption.");
}
template <class V, Is<Person> T>
void fields(V& v, T& e) {
    v("name", e.name, "Name.");
    v("role", e.role, "What the person does here.", optional_field);
}
template <class V, Is<CaptionBook> T>
void fields(V& v, T& e) {
    v("list", e.list, "In the order that they are brought on.");
}
template <class V, Is<CaptionContent> T>
void fields(V& v, T& e) {
    v("caption", e.caption, "A caption of the show.");
}
template <class V, Is<Countdown> T>
void fields(V& v, T& e) {
    v("on", e.on, "Off: the time left is the open round's.");
    v("ends", e.ends, "Show time, or null while it is held.");
    v("left", e.left, "While it is held, nanoseconds.");
    v("length", e.length, "As it was started, nanoseconds.");
}

// --- Commands -----------------------------------------------------------------------------------------------

template <class V, Is<SetCaption> T>
void fields(V& v, T& e) {
    v("name", e.name, "The caption; a new name makes a new one.");
    v("label", e.label, "What people at the desks read; left out: as it was.", optional_field);
    v("template", e.template_name, "One of the setup's caption templates; needed for a new one.", optional_field);
    v("words", e.words, "What its fields say; a field left out stays, an empty one is as the template says.",
      optional_field);
    v("before", e.before, "Its place in the list: before this one; empty: the last.", optional_field);
}
template <class V, Is<RemoveCaption> T>
void fields(V& v, T& e) {
    v("name", e.name, "A caption that is not shown.");
}
template <class V, Is<ShowCaption> T>
void fields(V& v, T& e) {
    v("name", e.name, "The caption.");
    v("on", e.on, "On, or off.", optional_field);
    v("faces", e.faces, "Faces that show it; none: all.", optional_field);
}
template <class V, Is<NextCaption> T>
void fields(V& v, T& e) {
    v("back", e.back, "The one before instead.", optional_field);
}
template <class V, Is<StartCountdown> T>
void fields(V& v, T& e) {
    v("length_ms", e.length_ms, "1,000 to 86,400,000.");
}
template <class V, Is<HoldCountdown> T>
void fields(V& v, T& e) {
    v("held", e.held, "Stands still, or goes on.");
}
template <class V, Is<ExtendCountdown> T>
void fields(V& v, T& e) {
    v("by_ms", e.by_ms, "Time given; less than 0: taken away.");
}
template <class V, Is<StopCountdown> T>
void fields(V&, T&) {}

}  // namespace tribune
