// bench_rotation: repeated pairs and time of the plans that the literature is measured by, and of a big hall planned anew
// in the middle. One core. Prints JSON, one figure a line.
#include <fmt/format.h>

#include <chrono>
#include <random>
#include <string>

#include "base/time.hpp"
#include "voice/rotation.hpp"

using namespace tribune;

namespace {

void figure(const std::string& what, double value, const char* unit, double bar) {
    fmt::print("{{\"what\": \"{}\", \"value\": {}, \"unit\": \"{}\", \"bar\": {}, \"better\": \"less\"}}\n", what,
               value, unit, bar);
}

std::vector<Seating> measure(const std::string& what, const RotationWish& wish, double seconds,
                             const std::vector<Seating>& played = {}) {
    const auto begun = monotonic_now();
    const auto plan = plan_rotation(wish, played);
    const auto took = std::chrono::duration<double>(monotonic_now() - begun).count();
    figure("rotation " + what + ", repeated pairs", plan ? plan->repeated_pairs : 1e9, "pairs", 0);
    figure("rotation " + what + ", time", took, "s", seconds);
    return plan ? plan->rounds : std::vector<Seating>{};
}

RotationWish hall(std::uint32_t tables, std::uint32_t seats, std::uint32_t rounds) {
    RotationWish wish;
    wish.tables = tables;
    wish.seats = seats;
    wish.rounds = rounds;
    return wish;
}

}  // namespace

int main() {
    for (const auto& [tables, seats, rounds] :
         {std::tuple{5U, 3U, 7U}, {4U, 4U, 5U}, {6U, 6U, 3U}, {8U, 4U, 9U}, {8U, 4U, 10U}})
        measure(fmt::format("{}-{}-{}", tables, seats, rounds), hall(tables, seats, rounds), 10);
    auto rounds = measure("100-8-6", hall(100, 8, 6), 1);
    RotationWish wish = hall(100, 8, 6);
    wish.scribes = true;
    std::mt19937 random(5);
    for (int i = 0; i < 80; ++i) wish.absent.push_back(static_cast<PersonNumber>(random() % 800) + 1);
    rounds.resize(3);
    measure("100-8-6 after three rounds without a tenth", wish, 1, rounds);
}
