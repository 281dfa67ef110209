#include "capture/sandbox.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>
#include <catch2/catch.hpp>

#include <cerrno>
#include <stop_token>

#include "capture/source_worker.hpp"

using namespace tribune;

namespace {

// Asks for a stop once enough frames are there.
class Enough : public CaptureSink {
  public:
    std::stop_source stop;
    bool live = false;

    void ring_ready(int, std::uint64_t) override {}
    void health(const SourceHealth& health) override {
        live = live || health.state == SourceState::live;
        if (health.frames >= 20 || !health.code.empty()) stop.request_stop();
    }
};

// The exit status of this work in a process of its own.
template <class F>
int in_child(F work) {
    const pid_t pid = ::fork();
    REQUIRE(pid >= 0);
    if (pid == 0) ::_exit(work());
    int status = 0;
    REQUIRE(::waitpid(pid, &status, 0) == pid);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

}  // namespace

TEST_CASE("a limited process gets no more memory, descriptors or core dumps than it may") {
    REQUIRE(in_child([] {
                // Below what a sanitizer reserves nothing could be allocated at all, so the bound is far above it.
                const std::size_t bound = std::size_t{1} << 47U;
                if (!limit_process({.address_space = bound, .descriptors = 16})) return 1;
                rlimit now{};
                ::getrlimit(RLIMIT_AS, &now);
                if (now.rlim_cur > bound) return 2;
                ::getrlimit(RLIMIT_CORE, &now);
                if (now.rlim_max != 0) return 3;
                int opened = 0;
                while (opened < 100 && ::open("/dev/null", O_RDONLY) >= 0) ++opened;
                return opened <= 16 ? 0 : 4;
            }) == 0);
}

TEST_CASE("a sandboxed process makes no socket and runs no program, and goes on reading files") {
    REQUIRE(in_child([] {
                if (!forbid_network_and_programs()) return 1;
                if (::socket(AF_INET, SOCK_STREAM, 0) >= 0 || errno != EPERM) return 2;
                ::execl("/bin/true", "true", nullptr);
                if (errno != EPERM) return 3;
                return ::open("/dev/null", O_RDONLY) >= 0 ? 0 : 4;
            }) == 0);
}

TEST_CASE("a sandboxed process may keep Unix sockets, to reach its own engine again, and no others") {
    REQUIRE(in_child([] {
                if (!forbid_network_and_programs(UnixSockets::allowed)) return 1;
                if (::socket(AF_INET, SOCK_STREAM, 0) >= 0 || errno != EPERM) return 2;
                if (::socket(AF_INET6, SOCK_DGRAM, 0) >= 0 || errno != EPERM) return 3;
                if (::socket(AF_NETLINK, SOCK_RAW, 0) >= 0 || errno != EPERM) return 4;
                const int own = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
                if (own < 0) return 5;
                const sockaddr nobody{AF_UNIX, "/nowhere"};
                if (::connect(own, &nobody, sizeof nobody) == 0 || errno == EPERM) return 6;
                ::execl("/bin/true", "true", nullptr);
                return errno == EPERM ? 0 : 7;
            }) == 0);
}

TEST_CASE("a sandboxed process still decodes") {
    REQUIRE(in_child([] {
                if (!limit_process({.address_space = std::size_t{1} << 47U}) || !forbid_network_and_programs())
                    return 1;
                SourceConfig config;
                config.name = SourceName("pattern");
                config.url = "lavfi:testsrc2=size=320x180:rate=25";
                Enough sink;
                run_source(config, sink, sink.stop.get_token());
                return sink.live ? 0 : 2;
            }) == 0);
}
