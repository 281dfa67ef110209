#include "app/supervisor.hpp"

#include <fmt/format.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "app/data_folder.hpp"
#include "app/process_info.hpp"
#include "base/log.hpp"

namespace tribune {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr Nanoseconds first_backoff = milliseconds(100);
constexpr Nanoseconds most_backoff = seconds(5);
constexpr Nanoseconds lived_well = seconds(1);        // after so long a life the back-off starts anew
constexpr Nanoseconds silence_limit = seconds(4);     // a process reports twice a second
constexpr Nanoseconds hello_limit = seconds(10);      // from start (or adoption) to hello
constexpr Nanoseconds adoption_limit = seconds(2);
constexpr Nanoseconds stop_limit = seconds(3);

int open_pidfd(pid_t pid) { return static_cast<int>(syscall(SYS_pidfd_open, pid, 0)); }

}  // namespace

Supervisor::Supervisor(PollLoop& loop, std::filesystem::path list, Died died)
    : loop_(loop), list_(std::move(list)), died_(std::move(died)) {
    adopt_leftovers();
}

Supervisor::~Supervisor() {
    for (auto& child : children_) {
        if (child.pidfd) loop_.remove(child.pidfd.get());
    }
}

Supervisor::Child* Supervisor::find(const std::string& name) {
    const auto at = std::find_if(children_.begin(), children_.end(), [&](const Child& c) { return c.spec.name == name && c.wanted; });
    return at == children_.end() ? nullptr : &*at;
}

void Supervisor::adopt_leftovers() {
    const auto text = read_file(list_);
    if (!text) return;
    const auto json = nlohmann::json::parse(*text, nullptr, false);
    if (!json.is_object()) return;
    for (const auto& [name, pid] : json.items()) {
        if (!pid.is_number_integer()) continue;
        const auto id = pid.get<pid_t>();
        if (is_tribune_process(id, name)) leftovers_.emplace_back(name, id);
    }
}

void Supervisor::want(const std::vector<ChildSpec>& specs) {
    for (auto& child : children_) {
        const bool kept = std::any_of(specs.begin(), specs.end(), [&](const auto& s) { return s.name == child.spec.name; });
        if (!kept && child.wanted) {
            child.wanted = false;
            end(child);
        }
    }
    for (const auto& spec : specs) {
        if (find(spec.name) != nullptr) continue;
        Child child;
        child.spec = spec;
        const auto left = std::find_if(leftovers_.begin(), leftovers_.end(), [&](const auto& l) { return l.first == spec.name; });
        if (left != leftovers_.end()) {
            child.pid = left->second;
            child.state = State::starting;
            child.started = monotonic_now() + (adoption_limit - hello_limit);
            leftovers_.erase(left);
            child.pidfd = Fd(open_pidfd(child.pid));
            if (!child.pidfd) {
                child.state = State::waiting;
                child.pid = 0;
            }
        }
        children_.push_back(std::move(child));
        if (children_.back().pidfd) watch(children_.back());
    }
    for (const auto& [name, pid] : leftovers_) kill(pid, SIGKILL);  // of a show file that is no more
    leftovers_.clear();
    tick();
}

void Supervisor::start(Child& child) {
    std::vector<std::string> words{"tribune"};
    words.insert(words.end(), child.spec.arguments.begin(), child.spec.arguments.end());
    std::vector<char*> argv;
    for (auto& word : words) argv.push_back(word.data());
    argv.push_back(nullptr);
    // A process group of its own: Ctrl-C reaches the engine alone, which then ends the others in order.
    posix_spawnattr_t attributes;
    posix_spawnattr_init(&attributes);
    posix_spawnattr_setpgroup(&attributes, 0);
    sigset_t none;
    sigemptyset(&none);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setflags(&attributes, static_cast<short>(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK));
    const int failed = posix_spawn(&child.pid, "/proc/self/exe", nullptr, &attributes, argv.data(), environ);
    posix_spawnattr_destroy(&attributes);
    const auto now = monotonic_now();
    child.started = child.heard = now;
    if (failed != 0) {
        child.pid = 0;
        child.due = now + most_backoff;
        log::error("spawn_failed", "Cannot start {}: error {}.", child.spec.name, failed);
        return;
    }
    child.state = State::starting;
    child.ours = true;
    child.pidfd = Fd(open_pidfd(child.pid));
    watch(child);
    save_list();
}

