#include "support/real_show/real_show.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include "app/process_info.hpp"
#include "displays/shared_output.hpp"
#include "link/listener.hpp"

namespace tribune::test {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr Nanoseconds look_again = milliseconds(5);

std::string read(const std::filesystem::path& path) {
    std::ostringstream out;
    out << std::ifstream(path).rdbuf();
    return out.str();
}

bool alive(pid_t pid) { return pid > 0 && kill(pid, 0) == 0; }

// FNV-1a over every eighth point of every fourth line of the upper half.
std::uint64_t points(const VideoFrame& frame) {
    std::uint64_t hash = 14695981039346656037ULL;
    for (int y = 0; y < frame.size.height / 2; y += 4) {
        const auto* line = frame.planes[0].data + static_cast<std::ptrdiff_t>(y) * frame.planes[0].stride;
        for (int x = 0; x < frame.size.width; x += 8) {
            for (int channel = 0; channel < 3; ++channel) hash = (hash ^ line[x * 4 + channel]) * 1099511628211ULL;
        }
    }
    return hash;
}

}  // namespace

std::string shared_show(const std::string& sources, const std::string& size, int frames_per_second,
                        const std::string& placement) {
    std::string text = fmt::format(
        "title = \"Essai\"\ntables = 64\nwatermark = true\nframes_per_second = {}\n"
        "[venue]\nface_size = \"{}\"\n[opening]\nquestion = \"Quoi ?\"\nround = true\n[wall]\nplacement = \"{}\"\n",
        frames_per_second, size, placement);
    for (const char* face : {"north", "east", "south", "west"}) {
        text += fmt::format("[[face]]\nname = \"{0}\"\n[[output]]\nname = \"{0}\"\nface = \"{0}\"\nkind = \"shared\"\n",
                            face);
    }
    return text + sources;
}

bool eventually(const std::function<bool()>& holds, Nanoseconds most) {
    const auto until = monotonic_now() + most;
    while (!holds()) {
        if (monotonic_now() > until) return false;
        // Asking a process from outside has no event to wait for.
        const timespec pause{0, look_again.count()};
        nanosleep(&pause, nullptr);
    }
    return true;
}

std::string program() {
    const char* given = std::getenv("TRIBUNE_PROGRAM");
    return given != nullptr && *given != '\0' ? given : TRIBUNE_PROGRAM;
}

// --- The show -----------------------------------------------------------------------------------------------

RealShow::RealShow(const std::string& show_file, std::vector<std::string> arguments,
                   std::vector<std::string> environment)
    : arguments_(std::move(arguments)), environment_(std::move(environment)) {
    std::string name = (std::filesystem::temp_directory_path() / "tribune-test-XXXXXX").string();
    if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
    folder_ = name;
    data_ = folder_ / "data";
    std::ofstream(folder_ / "show.toml") << show_file;
    start();
}

RealShow::~RealShow() {
    stop();
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
}

