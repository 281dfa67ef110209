#include "show/command.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

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
    if (first || setup.source(state.stage.program) == nullptr) state.stage.program = setup.opening_source;
    std::map<FaceName, FaceState> faces;
    for (const auto& f : setup.faces) {
        const auto old = state.stage.faces.find(f.name);
        FaceState face = old == state.stage.faces.end() ? FaceState{std::nullopt, setup.wall.placement} : old->second;
        if (face.own && setup.source(*face.own) == nullptr) face.own.reset();
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
        state.stage.program = c.source;
    } else {
        for_faces(state.stage, c.faces, [&](FaceState& f) { f.own = c.source; });
    }
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
    if (state.setup->source(c.stage.program) == nullptr) return unknown_source(state, c.stage.program);
    for (const auto& [name, face] : c.stage.faces) {
        TRIBUNE_CHECK(check_faces(state, {name}));
        if (face.own && state.setup->source(*face.own) == nullptr) return unknown_source(state, *face.own);
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

const SourceName& Stage::shown(const FaceName& face) const {
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
