#include "base/trace.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <pthread.h>
#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <fstream>
#include <iterator>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "base/handle.hpp"
#include "base/queue.hpp"

namespace tribune::trace {
namespace {

constexpr std::size_t most_waiting = 1U << 16U;  // spans; some 3 MB
constexpr std::size_t most_bytes = 256U << 20U;  // of one file
constexpr auto write_every = std::chrono::milliseconds(200);
constexpr std::string_view extension = ".trace.json";

struct Span {
    const char* name;
    MonotonicTime begun;
    MonotonicTime ended;
    std::uint64_t number;
    pid_t thread;
};

// The one recording of this process, or null.
std::atomic<Recording*>& current() {
    static std::atomic<Recording*> recording{nullptr};
    return recording;
}

Error no_trace(const std::filesystem::path& file) {
    return {"no_trace", fmt::format("The trace {} cannot be written: choose another file.", file.string())};
}

// Microseconds, as the format wants them, with all digits.
std::string microseconds(Nanoseconds t) { return fmt::format("{}.{:03}", t.count() / 1000, t.count() % 1000); }

std::string thread_name(pid_t thread) {
    std::ifstream file(fmt::format("/proc/self/task/{}/comm", thread));
    std::string name;
    std::getline(file, name);
    std::erase_if(name, [](char c) { return c < ' ' || c == '"' || c == '\\' || c > '~'; });
    return name.empty() ? fmt::format("thread {}", thread) : name;
}

// Names one of Perfetto's tracks: "process_name" or "thread_name".
std::string naming(std::string_view what, pid_t thread, std::string_view name) {
    return fmt::format(R"({{"name":"{}","ph":"M","pid":{},"tid":{},"args":{{"name":"{}"}}}},)"
                       "\n",
                       what, getpid(), thread, name);
}

// Of a part's name: "capture-cam1.4711.trace.json".
bool lives(std::string name) {
    name.resize(name.size() - extension.size());
    const auto dot = name.rfind('.');
    const pid_t pid = dot == std::string::npos ? 0 : std::atoi(name.c_str() + dot + 1);
    return pid > 0 && kill(pid, 0) == 0;
}

std::vector<std::filesystem::path> parts_of(const std::filesystem::path& folder) {
    std::vector<std::filesystem::path> parts;
    std::error_code failed;
    for (std::filesystem::directory_iterator at(folder, failed), end; !failed && at != end; at.increment(failed)) {
        if (at->path().string().ends_with(extension)) parts.push_back(at->path());
    }
    std::sort(parts.begin(), parts.end());
    return parts;
}

// Its lines, without those that name no span and half a line at its end.
Status write_all(const std::vector<std::filesystem::path>& parts, const std::filesystem::path& file) {
    std::ofstream out(file, std::ios::binary);
    out << R"({"displayTimeUnit":"ms","traceEvents":[)";
    const char* before = "\n";
    for (const auto& part : parts) {
        std::ifstream in(part, std::ios::binary);
        for (std::string line; std::getline(in, line);) {
            if (!line.starts_with('{') || !line.ends_with("},")) continue;
            line.pop_back();
            out << before << line;
            before = ",\n";
        }
    }
    out << "\n]}\n";
    if (!out.flush()) return no_trace(file);
    return {};
}

}  // namespace

class Recording::Impl {
  public:
    Impl(Fd file, std::string_view process)
        : file_(std::move(file)), text_("[\n" + naming("process_name", getpid(), process)), thread_([this] { run(); }) {
        pthread_setname_np(thread_.native_handle(), "trace");
    }
    ~Impl() {
        {
            const std::lock_guard lock(mutex_);
            end_ = true;
        }
        ending_.notify_all();
        thread_.join();
    }
    Impl(const Impl&) = delete;
    Impl& operator=(const Impl&) = delete;

    void put(const Span& span) { (void)spans_.push(span); }  // the queue counts what it refuses

  private:
    void run() {
        for (bool last = false; !last;) {
            {
                std::unique_lock lock(mutex_);
                last = ending_.wait_for(lock, write_every, [&] { return end_; });
            }
            for (const auto& span : spans_.drain(most_waiting)) add(span);
            if (last) say_lost();
            write_out();
        }
    }

    void add(const Span& span) {
        if (written_ + text_.size() > most_bytes) {
            ++beyond_;
            return;
        }
        if (threads_.insert(span.thread).second) text_ += naming("thread_name", span.thread, thread_name(span.thread));
        fmt::format_to(std::back_inserter(text_), R"({{"name":"{}","ph":"X","pid":{},"tid":{},"ts":{},"dur":{})",
                       span.name, getpid(), span.thread, microseconds(span.begun.since_boot),
                       microseconds(span.ended - span.begun));
        if (span.number != 0) fmt::format_to(std::back_inserter(text_), R"(,"args":{{"number":{}}})", span.number);
        text_ += "},\n";
    }

    void say_lost() {
        const auto lost = spans_.refused() + beyond_;
        if (lost == 0) return;
        fmt::format_to(
            std::back_inserter(text_),
            R"({{"name":"lost spans","ph":"i","s":"p","pid":{0},"tid":{0},"ts":{1},"args":{{"number":{2}}}}},)"
            "\n",
            getpid(), microseconds(monotonic_now().since_boot), lost);
    }

    // A disk that takes nothing costs the trace, not the show.
    void write_out() {
        for (std::size_t at = 0; at < text_.size();) {
            const auto n = write(file_.get(), text_.data() + at, text_.size() - at);
            if (n <= 0) break;
            at += static_cast<std::size_t>(n);
        }
        written_ += text_.size();
        text_.clear();
    }

    BoundedQueue<Span> spans_{most_waiting};
    std::mutex mutex_;  // guards end_
    std::condition_variable ending_;
    bool end_ = false;
    // The writer's thread.
    Fd file_;
    std::string text_;
    std::set<pid_t> threads_;  // named already
    std::size_t written_ = 0;
    std::uint64_t beyond_ = 0;
    std::thread thread_;  // last
};

Recording::Recording(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) { current() = this; }
Recording::~Recording() { current() = nullptr; }

Result<std::unique_ptr<Recording>> record(const std::filesystem::path& folder, std::string_view process) {
    std::error_code failed;
    std::filesystem::create_directories(folder, failed);
    std::string name(process);
    std::replace(name.begin(), name.end(), '/', '-');
    const auto path = folder / fmt::format("{}.{}{}", name, getpid(), extension);
    Fd file(open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_APPEND | O_CLOEXEC, 0600));
    if (!file) return no_trace(path);
    return std::unique_ptr<Recording>(new Recording(std::make_unique<Recording::Impl>(std::move(file), process)));
}

void span(const char* name, MonotonicTime begun, MonotonicTime ended, std::uint64_t number) {
    Recording* recording = current().load(std::memory_order_relaxed);
    if (recording == nullptr) return;
    thread_local const pid_t thread = gettid();
    recording->impl_->put({name, begun, ended, number, thread});
}

Status merge(const std::filesystem::path& folder, const std::filesystem::path& file) {
    TRIBUNE_CHECK(write_all(parts_of(folder), file));
    std::error_code failed;
    std::filesystem::remove_all(folder, failed);
    return {};
}

Status begin(const std::filesystem::path& folder, const std::filesystem::path& file) {
    std::error_code failed;
    for (const auto& part : parts_of(folder)) {
        if (!lives(part.filename().string())) std::filesystem::remove(part, failed);
    }
    return write_all({}, file);
}

}  // namespace tribune::trace
