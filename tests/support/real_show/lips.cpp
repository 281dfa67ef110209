#include "support/real_show/lips.hpp"

#include <arpa/inet.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <csignal>
#include <filesystem>
#include <mutex>
#include <stdexcept>
#include <thread>
#include <utility>

#include "displays/sound_output.hpp"
#include "link/channel.hpp"
#include "link/listener.hpp"
#include "link/sound_ring.hpp"
#include "support/real_show/real_show.hpp"

namespace tribune::test {
namespace {

using namespace std::chrono_literals;

constexpr float loud = 0.1F;
constexpr Nanoseconds settle = 4s;  // until the stream's clock is known

const std::string flash_graph =
    "color=black:s=320x180:r=25,drawbox=c=white:t=fill:w=320:h=180:enable='lt(mod(t\\,1)\\,0.079)',format=yuv420p";
const std::string beep_graph = "aevalsrc='if(lt(mod(t\\,1)\\,0.08)\\,0.5*sin(2*PI*1000*t)\\,0)':s=48000";

// ffmpeg, sending; killed and reaped at the end.
class Sender {
  public:
    explicit Sender(std::vector<std::string> words) : pid_(::fork()) {
        if (pid_ != 0) return;
        const int null = ::open("/dev/null", O_RDWR);
        for (const int fd : {0, 1, 2}) ::dup2(null, fd);
        std::vector<char*> arguments;
        for (auto& word : words) arguments.push_back(word.data());
        arguments.push_back(nullptr);
        ::execvp(arguments[0], arguments.data());
        ::_exit(127);
    }
    Sender(const Sender&) = delete;
    Sender& operator=(const Sender&) = delete;
    ~Sender() {
        if (pid_ <= 0) return;
        ::kill(pid_, SIGKILL);
        ::waitpid(pid_, nullptr, 0);
    }
    // Until it has ended by itself.
    bool finished() {
        int status = 0;
        ::waitpid(std::exchange(pid_, -1), &status, 0);
        return WIFEXITED(status) && WEXITSTATUS(status) == 0;
    }

  private:
    pid_t pid_;
};

// A port for UDP that nobody uses now.
int free_port() {
    const Fd socket(::socket(AF_INET, SOCK_DGRAM, 0));
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    auto* generic = static_cast<sockaddr*>(static_cast<void*>(&address));
    socklen_t size = sizeof address;
    if (::bind(socket.get(), generic, size) != 0 || ::getsockname(socket.get(), generic, &size) != 0)
        throw std::runtime_error("no free port");
    return ntohs(address.sin_port);
}

// When beeps begin to be heard.
class HallListener {
  public:
    explicit HallListener(const RealShow& show)
        : thread_([this, socket = shared_sound_socket((show.data() / "run").string(), OutputName("hall"))](
                      const std::stop_token& stop) { run(stop, socket); }) {}

    [[nodiscard]] std::vector<MonotonicTime> beeps() const {
        const std::lock_guard lock(mutex_);
        return beeps_;
    }

  private:
    void run(const std::stop_token& stop, const std::string& socket) {
        std::optional<Channel> channel;
        std::optional<SoundRingReader> ring;
        MonotonicTime last_loud;
        while (!stop.stop_requested()) {
            if (!channel) {
                if (auto connected = connect_to(socket)) channel.emplace(*std::move(connected));
            } else if (auto messages = channel->receive()) {
                for (auto& message : *messages) {
                    if (auto opened = SoundRingReader::open(message.fds.front().get()))
                        ring.emplace(*std::move(opened));
                }
            }
            while (ring) {
                const auto block = ring->next();
                if (!block || !*block) break;
                const auto& samples = (*block)->samples;
                for (std::size_t i = 0; i < samples.size(); ++i) {
                    if (std::abs(samples[i].left) < loud) continue;
                    const auto at = (*block)->arrived + sound_length(static_cast<std::int64_t>(i));
                    const std::lock_guard lock(mutex_);
                    if (at - last_loud > 300ms) beeps_.push_back(at);
                    last_loud = at;
                }
            }
            std::this_thread::sleep_for(5ms);  // the ring is looked at now and then, as its reader likes
        }
    }

