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
inline constexpr EnumRow<Feed> feeds[] = {{Feed::full, "full"}, {Feed::clean, "clean"}, {Feed::pictures, "pictures"}};
inline constexpr EnumRow<Fit> fits[] = {{Fit::fit, "fit"}, {Fit::fill, "fill"}, {Fit::stretch, "stretch"}};
inline constexpr EnumRow<Blend> blends[] = {{Blend::normal, "normal"},     {Blend::add, "add"},
                                            {Blend::subtract, "subtract"}, {Blend::screen, "screen"},
                                            {Blend::multiply, "multiply"}, {Blend::lighten, "lighten"},
                                            {Blend::darken, "darken"}};
inline constexpr EnumRow<KeyKind> key_kinds[] = {{KeyKind::chroma, "chroma"}, {KeyKind::luma, "luma"}};
inline constexpr EnumRow<TextAlign> text_aligns[] = {
    {TextAlign::left, "left"}, {TextAlign::centre, "centre"}, {TextAlign::right, "right"}};
inline constexpr EnumRow<SourceState> source_states[] = {{SourceState::connecting, "connecting"},
                                                         {SourceState::live, "live"},
                                                         {SourceState::stalled, "stalled"},
                                                         {SourceState::lost, "lost"},
                                                         {SourceState::refused, "refused"}};
inline constexpr EnumRow<ClipMotion> clip_motions[] = {
    {ClipMotion::cued, "cued"}, {ClipMotion::playing, "playing"}, {ClipMotion::paused, "paused"}};
inline constexpr EnumRow<ClipEnd> clip_end_names[] = {
    {ClipEnd::hold, "hold"}, {ClipEnd::stop, "stop"}, {ClipEnd::next, "next"}};
inline constexpr EnumRow<ClipState> clip_states[] = {{ClipState::none, "none"},
                                                     {ClipState::cued, "cued"},
                                                     {ClipState::playing, "playing"},
                                                     {ClipState::paused, "paused"},
                                                     {ClipState::ended, "ended"}};
inline constexpr EnumRow<Role> role_names[] = {
    {Role::technician, "technician"},   {Role::producer, "producer"},   {Role::director, "director"},
    {Role::facilitator, "facilitator"}, {Role::table, "table"},         {Role::audience, "audience"},
    {Role::observer, "observer"},       {Role::rehearsal, "rehearsal"}, {Role::machine, "machine"}};

inline constexpr EnumRow<ContributionKind> contribution_kinds[] = {{ContributionKind::idea, "idea"},
                                                                   {ContributionKind::question, "question"},
                                                                   {ContributionKind::means, "means"},
                                                                   {ContributionKind::criticism, "criticism"}};

constexpr std::span<const EnumRow<ContributionKind>> names_of(ContributionKind) { return contribution_kinds; }
constexpr std::span<const EnumRow<Feed>> names_of(Feed) { return feeds; }
constexpr std::span<const EnumRow<WallPlacement>> names_of(WallPlacement) { return wall_placements; }
constexpr std::span<const EnumRow<Fit>> names_of(Fit) { return fits; }
constexpr std::span<const EnumRow<Blend>> names_of(Blend) { return blends; }
constexpr std::span<const EnumRow<KeyKind>> names_of(KeyKind) { return key_kinds; }
constexpr std::span<const EnumRow<TextAlign>> names_of(TextAlign) { return text_aligns; }
constexpr std::span<const EnumRow<SourceState>> names_of(SourceState) { return source_states; }
constexpr std::span<const EnumRow<ClipMotion>> names_of(ClipMotion) { return clip_motions; }
constexpr std::span<const EnumRow<ClipEnd>> names_of(ClipEnd) { return clip_end_names; }
constexpr std::span<const EnumRow<ClipState>> names_of(ClipState) { return clip_states; }
constexpr std::span<const EnumRow<Role>> names_of(Role) { return role_names; }

// --- Small values -------------------------------------------------------------------------------------------

template <class V, Is<Size> T>
void fields(V& v, T& e) {
    v("width", e.width, "Pixels.");
    v("height", e.height, "Pixels.");
}
template <class V, Is<Rect> T>
void fields(V& v, T& e) {
    v("x", e.x, "Left edge.");
    v("y", e.y, "Top edge.");
    v("width", e.width, "To the right.");
    v("height", e.height, "Downwards.");
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
    v("operator", e.declared, "An operator of the show file.", optional_field);
}

// --- The show file's content --------------------------------------------------------------------------------

