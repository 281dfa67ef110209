#include "net/metrics.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <regex>
#include <set>
#include <sstream>

namespace tribune::net {
namespace {

Actual healthy() {
    Actual a;
    a.sources.push_back({SourceName("cam1"), SourceState::live, "", "", {1920, 1080}, 30, 30, "h264", "aac", 900, 0, 0, 0});
    a.processes.push_back({"engine", 1, "running", 0, 1, 1, 1, 1});
    a.processes.push_back({"render", 2, "running", 0, 1, 1, 1, 1});
    a.outputs.push_back({OutputName("n"), FaceName("north"), "window", "ok", "", 1});
    return a;
}

TEST_CASE("a show without news, storage or painter is down; without a camera it is degraded") {
    const ShowState state;
    auto actual = healthy();
    CHECK(judge(&state, &actual, false).down.empty());
    CHECK(judge(&state, &actual, false).degraded.empty());
    CHECK(judge(nullptr, nullptr, true).down == std::vector<std::string>{"engine"});
    CHECK(judge(&state, &actual, true).down == std::vector<std::string>{"engine"});
    actual.journal.storage_ok = false;
    actual.processes[1].state = "waiting";
    CHECK(judge(&state, &actual, false).down == std::vector<std::string>{"journal", "render"});
    actual = healthy();
    actual.sources[0].state = SourceState::lost;
    actual.outputs[0].state = "lost";
    actual.processes.push_back({"capture/cam1", 3, "waiting", 4, 0, 0, 0, 0});
    const auto verdict = judge(&state, &actual, false);
    CHECK(verdict.down.empty());
    CHECK(verdict.degraded == std::vector<std::string>{"capture/cam1", "source/cam1", "output/n"});
    const auto json = nlohmann::json::parse(verdict_json(verdict));
    CHECK(json["ok"] == true);
    CHECK(json["degraded"].size() == 3);
}

TEST_CASE("every line of the metrics has the form that Prometheus reads") {
    const ShowState state;
    auto actual = healthy();
    actual.sources[0].name = SourceName("bad \"name\"\\\n");
    StageTimes painted;
    painted.stage = WorkStage::paint;
    ++painted.counts.at(20);
    const auto text = metrics_text(&state, &actual, {{"render", {painted}}}, {}, {});
    const std::regex form(
        R"re(# (HELP|TYPE) tribune_[a-z0-9_]+ .+|tribune_[a-z0-9_]+(\{[a-z]+="([^"\\\n]|\\.)*"(,[a-z]+="([^"\\\n]|\\.)*")*\})? -?[0-9.e+-]+)re");
    std::istringstream lines(text);
    std::set<std::string> typed;
    for (std::string line; std::getline(lines, line);) {
        CAPTURE(line);
        REQUIRE(std::regex_match(line, form));
        if (line.starts_with("# TYPE")) CHECK(typed.insert(line).second);
    }
    CHECK(typed.size() > 30);
}

// The value of the one sample that begins so; −1: there is none.
double sample(const std::string& text, const std::string& begins) {
    const auto at = text.find("\n" + begins + " ");
    return at == std::string::npos ? -1 : std::stod(text.substr(at + begins.size() + 2));
}

TEST_CASE("stages are told of the processes that there are, as a histogram and as percentiles") {
    const ShowState state;
    const auto actual = healthy();
    StageTimes painted;
    painted.stage = WorkStage::paint;
    painted.sum = std::chrono::milliseconds(1200);
    painted.counts.at(StageTimes::bucket(std::chrono::milliseconds(10))) = 98;
    painted.counts.at(StageTimes::bucket(std::chrono::milliseconds(100))) = 2;
    const auto text = metrics_text(&state, &actual, {{"render", {painted}}, {"gone", {painted}}}, {}, {});
    const std::string labels = "{process=\"render\",stage=\"paint\"";
    CHECK(sample(text, "tribune_stage_seconds_count" + labels + "}") == 100);
    CHECK(sample(text, "tribune_stage_seconds_sum" + labels + "}") == Approx(1.2));
    CHECK(sample(text, "tribune_stage_seconds_bucket" + labels + ",le=\"+Inf\"}") == 100);
    CHECK(sample(text, "tribune_stage_seconds_bucket" + labels + ",le=\"0.0167772\"}") == 98);
    CHECK(sample(text, "tribune_stage_seconds_bucket" + labels + ",le=\"0.00838861\"}") == 0);
    CHECK(sample(text, "tribune_stage_ms" + labels + ",quantile=\"0.5\"}") == Approx(10).epsilon(0.125));
    CHECK(sample(text, "tribune_stage_ms" + labels + ",quantile=\"0.99\"}") == Approx(100).epsilon(0.125));
    CHECK(text.find("gone") == std::string::npos);
}

}  // namespace
}  // namespace tribune::net