void Supervisor::watch(Child& child) {
    loop_.add(child.pidfd.get(), [] { return static_cast<short>(POLLIN); }, [this, pid = child.pid](short) { on_exit(pid); });
}

void Supervisor::on_exit(pid_t pid) {
    const auto at = std::find_if(children_.begin(), children_.end(), [&](const Child& c) { return c.pid == pid; });
    if (at == children_.end()) return;
    Child& child = *at;
    int status = 0;
    if (child.ours) waitpid(pid, &status, WNOHANG);
    loop_.remove(child.pidfd.get());
    child.pidfd.reset();
    const auto now = monotonic_now();
    const auto lived = now - child.started;
    child.backoff = lived > lived_well || child.backoff.count() == 0 ? first_backoff : std::min(child.backoff * 2, most_backoff);
    // The first death is mended at once; only those who die again and again wait.
    child.due = child.backoff == first_backoff ? now : now + child.backoff;
    child.pid = 0;
    child.state = State::waiting;
    const std::string name = child.spec.name;
    if (!child.wanted || stopping_) {
        children_.erase(at);
    } else {
        ++child.restarts;
        log::warning("process_died", "{} (pid {}) ended with status {}; starting it again.", name, pid, status);
    }
    died_(name);
    tick();
    save_list();
}

bool Supervisor::hello(const std::string& name, pid_t pid, bool same_build) {
    Child* child = find(name);
    if (child == nullptr || child->pid != pid || !same_build) {
        log::warning("process_replaced", "{} (pid {}) is not the one wanted; ending it.", name, pid);
        kill(pid, SIGKILL);
        return false;
    }
    child->state = State::running;
    child->heard = monotonic_now();
    save_list();
    return true;
}

void Supervisor::alive(const std::string& name) {
    if (Child* child = find(name)) child->heard = monotonic_now();
}

void Supervisor::restart(const std::string& name) {
    if (Child* child = find(name); child != nullptr && child->pid != 0) end(*child);
}

void Supervisor::end(Child& child) {
    if (child.pid != 0) kill(child.pid, SIGKILL);
    child.state = child.pid != 0 ? State::ending : State::waiting;
}

void Supervisor::tick() {
    if (stopping_) return;
    const auto now = monotonic_now();
    for (auto& child : children_) {
        if (child.state == State::waiting && child.wanted && child.due <= now) start(child);
        const bool mute = child.state == State::starting && now - child.started > hello_limit;
        const bool hangs = child.state == State::running && now - child.heard > silence_limit;
        if (mute || hangs) {
            log::warning("process_hangs", "{} (pid {}) gives no sign of life; ending it.", child.spec.name, child.pid);
            end(child);
        }
    }
}

void Supervisor::stop_all() {
    stopping_ = true;
    const auto until = monotonic_now() + stop_limit;
    while (!children_.empty() && monotonic_now() < until) {
        std::erase_if(children_, [](const Child& c) { return c.pid == 0; });
        loop_.run_once(milliseconds(50));
    }
    for (auto& child : children_) {
        if (child.pid != 0) kill(child.pid, SIGKILL);
    }
    std::error_code ignored;
    std::filesystem::remove(list_, ignored);
}

void Supervisor::save_list() const {
    auto json = nlohmann::json::object();
    for (const auto& child : children_) {
        if (child.pid != 0) json[child.spec.name] = child.pid;
    }
    // A hint for the next engine only: no sync.
    (void)write_hint(list_, json.dump());
}

std::vector<ProcessHealth> Supervisor::health() const {
    std::vector<ProcessHealth> out;
    for (const auto& child : children_) {
        ProcessHealth health = process_info(child.pid);
        health.name = child.spec.name;
        health.state = child.state == State::running ? "running" : child.state == State::waiting ? "waiting" : "starting";
        health.restarts = child.restarts;
        if (child.pid != 0) health.up_seconds = std::chrono::duration<double>(monotonic_now() - child.started).count();
        out.push_back(std::move(health));
    }
    return out;
}

}  // namespace tribune
