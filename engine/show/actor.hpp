// Who speaks, and as what.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/ids.hpp"

namespace tribune {

enum class Role : std::uint32_t {
    technician = 1,
    producer,
    director,
    facilitator,
    table,
    audience,
    observer,
    rehearsal,  // plays tables and phones
    machine,    // the program itself
};
std::string_view to_string(Role role);
std::optional<Role> parse_role(std::string_view text);

// Who speaks. For tables the number is part of who they are.
struct Actor {
    Role role = Role::observer;
    std::string name;       // the key's name: "producer", "table/7"; an operator's own: "lea"
    TableNumber table;      // tables only
    bool declared = false;  // an operator of the show file: what they may, it says (show/rights.hpp)
    bool operator==(const Actor&) const = default;
};

}  // namespace tribune
