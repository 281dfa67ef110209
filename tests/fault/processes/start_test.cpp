// A show that cannot start says in one sentence why and what to do, ends with 1, and leaves nothing running.
#include <arpa/inet.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "app/process_info.hpp"
#include "base/handle.hpp"
#include "support/real_show/real_show.hpp"

using namespace tribune;
using namespace tribune::test;

namespace {

constexpr const char* good_show =
    "[[source]]\nname = \"cam1\"\nurl = \"lavfi:testsrc2=s=320x180:r=30\"\n[venue]\nface_size = \"320x180\"\n";

// The program with these words, in an environment without a display but for `environment`.
class Started {
  public:
    Started() {
        std::string name = (std::filesystem::temp_directory_path() / "tribune-start-XXXXXX").string();
        REQUIRE(mkdtemp(name.data()) != nullptr);
        folder_ = name;
        write("show.toml", good_show);
    }
    ~Started() {
        if (pid_ != 0) {
            kill(pid_, SIGKILL);
            waitpid(pid_, nullptr, 0);
        }
        const auto list = Json::parse(read("data/run/processes.json"), nullptr, false);
        if (list.is_object()) {
            for (const auto& [name, pid] : list.items()) {
                if (is_tribune_process(pid.get<pid_t>(), name)) kill(pid.get<pid_t>(), SIGKILL);
            }
        }
        std::error_code ignored;
        std::filesystem::remove_all(folder_, ignored);
    }
    Started(const Started&) = delete;
    Started& operator=(const Started&) = delete;

    std::string write(const std::string& name, const std::string& content) const {
        std::ofstream(folder_ / name, std::ios::binary) << content;
        return path(name);
    }
    [[nodiscard]] std::string path(const std::string& name) const { return (folder_ / name).string(); }

