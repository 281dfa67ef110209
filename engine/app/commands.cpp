// Subcommands that work without a network: show files, data folders, references.
#include "app/commands.hpp"

#include <fmt/format.h>
#include <signal.h>

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>
#include <numeric>
#include <random>

#include "app/assets.hpp"
#include "app/data_folder.hpp"
#include "app/load_show.hpp"
#include "app/process_info.hpp"
#include "base/log.hpp"
#include "base/trace.hpp"
#include "link/listener.hpp"
#include "show/caption_file.hpp"
#include "show/codec.hpp"
#include "show/show_file.hpp"
#include "store/export.hpp"
#include "store/sqlite_journal.hpp"
#include "text/shaper.hpp"
#include "wall/layout_command.hpp"
#include "wall/legibility.hpp"

namespace tribune {
namespace {

int failed(const Error& error) {
    std::fputs((error.message + "\n").c_str(), stderr);
    return 1;
}

int done(const Status& status) { return status ? 0 : failed(status.error()); }

Status export_to(const ExportOptions& options) {
    const DataFolder folder{options.data};
    JournalOptions reading;
    reading.access = JournalOptions::Access::read_only;
    TRIBUNE_TRY(const auto journal, SqliteJournal::open(folder.journal().string(), reading));
    const auto write = [&](std::ostream& out) {
        return options.format == "csv" ? export_csv(*journal, out) : export_json(*journal, out);
    };
    if (options.output.empty()) return write(std::cout);
    std::ofstream file(options.output, std::ios::binary);
    TRIBUNE_CHECK(write(file));
    if (!file.flush())
        return Error{"export_failed", fmt::format("Cannot write {}: choose another file with -o.", options.output)};
    return {};
}

nlohmann::ordered_json as_json(const LayoutPages& pages, double milliseconds) {
    auto list = nlohmann::ordered_json::array();
    for (const auto& page : pages) {
        auto boxes = nlohmann::ordered_json::array();
        for (const auto& box : page) {
            boxes.push_back(
                {{"word", box.word}, {"x", box.ink.x}, {"y", box.ink.y}, {"w", box.ink.width}, {"h", box.ink.height}});
        }
        list.push_back({{"boxes", std::move(boxes)}});
    }
    return {{"milliseconds", milliseconds}, {"pages", std::move(list)}};
}

}  // namespace

int check_show(const std::string& file) {
    const auto setup = read_show(file, assets_folder());
    if (!setup) return failed(setup.error());
    for (const auto& warning : missing_files(file, *setup)) std::fputs((warning + "\n").c_str(), stderr);
    for (const auto& bad : setup->faults) std::fputs((bad.message + "\n").c_str(), stderr);
    fmt::print("{}: good. {} faces, {} sources, {} tables.\n", file, setup->faces.size(), setup->sources.size(),
               setup->tables);
    return 0;
}

int stop_show(const std::string& data) {
    std::error_code missing;
    const DataFolder folder{std::filesystem::canonical(data, missing)};
    // The engine ends the others in order, and would start again what ended without it.
    if (auto engine = connect_to(folder.socket().string()); engine && engine->peer()) {
        kill(engine->peer()->pid, SIGTERM);
        fmt::print("The show was asked to end.\n");
        return 0;
    }
    const auto text = read_file(folder.processes());
    if (!text) return failed({"not_running", fmt::format("Nothing of {} is running.", data)});
    const auto list = nlohmann::json::parse(*text, nullptr, false);
    int ended = 0;
    for (const auto& [name, pid] : list.items()) {
        if (pid.is_number_integer() && is_tribune_process(pid.get<pid_t>(), name, folder.root) &&
            kill(pid.get<pid_t>(), SIGTERM) == 0)
            ++ended;
    }
    fmt::print("{} processes were asked to end.\n", ended);
    return 0;
}

int manage_keys(const KeysOptions& options) {
    const DataFolder folder{options.data};
    if (!options.renew.empty()) {
        if (const auto renewed = renew_key(folder, options.renew); !renewed) return failed(renewed.error());
        fmt::print("The key {} is new; it stands in {}. Whoever came with the old one is closed.\n", options.renew,
                   folder.keys().string());
    }
    const auto keys = read_keys(folder);
    if (!keys) return failed(keys.error());
    if (!options.show.empty()) {
        const auto key = keys->find(options.show);
        if (key == keys->end())
            return failed(
                {"unknown_key", fmt::format("There is no key \"{}\": tribune keys lists them.", options.show)});
        fmt::print("{}\n", key->second);
    } else if (options.renew.empty()) {
        for (const auto& [name, key] : *keys) fmt::print("{}\n", name);
    }
    return 0;
}

int export_answers(const ExportOptions& options) { return done(export_to(options)); }

int lay_out_words(const LayoutCommandOptions& options) {
    const auto text = read_file(options.words);
    if (!text) return failed(text.error());
    const auto shaper = Shaper::create();
    if (!shaper) return failed(shaper.error());
    const double smallest = smallest_cap_height({}, options.size.height);
    const auto job = read_layout_job(*text, options.size, smallest, Font{}, **shaper);
    if (!job) return failed(job.error());
    const auto begun = monotonic_now();
    const auto pages = run_layout(*job);
    const double milliseconds = std::chrono::duration<double, std::milli>(monotonic_now() - begun).count();
    if (options.json) {
        fmt::print("{}\n",
                   as_json(pages, milliseconds).dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace));
        return 0;
    }
    fmt::print("{} words on {} pages in {:.2f} ms\n", job->words.size(), pages.size(), milliseconds);
    return 0;
}

