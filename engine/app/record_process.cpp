// The process of one recording: a view's pictures and the hall's sound, from render's feeds into a file.
#include <fmt/chrono.h>
#include <fmt/format.h>
#include <sys/statvfs.h>

#include <algorithm>
#include <atomic>
#include <ctime>
#include <memory>
#include <mutex>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "app/data_folder.hpp"
#include "app/follower.hpp"
#include "app/process_options.hpp"
#include "app/signals.hpp"
#include "base/log.hpp"
#include "capture/sandbox.hpp"
#include "displays/pacer.hpp"
#include "displays/shared_output.hpp"
#include "displays/sound_output.hpp"
#include "encode/recorder.hpp"
#include "link/listener.hpp"
#include "show/codec.hpp"

namespace tribune {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr Nanoseconds tell_every = milliseconds(500);
constexpr Nanoseconds longest_rest = milliseconds(10);
constexpr Nanoseconds try_again = seconds(5);  // after a fault

// A descriptor that render sends to whoever connects: of a ring, again when there is another.
class Feed {
  public:
    explicit Feed(std::string socket) : socket_(std::move(socket)) {}

    // The newest ring that came since the last call.
    Fd newest() {
        const auto now = monotonic_now();
        if (!channel_ && now - tried_ >= milliseconds(100)) {
            tried_ = now;
            if (auto connected = connect_to(socket_)) channel_.emplace(*std::move(connected));
        }
        if (!channel_) return {};
        Fd ring;
        auto messages = channel_->receive();
        if (!messages) {
            channel_.reset();  // render starts again: so does this
            return {};
        }
        for (auto& message : *messages)
            if (!message.fds.empty()) ring = std::move(message.fds.front());
        return ring;
    }

  private:
    std::string socket_;
    std::optional<Channel> channel_;
    MonotonicTime tried_;
};

struct Task {
    std::string view;
    std::string title;
    int frames = 30;
    int seconds = 1;
    RecordingSetup setup;
    bool operator==(const Task&) const = default;
};

// Letters that every file system takes.
std::string plain(std::string text) {
    for (char& c : text)
        if (static_cast<unsigned char>(c) < ' ' || std::string_view("/\\:*?\"<>|").find(c) != std::string_view::npos)
            c = '-';
    return text;
}

class RecordProcess {
  public:
    explicit RecordProcess(const ProcessOptions& options)
        : folder_{options.data},
          follower_(
              {folder_.socket().string(), options.name},
              {[this](const nlohmann::json& welcome) { on_welcome(welcome); }, {}, {}, [this] { end_ = true; }, {}}) {}

    void run(const StopSignals& signals) {
        while (!end_ && !signals.raised() && !task()) tell_and_rest("starting", "");
        const auto wanted = task();
        if (!wanted) return;
        const auto run = folder_.run().string();
        Feed pictures(shared_face_socket(run, recording_feed(wanted->view)));
        Feed sound(shared_sound_socket(run, OutputName(recording_sound)));
        Fd picture_ring, sound_ring;
        while (!end_ && !signals.raised()) {
            if (auto ring = pictures.newest()) {
                picture_ring = std::move(ring);
                if (recorder_) take(recorder_->take_frames(picture_ring.get()));
            }
            if (auto ring = sound.newest()) {
                sound_ring = std::move(ring);
                if (recorder_) take(recorder_->take_sound(sound_ring.get()));
            }
            if (!recorder_ && picture_ring && monotonic_now() >= wait_until_) begin(*wanted, picture_ring, sound_ring);
            if (recorder_) write();
            const bool failed = !failure_.empty();
            tell_and_rest(failed ? "failed" : recorder_ && recorder_->begun() ? "ok" : "starting", failure_);
        }
        finish();
    }

  private:
    void on_welcome(const nlohmann::json& welcome) {
        const auto& config = object_field(welcome, "config");
        auto setup = decode_recording_setup(object_field(config, "setup"));
        if (!setup) {
            end_ = true;
            return;
        }
        Task task{text_field(config, "view"), text_field(config, "title"),
                  std::max(1, static_cast<int>(number_field(config, "frames"))),
                  std::max(1, static_cast<int>(number_field(config, "seconds"))), *std::move(setup)};
        if (task.setup.folder.empty()) task.setup.folder = (folder_.root / "recordings").string();
        const std::lock_guard lock(mutex_);
        if (task_ && *task_ != task) end_ = true;  // another task: the supervisor starts a process for it
        if (!task_) task_ = std::move(task);
    }

