#include "capture/health_meter.hpp"

#include <catch2/catch.hpp>

using namespace tribune;
using namespace std::chrono_literals;

namespace {
MonotonicTime at(Nanoseconds t) { return {100s + t}; }
}  // namespace

TEST_CASE("a source is live from its first frame and stalled by its frame's age") {
    HealthMeter meter(SourceName("cam"));
    REQUIRE(meter.health().state == SourceState::connecting);
    meter.opened({{640, 360}, 25, "h264", ""}, at(0s));
    REQUIRE(meter.health().state == SourceState::connecting);
    for (int i = 1; i <= 25; ++i) meter.frame({640, 360}, at(i * 40ms));
    REQUIRE(meter.health().state == SourceState::live);
    REQUIRE(meter.health().reason.empty());
    REQUIRE(meter.stall_limit() == 500ms);
    meter.check_age(at(1s + 500ms));
    REQUIRE(meter.health().state == SourceState::live);
    meter.check_age(at(1s + 501ms));
    REQUIRE(meter.health().state == SourceState::stalled);
    REQUIRE(meter.health().code == "stalled");
    meter.frame({640, 360}, at(2s));
    REQUIRE(meter.health().state == SourceState::live);
    REQUIRE(meter.health().frames == 26);
}

TEST_CASE("a slow camera is not stalled at its own pace") {
    HealthMeter meter(SourceName("cam"));
    meter.opened({{640, 360}, 1, "mjpeg", ""}, at(0s));
    for (int i = 1; i <= 5; ++i) meter.frame({640, 360}, at(i * 1s));
    REQUIRE(meter.stall_limit() == 3s);
    meter.check_age(at(7s));
    REQUIRE(meter.health().state == SourceState::live);
    meter.check_age(at(9s));
    REQUIRE(meter.health().state == SourceState::stalled);
}

TEST_CASE("health goes out on each change and once a second") {
    HealthMeter meter(SourceName("cam"));
    REQUIRE(meter.to_publish(at(0s)) != nullptr);
    REQUIRE(meter.to_publish(at(1ms)) == nullptr);
    REQUIRE(meter.to_publish(at(1s)) != nullptr);
    meter.opened({{640, 360}, 25, "h264", ""}, at(1100ms));
    REQUIRE(meter.to_publish(at(1101ms)) != nullptr);
    meter.frame({640, 360}, at(1200ms));
    REQUIRE(meter.to_publish(at(1201ms)) != nullptr);
    meter.frame({640, 360}, at(1240ms));
    REQUIRE(meter.to_publish(at(1241ms)) == nullptr);
    meter.frame({1280, 720}, at(1280ms));
    REQUIRE(meter.to_publish(at(1281ms))->size == Size{1280, 720});
    REQUIRE(meter.to_publish(at(2290ms))->frames_per_second == 0);
}

TEST_CASE("what is wrong stays said while it is tried again, and tries are counted") {
    HealthMeter meter(SourceName("cam"));
    meter.connecting();
    meter.failed({"connection_refused", "Nobody answers."}, false);
    meter.connecting();
    REQUIRE(meter.health().state == SourceState::lost);
    REQUIRE(meter.health().reason == "Nobody answers.");
    REQUIRE(meter.health().reconnects == 0);  // never connected yet
    meter.opened({{640, 360}, 25, "h264", ""}, at(0s));
    meter.frame({640, 360}, at(1s));
    meter.failed({"stream_ended", "Ended."}, false);
    meter.connecting();
    REQUIRE(meter.health().reconnects == 1);
    REQUIRE(meter.health().code == "stream_ended");
}
