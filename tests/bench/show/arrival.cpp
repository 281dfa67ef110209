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
// Not quite the thirtieth that faces keep to: so the pictures come at every moment of a frame.
constexpr Nanoseconds picture_time{33'366'667};
constexpr std::size_t left_out = 60;  // while the stream is being probed
constexpr std::size_t measured = 900;

// Red, green, blue, cyan, magenta, yellow: which of blue, green and red shine.
constexpr std::array<std::array<bool, 3>, 6> colours{{{false, false, true},
                                                      {false, true, false},
                                                      {true, false, false},
                                                      {true, true, false},
                                                      {true, false, true},
                                                      {false, true, true}}};

// A film that goes through the colours, a picture each, as FLV: its demuxer waits for nothing behind a picture.
std::string film() {
    const auto any = [](const char* of) { return fmt::format("255*gt(ld(0),-1)*({})", of); };
    const std::string graph =
        fmt::format("nullsrc=s=64x36:r=30,geq=r='st(0,mod(N,6));{}':g='st(0,mod(N,6));{}':b='st(0,mod(N,6));{}'",
                    any("eq(ld(0),0)+eq(ld(0),4)+eq(ld(0),5)"), any("eq(ld(0),1)+eq(ld(0),3)+eq(ld(0),5)"),
                    any("eq(ld(0),2)+eq(ld(0),3)+eq(ld(0),4)"));
    const std::string command =
        fmt::format("ffmpeg -nostdin -loglevel error -f lavfi -i \"{}\" -frames:v {} -c:v flv1 -g 1 -q:v 2 -f flv -",
                    graph, left_out + measured + 30);
    const std::unique_ptr<FILE, int (*)(FILE*)> pipe(::popen(command.c_str(), "r"), ::pclose);
    std::string bytes;
    std::array<char, 65536> some{};
    while (const auto n = std::fread(some.data(), 1, some.size(), pipe.get())) bytes.append(some.data(), n);
    if (bytes.size() < 1000) throw std::runtime_error("ffmpeg made no film");
    return bytes;
}

// Its parts: the header, then a tag each (what a stream sends at once).
std::vector<std::string> parts_of(const std::string& flv) {
    const auto byte = [&](std::size_t i) { return static_cast<std::size_t>(static_cast<unsigned char>(flv[i])); };
    std::vector<std::string> parts{flv.substr(0, 13)};
    for (std::size_t at = 13; at + 15 < flv.size();) {
        const std::size_t size = (byte(at + 1) << 16U) + (byte(at + 2) << 8U) + byte(at + 3) + 15;
        parts.push_back(flv.substr(at, size));
        at += size;
    }
    return parts;
}
bool is_picture(const std::string& part) { return part.front() == 9; }

// Sends the film, a picture every picture_time, to whoever connects first.
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
        if (!peer) return;
        auto due = monotonic_now();
        for (const auto& part : parts_) {
            if (stop.stop_requested()) return;
            if (is_picture(part)) {
                std::this_thread::sleep_until(std::chrono::steady_clock::time_point(due.since_boot));
                due = due + picture_time;
            }
            if (!send_all(peer.get(), part)) return;
            if (!is_picture(part)) continue;
            const std::lock_guard lock(mutex_);
            sent_.push_back(monotonic_now());
        }
    }

    const std::vector<std::string> parts_ = parts_of(film());
    Fd socket_;
    int port_ = 0;
    mutable std::mutex mutex_;  // guards sent_
    std::vector<MonotonicTime> sent_;
    std::jthread thread_;  // last
};

std::size_t colour_of(const SeenFrame& frame) {
    const std::array<bool, 3> shines{frame.middle[0] > 128, frame.middle[1] > 128, frame.middle[2] > 128};
    return static_cast<std::size_t>(std::find(colours.begin(), colours.end(), shines) - colours.begin());
}

}  // namespace

void arrivals() {
    const Sender sender;
    const RealShow show(shared_show(
        fmt::format("[[source]]\nname = \"cam\"\nurl = \"tcp://127.0.0.1:{}\"\nformat = \"flv\"\n", sender.port()),
        "320x180", face_rate, "off"));
    const FaceReader north(show, "north");
    if (!eventually([&] { return live(show, "cam"); })) throw std::runtime_error("the stream is not live");
    if (!eventually([&] { return sender.sent().size() > left_out + measured + 10; }, std::chrono::seconds(60)))
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
