#include <cmath>

#include "unit/cpu/painting.hpp"
#include "unit/cpu/test_frames.hpp"

namespace tribune {
namespace {
const FrameKind full_range{PixelFormat::i420, ColourMatrix::bt709, ColourRange::full};
std::shared_ptr<VideoFrame> grey(int light, Size size = {64, 64}) {
    return make_plain_frame(full_range, size, light, 128, 128);
}
Rgb flat(int v) { return {v, v, v}; }
}  // namespace

TEST_CASE("what lies outside the picture is cut, the rest is in its place") {
    const auto painter = make_painter();
    const Colour red{1, 0, 0, 1};
    for (const auto& [x, y] : {std::pair{-20, -11}, {70, 40}, {-20, 41}, {0, 0}, {200, 200}, {-64, 0}}) {
        const Picture picture{{100, 80}, red, {VideoItem{grey(200), {0, 0, 1, 1}, {x * 1.0, y * 1.0, 64, 64}}}};
        REQUIRE(painter->paint(plan_of(picture)));
        for (int row = 0; row < 80; ++row) {
            for (int column = 0; column < 100; ++column) {
                const bool inside = column >= x && column < x + 64 && row >= y && row < y + 64;
                INFO("video at " << x << ',' << y << " pixel " << column << ',' << row);
                REQUIRE(distance(pixel(painter->pixels(0), column, row), inside ? flat(200) : Rgb{255, 0, 0}) <= 2);
            }
        }
    }
}

TEST_CASE("a picture far larger than the face shows the right part of it") {
    const auto painter = make_painter();
    const auto ramp =
        make_frame(full_range, {400, 40}, [](int plane, int x, int) { return plane > 0 ? 128 : x * 255 / 399; });
    // 40 times enlarged, its middle at the face's middle.
    const Picture picture{{100, 80}, {}, {VideoItem{ramp, {0, 0, 1, 1}, {50 - 8000, 40 - 800, 16000, 1600}}}};
    REQUIRE(painter->paint(plan_of(picture)));
    CHECK(distance(pixel(painter->pixels(0), 50, 40), flat(127)) <= 3);
    CHECK(painter->counters().pixels_painted == 8000);
}

TEST_CASE("opacity mixes the video with what is behind") {
    const auto painter = make_painter();
    for (const float opacity : {0.0F, 0.25F, 0.5F, 0.9F, 1.0F}) {
        for (const auto format : {PixelFormat::i420, PixelFormat::bgra}) {
            const auto frame =
                format == PixelFormat::bgra ? make_plain_frame({format}, {64, 64}, 200, 200, 200) : grey(200);
            const Picture picture{
                {64, 64}, colour_from_rgb(0x283c50), {VideoItem{frame, {0, 0, 1, 1}, {0, 0, 64, 64}, opacity}}};
            REQUIRE(painter->paint(plan_of(picture)));
            const auto mix = [&](int under) {
                return static_cast<int>(std::lround(under + (200 - under) * double{opacity}));
            };
            INFO("opacity " << opacity << " format " << static_cast<int>(format));
            CHECK(distance(pixel(painter->pixels(0), 31, 17), {mix(0x28), mix(0x3c), mix(0x50)}) <= 2);
        }
    }
}

TEST_CASE("straight alpha in a bgra frame is blended") {
    const auto painter = make_painter();
    const auto frame =
        make_frame({PixelFormat::bgra}, {64, 64}, [](int, int x, int) { return x % 4 == 3 ? x / 4 * 4 : 240; });
    REQUIRE(painter->paint(plan_of({{64, 64}, {}, {VideoItem{frame, {0, 0, 1, 1}, {0, 0, 64, 64}}}})));
    for (int x = 0; x < 64; ++x)
        REQUIRE(distance(pixel(painter->pixels(0), x, 30),
                         flat(static_cast<int>(std::lround(240 * (x * 4) / 255.0)))) <= 2);
}

TEST_CASE("rounded corners show what is behind, edges and middle do not") {
    const auto painter = make_painter();
    const auto check = [&](PlanItem item) {
        REQUIRE(painter->paint(plan_of({{100, 80}, {}, {std::move(item)}})));
        const auto view = painter->pixels(0);
        for (const auto& [x, y] : {std::pair{10, 10}, {73, 10}, {10, 69}, {73, 69}})
            CHECK(pixel(view, x, y) == flat(0));
        for (const auto& [x, y] : {std::pair{40, 10}, {10, 40}, {73, 40}, {40, 69}, {40, 40}})
            CHECK(distance(pixel(view, x, y), flat(200)) <= 2);
        // The arc: at 45° the edge lies r(1 − 1/√2) in from each side.
        const int edge = static_cast<int>(16 * (1 - std::sqrt(0.5)));
        CHECK(distance(pixel(view, 10 + edge - 2, 10 + edge - 2), flat(0)) <= 2);
        CHECK(distance(pixel(view, 10 + edge + 2, 10 + edge + 2), flat(200)) <= 2);
    };
    const Rect place{10, 10, 64, 60};
    check(VideoItem{grey(200), {0, 0, 1, 1}, place, 1, 16});
    check(FillItem{place, colour_from_rgb(0xc8c8c8), colour_from_rgb(0xc8c8c8), 16});
}

TEST_CASE("a fill is a straight gradient over what is behind") {
    const auto painter = make_painter();
    const Colour top{1, 0.5F, 0, 0.25F}, bottom{0, 0.5F, 1, 1};
    REQUIRE(painter->paint(plan_of({{20, 100}, colour_from_rgb(0x808080), {FillItem{{0, 0, 20, 100}, top, bottom}}})));
    for (int y = 0; y < 100; ++y) {
        const double t = (y + 0.5) / 100, alpha = 0.25 + 0.75 * t;
        const auto over = [&](double c) { return static_cast<int>(std::lround(c * 255 * alpha + 128 * (1 - alpha))); };
        INFO("row " << y);
        CHECK(distance(pixel(painter->pixels(0), 7, y), {over(1 - t), over(0.5), over(t)}) <= 2);
    }
}

TEST_CASE("items lie on each other in their order") {
    const auto painter = make_painter();
    const Colour half_white{1, 1, 1, 0.5F};
    const Picture picture{
        {96, 96},
        {},
        {VideoItem{grey(40, {96, 96}), {0, 0, 1, 1}, {0, 0, 96, 96}},
         FillItem{{16, 16, 64, 64}, half_white, half_white}, VideoItem{grey(200), {0, 0, 1, 1}, {32, 32, 64, 64}},
         FillItem{{64, 64, 16, 16}, half_white, half_white}}};
    REQUIRE(painter->paint(plan_of(picture)));
    const auto view = painter->pixels(0);
    CHECK(distance(pixel(view, 4, 4), flat(40)) <= 2);
    CHECK(distance(pixel(view, 20, 20), flat(148)) <= 2);
    CHECK(distance(pixel(view, 50, 50), flat(200)) <= 2);
    CHECK(distance(pixel(view, 70, 70), flat(228)) <= 2);
}

TEST_CASE("a frame that cannot be drawn is left out and told, the rest is painted") {
    const auto painter = make_painter();
    auto bad = std::make_shared<VideoFrame>(*grey(200));
    bad->planes[2] = {};
    const Picture picture{
        {64, 64},
        colour_from_rgb(0x102030),
        {VideoItem{grey(90), {0, 0, 1, 1}, {0, 0, 32, 64}}, VideoItem{bad, {0, 0, 1, 1}, {0, 0, 64, 64}}}};
    const auto done = painter->paint(plan_of(picture));
    REQUIRE_FALSE(done);
    CHECK(done.error().code == "bad_frame");
    CHECK(distance(pixel(painter->pixels(0), 5, 5), flat(90)) <= 2);
    CHECK(pixel(painter->pixels(0), 60, 5) == Rgb{0x10, 0x20, 0x30});

    const auto too_large = painter->paint(plan_of({{20000, 10}, {}, {}}));
    REQUIRE_FALSE(too_large);
    CHECK(too_large.error().code == "bad_picture_size");
    CHECK(painter->pixels(0).size == Size{64, 64});
}

}  // namespace tribune
