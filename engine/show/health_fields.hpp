// The fields of what is, as against what is wanted; a part of show/fields.hpp.
#pragma once

#include "show/fields.hpp"

namespace tribune {

template <class V, Is<SourceHealth> T>
void fields(V& v, T& e) {
    v("name", e.name, "The source.");
    v("state", e.state, "connecting, live, stalled, lost, refused.");
    v("reason", e.reason, "Why it is not live, for people.");
    v("code", e.code, "Code of the last error.");
    v("size", e.size, "Size of its frames.");
    v("frames_per_second", e.frames_per_second, "Measured over the last second.");
    v("wanted_frames_per_second", e.wanted_frames_per_second, "What the stream says of itself.");
    v("codec", e.codec, "Codec.");
    v("sound", e.sound, "Codec of its sound, empty when it has none.", optional_field);
    v("frames", e.frames, "Frames since its start.");
    v("dropped", e.dropped, "Decoded, not published.");
    v("corrupt", e.corrupt, "Flagged by the decoder.");
    v("reconnects", e.reconnects, "How often it was opened again.");
    v("clip", e.clip, "none, cued, playing, paused or ended.", optional_field);
    v("position", e.position, "Of the clip's picture, nanoseconds.", optional_field);
    v("duration", e.duration, "Of the clip, nanoseconds.", optional_field);
}
template <class V, Is<SourceSeen> T>
void fields(V& v, T& e) {
    v("name", e.name, "The source.");
    v("frame_age_ms", e.frame_age_ms, "Age of its newest frame, -1: none yet.");
    v("skipped", e.skipped, "Published, never shown.");
}
template <class V, Is<FaceHealth> T>
void fields(V& v, T& e) {
    v("name", e.name, "The face.");
    v("size", e.size, "Its canvas.");
    v("shows", e.shows, "Source shown, or slate.");
    v("frame_index", e.frame_index, "The last frame's number.");
    v("frames_per_second", e.frames_per_second, "Measured.");
    v("words", e.words, "Words on its wall.");
    v("wall_pages", e.wall_pages, "Pages of its wall.");
}
template <class V, Is<OutputHealth> T>
void fields(V& v, T& e) {
    v("name", e.name, "The output.");
    v("face", e.face, "The face it shows.");
    v("kind", e.kind, "Its kind.");
    v("state", e.state, "ok, lost or failed.");
    v("detail", e.detail, "Display and size, or the reason.");
    v("frames", e.frames, "Frames presented.");
    v("view", e.view, "The view that it shows instead of a face.", optional_field);
}
template <class V, Is<TransitionFault> T>
void fields(V& v, T& e) {
    v("name", e.name, "The transition.");
    v("code", e.code, "bad_transition, no_transition, transition_slow, no_gl, stinger_failed, stinger_late.");
    v("message", e.message, "What is wrong and what to do.");
}
template <class V, Is<RenderHealth> T>
void fields(V& v, T& e) {
    v("painter", e.painter, "What draws.");
    v("frames", e.frames, "Frames drawn.");
    v("late", e.late, "Frames that missed their time.");
    v("failed", e.failed, "Frames that kept the last picture.");
    v("frame_ms", e.frame_ms, "Mean work a frame.");
    v("longest_gap_ms", e.longest_gap_ms, "Since the last report.");
    v("transitions", e.transitions, "Transitions that cannot be as they should.", optional_field);
}
template <class V, Is<ProcessHealth> T>
void fields(V& v, T& e) {
    v("name", e.name, "engine, render, net, capture/NAME.");
    v("pid", e.pid, "Process id.");
    v("state", e.state, "running, starting, waiting.");
    v("restarts", e.restarts, "Since the engine started.");
    v("up_seconds", e.up_seconds, "Since its own start.");
    v("memory_kb", e.memory_kb, "Resident memory.");
    v("descriptors", e.descriptors, "Open files.");
    v("threads", e.threads, "Threads.");
}
template <class V, Is<JournalHealth> T>
void fields(V& v, T& e) {
    v("storage_ok", e.storage_ok, "False: nothing is acknowledged any more.");
    v("reason", e.reason, "Why not.");
    v("sequence", e.sequence, "Last sequence.");
    v("commits", e.commits, "Commits since start.");
    v("records", e.records, "Records since start.");
    v("commit_ms_p99", e.commit_ms_p99, "Of the last 1,000 commits.");
    v("refused_busy", e.refused_busy, "Commands refused because the queue was full.");
}
template <class V, Is<NetHealth> T>
void fields(V& v, T& e) {
    v("clients", e.clients, "Connected.");
    v("tables", e.tables, "Distinct tables connected.");
    v("messages_in", e.messages_in, "Messages received.");
    v("refused", e.refused, "Messages refused.");
    v("culled", e.culled, "Slow clients closed.");
}
template <class V, Is<RecordingHealth> T>
void fields(V& v, T& e) {
    v("view", e.view, "What is recorded.");
    v("state", e.state, "starting, ok or failed.");
    v("detail", e.detail, "Why it failed.", optional_field);
    v("file", e.file, "The file that is being written.");
    v("seconds", e.seconds, "Its length.");
    v("bytes", e.bytes, "Its size.");
    v("frames", e.frames, "Written.");
    v("dropped", e.dropped, "The encoder was too slow for these.");
    v("hours_left", e.hours_left, "Until the disk is full, at this rate.");
}
template <class V, Is<Actual> T>
void fields(V& v, T& e) {
    v("sources", e.sources, "As capture sees them.");
    v("seen", e.seen, "As render sees them.");
    v("faces", e.faces, "The faces.");
    v("outputs", e.outputs, "The outputs.");
    v("processes", e.processes, "The processes.");
    v("render", e.render, "The frame loop.");
    v("journal", e.journal, "The store.");
    v("net", e.net, "The connections.");
    v("sound", e.sound, "The sound outputs.");
    v("surfaces", e.surfaces, "Controllers, and ports for surfaces.", optional_field);
    v("surface_faults", e.surface_faults, "What could not be done of what they sent.", optional_field);
    v("recordings", e.recordings, "Files that are being written.", optional_field);
}

}  // namespace tribune