template <class V, Is<SourceConfig> T>
void fields(V& v, T& e) {
    v("name", e.name, "Short name, used in commands.");
    v("label", e.label, "What people read.", optional_field);
    v("url", e.url, "Where its frames come from.");
    v("live", e.live, "False for files.", optional_field);
    v("loop", e.loop, "Files start again at their end.", optional_field);
    v("play_on_take", e.play_on_take, "Files wait at their first picture until they come on air.", optional_field);
    v("added", e.added, "While the show ran, not by its file.", optional_field);
    v("format", e.format, "FFmpeg demuxer, empty to probe.", optional_field);
    v("size", e.size, "Wanted size of a device.", optional_field);
    v("frames_per_second", e.frames_per_second, "Wanted rate of a device.", optional_field);
    v("card", e.card, "False: the processor decodes it, not a graphics card.", optional_field);
    v("sound", e.sound, "False: its sound is not taken.", optional_field);
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
    v("face", e.face, "The face it shows; empty: program, or a view.");
    v("kind", e.kind, "window, headless or shared.");
    v("display", e.display, "The display a window goes to.", optional_field);
    v("feed", e.feed, "full, clean (without overlays) or pictures (without the wall, too).", optional_field);
    v("view", e.view, "A view instead of a face: multiview, preview, scene/NAME…", optional_field);
    v("size", e.size, "Of a view, pixels.", optional_field);
}
template <class V, Is<WallSetup> T>
void fields(V& v, T& e) {
    v("palette", e.palette, "Name of a palette.");
    v("font", e.font, "Font family.");
    v("placement", e.placement, "Where the wall stands when the show opens.");
    v("page_seconds", e.page_seconds, "How long each page of a full wall is shown.");
}
template <class V, Is<TransitionParameter> T>
void fields(V& v, T& e) {
    v("name", e.name, "As the shader calls it.");
    v("type", e.type, "float, int, bool, vec2, vec3, vec4, ivec2.");
    v("value", e.value, "Unless the take says otherwise.");
}
template <class V, Is<TransitionSetup> T>
void fields(V& v, T& e) {
    v("name", e.name, "Name in takes.");
    v("parameters", e.parameters, "What can be set.");
    v("glsl", e.glsl, "The shader's text.");
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
    v("transitions", e.transitions, "The transition shaders of this machine.", optional_field);
    v("media", e.media, "Folder of the media bin.", optional_field);
    v("opening_source", e.opening_source, "On program when first loaded.");
    v("opening_question", e.opening_question, "Prepared when first loaded.");
    v("opening_round", e.opening_round, "The first round is open from the start.", optional_field);
    v("sound_outputs", e.sound_outputs, "Where sound goes.", optional_field);
    v("scenes", e.scenes, "Scenes to begin with.", optional_field);
    v("cues", e.cues, "The rundown to begin with.", optional_field);
    v("macros", e.macros, "Macros to begin with.", optional_field);
    v("caption_templates", e.caption_templates, "The caption templates of this machine.", optional_field);
    v("captions", e.captions, "Captions of the show file.", optional_field);
    v("people", e.people, "Who may be named.", optional_field);
    v("faults", e.faults, "Files that were left out.", optional_field);
    v("operators", e.operators, "Who works on the show.", optional_field);
    v("surfaces", e.surfaces, "Controllers.", optional_field);
    v("bindings", e.bindings, "What their controls do to begin with.", optional_field);
    v("stingers", e.stingers, "Clips that are transitions.", optional_field);
    v("multiview", e.multiview, "As it is when first loaded.", optional_field);
    v("agenda", e.agenda, "The questions of the evening.", optional_field);
    v("notices", e.notices, "Which come by themselves.", optional_field);
    v("recording", e.recording, "How views are recorded.", optional_field);
    v("address", e.address, "Where tablets and phones find the pages.", optional_field);
    v("voice", e.voice, "What people may say.", optional_field);
}

// --- State --------------------------------------------------------------------------------------------------

