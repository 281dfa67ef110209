#include "show/command.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "show/fields.hpp"

namespace tribune {
namespace {

const std::vector<Role> picture_roles{Role::producer};
const std::vector<Role> round_roles{Role::director};

// In the order of Command's alternatives.
const std::array<CommandKind, std::variant_size_v<Command>> kinds{{
    {"load_show", Durability::voice, {Role::machine}, "Brings in a show file; what it no longer names falls back."},
    {"cut", Durability::picture, picture_roles, "Shows a source at once, on program or on the faces named."},
    {"follow", Durability::picture, picture_roles, "The faces named (none: all) follow program again."},
    {"place_wall", Durability::picture, picture_roles, "Places the wall on the faces named (none: all)."},
    {"set_question", Durability::voice, round_roles, "Prepares the question of the next round."},
    {"start_round", Durability::voice, round_roles, "Opens a round on the prepared question."},
    {"stop_round", Durability::voice, round_roles, "Closes the open round."},
    {"submit", Durability::voice, {Role::table, Role::rehearsal}, "A table's answer to the question."},
    {"keep_stage",
     Durability::picture,
     {Role::machine},
     "Writes down what the faces show, after a time when nothing could be written."},
    {"preview", Durability::picture, picture_roles, "Makes a source the next one to be taken."},
    {"take", Durability::picture, picture_roles, "Preview becomes program, or the own picture of the faces named."},
    {"set_transition", Durability::picture, picture_roles, "How takes go that do not say it themselves."},
    {"move_t_bar", Durability::picture, picture_roles, "Moves the transition by hand: 0 program, 1 preview."},
    {"fade_to_black", Durability::picture, picture_roles, "Fades all faces to black, or back."},
}};

Error unknown_source(const ShowState& state, const SourceName& name) {
    std::string known;
    for (const auto& s : state.setup->sources) known += (known.empty() ? "" : ", ") + s.name.text;
    return {"unknown_source", fmt::format("There is no source \"{}\": choose one of {}.", name.text, known)};
}

Status check_faces(const ShowState& state, const std::vector<FaceName>& faces) {
    for (const auto& face : faces) {
        if (state.setup->face(face) == nullptr) {
            return Error{"unknown_face", fmt::format("There is no face \"{}\".", face.text)};
        }
    }
    return {};
}

bool has_sources(const Setup& setup, const Bus& bus) {
    return setup.source(bus.source) != nullptr && (!bus.mix || setup.source(bus.mix->from) != nullptr);
}

Status check_sources(const ShowState& state, const Bus& bus) {
    if (state.setup->source(bus.source) == nullptr) return unknown_source(state, bus.source);
    if (bus.mix && state.setup->source(bus.mix->from) == nullptr) return unknown_source(state, bus.mix->from);
    return {};
}

// The first source that is not on program, so that a first take shows something new.
SourceName next_source(const Setup& setup) {
    for (const auto& s : setup.sources) {
        if (s.name != setup.opening_source) return s.name;
    }
    return setup.opening_source;
}

Result<Nanoseconds> transition_length(int milliseconds) {
    const Nanoseconds length = std::chrono::milliseconds(milliseconds);
    if (length >= Nanoseconds{0} && length <= longest_transition) return length;
    return Error{"bad_transition",
                 fmt::format("A transition of {} ms is not possible: choose 0 to 60,000 ms.", milliseconds)};
}

// A take in the middle of another starts from where that one was going.
Bus next_bus(const Bus& now, const SourceName& source, const Transition& transition, ShowTime at) {
    if (transition.kind == TransitionKind::cut || transition.length == Nanoseconds{0}) return {source, std::nullopt};
    return {source, Mix{now.source, transition.kind, at, transition.length, std::nullopt}};
}

// Calls `change` on each face named, or on all when none is.
template <class F>
void for_faces(Stage& stage, const std::vector<FaceName>& faces, F change) {
    for (auto& [name, face] : stage.faces) {
        if (faces.empty() || std::find(faces.begin(), faces.end(), name) != faces.end()) change(face);
    }
}

Status run(ShowState& state, const LoadShow& c, const Stamp& stamp) {
    if (c.setup.faces.empty()) return Error{"bad_show", "A show needs at least one face."};
    const bool first = state.setup->faces.empty();
    state.setup = std::make_shared<const Setup>(c.setup);
    const auto& setup = *state.setup;
    if (first || !has_sources(setup, state.stage.program)) state.stage.program = {setup.opening_source, std::nullopt};
    if (first || setup.source(state.stage.preview) == nullptr) state.stage.preview = next_source(setup);
    std::map<FaceName, FaceState> faces;
    for (const auto& f : setup.faces) {
        const auto old = state.stage.faces.find(f.name);
        FaceState face = old == state.stage.faces.end() ? FaceState{std::nullopt, setup.wall.placement} : old->second;
        if (face.own && !has_sources(setup, *face.own)) face.own.reset();
        faces[f.name] = std::move(face);
    }
    state.stage.faces = std::move(faces);
    if (!first) return {};
    state.room.prepared_question = setup.opening_question;
    return setup.opening_round ? apply(state.room, StartRound{}, stamp) : Status{};
}

Status run(ShowState& state, const Cut& c, const Stamp&) {
    if (state.setup->source(c.source) == nullptr) return unknown_source(state, c.source);
    TRIBUNE_CHECK(check_faces(state, c.faces));
    if (c.faces.empty()) {
        state.stage.program = {c.source, std::nullopt};
    } else {
        for_faces(state.stage, c.faces, [&](FaceState& f) { f.own = Bus{c.source, std::nullopt}; });
    }
    return {};
}

Status run(ShowState& state, const Preview& c, const Stamp&) {
    if (state.setup->source(c.source) == nullptr) return unknown_source(state, c.source);
    state.stage.preview = c.source;
    return {};
}

Status run(ShowState& state, const Take& c, const Stamp& stamp) {
    TRIBUNE_CHECK(check_faces(state, c.faces));
    Stage& stage = state.stage;
    Transition transition = stage.transition;
    if (c.transition) transition.kind = *c.transition;
    if (c.length_ms) {
        TRIBUNE_TRY(transition.length, transition_length(*c.length_ms));
    }
    if (c.faces.empty()) {
        stage.preview =
            std::exchange(stage.program, next_bus(stage.program, stage.preview, transition, stamp.at)).source;
        return {};
    }
    for (const auto& face : c.faces)
        stage.faces.at(face).own = next_bus(stage.bus(face), stage.preview, transition, stamp.at);
    return {};
}

Status run(ShowState& state, const SetTransition& c, const Stamp&) {
    TRIBUNE_TRY(state.stage.transition.length, transition_length(c.length_ms));
    state.stage.transition.kind = c.transition;
    return {};
}

Status run(ShowState& state, const MoveTBar& c, const Stamp& stamp) {
    if (!(c.position >= 0 && c.position <= 1))
        return Error{"bad_transition", "The T-bar stands between 0 (program) and 1 (preview)."};
    Stage& stage = state.stage;
    const Mix* held = stage.program.mix && stage.program.mix->bar ? &*stage.program.mix : nullptr;
    if (held == nullptr) {
        if (c.position <= 0) return {};
        Transition by_hand = stage.transition;
        if (by_hand.kind == TransitionKind::cut) by_hand.kind = TransitionKind::mix;
        stage.preview = std::exchange(stage.program, next_bus(stage.program, stage.preview, by_hand, stamp.at)).source;
    }
    if (c.position >= 1) {
        stage.program.mix.reset();
    } else if (c.position <= 0) {  // pulled back: nothing was taken
        stage.preview = std::exchange(stage.program, Bus{stage.program.mix->from, std::nullopt}).source;
    } else {
        stage.program.mix->bar = c.position;
    }
    return {};
}

Status run(ShowState& state, const FadeToBlack& c, const Stamp& stamp) {
    TRIBUNE_TRY(const Nanoseconds length, transition_length(c.length_ms));
    Fade& black = state.stage.black;
    if (black.down == c.down) return {};
    // Turned around on its way, it goes on from where it is.
    const double gone = c.down ? black.darkness(stamp.at) : 1 - black.darkness(stamp.at);
    const Nanoseconds before(static_cast<std::int64_t>(gone * static_cast<double>(length.count())));
    black = {c.down, stamp.at - before, length};
    return {};
}

Status run(ShowState& state, const Follow& c, const Stamp&) {
    TRIBUNE_CHECK(check_faces(state, c.faces));
    for_faces(state.stage, c.faces, [](FaceState& f) { f.own.reset(); });
    return {};
}

Status run(ShowState& state, const PlaceWall& c, const Stamp&) {
    TRIBUNE_CHECK(check_faces(state, c.faces));
    for_faces(state.stage, c.faces, [&](FaceState& f) { f.wall = c.placement; });
    return {};
}

Status run(ShowState& state, const KeepStage& c, const Stamp&) {
    TRIBUNE_CHECK(check_sources(state, c.stage.program));
    if (state.setup->source(c.stage.preview) == nullptr) return unknown_source(state, c.stage.preview);
    for (const auto& [name, face] : c.stage.faces) {
        TRIBUNE_CHECK(check_faces(state, {name}));
        if (face.own) {
            TRIBUNE_CHECK(check_sources(state, *face.own));
        }
    }
    if (c.stage.faces.size() != state.stage.faces.size())
        return Error{"unknown_face", "The stage must name every face."};
    state.stage = c.stage;
    return {};
}

Status run(ShowState& state, const Submit& c, const Stamp& stamp) {
    return apply(state.room, c, stamp, state.setup->tables);
}

template <class RoomCommand>
Status run(ShowState& state, const RoomCommand& c, const Stamp& stamp) {
    return apply(state.room, c, stamp);
}

}  // namespace

std::string_view to_string(Role role) {
    for (const auto& [r, name] : role_names) {
        if (r == role) return name;
    }
    return "";
}

std::optional<Role> parse_role(std::string_view text) {
    for (const auto& [role, name] : role_names) {
        if (name == text) return role;
    }
    return std::nullopt;
}

std::span<const CommandKind> command_kinds() { return kinds; }
const CommandKind& kind_of(const Command& command) { return kinds[command.index()]; }

bool may(Role role, const CommandKind& kind) {
    return std::find(kind.roles.begin(), kind.roles.end(), role) != kind.roles.end();
}

const FaceSetup* Setup::face(const FaceName& name) const {
    const auto at = std::find_if(faces.begin(), faces.end(), [&](const auto& f) { return f.name == name; });
    return at == faces.end() ? nullptr : &*at;
}

const SourceConfig* Setup::source(const SourceName& name) const {
    const auto at = std::find_if(sources.begin(), sources.end(), [&](const auto& s) { return s.name == name; });
    return at == sources.end() ? nullptr : &*at;
}

const Bus& Stage::bus(const FaceName& face) const {
    const auto at = faces.find(face);
    return at == faces.end() || !at->second.own ? program : *at->second.own;
}

Result<ShowState> apply(const ShowState& state, const Command& command, const Stamp& stamp) {
    ShowState next = state;
    const Status done = std::visit([&](const auto& c) { return run(next, c, stamp); }, command);
    if (!done) return done.error();
    next.revision = stamp.sequence;
    next.at = stamp.at;
    return next;
}

}  // namespace tribune
