#include <cmath>

#include "gpu/colour_matrix.hpp"
#include "unit/gpu/gl_fixture.hpp"

using namespace tribune;
using namespace tribune::test;

namespace {

struct Yuv {
    int y, u, v;
};

// The standards' own formula, written out apart from the code under test.
Rgb expected_rgb(Yuv c, ColourMatrix matrix, ColourRange range) {
    double kr = 0.2126, kb = 0.0722;
    if (matrix == ColourMatrix::bt601) kr = 0.299, kb = 0.114;
    if (matrix == ColourMatrix::bt2020) kr = 0.2627, kb = 0.0593;
    const bool limited = range == ColourRange::limited;
    const double y = limited ? (c.y - 16) / 219.0 : c.y / 255.0;
    const double pb = (c.u - 128) / (limited ? 224.0 : 255.0);
    const double pr = (c.v - 128) / (limited ? 224.0 : 255.0);
    const double r = y + 2 * (1 - kr) * pr, b = y + 2 * (1 - kb) * pb, g = (y - kr * r - kb * b) / (1 - kr - kb);
    const auto byte = [](double v) { return static_cast<int>(std::lround(std::clamp(v, 0.0, 1.0) * 255)); };
    return {byte(r), byte(g), byte(b)};
}

// Eight bars, each of one colour, in any planar or semi-planar format.
constexpr Yuv bars[] = {{235, 128, 128}, {210, 16, 146}, {170, 166, 16}, {145, 54, 34},
                        {106, 202, 222}, {81, 90, 240},  {41, 240, 110}, {16, 128, 128}};

std::shared_ptr<const VideoFrame> bars_frame(PixelFormat format, ColourMatrix matrix, ColourRange range,
                                             int padding = 0) {
    const Size size{320, 180};
    auto frame = std::make_shared<VideoFrame>(*make_frame(
        format, size,
        [&](int plane, int x, int) {
            const int columns = plane == 0 ? 320 : plane_shape(format, size, plane).row_bytes;
            const Yuv c = bars[static_cast<std::size_t>(x * 8 / columns)];
            if (plane == 0) return c.y;
            if (format == PixelFormat::nv12) return x % 2 == 0 ? c.u : c.v;
            return plane == 1 ? c.u : c.v;
        },
        padding));
    frame->matrix = matrix;
    frame->range = range;
    return frame;
}

// Bytes B G R A whose colour tells the place: red by column, green by row.
std::shared_ptr<const VideoFrame> ramp_frame(Size size) {
    return make_frame(PixelFormat::bgra, size, [&](int, int x, int y) {
        switch (x % 4) {
            case 1: return y * 255 / (size.height - 1);
            case 2: return (x / 4) * 255 / (size.width - 1);
            case 3: return 255;
            default: return 0;
        }
    });
}

}  // namespace

TEST_CASE("colour bars come out right in each format, matrix and range", "[gpu]") {
    GlFixture gl;
    for (const auto format : {PixelFormat::i420, PixelFormat::nv12, PixelFormat::i422, PixelFormat::i444}) {
        for (const auto matrix : {ColourMatrix::bt601, ColourMatrix::bt709, ColourMatrix::bt2020}) {
            for (const auto range : {ColourRange::limited, ColourRange::full}) {
                const auto image = gl.draw(picture_of({full(bars_frame(format, matrix, range))}));
                for (int bar = 0; bar < 8; ++bar) {
                    const Rgb want = expected_rgb(bars[bar], matrix, range);
                    INFO("format " << static_cast<int>(format) << " matrix " << static_cast<int>(matrix) << " range "
                                   << static_cast<int>(range) << " bar " << bar);
                    CHECK(distance(image.at(bar * 40 + 20, 0), want) <= 1);
                    CHECK(distance(image.at(bar * 40 + 4, 90), want) <= 1);
                    CHECK(distance(image.at(bar * 40 + 35, 179), want) <= 1);
                }
            }
        }
    }
}