template <class V, Is<TransitionValue> T>
void fields(V& v, T& e) {
    v("name", e.name, "The shader's parameter.");
    v("value", e.value, "1 to 4 numbers.");
}
template <class V, Is<Transition> T>
void fields(V& v, T& e) {
    v("name", e.name, "cut, mix, dip, move, a shader's or a stinger's name.");
    v("length", e.length, "Nanoseconds.");
    v("values", e.values, "Parameters that differ from the shader's own.", optional_field);
}
template <class V, Is<Mix> T>
void fields(V& v, T& e) {
    v("from", e.from, "What was shown before.");
    v("how", e.how, "The transition.");
    v("start", e.start, "Show time.");
    v("bar", e.bar, "The T-bar's position while it is held, else null.");
}
template <class V, Is<Bus> T>
void fields(V& v, T& e) {
    v("scene", e.scene, "The scene or source that it shows, or is on its way to.");
    v("mix", e.mix, "The last transition, or null; over when its time is.");
}
template <class V, Is<Fade> T>
void fields(V& v, T& e) {
    v("on", e.on, "Coming, or going.");
    v("start", e.start, "Show time.");
    v("length", e.length, "Nanoseconds.");
}
template <class V, Is<Overlay> T>
void fields(V& v, T& e) {
    v("scene", e.scene, "The scene.");
    v("faces", e.faces, "Faces that have it; none: all.");
    v("shown", e.shown, "How far it is there.");
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
    v("overlays", e.overlays, "Over all pictures, back to front.");
    v("faces", e.faces, "Each face.");
    v("media", e.media, "The transport of each file.", optional_field);
    v("sound", e.sound, "Channels, master, bell.");
    v("rundown", e.rundown, "Where the rundown stands.", optional_field);
    v("countdown", e.countdown, "By hand, beside the round's own time.", optional_field);
    v("multiview", e.multiview, "What the control room sees.", optional_field);
    v("recordings", e.recordings, "What is recorded.", optional_field);
}
// --- Scenes -------------------------------------------------------------------------------------------------

template <class V, Is<SourceContent> T>
void fields(V& v, T& e) {
    v("source", e.source, "A source of the show.");
}
template <class V, Is<SceneContent> T>
void fields(V& v, T& e) {
    v("scene", e.scene, "Another scene.");
}
template <class V, Is<ColourContent> T>
void fields(V& v, T& e) {
    v("top", e.top, "At its top…");
    v("bottom", e.bottom, "…and at its bottom.");
}
template <class V, Is<TextContent> T>
void fields(V& v, T& e) {
    v("text", e.text,
      "What it says; {question}, {title}, {answers}, {tables}, {clock}, {time_left}, {top_words}, {notice} are filled "
      "in.");
    v("size", e.size, "Of a letter, in heights of the scene.", optional_field);
    v("weight", e.weight, "100 to 900.", optional_field);
    v("align", e.align, "left, centre, right.", optional_field);
    v("colour", e.colour, "Of the letters.", optional_field);
}
template <class V, Is<WallContent> T>
void fields(V&, T&) {}
template <class V, Is<QrContent> T>
void fields(V& v, T& e) {
    v("text", e.text, "What the code says; empty: the address of the phones' page.", optional_field);
}
template <class V, Is<BoardContent> T>
void fields(V& v, T& e) {
    v("board", e.board, "voices, themes, tensions, question, moves, tables, results, outcomes, spotlight, held.");
    v("ring", e.ring, "All faces share one content, in their order.", optional_field);
}
template <class V, Is<Key> T>
void fields(V& v, T& e) {
    v("kind", e.kind, "chroma or luma.");
    v("colour", e.colour, "chroma: what is made clear.", optional_field);
    v("similarity", e.similarity, "0 to 1: how far from it is still clear.", optional_field);
    v("smoothness", e.smoothness, "0 to 1: from clear to whole.", optional_field);
    v("spill", e.spill, "0 to 1: how far its tinge is taken out.", optional_field);
    v("invert", e.invert, "Keeps what would go.", optional_field);
}
template <class V, Is<Layer> T>
void fields(V& v, T& e) {
    v("name", e.name, "Its name in the scene.");
    v("content", e.content, "What it shows.");
    v("visible", e.visible, "Shown, or kept for later.", optional_field);
    v("place", e.place, "Where: shares of the scene's width and height.", optional_field);
    v("crop", e.crop, "Which part of the content.", optional_field);
    v("fit", e.fit, "fit, fill or stretch.", optional_field);
    v("rotation_deg", e.rotation_deg, "Clockwise about its middle.", optional_field);
    v("opacity", e.opacity, "0 to 1.", optional_field);
    v("corner_radius", e.corner_radius, "In heights of the scene.", optional_field);
    v("border_width", e.border_width, "In heights of the scene.", optional_field);
    v("border_colour", e.border_colour, "Of the border.", optional_field);
    v("blend", e.blend, "normal, add, subtract, screen, multiply, lighten, darken.", optional_field);
    v("key", e.key, "Chroma or luma key, or null.", optional_field);
}
template <class V, Is<Glide> T>
void fields(V& v, T& e) {
    v("from", e.from, "Where the layers were.");
    v("start", e.start, "Show time.");
    v("length", e.length, "Nanoseconds.");
}
template <class V, Is<Scene> T>
void fields(V& v, T& e) {
    v("name", e.name, "Its name on buses.");
    v("label", e.label, "What people read.");
    v("layers", e.layers, "Back to front.");
    v("glide", e.glide, "Layers on their way, or null.");
}
template <class V, Is<SceneBook> T>
void fields(V& v, T& e) {
    v("scenes", e.scenes, "The scenes.");
}

