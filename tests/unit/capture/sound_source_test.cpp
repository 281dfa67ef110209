// Sound beside pictures: decoded, in step, from files, patterns and streams.
#include <algorithm>
#include <catch2/catch.hpp>
#include <chrono>
#include <cmath>
#include <fstream>
#include <string>
#include <vector>

#include "tests/unit/capture/fixtures.hpp"
#include "tests/unit/capture/watched_source.hpp"

using namespace tribune;
using namespace tribune::test;

namespace {

// A white picture and a tone at each full second, for 80 ms. Commas stand in quotes, or behind a backslash.
const std::string flash =
    "color=black:s=160x90:r=25,drawbox=c=white:t=fill:w=160:h=90:enable='lt(mod(t\\,1)\\,0.079)',format=yuv420p";
const std::string beep = "aevalsrc='if(lt(mod(t\\,1)\\,0.08)\\,0.5*sin(2*PI*1000*t)\\,0)':s=48000";

std::vector<std::string> flash_and_beep(const std::string& seconds) {
    return {"-f", "lavfi", "-i", flash + ",trim=duration=" + seconds,
            "-f", "lavfi", "-i", beep + ",atrim=duration=" + seconds};
}

bool white(const VideoFrame& frame) {
    return frame.planes[0].data[static_cast<std::ptrdiff_t>(frame.size.height / 2) * frame.planes[0].stride + 80] > 128;
}

// Presentation times at which something begins.
struct Beginnings {
    std::vector<Nanoseconds> flashes;
    std::vector<Nanoseconds> beeps;
};

Beginnings watch(WatchedSource& watched, std::size_t wanted) {
    Beginnings seen;
    bool was_white = true;
    Nanoseconds before{-10s};
    Nanoseconds last_loud{-10s};
    while (seen.flashes.size() < wanted || seen.beeps.size() < wanted) {
        const auto frame = watched.next();
        REQUIRE(frame);
        // Where a late picture was skipped the flash may have begun with it.
        const bool follows = frame->presentation - before < 60ms;
        if (white(*frame) && !was_white && follows) seen.flashes.push_back(frame->presentation);
        was_white = white(*frame);
        before = frame->presentation;
        while (const auto block = watched.next_sound(1ms)) {
            for (std::size_t i = 0; i < block->samples.size(); ++i) {
                if (std::abs(block->samples[i].left) < 0.1F) continue;
                const auto at = block->presentation + sound_length(static_cast<std::int64_t>(i));
                if (at - last_loud > 300ms) seen.beeps.push_back(at);
                last_loud = at;
            }
        }
    }
    return seen;
}

// Beeps begin with their flashes, on the one clock of presentation times.
void require_in_step(const Beginnings& seen, Nanoseconds within) {
    int pairs = 0;
    for (const auto flash_at : seen.flashes) {
        for (const auto beep_at : seen.beeps) {
            if (std::chrono::abs(beep_at - flash_at) > 300ms) continue;
            INFO("flash at " << flash_at.count() / 1000 << " us, beep at " << beep_at.count() / 1000 << " us");
            REQUIRE(std::chrono::abs(beep_at - flash_at) < within);
            ++pairs;
        }
    }
    REQUIRE(pairs >= 2);
}

std::string clip() {
    return fixture("beep.mp4", joined(joined(flash_and_beep("2.4"), x264), {"-c:a", "aac", "-ac", "2", "-shortest"}));
}

}  // namespace

TEST_CASE("a pattern with sound: both on one clock") {
    WatchedSource watched(source("lavfi:" + flash + "[out0];" + beep + "[out1]"));
    require_in_step(watch(watched, 3), 2ms);
    const auto health = watched.wait_health([](const SourceHealth& h) { return !h.sound.empty(); });
    REQUIRE(health);
    REQUIRE(watched.sound_clock());
}

TEST_CASE("a file with sound: in step, also round after round, and decoded before it is due") {
    WatchedSource watched(source(clip()));
    const auto seen = watch(watched, 6);
    // At the start of a round AAC, which has nothing before it to overlap with, fades in over some milliseconds.
    require_in_step(seen, 12ms);
    // Rounds follow each other without a gap in time: a beep each second, but where a round of 2.4 s ends.
    for (std::size_t i = 1; i < seen.beeps.size(); ++i) REQUIRE(seen.beeps[i] - seen.beeps[i - 1] <= 1015ms);
    const auto clock = watched.sound_clock();
    REQUIRE(clock);
    int early = 0;
    int blocks = 0;
    for (; blocks < 50; ++blocks) {
        const auto block = watched.next_sound();
        REQUIRE(block);
        if (block->arrived.since_boot < block->presentation + *watched.sound_clock()) ++early;
    }
    REQUIRE(early == blocks);
}

