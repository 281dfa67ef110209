#include <catch2/catch.hpp>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <sstream>
#include <string>
#include <vector>

#include "tests/unit/capture/fixtures.hpp"
#include "tests/unit/capture/watched_source.hpp"

using namespace tribune;
using namespace tribune::test;

namespace {

std::string clip() { return fixture("clip.mp4", joined(joined(pattern("320x180", "25", "2"), x264), {"-bf", "2"})); }

std::string bytes_of(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

void require_refused(const SourceConfig& config, const std::string& code) {
    WatchedSource watched(config);
    const auto health = watched.wait_health([](const SourceHealth& h) { return !h.code.empty(); });
    REQUIRE(health);
    INFO(health->reason);
    REQUIRE(health->code == code);
    REQUIRE_FALSE(health->reason.empty());
    REQUIRE(health->frames == 0);
}

}  // namespace

TEST_CASE("a file loops without a gap in numbers, presentation times or real time") {
    WatchedSource watched(source(clip()), {.pacing = Pacing::as_fast_as_consumed});
    std::uint64_t sequence = 0;
    Nanoseconds presentation{-40ms};
    for (int i = 0; i < 170; ++i) {  // more than three rounds of 50
        const auto frame = watched.next();
        REQUIRE(frame);
        REQUIRE(frame->sequence == ++sequence);
        REQUIRE(frame->presentation - presentation == 40ms);
        presentation = frame->presentation;
        REQUIRE(frame->size == Size{320, 180});
        REQUIRE(frame->format == PixelFormat::i420);
    }
    REQUIRE(watched.generation() == 1);
}

TEST_CASE("the pictures of each round are the same, frame by frame") {
    WatchedSource watched(source(clip()), {.pacing = Pacing::as_fast_as_consumed});
    const auto sum_of = [](const VideoFrame& f) {
        std::uint64_t sum = 0;
        for (int y = 0; y < f.size.height; ++y) {
            for (int x = 0; x < f.size.width; ++x) {
                sum = sum * 31 + f.planes[0].data[static_cast<std::ptrdiff_t>(y) * f.planes[0].stride + x];
            }
        }
        return sum;
    };
    std::vector<std::uint64_t> sums;
    for (int i = 0; i < 100; ++i) {
        const auto frame = watched.next();
        REQUIRE(frame);
        sums.push_back(sum_of(*frame));
    }
    for (std::size_t i = 0; i < 50; ++i) REQUIRE(sums[i] == sums[i + 50]);
    REQUIRE(sums[0] != sums[25]);
}

TEST_CASE("a paced file plays at its own rate, over its end too") {
    WatchedSource watched(source(clip()));
    const auto first = watched.next();
    REQUIRE(first);
    auto last = first;
    while (last->presentation - first->presentation < 3s) {
        last = watched.next();
        REQUIRE(last);
    }
    // The pace is anchored, so over three seconds it can be late by one wake-up and early never.
    const auto real = last->arrived - first->arrived;
    const auto played = last->presentation - first->presentation;
    REQUIRE(real > played - 60ms);
    const auto health = watched.wait_health([](const SourceHealth& h) { return h.frames >= 60; });
    REQUIRE(health);
    REQUIRE(health->state == SourceState::live);
    REQUIRE(health->codec == "h264");
    REQUIRE(health->wanted_frames_per_second == 25);
    REQUIRE(health->corrupt == 0);
}

TEST_CASE("a file that does not loop keeps its last picture alive") {
    auto config = source(fixture("short.mp4", joined(pattern("320x180", "25", "0.2"), x264)));
    config.loop = false;
    WatchedSource watched(config);
    std::shared_ptr<const VideoFrame> frame;
    for (int i = 0; i < 7; ++i) {
        auto next = watched.next();
        REQUIRE(next);
        if (frame) REQUIRE(next->presentation >= frame->presentation);
        frame = next;
    }
    REQUIRE(frame->presentation == 160ms);
    REQUIRE(watched.wait_state(SourceState::live));
}

TEST_CASE("a pattern is played in real time") {
    WatchedSource watched(source("lavfi:testsrc2=size=320x180:rate=50"));
    const auto first = watched.next();
    REQUIRE(first);
    auto last = first;
    while (last->presentation - first->presentation < 1s) REQUIRE((last = watched.next()));
    REQUIRE(last->arrived - first->arrived > 900ms);
}

TEST_CASE("a still is published at once, and again each second, with its alpha") {
    const auto opaque = fixture(
        "still.png", joined(pattern("322x180", "1", "1"), {"-vf", "format=rgb24,crop=321:179", "-frames:v", "1"}));
    WatchedSource watched(source(opaque));
    const auto first = watched.next();
    REQUIRE(first);
    REQUIRE(first->size == Size{321, 179});
    REQUIRE(first->format == PixelFormat::i420);
    const auto second = watched.next();
    REQUIRE(second);
    REQUIRE(second->sequence == 2);
    REQUIRE(second->stays);  // known soon: no slate comes over it
    const auto third = watched.next();
    REQUIRE(third);
    REQUIRE(third->stays);
    REQUIRE(third->arrived - second->arrived > 900ms);

    const auto clear =
        fixture("clear.png", {"-f", "lavfi", "-i", "color=red@0.5:s=64x64,format=rgba", "-frames:v", "1"});
    WatchedSource translucent(source(clear));
    const auto frame = translucent.next();
    REQUIRE(frame);
    REQUIRE(frame->format == PixelFormat::bgra);
    REQUIRE(std::abs(frame->planes[0].data[3] - 127) <= 1);
    REQUIRE(frame->planes[0].data[2] > 240);
    REQUIRE(frame->planes[0].data[0] < 10);
}

TEST_CASE("known colours come out as they are tagged") {
    const auto path =
        fixture("red.mp4", {"-f", "lavfi", "-i", "color=red:s=320x180:r=25:d=1", "-vf",
                            "scale=out_color_matrix=bt709:out_range=tv", "-colorspace", "bt709", "-color_range", "tv",
                            "-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p"});
    WatchedSource watched(source(path));
    const auto frame = watched.next();
    REQUIRE(frame);
    REQUIRE(frame->matrix == ColourMatrix::bt709);
    REQUIRE(frame->range == ColourRange::limited);
    REQUIRE(std::abs(frame->planes[0].data[0] - 63) <= 2);
    REQUIRE(std::abs(frame->planes[1].data[0] - 102) <= 2);
    REQUIRE(std::abs(frame->planes[2].data[0] - 240) <= 2);
}

TEST_CASE("ten-bit pictures are converted, without a shift of brightness") {
    const auto path =
        fixture("ten.mkv", {"-f", "lavfi", "-i", "color=gray:s=320x180:r=25:d=1,format=yuv422p10le", "-c:v", "ffv1"});
    WatchedSource watched(source(path));
    const auto frame = watched.next();
    REQUIRE(frame);
    REQUIRE(frame->format == PixelFormat::i420);
    REQUIRE(std::abs(frame->planes[0].data[5000 % frame->size.width] - 126) <= 1);
    REQUIRE(std::abs(frame->planes[1].data[0] - 128) <= 1);
}

TEST_CASE("rotation and pixel shape are told") {
    const auto upright = clip();
    const auto path = fixture("turned.mp4", {"-i", upright, "-c", "copy", "-metadata:s:v:0", "rotate=90"});
    WatchedSource watched(source(path));
    const auto frame = watched.next();
    REQUIRE(frame);
    REQUIRE(frame->rotation == 270);  // ffmpeg's own players turn this file a quarter to the left
    const auto wide = fixture("wide.mp4", joined(joined(pattern("320x180", "25", "1"), {"-vf", "setsar=4/3"}), x264));
    WatchedSource stretched(source(wide));
    const auto other = stretched.next();
    REQUIRE(other);
    REQUIRE(other->pixel_aspect == Approx(4.0 / 3));
}

TEST_CASE("a change of size in the stream gives both sizes, in a new ring when it does not fit") {
    const auto small = fixture("small.ts", joined(joined(pattern("320x180", "25", "1"), x264), {"-f", "mpegts"}));
    const auto large = fixture("large.ts", joined(joined(pattern("640x360", "25", "1"), x264), {"-f", "mpegts"}));
    const auto both = written("both.ts", bytes_of(small) + bytes_of(large));
    WatchedSource watched(source(both), {.pacing = Pacing::as_fast_as_consumed});
    int small_frames = 0;
    int large_frames = 0;
    std::uint64_t sequence = 0;
    while (small_frames < 40 || large_frames < 40) {
        const auto frame = watched.next();
        REQUIRE(frame);
        REQUIRE(frame->sequence == ++sequence);
        if (frame->size == Size{320, 180}) ++small_frames;
        if (frame->size == Size{640, 360}) ++large_frames;
    }
    REQUIRE(small_frames + large_frames == static_cast<int>(sequence));
    REQUIRE(watched.generation() == 2);
}

TEST_CASE("damaged pictures are counted and the rest is shown") {
    auto bytes = bytes_of(fixture("small.ts", joined(joined(pattern("320x180", "25", "1"), x264), {"-f", "mpegts"})));
    for (std::size_t i = 5000; i < bytes.size(); i += 997) bytes[i] = static_cast<char>(~bytes[i]);
    WatchedSource watched(source(written("damaged.ts", bytes)));
    REQUIRE(watched.next());
    const auto health = watched.wait_health([](const SourceHealth& h) { return h.corrupt > 0; });
    REQUIRE(health);
    REQUIRE(health->frames > 0);
}

TEST_CASE("a file cut off in the middle plays what there is, and starts again") {
    const auto whole =
        bytes_of(fixture("long.ts", joined(joined(pattern("320x180", "25", "3"), x264), {"-f", "mpegts"})));
    WatchedSource watched(source(written("cut.ts", whole.substr(0, whole.size() / 2))),
                          {.pacing = Pacing::as_fast_as_consumed});
    for (std::uint64_t i = 1; i <= 120; ++i) {
        const auto frame = watched.next();
        REQUIRE(frame);
        REQUIRE(frame->sequence == i);
    }
}

TEST_CASE("what cannot be shown is refused with its reason") {
    require_refused(source("/nowhere/at all.mp4"), "no_such_file");
    require_refused(source(written("empty.mp4", "")), "empty_file");
    require_refused(source(written("page.mp4", "<!DOCTYPE html><html><body>Please log in</body></html>")), "web_page");
    require_refused(source(written("text.mp4", "once upon a time there was a video, but not here\n")), "text_file");
    require_refused(source(written("noise.mp4", std::string(5000, '\x13'))), "not_media");
    require_refused(source(written("headless.mp4", bytes_of(clip()).substr(0, 3000))), "not_media");
    require_refused(source(fixture("tone.wav", {"-f", "lavfi", "-i", "sine=duration=1"})), "no_video");
    require_refused(source("gopher://127.0.0.1/x"), "refused_protocol");
    require_refused(source("lavfi:nosuchfilter=1"), "bad_options");
    require_refused(source(written("list.ffconcat", "ffconcat version 1.0\nfile '/etc/hostname'\n")), "text_file");
    require_refused(source(TRIBUNE_FIXTURES), "is_folder");
}

TEST_CASE("a picture that claims to be enormous is refused before it takes memory") {
    auto bytes = bytes_of(fixture(
        "still.png", joined(pattern("322x180", "1", "1"), {"-vf", "format=rgb24,crop=321:179", "-frames:v", "1"})));
    // Width and height in a PNG's first chunk, and that chunk's checksum: FFmpeg does not insist on it.
    const auto put = [&bytes](std::size_t at, std::uint32_t value) {
        for (std::size_t i = 0; i < 4; ++i) bytes[at + i] = static_cast<char>(value >> (24 - 8 * i));
    };
    put(16, 100'000);
    put(20, 100'000);
    require_refused(source(written("enormous.png", bytes)), "too_large");
    put(16, 15'000);
    put(20, 15'000);
    require_refused(source(written("large.png", bytes)), "too_large");
    put(16, 16'000);
    put(20, 1);
    WatchedSource strip(source(written("strip.png", bytes)));
    REQUIRE(strip.wait_health([](const SourceHealth& h) { return h.frames > 0 || !h.code.empty(); }));

    const auto clip_of_limit = clip();
    WatchedSource limited(source(clip_of_limit), {.most_pixels = 10'000});
    const auto health = limited.wait_state(SourceState::refused);
    REQUIRE(health);
    REQUIRE(health->code == "too_large");
}

TEST_CASE("a stop is obeyed at once, whatever the source is doing") {
    for (const auto& url : {clip(), std::string("/nowhere.mp4"), std::string("lavfi:testsrc2=rate=1/5"),
                            std::string("udp://127.0.0.1:") + std::to_string(free_port(SOCK_DGRAM))}) {
        const auto before = monotonic_now();
        {
            WatchedSource watched(source(url));
            REQUIRE(watched.wait_health([](const SourceHealth&) { return true; }));
        }
        REQUIRE(monotonic_now() - before < 5s);
    }
}

TEST_CASE("sources that come and go leave no descriptor behind") {
    const auto open_descriptors = [] {
        const std::filesystem::directory_iterator all("/proc/self/fd");
        return std::distance(begin(all), end(all));
    };
    const auto before = open_descriptors();
    for (int i = 0; i < 10; ++i) {
        for (const auto& url : {clip(), std::string("/nowhere.mp4"), written("page.mp4", "<html></html>"),
                                std::string("lavfi:testsrc2=size=64x64")}) {
            WatchedSource watched(source(url));
            REQUIRE(watched.wait_health([](const SourceHealth& h) { return h.frames > 0 || !h.code.empty(); }));
        }
    }
    REQUIRE(open_descriptors() == before);
}
