#include "gpu/shelf_packer.hpp"

#include <catch2/catch.hpp>
#include <random>
#include <utility>

using namespace tribune;
using tribune::gl::ShelfPacker;

namespace {

constexpr int side = 512;

struct Packed {
    ShelfPacker::Place place;
    Size size;
    [[nodiscard]] IntRect rect() const { return {place.x, place.y, place.x + size.width, place.y + size.height}; }
};

}  // namespace

TEST_CASE("rectangles lie within the pages and apart, and all room comes back") {
    ShelfPacker packer(side);
    packer.add_page();
    packer.add_page();
    std::mt19937 random(3);
    const auto upto = [&](int n) { return static_cast<int>(random() % static_cast<unsigned>(n)); };
    std::vector<Packed> packed;
    int refused = 0;
    for (int step = 0; step < 20'000; ++step) {
        if (!packed.empty() && upto(100) < 45) {
            std::swap(packed[static_cast<std::size_t>(upto(static_cast<int>(packed.size())))], packed.back());
            packer.remove(packed.back().place, packed.back().size);
            packed.pop_back();
            continue;
        }
        const Size size{1 + upto(upto(10) == 0 ? side : 90), 1 + upto(upto(20) == 0 ? 200 : 40)};
        const auto place = packer.add(size);
        if (!place) {
            ++refused;
            continue;
        }
        const Packed added{*place, size};
        const IntRect r = added.rect();
        REQUIRE((r.x0 >= 0 && r.y0 >= 0 && r.x1 <= side && r.y1 <= side && place->page >= 0 && place->page < 2));
        for (const auto& p : packed)
            if (p.place.page == place->page) REQUIRE(intersection(p.rect(), r).empty());
        packed.push_back(added);
    }
    CHECK(refused > 0);
    for (const auto& p : packed) packer.remove(p.place, p.size);
    CHECK(packer.add({side, side}));
    CHECK(packer.add({side, side}));
    CHECK_FALSE(packer.add({1, 1}));
}

TEST_CASE("words of like heights fill most of a page") {
    ShelfPacker packer(2048);
    packer.add_page();
    std::mt19937 random(5);
    double used = 0;
    for (;;) {
        const Size size{60 + static_cast<int>(random() % 300), 24 + static_cast<int>(random() % 70)};
        if (!packer.add(size)) break;
        used += 1.0 * size.width * size.height;
    }
    CHECK(used / (2048.0 * 2048.0) > 0.75);
    CHECK_FALSE(packer.add({2049, 5}));
    CHECK_FALSE(packer.add({5, 0}));
}
