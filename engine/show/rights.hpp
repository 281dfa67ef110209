// Who may do what: the one place that decides. Deny by default: roles by the table of commands (show/command.hpp),
// operators by their declaration in the show file. Pure.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "show/command.hpp"

namespace tribune {

// Commands under one word, for `may` and `may_not`.
struct RightGroup {
    std::string_view name;
    std::string_view help;
    std::vector<std::string_view> commands;
};
std::span<const RightGroup> right_groups();

// The words that `may` and `may_not` know: groups, and commands that people can be given.
std::vector<std::string_view> right_words();
// The roles that an operator can have.
std::span<const Role> operator_roles();

// Ok, or why not, in a sentence that names what is missing.
// Errors: forbidden; forbidden_face (another face, or all of them); unknown_operator (declared no more).
Status check_rights(const Setup& setup, const Actor& actor, const Command& command);

// What somebody may: names of commands, in the table's order; and faces, none: all.
struct Rights {
    std::vector<std::string_view> commands;
    std::vector<FaceName> faces;
    bool operator==(const Rights&) const = default;
};
Rights rights_of(const Setup& setup, const Actor& actor);

// Whether somebody may do commands of this name, on some face at least. The program itself may do all.
bool may_do(const Setup& setup, const Actor& actor, std::string_view command);

// As whom an operator speaks; null: the show declares none of this name.
std::optional<Actor> actor_of(const Setup& setup, const OperatorName& name);

// The faces that a command names: none, all of them; null: it is not about single faces.
std::optional<std::vector<FaceName>> faces_of(const Command& command);
// What a command is about, for people: a scene, a source, a clip; empty when it is about none.
std::string subject_of(const Command& command);

}  // namespace tribune