TEST_CASE("rows may be padded, sizes odd", "[gpu]") {
    GlFixture gl;
    const auto plain =
        gl.draw(picture_of({full(bars_frame(PixelFormat::nv12, ColourMatrix::bt709, ColourRange::limited))}));
    for (const int padding : {1, 2, 61}) {
        CHECK(gl.draw(picture_of(
                  {full(bars_frame(PixelFormat::nv12, ColourMatrix::bt709, ColourRange::limited, padding))})) == plain);
    }
    const auto bgra = ramp_frame({320, 180});
    const auto padded = make_frame(
        PixelFormat::bgra, {320, 180}, [&](int, int x, int y) { return bgra->planes[0].data[y * 1280 + x]; }, 3);
    CHECK(gl.draw(picture_of({full(padded)})) == gl.draw(picture_of({full(bgra)})));

    // An odd frame at its own size: chroma stays on its own pixels up to the last column and row.
    const Size odd{31, 17};
    const auto frame = make_frame(PixelFormat::i420, odd, [](int plane, int x, int y) {
        return plane == 0 ? 120 : plane == 1 ? (x < 8 ? 90 : 160) : (y < 4 ? 100 : 170);
    });
    VideoItem item;
    item.frame = frame;
    item.place = {0, 0, 31, 17};
    const auto image = gl.draw(picture_of({item}));
    CHECK(distance(image.at(0, 0), expected_rgb({120, 90, 100}, ColourMatrix::bt709, ColourRange::limited)) <= 1);
    CHECK(distance(image.at(30, 16), expected_rgb({120, 160, 170}, ColourMatrix::bt709, ColourRange::limited)) <= 1);
    CHECK(distance(image.at(13, 0), expected_rgb({120, 90, 100}, ColourMatrix::bt709, ColourRange::limited)) <= 1);
    CHECK(distance(image.at(18, 16), expected_rgb({120, 160, 170}, ColourMatrix::bt709, ColourRange::limited)) <= 1);
}

TEST_CASE("a frame at its own size passes unchanged", "[gpu]") {
    GlFixture gl;
    const auto frame = ramp_frame({320, 180});
    const auto image = gl.draw(picture_of({full(frame)}));
    CHECK(std::equal(image.bytes.begin(), image.bytes.end(), frame->planes[0].data));
}

TEST_CASE("straight alpha is blended over the ground", "[gpu]") {
    GlFixture gl;
    const auto frame = make_frame(PixelFormat::bgra, {64, 36}, [](int, int x, int) {
        return x % 4 == 3 ? 128 : x % 4 == 2 ? 200 : 0;
    });
    auto item = full(frame);
    const auto image = gl.draw(picture_of({item}, {0, 0, 1, 1}));
    CHECK(distance(image.at(160, 90), {100, 0, 127}) <= 1);
    item.opacity = 0.5F;
    CHECK(distance(gl.draw(picture_of({item}, {0, 0, 1, 1})).at(160, 90), {50, 0, 191}) <= 1);
}

TEST_CASE("rotation turns clockwise and crop is upright", "[gpu]") {
    GlFixture gl;
    // Four quadrants in memory: red, green / blue, white.
    const auto quadrants = make_frame(PixelFormat::bgra, {320, 180}, [](int, int x, int y) {
        const int q = (x / 4 >= 160 ? 1 : 0) + (y >= 90 ? 2 : 0);
        constexpr int colours[4][4] = {{0, 0, 255, 255}, {0, 255, 0, 255}, {255, 0, 0, 255}, {255, 255, 255, 255}};
        return colours[q][x % 4];
    });
    const Rgb red{255, 0, 0}, green{0, 255, 0}, blue{0, 0, 255}, white{255, 255, 255};
    struct Case {
        int rotation;
        Rgb upright[4];  // top left, top right, bottom left, bottom right
    };
    for (const auto& c : {Case{0, {red, green, blue, white}}, Case{90, {blue, red, white, green}},
                          Case{180, {white, blue, green, red}}, Case{270, {green, white, red, blue}}}) {
        INFO(c.rotation);
        auto turned = std::make_shared<VideoFrame>(*quadrants);
        turned->rotation = c.rotation;
        const auto image = gl.draw(picture_of({full(turned)}));
        CHECK(distance(image.at(20, 20), c.upright[0]) == 0);
        CHECK(distance(image.at(300, 20), c.upright[1]) == 0);
        CHECK(distance(image.at(20, 160), c.upright[2]) == 0);
        CHECK(distance(image.at(300, 160), c.upright[3]) == 0);
        // The upright top right quarter alone, to its very edges: nothing bleeds in.
        auto item = full(turned);
        item.crop = {0.5, 0, 0.5, 0.5};
        const auto cropped = gl.draw(picture_of({item}));
        for (const auto& [x, y] : {std::pair{0, 0}, {319, 0}, {0, 179}, {319, 179}, {150, 90}}) {
            CHECK(distance(cropped.at(x, y), c.upright[1]) == 0);
        }
    }
}

