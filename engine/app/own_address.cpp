#include "app/own_address.hpp"

#include <arpa/inet.h>
#include <ifaddrs.h>
#include <net/if.h>

#include <memory>
#include <string>

namespace tribune {
namespace {

std::string address_on_network() {
    ifaddrs* list = nullptr;
    if (getifaddrs(&list) != 0) return "localhost";
    const std::unique_ptr<ifaddrs, decltype(&freeifaddrs)> owner(list, freeifaddrs);
    for (const ifaddrs* at = list; at != nullptr; at = at->ifa_next) {
        if (at->ifa_addr == nullptr || at->ifa_addr->sa_family != AF_INET) continue;
        if ((at->ifa_flags & IFF_UP) == 0 || (at->ifa_flags & IFF_LOOPBACK) != 0) continue;
        char text[INET_ADDRSTRLEN] = {};
        if (inet_ntop(AF_INET, &reinterpret_cast<const sockaddr_in*>(at->ifa_addr)->sin_addr, text, sizeof text) !=
            nullptr)
            return text;
    }
    return "localhost";
}

}  // namespace

std::string host_for_others(const std::string& listens_on) {
    return listens_on == "0.0.0.0" ? address_on_network() : listens_on;
}

std::string pages_address(const std::string& listens_on, int port) {
    return port == 0 ? "" : "http://" + host_for_others(listens_on) + ":" + std::to_string(port);
}

std::string voice_address(const std::string& base, const std::string& key) { return base + "/voice#key=" + key; }

bool is_own_loop(std::string_view host) {
    return host.starts_with("localhost") || host.starts_with("127.") || host.starts_with("[::1]");
}

}  // namespace tribune
