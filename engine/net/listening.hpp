// Addresses to listen on.
#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"

namespace tribune::net {

// Tries it, and says why it cannot be had, and by which option to choose another. IPv4; port 0 is any free one.
// Errors: port_in_use, bad_address.
Status check_address(const std::string& address, int port, std::string_view option);

}  // namespace tribune::net
