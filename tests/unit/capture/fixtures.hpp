// Media made by the ffmpeg command line, and senders as child processes.
#pragma once

#include <fcntl.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "base/handle.hpp"

namespace tribune::test {

// A child process, killed and reaped at the end.
class Child {
  public:
    explicit Child(const std::vector<std::string>& command) {
        std::vector<char*> arguments;
        for (const auto& a : command) arguments.push_back(const_cast<char*>(a.c_str()));
        arguments.push_back(nullptr);
        pid_ = ::fork();
        REQUIRE(pid_ >= 0);
        if (pid_ == 0) {
            const int null = ::open("/dev/null", O_RDWR);
            for (const int fd : {0, 1, 2}) ::dup2(null, fd);
            ::execvp(arguments[0], arguments.data());
            ::_exit(127);
        }
    }
    Child(Child&& o) noexcept : pid_(std::exchange(o.pid_, -1)) {}
    Child& operator=(Child&&) = delete;
    ~Child() { end(SIGKILL); }

    void signal(int s) const { REQUIRE(::kill(pid_, s) == 0); }
    // Its exit status; -1 when a signal ended it.
    int end(int s) {
        if (pid_ <= 0) return -1;
        if (s != 0) ::kill(pid_, s);
        int status = 0;
        ::waitpid(std::exchange(pid_, -1), &status, 0);
        return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    }

  private:
    pid_t pid_ = -1;
};

inline std::vector<std::string> ffmpeg(const std::vector<std::string>& arguments) {
    std::vector<std::string> command{"ffmpeg", "-nostdin", "-hide_banner", "-loglevel", "error", "-y"};
    command.insert(command.end(), arguments.begin(), arguments.end());
    return command;
}

inline std::filesystem::path fixture_path(const std::string& name) {
    std::filesystem::create_directories(TRIBUNE_FIXTURES);
    return std::filesystem::path(TRIBUNE_FIXTURES) / name;
}

// Made once per build folder. The arguments end where the output's name goes.
inline std::string fixture(const std::string& name, std::vector<std::string> arguments) {
    const auto path = fixture_path(name);
    if (!std::filesystem::exists(path)) {
        const auto half = path.parent_path() / fmt::format("half-{}-{}", ::getpid(), name);
        arguments.push_back(half.string());
        REQUIRE(Child(ffmpeg(arguments)).end(0) == 0);
        std::filesystem::rename(half, path);
    }
    return path.string();
}

inline std::string written(const std::string& name, std::string_view bytes) {
    const auto path = fixture_path(name);
    std::ofstream(path, std::ios::binary) << bytes;
    return path.string();
}

inline std::vector<std::string> pattern(const std::string& size, const std::string& rate, const std::string& seconds) {
    return {"-f", "lavfi", "-i", "testsrc2=size=" + size + ":rate=" + rate + ":duration=" + seconds};
}

inline std::vector<std::string> joined(std::vector<std::string> a, const std::vector<std::string>& b) {
    a.insert(a.end(), b.begin(), b.end());
    return a;
}

inline const std::vector<std::string> x264{"-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p"};
inline const std::vector<std::string> x264_live{"-c:v",        "libx264",  "-preset", "ultrafast", "-tune",
                                                "zerolatency", "-pix_fmt", "yuv420p", "-g",        "10"};

// A port that nobody uses now.
inline int free_port(int type = SOCK_STREAM) {
    const Fd socket(::socket(AF_INET, type, 0));
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    auto* generic = static_cast<sockaddr*>(static_cast<void*>(&address));
    REQUIRE(::bind(socket.get(), generic, sizeof address) == 0);
    socklen_t size = sizeof address;
    REQUIRE(::getsockname(socket.get(), generic, &size) == 0);
    return ntohs(address.sin_port);
}

}  // namespace tribune::test
