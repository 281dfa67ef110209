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

using Keys = std::map<std::string, std::string>;  // a key's name ("producer", "table/7", "operator/lea") to the key

inline constexpr std::string_view operator_prefix = "operator/";

class KeyRing {
  public:
    // Names that are no role (other protocols' passwords) and empty keys are left out.
    explicit KeyRing(const Keys& keys);

    // Who shows this key; an operator must be one of the show's. The time taken tells nothing about any key.
    [[nodiscard]] std::optional<Actor> find(std::string_view key, const Setup& setup) const;

  private:
    std::vector<std::pair<std::string, Actor>> keys_;
};

}  // namespace tribune::net
