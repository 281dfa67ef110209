#include "app/engine_process.hpp"

#include <fmt/format.h>

#include <cstdio>

#include "app/engine.hpp"
#include "app/greeting.hpp"
#include "app/load_show.hpp"
#include "app/signals.hpp"
#include "base/log.hpp"
#include "base/trace.hpp"

namespace tribune {
namespace {

constexpr Nanoseconds tick_every = std::chrono::milliseconds(20);

Status serve(const RunOptions& options, const DataFolder& folder) {
    TRIBUNE_TRY(const Setup setup, load_show(options));
    for (const auto& warning : missing_files(options.show_file, setup)) log::warning("missing_file", "{}", warning);
    for (const auto& bad : setup.faults) {
        log::warning(bad.code, "{}", bad.message);
        std::fputs((bad.message + "\n").c_str(), stderr);
    }
    TRIBUNE_TRY(const Keys keys, load_keys(folder, setup));
    const StopSignals signals;
    TRIBUNE_TRY(auto engine, Engine::start(options, folder, setup, keys));
    bool greeted = false;
    while (!signals.raised()) {
        engine->run_once(tick_every);
        if (!greeted && engine->port() != 0) {
            std::fputs(greeting(setup, keys, options, engine->port(), engine->obs_port()).c_str(), stdout);
            std::fflush(stdout);
            greeted = true;
        }
        if (const auto why = engine->cannot_start()) {
            engine->stop();
            return *why;
        }
    }
    engine->stop();
    return {};
}

Status run(const RunOptions& options) {
    TRIBUNE_TRY(const DataFolder folder, DataFolder::open(options.data));
    log::open("engine", folder.log("engine").string());
    if (options.trace.empty()) return serve(options, folder);
    TRIBUNE_CHECK(trace::begin(folder.trace(), options.trace));
    TRIBUNE_TRY(auto recording, trace::record(folder.trace(), "engine"));
    const Status done = serve(options, folder);
    recording.reset();
    TRIBUNE_CHECK(trace::merge(folder.trace(), options.trace));
    return done;
}

}  // namespace

int run_engine(const RunOptions& options) {
    const auto done = run(options);
    if (done) return 0;
    std::fputs((done.error().message + "\n").c_str(), stderr);
    return 1;
}

}  // namespace tribune
