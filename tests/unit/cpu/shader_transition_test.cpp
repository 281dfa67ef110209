// Shader transitions on the CPU painter: what somebody else draws is shown, at a size that the machine can bear.
#include <cstring>

#include "unit/cpu/painting.hpp"

using namespace tribune;

namespace {

// Shows the second picture; takes as long as it is told to.
class DrawerDouble final : public TransitionDrawer {
  public:
    bool draw(const ShaderLook&, float, const ImageView& from, const ImageView& to, std::uint8_t* out,
              int out_stride) override {
        sizes.push_back(from.size);
        const auto end = monotonic_now() + length;
        while (monotonic_now() < end) {
        }
        for (int y = 0; works && y < to.size.height; ++y)
            std::memcpy(out + y * out_stride, to.data + y * to.stride, static_cast<std::size_t>(to.size.width) * 4);
        return works;
    }
    void prepare(std::vector<ShaderLook> looks) override { prepared = looks.size(); }
    [[nodiscard]] std::vector<TransitionProblem> problems() const override { return {}; }

    std::vector<Size> sizes;
    std::size_t prepared = 0;
    bool works = true;
    Nanoseconds length{0};
};

std::shared_ptr<const Picture> plain(Colour colour) {
    return std::make_shared<const Picture>(Picture{{64, 36}, colour, {}});
}

FramePlan plan_at(float progress, Point at = {}) {
    TransitionItem item;
    item.from = plain({1, 0, 0, 1});
    item.to = plain({0, 0, 1, 1});
    item.look = std::make_shared<const ShaderLook>(
        ShaderLook{"wipe", {}, std::make_shared<const std::string>("vec4 transition(vec2 uv)")});
    item.place = {at.x, at.y, 64, 36};
    item.progress = progress;
    return plan_of(Picture{{64, 36}, {0, 0, 0, 1}, {item}});
}

constexpr Rgb blue{0, 0, 255};

}  // namespace

TEST_CASE("what the drawer makes of a transition is shown") {
    DrawerDouble drawer;
    const auto painter = make_painter({.transitions = &drawer, .transition_budget = std::chrono::hours(1)});
    REQUIRE(painter->paint(plan_at(0.25F)));
    CHECK(pixel(painter->pixels(0), 30, 20) == blue);
    CHECK(drawer.sizes == std::vector<Size>{{64, 36}});
    painter->prepare({ShaderLook{}, ShaderLook{}});
    CHECK(drawer.prepared == 2);
}

TEST_CASE("without a drawer, or when it cannot, the pictures are mixed") {
    DrawerDouble drawer;
    const auto is_mix = [](Painter& painter) { return distance(pixel(painter.pixels(0), 30, 10), {191, 0, 64}) <= 1; };
    const auto alone = make_painter();
    REQUIRE(alone->paint(plan_at(0.25F)));
    CHECK(is_mix(*alone));
    const auto painter = make_painter({.transitions = &drawer});
    drawer.works = false;
    REQUIRE(painter->paint(plan_at(0.25F)));
    CHECK(is_mix(*painter));
}

TEST_CASE("a transition too dear is drawn at half, then at a quarter, then mixed; each take tries again") {
    DrawerDouble drawer;
    drawer.length = std::chrono::milliseconds(2);
    const auto painter = make_painter({.transitions = &drawer, .transition_budget = std::chrono::milliseconds(1)});
    float progress = 0.1F;
    for (int i = 0; i < 10; ++i) REQUIRE(painter->paint(plan_at(progress += 0.01F)));
    CHECK(drawer.sizes == std::vector<Size>{{64, 36}, {64, 36}, {32, 18}, {32, 18}, {16, 9}, {16, 9}});
    REQUIRE(painter->transition_problems().size() == 1);
    CHECK(painter->transition_problems()[0].error.code == "transition_slow");
    drawer.length = {};
    REQUIRE(painter->paint(plan_at(0.01F)));
    CHECK(drawer.sizes.back() == Size{16, 9});
    CHECK(distance(pixel(painter->pixels(0), 30, 20), blue) <= 2);
}