TEST_CASE("sound at another rate, in one channel, is as loud in both ears") {
    const auto path =
        fixture("mono.mkv",
                joined(pattern("160x90", "25", "2"),
                       {"-f", "lavfi", "-i", "sine=frequency=1000:sample_rate=44100:duration=2", "-filter:a",
                        "volume=18dB", "-c:v", "libx264", "-preset", "ultrafast", "-c:a", "pcm_s16le", "-ac", "1"}));
    WatchedSource watched(source(path));
    double loudest = 0;
    std::size_t samples = 0;
    while (samples < 48000) {
        const auto block = watched.next_sound();
        REQUIRE(block);
        samples += block->samples.size();
        for (const auto& s : block->samples) {
            REQUIRE(std::abs(s.left - s.right) < 1e-6F);
            loudest = std::max(loudest, static_cast<double>(std::abs(s.left)));
        }
    }
    // sine's own level is an eighth.
    REQUIRE(db_from_gain(loudest) == Approx(db_from_gain(0.125) + 18).margin(0.2));
}

TEST_CASE("a source without sound has none, nor one whose sound is not wanted") {
    WatchedSource silent(source("lavfi:testsrc2=size=160x90:rate=25"));
    REQUIRE(silent.wait_state(SourceState::live));
    REQUIRE_FALSE(silent.has_sound());
    auto config = source(clip());
    config.sound = false;
    WatchedSource unwanted(config);
    const auto health = unwanted.wait_state(SourceState::live);
    REQUIRE(health);
    REQUIRE(health->sound.empty());
    REQUIRE_FALSE(unwanted.has_sound());
}

TEST_CASE("sound that cannot be decoded costs the sound, not the picture") {
    // The codec's name in the file is one that nobody knows.
    auto path = fixture("odd.avi", joined(joined(flash_and_beep("2"), x264), {"-c:a", "pcm_s16le"}));
    WatchedSource watched(source(written("odd-sound.avi", [&] {
        std::ifstream in(path, std::ios::binary);
        std::string bytes{std::istreambuf_iterator<char>(in), {}};
        const auto at = bytes.find("auds");
        const auto format = bytes.find("strf", at);
        REQUIRE(format != std::string::npos);
        bytes[format + 8] = '\x77';
        bytes[format + 9] = '\x66';
        return bytes;
    }())));
    REQUIRE(watched.wait_state(SourceState::live));
    for (int i = 0; i < 10; ++i) REQUIRE(watched.next());
    REQUIRE_FALSE(watched.has_sound());
}

TEST_CASE("a live stream: pictures wait for sound that comes in pieces, so that both are there in time") {
    const auto port = std::to_string(free_port(SOCK_DGRAM));
    WatchedSource watched(source("udp://127.0.0.1:" + port, true));
    Child sender(ffmpeg(joined(
        joined({"-re", "-f", "lavfi", "-i", flash, "-re", "-f", "lavfi", "-i", beep}, x264_live),
        {"-c:a", "aac", "-b:a", "128k", "-ac", "2", "-f", "mpegts", "udp://127.0.0.1:" + port + "?pkt_size=1316"})));
    require_in_step(watch(watched, 4), 5ms);
    // Each picture is published at its time by the clock, when the sound of that time has come.
    int on_time = 0;
    for (int i = 0; i < 50; ++i) {
        const auto frame = watched.next();
        REQUIRE(frame);
        const auto clock = watched.sound_clock();
        REQUIRE(clock);
        const auto off = frame->arrived.since_boot - (frame->presentation + *clock);
        if (std::chrono::abs(off) < 15ms) ++on_time;
    }
    REQUIRE(on_time >= 45);
    int in_time = 0;
    int blocks = 0;
    for (; blocks < 40; ++blocks) {
        const auto block = watched.next_sound();
        REQUIRE(block);
        if (block->arrived.since_boot < block->presentation + *watched.sound_clock()) ++in_time;
    }
    REQUIRE(in_time >= blocks - 1);
}
