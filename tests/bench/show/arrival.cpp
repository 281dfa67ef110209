// How long a picture takes from its arrival on a socket to a face: each has a colour by which it is known again.
#include <fmt/format.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <map>
#include <mutex>
#include <stdexcept>
#include <thread>

#include "base/handle.hpp"
#include "bench/show/figures.hpp"
#include "bench/show/measures.hpp"
#include "bench/show/rig.hpp"

namespace tribune::bench {
namespace {

using namespace tribune::test;

constexpr int face_rate = 60;
constexpr Nanoseconds picture_time = std::chrono::nanoseconds(1'000'000'000 / 30);
constexpr std::size_t left_out = 60;  // while the stream is being probed
constexpr std::size_t measured = 900;
constexpr int width = 64;
constexpr int height = 36;

// Red, green, blue, cyan, magenta, yellow in BT.601; which of blue, green and red shine.
struct Colour {
    std::array<unsigned char, 3> yuv;
    std::array<bool, 3> shines;
};
constexpr std::array<Colour, 6> colours{{{{81, 90, 240}, {false, false, true}},
                                         {{145, 54, 34}, {false, true, false}},
                                         {{41, 240, 110}, {true, false, false}},
                                         {{170, 166, 16}, {true, true, false}},
                                         {{106, 202, 222}, {true, false, true}},
                                         {{210, 16, 146}, {false, true, true}}}};

// A sender of raw pictures (YUV4MPEG2), one every thirtieth of a second, to whoever connects first.
class Sender {
  public:
    Sender() : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
        sockaddr_in own{};
        own.sin_family = AF_INET;
        own.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof(own);
        if (::bind(socket_.get(), reinterpret_cast<const sockaddr*>(&own), size) != 0 ||
            ::listen(socket_.get(), 1) != 0)
            throw std::runtime_error("no port to send from");
        getsockname(socket_.get(), reinterpret_cast<sockaddr*>(&own), &size);
        port_ = ntohs(own.sin_port);
        thread_ = std::jthread([this](const std::stop_token& stop) { run(stop); });
    }
    ~Sender() { ::shutdown(socket_.get(), SHUT_RDWR); }
    Sender(const Sender&) = delete;
    Sender& operator=(const Sender&) = delete;

    [[nodiscard]] int port() const { return port_; }
    // When each picture was sent whole.
    [[nodiscard]] std::vector<MonotonicTime> sent() const {
        const std::lock_guard lock(mutex_);
        return sent_;
    }

  private:
    static bool send_all(int to, const std::string& bytes) {
        std::size_t done = 0;
        while (done < bytes.size()) {
            const auto n = ::send(to, bytes.data() + done, bytes.size() - done, MSG_NOSIGNAL);
            if (n <= 0) return false;
            done += static_cast<std::size_t>(n);
        }
        return true;
    }

    void run(const std::stop_token& stop) {
        const Fd peer(::accept4(socket_.get(), nullptr, nullptr, SOCK_CLOEXEC));
        if (!peer || !send_all(peer.get(), fmt::format("YUV4MPEG2 W{} H{} F30:1 Ip A1:1 C420jpeg\n", width, height)))
            return;
        for (auto due = monotonic_now(); !stop.stop_requested(); due = due + picture_time) {
            std::this_thread::sleep_until(std::chrono::steady_clock::time_point(due.since_boot));
            const auto& [yuv, shines] = colours[sent_.size() % colours.size()];
            std::string picture = "FRAME\n";
            picture.append(width * height, static_cast<char>(yuv[0]));
            picture.append(width * height / 4, static_cast<char>(yuv[1]));
            picture.append(width * height / 4, static_cast<char>(yuv[2]));
            if (!send_all(peer.get(), picture)) return;
            const std::lock_guard lock(mutex_);
            sent_.push_back(monotonic_now());
        }
    }

    Fd socket_;
    int port_ = 0;
    mutable std::mutex mutex_;  // guards sent_
    std::vector<MonotonicTime> sent_;
    std::jthread thread_;  // last
};

std::size_t colour_of(const SeenFrame& frame) {
    const auto is = [&](const Colour& colour) {
        for (std::size_t i = 0; i < 3; ++i) {
            if ((frame.middle[i] > 128) != colour.shines[i]) return false;
        }
        return true;
    };
    return static_cast<std::size_t>(std::find_if(colours.begin(), colours.end(), is) - colours.begin());
}

}  // namespace

void arrivals() {
    const Sender sender;
    const RealShow show(shared_show(fmt::format("[[source]]\nname = \"cam\"\nurl = \"tcp://127.0.0.1:{}\"\n"
                                                "format = \"yuv4mpegpipe\"\n",
                                                sender.port()),
                                    "320x180", face_rate, "off"));
    const FaceReader north(show, "north");
    if (!eventually([&] { return live(show, "cam"); })) throw std::runtime_error("the stream is not live");
    if (!eventually([&] { return sender.sent().size() > left_out + measured; }, std::chrono::seconds(60)))
        throw std::runtime_error("the stream came to an end");
    const auto sent = sender.sent();
    const auto frames = north.frames();
    std::vector<double> took;
    std::size_t missing = 0;
    for (std::size_t n = left_out; n < left_out + measured; ++n) {
        const auto shown = std::find_if(frames.begin(), frames.end(), [&](const SeenFrame& frame) {
            return frame.presented > sent[n] && colour_of(frame) == n % colours.size();
        });
        // Later than this it is the next of its colour.
        if (shown == frames.end() || shown->presented - sent[n] > picture_time * (colours.size() - 1)) {
            ++missing;
        } else {
            took.push_back(ms(shown->presented - sent[n]));
        }
    }
    const double frame_ms = 1000.0 / face_rate;
    figure(fmt::format("picture of a stream arrived to its frame on a face, p50 of {}", measured),
           percentile(took, 0.5), "ms");
    figure("picture of a stream arrived to its frame on a face, p99", percentile(took, 0.99), "ms", 2 * frame_ms);
    figure("pictures of the stream that were never seen", static_cast<double>(missing), "pictures", 0);
}

}  // namespace tribune::bench
