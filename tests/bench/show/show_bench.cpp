// Figures of the whole program, as JSON lines: one for each thing measured.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <memory>

#include "fault/processes/speaking_room.hpp"
#include "support/real_show/real_show.hpp"

using namespace tribune;
using namespace tribune::test;
using std::chrono::milliseconds;
using std::chrono::seconds;

namespace {

constexpr int table_count = 24;
constexpr std::size_t answers_timed = 240;
constexpr int process_kills = 20;
constexpr int engine_kills = 50;
constexpr int frames_per_second = 30;

double ms(Nanoseconds t) { return std::chrono::duration<double, std::milli>(t).count(); }

void figure(const std::string& what, double value, const std::string& unit, double bar, const char* better) {
    Json line{{"what", what}, {"value", std::round(value * 100) / 100}, {"unit", unit}, {"better", better}};
    if (bar >= 0) line["bar"] = bar;
    std::puts(line.dump().c_str());
    std::fflush(stdout);
}

double percentile(std::vector<double> values, double p) {
    if (values.empty()) return NAN;
    std::sort(values.begin(), values.end());
    return values[std::min(values.size() - 1, static_cast<std::size_t>(p * static_cast<double>(values.size())))];
}

std::string four_cameras() {
    std::string out;
    for (int i = 1; i <= 4; ++i) {
        out += fmt::format("[[source]]\nname = \"cam{}\"\nurl = \"lavfi:testsrc2=s=960x540:r=30,hue=h={}\"\n", i, i * 80);
    }
    return out;
}

bool live(const RealShow& show, const std::string& source) {
    const auto metrics = fetch(*parse_url(show.url()), "/metrics", show.key("technician"));
    return metrics && metrics->find("tribune_source_live{source=\"" + source + "\"} 1") != std::string::npos;
}

bool all_live(const RealShow& show) {
    return live(show, "cam1") && live(show, "cam2") && live(show, "cam3") && live(show, "cam4");
}

// One answer at a time from each of 24 tables in turn: from send() to the first frame whose wall holds it.
void time_to_pixels(const std::string& painter, const std::vector<std::string>& arguments) {
    const auto spawned = monotonic_now();
    RealShow show(shared_show(four_cameras(), "960x540", frames_per_second), arguments);
    std::map<std::string, std::unique_ptr<FaceReader>> faces;
    for (const char* face : {"north", "east", "south", "west"}) faces[face] = std::make_unique<FaceReader>(show, face);
    eventually([&] { return std::all_of(faces.begin(), faces.end(), [](const auto& f) { return f.second->count() > 0; }); });
    MonotonicTime last_first;
    for (const auto& [name, reader] : faces) last_first = std::max(last_first, reader->frames().front().presented);
    figure("tribune run to first frame on four faces, " + painter, ms(last_first - spawned), "ms", 2000, "lower");
    faces.erase("east");
    faces.erase("south");
    faces.erase("west");
    eventually([&] { return all_live(show); });
    std::vector<std::unique_ptr<Client>> tables;
    for (int t = 1; t <= table_count; ++t) {
        tables.push_back(std::make_unique<Client>(show.url(), Json{{"type", "hello"}, {"proto", 1}, {"key", show.key(fmt::format("table/{}", t))}, {"device", fmt::format("t{}", t)}}));
        tables.back()->wait_type("welcome");
    }
    const char* words[] = {"loyer", "chauffage", "humidité", "voisins", "bruit", "gardien", "ascenseur", "confiance", "travaux", "délais"};
    std::vector<std::pair<MonotonicTime, std::uint64_t>> sent;
    for (std::size_t n = 0; n < answers_timed; ++n) {
        Client& table = *tables[n % tables.size()];
        const std::string id = fmt::format("0190b4ae-7f1c-7abc-8def-{:012}", n);
        const auto at = monotonic_now();
        table.send({{"type", "submit"}, {"id", id}, {"round", 1}, {"text", fmt::format("{} mot{}", words[n % 10], n)}, {"language", "fr"}});
        const auto stored = table.wait_for([&](const Json& m) { return m.value("id", "") == id; });
        if (stored && stored->value("type", "") == "stored") sent.emplace_back(at, (*stored)["sequence"].get<std::uint64_t>());
        eventually([] { return false; }, milliseconds(100));
    }
    eventually([&] { return faces["north"]->newest()->mark.wall_revision >= sent.back().second; });
    const auto frames = faces["north"]->frames();
    std::vector<double> took;
    for (const auto& [at, sequence] : sent) {
        const auto shown = std::find_if(frames.begin(), frames.end(), [&, s = sequence](const auto& f) { return f.mark.wall_revision >= s; });
        if (shown != frames.end()) took.push_back(ms(shown->presented - at));
    }
    figure("answer sent to its pixels, p50, " + painter, percentile(took, 0.5), "ms", -1, "lower");
    figure("answer sent to its pixels, p99, " + painter, percentile(took, 0.99), "ms", 250, "lower");
}

void kill_processes() {
    RealShow show(shared_show(four_cameras(), "480x270", frames_per_second));
    FaceReader north(show, "north");
    eventually([&] { return north.count() > 30 && all_live(show); });
    SpeakingRoom room(show, 6);
    for (const std::string name : {"capture/cam2", "net", "render"}) {
        std::vector<double> back;
        double gap_frames = 0;
        for (int i = 0; i < process_kills; ++i) {
            // One that dies within a second of its start is held back by design: let it live a little.
            eventually([] { return false; }, milliseconds(1500));
            room.wait_for_more(2);
            const auto from = monotonic_now();
            const auto before = north.count();
            show.kill_and_wait(name);
            if (name == "net") {
                eventually([&] { return fetch(*parse_url(show.url()), "/healthz", "").operator bool(); });
            } else if (name == "render") {
                eventually([&] { return north.count() > before && north.newest()->presented > from + milliseconds(40); });
            } else {
                eventually([&] { return !live(show, "cam2"); }, milliseconds(300));
                eventually([&] { return live(show, "cam2"); });
            }
            back.push_back(ms(monotonic_now() - from));
            gap_frames = std::max(gap_frames, ms(north.longest_gap(from)) * frames_per_second / 1000);
        }
        figure(name + " killed: back, worst of 20", *std::max_element(back.begin(), back.end()), "ms", 1000, "lower");
        if (name != "render") figure(name + " killed: longest gap of the faces", gap_frames, "frames", 2, "lower");
    }
    room.finish();
    figure("processes killed 60 times: acknowledged answers", static_cast<double>(room.acknowledged()), "answers", -1, "higher");
    figure("processes killed 60 times: acknowledged answers lost", static_cast<double>(room.lost(show)), "answers", 0, "lower");
    figure("processes killed 60 times: answers stored twice", static_cast<double>(room.doubled(show)), "answers", 0, "lower");
}

void kill_engine() {
    RealShow show(shared_show("[[source]]\nname = \"cam1\"\nurl = \"lavfi:testsrc2=s=320x180:r=30\"\n"));
    FaceReader north(show, "north");
    eventually([&] { return north.count() > 5; });
    SpeakingRoom room(show, 4);
    double gap_frames = 0;
    double again = 0;
    for (int i = 0; i < engine_kills; ++i) {
        room.wait_for_more(2);
        const auto from = monotonic_now();
        show.kill_engine();
        show.start();
        room.wait_for_more(1);
        again = std::max(again, ms(monotonic_now() - from));
        gap_frames = std::max(gap_frames, ms(north.longest_gap(from)) * frames_per_second / 1000);
    }
    room.finish();
    figure("engine killed: acknowledging again, worst of 50", again, "ms", -1, "lower");
    figure("engine killed: longest gap of the faces", gap_frames, "frames", 2, "lower");
    figure("engine killed 50 times: acknowledged answers", static_cast<double>(room.acknowledged()), "answers", -1, "higher");
    figure("engine killed 50 times: acknowledged answers lost", static_cast<double>(room.lost(show)), "answers", 0, "lower");
    figure("engine killed 50 times: answers stored twice", static_cast<double>(room.doubled(show)), "answers", 0, "lower");
}

// The room at a rate, by the program's own rehearsal.
void throughput(double rate, int tables, const std::string& what, double bar_rate, double bar_p99) {
    RealShow show(shared_show("[[source]]\nname = \"cam1\"\nurl = \"lavfi:testsrc2=s=320x180:r=30\"\n", "320x180", 5));
    const std::string command = fmt::format("{} rehearse {} --key-file {} --tables {} --rate {} --seconds 15 --json", TRIBUNE_BENCH_PROGRAM,
                                            show.url(), (show.data() / "keys.json").string(), tables, rate);
    FILE* pipe = popen(command.c_str(), "r");
    std::array<char, 4096> line{};
    const bool read = pipe != nullptr && std::fgets(line.data(), line.size(), pipe) != nullptr;
    if (pipe != nullptr) pclose(pipe);
    const auto report = Json::parse(read ? line.data() : "null", nullptr, false);
    if (!report.is_object()) return;
    figure(what + ": acknowledged a second", report["acked"].get<double>() / 15, "1/s", bar_rate, "higher");
    figure(what + ": p99", report["p99_ms"].get<double>(), "ms", bar_p99, "lower");
    figure(what + ": lost", report["lost"].get<double>(), "answers", 0, "lower");
}

}  // namespace

int main() {
    time_to_pixels("libyuv", {"--painter", "cpu"});
    time_to_pixels("software GL", {"--painter", "gl", "--allow-software-gl"});
    kill_processes();
    kill_engine();
    throughput(1000, 24, "1,000 answers a second on the same two cores", -1, 50);
    throughput(5200, 24, "5,200 answers a second on the same two cores", 5000, -1);
    return 0;
}
