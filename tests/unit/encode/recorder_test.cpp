#include "encode/recorder.hpp"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <catch2/catch.hpp>
#include <chrono>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "unit/encode/probe.hpp"

using namespace tribune;
using std::chrono::milliseconds;

namespace {

constexpr Size size{160, 90};

// A face and a mixer that run by a clock of the test's.
struct Stage {
    Stage()
        : folder(std::filesystem::temp_directory_path() / fmt::format("tribune-recorder-{}", ::getpid())),
          layout(lay_out_planes(PixelFormat::bgra, size)) {
        std::filesystem::create_directories(folder);
        options.path = (folder / "film.mkv").string();
        options.frames = 25;
        auto made = FrameRingWriter::create({.slots = 6, .slot_bytes = layout.bytes});
        REQUIRE(made);
        frames = std::make_unique<FrameRingWriter>(*std::move(made));
        auto ring = SoundRingWriter::create(1);
        REQUIRE(ring);
        sound = std::make_unique<SoundRingWriter>(*std::move(ring));
        recorder = std::make_unique<Recorder>(options);
        REQUIRE(recorder->take_frames(frames->fd()));
        REQUIRE(recorder->take_sound(sound->fd()));
    }
    ~Stage() { std::filesystem::remove_all(folder); }

    void picture(std::uint8_t grey) {
        const auto slot = frames->acquire();
        REQUIRE(slot);
        std::fill(slot->memory().begin(), slot->memory().end(), grey);
        FrameDescription frame;
        frame.format = PixelFormat::bgra;
        frame.range = ColourRange::full;
        frame.size = size;
        frame.planes = layout.planes;
        frame.arrived = now;
        REQUIRE(frames->publish(*slot, frame));
    }
    void tone() {
        std::array<StereoSample, 480> block{};
        for (auto& s : block) s = {0.5F, 0.5F};
        sound->publish(now.since_boot, now, block);
    }
    void step(Nanoseconds by) {
        now = now + by;
        REQUIRE(recorder->write(now));
    }

    std::filesystem::path folder;
    FilmFileOptions options;
    PlaneLayout layout;
    std::unique_ptr<FrameRingWriter> frames;
    std::unique_ptr<SoundRingWriter> sound;
    std::unique_ptr<Recorder> recorder;
    MonotonicTime now{std::chrono::hours(7)};
};

}  // namespace

TEST_CASE("a picture that stands still is written on, and sound that does not come is silence") {
    Stage stage;
    stage.step(milliseconds(10));
    CHECK_FALSE(stage.recorder->begun());  // no picture yet
    stage.picture(40);
    for (int i = 0; i < 200; ++i) stage.step(milliseconds(10));  // two seconds without anything new
    for (int i = 0; i < 100; ++i) {
        if (i % 4 == 0) stage.picture(static_cast<std::uint8_t>(i));
        stage.tone();
        stage.step(milliseconds(10));
    }
    CHECK(stage.recorder->dropped() == 0);
    CHECK(stage.recorder->seconds() == Approx(3).margin(0.05));
    REQUIRE(stage.recorder->finish());
    CHECK(test::complaints(stage.options.path).empty());
    const auto seen = test::played(stage.options.path);
    CHECK(seen.frames == Approx(75).margin(1));
    CHECK(seen.sound_end == Approx(3).margin(0.1));
    // Silence for two seconds, then the tone: where it begins is where it was heard.
    const auto said = test::output_of(
        fmt::format("ffmpeg -nostdin -i '{}' -vn -af silencedetect=n=-40dB:d=0.5 -f null - 2>&1", stage.options.path));
    const auto at = said.find("silence_end: ");
    REQUIRE(at != std::string::npos);
    CHECK(std::stod(said.substr(at + 13)) == Approx(2.0).margin(0.03));
}

TEST_CASE("an encoder that was held up leaves frames out and goes on in time") {
    Stage stage;
    stage.picture(40);
    for (int i = 0; i < 50; ++i) stage.step(milliseconds(10));
    stage.step(milliseconds(1000));
    CHECK(stage.recorder->dropped() >= 20);
    for (int i = 0; i < 50; ++i) stage.step(milliseconds(10));
    REQUIRE(stage.recorder->finish());
    CHECK(test::complaints(stage.options.path).empty());
    CHECK(test::played(stage.options.path).video_end == Approx(2).margin(0.1));
}

TEST_CASE("pictures of another size want another file") {
    Stage stage;
    stage.picture(40);
    stage.step(milliseconds(10));
    const Size other{80, 60};
    const auto layout = lay_out_planes(PixelFormat::bgra, other);
    auto ring = FrameRingWriter::create({.slots = 4, .slot_bytes = layout.bytes, .generation = 2});
    REQUIRE(ring);
    FrameDescription frame;
    frame.format = PixelFormat::bgra;
    frame.size = other;
    frame.planes = layout.planes;
    REQUIRE(ring->publish(*ring->acquire(), frame));
    REQUIRE(stage.recorder->take_frames(ring->fd()));
    CHECK(stage.recorder->write(stage.now).error().code == "other_size");
}