    mutable std::mutex mutex_;  // guards beeps_
    std::vector<MonotonicTime> beeps_;
    std::jthread thread_;
};

std::vector<MonotonicTime> flashes(const FaceReader& face) {
    std::vector<MonotonicTime> out;
    bool was_white = true;
    for (const auto& frame : face.frames()) {
        const bool white = *std::min_element(frame.middle.begin(), frame.middle.end()) > 128;
        if (white && !was_white) out.push_back(frame.presented);
        was_white = white;
    }
    return out;
}

// The beep that belongs to each flash in this time.
void pair(Lips& lips, const std::vector<MonotonicTime>& flashes, const std::vector<MonotonicTime>& beeps,
          MonotonicTime from, MonotonicTime to) {
    for (const auto flash : flashes) {
        if (flash < from || flash > to) continue;
        const auto beep = std::find_if(beeps.begin(), beeps.end(),
                                       [&](MonotonicTime b) { return std::chrono::abs(b - flash) < 400ms; });
        if (beep == beeps.end()) {
            ++lips.unpaired;
        } else {
            lips.offsets_ms.push_back(std::chrono::duration<double, std::milli>(*beep - flash).count());
        }
    }
}

// A film of six seconds with a flash and a beep at each; gone at the end.
class FlashFilm {
  public:
    FlashFilm() : path_(std::filesystem::temp_directory_path() / fmt::format("tribune-lips-{}.mp4", ::getpid())) {
        Sender maker({"ffmpeg",
                      "-nostdin",
                      "-loglevel",
                      "error",
                      "-y",
                      "-f",
                      "lavfi",
                      "-i",
                      flash_graph + ",trim=duration=6",
                      "-f",
                      "lavfi",
                      "-i",
                      beep_graph + ",atrim=duration=6",
                      "-c:v",
                      "libx264",
                      "-preset",
                      "ultrafast",
                      "-g",
                      "50",
                      "-bf",
                      "2",
                      "-c:a",
                      "aac",
                      "-b:a",
                      "128k",
                      "-ac",
                      "2",
                      path_.string()});
        if (!maker.finished()) throw std::runtime_error("ffmpeg could not make the film");
    }
    FlashFilm(const FlashFilm&) = delete;
    FlashFilm& operator=(const FlashFilm&) = delete;
    ~FlashFilm() { std::filesystem::remove(path_); }
    [[nodiscard]] std::string path() const { return path_.string(); }

