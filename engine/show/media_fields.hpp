// The fields of what belongs to clips and stingers; a part of show/fields.hpp.
#pragma once

#include "show/fields.hpp"

namespace tribune {

template <class V, Is<Transport> T>
void fields(V& v, T& e) {
    v("motion", e.motion, "cued, playing or paused.");
    v("position", e.position, "At `since`, nanoseconds from the first picture.");
    v("since", e.since, "Show time.");
    v("speed", e.speed, "1: its own.");
    v("in", e.in, "Where it begins, nanoseconds.");
    v("out", e.out, "The first instant not shown, or null: its end.");
    v("loop", e.loop, "Goes back to `in` at its end.");
    v("at_end", e.at_end, "hold, stop or next.");
    v("next", e.next, "What follows, for next.");
    v("play_on_take", e.play_on_take, "Plays when it comes on air.");
    v("duration", e.duration, "As measured, nanoseconds; 0: not known, or a still.");
}
template <class V, Is<StingerSetup> T>
void fields(V& v, T& e) {
    v("source", e.source, "The clip, and the transition's name.");
    v("cut_ms", e.cut_ms, "When the cut beneath it happens, milliseconds from its in point.");
}

template <class V, Is<Cue> T>
void fields(V& v, T& e) {
    v("sources", e.sources, "The clips.");
    v("position_ms", e.position_ms, "Milliseconds from the first picture; left out: the in point.", optional_field);
}
template <class V, Is<Play> T>
void fields(V& v, T& e) {
    v("sources", e.sources, "The clips.");
}
template <class V, Is<Pause> T>
void fields(V& v, T& e) {
    v("sources", e.sources, "The clips.");
}
template <class V, Is<SetClip> T>
void fields(V& v, T& e) {
    v("source", e.source, "The clip.");
    v("in_ms", e.in_ms, "Where it begins, milliseconds.", optional_field);
    v("out_ms", e.out_ms, "Where it ends; 0: at its own end.", optional_field);
    v("speed", e.speed, "0.1 to 4.", optional_field);
    v("loop", e.loop, "Starts again at its end.", optional_field);
    v("at_end", e.at_end, "hold, stop (back at its in point) or next.", optional_field);
    v("next", e.next, "The scene or source that follows, for next.", optional_field);
    v("play_on_take", e.play_on_take, "Plays when it comes on air.", optional_field);
}
template <class V, Is<ClipOpened> T>
void fields(V& v, T& e) {
    v("source", e.source, "The clip.");
    v("duration", e.duration, "Nanoseconds.");
}
template <class V, Is<ClipEnded> T>
void fields(V& v, T& e) {
    v("source", e.source, "The clip.");
}
template <class V, Is<AddSource> T>
void fields(V& v, T& e) {
    v("name", e.name, "Short name, used in commands.");
    v("label", e.label, "What people read.", optional_field);
    v("file", e.file, "A file of the media folder…", optional_field);
    v("url", e.url, "…or an address, for the technician.", optional_field);
    v("loop", e.loop, "A clip that starts again at its end.", optional_field);
}
template <class V, Is<RemoveSource> T>
void fields(V& v, T& e) {
    v("name", e.name, "A source that was added.");
}
template <class V, Is<SetStinger> T>
void fields(V& v, T& e) {
    v("source", e.source, "A clip of the show.");
    v("cut_ms", e.cut_ms, "When the cut beneath it happens, milliseconds from its in point.", optional_field);
}
template <class V, Is<RemoveStinger> T>
void fields(V& v, T& e) {
    v("source", e.source, "The stinger's clip, which stays a source.");
}

}  // namespace tribune
