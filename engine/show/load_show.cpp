#include "show/apply.hpp"

namespace tribune {
namespace {

SceneName scene_of(const SourceName& source) { return SceneName(source.text); }

// The first source that is not on program, so that a first take shows something new.
SceneName next_scene(const Setup& setup) {
    for (const auto& s : setup.sources) {
        if (s.name != setup.opening_source) return scene_of(s.name);
    }
    return scene_of(setup.opening_source);
}

bool can_show(const ShowState& state, const Bus& bus) {
    return state.has_scene(bus.scene) && (!bus.mix || state.has_scene(bus.mix->from));
}

}  // namespace

Status apply_to(ShowState& state, const LoadShow& c, const Stamp& stamp) {
    if (c.setup.faces.empty()) return Error{"bad_show", "A show needs at least one face."};
    const bool first = state.setup->faces.empty();
    const auto before = state.setup;
    state.setup = with_added(c.setup, *before);
    const auto& setup = *state.setup;
    Stage& stage = state.stage;
    if (first || !can_show(state, stage.program)) stage.program = {scene_of(setup.opening_source), std::nullopt};
    if (first || !state.has_scene(stage.preview)) stage.preview = next_scene(setup);
    std::erase_if(stage.overlays, [&](const Overlay& o) { return !state.has_scene(o.scene); });
    std::map<FaceName, FaceState> faces;
    for (const auto& f : setup.faces) {
        const auto old = stage.faces.find(f.name);
        FaceState face = old == stage.faces.end() ? FaceState{std::nullopt, setup.wall.placement} : old->second;
        if (face.own && !can_show(state, *face.own)) face.own.reset();
        faces[f.name] = std::move(face);
    }
    stage.faces = std::move(faces);
    match_media(state, *before, stamp.at);
    forget_gone_channels(state);
    if (!first) return {};
    state.room.prepared_question = setup.opening_question;
    return setup.opening_round ? apply(state.room, StartRound{}, stamp) : Status{};
}

}  // namespace tribune