int rotate_people(const RotateOptions& options) {
    RotationWish wish = options.wish;
    std::vector<PersonNumber> people(std::size_t{wish.tables} * wish.seats);
    std::iota(people.begin(), people.end(), 1U);
    std::shuffle(people.begin(), people.end(), std::mt19937_64(wish.seed));
    people.resize(std::min<std::size_t>(options.absent, people.size()));
    wish.absent = std::move(people);
    const auto plan = plan_rotation(wish);
    if (!plan) return failed(plan.error());
    if (options.json) {
        fmt::print("{}\n", nlohmann::json{{"rounds", plan->rounds}, {"repeated_pairs", plan->repeated_pairs}}.dump());
        return 0;
    }
    for (std::size_t r = 0; r < plan->rounds.size(); ++r) {
        fmt::print("Round {}\n", r + 1);
        for (std::size_t t = 0; t < plan->rounds[r].size(); ++t)
            fmt::print("  table {}: {}\n", t + 1, fmt::join(plan->rounds[r][t], " "));
    }
    fmt::print("{} repeated pairs\n", plan->repeated_pairs);
    return 0;
}

int bench_quad(const BenchOptions& options) {
    const auto report = run_quad(options.quad);
    if (!report) return failed(report.error());
    if (options.json) {
        fmt::print("{}\n", nlohmann::json{{"frames_per_second", report->frames_per_second},
                                          {"dropped", report->dropped},
                                          {"rss_mb", report->rss_mb},
                                          {"paint_ms", report->paint_ms},
                                          {"cpu_ms", report->cpu_ms},
                                          {"painter_cpu_ms", report->painter_cpu_ms},
                                          {"words", report->words}}
                               .dump());
    } else {
        fmt::print(
            "{:.1f} frames/s, {} dropped, {:.0f} MB, a frame {:.1f} ms painting and {:.1f} ms of all processors\n",
            report->frames_per_second, report->dropped, report->rss_mb, report->paint_ms, report->cpu_ms);
    }
    return 0;
}

int print_schema() {
    fmt::print("{}\n", command_schema().dump(2));
    return 0;
}

int print_show_reference() {
    fmt::print("{}", show_file_reference());
    return 0;
}

int print_caption_reference() {
    fmt::print("{}", caption_file_reference());
    return 0;
}

int run_process(const ProcessOptions& options) {
    struct Kind {
        std::string_view name;
        int (*run)(const ProcessOptions&);
    };
    static constexpr Kind kinds[] = {{"capture", run_capture},
                                     {"media", run_media},
                                     {"net", run_net},
                                     {"record", run_record},
                                     {"render", run_render}};
    const DataFolder folder{options.data};
    log::open(options.name, folder.log(options.name).string());
    std::unique_ptr<trace::Recording> recording;
    if (options.trace) {
        auto begun = trace::record(folder.trace(), options.name);
        if (begun) {
            recording = *std::move(begun);
        } else {
            log::warning("no_trace", "{}", begun.error().message);
        }
    }
    for (const auto& kind : kinds) {
        if (kind.name == options.kind) return kind.run(options);
    }
    return 2;
}

}  // namespace tribune
