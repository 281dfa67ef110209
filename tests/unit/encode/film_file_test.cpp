#include "encode/film_file.hpp"

#include <unistd.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "unit/encode/probe.hpp"

using namespace tribune;
using test::complaints;
using test::played;

namespace {

constexpr Size size{161, 90};  // odd: one column less in the file

struct Folder {
    Folder() : path(std::filesystem::temp_directory_path() / fmt::format("tribune-film-{}", ::getpid())) {
        std::filesystem::create_directories(path);
    }
    ~Folder() { std::filesystem::remove_all(path); }
    std::filesystem::path path;
};

// A grey that rises with the frame, and a tone of 440 Hz.
class Film {
  public:
    explicit Film(FilmFileOptions options) : pixels_(static_cast<std::size_t>(size.width * size.height * 4)) {
        options.size = size;
        auto file = FilmFile::open(options);
        REQUIRE(file);
        file_ = *std::move(file);
        frames_a_second_ = options.frames;
    }
    Status second() {
        for (int i = 0; i < frames_a_second_; ++i) {
            std::fill(pixels_.begin(), pixels_.end(), static_cast<std::uint8_t>(60 + index_ * 3 % 120));
            VideoFrame frame;
            frame.format = PixelFormat::bgra;
            frame.size = size;
            frame.planes[0] = {pixels_.data(), size.width * 4};
            TRIBUNE_CHECK(file_->video(frame, index_++));
            std::vector<StereoSample> samples(static_cast<std::size_t>(sound_rate_hz / frames_a_second_));
            for (std::size_t s = 0; s < samples.size(); ++s) {
                const auto at = static_cast<double>(sample_ + static_cast<std::int64_t>(s)) / sound_rate_hz;
                samples[s].left = samples[s].right = static_cast<float>(0.5 * std::sin(at * 440 * 6.2831853));
            }
            TRIBUNE_CHECK(file_->sound(samples, sample_));
            sample_ += static_cast<std::int64_t>(samples.size());
        }
        return {};
    }
    Status finish() { return file_->finish(); }
    FilmFile& file() { return *file_; }

  private:
    std::vector<std::uint8_t> pixels_;
    std::unique_ptr<FilmFile> file_;
    int frames_a_second_ = 30;
    std::int64_t index_ = 0;
    std::int64_t sample_ = 0;
};

struct Kind {
    const char* codec;
    const char* container;
    const char* codecs;
};

}  // namespace

TEST_CASE("a film file plays whole, whatever its codec and container") {
    const Folder folder;
    const auto [codec, container, codecs] =
        GENERATE(Kind{"h264", "mkv", "h264 aac"}, Kind{"h264", "mp4", "h264 aac"}, Kind{"h265", "mkv", "hevc aac"},
                 Kind{"prores", "mkv", "prores pcm_s16le"}, Kind{"ffv1", "mkv", "ffv1 pcm_s16le"});
    FilmFileOptions options;
    options.path = (folder.path / "film").string() + "." + container;
    options.codec = codec;
    options.container = container;
    {
        Film film(options);
        for (int i = 0; i < 3; ++i) REQUIRE(film.second());
        CHECK(film.file().frames() == 90);
        REQUIRE(film.finish());
        CHECK(film.file().bytes() > 1000);
    }
    INFO(codec << " in " << container);
    CHECK(complaints(options.path).empty());
    const auto seen = played(options.path);
    CHECK(seen.codecs == codecs);
    CHECK(seen.frames == 90);
    CHECK(seen.video_end == Approx(89 / 30.0).margin(0.03));  // AAC begins a piece early, and all moves by it
    CHECK(seen.sound_end > 2.9);
}

TEST_CASE("a film file whose writer dies lacks less than a second") {
    const Folder folder;
    const auto [codec, container, codecs] =
        GENERATE(Kind{"h264", "mkv", "h264 aac"}, Kind{"h264", "mp4", "h264 aac"}, Kind{"h265", "mkv", "hevc aac"},
                 Kind{"ffv1", "mkv", "ffv1 pcm_s16le"});
    FilmFileOptions options;
    options.path = (folder.path / "film").string() + "." + container;
    options.codec = codec;
    options.container = container;
    const auto cut_off = (folder.path / "cut").string() + "." + container;
    Film film(options);
    for (int i = 0; i < 4; ++i) REQUIRE(film.second());
    std::filesystem::copy_file(options.path, cut_off);  // what the disk has when the process is killed now
    INFO(codec << " in " << container);
    CHECK(complaints(cut_off).empty());
    const auto seen = played(cut_off);
    CHECK(seen.video_end > 3.0);
    CHECK(seen.sound_end > 3.0);
}

TEST_CASE("what cannot be written says why") {
    FilmFileOptions options;
    options.size = size;
    options.path = "/proc/nowhere/film.mkv";
    auto file = FilmFile::open(options);
    REQUIRE_FALSE(file);
    CHECK(file.error().code == "bad_file");
    CHECK(file.error().message.find("choose another folder") != std::string::npos);
    options.codec = "wax";
    CHECK(FilmFile::open(options).error().code == "unknown_codec");

    SECTION("a full disk") {
        options.codec = "ffv1";
        options.path = "/dev/full";
        auto full = FilmFile::open(options);
        std::optional<Error> why;
        if (!full) why = full.error();
        std::vector<std::uint8_t> pixels(static_cast<std::size_t>(size.width * size.height * 4));
        VideoFrame frame;
        frame.format = PixelFormat::bgra;
        frame.size = size;
        frame.planes[0] = {pixels.data(), size.width * 4};
        for (int i = 0; i < 200 && !why; ++i)
            if (const auto written = (*full)->video(frame, i); !written) why = written.error();
        REQUIRE(why);
        CHECK(why->code == "bad_file");
    }
    SECTION("another size") {
        const Folder folder;
        options.codec = "h264";
        options.path = (folder.path / "film.mkv").string();
        auto good = FilmFile::open(options);
        REQUIRE(good);
        VideoFrame frame;
        frame.format = PixelFormat::bgra;
        frame.size = {10, 10};
        CHECK((*good)->video(frame, 0).error().code == "bad_frame");
    }
}
