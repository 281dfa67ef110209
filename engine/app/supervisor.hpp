// Keeps the other processes running: starts them, notices a death at once, starts again with back-off, and takes
// over those that outlived an earlier engine. Thread: the engine's.
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/handle.hpp"
#include "base/time.hpp"
#include "link/poll_loop.hpp"
#include "show/actual.hpp"

namespace tribune {

struct ChildSpec {
    std::string name;                              // "render", "net", "capture/cam1"
    std::vector<std::string> arguments;            // after the program's own name
    Nanoseconds silence{std::chrono::seconds(4)};  // without a sign of life for so long, it hangs; three times as long
                                                   // when it is the processors that it waits for
    Nanoseconds farewell{0};  // when it is wanted no more: so long to end by itself (SIGTERM), before it is killed
};

struct SupervisorOptions {
    std::filesystem::path list;  // where the pids are kept for the next engine
    std::filesystem::path data;  // the data folder that every child names by --data: how ours are known
    std::filesystem::path program = "/proc/self/exe";
};

class Supervisor {
  public:
    using Died = std::function<void(const std::string& name)>;

    Supervisor(PollLoop& loop, SupervisorOptions options, Died died);
    ~Supervisor();
    Supervisor(const Supervisor&) = delete;
    Supervisor& operator=(const Supervisor&) = delete;

    // These shall run, and no others. Each is started, or, at the first call, adopted if an earlier engine's is alive
    // and was started with the same words; what else that engine left behind is killed.
    void want(const std::vector<ChildSpec>& specs);
    [[nodiscard]] bool adopted_any() const { return adopted_any_; }

    // The process has said hello. False: it is not the one that is wanted (another build, a leftover); one of ours
    // is killed.
    bool hello(const std::string& name, pid_t pid, bool same_build);

    // It gave a sign of life: it is at work, and silence counts from here.
    void alive(const std::string& name);

    // Starts what is due, kills what hangs. Call about every 20 ms; costs nothing when nothing is due.
    void tick();

    // Nothing is started any more. The caller has told all to end; who has not after three seconds is killed.
    void stop();
    // After stop(): all are gone, or what is left cannot be killed.
    [[nodiscard]] bool stopped() const;

    [[nodiscard]] std::vector<ProcessHealth> health() const;

  private:
    enum class State { waiting = 1, starting, running, ending };
    struct Child {
        ChildSpec spec;
        State state = State::waiting;
        pid_t pid = 0;
        Fd pidfd;
        bool ours = false;  // our child: must be waited for
        bool wanted = true;
        std::uint32_t restarts = 0;
        Nanoseconds backoff{0};
        MonotonicTime started;
        MonotonicTime begin_by;                 // starting: later is too late
        MonotonicTime due;                      // waiting: when to start
        MonotonicTime heard;                    // last sign of life
        std::optional<Nanoseconds> waited;      // for a processor, up to the middle of its silence
        std::optional<MonotonicTime> leave_by;  // asked to end
    };

    Child* find(const std::string& name);
    void start(Child& child);
    bool adopt(Child& child, pid_t pid);
    void watch(Child& child);
    void on_exit(pid_t pid);
    [[nodiscard]] static bool hangs(Child& child, MonotonicTime now);
    void end(Child& child);
    void dismiss(Child& child);
    void save_list() const;
    [[nodiscard]] std::vector<std::pair<std::string, pid_t>> leftovers() const;

    PollLoop& loop_;
    const SupervisorOptions options_;
    Died died_;
    std::vector<Child> children_;
    bool adopted_any_ = false;
    bool looked_behind_ = false;            // for what an earlier engine left
    std::optional<MonotonicTime> kill_at_;  // once stopping
};

}  // namespace tribune
