#include "app/supervisor.hpp"

#include <fmt/format.h>
#include <sched.h>
#include <signal.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <fstream>
#include <nlohmann/json.hpp>

#include "app/data_folder.hpp"
#include "app/process_info.hpp"
#include "unit/app/app_fixture.hpp"

using namespace tribune;
using namespace tribune::test;

namespace {

using std::chrono::milliseconds;

bool ignores_term(pid_t pid) {
    std::ifstream status(fmt::format("/proc/{}/status", pid));
    for (std::string word; status >> word;)
        if (word == "SigIgn:" && status >> word) return ((std::stoull(word, nullptr, 16) >> (SIGTERM - 1)) & 1U) != 0;
    return false;
}

bool alive(pid_t pid) { return is_tribune_process(pid, "net") || is_tribune_process(pid, "render"); }

// A supervisor over idle processes, in a loop of the test's own.
class Supervised {
  public:
    explicit Supervised(const TemporaryFolder& folder)
        : folder_(folder), supervisor_(loop_, {folder.path() / "processes.json", folder.path(), TRIBUNE_IDLE_PROCESS},
                                       [this](const std::string& name) { died.push_back(name); }) {}

    Supervisor& operator*() { return supervisor_; }
    Supervisor* operator->() { return &supervisor_; }

    [[nodiscard]] ChildSpec spec(const std::string& name, const std::string& last = "wait") const {
        return {name, {"process", name, "--name", name, "--data", folder_.path().string(), last}};
    }
    [[nodiscard]] ProcessHealth health(const std::string& name) const {
        for (const auto& health : supervisor_.health()) {
            if (health.name == name) return health;
        }
        return {};
    }
    void step() {
        loop_.run_once(milliseconds(5));
        supervisor_.tick();
    }
    bool until(const std::function<bool()>& holds) {
        return step_until([this] { step(); }, holds);
    }
    // Once its program runs: only then does /proc know its words.
    bool up(const std::string& name) {
        return until([&] { return is_tribune_process(health(name).pid, name); });
    }

    std::vector<std::string> died;

  private:
    const TemporaryFolder& folder_;
    PollLoop loop_;
    Supervisor supervisor_;
};

void end_all(Supervised& supervised) {
    supervised->stop();
    for (const auto& health : supervised->health()) {
        if (health.pid != 0) kill(health.pid, SIGKILL);
    }
    CHECK(supervised.until([&] { return supervised->stopped(); }));
}

}  // namespace

TEST_CASE("what dies is started again at once, and told of") {
    const TemporaryFolder folder;
    Supervised supervised(folder);
    supervised->want({supervised.spec("net"), supervised.spec("render")});
    REQUIRE(supervised.up("net"));
    const auto first = supervised.health("net").pid;
    const auto other = supervised.health("render").pid;
    const auto killed = monotonic_now();
    kill(first, SIGKILL);
    REQUIRE(
        supervised.until([&] { return supervised.health("net").pid != first && supervised.health("net").pid != 0; }));
    CHECK(monotonic_now() - killed < milliseconds(1000));
    CHECK(supervised.health("net").restarts == 1);
    CHECK(supervised.health("render").pid == other);
    CHECK(supervised.died == std::vector<std::string>{"net"});
    end_all(supervised);
}

TEST_CASE("what is wanted can change: the new is started, the old ended for good, the rest not touched") {
    const TemporaryFolder folder;
    Supervised supervised(folder);
    supervised->want({supervised.spec("net"), supervised.spec("capture/old")});
    REQUIRE(supervised.up("net"));
    REQUIRE(supervised.up("capture/old"));
    const auto kept = supervised.health("net").pid;
    const auto old = supervised.health("capture/old").pid;
    supervised->want({supervised.spec("net"), supervised.spec("capture/new")});
    REQUIRE(supervised.up("capture/new"));
    CHECK(supervised.health("net").pid == kept);
    CHECK(supervised->health().size() == 2);
    REQUIRE(supervised.until([&] { return !is_tribune_process(old, "capture/old"); }));
    CHECK_FALSE(supervised->hello("capture/old", old, true));
    // Back before the old one was seen to end, or after: it runs either way.
    supervised->want({supervised.spec("net"), supervised.spec("capture/new"), supervised.spec("capture/old")});
    REQUIRE(supervised.until([&] {
        const auto pid = supervised.health("capture/old").pid;
        return pid != old && is_tribune_process(pid, "capture/old");
    }));
    end_all(supervised);
}

