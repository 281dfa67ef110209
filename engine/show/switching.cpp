#include "show/switching.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "show/apply.hpp"

namespace tribune {
namespace {

constexpr int usual_overlay_ms = 300;

Result<Nanoseconds> transition_length(int milliseconds) {
    const Nanoseconds length = std::chrono::milliseconds(milliseconds);
    if (length >= Nanoseconds{0} && length <= longest_transition) return length;
    return Error{"bad_transition",
                 fmt::format("A transition of {} ms is not possible: choose 0 to 60,000 ms.", milliseconds)};
}

bool is_plain(std::string_view name) {
    return std::find(plain_transitions.begin(), plain_transitions.end(), name) != plain_transitions.end();
}

Status check_transition(const ShowState& state, std::string_view name) {
    if (is_plain(name) || state.setup->transition(name) != nullptr || state.setup->stinger(name) != nullptr) return {};
    return Error{"bad_transition",
                 fmt::format("There is no transition \"{}\": choose cut, mix, dip, move or one of the list.", name)};
}

Status check_values(const ShowState& state, const SetTransition& c) {
    const TransitionSetup* shader = state.setup->transition(c.transition);
    for (const auto& v : c.values) {
        const TransitionParameter* known = nullptr;
        if (shader != nullptr) {
            for (const auto& p : shader->parameters)
                if (p.name == v.name) known = &p;
        }
        if (known == nullptr) {
            return Error{"bad_transition",
                         fmt::format("The transition \"{}\" has no parameter \"{}\".", c.transition, v.name)};
        }
        if (known->value.size() != v.value.size()) {
            return Error{"bad_transition",
                         fmt::format("The parameter \"{}\" takes {} numbers.", v.name, known->value.size())};
        }
    }
    return {};
}

Status check_bus(const ShowState& state, const Bus& bus) {
    TRIBUNE_CHECK(check_scene(state, bus.scene));
    return bus.mix ? check_scene(state, bus.mix->from) : Status{};
}

// Calls `change` on each face named, or on all when none is.
template <class F>
void for_faces(Stage& stage, const std::vector<FaceName>& faces, F change) {
    for (auto& [name, face] : stage.faces) {
        if (faces.empty() || std::find(faces.begin(), faces.end(), name) != faces.end()) change(face);
    }
}

}  // namespace

Status check_scene(const ShowState& state, const SceneName& name) {
    if (state.has_scene(name)) return {};
    std::string known;
    for (const auto& s : state.setup->sources) known += (known.empty() ? "" : ", ") + s.name.text;
    for (const auto& [scene, _] : state.scenes->scenes) known += ", " + scene.text;
    for (const auto& caption : state.captions->list) known += ", " + caption.name.text;
    return Error{"unknown_scene",
                 fmt::format("There is no scene or source \"{}\": choose one of {}.", name.text, known)};
}

Status check_faces(const ShowState& state, const std::vector<FaceName>& faces) {
    for (const auto& face : faces) {
        if (state.setup->face(face) == nullptr)
            return Error{"unknown_face", fmt::format("There is no face \"{}\".", face.text)};
    }
    return {};
}

Status apply_to(ShowState& state, const Cut& c, const Stamp& stamp) {
    TRIBUNE_CHECK(check_scene(state, c.scene));
    TRIBUNE_CHECK(check_faces(state, c.faces));
    if (c.faces.empty()) {
        state.stage.program = {c.scene, std::nullopt};
    } else {
        for_faces(state.stage, c.faces, [&](FaceState& f) { f.own = Bus{c.scene, std::nullopt}; });
    }
    play_on_take(state, c.scene, stamp.at);
    return {};
}

Status apply_to(ShowState& state, const Preview& c, const Stamp&) {
    TRIBUNE_CHECK(check_scene(state, c.scene));
    state.stage.preview = c.scene;
    return {};
}

Status apply_to(ShowState& state, const Take& c, const Stamp& stamp) {
    TRIBUNE_CHECK(check_faces(state, c.faces));
    Stage& stage = state.stage;
    Transition how = stage.transition;
    if (c.transition) {
        TRIBUNE_CHECK(check_transition(state, *c.transition));
        if (*c.transition != how.name) how.values.clear();
        how.name = *c.transition;
    }
    if (c.length_ms) {
        TRIBUNE_TRY(how.length, transition_length(*c.length_ms));
    }
    how = begun(state, std::move(how), stamp.at);
    play_on_take(state, stage.preview, stamp.at);
    if (c.faces.empty()) {
        stage.preview = std::exchange(stage.program, next_bus(stage.program, stage.preview, how, stamp.at)).scene;
        return {};
    }
    for (const auto& face : c.faces) stage.faces.at(face).own = next_bus(stage.bus(face), stage.preview, how, stamp.at);
    return {};
}

Status apply_to(ShowState& state, const SetTransition& c, const Stamp&) {
    TRIBUNE_CHECK(check_transition(state, c.transition));
    TRIBUNE_CHECK(check_values(state, c));
    TRIBUNE_TRY(const Nanoseconds length, transition_length(c.length_ms));
    state.stage.transition = {c.transition, length, c.values};
    return {};
}

Status apply_to(ShowState& state, const MoveTBar& c, const Stamp& stamp) {
    if (!(c.position >= 0 && c.position <= 1))
        return Error{"bad_transition", "The T-bar stands between 0 (program) and 1 (preview)."};
    Stage& stage = state.stage;
    if (!(stage.program.mix && stage.program.mix->bar)) {
        if (c.position <= 0) return {};
        Transition by_hand = stage.transition;
        if (by_hand.name == cut_transition) by_hand.name = mix_transition;
        if (by_hand.length == Nanoseconds{0}) by_hand.length = std::chrono::seconds(1);
        by_hand = begun(state, std::move(by_hand), stamp.at);
        play_on_take(state, stage.preview, stamp.at);
        stage.preview = std::exchange(stage.program, next_bus(stage.program, stage.preview, by_hand, stamp.at)).scene;
    }
    hold_stinger(state, stage.program.mix->how, c.position, stamp.at);
    if (c.position >= 1) {
        stage.program.mix.reset();
    } else if (c.position <= 0) {  // pulled back: nothing was taken
        stage.preview = std::exchange(stage.program, Bus{stage.program.mix->from, std::nullopt}).scene;
    } else {
        stage.program.mix->bar = c.position;
    }
    return {};
}

Status apply_to(ShowState& state, const FadeToBlack& c, const Stamp& stamp) {
    TRIBUNE_TRY(const Nanoseconds length, transition_length(c.length_ms));
    state.stage.black = state.stage.black.turned(c.down, length, stamp.at);
    return {};
}

Status turn_overlay(ShowState& state, const SceneName& scene, bool on, Nanoseconds length,
                    const std::vector<FaceName>& faces, ShowTime now) {
    TRIBUNE_CHECK(check_scene(state, scene));
    TRIBUNE_CHECK(check_faces(state, faces));
    auto& overlays = state.stage.overlays;
    // What has gone for good makes room.
    std::erase_if(overlays, [&](const Overlay& o) { return o.scene != scene && o.shown.level(now) <= 0; });
    auto at = std::find_if(overlays.begin(), overlays.end(), [&](const Overlay& o) { return o.scene == scene; });
    if (at == overlays.end()) {
        if (!on) return {};
        if (overlays.size() >= most_overlays)
            return Error{"too_many_overlays", fmt::format("At most {} overlays: take one off.", most_overlays)};
        at = overlays.insert(overlays.end(), Overlay{scene, {}, {}});
    }
    if (on) at->faces = faces;
    at->shown = at->shown.turned(on, length, now);
    if (on) play_on_take(state, scene, now);
    return {};
}

Status apply_to(ShowState& state, const SetOverlay& c, const Stamp& stamp) {
    if (!c.length_ms && state.captions->caption(CaptionName(c.scene.text)) != nullptr)
        return apply_to(state, ShowCaption{CaptionName(c.scene.text), c.on, c.faces}, stamp);
    TRIBUNE_TRY(const Nanoseconds length, transition_length(c.length_ms.value_or(usual_overlay_ms)));
    return turn_overlay(state, c.scene, c.on, length, c.faces, stamp.at);
}

Status apply_to(ShowState& state, const Follow& c, const Stamp&) {
    TRIBUNE_CHECK(check_faces(state, c.faces));
    for_faces(state.stage, c.faces, [](FaceState& f) { f.own.reset(); });
    return {};
}

Status apply_to(ShowState& state, const SwapFaces& c, const Stamp&) {
    TRIBUNE_CHECK(check_faces(state, {c.one, c.other}));
    auto& faces = state.stage.faces;
    const Bus one = state.stage.bus(c.one);
    const Bus other = state.stage.bus(c.other);
    faces.at(c.one).own = other;
    faces.at(c.other).own = one;
    std::swap(faces.at(c.one).wall, faces.at(c.other).wall);
    return {};
}

Status apply_to(ShowState& state, const PlaceWall& c, const Stamp&) {
    TRIBUNE_CHECK(check_faces(state, c.faces));
    for_faces(state.stage, c.faces, [&](FaceState& f) { f.wall = c.placement; });
    return {};
}

Status apply_to(ShowState& state, const KeepStage& c, const Stamp& stamp) {
    TRIBUNE_CHECK(check_bus(state, c.stage.program));
    TRIBUNE_CHECK(check_scene(state, c.stage.preview));
    for (const auto& overlay : c.stage.overlays) TRIBUNE_CHECK(check_scene(state, overlay.scene));
    for (const auto& [name, face] : c.stage.faces) {
        TRIBUNE_CHECK(check_faces(state, {name}));
        if (face.own) {
            TRIBUNE_CHECK(check_bus(state, *face.own));
        }
    }
    if (c.stage.faces.size() != state.stage.faces.size())
        return Error{"unknown_face", "The stage must name every face."};
    state.stage = c.stage;
    match_media(state, *state.setup, stamp.at);
    return {};
}

}  // namespace tribune