TEST_CASE("made much smaller, fine detail becomes its mean", "[gpu]") {
    GlFixture gl;
    const auto stripes = make_frame(PixelFormat::i420, {1280, 720},
                                    [](int plane, int x, int) { return plane == 0 ? (x % 2 == 0 ? 16 : 235) : 128; });
    for (const int width : {64, 96, 150, 320, 500}) {  // stripes of one pixel are the worst there is
        VideoItem item;
        item.frame = stripes;
        item.place = {10, 10, static_cast<double>(width), width * 9.0 / 16};
        const auto image = gl.draw(picture_of({item}));
        // An odd number of stripes under a pixel leaves one over.
        const int tolerance =
            1280 % (2 * width) == 0 ? 2 : static_cast<int>(std::ceil(128.0 / std::floor(1280.0 / width))) + 2;
        for (int x = 12; x < 8 + width && x < 318; ++x) CHECK(std::abs(image.at(x, 20).red - 127) <= tolerance);
    }
}

TEST_CASE("corners of a video are rounded", "[gpu]") {
    GlFixture gl;
    const auto white = make_frame(PixelFormat::bgra, {16, 16}, [](int, int, int) { return 255; });
    VideoItem item;
    item.frame = white;
    item.place = {40, 40, 120, 90};
    item.corner_radius = 20;
    const auto image = gl.draw(picture_of({item}));
    CHECK(image.at(41, 41).red == 0);
    CHECK(image.at(60, 40).red >= 250);
    CHECK(image.at(100, 80).red == 255);
    CHECK(image.at(158, 128).red == 0);
}

TEST_CASE("a bad frame is an error, and only its picture stays as it was", "[gpu]") {
    GlFixture gl;
    auto bad = std::make_shared<VideoFrame>(*ramp_frame({32, 18}));
    bad->planes[0].stride = 100;
    FramePlan plan;
    plan.pictures = {picture_of({}, {1, 0, 0, 1}), picture_of({}, {0, 1, 0, 1})};
    REQUIRE(gl.painter->paint(plan));
    plan.pictures = {picture_of({full(bad)}, {0, 0, 1, 1}), picture_of({}, {0, 0, 1, 1})};
    const auto status = gl.painter->paint(plan);
    REQUIRE_FALSE(status);
    CHECK(status.error().code == "bad_frame");
    CHECK(distance(Image(gl.painter->pixels(0)).at(5, 5), {255, 0, 0}) == 0);
    CHECK(distance(Image(gl.painter->pixels(1)).at(5, 5), {0, 0, 255}) == 0);
}

TEST_CASE("a frame is uploaded once, whoever draws it", "[gpu]") {
    GlFixture gl;
    const auto a = ramp_frame({64, 36}), b = ramp_frame({64, 36});
    FramePlan plan;
    auto corner = full(a);
    corner.place = {200, 100, 100, 60};
    plan.pictures = {picture_of({full(a)}), picture_of({full(b), corner}), picture_of({full(a), full(b)})};
    REQUIRE(gl.painter->paint(plan));
    CHECK(gl.painter->counters().frame_uploads == 2);
    plan.pictures[0].ground = {1, 0, 0, 1};
    REQUIRE(gl.painter->paint(plan));
    CHECK(gl.painter->counters().frame_uploads == 2);
}