TEST_CASE("who has something to finish is asked first, and killed when the time for it is over") {
    const TemporaryFolder folder;
    Supervised supervised(folder);
    auto polite = supervised.spec("record/polite");
    auto stays = supervised.spec("record/stays", "stay");
    polite.farewell = std::chrono::seconds(60);
    stays.farewell = milliseconds(300);
    supervised->want({polite, stays});
    REQUIRE(supervised.up("record/polite"));
    REQUIRE(supervised.up("record/stays"));
    REQUIRE(supervised.until([&] { return ignores_term(supervised.health("record/stays").pid); }));
    const auto asked = supervised.health("record/polite").pid, deaf = supervised.health("record/stays").pid;
    const auto begun = monotonic_now();
    supervised->want({});
    REQUIRE(supervised.until([&] { return !is_tribune_process(asked, "record/polite"); }));
    REQUIRE(supervised.until([&] { return !is_tribune_process(deaf, "record/stays"); }));
    CHECK(monotonic_now() - begun >= milliseconds(300));
    CHECK(supervised->health().empty());
    end_all(supervised);
}

TEST_CASE("what dies again and again is started ever more slowly") {
    const TemporaryFolder folder;
    Supervised supervised(folder);
    const auto begun = monotonic_now();
    supervised->want({supervised.spec("net", "end")});
    REQUIRE(supervised.until([&] { return supervised.died.size() >= 4; }));
    // At once, then after 200 and 400 ms.
    CHECK(monotonic_now() - begun >= milliseconds(600));
    CHECK(supervised.health("net").state == "waiting");
    end_all(supervised);
}

TEST_CASE("what gives no sign of life is killed and started again") {
    const TemporaryFolder folder;
    Supervised supervised(folder);
    auto spec = supervised.spec("net");
    spec.silence = milliseconds(200);
    supervised->want({spec});
    REQUIRE(supervised.up("net"));
    const auto first = supervised.health("net").pid;
    REQUIRE(supervised->hello("net", first, true));
    const auto quiet = monotonic_now() + milliseconds(400);
    REQUIRE(supervised.until([&] { return monotonic_now() > quiet; }));
    CHECK(supervised.health("net").pid == first);  // still getting ready
    CHECK(supervised.health("net").state == "starting");
    supervised->alive("net");
    CHECK(supervised.health("net").state == "running");
    const auto talking = monotonic_now() + milliseconds(400);
    REQUIRE(supervised.until([&] {
        supervised->alive("net");
        return monotonic_now() > talking;
    }));
    CHECK(supervised.health("net").pid == first);
    kill(first, SIGSTOP);  // a process that hangs takes no signal but SIGKILL
    REQUIRE(
        supervised.until([&] { return supervised.health("net").pid != first && supervised.health("net").pid != 0; }));
    end_all(supervised);
}

TEST_CASE("what waits for a processor is given longer, but not for ever") {
    const TemporaryFolder folder;
    cpu_set_t all;
    REQUIRE(sched_getaffinity(0, sizeof all, &all) == 0);
    cpu_set_t one;
    CPU_ZERO(&one);
    CPU_SET(static_cast<unsigned>(sched_getcpu()), &one);
    REQUIRE(sched_setaffinity(0, sizeof one, &one) == 0);  // the children are born to it, too
    Supervised supervised(folder);
    auto spec = supervised.spec("net", "spin");
    spec.silence = milliseconds(200);
    supervised->want({spec, supervised.spec("render", "spin"), supervised.spec("capture/a", "spin"),
                      supervised.spec("capture/b", "spin")});
    REQUIRE(supervised.up("net"));
    REQUIRE(supervised.up("capture/b"));
    const auto first = supervised.health("net").pid;
    const auto silent = monotonic_now();
    supervised->alive("net");
    REQUIRE(
        supervised.until([&] { return supervised.health("net").pid != first && supervised.health("net").pid != 0; }));
    CHECK(monotonic_now() - silent >= spec.silence * 3);
    end_all(supervised);
    REQUIRE(sched_setaffinity(0, sizeof all, &all) == 0);
}

