#include "capture/sandbox.hpp"

#include <catch2/catch.hpp>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>

using namespace tribune;

namespace {

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
