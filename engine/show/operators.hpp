// Who works on the show under a name and a key of their own, as the show file says it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/ids.hpp"
#include "show/actor.hpp"

namespace tribune {

using OperatorName = Name<struct OperatorTag>;

// What they may is in show/rights.hpp.
struct OperatorSetup {
    OperatorName name;
    std::optional<Role> role;          // null: what `may` lists, and nothing else
    std::vector<std::string> may;      // rights beside those of the role: commands, or groups of them
    std::vector<std::string> may_not;  // taken away again
    std::vector<FaceName> faces;       // that they may touch; none: all
    bool operator==(const OperatorSetup&) const = default;
};

}  // namespace tribune