TEST_CASE("the next engine takes over what lives with the same task, and replaces the rest") {
    const TemporaryFolder folder;
    std::vector<pid_t> pids;
    {
        Supervised first(folder);
        first->want({first.spec("net"), first.spec("render"), first.spec("capture/gone")});
        CHECK_FALSE(first->adopted_any());
        for (const char* name : {"net", "render", "capture/gone"}) {
            REQUIRE(first.up(name));
            pids.push_back(first.health(name).pid);
        }
    }
    Supervised second(folder);
    second->want({second.spec("net"), second.spec("render", "other")});
    CHECK(second->adopted_any());
    CHECK(second.health("net").pid == pids[0]);
    REQUIRE(second.up("render"));
    CHECK(second.health("render").pid != pids[1]);
    CHECK(step_until([] {}, [&] { return !alive(pids[1]) && !is_tribune_process(pids[2], "capture/gone"); }));
    CHECK(second->hello("net", pids[0], true));
    second->alive("net");
    CHECK(second.health("net").state == "running");
    // An adopted one is started again like any other.
    kill(pids[0], SIGKILL);
    REQUIRE(second.until([&] { return second.health("net").pid != pids[0] && second.health("net").pid != 0; }));
    end_all(second);
}

TEST_CASE("a process of another build is killed when it says hello") {
    const TemporaryFolder folder;
    Supervised supervised(folder);
    supervised->want({supervised.spec("net")});
    REQUIRE(supervised.up("net"));
    const auto first = supervised.health("net").pid;
    CHECK_FALSE(supervised->hello("net", first, false));
    REQUIRE(
        supervised.until([&] { return supervised.health("net").pid != first && supervised.health("net").pid != 0; }));
    end_all(supervised);
}

TEST_CASE("no process of somebody else is adopted or killed, whatever the list and the hello say") {
    const TemporaryFolder folder;
    const TemporaryFolder other_show;
    Supervised other(other_show);
    other->want({other.spec("net")});
    REQUIRE(other.up("net"));
    const auto theirs = other.health("net").pid;
    folder.write("processes.json",
                 nlohmann::json{{"net", theirs}, {"render", getpid()}, {"x", -1}, {"y", "z"}, {"z", 0}}.dump());
    Supervised supervised(folder);
    supervised->want({supervised.spec("net")});
    CHECK_FALSE(supervised->adopted_any());
    CHECK(supervised.health("net").pid != theirs);
    CHECK_FALSE(supervised->hello("net", theirs, true));
    CHECK_FALSE(supervised->hello("unknown", getpid(), true));
    CHECK(is_tribune_process(theirs, "net"));
    end_all(supervised);
    end_all(other);
}

TEST_CASE("a list that is no list is no reason not to start") {
    const TemporaryFolder folder;
    for (const char* list : {"", "[1]", "{\"net\": 99999999999}", "not json"}) {
        folder.write("processes.json", list);
        Supervised supervised(folder);
        supervised->want({supervised.spec("net")});
        CHECK(supervised.up("net"));
        end_all(supervised);
    }
}

TEST_CASE("at the end nothing is started again, and who stays is killed") {
    const TemporaryFolder folder;
    Supervised supervised(folder);
    supervised->want({supervised.spec("net"), supervised.spec("render")});
    REQUIRE(supervised.up("net"));
    const auto polite = supervised.health("net").pid;
    const auto stubborn = supervised.health("render").pid;
    CHECK_FALSE(supervised->stopped());
    supervised->stop();
    kill(polite, SIGTERM);
    REQUIRE(supervised.until([&] { return supervised.health("net").pid == 0; }));
    CHECK(supervised.health("render").pid == stubborn);
    REQUIRE(supervised.until([&] { return supervised->stopped(); }));
    CHECK_FALSE(alive(polite));
    CHECK_FALSE(alive(stubborn));
}