    void run(std::vector<std::string> words, std::vector<std::string> environment = {}) {
        words.insert(words.begin(), program());
        for (char** variable = environ; *variable != nullptr; ++variable) {
            const std::string_view text(*variable);
            if (!text.starts_with("DISPLAY=") && !text.starts_with("WAYLAND_DISPLAY=")) environment.emplace_back(text);
        }
        std::vector<char*> argv;
        std::vector<char*> variables;
        for (auto& word : words) argv.push_back(word.data());
        for (auto& variable : environment) variables.push_back(variable.data());
        argv.push_back(nullptr);
        variables.push_back(nullptr);
        posix_spawn_file_actions_t files;
        posix_spawn_file_actions_init(&files);
        posix_spawn_file_actions_addopen(&files, 1, path("out").c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
        posix_spawn_file_actions_addopen(&files, 2, path("err").c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
        const int failed = posix_spawn(&pid_, words.front().c_str(), &files, nullptr, argv.data(), variables.data());
        posix_spawn_file_actions_destroy(&files);
        REQUIRE(failed == 0);
    }
    // Its exit status; -1 when it does not end by itself.
    int ended() {
        int status = -1;
        const bool gone = eventually([&] { return waitpid(pid_, &status, WNOHANG) == pid_; });
        if (!gone) return -1;
        pid_ = 0;
        return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    }
    void stop() const { kill(pid_, SIGTERM); }
    [[nodiscard]] std::string out() const { return read("out"); }
    [[nodiscard]] std::string err() const { return read("err"); }
    // What it says beside the lines of its log.
    [[nodiscard]] std::string said() const {
        std::istringstream lines(err());
        std::string text;
        for (std::string line; std::getline(lines, line);) {
            const bool logged = line.size() > 24 && line[4] == '-' && line[10] == 'T';
            if (!logged) text += line + "\n";
        }
        return text;
    }
    [[nodiscard]] bool left_something(const std::string& data) const {
        const auto list = Json::parse(read(data + "/run/processes.json"), nullptr, false);
        if (!list.is_object()) return false;
        return std::any_of(list.begin(), list.end(), [](const Json& pid) { return kill(pid.get<pid_t>(), 0) == 0; });
    }

  private:
    [[nodiscard]] std::string read(const std::string& name) const {
        std::ostringstream text;
        text << std::ifstream(folder_ / name).rdbuf();
        return text.str();
    }

    std::filesystem::path folder_;
    pid_t pid_ = 0;
};

std::size_t lines(const std::string& text) {
    return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
}

}  // namespace

TEST_CASE("a display that is named and not there: one sentence, and nothing is left running") {
    Started show;
    show.run({"run", show.path("show.toml"), "--data", show.path("data"), "--port", "0"}, {"DISPLAY=:9753"});
    CHECK(show.ended() == 1);
    INFO(show.err());
    // The last word is ours; libraries for displays may have had theirs.
    const std::string said = show.said();
    const auto sentence = said.rfind("No display can be opened");
    REQUIRE(sentence != std::string::npos);
    CHECK((sentence == 0 || said[sentence - 1] == '\n'));
    CHECK(lines(said.substr(sentence)) == 1);
    CHECK(said.find("--headless", sentence) != std::string::npos);
    CHECK_FALSE(show.left_something("data"));
}

TEST_CASE("where no display is named the show runs without windows, and says so") {
    Started show;
    const bool empty = GENERATE(false, true);
    show.run({"run", show.path("show.toml"), "--data", show.path("data"), "--port", "0"},
             empty ? std::vector<std::string>{"DISPLAY=", "WAYLAND_DISPLAY="} : std::vector<std::string>{});
    REQUIRE(eventually([&] { return show.out().find("Ctrl-C ends the show.") != std::string::npos; }));
    CHECK(show.out().find("No display: the faces are drawn without windows") != std::string::npos);
    show.stop();
    CHECK(show.ended() == 0);
    CHECK_FALSE(show.left_something("data"));
}

TEST_CASE("a port that is taken is named, with what to do") {
    const Fd taken(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    sockaddr_in place{};
    place.sin_family = AF_INET;
    place.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof place;
    REQUIRE(bind(taken.get(), reinterpret_cast<const sockaddr*>(&place), size) == 0);
    REQUIRE(listen(taken.get(), 1) == 0);
    REQUIRE(getsockname(taken.get(), reinterpret_cast<sockaddr*>(&place), &size) == 0);
    const std::string port = std::to_string(ntohs(place.sin_port));
    Started show;
    show.run({"run", show.path("show.toml"), "--data", show.path("data"), "--port", port});
    CHECK(show.ended() == 1);
    INFO(show.err());
    CHECK(lines(show.said()) == 1);
    CHECK(show.said().find("Port " + port + " on 127.0.0.1 is in use") == 0);
    CHECK(show.said().find("--port") != std::string::npos);
    CHECK_FALSE(show.left_something("data"));
}

TEST_CASE("a data folder that cannot be written is named, with what to do") {
    Started show;
    // For the first user, too: nobody makes a folder here.
    for (const std::string& data : {std::string("/proc/tribune"), std::string("/proc/self"), show.path("show.toml")}) {
        show.run({"run", show.path("show.toml"), "--data", data, "--port", "0"});
        CHECK(show.ended() == 1);
        INFO(show.err());
        CHECK(lines(show.said()) == 1);
        CHECK(show.said().find("Cannot use " + data + " as data folder") == 0);
        CHECK(show.said().find("--data") != std::string::npos);
    }
}

TEST_CASE("a disk that is full when the show starts, for the first time and again") {
    Started show;
    const std::vector<std::string> words{"run", show.path("show.toml"), "--data", show.path("data"), "--port", "0"};
    const std::vector<std::string> full{std::string("LD_PRELOAD=") + TRIBUNE_FAULT_SHIM,
                                        "FAULT_SHIM=write 1 ever 28 0 journal.db"};
    show.run(words, full);
    CHECK(show.ended() == 1);
    INFO(show.err());
    CHECK(lines(show.said()) == 1);
    CHECK(show.said().find("full") != std::string::npos);
    CHECK_FALSE(show.left_something("data"));
    // With room the same folder will do.
    show.run(words);
    REQUIRE(eventually([&] { return show.out().find("Ctrl-C ends the show.") != std::string::npos; }));
    show.stop();
    REQUIRE(show.ended() == 0);
    // Another show file in it has to be written down first.
    show.write("show.toml", std::string("title = \"Autre\"\n") + good_show);
    show.run(words, full);
    CHECK(show.ended() == 1);
    INFO(show.err());
    CHECK(lines(show.said()) == 1);
    CHECK(show.said().find("full") != std::string::npos);
    CHECK_FALSE(show.left_something("data"));
}

TEST_CASE("what is no show file: each command says so, with its path") {
    Started show;
    std::string bytes;
    for (int i = 0; i < 5000; ++i) bytes += static_cast<char>(i * 7919 % 251);
    std::filesystem::create_directory(show.path("folder"));
    for (const std::string& file :
         {show.path("none.toml"), show.path("folder"), show.write("bytes.toml", bytes), show.write("empty.toml", "")}) {
        for (const std::string command : {"check", "run"}) {
            std::vector<std::string> words{command, file};
            if (command == "run") words.insert(words.end(), {"--data", show.path("data"), "--port", "0"});
            show.run(words);
            const int status = show.ended();
            INFO(command << " " << file << "\n" << show.err());
            CHECK(status > 0);
            CHECK(lines(show.said()) >= 1);
            CHECK(lines(show.said()) <= 2);
            CHECK(show.said().find(file) != std::string::npos);
            CHECK(show.said().find("exception") == std::string::npos);
        }
    }
}

TEST_CASE("a show whose film is missing is checked with a warning, and runs with its slate") {
    Started show;
    const auto file =
        show.write("film.toml", "[[source]]\nname = \"film\"\nurl = \"gone.mp4\"\n[venue]\nface_size = \"320x180\"\n");
    const std::string warning = file + ": warning: the file of source \"film\" is missing: " + show.path("gone.mp4");
    show.run({"check", file});
    CHECK(show.ended() == 0);
    CHECK(lines(show.said()) == 1);
    CHECK(show.said().find(warning) == 0);
    CHECK(show.out().find("good") != std::string::npos);
    show.run({"run", file, "--data", show.path("data"), "--port", "0"});
    REQUIRE(eventually([&] { return show.out().find("Ctrl-C ends the show.") != std::string::npos; }));
    CHECK(show.err().find(warning) != std::string::npos);
    const auto url = *parse_url(show.out().substr(show.out().find("http://127.0.0.1:"), 23));
    const auto key = Json::parse(std::ifstream(show.path("data") + "/keys.json"))["technician"].get<std::string>();
    CHECK(eventually([&] {
        const auto metrics = fetch(url, "/metrics", key);
        return metrics && metrics->find("tribune_face_frames_per_second{face=\"north\"}") != std::string::npos;
    }));
    show.stop();
    CHECK(show.ended() == 0);
}
