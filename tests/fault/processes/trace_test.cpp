// What `run --trace` writes of a short show, in which a camera's process is killed besides.
#include <stdlib.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "support/real_show/real_show.hpp"
#include "support/real_show/speaking_room.hpp"

using namespace tribune;
using namespace tribune::test;

namespace {

struct Span {
    std::string name;
    double begun = 0;  // µs
    double ended = 0;
};

struct Trace {
    std::map<std::int64_t, std::string> processes;  // pid → name
    std::map<std::pair<std::int64_t, std::int64_t>, std::vector<Span>> threads;

    explicit Trace(const Json& json) {
        for (const auto& event : json.at("traceEvents")) {
            const std::pair at{event.at("pid").get<std::int64_t>(), event.at("tid").get<std::int64_t>()};
            if (event.at("name") == "process_name") processes[at.first] = event.at("args").at("name");
            if (event.at("ph") != "X") continue;
            const double ts = event.at("ts");
            threads[at].push_back({event.at("name"), ts, ts + event.at("dur").get<double>()});
        }
        for (auto& [at, spans] : threads) {
            // A parent before its children.
            std::sort(spans.begin(), spans.end(), [](const Span& a, const Span& b) {
                return a.begun != b.begun ? a.begun < b.begun : a.ended > b.ended;
            });
        }
    }

    [[nodiscard]] std::map<std::string, std::set<std::string>> stages() const {
        std::map<std::string, std::set<std::string>> out;
        for (const auto& [at, spans] : threads) {
            for (const auto& span : spans) out[processes.at(at.first)].insert(span.name);
        }
        return out;
    }
};

constexpr double rounding = 0.002;  // µs: the file's digits

// Every span lies within the one that was open when it began.
bool nest(const std::vector<Span>& spans) {
    std::vector<Span> open;
    for (const auto& span : spans) {
        while (!open.empty() && open.back().ended <= span.begun + rounding) open.pop_back();
        if (!open.empty() && span.ended > open.back().ended + rounding) return false;
        open.push_back(span);
    }
    return true;
}

struct FolderOfTrace {
    std::filesystem::path path;
    FolderOfTrace() {
        std::string name = (std::filesystem::temp_directory_path() / "tribune-trace-XXXXXX").string();
        if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
        path = name;
    }
    ~FolderOfTrace() { std::filesystem::remove_all(path); }
    FolderOfTrace(const FolderOfTrace&) = delete;
    FolderOfTrace& operator=(const FolderOfTrace&) = delete;
};

}  // namespace

TEST_CASE("a show's trace holds every stage of every process, nested, and its times add up") {
    const FolderOfTrace folder;
    const auto file = folder.path / "trace.json";
    RealShow show(shared_show("[[source]]\nname = \"cam1\"\nurl = \"lavfi:testsrc2=s=320x180:r=30\"\n"),
                  {"--painter", "cpu", "--trace", file.string()});
    FaceReader north(show, "north");
    SpeakingRoom room(show, 2);
    REQUIRE(room.wait_for_more(4));
    REQUIRE(eventually([&] { return north.count() > 40; }));
    const auto first_camera = show.pid("capture/cam1");
    REQUIRE(show.kill_and_wait("capture/cam1"));
    REQUIRE(room.wait_for_more(4));
    const auto frames = north.count();
    REQUIRE(eventually([&] { return north.count() > frames + 40; }));
    room.finish();

    const auto metrics = show.metrics();
    for (const char* told : {"process=\"render\",stage=\"paint\",le=", "process=\"engine\",stage=\"commit\",le=",
                             "process=\"net\",stage=\"submit\",quantile=\"0.99\"",
                             "process=\"capture/cam1\",stage=\"decode\",quantile=\"0.5\""}) {
        CAPTURE(told);
        CHECK(metrics.find(told) != std::string::npos);
    }
    show.stop();

    std::ifstream in(file);
    const Trace trace(Json::parse(in));
    const auto stages = trace.stages();
    const std::map<std::string, std::set<std::string>> expected{
        {"render", {"frame", "sources", "plan", "paint", "present", "pictures", "layout"}},
        {"capture/cam1", {"read", "decode", "publish"}},
        {"engine", {"batch", "apply", "commit", "fan out"}},
        {"net", {"receive", "submit", "ack", "broadcast"}},
    };
    CHECK(stages == expected);
    CHECK(trace.processes.contains(first_camera));  // killed, and kept
    CHECK(std::count_if(trace.processes.begin(), trace.processes.end(),
                        [](const auto& p) { return p.second == "capture/cam1"; }) == 2);
    double in_frames = 0;
    double in_parts = 0;
    for (const auto& [at, spans] : trace.threads) {
        CAPTURE(trace.processes.at(at.first), at.second);
        CHECK(nest(spans));
        for (const auto& span : spans) {
            CHECK(span.ended >= span.begun);
            if (span.name == "frame") in_frames += span.ended - span.begun;
            if (std::set<std::string>{"sources", "plan", "paint", "present", "pictures"}.contains(span.name))
                in_parts += span.ended - span.begun;
        }
    }
    // A frame is its parts and little else.
    CHECK(in_parts <= in_frames);
    CHECK(in_parts > 0.5 * in_frames);
}
