// Two small pictures and a painter that takes one to the other.
#pragma once

#include <algorithm>
#include <string>

#include "show/transition_file.hpp"
#include "unit/gpu/gl_fixture.hpp"

namespace tribune::test {

inline constexpr Size tiny{64, 36};

// Smooth, and nowhere alike in both directions: what is turned, shifted or mirrored shows.
inline std::shared_ptr<const Picture> scene(Colour corner, Colour far) {
    auto picture = std::make_shared<Picture>(Picture{tiny, {0, 0, 0, 1}, {}});
    picture->items.emplace_back(FillItem{{0, 0, 64, 36}, corner, far, 0});
    const Colour ink{corner.green, corner.blue, corner.red, 1};
    picture->items.emplace_back(FillItem{{4, 4, 24, 10}, ink, far, 0});
    return picture;
}

inline ShaderLook look_of(const TransitionSetup& setup) {
    ShaderLook look{setup.name, {}, std::make_shared<const std::string>(setup.glsl)};
    for (const auto& p : setup.parameters) look.values.push_back({p.name, {p.value.begin(), p.value.end()}});
    return look;
}

struct TransitionStage {
    GlFixture gl;
    std::shared_ptr<const Picture> a = scene({0.9F, 0.2F, 0.1F, 1}, {0.2F, 0.1F, 0.4F, 1});
    std::shared_ptr<const Picture> b = scene({0.1F, 0.6F, 0.9F, 1}, {0.7F, 0.9F, 0.3F, 1});

    Image at(const ShaderLook& look, float progress, const std::shared_ptr<const Picture>& from,
             const std::shared_ptr<const Picture>& to) {
        TransitionItem item{from, to, std::make_shared<const ShaderLook>(look), {0, 0, 64, 36}, progress};
        return gl.draw(Picture{tiny, {0, 0, 0, 1}, {item}});
    }
    Image at(const ShaderLook& look, float progress) { return at(look, progress, a, b); }
    Image plain(const std::shared_ptr<const Picture>& picture) { return gl.draw(*picture); }
};

// The largest difference of any byte.
inline int difference(const Image& a, const Image& b) {
    int most = 0;
    for (std::size_t i = 0; i < a.bytes.size(); ++i) most = std::max(most, std::abs(a.bytes[i] - b.bytes[i]));
    return most;
}

}  // namespace tribune::test
