// The one thread of a process that does its work hangs while its others go on: that is seen, and the process replaced.
#include <sys/ptrace.h>
#include <sys/wait.h>

#include <catch2/catch.hpp>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>

#include "support/real_show/real_show.hpp"

using namespace tribune;
using namespace tribune::test;

namespace {

pid_t thread_of(pid_t pid, const std::string& name) {
    for (const auto& entry : std::filesystem::directory_iterator("/proc/" + std::to_string(pid) + "/task")) {
        std::string comm;
        std::getline(std::ifstream(entry.path() / "comm"), comm);
        if (comm == name) return std::stoi(entry.path().filename().string());
    }
    return 0;
}

// Stops one thread; its process and the others go on. False where this is not allowed.
bool stop_thread(pid_t thread) {
    return ptrace(PTRACE_SEIZE, thread, nullptr, nullptr) == 0 &&
           ptrace(PTRACE_INTERRUPT, thread, nullptr, nullptr) == 0;
}

bool serves(const RealShow& show) {
    return static_cast<bool>(fetch(*parse_url(show.url()), "/metrics", show.key("technician")));
}

}  // namespace

TEST_CASE("a thread that hangs is seen, though the others of its process go on: websockets, frames, reading") {
    RealShow show(shared_show("[[source]]\nname = \"cam1\"\nurl = \"lavfi:testsrc2=s=320x180:r=30\"\n"));
    FaceReader north(show, "north");
    REQUIRE(eventually([&] { return north.count() > 5 && serves(show) && show.pid("capture/cam1") != 0; }));
    struct Worker {
        std::string process;
        std::string thread;  // empty: the main one
    };
    for (const auto& [process, name] :
         {Worker{"net", "websockets"}, Worker{"render", ""}, Worker{"capture/cam1", ""}}) {
        INFO(process);
        const pid_t old = show.pid(process);
        REQUIRE(old != 0);
        const pid_t thread = name.empty() ? old : thread_of(old, name);
        REQUIRE(thread != 0);
        if (!stop_thread(thread)) {
            WARN("no right to stop a thread: " << std::strerror(errno));
            return;
        }
        CHECK(eventually([&, &process = process] {
            // A dead thread is its tracer's to bury, before its process is gone for others.
            waitpid(thread, nullptr, __WALL | WNOHANG);
            const pid_t now = show.pid(process);
            return now != 0 && now != old;
        }));
        const auto frames = north.count();
        CHECK(eventually([&] { return serves(show) && north.count() > frames + 3; }));
    }
}
