#include "base/trace.hpp"

#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <catch2/catch.hpp>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>
#include <string>
#include <thread>
#include <vector>

#include "base/stages.hpp"

namespace tribune {
namespace {

namespace fs = std::filesystem;

class Folder {
  public:
    Folder() {
        std::string path = (fs::temp_directory_path() / "tribune-trace-XXXXXX").string();
        REQUIRE(mkdtemp(path.data()) != nullptr);
        root = path;
    }
    ~Folder() { fs::remove_all(root); }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    [[nodiscard]] fs::path parts() const { return root / "parts"; }
    [[nodiscard]] fs::path file() const { return root / "all.json"; }
    [[nodiscard]] std::string text() const {
        std::ifstream in(file(), std::ios::binary);
        return {std::istreambuf_iterator<char>(in), {}};
    }
    fs::path root;
};

std::ptrdiff_t count(const std::string& text, const std::string& form) {
    const std::regex pattern(form);
    return std::distance(std::sregex_iterator(text.begin(), text.end(), pattern), std::sregex_iterator());
}

TEST_CASE("spans of all threads come into one file, with the names of process and threads") {
    const Folder folder;
    REQUIRE(trace::begin(folder.parts(), folder.file()));
    CHECK(folder.text() == "{\"displayTimeUnit\":\"ms\",\"traceEvents\":[\n]}\n");
    {
        const auto recording = trace::record(folder.parts(), "capture/cam1");
        REQUIRE(recording);
        const StageSpan outer(WorkStage::frame, 7);
        const std::jthread other([] { const StageSpan span(WorkStage::layout); });
        const StageSpan inner(WorkStage::plan, 7);
    }
    REQUIRE(trace::merge(folder.parts(), folder.file()));
    const auto text = folder.text();
    CAPTURE(text);
    CHECK(text.find(R"("name":"process_name","ph":"M")") != std::string::npos);
    CHECK(text.find(R"("args":{"name":"capture/cam1"})") != std::string::npos);
    CHECK(count(text, R"re("name":"layout","ph":"X","pid":\d+,"tid":\d+,"ts":\d+\.\d{3},"dur":\d+\.\d{3}\})re") == 1);
    CHECK(count(text, R"re("name":"plan",.*"args":\{"number":7\})re") == 1);
    CHECK(count(text, R"re("thread_name")re") == 2);
    CHECK_FALSE(fs::exists(folder.parts()));
}

TEST_CASE("without a recording a span goes nowhere") {
    const Folder folder;
    { const StageSpan span(WorkStage::frame); }
    REQUIRE(trace::merge(folder.parts(), folder.file()));
    CHECK(count(folder.text(), "\"name\"") == 0);
}

TEST_CASE("more spans than fit are counted, not kept") {
    const Folder folder;
    constexpr std::uint64_t far_too_many = 400'000;
    {
        const auto recording = trace::record(folder.parts(), "loud");
        REQUIRE(recording);
        for (std::uint64_t i = 0; i < far_too_many; ++i) trace::span("x", monotonic_now(), monotonic_now(), 1);
    }
    REQUIRE(trace::merge(folder.parts(), folder.file()));
    const auto text = folder.text();
    const auto kept = static_cast<std::uint64_t>(std::count(text.begin(), text.end(), 'X'));
    std::smatch lost;
    const bool told = std::regex_search(text, lost, std::regex(R"re("lost spans".*"number":(\d+))re"));
    CHECK(kept + (told ? std::stoull(lost[1]) : 0) == far_too_many);
}

TEST_CASE("what a killed process had written is kept, but for half a line") {
    const Folder folder;
    const pid_t child = fork();
    REQUIRE(child >= 0);
    if (child == 0) {
        const auto recording = trace::record(folder.parts(), "killed");
        trace::span("done", monotonic_now(), monotonic_now(), 0);
        for (;;) pause();
    }
    const auto part = folder.parts() / ("killed." + std::to_string(child) + ".trace.json");
    const auto until = monotonic_now() + std::chrono::seconds(20);
    const auto written = [&] {
        std::ifstream in(part);
        return std::string(std::istreambuf_iterator<char>(in), {}).find("\"done\"") != std::string::npos;
    };
    while (!written() && monotonic_now() < until) std::this_thread::sleep_for(std::chrono::milliseconds(5));
    kill(child, SIGKILL);
    waitpid(child, nullptr, 0);
    std::ofstream(part, std::ios::app) << R"({"name":"half)";
    REQUIRE(trace::merge(folder.parts(), folder.file()));
    CHECK(count(folder.text(), "\"done\"") == 1);
    CHECK(count(folder.text(), "half") == 0);
}

TEST_CASE("a new trace leaves the parts of the living alone") {
    const Folder folder;
    fs::create_directories(folder.parts());
    const pid_t child = fork();
    REQUIRE(child >= 0);
    if (child == 0) _exit(0);
    waitpid(child, nullptr, 0);
    const auto living = folder.parts() / ("render." + std::to_string(getpid()) + ".trace.json");
    const auto gone = folder.parts() / ("render." + std::to_string(child) + ".trace.json");
    std::ofstream(living) << "[\n";
    std::ofstream(gone) << "[\n";
    REQUIRE(trace::begin(folder.parts(), folder.file()));
    CHECK(fs::exists(living));
    CHECK_FALSE(fs::exists(gone));
}

TEST_CASE("a file that cannot be written is said at once") {
    const Folder folder;
    const auto begun = trace::begin(folder.parts(), folder.root / "nowhere" / "trace.json");
    REQUIRE_FALSE(begun);
    CHECK(begun.error().code == "no_trace");
}

}  // namespace
}  // namespace tribune
