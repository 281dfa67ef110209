// A camera on this machine: its pictures, being unplugged and plugged in again, being used by another program.
#include <catch2/catch.hpp>
#include <cerrno>
#include <cmath>

#include "support/v4l2_shim/v4l2_shim.hpp"
#include "tests/unit/capture/watched_source.hpp"

using namespace tribune;
using namespace tribune::test;

namespace {

constexpr Size size{640, 360};

SourceConfig camera(double frames_per_second = 50) {
    auto config = source(v4l2_shim_path, true);
    config.size = size;
    config.frames_per_second = frames_per_second;
    return config;
}

// The device works again for the next test, whatever happens in this one.
struct Working {
    Working() { v4l2_shim_fail(0, 0); }
    Working(const Working&) = delete;
    Working& operator=(const Working&) = delete;
    ~Working() { v4l2_shim_fail(0, 0); }
};

// Where the bar stands, in steps; the whole picture must be the device's.
int bar_of(const VideoFrame& frame) {
    REQUIRE(frame.size == size);
    REQUIRE(frame.format == PixelFormat::i420);
    REQUIRE(frame.range == ColourRange::limited);
    const auto& luma = frame.planes[0];
    int bar = 0;
    while (bar < size.width && luma.data[bar] != v4l2_shim_bright) ++bar;
    REQUIRE(bar % v4l2_shim_bar == 0);
    int wrong = 0;
    for (int y = 0; y < size.height; ++y) {
        const auto* row = luma.data + std::ptrdiff_t{y} * luma.stride;
        const auto ground = y < size.height / 2 ? v4l2_shim_upper : v4l2_shim_lower;
        for (int x = 0; x < size.width; ++x) {
            const bool bright = x >= bar && x < bar + v4l2_shim_bar;
            if (row[x] != (bright ? v4l2_shim_bright : ground)) ++wrong;
        }
    }
    REQUIRE(wrong == 0);
    REQUIRE(frame.planes[1].data[0] == v4l2_shim_cb);
    REQUIRE(frame.planes[2].data[0] == v4l2_shim_cr);
    return bar / v4l2_shim_bar;
}

bool is_live(const SourceHealth& h) { return h.state == SourceState::live; }

}  // namespace

TEST_CASE("a camera gives the pictures asked for, in size, rate and luma") {
    const Working working;
    WatchedSource watched(camera(50));
    auto before = watched.next();
    REQUIRE(before);
    int bar = bar_of(*before);
    for (int i = 0; i < 50; ++i) {
        const auto frame = watched.next();
        REQUIRE(frame);
        const int now = bar_of(*frame);
        // The bar tells how many frames lie between the two, and the stamps must say the same; a slow reader may have
        // missed some.
        const double passed = static_cast<double>((frame->presentation - before->presentation).count());
        const double frames = passed / 20e6;
        REQUIRE(frames > 0.5);
        REQUIRE(std::abs(frames - std::round(frames)) < 0.001);
        constexpr int steps = size.width / v4l2_shim_bar;
        REQUIRE((now - bar + steps) % steps == std::lround(frames) % steps);
        bar = now;
        before = frame;
    }
    const auto health = watched.wait_state(SourceState::live);
    REQUIRE(health);
    REQUIRE(health->size == size);
    REQUIRE(health->wanted_frames_per_second == 50);
    REQUIRE(health->codec == "rawvideo");
    REQUIRE(health->corrupt == 0);
    REQUIRE(health->reconnects == 0);
}

TEST_CASE("a camera of which nothing is asked gives its own size and rate") {
    const Working working;
    WatchedSource watched(source(v4l2_shim_path, true));
    const auto health = watched.wait_state(SourceState::live);
    REQUIRE(health);
    REQUIRE(health->size == Size{320, 240});
    REQUIRE(health->wanted_frames_per_second == 30);
}

// How the kernel tells it depends on whether the node stays while a program has it open.
TEST_CASE("an unplugged camera is said to be gone, tried more and more slowly, and comes back") {
    const Working working;
    const int at_open = GENERATE(ENODEV, ENOENT, ENXIO);
    WatchedSource watched(camera());
    REQUIRE(watched.next());
    REQUIRE(watched.wait_state(SourceState::live));

    const int opens = v4l2_shim_opens();
    const auto unplugged = monotonic_now();
    v4l2_shim_fail(at_open, ENODEV);
    const auto gone = watched.wait_health([](const SourceHealth& h) { return h.state == SourceState::lost; });
    REQUIRE(gone);
    REQUIRE(gone->code == "no_device");
    REQUIRE(gone->reason == "The device is gone: plug it in again.");

    // When the third attempt begins, two are over.
    const auto before = gone->reconnects;
    const auto tried = watched.wait_health([&](const SourceHealth& h) { return h.reconnects >= before + 3; });
    REQUIRE(tried);
    REQUIRE(tried->state == SourceState::lost);
    REQUIRE(tried->code == "no_device");
    const Nanoseconds first{v4l2_shim_opened_at(opens)};
    const Nanoseconds second{v4l2_shim_opened_at(opens + 1)};
    REQUIRE(first - unplugged.since_boot >= 250ms);
    REQUIRE(second - first >= 500ms);

    v4l2_shim_fail(0, 0);
    REQUIRE(watched.wait_health(is_live));
    const auto frame = watched.next();
    REQUIRE(frame);
    bar_of(*frame);
}

TEST_CASE("a camera that another program uses is said to be busy, and taken when it is free") {
    const Working working;
    // A driver says so when it is opened, or only when it is to stream.
    const bool when_opened = GENERATE(true, false);
    v4l2_shim_fail(when_opened ? EBUSY : 0, EBUSY);
    WatchedSource watched(camera());
    const auto busy = watched.wait_state(SourceState::lost);
    REQUIRE(busy);
    REQUIRE(busy->code == "device_busy");
    REQUIRE(busy->reason == "The device is in use: stop the other program that uses it.");
    v4l2_shim_fail(0, 0);
    REQUIRE(watched.wait_health(is_live));
}
