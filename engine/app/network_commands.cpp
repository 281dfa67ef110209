// Subcommands that speak with a running show.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>

#include "app/assets.hpp"
#include "app/commands.hpp"
#include "app/data_folder.hpp"
#include "app/signals.hpp"
#include "net/client.hpp"
#include "net/osc/tree.hpp"
#include "net/rehearsal.hpp"

namespace tribune {
namespace {

constexpr double for_ever_seconds = 1e9;

int failed(const Error& error) {
    std::fputs((error.message + "\n").c_str(), stderr);
    return 1;
}

// The first of: --key, --key-file (keys.json or the key alone), $TRIBUNE_KEY. `names`: which of keys.json will do.
Result<std::string> find_key(const KeyOptions& options, std::initializer_list<const char*> names) {
    if (!options.key.empty()) return options.key;
    if (!options.file.empty()) {
        TRIBUNE_TRY(std::string text, read_file(options.file));
        const auto json = nlohmann::json::parse(text, nullptr, false);
        if (json.is_object()) {
            for (const char* name : names) {
                if (json.contains(name) && json[name].is_string()) return json[name].get<std::string>();
            }
            return Error{"no_key", fmt::format("{} holds no key named {}.", options.file, *names.begin())};
        }
        text.erase(text.find_last_not_of(" \r\n\t") + 1);
        return text;
    }
    if (const char* given = std::getenv("TRIBUNE_KEY"); given != nullptr && *given != '\0') return std::string(given);
    return Error{"no_key", fmt::format("A key is needed: --key-file DATA/keys.json, or TRIBUNE_KEY (the {} key).",
                                       *names.begin())};
}

std::string as_json(const RehearsalReport& report) {
    const auto rounded = [](double ms) { return std::round(ms * 100) / 100; };
    return nlohmann::json{{"sent", report.sent},
                          {"acked", report.acked},
                          {"lost", report.lost},
                          {"refused", report.refused},
                          {"p50_ms", rounded(report.p50_ms)},
                          {"p99_ms", rounded(report.p99_ms)},
                          {"reconnects", report.reconnects}}
        .dump();
}

std::string as_line(const RehearsalReport& report) {
    return fmt::format("sent {}  acknowledged {}  lost {}  refused {}  p50 {:.1f} ms  p99 {:.1f} ms", report.sent,
                       report.acked, report.lost, report.refused, report.p50_ms, report.p99_ms);
}

Result<RehearsalReport> play(const RehearseOptions& options) {
    RehearsalOptions room;
    room.url = options.url;
    room.tables = options.tables;
    room.phones = options.phones;
    room.per_second = options.rate;
    room.seconds = options.seconds > 0 ? options.seconds : for_ever_seconds;
    room.seed = options.seed;
    TRIBUNE_TRY(room.key, find_key(options.key, {"rehearsal"}));
    const auto script = options.script.empty() ? assets_folder() / "script" / "logement-social.fr.txt"
                                               : std::filesystem::path(options.script);
    TRIBUNE_TRY(const std::string text, read_file(script));
    room.lines = script_lines(text);
    const StopSignals signals;
    return rehearse(room, [&](const RehearsalReport& report) {
        if (!options.json) {
            fmt::print("\r{}  connected {}   ", as_line(report), report.connected);
            std::fflush(stdout);
        }
        return !signals.raised();
    });
}

// The show's answer at this path, into a file.
int save_from(const std::string& show, const std::string& path, const Result<std::string>& key,
              const std::string& output) {
    const auto url = parse_url(show);
    if (!url) return failed(url.error());
    if (!key) return failed(key.error());
    const auto bytes = fetch(*url, path, *key);
    if (!bytes) return failed(bytes.error());
    std::ofstream file(output, std::ios::binary);
    file << *bytes;
    if (!file.flush())
        return failed({"file_error", fmt::format("Cannot write {}: choose another file with -o.", output)});
    return 0;
}

}  // namespace

void add_key_options(CLI::App& command, KeyOptions& options) {
    command.add_option("--key", options.key,
                       "The key (others on this machine can see it: prefer --key-file or TRIBUNE_KEY)");
    command.add_option("--key-file", options.file, "keys.json of the show's data folder, or a file with the key alone");
}

int rehearse_room(const RehearseOptions& options) {
    const auto report = play(options);
    if (!report) return failed(report.error());
    fmt::print("{}{}\n", options.json ? "" : "\r",
               options.json ? as_json(*report) : as_line(*report) + "              ");
    return report->lost == 0 ? 0 : 1;
}

int save_snapshot(const SnapshotOptions& options) {
    return save_from(options.url, "/api/faces/" + options.face + ".png",
                     find_key(options.key, {"observer", "producer"}), options.output);
}

int save_print(const PrintOptions& options) {
    return save_from(options.url, "/api/print/" + options.what + ".pdf",
                     find_key(options.key, {"director", "technician"}), options.output);
}

int print_osc_reference() {
    fmt::print("{}", net::osc::reference());
    return 0;
}

}  // namespace tribune