    std::optional<Task> task() {
        const std::lock_guard lock(mutex_);
        return task_;
    }

    void begin(const Task& task, const Fd& pictures, const Fd& sound) {
        std::error_code ignored;
        std::filesystem::create_directories(task.setup.folder, ignored);
        FilmFileOptions options;
        options.codec = task.setup.codec;
        options.container = task.setup.container;
        options.frames = task.frames;
        options.seconds = task.seconds;
        file_ = options.path = free_name(task);
        recorder_.emplace(std::move(options));
        take(recorder_->take_frames(pictures.get()));
        if (sound) take(recorder_->take_sound(sound.get()));
    }

    static std::string free_name(const Task& task) {
        const std::time_t now = std::time(nullptr);
        std::tm local{};
        localtime_r(&now, &local);
        const auto stem = fmt::format("{:%Y-%m-%d %H-%M-%S} {} {}", local, plain(task.title), plain(task.view));
        const std::filesystem::path folder(task.setup.folder);
        auto path = folder / fmt::format("{}.{}", stem, task.setup.container);
        for (int i = 2; std::filesystem::exists(path); ++i)
            path = folder / fmt::format("{} {}.{}", stem, i, task.setup.container);
        return path.string();
    }

    void take(const Status& taken) {
        if (!taken) log::warning("feed_refused", "{}", taken.error().message);
    }

    void write() {
        const auto written = recorder_->write(monotonic_now());
        if (written) {
            if (recorder_->begun()) failure_.clear();
            return;
        }
        const Error& why = written.error();
        log::error(why.code, "{}", why.message);
        if (why.code != "other_size") {
            failure_ = why.message;
            wait_until_ = monotonic_now() + try_again;
        }
        finish();
        // Of a disk that takes nothing, not one empty file more at each try.
        std::error_code ignored;
        if (std::filesystem::file_size(file_, ignored) == 0) std::filesystem::remove(file_, ignored);
    }

    void finish() {
        if (!recorder_) return;
        if (const auto done = recorder_->finish(); !done) log::error(done.error().code, "{}", done.error().message);
        recorder_.reset();
    }

    [[nodiscard]] double hours_left() const {
        struct statvfs disk {};
        const double seconds = recorder_ ? recorder_->seconds() : 0;
        const auto folder = std::filesystem::path(file_).parent_path();
        if (seconds < 1 || recorder_->bytes() == 0 || statvfs(folder.c_str(), &disk) != 0) return 0;
        const double free = static_cast<double>(disk.f_bavail) * static_cast<double>(disk.f_frsize);
        return free / (static_cast<double>(recorder_->bytes()) / seconds) / 3600;
    }

    void tell_and_rest(const char* state, const std::string& detail) {
        const auto now = monotonic_now();
        if (now - told_ >= tell_every || state != state_) {
            told_ = now;
            state_ = state;
            RecordingHealth health;
            if (const auto known = task()) health.view = known->view;
            health.state = state;
            health.detail = detail;
            if (recorder_) {
                health.file = file_;
                health.seconds = recorder_->seconds();
                health.bytes = recorder_->bytes();
                health.frames = recorder_->frames();
                health.dropped = recorder_->dropped();
                health.hours_left = hours_left();
            }
            Actual part;
            part.recordings.push_back(std::move(health));
            (void)follower_.send(Wire::status, {{"actual", encode(part)}});
        }
        const auto rest = now + longest_rest;
        wait_until(recorder_ && recorder_->begun() ? std::min(rest, recorder_->next()) : rest);
    }

    DataFolder folder_;
    std::atomic<bool> end_{false};
    std::mutex mutex_;  // guards task_
    std::optional<Task> task_;
    std::optional<Recorder> recorder_;
    std::string file_;
    std::string failure_;
    std::string state_;
    MonotonicTime wait_until_;
    MonotonicTime told_;
    Follower follower_;  // last: its thread uses what stands above
};

}  // namespace

int run_record(const ProcessOptions& options) {
    const StopSignals signals;
    RecordProcess process(options);
    if (const auto done = forbid_network_and_programs(UnixSockets::allowed); !done)
        log::warning("no_sandbox", "{}", done.error().message);
    process.run(signals);
    return 0;
}

}  // namespace tribune
