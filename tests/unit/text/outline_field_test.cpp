#include "text/outline_field.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "text/shaper.hpp"

using namespace tribune;

namespace {

void add_box(std::vector<OutlinePiece>& out, double x0, double y0, double x1, double y1) {
    const Point corners[] = {{x0, y0}, {x1, y0}, {x1, y1}, {x0, y1}};
    for (std::size_t i = 0; i < 4; ++i) out.push_back({corners[i], corners[(i + 1) % 4]});
}

// Signed distance at the centre of the pixel at (x, y).
double at(const CoverageImage& f, int x, int y, int spread) {
    return (f.pixels[static_cast<std::size_t>((y - f.top) * f.size.width + x - f.left)] - 128) / 128.0 * spread;
}

double box_distance(double x, double y, double x0, double y0, double x1, double y1) {
    const double qx = std::max(x0 - x, x - x1), qy = std::max(y0 - y, y - y1);
    return -(std::hypot(std::max(qx, 0.0), std::max(qy, 0.0)) + std::min(std::max(qx, qy), 0.0));
}

}  // namespace

TEST_CASE("a box's field is its distance", "[text]") {
    std::vector<OutlinePiece> box;
    add_box(box, 2.25, 3.5, 30.75, 20);
    const auto field = outline_field(box, 8);
    REQUIRE(field.left == 2 - 8);
    REQUIRE(field.top == 3 - 8);
    REQUIRE(field.size.width == 29 + 16);
    REQUIRE(field.size.height == 17 + 16);
    for (int y = field.top; y < field.top + field.size.height; ++y) {
        for (int x = field.left; x < field.left + field.size.width; ++x) {
            const double d = std::clamp(box_distance(x + 0.5, y + 0.5, 2.25, 3.5, 30.75, 20), -8.0, 8.0);
            REQUIRE(at(field, x, y, 8) == Approx(d).margin(0.07));
        }
    }
}

TEST_CASE("edges inside a shape of crossing contours do not count", "[text]") {
    std::vector<OutlinePiece> one, two;
    add_box(one, 0, 0, 40, 20);
    add_box(two, 0, 0, 25, 20);
    add_box(two, 15, 0, 40, 20);
    CHECK(outline_field(one, 8).pixels == outline_field(two, 8).pixels);
}

TEST_CASE("a contour turned the other way is a hole", "[text]") {
    std::vector<OutlinePiece> ring;
    add_box(ring, 0, 0, 40, 40);
    std::vector<OutlinePiece> inner;
    add_box(inner, 10, 10, 30, 30);
    for (const auto& s : inner) ring.push_back({s.to, s.from});
    const auto field = outline_field(ring, 8);
    CHECK(at(field, 5, 20, 8) == Approx(4.5).margin(0.07));
    CHECK(at(field, 12, 20, 8) == Approx(-2.5).margin(0.07));
}

TEST_CASE("nothing gives nothing", "[text]") {
    CHECK(outline_field({}, 8).pixels.empty());
    CHECK(outline_field({{{1, 1}, {2, 2}}}, 0).pixels.empty());
    CHECK(outline_field({{{0, 0}, {1e6, 0}}, {{1e6, 0}, {0, 5}}, {{0, 5}, {0, 0}}}, 8).pixels.empty());
}

TEST_CASE("a letter's field agrees with its rendered coverage", "[text]") {
    auto shaper = *Shaper::create();
    for (const char* letter : {"R", "e", "g", "é", "西", "क्ष", "س"}) {
        for (const auto& run : shaper->shape({letter, {}, ""})->runs) {
            for (const auto& g : run.glyphs) {
                const auto flat = shaper->fonts().coverage(run.font, g.id, 64);
                const auto field = shaper->fonts().distance_field(run.font, g.id, 64, 8);
                INFO(letter);
                REQUIRE(!field.pixels.empty());
                int wrong = 0;
                for (int y = 0; y < flat.size.height; ++y) {
                    for (int x = 0; x < flat.size.width; ++x) {
                        const int v = flat.pixels[static_cast<std::size_t>(y * flat.size.width + x)];
                        const double d = at(field, flat.left + x, flat.top + y, 8);
                        if (v == 255 && d < 0.25) ++wrong;
                        if (v == 0 && d > -0.25) ++wrong;
                    }
                }
                CHECK(wrong == 0);
            }
        }
    }
}
