// The room at a rate, by the program's own rehearsal beside the show.
#include <fmt/format.h>

#include <array>
#include <cstdio>
#include <stdexcept>

#include "bench/show/figures.hpp"
#include "bench/show/measures.hpp"
#include "bench/show/rig.hpp"

namespace tribune::bench {
namespace {

using namespace tribune::test;

constexpr int rehearsed_seconds = 15;
constexpr int tables = 24;
constexpr Nanoseconds warm_up = std::chrono::seconds(3);
constexpr Nanoseconds counted = std::chrono::seconds(10);

struct Rehearsed {
    Json report;
    double stored_a_second = 0;  // in the counted middle of it, by the show's own count
};

struct Count {
    MonotonicTime at;
    double answers = 0;
};

Count count(const RealShow& show) {
    const auto state = show.state();
    return {monotonic_now(), state["room"]["answers"].get<double>()};
}

// Faces small and slow: what is measured is the way of an answer to the disk and back.
Rehearsed rehearse(int rate) {
    const RealShow show(
        shared_show("[[source]]\nname = \"cam1\"\nurl = \"lavfi:testsrc2=s=320x180:r=30\"\n", "320x180", 5));
    const std::string command =
        fmt::format("{} rehearse {} --key-file {} --tables {} --rate {} --seconds {} --json", program(), show.url(),
                    (show.data() / "keys.json").string(), tables, rate, rehearsed_seconds);
    std::array<char, 4096> line{};
    FILE* pipe = popen(command.c_str(), "r");
    eventually([&] { return count(show).answers > 0; });
    let_run(warm_up);
    const Count first = count(show);
    let_run(counted);
    const Count last = count(show);
    const bool read = pipe != nullptr && std::fgets(line.data(), line.size(), pipe) != nullptr;
    if (pipe != nullptr) pclose(pipe);
    auto report = Json::parse(read ? line.data() : "null", nullptr, false);
    if (!report.is_object()) throw std::runtime_error("the rehearsal gave no report");
    return {std::move(report), (last.answers - first.answers) / (ms(last.at - first.at) / 1000)};
}

}  // namespace

void throughput() {
    const auto thousand = rehearse(1000);
    figure("1,000 answers a second: stored", thousand.stored_a_second, "1/s");
    figure("1,000 answers a second: p50", thousand.report["p50_ms"].get<double>(), "ms");
    figure("1,000 answers a second: p99", thousand.report["p99_ms"].get<double>(), "ms", 50);
    figure("1,000 answers a second: lost", thousand.report["lost"].get<double>(), "answers", 0);
    const auto most = rehearse(6000);
    figure("6,000 answers a second asked: stored", most.stored_a_second, "1/s", 5000, Better::more);
    figure("6,000 answers a second asked: p99", most.report["p99_ms"].get<double>(), "ms");
    figure("6,000 answers a second asked: lost", most.report["lost"].get<double>(), "answers", 0);
}

}  // namespace tribune::bench
