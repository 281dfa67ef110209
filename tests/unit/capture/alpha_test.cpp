// Pictures with an alpha channel, from every kind of file that stingers and logos come in.
#include <catch2/catch.hpp>
#include <cstdlib>
#include <map>
#include <vector>

#include "capture/media_glance.hpp"
#include "tests/unit/capture/fixtures.hpp"
#include "tests/unit/capture/watched_source.hpp"

using namespace tribune;
using namespace tribune::test;

namespace {

// Left clear, middle half clear red, right opaque green.
const std::vector<std::string> thirds{
    "-f", "lavfi", "-i",
    "color=black:s=96x32:r=25:d=0.4,format=rgba,geq=r='if(lt(X,64),255,0)':g='if(lt(X,64),0,255)':b=0:"
    "a='if(lt(X,32),0,if(lt(X,64),128,255))'"};

struct Samples {
    int blue, green, red, alpha;
};
Samples at(const VideoFrame& frame, int x) {
    const auto* p = frame.planes[0].data + static_cast<std::ptrdiff_t>(16) * frame.planes[0].stride + x * 4;
    return {p[0], p[1], p[2], p[3]};
}
bool near(int a, int b, int by) { return std::abs(a - b) <= by; }

}  // namespace

TEST_CASE("alpha comes through, straight, from every kind of file") {
    const std::map<std::string, std::vector<std::string>> kinds{
        {"alpha.mov", {"-c:v", "prores_ks", "-profile:v", "4444", "-pix_fmt", "yuva444p10le", "-alpha_bits", "16"}},
        {"alpha-rle.mov", {"-c:v", "qtrle", "-pix_fmt", "argb"}},
        {"alpha-png.mov", {"-c:v", "png", "-pix_fmt", "rgba"}},
        {"alpha-vp9.webm",
         {"-c:v", "libvpx-vp9", "-pix_fmt", "yuva420p", "-auto-alt-ref", "0", "-crf", "4", "-b:v", "0"}},
        {"alpha-vp8.webm", {"-c:v", "libvpx", "-pix_fmt", "yuva420p", "-auto-alt-ref", "0", "-crf", "4", "-b:v", "2M"}},
        {"alpha.png", {"-frames:v", "1", "-pix_fmt", "rgba"}},
    };
    for (const auto& [name, codec] : kinds) {
        INFO(name);
        WatchedSource watched(source(fixture(name, joined(thirds, codec))));
        const auto frame = watched.next();
        REQUIRE(frame);
        REQUIRE(frame->format == PixelFormat::bgra);
        CHECK(near(at(*frame, 12).alpha, 0, 3));
        const auto middle = at(*frame, 48), right = at(*frame, 84);
        CHECK(near(middle.alpha, 128, 4));
        CHECK(near(middle.red, 255, 12));  // straight: as bright as if it were opaque
        CHECK(near(middle.green, 0, 12));
        CHECK(near(right.alpha, 255, 3));
        CHECK(near(right.green, 255, 12));
        CHECK(near(right.red, 0, 12));
    }
}

TEST_CASE("without an alpha channel a picture stays as it is decoded") {
    const auto path = fixture("opaque-vp9.webm",
                              joined(pattern("96x32", "25", "0.4"), {"-c:v", "libvpx-vp9", "-pix_fmt", "yuv420p"}));
    WatchedSource watched(source(path));
    const auto frame = watched.next();
    REQUIRE(frame);
    CHECK(frame->format == PixelFormat::i420);
}

TEST_CASE("a thumbnail is grey squares where its file is clear") {
    const auto path = fixture("alpha.png", joined(thirds, {"-frames:v", "1", "-pix_fmt", "rgba"}));
    const auto glance = glance_at(path, 96, [] {});
    REQUIRE(glance);
    WatchedSource watched(source(written("thumbnail.jpg", glance->jpeg)));
    const auto frame = watched.next();
    REQUIRE(frame);
    const auto luma = [&](int x) { return int{frame->planes[0].data[16 * frame->planes[0].stride + x]}; };
    CHECK(luma(4) != luma(12));
    for (const int x : {4, 12}) {
        CHECK(luma(x) > 0x20);  // not the red that hides there, which is 0x4c, nor black
        CHECK(luma(x) < 0x4c);
    }
    CHECK(luma(84) > 0x80);  // green
}
