#include <cmath>

#include "unit/cpu/painting.hpp"
#include "unit/cpu/test_frames.hpp"

namespace tribune {
namespace {

std::shared_ptr<VideoFrame> checks(Size size, int rotation = 0) {
    return make_frame({PixelFormat::bgra, ColourMatrix::bt709, ColourRange::full, rotation}, size,
                      [](int, int x, int y) { return x % 4 == 3 ? 255 : (x * 37 + y * 91) % 256; });
}

std::shared_ptr<const Picture> flat(Size size, Colour colour) {
    return std::make_shared<const Picture>(Picture{size, colour, {}});
}

// One key on one colour over black.
Rgb keyed(const Colour& colour, const Key& key) {
    const auto painter = make_painter();
    PictureItem item{flat({8, 8}, colour), {0, 0, 1, 1}, {0, 0, 8, 8}};
    item.effects.key = key;
    REQUIRE(painter->paint(plan_of({{8, 8}, {0, 0, 0, 1}, {item}})));
    return pixel(painter->pixels(0), 3, 3);
}

}  // namespace

TEST_CASE("a quarter turn moves pixels and changes none") {
    const auto painter = make_painter();
    for (const Size size : {Size{40, 24}, {41, 24}, {17, 33}}) {
        for (const int turn : {90, 180, 270, -90, 450}) {
            const int quarter = ((turn % 360) + 360) % 360;
            const bool lying = quarter != 180;
            VideoItem turned{checks(size), {0, 0, 1, 1}, {30, 20, 1.0 * size.width, 1.0 * size.height}};
            turned.effects.rotation_deg = turn;
            REQUIRE(painter->paint(plan_of({{100, 80}, {}, {turned}})));
            const auto by_effect = bytes_of(painter->pixels(0));
            VideoItem upright = turned;
            upright.effects = {};
            upright.frame = checks(size, quarter);
            const Point middle = turned.place.centre();
            if (lying)
                upright.place = {middle.x - size.height / 2.0, middle.y - size.width / 2.0, 1.0 * size.height,
                                 1.0 * size.width};
            REQUIRE(painter->paint(plan_of({{100, 80}, {}, {upright}})));
            INFO(size.width << "x" << size.height << " by " << turn);
            CHECK((by_effect == bytes_of(painter->pixels(0))));
        }
    }
}

TEST_CASE("a turned edge is smooth and as long as it was") {
    const auto painter = make_painter();
    PictureItem item{flat({60, 40}, {1, 1, 1, 1}), {0, 0, 1, 1}, {20, 30, 60, 40}};
    item.effects.rotation_deg = 30;
    REQUIRE(painter->paint(plan_of({{100, 100}, {0, 0, 0, 1}, {item}})));
    double covered = 0;
    bool between = false;
    for (int y = 0; y < 100; ++y) {
        for (int x = 0; x < 100; ++x) {
            const int v = pixel(painter->pixels(0), x, y).red;
            covered += v / 255.0;
            between = between || (v > 60 && v < 200);
        }
    }
    CHECK(between);
    CHECK(covered == Approx(60 * 40).epsilon(0.005));
}

TEST_CASE("a key takes its own colour out, and what it spilt") {
    Key green;
    CHECK(keyed({0, 1, 0, 1}, green) == Rgb{0, 0, 0});
    CHECK(distance(keyed({1, 0, 0, 1}, green), {255, 0, 0}) <= 1);
    CHECK(distance(keyed({0.5F, 0.5F, 0.5F, 1}, green), {128, 128, 128}) <= 1);
    green.invert = true;
    green.spill = 0;
    green.smoothness = 0;
    CHECK(keyed({1, 0, 0, 1}, green) == Rgb{0, 0, 0});
    const Key dark{KeyKind::luma, {}, 0.3, 0.2, 0, false};
    CHECK(keyed({0.2F, 0.2F, 0.2F, 1}, dark) == Rgb{0, 0, 0});
    CHECK(distance(keyed({0.4F, 0.4F, 0.4F, 1}, dark), {51, 51, 51}) <= 2);
    CHECK(distance(keyed({0.8F, 0.8F, 0.8F, 1}, dark), {204, 204, 204}) <= 1);
}

TEST_CASE("a border lies inside the edge") {
    const auto painter = make_painter();
    PictureItem item{flat({40, 30}, {0, 0, 1, 1}), {0, 0, 1, 1}, {10, 10, 40, 30}};
    item.effects.border = {3, {1, 0, 0, 1}};
    REQUIRE(painter->paint(plan_of({{60, 50}, {0, 0, 0, 1}, {item}})));
    const auto view = painter->pixels(0);
    CHECK(pixel(view, 9, 20) == Rgb{0, 0, 0});
    for (const int x : {10, 12, 47, 49}) CHECK(pixel(view, x, 20) == Rgb{255, 0, 0});
    for (const int x : {13, 46}) CHECK(pixel(view, x, 20) == Rgb{0, 0, 255});
    CHECK(pixel(view, 30, 39) == Rgb{255, 0, 0});
    CHECK(pixel(view, 30, 40) == Rgb{0, 0, 0});
}

TEST_CASE("a picture in two pictures is painted once, and only what changes in it is painted again") {
    const auto painter = make_painter();
    const auto with_square = [](double x) {
        return std::make_shared<const Picture>(
            Picture{{640, 320}, {0, 0, 0, 0}, {FillItem{{x, 10, 20, 20}, {1, 0, 0, 1}, {1, 0, 0, 1}}}});
    };
    const auto plan_with = [&](double x) {
        FramePlan plan;
        for (const double place : {0.0, 64.0}) {
            plan.pictures.push_back({{704, 320}, {0, 0, static_cast<float>(place / 64), 1}, {}});
            plan.pictures.back().items.emplace_back(PictureItem{with_square(x), {0, 0, 1, 1}, {place, 0, 640, 320}});
        }
        return plan;
    };
    REQUIRE(painter->paint(plan_with(5)));
    CHECK(painter->counters().pictures_painted == 3);
    const auto before = painter->counters();
    REQUIRE(painter->paint(plan_with(5)));
    CHECK(painter->counters().pictures_painted == before.pictures_painted);
    REQUIRE(painter->paint(plan_with(30)));
    CHECK(painter->counters().pictures_painted == before.pictures_painted + 3);
    CHECK(painter->counters().pixels_painted == before.pixels_painted + 3 * 64 * 32);
    CHECK(pixel(painter->pixels(1), 64 + 40, 20) == Rgb{255, 0, 0});
    CHECK(pixel(painter->pixels(1), 64 + 10, 20) == Rgb{0, 0, 255});
}

TEST_CASE("what cannot be drawn in a picture is left out, and said") {
    const auto painter = make_painter();
    auto picture = flat({20, 20}, {1, 0, 0, 1});
    for (int i = 0; i < 12; ++i)
        picture = std::make_shared<const Picture>(
            Picture{{20, 20}, {0, 0.5F, 0, 1}, {PictureItem{picture, {0, 0, 1, 1}, {2, 2, 16, 16}}}});
    const auto deep = painter->paint(plan_of(*picture));
    REQUIRE_FALSE(deep);
    CHECK(deep.error().code == "nested_too_deep");
    CHECK(distance(pixel(painter->pixels(0), 10, 10), {0, 128, 0}) <= 1);

    const auto large = painter->paint(
        plan_of({{20, 20}, {0, 0, 1, 1}, {PictureItem{flat({20, 20000}, {}), {0, 0, 1, 1}, {0, 0, 20, 20}}}}));
    REQUIRE_FALSE(large);
    CHECK(large.error().code == "bad_picture_size");
    CHECK(pixel(painter->pixels(0), 10, 10) == Rgb{0, 0, 255});
}

TEST_CASE("a mix starts with one picture and ends with the other") {
    const auto painter = make_painter();
    const auto from = flat({30, 20}, {1, 0, 0, 1}), to = flat({30, 20}, {0, 0, 0, 0});
    for (const float progress : {0.0F, 0.25F, 1.0F}) {
        REQUIRE(painter->paint(
            plan_of({{30, 20}, {0, 1, 0, 1}, {TransitionItem{from, to, nullptr, {0, 0, 30, 20}, progress}}})));
        const int red = static_cast<int>(std::lround(255 * (1 - progress)));
        CHECK(distance(pixel(painter->pixels(0), 15, 10), {red, 255 - red, 0}) <= 1);
    }
}

}  // namespace tribune
