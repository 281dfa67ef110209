// How long the program takes to start, and an answer to be seen.
#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

#include "bench/show/figures.hpp"
#include "bench/show/measures.hpp"
#include "bench/show/rig.hpp"

namespace tribune::bench {
namespace {

using namespace tribune::test;
using std::chrono::milliseconds;

constexpr int table_count = 24;
constexpr std::size_t answers = 240;
constexpr Nanoseconds between_answers = milliseconds(125);
constexpr int starts = 5;
constexpr const char* words[] = {"loyer",   "chauffage", "humidité",  "voisins", "bruit",
                                 "gardien", "ascenseur", "confiance", "travaux", "délais"};

struct PainterChoice {
    const char* name;
    std::vector<std::string> arguments;
};

std::vector<PainterChoice> painters() {
    return {{"libyuv", {"--painter", "cpu"}}, {"software GL", {"--painter", "gl", "--allow-software-gl"}}};
}

std::string show_file() { return shared_show(four_cameras("960x540"), "960x540", frames_per_second); }

void time_starts(const PainterChoice& painter) {
    std::vector<double> took;
    for (int i = 0; i < starts; ++i) {
        const auto spawned = monotonic_now();
        const RealShow show(show_file(), painter.arguments);
        MonotonicTime last;
        for (const auto& [name, face] : read_faces(show)) last = std::max(last, face->frames().front().presented);
        took.push_back(ms(last - spawned));
    }
    figure(fmt::format("tribune run to first frame on four faces, {}, worst of {}", painter.name, starts),
           percentile(took, 1), "ms", 1000);
    figure(fmt::format("tribune run to first frame on four faces, {}, median", painter.name), percentile(took, 0.5),
           "ms");
}

// One answer after another, the tables in turn; from before it is sent to the first frame whose wall holds it.
void time_answers(const PainterChoice& painter) {
    const RealShow show(show_file(), painter.arguments);
    const auto faces = read_faces(show);
    all_live(show);
    std::vector<std::unique_ptr<Client>> tables;
    for (int table = 1; table <= table_count; ++table) {
        tables.push_back(std::make_unique<Client>(show.url(), hello(show, fmt::format("table/{}", table))));
        if (!tables.back()->wait_type("welcome")) throw std::runtime_error("a table was not let in");
    }
    struct Sent {
        MonotonicTime at;
        std::uint64_t sequence;
    };
    std::vector<Sent> sent;
    std::vector<double> acknowledged;
    for (std::size_t n = 0; n < answers; ++n) {
        Client& table = *tables[n % tables.size()];
        const std::string id = fmt::format("0190b4ae-7f1c-7abc-8def-{:012}", n);
        const auto at = monotonic_now();
        table.send({{"type", "submit"},
                    {"id", id},
                    {"round", 1},
                    {"text", fmt::format("{} mot{}", words[n % std::size(words)], n)},
                    {"language", "fr"}});
        const auto stored = table.wait_for([&](const Json& m) { return m.value("id", "") == id; });
        if (!stored || stored->value("type", "") != "stored") throw std::runtime_error("an answer was not stored");
        acknowledged.push_back(ms(monotonic_now() - at));
        sent.push_back({at, (*stored)["sequence"].get<std::uint64_t>()});
        let_run(between_answers - (monotonic_now() - at));
    }
    std::vector<double> took;
    for (const auto& [name, face] : faces) {
        eventually([&, &reader = *face] { return reader.newest()->mark.wall_revision >= sent.back().sequence; });
        const auto frames = face->frames();
        for (const auto& one : sent) {
            const auto shown = std::find_if(frames.begin(), frames.end(),
                                            [&](const auto& f) { return f.mark.wall_revision >= one.sequence; });
            if (shown == frames.end()) throw std::runtime_error("an answer is not on " + name);
            took.push_back(ms(shown->presented - one.at));
        }
    }
    figure(fmt::format("answer sent to acknowledged, p99 of {}, {}", answers, painter.name),
           percentile(acknowledged, 0.99), "ms");
    figure(fmt::format("answer sent to its pixels, p50 of {} on four faces, {}", answers, painter.name),
           percentile(took, 0.5), "ms");
    figure(fmt::format("answer sent to its pixels, p99 of {} on four faces, {}", answers, painter.name),
           percentile(took, 0.99), "ms", 250);
}

}  // namespace

void start() {
    for (const auto& painter : painters()) time_starts(painter);
}

void pixels() {
    for (const auto& painter : painters()) time_answers(painter);
}

}  // namespace tribune::bench
