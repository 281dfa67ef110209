// Who may do what: the one place that decides. Deny by default: roles by the table of commands (show/command.hpp). Pure.
#pragma once

#include "base/result.hpp"
#include "show/command.hpp"

namespace tribune {

// Ok, or why not, in a sentence. A table's answers are checked further (app/authority.hpp). Error: forbidden.
Status check_rights(const Setup& setup, const Actor& actor, const Command& command);

}  // namespace tribune
