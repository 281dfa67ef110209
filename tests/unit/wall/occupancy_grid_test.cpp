#include "wall/occupancy_grid.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <random>

using namespace tribune;

namespace {

double cost_of(const CellBox& b, const CellTarget& t) {
    const auto cube = [](double v) { return v * v * v; };
    return cube(std::abs(b.x + b.width / 2.0 - t.x) / t.reach_x) +
           cube(std::abs(b.y + b.height / 2.0 - t.y) / t.reach_y);
}

// The plain way: try every place.
double least_cost(const OccupancyGrid& grid, int w, int h, const CellTarget& t) {
    double best = 1e30;
    for (int y = 0; y + h <= grid.rows(); ++y) {
        for (int x = 0; x + w <= grid.columns(); ++x) {
            if (grid.is_free({x, y, w, h})) best = std::min(best, cost_of({x, y, w, h}, t));
        }
    }
    return best;
}

}  // namespace

TEST_CASE("occupancy grid: finds the best place, as trying all would, whatever it remembers") {
    std::mt19937 random(12);
    for (const int columns : {150, 200, 64, 37}) {
        const int rows = 60;
        OccupancyGrid grid(columns, rows);
        std::vector<CellBox> taken;
        const CellTarget middle{columns / 2.0, rows / 2.0, columns / 2.0, rows / 2.0, 1e30, true};
        for (int step = 0; step < 250; ++step) {
            const int w = 1 + static_cast<int>(random() % 30);
            const int h = 1 + static_cast<int>(random() % 9);
            auto target = middle;
            if (step % 5 == 0) {
                target = {static_cast<double>(random() % 37), static_cast<double>(random() % 60), 12, 12, 1, false};
            }
            const auto found = grid.nearest_free(w, h, target);
            const auto best = least_cost(grid, w, h, target);
            if (!found) {
                REQUIRE(best >= target.limit);
            } else {
                REQUIRE(grid.is_free(*found));
                REQUIRE(std::abs(cost_of(*found, target) - best) < 1e-9);
                if (step % 3 != 0) {
                    grid.take(*found);
                    taken.push_back(*found);
                }
            }
            if (taken.size() > 5 && random() % 4 == 0) {
                const auto i = random() % taken.size();
                grid.free(taken[i]);
                taken.erase(taken.begin() + static_cast<std::ptrdiff_t>(i));
            }
        }
    }
}

TEST_CASE("occupancy grid: a box may move onto its own cells, not onto others") {
    OccupancyGrid grid(100, 20);
    grid.take({10, 5, 60, 4});
    grid.take({72, 5, 5, 4});
    CHECK(grid.can_move({10, 5, 60, 4}, {12, 6, 60, 4}));
    CHECK_FALSE(grid.can_move({10, 5, 60, 4}, {13, 5, 60, 4}));
    CHECK_FALSE(grid.can_move({10, 5, 60, 4}, {-1, 5, 60, 4}));
    CHECK_FALSE(grid.is_free({69, 8, 1, 1}));
    CHECK(grid.is_free({70, 8, 2, 1}));
    CHECK_FALSE(grid.nearest_free(101, 1, {50, 10, 50, 10, 1e30, true}));
}
