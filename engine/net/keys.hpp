// Who holds which key.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "show/command.hpp"

namespace tribune::net {

class KeyRing {
  public:
    // From a key's name ("producer", "table/7") to the key. Names that are no role (other protocols' passwords)
    // and empty keys are left out.
    explicit KeyRing(const std::map<std::string, std::string>& keys);

    // Who shows this key. The time taken tells nothing about any key.
    [[nodiscard]] std::optional<Actor> find(std::string_view key) const;

  private:
    std::vector<std::pair<std::string, Actor>> keys_;
};

}  // namespace tribune::net
