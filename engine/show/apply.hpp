// What each command does to the show, one overload a command; private to show/. On an error the state is thrown away.
#pragma once

#include "show/command.hpp"

namespace tribune {

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
Status apply_to(ShowState& state, const Undo& c, const Stamp& stamp);
Status apply_to(ShowState& state, const Redo& c, const Stamp& stamp);

// media.cpp
Status apply_to(ShowState& state, const Cue& c, const Stamp& stamp);
Status apply_to(ShowState& state, const Play& c, const Stamp& stamp);
Status apply_to(ShowState& state, const Pause& c, const Stamp& stamp);
Status apply_to(ShowState& state, const SetClip& c, const Stamp& stamp);
Status apply_to(ShowState& state, const ClipOpened& c, const Stamp& stamp);
Status apply_to(ShowState& state, const ClipEnded& c, const Stamp& stamp);
Status apply_to(ShowState& state, const AddSource& c, const Stamp& stamp);
Status apply_to(ShowState& state, const RemoveSource& c, const Stamp& stamp);
// sound.cpp
inline Status apply_to(ShowState& state, const SetChannel& c, const Stamp&) { return set_channel(state, c); }
inline Status apply_to(ShowState& state, const SetMaster& c, const Stamp&) { return set_master(state, c); }
inline Status apply_to(ShowState& state, const RingBell&, const Stamp& stamp) {
    state.stage.sound.bell = stamp.at;
    return {};
}

// The room's own commands: voice/.
inline Status apply_to(ShowState& state, const Submit& c, const Stamp& stamp) {
    return apply(state.room, c, stamp, state.setup->tables);
}
template <class RoomCommand>
Status apply_to(ShowState& state, const RoomCommand& c, const Stamp& stamp) {
    return apply(state.room, c, stamp);
}

// Errors unknown_scene, unknown_face.
Status check_scene(const ShowState& state, const SceneName& name);
Status check_faces(const ShowState& state, const std::vector<FaceName>& faces);

// After the sources changed: every file has a transport, nothing else has. A file that is now another begins anew.
void match_media(ShowState& state, const Setup& before, ShowTime at);

// Part of whatever brings a scene on air: clips in it that wait for that play.
void play_on_take(ShowState& state, const SceneName& scene, ShowTime at);

// Whether a scene shows another, itself or through scenes in it.
bool shows_scene(const SceneBook& book, const SceneName& scene, const SceneName& other);

}  // namespace tribune
