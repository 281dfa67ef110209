// Keeps the other processes running: starts them, notices a death at once, starts again with back-off, and takes
// over those that outlived an earlier engine. Thread: the engine's.
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "base/handle.hpp"
#include "base/time.hpp"
#include "link/poll_loop.hpp"
#include "show/actual.hpp"

namespace tribune {

struct ChildSpec {
    std::string name;                    // "render", "net", "capture/cam1"
    std::vector<std::string> arguments;  // after the program's own name
};

class Supervisor {
  public:
    using Died = std::function<void(const std::string& name)>;

    // `list` is where the pids are kept for the next engine.
    Supervisor(PollLoop& loop, std::filesystem::path list, Died died);
    ~Supervisor();
    Supervisor(const Supervisor&) = delete;
    Supervisor& operator=(const Supervisor&) = delete;

    // These and no others shall run. New ones start (or are adopted, if an earlier engine's is alive), the rest end.
    void want(const std::vector<ChildSpec>& specs);

    // The process has said hello. False: it is not the one that is wanted (another build, a leftover); it is killed.
    bool hello(const std::string& name, pid_t pid, bool same_build);

    // It gave a sign of life; silence longer than `silence_limit` ends it.
    void alive(const std::string& name);

    // Ends it now and starts it again (its task has changed).
    void restart(const std::string& name);

    // Starts what is due, kills what hangs. Call about every 20 ms; costs nothing when nothing is due.
    void tick();

    // Asks all to end (the caller has told them), waits, then kills. Nothing is started after this.
    void stop_all();

    [[nodiscard]] std::vector<ProcessHealth> health() const;

  private:
    enum class State { waiting = 1, starting, running, ending };
    struct Child {
        ChildSpec spec;
        State state = State::waiting;
        pid_t pid = 0;
        Fd pidfd;
        bool ours = false;        // our child: must be waited for
        bool wanted = true;
        std::uint32_t restarts = 0;
        Nanoseconds backoff{0};
        MonotonicTime started;
        MonotonicTime due;        // waiting: when to start
        MonotonicTime heard;      // last sign of life
    };

    Child* find(const std::string& name);
    void start(Child& child);
    void watch(Child& child);
    void on_exit(pid_t pid);
    void end(Child& child);
    void save_list() const;
    void adopt_leftovers();

    PollLoop& loop_;
    std::filesystem::path list_;
    Died died_;
    std::vector<Child> children_;
    std::vector<std::pair<std::string, pid_t>> leftovers_;  // of an earlier engine, alive at our start
    bool stopping_ = false;
};

}  // namespace tribune
