#include "app/greeting.hpp"

#include <fmt/format.h>

#include "app/own_address.hpp"
#include "base/qr_code.hpp"

namespace tribune {
namespace {

// Two rows of modules in a line of text, light on dark.
std::string drawn(const QrCode& code) {
    constexpr int quiet = 2;  // a terminal is dark around it, so that half of the zone does
    const int width = code.width;
    std::string out;
    for (int y = -quiet; y < width + quiet; y += 2) {
        out += "  \x1b[97;40m";
        for (int x = -quiet; x < width + quiet; ++x) {
            const bool upper = !code.dark(x, y);
            const bool lower = !code.dark(x, y + 1) && y + 1 < width + quiet;
            out += upper ? (lower ? "█" : "▀") : (lower ? "▄" : " ");
        }
        out += "\x1b[0m\n";
    }
    return out;
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
    const std::string host = host_for_others(options.address);
    const std::string base = setup.address.empty() ? pages_address(options.address, port) : setup.address;
    const auto page = [&](const char* path, const std::string& key) {
        return fmt::format("{}{}#key={}", base, path, key_of(keys, key));
    };
    std::string out = fmt::format("\n{} — {} faces, {} sources, {} tables\n", setup.title, setup.faces.size(),
                                  setup.sources.size(), setup.tables);
    if (options.headless) out += "No display: the faces are drawn without windows; see them on the producer's desk.\n";
    out += fmt::format("  producer  {}\n", page("/desk/producer", "producer"));
    out += fmt::format("  director  {}\n", page("/desk/show", "director"));
    out += fmt::format("  stage     {}\n", page("/desk/stage", "technician"));
    out += fmt::format("  facilit.  {}\n", page("/desk/facilitator", "facilitator"));
    for (const auto& who : setup.operators)
        out += fmt::format("  {:<9} {}\n", who.name.text, page(page_of(who), "operator/" + who.name.text));
    out += fmt::format("  table 1   {}\n", page("/table/1", "table/1"));
    out += fmt::format("  phones    {}\n", page("/voice", "audience"));
    if (obs_port != 0)
        out += fmt::format("  surfaces  obs-websocket at ws://{}:{}, its password is the key \"obs-websocket\"\n", host,
                           obs_port);
    out += fmt::format("  all keys  {}\n", (std::filesystem::absolute(options.data) / "keys.json").string());
    const auto code = qr_code(page("/table/1", "table/1"), QrRepair::little);
    out += "\nTable 1 on a tablet:\n" + (code ? drawn(*code) : "") + "\nCtrl-C ends the show.\n";
    return out;
}

}  // namespace tribune
