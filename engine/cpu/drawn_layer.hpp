// One plan item made ready to draw: all that needs a cache or a clock is done, drawing only reads.
#pragma once

#include <cstdint>
#include <vector>

#include "cpu/damage.hpp"
#include "cpu/surface.hpp"

namespace tribune {

// Where bilinear samples lie along one axis: the first of two neighbours and the second's share of 256.
struct Tap {
    int at = 0;
    int share = 0;
};

// Working rows of the sampler of moving words.
struct SamplerRows {
    std::vector<Tap> columns;
    std::vector<int> first_for;
    std::vector<std::uint16_t> mixed;
};

// Working rows of one drawing thread.
struct Scratch {
    SamplerRows sampler;
    std::vector<std::uint32_t> pixels;
    std::vector<std::uint32_t> more_pixels;
    std::vector<std::uint8_t> coverage;
    std::vector<std::uint8_t> more_coverage;

    void fit(int width) {
        const auto n = static_cast<std::size_t>(width);
        if (pixels.size() >= n) return;
        pixels.resize(n);
        more_pixels.resize(n);
        coverage.resize(n);
        more_coverage.resize(n);
    }
};

class DrawnLayer {
  public:
    virtual ~DrawnLayer() = default;

    // Nothing outside is touched.
    [[nodiscard]] virtual IntRect bounds() const = 0;
    // All of what lies here is covered: what is behind need not be drawn. May be empty.
    [[nodiscard]] virtual IntRect opaque() const { return {}; }
    // Draws the part inside `part` (within the surface), pixel for pixel the same however it is cut. Any thread.
    virtual void draw(Surface& surface, const IntRect& part, Scratch& scratch) const = 0;
};

}  // namespace tribune
