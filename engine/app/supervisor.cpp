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
constexpr Nanoseconds lived_well = seconds(1);    // after so long a life the back-off starts anew
constexpr Nanoseconds begin_limit = seconds(10);  // from start to hello, and from there to the first sign of life
constexpr int patience = 3;                       // times the usual silence, for what waits for a processor
constexpr Nanoseconds adoption_limit = seconds(2);
constexpr Nanoseconds stop_limit = seconds(3);
constexpr Nanoseconds kill_limit = seconds(1);  // what outlives SIGKILL so long hangs in the kernel

int open_pidfd(pid_t pid) { return static_cast<int>(syscall(SYS_pidfd_open, pid, 0)); }

// Never hits another process that got the number of a dead one.
void kill_by(const Fd& pidfd) { (void)syscall(SYS_pidfd_send_signal, pidfd.get(), SIGKILL, nullptr, 0); }
void kill_if_ours(pid_t pid, const std::string& name, const std::filesystem::path& data) {
    const Fd pidfd(open_pidfd(pid));
    if (pidfd && is_tribune_process(pid, name, data)) kill_by(pidfd);
}

}  // namespace

Supervisor::Supervisor(PollLoop& loop, SupervisorOptions options, Died died)
    : loop_(loop), options_(std::move(options)), died_(std::move(died)) {}

Supervisor::~Supervisor() {
    for (auto& child : children_) {
        if (child.pidfd) loop_.remove(child.pidfd.get());
    }
}

Supervisor::Child* Supervisor::find(const std::string& name) {
    const auto at =
        std::find_if(children_.begin(), children_.end(), [&](const Child& c) { return c.spec.name == name; });
    return at == children_.end() ? nullptr : &*at;
}

// What an earlier engine started and is alive.
std::vector<std::pair<std::string, pid_t>> Supervisor::leftovers() const {
    std::vector<std::pair<std::string, pid_t>> found;
    const auto text = read_file(options_.list);
    if (!text) return found;
    const auto json = nlohmann::json::parse(*text, nullptr, false);
    if (!json.is_object()) return found;
    for (const auto& [name, pid] : json.items()) {
        if (!pid.is_number_integer()) continue;
        const auto id = pid.get<pid_t>();
        if (is_tribune_process(id, name, options_.data)) found.emplace_back(name, id);
    }
    return found;
}

void Supervisor::want(const std::vector<ChildSpec>& specs) {
    auto left = looked_behind_ ? decltype(leftovers()){} : leftovers();
    looked_behind_ = true;
    for (auto& child : children_) child.wanted = false;
    for (const auto& spec : specs) {
        if (Child* there = find(spec.name)) {
            there->wanted = true;
            continue;
        }
        Child child;
        child.spec = spec;
        const auto at = std::find_if(left.begin(), left.end(), [&](const auto& l) { return l.first == spec.name; });
        if (at != left.end() && adopt(child, at->second)) left.erase(at);
        children_.push_back(std::move(child));
        if (children_.back().pidfd) watch(children_.back());
    }
    for (auto& child : children_) {
        if (!child.wanted && child.pid != 0) dismiss(child);
    }
    std::erase_if(children_, [](const Child& child) { return !child.wanted && child.pid == 0; });
    // Of a show file that is no more, or with another task.
    for (const auto& [name, pid] : left) kill_if_ours(pid, name, options_.data);
    tick();
}

bool Supervisor::adopt(Child& child, pid_t pid) {
    Fd pidfd(open_pidfd(pid));
    // Asked after the descriptor is there: from here on the pid is this process's and no other's.
    const auto words = command_line(pid);
    const auto& wanted = child.spec.arguments;
    if (!pidfd || words.size() != wanted.size() + 1 || !std::equal(wanted.begin(), wanted.end(), words.begin() + 1))
        return false;
    child.pid = pid;
    child.pidfd = std::move(pidfd);
    child.state = State::starting;
    child.started = monotonic_now();
    child.begin_by = child.started + adoption_limit;
    adopted_any_ = true;
    return true;
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
    const int failed = posix_spawn(&child.pid, options_.program.c_str(), nullptr, &attributes, argv.data(), environ);
    posix_spawnattr_destroy(&attributes);
    const auto now = monotonic_now();
    child.started = child.heard = now;
    child.waited.reset();
    child.begin_by = now + begin_limit;
    if (failed != 0) {
        child.pid = 0;
        child.due = now + most_backoff;
        log::error("spawn_failed", "Cannot start {}: error {}.", child.spec.name, failed);
        return;
    }
    child.state = State::starting;
    child.ours = true;
    child.pidfd = Fd(open_pidfd(child.pid));
    if (child.pidfd) watch(child);
    save_list();
}

void Supervisor::watch(Child& child) {
    loop_.add(
        child.pidfd.get(), [] { return static_cast<short>(POLLIN); }, [this, pid = child.pid](short) { on_exit(pid); });
}

