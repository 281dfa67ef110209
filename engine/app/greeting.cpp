#include "app/greeting.hpp"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <ifaddrs.h>
#include <net/if.h>
#include <qrencode.h>

#include <memory>

namespace tribune {
namespace {

// Two rows of modules in a line of text, light on dark, with the quiet zone that readers need.
std::string qr_code(const std::string& text) {
    const std::unique_ptr<QRcode, decltype(&QRcode_free)> code(QRcode_encodeString8bit(text.c_str(), 0, QR_ECLEVEL_L),
                                                               &QRcode_free);
    if (!code) return {};
    constexpr int quiet = 2;
    const int width = code->width;
    const auto dark = [&](int x, int y) {
        return x >= 0 && y >= 0 && x < width && y < width && (code->data[y * width + x] & 1U) != 0;
    };
    std::string out;
    for (int y = -quiet; y < width + quiet; y += 2) {
        out += "  \x1b[97;40m";
        for (int x = -quiet; x < width + quiet; ++x) {
            const bool upper = !dark(x, y);
            const bool lower = !dark(x, y + 1) && y + 1 < width + quiet;
            out += upper ? (lower ? "█" : "▀") : (lower ? "▄" : " ");
        }
        out += "\x1b[0m\n";
    }
    return out;
}

// Where tablets find this machine: its first address that is not its own loop.
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

std::string key_of(const Keys& keys, const std::string& name) {
    const auto at = keys.find(name);
    return at == keys.end() ? "" : at->second;
}

// The page that somebody works at.
const char* page_of(const OperatorSetup& who) {
    if (who.role == Role::director) return "/desk/show";
    if (who.role == Role::technician) return "/desk/stage";
    return who.role == Role::facilitator ? "/desk/facilitator" : "/desk/producer";
}

}  // namespace

std::string greeting(const Setup& setup, const Keys& keys, const RunOptions& options, int port, int obs_port) {
    const std::string host = options.address == "0.0.0.0" ? address_on_network() : options.address;
    const auto page = [&](const char* path, const std::string& key) {
        return fmt::format("http://{}:{}{}#key={}", host, port, path, key_of(keys, key));
    };
    std::string out = fmt::format("\n{} — {} faces, {} sources, {} tables\n", setup.title, setup.faces.size(),
                                  setup.sources.size(), setup.tables);
    if (options.headless) out += "No display: the faces are drawn without windows; see them on the producer's desk.\n";
    out += fmt::format("  producer  {}\n", page("/desk/producer", "producer"));
    out += fmt::format("  director  {}\n", page("/desk/show", "director"));
    out += fmt::format("  stage     {}\n", page("/desk/stage", "technician"));
    for (const auto& who : setup.operators)
        out += fmt::format("  {:<9} {}\n", who.name.text, page(page_of(who), "operator/" + who.name.text));
    out += fmt::format("  table 1   {}\n", page("/table/1", "table/1"));
    if (obs_port != 0)
        out += fmt::format("  surfaces  obs-websocket at ws://{}:{}, its password is the key \"obs-websocket\"\n", host,
                           obs_port);
    out += fmt::format("  all keys  {}\n", (std::filesystem::absolute(options.data) / "keys.json").string());
    out += "\nTable 1 on a tablet:\n" + qr_code(page("/table/1", "table/1")) + "\nCtrl-C ends the show.\n";
    return out;
}

}  // namespace tribune
