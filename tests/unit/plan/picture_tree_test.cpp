#include "plan/picture_tree.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "plan/frame_sampling.hpp"

namespace tribune {
namespace {

std::shared_ptr<const Picture> plain(Size size, float red = 1) {
    return std::make_shared<const Picture>(Picture{size, {red, 0, 0, 1}, {}});
}
PictureItem shows(std::shared_ptr<const Picture> picture, Rect place = {0, 0, 50, 40}) {
    return {std::move(picture), {0, 0, 1, 1}, place};
}
Picture face(std::vector<PlanItem> items) { return {{100, 80}, {}, std::move(items)}; }

PictureTree tree_of(std::vector<Picture> pictures, std::string wanted_code = "") {
    static FramePlan plan;  // outlives the tree
    plan.pictures = std::move(pictures);
    Status problem;
    auto tree = picture_tree(plan, problem);
    CHECK((problem ? "" : problem.error().code) == wanted_code);
    return tree;
}

}  // namespace

TEST_CASE("equal pictures are one node, before all that need it") {
    const auto inner = plain({20, 20});
    const auto middle = std::make_shared<const Picture>(face({shows(plain({20, 20})), shows(inner, {9, 9, 9, 9})}));
    const auto tree = tree_of({face({shows(middle), shows(inner)}), face({shows(inner)})});
    REQUIRE(tree.nodes.size() == 4);
    CHECK(tree.own.size() == 2);
    for (std::size_t i = 0; i < tree.nodes.size(); ++i) {
        for (const auto& item : tree.nodes[i].items) {
            REQUIRE(item.nodes[0] < i);
            CHECK(tree.nodes[item.nodes[0]].level < tree.nodes[i].level);
        }
    }
    CHECK(tree.nodes[tree.own[0]].level == 2);
    CHECK(tree.nodes[tree.own[1]].level == 1);
}

TEST_CASE("a face in a picture is that face, unless it is clear") {
    const auto tree = tree_of({face({}), face({shows(std::make_shared<const Picture>(face({})))})});
    CHECK(tree.nodes.size() == 2);
    CHECK(tree.nodes[tree.own[1]].items[0].nodes[0] == tree.own[0]);
    Picture clear = face({});
    clear.ground.alpha = 0;
    CHECK(tree_of({clear, face({shows(std::make_shared<const Picture>(clear))})}).nodes.size() == 3);
}

TEST_CASE("what cannot be seen needs nothing") {
    const auto picture = plain({20, 20});
    auto faint = shows(picture), cropped = shows(picture), turned = shows(picture, {-40, -40, 10, 10});
    faint.opacity = 0;
    cropped.crop = {0.5, 0.5, 0, 0.5};
    turned.effects.rotation_deg = 30;
    CHECK(tree_of({face({faint, cropped, turned, shows(picture, {100, 0, 50, 40}), shows(picture, {0, 0, 50, 0}),
                         shows(nullptr)})})
              .nodes.size() == 1);
}

TEST_CASE("too deep, too large: left out of the node's picture") {
    auto picture = plain({20, 20});
    for (int i = 0; i < deepest_picture; ++i) picture = std::make_shared<const Picture>(face({shows(picture)}));
    const auto whole = tree_of({*picture});
    CHECK(whole.nodes.size() == deepest_picture + 1);
    const auto cut = tree_of({face({shows(picture)})}, "nested_too_deep");
    CHECK(cut.nodes.size() == deepest_picture + 1);
    CHECK(cut.nodes[0].picture->items.empty());

    const auto bad = tree_of({face({shows(plain({0, 5})), FillItem{}, shows(plain({5, 20000}))})}, "bad_picture_size");
    REQUIRE(bad.nodes.size() == 1);
    CHECK(bad.nodes[0].picture->items.size() == 1);
    CHECK(bad.nodes[0].items.size() == 1);
}

TEST_CASE("a quarter turn keeps whole pixels, any other keeps the middle") {
    for (const double degrees : {90.0, -90.0, 270.0, 450.0}) {
        const auto place = turned_place({10, 20, 41, 24}, degrees);
        CHECK(place.upright == Size{41, 24});
        CHECK(place.bounds.size() == Size{24, 41});
        const Point corner = place.upright_at({place.bounds.x0 + 0.5, place.bounds.y0 + 0.5});
        CHECK(corner.x == std::floor(corner.x) + 0.5);
        CHECK(corner.y == std::floor(corner.y) + 0.5);
    }
    const auto place = turned_place({10, 20, 40, 20}, 45);
    CHECK(place.centre == Point{30, 30});
    const double half = (40 + 20) / 2 / std::sqrt(2.0);
    CHECK(place.bounds.x0 <= 30 - half);
    CHECK(place.bounds.x1 >= 30 + half);
    CHECK(place.bounds.width() <= 2 * half + 4);
    // Clockwise: what lay to the right is below.
    const Point below = turned_place({10, 20, 40, 20}, 90).upright_at({30, 45});
    CHECK(below.x == Approx(35));
    CHECK(below.y == Approx(10));
}

TEST_CASE("of a place far larger than the picture only what can be seen is wanted") {
    CHECK(shown_window(turned_place({0, 0, 200, 160}, 10), {100, 80}) == IntRect{0, 0, 200, 160});
    const IntRect window = shown_window(turned_place({-5000, -4000, 10000, 8000}, 0), {100, 80});
    CHECK(window.x0 % 2 == 0);
    CHECK(window.y0 % 2 == 0);
    CHECK(window.x0 <= 5000);
    CHECK(window.x1 >= 5100);
    CHECK(window.width() < 120);
    CHECK(shown_window(turned_place({300, 0, 200, 160}, 0), {100, 80}).empty());
}

TEST_CASE("crops go to whole samples, and to whole chroma samples where a plane is scaled") {
    const Rect third{1 / 3.0, 0, 1 / 3.0, 1};
    const auto plain_part = frame_part(PixelFormat::i420, {31, 17}, 0, third, {11, 17});
    CHECK(plain_part.as_stored);
    CHECK(plain_part.samples == IntRect{10, 0, 21, 17});
    const auto odd = frame_part(PixelFormat::i420, {31, 17}, 0, {3 / 31.0, 0, 5 / 31.0, 1}, {5, 17});
    CHECK(plane_part(PixelFormat::i420, odd, 1).phase == Size{1, 0});
    CHECK(plane_part(PixelFormat::i420, odd, 1).samples == IntRect{1, 0, 4, 9});
    const auto scaled = frame_part(PixelFormat::i420, {31, 17}, 0, {3 / 31.0, 0, 5 / 31.0, 1}, {9, 9});
    CHECK(scaled.samples == IntRect{2, 0, 8, 17});
    CHECK(plane_part(PixelFormat::i420, scaled, 1).grid == Size{5, 5});
    CHECK(plane_part(PixelFormat::i444, scaled, 1).grid == Size{9, 9});
}

}  // namespace tribune