inline constexpr const char* by_server = "Who sends it; the server says so.";

// --- Commands -----------------------------------------------------------------------------------------------

template <class V, Is<LoadShow> T>
void fields(V& v, T& e) {
    v("setup", e.setup, "The show file's content.");
}
template <class V, Is<Cut> T>
void fields(V& v, T& e) {
    v("scene", e.scene, "The scene or source to show.");
    v("faces", e.faces, "Faces that take it as their own; none: program.", optional_field);
}
template <class V, Is<Preview> T>
void fields(V& v, T& e) {
    v("scene", e.scene, "The scene or source that the next take brings.");
}
template <class V, Is<Take> T>
void fields(V& v, T& e) {
    v("faces", e.faces, "Faces that take it as their own; none: program.", optional_field);
    v("transition", e.transition, "cut, mix, dip, move, a shader's or a stinger's name; left out: the stage's.",
      optional_field);
    v("length_ms", e.length_ms, "0 to 60,000; left out: the stage's.", optional_field);
}
template <class V, Is<SetTransition> T>
void fields(V& v, T& e) {
    v("transition", e.transition, "cut, mix, dip, move, a shader's or a stinger's name.");
    v("length_ms", e.length_ms, "0 to 60,000.");
    v("values", e.values, "The shader's parameters, where they differ from its own.", optional_field);
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
template <class V, Is<SetOverlay> T>
void fields(V& v, T& e) {
    v("scene", e.scene, "The scene.");
    v("on", e.on, "On, or off.");
    v("length_ms", e.length_ms, "0 to 60,000; left out: 300, or what a caption's template says.", optional_field);
    v("faces", e.faces, "Faces that show it; none: all.", optional_field);
}
template <class V, Is<SwapFaces> T>
void fields(V& v, T& e) {
    v("one", e.one, "A face…");
    v("other", e.other, "…and the one it changes pictures with.");
}
template <class V, Is<PlaceWall> T>
void fields(V& v, T& e) {
    v("placement", e.placement, "Where the wall stands.");
    v("faces", e.faces, "Faces concerned; none: all.", optional_field);
}
template <class V, Is<SetScene> T>
void fields(V& v, T& e) {
    v("name", e.name, "Its name on buses.");
    v("label", e.label, "What people read; the name when empty.", optional_field);
    v("layers", e.layers, "Back to front.");
    v("glide_ms", e.glide_ms, "How long its layers take to their new places.", optional_field);
}
template <class V, Is<RemoveScene> T>
void fields(V& v, T& e) {
    v("name", e.name, "The scene.");
}
template <class V, Is<SetLayer> T>
void fields(V& v, T& e) {
    v("scene", e.scene, "The scene.");
    v("layer", e.layer, "The layer as it is to be, found by its name.");
    v("glide_ms", e.glide_ms, "How long it takes to its new place.", optional_field);
}
template <class V, Is<ArrangeScene> T>
void fields(V& v, T& e) {
    v("scene", e.scene, "The scene.");
    v("layout", e.layout,
      "full, side_by_side, corner_top_left, corner_top_right, corner_bottom_left, corner_bottom_right, three_up, quad, "
      "speaker_and_wall.");
    v("glide_ms", e.glide_ms, "How long its layers take to their new places.", optional_field);
}
template <class V, Is<Undo> T>
void fields(V&, T&) {}
template <class V, Is<Redo> T>
void fields(V&, T&) {}
template <class V, Is<KeepStage> T>
void fields(V& v, T& e) {
    v("stage", e.stage, "What program and the faces show.");
}
template <class V, Is<Submit> T>
void fields(V& v, T& e) {
    v("id", e.id, "UUID made on the device.");
    v("device", e.device, "The device.");
    v("table", e.table, "The table.");
    v("round", e.round, "The round it answers.");
    v("text", e.text, "The answer.");
    v("language", e.language, "Its language, empty if not told.", optional_field);
    v("contribution_kind", e.kind, "idea, question, means or criticism.", optional_field);
    v("part", e.part, "The sub-question it answers; 0: the whole.", optional_field);
    v("title", e.title, "Short; may be empty.", optional_field);
    v("flags", e.flags, "Noticed by the server.", optional_field);
}

}  // namespace tribune

#include "show/caption_fields.hpp"
#include "show/health_fields.hpp"
#include "show/media_fields.hpp"
#include "show/multiview_fields.hpp"
#include "show/recording_fields.hpp"
#include "show/round_fields.hpp"
#include "show/rundown_fields.hpp"
#include "show/sound_fields.hpp"
#include "show/surface_fields.hpp"
#include "show/voice_fields.hpp"
#include "show/weighing_fields.hpp"
