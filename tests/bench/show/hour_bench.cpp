// One hour of the demo in a few minutes: the answers of an hour, rounds begun anew, a source that dies again and again,
// desks that come and go with pictures. What each process holds is read from /proc all along; afterwards, with the same
// coming and going but no more answers, nothing may grow.
#include <fcntl.h>
#include <fmt/format.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <stdexcept>

#include "bench/show/figures.hpp"
#include "bench/show/rig.hpp"

namespace tribune::bench {
namespace {

using namespace tribune::test;
using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr double hour_answers = 4 * 3600;  // the demo's rate
constexpr int answers_a_second = 100;
constexpr Nanoseconds warm_up = seconds(20);
constexpr Nanoseconds with_answers = seconds(static_cast<int>(hour_answers / answers_a_second));
constexpr Nanoseconds settles = seconds(20);
constexpr Nanoseconds without_answers = seconds(90);
constexpr Nanoseconds sample_every = seconds(1);
constexpr std::ptrdiff_t window = 10;  // samples a level is the median of

const std::vector<std::string> watched{"engine", "net", "render", "capture/cam1"};

struct Holding {
    double private_mb = 0;  // memory of its own: neither files nor shared
    double resident_mb = 0;
    double descriptors = 0;
    double threads = 0;
};

Holding holding(pid_t pid) {
    Holding found;
    std::ifstream status(fmt::format("/proc/{}/status", pid));
    for (std::string word; status >> word;) {
        if (word == "RssAnon:") status >> found.private_mb;
        if (word == "VmRSS:") status >> found.resident_mb;
        if (word == "Threads:") status >> found.threads;
    }
    found.private_mb /= 1024;
    found.resident_mb /= 1024;
    std::error_code failed;
    for (std::filesystem::directory_iterator at(fmt::format("/proc/{}/fd", pid), failed), end; !failed && at != end;
         at.increment(failed))
        ++found.descriptors;
    return found;
}

using Samples = std::map<std::string, std::vector<Holding>>;

double level(const std::vector<Holding>& samples, double Holding::*what, bool at_end) {
    const auto n = std::min<std::ptrdiff_t>(window, std::ssize(samples));
    std::vector<double> values;
    const auto from = at_end ? samples.end() - n : samples.begin();
    std::transform(from, from + n, std::back_inserter(values), [&](const auto& h) { return h.*what; });
    return percentile(std::move(values), 0.5);
}

double growth(const std::vector<Holding>& samples, double Holding::*what) {
    return level(samples, what, true) - level(samples, what, false);
}

// `tribune rehearse` beside the show, ended with this object.
class Rehearsal {
  public:
    explicit Rehearsal(const RealShow& show) {
        std::vector<std::string> words{program(),
                                       "rehearse",
                                       show.url(),
                                       "--key-file",
                                       (show.data() / "keys.json").string(),
                                       "--tables",
                                       "24",
                                       "--rate",
                                       std::to_string(answers_a_second),
                                       "--seconds",
                                       "0"};
        std::vector<char*> argv;
        for (auto& word : words) argv.push_back(word.data());
        argv.push_back(nullptr);
        posix_spawn_file_actions_t files;
        posix_spawn_file_actions_init(&files);
        posix_spawn_file_actions_addopen(&files, 1, "/dev/null", O_WRONLY, 0);
        posix_spawn_file_actions_adddup2(&files, 1, 2);
        const int failed = posix_spawn(&pid_, words.front().c_str(), &files, nullptr, argv.data(), environ);
        posix_spawn_file_actions_destroy(&files);
        if (failed != 0) throw std::runtime_error("cannot rehearse");
    }
    ~Rehearsal() {
        kill(pid_, SIGTERM);
        waitpid(pid_, nullptr, 0);
    }
    Rehearsal(const Rehearsal&) = delete;
    Rehearsal& operator=(const Rehearsal&) = delete;

  private:
    pid_t pid_ = 0;
};

// What goes on in a hall, at a pace no hall has.
class Bustle {
  public:
    explicit Bustle(const RealShow& show) : show_(show), director_(show.url(), hello(show, "director")) {
        director_.wait_type("welcome");
    }

