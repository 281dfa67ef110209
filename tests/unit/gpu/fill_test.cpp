#include "unit/gpu/gl_fixture.hpp"

using namespace tribune;
using namespace tribune::test;

TEST_CASE("a gradient runs from top to bottom", "[gpu]") {
    GlFixture gl;
    const auto image = gl.draw(picture_of({FillItem{{0, 0, 320, 180}, {1, 0, 0.5F, 1}, {0, 1, 0.5F, 1}, 0}}));
    for (int y = 0; y < 180; ++y) {
        const double t = (y + 0.5) / 180;
        const Rgb expected{static_cast<int>(std::lround((1 - t) * 255)), static_cast<int>(std::lround(t * 255)), 128};
        CHECK(distance(image.at(17, y), expected) <= 1);
        CHECK(distance(image.at(319, y), expected) <= 1);
    }
}

TEST_CASE("a fill keeps to its place, and blends in sRGB", "[gpu]") {
    GlFixture gl;
    const auto image =
        gl.draw(picture_of({FillItem{{10, 20, 30, 40}, {1, 1, 1, 0.5F}, {1, 1, 1, 0.5F}, 0}}, {0.2F, 0, 0, 1}));
    CHECK(distance(image.at(10, 20), {153, 128, 128}) <= 1);
    CHECK(distance(image.at(39, 59), {153, 128, 128}) <= 1);
    for (const auto& [x, y] : {std::pair{9, 20}, {10, 19}, {40, 59}, {39, 60}})
        CHECK(distance(image.at(x, y), {51, 0, 0}) == 0);
    for (std::size_t i = 3; i < image.bytes.size(); i += 4) REQUIRE(image.bytes[i] == 255);
}

TEST_CASE("rounded corners are circles", "[gpu]") {
    GlFixture gl;
    constexpr double radius = 30;
    const auto image = gl.draw(picture_of({FillItem{{20, 20, 200, 100}, {1, 1, 1, 1}, {1, 1, 1, 1}, 30}}));
    double covered = 0;
    for (int y = 20; y < 50; ++y) {
        for (int x = 20; x < 50; ++x) {
            const double d = std::hypot(x + 0.5 - 50, y + 0.5 - 50) - radius;
            const int v = image.at(x, y).red;
            if (d < -0.5) CHECK(v == 255);
            if (d > 0.5) CHECK(v == 0);
            covered += v / 255.0;
        }
    }
    CHECK(covered == Approx(3.14159265 * radius * radius / 4).epsilon(0.002));
    CHECK(distance(image.at(219, 70), {255, 255, 255}) == 0);
    CHECK(distance(image.at(220, 70), {0, 0, 0}) == 0);
}
