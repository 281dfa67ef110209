// Random but repeatable words for layouts.
#pragma once

#include <cmath>
#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "unit/wall/fake_measure.hpp"
#include "wall/layout.hpp"

namespace tribune {

struct WordSource {
    std::mt19937 random;
    FakeMeasure measure;

    explicit WordSource(std::uint32_t seed) : random(seed) {}

    std::uint32_t below(std::uint32_t n) {
        return static_cast<std::uint32_t>(random()) % n;
    }  // not std::uniform_…: the same everywhere

    std::string text() {
        static const std::string letters = "eeeaaiiinnttsrrllouudcmppgbvhfqyjxz";
        std::string out;
        for (auto n = 3 + below(10); n > 0; --n) out += letters[below(static_cast<std::uint32_t>(letters.size()))];
        return out;
    }
    // Few heavy words, many light ones.
    static std::uint32_t weight(std::uint32_t rank, double heaviest) {
        return static_cast<std::uint32_t>(std::max(1.0, heaviest / std::pow(rank + 1.0, 0.75)));
    }
    std::vector<LayoutWord> words(std::uint32_t count, double heaviest = 30) {
        std::vector<LayoutWord> out;
        for (std::uint32_t i = 0; i < count; ++i) {
            out.push_back({i, weight(i, heaviest), measure.measure({text(), {}, ""})});
        }
        return out;
    }
};

}  // namespace tribune
