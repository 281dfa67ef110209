// What each command does to the show, one overload a command; private to show/. On an error the state is thrown away.
#pragma once

#include <algorithm>
#include <string>

#include "show/command.hpp"

namespace tribune {

struct PlacedCue;  // show/edits.hpp
struct PlacedCaption;

// By whom, and in the middle of what, a command is carried out.
struct Doing {
    const Actor& by;
    std::size_t& commands;  // carried out by this record so far, beside its own
    CueNumber cue{};        // the cue that it belongs to
    int depth = 0;          // of macros that run macros
};

// One command's own change, nothing noted.
Status do_one(ShowState& state, const Command& command, const Stamp& stamp, const Doing& doing);
// The same by somebody at a desk: what it edits can be undone, and a recording takes it. `before`: a copy of the state.
Status do_by_hand(const ShowState& before, ShowState& state, const Command& command, const Stamp& stamp,
                  const Doing& doing);

// load_show.cpp
Status apply_to(ShowState& state, const LoadShow& c, const Stamp& stamp);

// switching.cpp
Status apply_to(ShowState& state, const Cut& c, const Stamp& stamp);
Status apply_to(ShowState& state, const Preview& c, const Stamp& stamp);
Status apply_to(ShowState& state, const Take& c, const Stamp& stamp);
Status apply_to(ShowState& state, const SetTransition& c, const Stamp& stamp);
Status apply_to(ShowState& state, const MoveTBar& c, const Stamp& stamp);
Status apply_to(ShowState& state, const FadeToBlack& c, const Stamp& stamp);
Status apply_to(ShowState& state, const SetOverlay& c, const Stamp& stamp);
Status apply_to(ShowState& state, const Follow& c, const Stamp& stamp);
Status apply_to(ShowState& state, const SwapFaces& c, const Stamp& stamp);
Status apply_to(ShowState& state, const PlaceWall& c, const Stamp& stamp);
Status apply_to(ShowState& state, const KeepStage& c, const Stamp& stamp);

// scene_editing.cpp
Status apply_to(ShowState& state, const SetScene& c, const Stamp& stamp);
Status apply_to(ShowState& state, const RemoveScene& c, const Stamp& stamp);
Status apply_to(ShowState& state, const SetLayer& c, const Stamp& stamp);
Status apply_to(ShowState& state, const ArrangeScene& c, const Stamp& stamp);

// edits.cpp
Status apply_to(ShowState& state, const Undo& c, const Stamp& stamp, const Doing& doing);
Status apply_to(ShowState& state, const Redo& c, const Stamp& stamp, const Doing& doing);
// After a command of somebody's: what it edited can be undone.
void note_edit(const ShowState& before, ShowState& after, const Command& command, const Stamp& stamp, const Actor& by);

// Whether they are moves of one thing, such as a fader: the later says it all.
bool edits_same_part(const Command& one, const Command& other);

// rundown_editing.cpp
Status apply_to(ShowState& state, const SetCue& c, const Stamp& stamp);
Status apply_to(ShowState& state, const MoveCue& c, const Stamp& stamp);
Status apply_to(ShowState& state, const RemoveCue& c, const Stamp& stamp);
Status apply_to(ShowState& state, const SetMacro& c, const Stamp& stamp);
Status apply_to(ShowState& state, const RemoveMacro& c, const Stamp& stamp);
Status apply_to(ShowState& state, const RecordMacro& c, const Stamp& stamp, const Doing& doing);
Status apply_to(ShowState& state, const StopRecording& c, const Stamp& stamp);
// After a command of somebody's: a recording takes it.
void record_step(ShowState& state, const Command& command, const Stamp& stamp, const Actor& by);
// Puts a cue in another's place (none: takes it away, or adds it), and keeps where the rundown stands.
void put_cue(ShowState& state, const CueNumber& is, const std::optional<PlacedCue>& becomes);

// rundown_running.cpp
Status apply_to(ShowState& state, const Go& c, const Stamp& stamp, const Doing& doing);
Status apply_to(ShowState& state, const Back& c, const Stamp& stamp, const Doing& doing);
Status apply_to(ShowState& state, const StandBy& c, const Stamp& stamp, const Doing& doing);
Status apply_to(ShowState& state, const HoldCues& c, const Stamp& stamp, const Doing& doing);
Status apply_to(ShowState& state, const RunMacro& c, const Stamp& stamp, const Doing& doing);
Status apply_to(ShowState& state, const StopMacro& c, const Stamp& stamp);
Status apply_to(ShowState& state, const Together& c, const Stamp& stamp, const Doing& doing);
Status apply_to(ShowState& state, const CarryOn& c, const Stamp& stamp);
Status apply_to(ShowState& state, const TimeCue& c, const Stamp& stamp);

// media.cpp
Status apply_to(ShowState& state, const Cue& c, const Stamp& stamp);
Status apply_to(ShowState& state, const Play& c, const Stamp& stamp);
Status apply_to(ShowState& state, const Pause& c, const Stamp& stamp);
Status apply_to(ShowState& state, const SetClip& c, const Stamp& stamp);
Status apply_to(ShowState& state, const ClipOpened& c, const Stamp& stamp);
Status apply_to(ShowState& state, const ClipEnded& c, const Stamp& stamp);
Status apply_to(ShowState& state, const AddSource& c, const Stamp& stamp);
Status apply_to(ShowState& state, const RemoveSource& c, const Stamp& stamp);

// stinger.cpp
Status apply_to(ShowState& state, const SetStinger& c, const Stamp& stamp);
Status apply_to(ShowState& state, const RemoveStinger& c, const Stamp& stamp);

// recording.cpp
Status apply_to(ShowState& state, const StartRecord& c, const Stamp& stamp);
Status apply_to(ShowState& state, const StopRecord& c, const Stamp& stamp);

// multiview.cpp
Status apply_to(ShowState& state, const SetMultiview& c, const Stamp& stamp);

// sound.cpp
inline Status apply_to(ShowState& state, const SetChannel& c, const Stamp&) { return set_channel(state, c); }
inline Status apply_to(ShowState& state, const SetMaster& c, const Stamp&) { return set_master(state, c); }
inline Status apply_to(ShowState& state, const RingBell&, const Stamp& stamp) {
    state.stage.sound.bell = stamp.at;
    return {};
}
inline Status apply_to(ShowState& state, const ChangeTables& c, const Stamp& stamp) {
    TRIBUNE_CHECK(apply(state.room, c, stamp));
    return apply_to(state, RingBell{}, stamp);
}

// captioning.cpp
Status apply_to(ShowState& state, const SetCaption& c, const Stamp& stamp);
Status apply_to(ShowState& state, const RemoveCaption& c, const Stamp& stamp);
Status apply_to(ShowState& state, const ShowCaption& c, const Stamp& stamp);
Status apply_to(ShowState& state, const NextCaption& c, const Stamp& stamp);
// A show file was read: its captions that are new or differ from those it brought before; what was edited since stays.
// Templates in use stay, though their file is gone.
void match_captions(ShowState& state, const Setup& before);
// Undo: a caption as it is to be, or gone. Errors unknown_template, bad_caption, name_taken, caption_in_use.
Status put_caption(ShowState& state, const CaptionName& name, const std::optional<PlacedCaption>& becomes,
                   ShowTime now);

// countdown.cpp
template <class C>
requires requires(Countdown& countdown, const C& c) { apply(countdown, c, ShowTime{}); }
Status apply_to(ShowState& state, const C& c, const Stamp& stamp) { return apply(state.stage.countdown, c, stamp.at); }

// surface.cpp
inline Status apply_to(ShowState& state, const BindControl& c, const Stamp&) { return bind_control(state, c); }
inline Status apply_to(ShowState& state, const UnbindControl& c, const Stamp&) { return unbind_control(state, c); }

// The room's own commands: voice/.
inline Status apply_to(ShowState& state, const Submit& c, const Stamp& stamp) {
    return apply(state.room, c, stamp, state.setup->tables);
}
template <class RoomCommand>
Status apply_to(ShowState& state, const RoomCommand& c, const Stamp& stamp) {
    return apply(state.room, c, stamp);
}
// Who does it is kept with what they do.
template <class RoomCommand>
requires requires(Room& room, const RoomCommand& c) { apply(room, c, Stamp{}, std::string{}); }
Status apply_to(ShowState& state, const RoomCommand& c, const Stamp& stamp, const Doing& doing) {
    return apply(state.room, c, stamp, doing.by.name);
}
inline Status apply_to(ShowState& state, const Introduce& c, const Stamp& stamp) {
    const auto& groups = state.setup->voice.groups;
    const bool known =
        c.profile.group.empty() || std::find(groups.begin(), groups.end(), c.profile.group) != groups.end();
    if (!known) return Error{"unknown_group", "This show has no such group: choose one that it names, or none."};
    if (c.profile.table.value < 0 || c.profile.table.value > state.setup->tables)
        return Error{"unknown_table", "There is no such table: leave it out."};
    return apply(state.room, c, stamp);
}

// Brings a scene over faces, or off; errors unknown_scene, unknown_face, too_many_overlays.
Status turn_overlay(ShowState& state, const SceneName& scene, bool on, Nanoseconds length,
                    const std::vector<FaceName>& faces, ShowTime at);

// Errors unknown_scene, unknown_face.
Status check_scene(const ShowState& state, const SceneName& name);
Status check_faces(const ShowState& state, const std::vector<FaceName>& faces);

// After the sources changed: every file has a transport, nothing else has. A file that is now another begins anew.
void match_media(ShowState& state, const Setup& before, ShowTime at);

// Whether scenes lie in this one so deep and no deeper, so not it in itself.
bool scene_fits(const SceneBook& book, const SceneName& name);

// A scene's own layers and what they show, as SetScene checks it.
Status check_scene_contents(const ShowState& state, const SceneName& name, const std::vector<Layer>& layers);
// Errors scene_in_use, source_in_use.
Status check_scene_free(const ShowState& state, const SceneName& name);
Status check_source_free(const ShowState& state, const SourceName& name);

// How a clip plays, without where it stands; and a clip that plays so from now on, its picture where it is.
Transport settings_of(const Transport& transport);
void set_settings(Transport& transport, const Transport& settings, ShowTime at);

// Part of whatever brings a scene on air: clips in it that wait for that play.
void play_on_take(ShowState& state, const SceneName& scene, ShowTime at);

// Parts of a take. A stinger plays from its in point and takes as long as its clip; of one that cannot be played nothing
// but the cut is left. Under the T-bar it waits where that stands.
Transition begun(ShowState& state, Transition how, ShowTime at);
void hold_stinger(ShowState& state, const Transition& how, double bar, ShowTime at);
// A clip that waits for takes.
void be_stinger(Transport& clip, ShowTime at);

// Whether a scene shows another, itself or through scenes in it.
bool shows_scene(const SceneBook& book, const SceneName& scene, const SceneName& other);

}  // namespace tribune