  private:
    std::filesystem::path path_;
};

}  // namespace

double Lips::share(double of) const {
    if (offsets_ms.empty()) return HUGE_VAL;
    std::vector<double> sizes;
    for (const double o : offsets_ms) sizes.push_back(std::abs(o));
    std::sort(sizes.begin(), sizes.end());
    const auto at = static_cast<std::size_t>(std::ceil(of * static_cast<double>(sizes.size())));
    return sizes[std::clamp<std::size_t>(at, 1, sizes.size()) - 1];
}

Lips measure_lips(Nanoseconds length, int frames_per_second) {
    const int port = free_port();
    const RealShow show(shared_show(fmt::format("[[sound]]\nname = \"hall\"\nkind = \"shared\"\n"
                                                "[[source]]\nname = \"cam\"\nurl = \"udp://127.0.0.1:{}\"\n",
                                                port),
                                    "320x180", frames_per_second, "off"));
    const FaceReader face(show, "north");
    const HallListener hall(show);
    Client desk(show.url(), {{"type", "hello"}, {"proto", 1}, {"key", show.key("producer")}, {"device", "lips"}});
    const Sender sender({"ffmpeg",
                         "-nostdin",
                         "-loglevel",
                         "error",
                         "-re",
                         "-f",
                         "lavfi",
                         "-i",
                         flash_graph,
                         "-re",
                         "-f",
                         "lavfi",
                         "-i",
                         beep_graph,
                         "-c:v",
                         "libx264",
                         "-preset",
                         "ultrafast",
                         "-tune",
                         "zerolatency",
                         "-g",
                         "10",
                         "-c:a",
                         "aac",
                         "-b:a",
                         "128k",
                         "-ac",
                         "2",
                         "-f",
                         "mpegts",
                         fmt::format("udp://127.0.0.1:{}?pkt_size=1316", port)});
    if (!eventually([&] { return !hall.beeps().empty(); }, 60s))
        throw std::runtime_error("no sound came out: " + show.log());
    const auto from = monotonic_now() + settle;
    const auto broken = [&] {
        const auto levels = desk.wait_for([](const Json& m) { return m.value("type", "") == "levels"; }, 10s);
        if (!levels || levels->at("channels").empty()) throw std::runtime_error("no levels came");
        const auto& cam = levels->at("channels").at(0);
        return cam.at("ran_out").get<std::uint64_t>() + cam.at("jumps").get<std::uint64_t>();
    };
    eventually([&] { return monotonic_now() >= from; }, settle + 1s);
    while (desk.wait_for([](const Json& m) { return m.value("type", "") == "levels"; }, 0s)) {
    }
    const auto before = broken();
    eventually([&] { return monotonic_now() >= from + length; }, length + 10s);
    while (desk.wait_for([](const Json& m) { return m.value("type", "") == "levels"; }, 0s)) {
    }
    Lips lips;
    lips.breaks = broken() - before;
    pair(lips, flashes(face), hall.beeps(), from, from + (length - 500ms));
    return lips;
}

ClipLips measure_clip_lips(int frames_per_second) {
    const FlashFilm film;
    const RealShow show(shared_show(fmt::format("[[sound]]\nname = \"hall\"\nkind = \"shared\"\n"
                                                "[[source]]\nname = \"film\"\nurl = \"{}\"\n",
                                                film.path()),
                                    "320x180", frames_per_second, "off"));
    const FaceReader face(show, "north");
    const HallListener hall(show);
    Client desk(show.url(), {{"type", "hello"}, {"proto", 1}, {"key", show.key("producer")}, {"device", "lips"}});
    if (!eventually([&] { return !hall.beeps().empty(); }, 60s))
        throw std::runtime_error("no sound came out: " + show.log());
    const auto wait = [](Nanoseconds length) {
        const auto end = monotonic_now() + length;
        eventually([&] { return monotonic_now() >= end; }, length + 5s);
    };
    const Json sources{"film"};
    ClipLips lips;
    const auto say = [&](Json command) {
        if (!desk.command(command).value("ok", false)) throw std::runtime_error("refused: " + command.dump());
    };
    // Each beginning may cost the sound under way a moment.
    const auto measure = [&](Nanoseconds length) {
        const auto from = monotonic_now() + 500ms;
        wait(length);
        const auto to = monotonic_now() + -300ms;
        wait(500ms);
        pair(lips, flashes(face), hall.beeps(), from, to);
    };
    say({{"kind", "cue"}, {"sources", sources}, {"position_ms", 300}});
    wait(1s);
    say({{"kind", "play"}, {"sources", sources}});
    measure(4s);
    say({{"kind", "cue"}, {"sources", sources}, {"position_ms", 4700}});  // over its end, which loops
    say({{"kind", "play"}, {"sources", sources}});
    measure(4s);
    say({{"kind", "set_clip"}, {"source", "film"}, {"in_ms", 1500}, {"out_ms", 2600}, {"loop", true}});
    say({{"kind", "cue"}, {"sources", sources}});
    say({{"kind", "play"}, {"sources", sources}});
    measure(4s);
    say({{"kind", "pause"}, {"sources", sources}});
    const auto paused = monotonic_now() + 200ms;
    wait(2s);
    const auto beeps = hall.beeps();
    lips.heard_paused = static_cast<std::size_t>(
        std::count_if(beeps.begin(), beeps.end(), [&](MonotonicTime b) { return b > paused; }));
    return lips;
}

}  // namespace tribune::test
