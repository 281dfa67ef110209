#include "show/rights.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

namespace tribune {
namespace {

const std::vector<RightGroup>& groups() {
    static const std::vector<RightGroup> all{
        {"switching",
         "Preview, cuts, takes, transitions, T-bar, fade to black, faces.",
         {"cut", "follow", "preview", "take", "set_transition", "move_t_bar", "fade_to_black", "swap_faces"}},
        {"wall", "Where the wall of words stands.", {"place_wall"}},
        {"overlays", "Overlays on and off.", {"set_overlay"}},
        {"captions",
         "Captions and their words, and the countdown.",
         {"set_caption", "remove_caption", "show_caption", "next_caption", "start_countdown", "hold_countdown",
          "extend_countdown", "stop_countdown"}},
        {"stingers", "Clips that are transitions.", {"set_stinger", "remove_stinger"}},
        {"multiview", "What the control room sees.", {"set_multiview"}},
        {"recording", "Recording views into files.", {"start_record", "stop_record"}},
        {"scenes", "Making and changing scenes.", {"set_scene", "remove_scene", "set_layer", "arrange_scene"}},
        {"undo", "Taking back such edits as one may make, whoever made them.", {"undo", "redo"}},
        {"clips", "Playing clips, and how they play.", {"cue", "play", "pause", "set_clip"}},
        {"sources", "Adding and removing sources.", {"add_source", "remove_source"}},
        {"sound", "The mixer and the bell.", {"set_channel", "set_master", "ring_bell"}},
        {"rundown", "The cues, and GO.", {"set_cue", "move_cue", "remove_cue", "go", "back", "stand_by", "hold_cues"}},
        {"macros",
         "Making and running macros; what is in them is checked as well.",
         {"set_macro", "remove_macro", "run_macro", "stop_macro", "record_macro", "stop_recording"}},
        {"rounds",
         "Questions, rounds, the agenda and notices.",
         {"set_question", "start_round", "stop_round", "pause_round", "resume_round", "extend_round", "set_agenda_item",
          "remove_agenda_item", "move_agenda_item", "show_notice"}},
        {"tables", "Who sits where, and changing tables.", {"plan_rotation", "change_tables", "undo_rotation"}},
        {"facilitation",
         "Seeing, holding, gathering, opposing and answering contributions, and the words of the wall.",
         {"approve",       "hold_back",    "release",        "ask_review",    "confirm_hold",
          "propose_words", "gather",       "name_theme",     "merge_themes",  "remove_theme",
          "set_tension",   "open_tension", "remove_tension", "set_outcome",   "set_term",
          "remove_term",   "undo_deed",    "set_moderation", "set_spotlight", "set_audience"}},
        {"votes", "Votes that are put to the room.", {"set_poll", "open_poll", "close_poll", "remove_poll"}},
        {"controllers", "What the controls of controllers do.", {"bind_control", "unbind_control"}},
    };
    return all;
}

constexpr std::array given_roles{Role::technician, Role::producer, Role::director, Role::facilitator, Role::observer};

template <class C>
concept NamesFaces = requires(const C& c) {
    std::vector<FaceName>(c.faces);
}
|| requires(const C& c) { FaceName(c.one); };

// Of each kind of command, whether it is about single faces.
constexpr auto about_faces = []<std::size_t... I>(std::index_sequence<I...>) {
    return std::array{NamesFaces<std::variant_alternative_t<I, CommandVariant>>...};
}
(std::make_index_sequence<std::variant_size_v<CommandVariant>>{});

bool can_be_given(const CommandKind& kind) {
    return std::any_of(given_roles.begin(), given_roles.end(), [&](Role role) { return may(role, kind); });
}

bool lists(const std::vector<std::string>& words, std::string_view command) {
    return std::any_of(words.begin(), words.end(), [&](const std::string& word) {
        if (word == command) return true;
        const auto group =
            std::find_if(groups().begin(), groups().end(), [&](const auto& g) { return g.name == word; });
        return group != groups().end() &&
               std::find(group->commands.begin(), group->commands.end(), command) != group->commands.end();
    });
}

bool has_right(const OperatorSetup& who, const CommandKind& kind) {
    const bool given = (who.role && may(*who.role, kind)) || (can_be_given(kind) && lists(who.may, kind.name));
    return given && !lists(who.may_not, kind.name);
}

// `who`: the operator that the actor is; null: a role's own key.
bool is_given(const OperatorSetup* who, const Actor& actor, const CommandKind& kind) {
    return who == nullptr ? may(actor.role, kind) : has_right(*who, kind);
}

// The right that is missing, by the word that people know best.
std::string_view right_for(std::string_view command) {
    for (const auto& group : groups())
        if (std::find(group.commands.begin(), group.commands.end(), command) != group.commands.end()) return group.name;
    return command;
}

std::string listed(const std::vector<FaceName>& faces) {
    std::string text;
    for (const auto& face : faces) text += (text.empty() ? "" : ", ") + face.text;
    return text;
}

// What names no face changes what all of them show, or could: `may` must say so.
Status check_faces(const OperatorSetup& who, const CommandKind& kind, const Command& command) {
    if (who.faces.empty()) return {};
    const auto only = [&](const std::string& what) {
        return Error{"forbidden_face",
                     fmt::format("The operator \"{}\" may touch {} only: {}", who.name.text, listed(who.faces), what)};
    };
    const auto named = faces_of(command);
    if (!named) {
        if (lists(who.may, kind.name)) return {};
        return only(
            fmt::format("\"{}\" concerns all faces. The technician adds it to `may` in the show file.", kind.name));
    }
    if (named->empty()) return only("name a face.");
    for (const auto& face : *named) {
        if (std::find(who.faces.begin(), who.faces.end(), face) == who.faces.end())
            return only(fmt::format("{} is another's. The technician adds it to `faces` in the show file.", face.text));
    }
    return {};
}

Status check_operator(const OperatorSetup& who, const CommandKind& kind, const Command& command) {
    if (has_right(who, kind)) return check_faces(who, kind, command);
    if (lists(who.may_not, kind.name)) {
        return Error{"forbidden",
                     fmt::format("The operator \"{}\" may not do \"{}\": `may_not` in the show file takes it "
                                 "away.",
                                 who.name.text, kind.name)};
    }
    return Error{"forbidden", fmt::format("The operator \"{}\" may not do \"{}\": the right \"{}\" is missing. The "
                                          "technician adds it to `may` in the show file.",
                                          who.name.text, kind.name, right_for(kind.name))};
}

// A producer plays what lies in the media folder, a technician wires the hall.
Status check_role(Role role, const Command& command) {
    const auto* add = std::get_if<AddSource>(&command);
    if (add == nullptr || add->url.empty() || role == Role::technician) return {};
    return Error{"forbidden", "Only the technician may add an address: choose a file of the media folder."};
}

}  // namespace

std::span<const RightGroup> right_groups() { return groups(); }
std::span<const Role> operator_roles() { return given_roles; }

std::vector<std::string_view> right_words() {
    std::vector<std::string_view> words;
    for (const auto& group : groups()) words.push_back(group.name);
    for (const auto& kind : command_kinds())
        if (can_be_given(kind)) words.push_back(kind.name);
    return words;
}

namespace {

Status check_each(const Setup& setup, const Actor& actor, const Together& several) {
    for (const auto& one : several.commands) {
        const Command& command = one.get()->command;
        const CommandKind& kind = kind_of(command);
        if (!can_be_held(kind))
            return Error{"not_together", fmt::format("\"{}\" is done alone: send it so.", kind.name)};
        TRIBUNE_CHECK(check_rights(setup, actor, command));
    }
    return {};
}

}  // namespace

Status check_rights(const Setup& setup, const Actor& actor, const Command& command) {
    const CommandKind& kind = kind_of(command);
    if (actor.declared) {
        const OperatorSetup* who = setup.operator_named(actor.name);
        if (who == nullptr) {
            return Error{
                "unknown_operator",
                fmt::format("The show file names no operator \"{}\" any more: ask the technician.", actor.name)};
        }
        if (const auto* several = std::get_if<Together>(&command)) return check_each(setup, actor, *several);
        TRIBUNE_CHECK(check_operator(*who, kind, command));
        return check_role(who->role.value_or(Role::observer), command);
    }
    if (!may(actor.role, kind)) {
        return Error{"forbidden", fmt::format("The key \"{}\" may not do \"{}\": the right \"{}\" is missing.",
                                              actor.name, kind.name, right_for(kind.name))};
    }
    if (const auto* several = std::get_if<Together>(&command)) return check_each(setup, actor, *several);
    return check_role(actor.role, command);
}

Rights rights_of(const Setup& setup, const Actor& actor) {
    Rights rights;
    const OperatorSetup* who = actor.declared ? setup.operator_named(actor.name) : nullptr;
    if (actor.declared && who == nullptr) return rights;
    for (std::size_t i = 0; i < about_faces.size(); ++i) {
        const CommandKind& kind = command_kinds()[i];
        const bool all_faces =
            who != nullptr && !who->faces.empty() && !about_faces.at(i) && !lists(who->may, kind.name);
        if (is_given(who, actor, kind) && !all_faces) rights.commands.push_back(kind.name);
    }
    if (who != nullptr) rights.faces = who->faces;
    return rights;
}

bool may_do(const Setup& setup, const Actor& actor, std::string_view command) {
    const auto kinds = command_kinds();
    const auto kind = std::find_if(kinds.begin(), kinds.end(), [&](const CommandKind& k) { return k.name == command; });
    if (kind == kinds.end()) return false;
    if (actor.role == Role::machine) return true;
    const OperatorSetup* who = actor.declared ? setup.operator_named(actor.name) : nullptr;
    return actor.declared == (who != nullptr) && is_given(who, actor, *kind);
}

std::optional<Actor> actor_of(const Setup& setup, const OperatorName& name) {
    const OperatorSetup* who = setup.operator_named(name.text);
    if (who == nullptr) return std::nullopt;
    return Actor{who->role.value_or(Role::observer), name.text, {}, true};
}

std::optional<std::vector<FaceName>> faces_of(const Command& command) {
    return std::visit(
        [](const auto& c) -> std::optional<std::vector<FaceName>> {
            if constexpr (requires { std::vector<FaceName>(c.faces); }) {
                return c.faces;
            } else if constexpr (requires { FaceName(c.one); }) {
                return std::vector{c.one, c.other};
            } else {
                return std::nullopt;
            }
        },
        command);
}

std::string subject_of(const Command& command) {
    return std::visit(
        [](const auto& c) -> std::string {
            if constexpr (requires { std::string(c.scene.text); }) {
                return c.scene.text;
            } else if constexpr (requires { std::string(c.source.text); }) {
                return c.source.text;
            } else if constexpr (requires { std::string(c.sources.front().text); }) {
                return c.sources.empty() ? "" : c.sources.front().text;
            } else if constexpr (requires { std::string(c.macro.text); }) {
                return c.macro.text;
            } else if constexpr (requires { std::string(c.caption.text); }) {
                return c.caption.text;
            } else if constexpr (requires { std::string(c.cue.text); }) {
                return c.cue.text;
            } else if constexpr (requires { std::string(c.name.text); }) {
                return c.name.text;
            } else if constexpr (requires { std::string(c.transition.c_str()); }) {
                return c.transition;
            } else {
                return "";
            }
        },
        command);
}

}  // namespace tribune
