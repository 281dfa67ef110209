#include "show/rights.hpp"

#include <fmt/format.h>

namespace tribune {

Status check_rights(const Setup&, const Actor& actor, const Command& command) {
    const CommandKind& kind = kind_of(command);
    if (!may(actor.role, kind))
        return Error{"forbidden", fmt::format("The key \"{}\" may not do \"{}\".", actor.name, kind.name)};
    // A producer plays what lies in the media folder, a technician wires the hall.
    const auto* add = std::get_if<AddSource>(&command);
    if (add == nullptr || add->url.empty() || actor.role == Role::technician) return {};
    return Error{"forbidden", "Only the technician may add an address: choose a file of the media folder."};
}

}  // namespace tribune