void Supervisor::on_exit(pid_t pid) {
    const auto at = std::find_if(children_.begin(), children_.end(), [&](const Child& c) { return c.pid == pid; });
    if (at == children_.end()) return;
    Child& child = *at;
    int status = 0;
    if (child.ours) waitpid(pid, &status, WNOHANG);
    if (child.pidfd) loop_.remove(child.pidfd.get());
    child.pidfd.reset();
    const auto now = monotonic_now();
    const auto lived = now - child.started;
    child.backoff =
        lived > lived_well || child.backoff.count() == 0 ? first_backoff : std::min(child.backoff * 2, most_backoff);
    // The first death is mended at once; only those who die again and again wait.
    child.due = child.backoff == first_backoff ? now : now + child.backoff;
    child.pid = 0;
    child.leave_by.reset();
    child.state = State::waiting;
    const std::string name = child.spec.name;
    if (!child.wanted) {
        children_.erase(at);
    } else if (!kill_at_) {
        ++child.restarts;
        log::warning("process_died", "{} (pid {}) ended with status {}; starting it again.", name, pid, status);
    }
    died_(name);
    tick();
    save_list();
}

bool Supervisor::hello(const std::string& name, pid_t pid, bool same_build) {
    Child* child = find(name);
    if (child == nullptr || !child->wanted || child->pid != pid || !same_build) {
        log::warning("process_replaced", "{} (pid {}) is not the one wanted; ending it.", name, pid);
        kill_if_ours(pid, name, options_.data);
        return false;
    }
    child->begin_by = monotonic_now() + begin_limit;
    save_list();
    return true;
}

void Supervisor::alive(const std::string& name) {
    Child* child = find(name);
    if (child == nullptr) return;
    child->heard = monotonic_now();
    child->waited.reset();
    if (child->state == State::starting) child->state = State::running;
}

void Supervisor::end(Child& child) {
    if (child.pidfd) {
        kill_by(child.pidfd);
    } else if (child.ours) {
        kill(child.pid, SIGKILL);  // ours to wait for, so its number is not given again
    }
    child.state = State::ending;
}

// Wanted no more: asked first, where it has something to finish.
void Supervisor::dismiss(Child& child) {
    if (child.spec.farewell == Nanoseconds{0} || !child.pidfd) return end(child);
    if (child.leave_by) return;
    child.leave_by = monotonic_now() + child.spec.farewell;
    (void)syscall(SYS_pidfd_send_signal, child.pidfd.get(), SIGTERM, nullptr, 0);
    child.state = State::ending;
}

// On a machine with too much to do, to start a process again takes more from it than to wait for the one there is.
bool Supervisor::hangs(Child& child, MonotonicTime now) {
    const auto silence = now - child.heard;
    if (child.state != State::running || silence <= child.spec.silence / 2) return false;
    if (!child.waited) child.waited = waited_for_processor(child.pid);
    if (silence <= child.spec.silence) return false;
    const bool crowded_out = waited_for_processor(child.pid) - *child.waited > child.spec.silence / 4;
    return !crowded_out || silence > child.spec.silence * patience;
}

void Supervisor::tick() {
    const auto now = monotonic_now();
    for (auto& child : children_) {
        if (child.state == State::waiting && !kill_at_ && child.due <= now) start(child);
        if (child.pid != 0 && !child.pidfd) {
            // There was no descriptor left for it when it started.
            child.pidfd = Fd(open_pidfd(child.pid));
            if (child.pidfd) watch(child);
        }
        if (child.leave_by && now > *child.leave_by && child.pid != 0) end(child);
        const bool mute = child.state == State::starting && now > child.begin_by;
        const bool stays = kill_at_ && now > *kill_at_ && child.pid != 0 && child.state != State::ending;
        if (mute || hangs(child, now) || stays) {
            log::warning("process_hangs", "{} (pid {}) gives no sign of life; ending it.", child.spec.name, child.pid);
            end(child);
        }
    }
}

void Supervisor::stop() { kill_at_ = monotonic_now() + stop_limit; }

bool Supervisor::stopped() const {
    if (!kill_at_) return false;
    const bool gone = std::all_of(children_.begin(), children_.end(), [](const Child& c) { return c.pid == 0; });
    return gone || monotonic_now() > *kill_at_ + kill_limit;
}

void Supervisor::save_list() const {
    auto json = nlohmann::json::object();
    for (const auto& child : children_) {
        if (child.pid != 0) json[child.spec.name] = child.pid;
    }
    // A hint for the next engine only: no sync.
    (void)write_hint(options_.list, json.dump());
}

std::vector<ProcessHealth> Supervisor::health() const {
    std::vector<ProcessHealth> out;
    for (const auto& child : children_) {
        if (!child.wanted) continue;
        ProcessHealth health = process_info(child.pid);
        health.name = child.spec.name;
        health.state = child.state == State::running   ? "running"
                       : child.state == State::waiting ? "waiting"
                                                       : "starting";
        health.restarts = child.restarts;
        if (child.pid != 0) health.up_seconds = std::chrono::duration<double>(monotonic_now() - child.started).count();
        out.push_back(std::move(health));
    }
    return out;
}

}  // namespace tribune
