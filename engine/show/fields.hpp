// The fields of every entity that is stored or sent, declared once: name, member, what it means. Visitors
// (show/json_visitors.hpp) turn a declaration into an encoder, a decoder and a schema.
#pragma once

#include <concepts>
#include <span>
#include <string_view>
#include <type_traits>
#include <utility>

#include "show/actual.hpp"
#include "show/command.hpp"
#include "show/state.hpp"

namespace tribune {

// T is E or const E: one declaration reads and writes.
template <class T, class E>
concept Is = std::same_as<std::remove_const_t<T>, E>;

// A field that may be left out keeps its default.
enum class Presence { required = 1, optional };
inline constexpr auto optional_field = Presence::optional;

// --- Enumerations by name -----------------------------------------------------------------------------------

template <class E>
using EnumRow = std::pair<E, std::string_view>;

inline constexpr EnumRow<WallPlacement> wall_placements[] = {{WallPlacement::off, "off"},
                                                             {WallPlacement::over, "over"},
                                                             {WallPlacement::beside, "beside"},
                                                             {WallPlacement::full, "full"}};
inline constexpr EnumRow<TransitionKind> transition_kinds[] = {
    {TransitionKind::cut, "cut"}, {TransitionKind::mix, "mix"}, {TransitionKind::dip, "dip"}};
inline constexpr EnumRow<SourceState> source_states[] = {{SourceState::connecting, "connecting"},
                                                         {SourceState::live, "live"},
                                                         {SourceState::stalled, "stalled"},
                                                         {SourceState::lost, "lost"},
                                                         {SourceState::refused, "refused"}};
inline constexpr EnumRow<Role> role_names[] = {
    {Role::technician, "technician"},   {Role::producer, "producer"},   {Role::director, "director"},
    {Role::facilitator, "facilitator"}, {Role::table, "table"},         {Role::audience, "audience"},
    {Role::observer, "observer"},       {Role::rehearsal, "rehearsal"}, {Role::machine, "machine"}};

constexpr std::span<const EnumRow<WallPlacement>> names_of(WallPlacement) { return wall_placements; }
constexpr std::span<const EnumRow<TransitionKind>> names_of(TransitionKind) { return transition_kinds; }
constexpr std::span<const EnumRow<SourceState>> names_of(SourceState) { return source_states; }
constexpr std::span<const EnumRow<Role>> names_of(Role) { return role_names; }

// --- Small values -------------------------------------------------------------------------------------------

template <class V, Is<Size> T>
void fields(V& v, T& e) {
    v("width", e.width, "Pixels.");
    v("height", e.height, "Pixels.");
}
template <class V, Is<FrameRate> T>
void fields(V& v, T& e) {
    v("numerator", e.numerator, "Frames…");
    v("denominator", e.denominator, "…in so many seconds.");
}
template <class V, Is<Stamp> T>
void fields(V& v, T& e) {
    v("sequence", e.sequence, "Place in the journal.");
    v("at", e.at, "Show time, nanoseconds.");
    v("unix_ms", e.unix_ms, "Wall clock when decided, a label only.");
}
template <class V, Is<Actor> T>
void fields(V& v, T& e) {
    v("role", e.role, "What the actor may do.");
    v("name", e.name, "The name of the key used.");
    v("table", e.table, "The table's number, 0 for others.");
}

// --- The show file's content --------------------------------------------------------------------------------

template <class V, Is<SourceConfig> T>
void fields(V& v, T& e) {
    v("name", e.name, "Short name, used in commands.");
    v("label", e.label, "What people read.", optional_field);
    v("url", e.url, "Where its frames come from.");
    v("live", e.live, "False for files.", optional_field);
    v("loop", e.loop, "Files start again at their end.", optional_field);
    v("format", e.format, "FFmpeg demuxer, empty to probe.", optional_field);
    v("size", e.size, "Wanted size of a device.", optional_field);
    v("frames_per_second", e.frames_per_second, "Wanted rate of a device.", optional_field);
}
template <class V, Is<FaceSetup> T>
void fields(V& v, T& e) {
    v("name", e.name, "north, east, south, west.");
    v("size", e.size, "The face's canvas.");
    v("screen_height_m", e.screen_height_m, "Height of the lit picture, metres.");
    v("farthest_seat_m", e.farthest_seat_m, "Distance of the farthest reader, metres.");
}
template <class V, Is<OutputSetup> T>
void fields(V& v, T& e) {
    v("name", e.name, "Name of the output.");
    v("face", e.face, "The face it shows.");
    v("kind", e.kind, "window, headless or shared.");
    v("display", e.display, "The display a window goes to.", optional_field);
}
template <class V, Is<WallSetup> T>
void fields(V& v, T& e) {
    v("palette", e.palette, "Name of a palette.");
    v("font", e.font, "Font family.");
    v("placement", e.placement, "Where the wall stands when the show opens.");
    v("page_seconds", e.page_seconds, "How long each page of a full wall is shown.");
}
template <class V, Is<Setup> T>
void fields(V& v, T& e) {
    v("title", e.title, "The event's name.");
    v("language", e.language, "Language of pages and questions.");
    v("languages", e.languages, "Languages answers may come in.");
    v("rate", e.rate, "Frame rate of all faces.");
    v("tables", e.tables, "How many tables, numbered from 1.");
    v("watermark", e.watermark, "Frame number burned into the faces.");
    v("faces", e.faces, "The faces.");
    v("sources", e.sources, "The sources.");
    v("outputs", e.outputs, "The outputs.");
    v("wall", e.wall, "The wall's look.");
    v("opening_source", e.opening_source, "On program when first loaded.");
    v("opening_question", e.opening_question, "Prepared when first loaded.");
    v("opening_round", e.opening_round, "The first round is open from the start.", optional_field);
}

// --- State --------------------------------------------------------------------------------------------------

template <class V, Is<Transition> T>
void fields(V& v, T& e) {
    v("kind", e.kind, "cut, mix or dip.");
    v("length", e.length, "Nanoseconds.");
}
template <class V, Is<Mix> T>
void fields(V& v, T& e) {
    v("from", e.from, "What was shown before.");
    v("kind", e.kind, "mix or dip.");
    v("start", e.start, "Show time.");
    v("length", e.length, "Nanoseconds.");
    v("bar", e.bar, "The T-bar's position while it is held, else null.");
}
template <class V, Is<Bus> T>
void fields(V& v, T& e) {
    v("source", e.source, "What it shows, or is on its way to.");
    v("mix", e.mix, "The last transition, or null; over when its time is.");
}
template <class V, Is<Fade> T>
void fields(V& v, T& e) {
    v("down", e.down, "To black, or back.");
    v("start", e.start, "Show time.");
    v("length", e.length, "Nanoseconds.");
}
template <class V, Is<FaceState> T>
void fields(V& v, T& e) {
    v("own", e.own, "Its own bus, or null: it follows program.");
    v("wall", e.wall, "Where the wall stands on it.");
}
template <class V, Is<Stage> T>
void fields(V& v, T& e) {
    v("program", e.program, "What is on program.");
    v("preview", e.preview, "What the next take brings.");
    v("transition", e.transition, "How, unless the take says otherwise.");
    v("black", e.black, "The fade over all faces.");
    v("faces", e.faces, "Each face.");
}
template <class V, Is<Round> T>
void fields(V& v, T& e) {
    v("number", e.number, "1, 2, 3…");
    v("question", e.question, "What is asked.");
    v("language", e.language, "Its language.");
    v("started", e.started, "Show time.");
    v("ended", e.ended, "Show time, once closed.");
    v("open", e.open, "Takes answers now.");
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
}

// --- Commands -----------------------------------------------------------------------------------------------

template <class V, Is<LoadShow> T>
void fields(V& v, T& e) {
    v("setup", e.setup, "The show file's content.");
}
template <class V, Is<Cut> T>
void fields(V& v, T& e) {
    v("source", e.source, "The source to show.");
    v("faces", e.faces, "Faces that take it as their own; none: program.", optional_field);
}
template <class V, Is<Preview> T>
void fields(V& v, T& e) {
    v("source", e.source, "The source that the next take brings.");
}
template <class V, Is<Take> T>
void fields(V& v, T& e) {
    v("faces", e.faces, "Faces that take it as their own; none: program.", optional_field);
    v("transition", e.transition, "cut, mix or dip; left out: the stage's.", optional_field);
    v("length_ms", e.length_ms, "0 to 60,000; left out: the stage's.", optional_field);
}
template <class V, Is<SetTransition> T>
void fields(V& v, T& e) {
    v("transition", e.transition, "cut, mix or dip.");
    v("length_ms", e.length_ms, "0 to 60,000.");
}
template <class V, Is<MoveTBar> T>
void fields(V& v, T& e) {
    v("position", e.position, "0 program, 1 preview.");
}
template <class V, Is<FadeToBlack> T>
void fields(V& v, T& e) {
    v("down", e.down, "To black, or back.");
    v("length_ms", e.length_ms, "0 to 60,000.", optional_field);
}
template <class V, Is<Follow> T>
void fields(V& v, T& e) {
    v("faces", e.faces, "Faces that follow program again; none: all.", optional_field);
}
template <class V, Is<PlaceWall> T>
void fields(V& v, T& e) {
    v("placement", e.placement, "Where the wall stands.");
    v("faces", e.faces, "Faces concerned; none: all.", optional_field);
}
template <class V, Is<KeepStage> T>
void fields(V& v, T& e) {
    v("stage", e.stage, "What program and the faces show.");
}
template <class V, Is<SetQuestion> T>
void fields(V& v, T& e) {
    v("text", e.text, "The question of the next round.");
    v("language", e.language, "Its language; empty: the show's.", optional_field);
}
template <class V, Is<StartRound> T>
void fields(V&, T&) {}
template <class V, Is<StopRound> T>
void fields(V&, T&) {}
template <class V, Is<Submit> T>
void fields(V& v, T& e) {
    v("id", e.id, "UUID made on the device.");
    v("device", e.device, "The device.");
    v("table", e.table, "The table.");
    v("round", e.round, "The round it answers.");
    v("text", e.text, "The answer.");
    v("language", e.language, "Its language, empty if not told.", optional_field);
}

// --- Health -------------------------------------------------------------------------------------------------

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
    v("frames", e.frames, "Frames since its start.");
    v("dropped", e.dropped, "Decoded, not published.");
    v("corrupt", e.corrupt, "Flagged by the decoder.");
    v("reconnects", e.reconnects, "How often it was opened again.");
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
}
template <class V, Is<RenderHealth> T>
void fields(V& v, T& e) {
    v("painter", e.painter, "What draws.");
    v("frames", e.frames, "Frames drawn.");
    v("late", e.late, "Frames that missed their time.");
    v("failed", e.failed, "Frames that kept the last picture.");
    v("frame_ms", e.frame_ms, "Mean work a frame.");
    v("longest_gap_ms", e.longest_gap_ms, "Since the last report.");
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
}

}  // namespace tribune
