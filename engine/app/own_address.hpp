// How others on the network find this machine.
#pragma once

#include <string>
#include <string_view>

namespace tribune {

// The host of a server that listens on this address: for 0.0.0.0 the machine's first that is not its own loop, or
// localhost without a network.
std::string host_for_others(const std::string& listens_on);

// Where others find the pages of a server that listens there. Empty: its port is not known yet.
std::string pages_address(const std::string& listens_on, int port);

// Of the phones' page, as codes say it. `base`: of all pages.
std::string voice_address(const std::string& base, const std::string& key);

// Whether only this machine itself finds it: "localhost", "127.0.0.1:8080", "[::1]".
bool is_own_loop(std::string_view host);

}  // namespace tribune
