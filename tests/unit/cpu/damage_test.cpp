#include "cpu/damage.hpp"

#include <catch2/catch.hpp>
#include <random>

namespace tribune {

TEST_CASE("damage covers what was added, once, inside the picture") {
    std::mt19937 random(3);
    const auto upto = [&](int n) { return static_cast<int>(random() % static_cast<unsigned>(n)); };
    for (int round = 0; round < 60; ++round) {
        const Size size{1 + upto(500), 1 + upto(300)};
        DamageGrid grid(size);
        std::vector<IntRect> added;
        for (int i = upto(6); i > 0; --i) {
            const int x = upto(600) - 50, y = upto(400) - 50;
            added.push_back({x, y, x + upto(120), y + upto(60)});
            grid.add(added.back());
        }
        std::vector<int> covered(static_cast<std::size_t>(size.width * size.height), 0);
        for (const auto& r : grid.rects()) {
            REQUIRE(intersection(r, {0, 0, size.width, size.height}) == r);
            for (int y = r.y0; y < r.y1; ++y)
                for (int x = r.x0; x < r.x1; ++x) ++covered[static_cast<std::size_t>(y * size.width + x)];
        }
        bool any = false;
        for (int y = 0; y < size.height; ++y) {
            for (int x = 0; x < size.width; ++x) {
                const int times = covered[static_cast<std::size_t>(y * size.width + x)];
                const bool wanted = std::any_of(added.begin(), added.end(), [&](const IntRect& r) {
                    return x >= r.x0 && x < r.x1 && y >= r.y0 && y < r.y1;
                });
                any = any || wanted;
                REQUIRE(times <= 1);
                if (wanted) REQUIRE(times == 1);
            }
        }
        REQUIRE(grid.empty() == !any);
    }
}

TEST_CASE("taking rectangles out of rectangles leaves exactly the rest") {
    std::mt19937 random(5);
    const auto upto = [&](int n) { return static_cast<int>(random() % static_cast<unsigned>(n)); };
    for (int round = 0; round < 100; ++round) {
        std::vector<IntRect> left{{0, 0, 40, 30}};
        std::vector<IntRect> holes;
        for (int i = 0; i < 4; ++i) {
            const int x = upto(50) - 5, y = upto(40) - 5;
            holes.push_back({x, y, x + 1 + upto(20), y + 1 + upto(20)});
            subtract(left, holes.back());
        }
        for (int y = 0; y < 30; ++y) {
            for (int x = 0; x < 40; ++x) {
                const auto holds = [&](const IntRect& r) { return x >= r.x0 && x < r.x1 && y >= r.y0 && y < r.y1; };
                const auto times = std::count_if(left.begin(), left.end(), holds);
                REQUIRE(times == (std::any_of(holes.begin(), holes.end(), holds) ? 0 : 1));
            }
        }
    }
}

}  // namespace tribune
