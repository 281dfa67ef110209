// Painting one picture and looking at its pixels.
#pragma once

#include <catch2/catch.hpp>
#include <cstdlib>

#include "cpu/cpu_painter.hpp"

namespace tribune {

struct Rgb {
    int red = 0;
    int green = 0;
    int blue = 0;
    bool operator==(const Rgb&) const = default;
    friend std::ostream& operator<<(std::ostream& out, const Rgb& c) {
        return out << "rgb(" << c.red << ' ' << c.green << ' ' << c.blue << ')';
    }
};

inline Rgb pixel(const ImageView& view, int x, int y) {
    const auto* p = view.data + y * view.stride + x * 4;
    return {p[2], p[1], p[0]};
}

inline int distance(const Rgb& a, const Rgb& b) {
    return std::max({std::abs(a.red - b.red), std::abs(a.green - b.green), std::abs(a.blue - b.blue)});
}

inline std::unique_ptr<CpuPainter> make_painter(const CpuPainterOptions& options = {}) {
    auto made = CpuPainter::create(options);
    REQUIRE(made);
    return *std::move(made);
}

inline FramePlan plan_of(Picture picture, ShowTime now = {}) {
    FramePlan plan;
    plan.now = now;
    plan.pictures.push_back(std::move(picture));
    plan.faces.push_back({FaceName{"north"}, 0});
    return plan;
}

inline std::vector<std::uint8_t> bytes_of(const ImageView& view) {
    std::vector<std::uint8_t> out;
    for (int y = 0; y < view.size.height; ++y) {
        const auto* row = view.data + static_cast<std::ptrdiff_t>(y) * view.stride;
        out.insert(out.end(), row, row + view.size.width * 4);
    }
    return out;
}

}  // namespace tribune
