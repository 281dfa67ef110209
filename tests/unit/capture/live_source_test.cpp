// Senders on loopback that come late, stall with the socket open, are killed, and come back.
#include <catch2/catch.hpp>

#include <memory>
#include <string>
#include <vector>

#include "tests/unit/capture/fixtures.hpp"
#include "tests/unit/capture/rtsp_camera.hpp"
#include "tests/unit/capture/watched_source.hpp"

using namespace tribune;
using namespace tribune::test;

namespace {

// An ffmpeg process that sends a moving pattern in real time.
std::unique_ptr<Child> sender(const std::vector<std::string>& output) {
    return std::make_unique<Child>(
        ffmpeg(joined(joined({"-re"}, joined(pattern("320x180", "25", "3600"), x264_live)), output)));
}

// What every live source must do. `start` makes a sender, anything with signal().
template <class Start>
void play_stall_cut_return(const std::string& url, Start start) {
    WatchedSource watched(source(url, true));
    REQUIRE(watched.wait_health([](const SourceHealth& h) { return h.state != SourceState::live; }));
    auto camera = start();
    REQUIRE(watched.wait_state(SourceState::live));
    std::uint64_t sequence = 0;
    std::shared_ptr<const VideoFrame> frame;
    for (int i = 0; i < 25; ++i) {
        frame = watched.next();
        REQUIRE(frame);
        REQUIRE(frame->size == Size{320, 180});
        REQUIRE(frame->sequence > sequence);
        sequence = frame->sequence;
    }

    camera->signal(SIGSTOP);
    const auto stalled = watched.wait_state(SourceState::stalled);
    REQUIRE(stalled);
    REQUIRE(stalled->code == "stalled");
    camera->signal(SIGCONT);
    REQUIRE(watched.wait_state(SourceState::live));

    camera.reset();
    REQUIRE(watched.wait_health([](const SourceHealth& h) { return h.state != SourceState::live; }));
    camera = start();
    REQUIRE(watched.wait_state(SourceState::live));
    while (frame->sequence <= sequence + 25) REQUIRE((frame = watched.next()));
}

}  // namespace

TEST_CASE("MPEG-TS over UDP") {
    const auto port = std::to_string(free_port(SOCK_DGRAM));
    play_stall_cut_return("udp://127.0.0.1:" + port, [&] {
        return sender({"-f", "mpegts", "udp://127.0.0.1:" + port + "?pkt_size=1316"});
    });
}

TEST_CASE("SRT") {
    const auto port = std::to_string(free_port(SOCK_DGRAM));
    play_stall_cut_return("srt://127.0.0.1:" + port + "?latency=20000", [&] {
        return sender({"-f", "mpegts", "srt://127.0.0.1:" + port + "?mode=listener&latency=20000"});
    });
}

TEST_CASE("RTMP") {
    const auto port = std::to_string(free_port());
    play_stall_cut_return("rtmp://127.0.0.1:" + port + "/live/stage", [&] {
        return sender({"-f", "flv", "-listen", "1", "rtmp://127.0.0.1:" + port + "/live/stage"});
    });
}

TEST_CASE("RTSP") {
    const int port = free_port();
    play_stall_cut_return("rtsp://127.0.0.1:" + std::to_string(port) + "/camera",
                          [&] { return std::make_unique<RtspCamera>(port); });
}

TEST_CASE("MPEG-TS over HTTP, live") {
    const auto port = std::to_string(free_port());
    play_stall_cut_return("http://127.0.0.1:" + port + "/stage.ts", [&] {
        return sender(
            {"-f", "mpegts", "-listen", "1", "-content_type", "video/mp2t", "http://127.0.0.1:" + port + "/stage.ts"});
    });
}

TEST_CASE("an address where nobody answers is said so, and tried again more and more slowly") {
    WatchedSource watched(source("tcp://127.0.0.1:" + std::to_string(free_port()), true));
    const auto health = watched.wait_state(SourceState::lost);
    REQUIRE(health);
    REQUIRE(health->code == "connection_refused");
    REQUIRE(health->reconnects == 0);
}