void RealShow::start() {
    std::vector<std::string> words{
        program(),   "run", (folder_ / "show.toml").string(), "--data", data_.string(), "--port", std::to_string(port_),
        "--headless"};
    words.insert(words.end(), arguments_.begin(), arguments_.end());
    std::vector<char*> argv;
    for (auto& word : words) argv.push_back(word.data());
    argv.push_back(nullptr);
    std::vector<char*> variables;
    for (auto& variable : environment_) variables.push_back(variable.data());
    for (char** variable = environ; *variable != nullptr; ++variable) variables.push_back(*variable);
    variables.push_back(nullptr);
    posix_spawn_file_actions_t files;
    posix_spawn_file_actions_init(&files);
    const auto log = (folder_ / "log").string();
    posix_spawn_file_actions_addopen(&files, 1, log.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
    posix_spawn_file_actions_adddup2(&files, 1, 2);
    const auto before = this->log().size();
    const int failed = posix_spawn(&engine_, words.front().c_str(), &files, nullptr, argv.data(), variables.data());
    posix_spawn_file_actions_destroy(&files);
    if (failed != 0) give_up("cannot start " + words.front());
    const bool up = eventually(
        [&] {
            const std::string text = this->log().substr(before);
            const auto at = text.find("http://127.0.0.1:");
            if (at == std::string::npos || text.find("Ctrl-C ends the show") == std::string::npos) return false;
            port_ = std::stoi(text.substr(at + 17));
            return true;
        },
        seconds(30));
    if (!up) give_up("the show did not start");
}

void RealShow::give_up(const std::string& why) {
    constexpr std::size_t most = 4000;
    std::string end = log();
    if (end.size() > most) end.erase(0, end.size() - most);
    stop();
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
    throw std::runtime_error(why + ":\n" + end);
}

void RealShow::kill_engine() {
    kill(engine_, SIGKILL);
    waitpid(engine_, nullptr, 0);
    engine_ = 0;
}

void RealShow::stop() {
    if (engine_ != 0) {
        kill(engine_, SIGTERM);
        waitpid(engine_, nullptr, 0);
        engine_ = 0;
    }
    // What an engine that was killed left behind.
    const auto list = Json::parse(read(data_ / "run" / "processes.json"), nullptr, false);
    if (!list.is_object()) return;
    for (const auto& [name, id] : list.items()) {
        const auto pid = id.get<pid_t>();
        if (is_tribune_process(pid, name)) kill(pid, SIGKILL);
    }
}

pid_t RealShow::pid(const std::string& name) const {
    const auto list = Json::parse(read(data_ / "run" / "processes.json"), nullptr, false);
    const auto pid = list.is_object() && list.contains(name) ? list[name].get<pid_t>() : 0;
    return alive(pid) ? pid : 0;
}

bool RealShow::kill_and_wait(const std::string& name) {
    pid_t old = 0;
    if (!eventually([&] { return (old = pid(name)) != 0; })) return false;
    kill(old, SIGKILL);
    return eventually([&] {
        const auto now = pid(name);
        return now != 0 && now != old;
    });
}

std::string RealShow::url() const { return fmt::format("http://127.0.0.1:{}", port_); }
std::string RealShow::key(const std::string& name) const {
    return Json::parse(read(data_ / "keys.json"))[name].get<std::string>();
}
std::string RealShow::log() const { return read(folder_ / "log"); }

Json RealShow::state() const {
    const auto body = fetch(*parse_url(url()), "/api/state", key("observer"));
    return body ? Json::parse(*body, nullptr, false) : Json();
}

std::string RealShow::metrics() const {
    const auto body = fetch(*parse_url(url()), "/metrics", key("technician"));
    return body ? *body : std::string();
}

// --- A client -----------------------------------------------------------------------------------------------

Client::Client(const std::string& url, Json hello)
    : url_(url), hello_(std::move(hello)), thread_([this] {
          auto loop = SocketLoop::open(*parse_url(url_), *this);
          if (!loop) {
              const std::lock_guard lock(mutex_);
              closed_ = true;
              changed_.notify_all();
              return;
          }
          loop_ = *std::move(loop);
          socket_ = loop_->connect();
          loop_->run();
      }) {}

Client::~Client() {
    {
        const std::lock_guard lock(mutex_);
        stop_ = true;
    }
    thread_.join();
}

void Client::send(const Json& message) { (void)outgoing_.push(message.dump()); }

void Client::opened(SocketId socket) {
    loop_->send(socket, hello_.dump());
    open_ = true;
}

void Client::text(SocketId, std::string_view message) {
    const std::lock_guard lock(mutex_);
    messages_.push_back(Json::parse(message, nullptr, false));
    changed_.notify_all();
}

void Client::closed(SocketId, int code, std::string_view) {
    const std::lock_guard lock(mutex_);
    closed_ = true;
    close_code_ = code;
    open_ = false;
    changed_.notify_all();
}

void Client::tick() {
    if (open_) {
        for (const auto& message : outgoing_.drain(4096)) loop_->send(socket_, message);
    }
    const std::lock_guard lock(mutex_);
    if (stop_) loop_->finish();
}

std::optional<Json> Client::wait_for(const std::function<bool(const Json&)>& wanted, Nanoseconds most) {
    std::unique_lock lock(mutex_);
    std::optional<Json> found;
    changed_.wait_for(lock, most, [&] {
        const auto at = std::find_if(messages_.begin(), messages_.end(), wanted);
        if (at != messages_.end()) {
            found = std::move(*at);
            messages_.erase(at);
        }
        return found || closed_;
    });
    return found;
}

std::optional<Json> Client::wait_type(const std::string& type, Nanoseconds most) {
    return wait_for([&](const Json& m) { return m.is_object() && m.value("type", "") == type; }, most);
}

Json Client::command(const Json& command) {
    const std::string request = fmt::format("r{}", ++requests_);
    send({{"type", "command"}, {"request", request}, {"command", command}});
    const auto result =
        wait_for([&](const Json& m) { return m.value("type", "") == "result" && m.value("request", "") == request; });
    return result ? *result : Json{{"ok", false}, {"code", "no_result"}};
}

bool Client::closed() const {
    const std::lock_guard lock(mutex_);
    return closed_;
}
int Client::close_code() const {
    const std::lock_guard lock(mutex_);
    return close_code_;
}

// --- Faces --------------------------------------------------------------------------------------------------

FaceReader::FaceReader(const RealShow& show, const std::string& face)
    : thread_([this, socket = shared_face_socket((show.data() / "run").string(), OutputName(face))] { run(socket); }) {}

FaceReader::~FaceReader() {
    {
        const std::lock_guard lock(mutex_);
        stop_ = true;
    }
    thread_.join();
}

void FaceReader::run(const std::string& socket) {
    const auto stopped = [&] {
        const std::lock_guard lock(mutex_);
        return stop_;
    };
    std::optional<Channel> channel;
    std::optional<FrameRingReader> ring;
    std::uint64_t sequence = 0;
    while (!stopped()) {
        if (!channel) {
            ring.reset();
            sequence = 0;
            auto connected = connect_to(socket);
            if (!connected) {
                eventually(stopped, milliseconds(5));
                continue;
            }
            channel.emplace(*std::move(connected));
        }
        auto messages = channel->receive();
        if (!messages) {
            channel.reset();
            continue;
        }
        for (auto& message : *messages) {
            auto opened = FrameRingReader::open(message.fds.front().get());
            if (opened) ring.emplace(*std::move(opened));
        }
        if (!ring) {
            eventually(stopped, milliseconds(2));
            continue;
        }
        if (!ring->wait_newer(sequence, monotonic_now() + milliseconds(50))) continue;
        const auto frame = ring->latest();
        if (!frame || !*frame) continue;
        const VideoFrame& picture = **frame;
        sequence = picture.sequence;
        const auto mark = read_watermark({picture.planes[0].data, picture.planes[0].stride, picture.size});
        const auto* pixel =
            picture.planes[0].data + picture.size.height / 4 * picture.planes[0].stride + picture.size.width / 2 * 4;
        const auto look = points(picture);
        const std::lock_guard lock(mutex_);
        if (!mark) {
            ++unreadable_;
        } else {
            frames_.push_back({*mark, picture.arrived, picture.sequence, {pixel[0], pixel[1], pixel[2]}, look});
        }
    }
}

std::vector<SeenFrame> FaceReader::frames() const {
    const std::lock_guard lock(mutex_);
    return frames_;
}
std::size_t FaceReader::count() const {
    const std::lock_guard lock(mutex_);
    return frames_.size();
}
std::size_t FaceReader::unreadable() const {
    const std::lock_guard lock(mutex_);
    return unreadable_;
}
std::optional<SeenFrame> FaceReader::newest() const {
    const std::lock_guard lock(mutex_);
    if (frames_.empty()) return std::nullopt;
    return frames_.back();
}

int FaceReader::longest_gap(MonotonicTime from) const {
    const std::lock_guard lock(mutex_);
    std::int64_t longest = 1;
    for (std::size_t i = 1; i < frames_.size(); ++i) {
        const auto& before = frames_[i - 1];
        const auto& after = frames_[i];
        if (after.presented < from || after.sequence <= before.sequence) continue;
        const std::int64_t frames = std::int64_t{after.mark.frame} - before.mark.frame;
        longest = std::max(longest, frames - static_cast<std::int64_t>(after.sequence - before.sequence) + 1);
    }
    return static_cast<int>(longest);
}

}  // namespace tribune::test
