// Tribune's OSC address space (docs/osc.md, generated from here): what can be sent, and what is told. Pure.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "net/osc/message.hpp"
#include "show/command.hpp"
#include "show/state.hpp"

namespace tribune::net::osc {

// The commands that a message asks for; with a pattern in place of a face's name, for all faces that it means.
// Errors: unknown_address, bad_arguments.
Result<std::vector<Command>> commands_of(const Message& message, const ShowState& state);

// One address a fact, and what it says now.
using Facts = std::map<std::string, std::vector<Argument>>;
Facts facts(const ShowState& state, ShowTime now);
// The facts that differ from those before; a face or source that is gone is not told of.
std::vector<Message> changes(const Facts& before, const Facts& after);

// docs/osc.md
std::string reference();

}  // namespace tribune::net::osc