    void go_on() {
        const auto now = monotonic_now();
        if (due(new_round_, now, seconds(7))) {
            director_.command({{"kind", "set_question"}, {"text", fmt::format("Question {} ?", ++rounds_)}});
            director_.command({{"kind", "start_round"}});
        }
        if (due(kill_source_, now, seconds(5))) {
            if (const auto pid = show_.pid("capture/cam4"); pid != 0) kill(pid, SIGKILL);
        }
        if (due(other_desk_, now, seconds(2))) {
            desk_ = std::make_unique<Client>(show_.url(), hello(show_, "producer"));
            desk_->wait_type("welcome");
            Json want = Json::array();
            for (const char* face : {"north", "east", "south", "west"})
                want.push_back({{"kind", "face"}, {"name", face}, {"width", 320}});
            for (const char* source : {"cam1", "cam2", "cam3", "cam4"})
                want.push_back({{"kind", "source"}, {"name", source}, {"width", 160}});
            desk_->send({{"type", "pictures"}, {"want", want}, {"fps", 10}});
            desk_->command({{"kind", "cut"}, {"scene", fmt::format("cam{}", rounds_ % 4 + 1)}, {"faces", {"west"}}});
        }
        // What it heard is not kept.
        director_.wait_for([](const Json&) { return true; }, milliseconds(0));
    }
    [[nodiscard]] int rounds() const { return rounds_; }

  private:
    static bool due(MonotonicTime& next, MonotonicTime now, Nanoseconds every) {
        if (now < next) return false;
        next = now + every;
        return true;
    }

    const RealShow& show_;
    Client director_;
    std::unique_ptr<Client> desk_;
    int rounds_ = 0;
    MonotonicTime new_round_;
    MonotonicTime kill_source_;
    MonotonicTime other_desk_;
};

Samples watch(const RealShow& show, Bustle& bustle, Nanoseconds time) {
    Samples samples;
    const auto begun = monotonic_now();
    for (auto next = begun; next < begun + time; next = next + sample_every) {
        bustle.go_on();
        for (const auto& name : watched)
            samples[name].push_back(holding(name == "engine" ? show.engine() : show.pid(name)));
        let_run(next + sample_every - monotonic_now());
    }
    return samples;
}

double answers(const RealShow& show) { return show.state()["room"]["answers"].get<double>(); }

void hour() {
    const RealShow show(shared_show(four_cameras("640x360"), "640x360", frames_per_second));
    const auto faces = read_faces(show);
    all_live(show);
    Bustle bustle(show);
    auto rehearsal = std::make_unique<Rehearsal>(show);
    watch(show, bustle, warm_up);
    const double before = answers(show);
    const auto busy = watch(show, bustle, with_answers);
    const double stored = answers(show) - before;
    rehearsal.reset();
    watch(show, bustle, settles);
    const auto idle = watch(show, bustle, without_answers);

    figure("hour: answers stored after warm-up", stored, "answers");
    figure("hour: rounds", bustle.rounds(), "rounds");
    for (const auto& name : watched) {
        const auto& seen = busy.at(name);
        figure("hour, " + name + ": private memory at its end", level(seen, &Holding::private_mb, true), "MB");
        figure("hour, " + name + ": resident memory at its end", level(seen, &Holding::resident_mb, true), "MB");
        figure("hour, " + name + ": growth of private memory an answer",
               growth(seen, &Holding::private_mb) * 1024 / std::max(stored, 1.0), "kB");
        figure("hour, " + name + ": growth of descriptors", growth(seen, &Holding::descriptors), "descriptors", 0);
        figure("hour, " + name + ": growth of threads", growth(seen, &Holding::threads), "threads", 0);
    }
    for (const auto& name : watched) {
        const auto& seen = idle.at(name);
        const std::string what =
            fmt::format("{} s without answers, {}: growth of ", without_answers / seconds(1), name);
        figure(what + "private memory", growth(seen, &Holding::private_mb), "MB", 0.5);
        figure(what + "descriptors", growth(seen, &Holding::descriptors), "descriptors", 0);
        figure(what + "threads", growth(seen, &Holding::threads), "threads", 0);
    }
}

}  // namespace
}  // namespace tribune::bench

int main() {
    try {
        tribune::bench::hour();
        return 0;
    } catch (const std::exception& e) {
        std::fprintf(stderr, "bench_hour: %s\n", e.what());
        return 1;
    }
}
