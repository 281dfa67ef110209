// Both painters against the definition of the picture (tests/support/reference), and so against each other.
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <map>

#include "cpu/cpu_painter.hpp"
#include "ref/painters/random_plan.hpp"
#include "support/reference/reference_painter.hpp"
#include "unit/gpu/gl_fixture.hpp"

using namespace tribune;
using namespace tribune::test;

namespace {

// How far the bytes of an image lie from the definition: how many channels for each distance.
using Distances = std::map<int, std::uint64_t>;

int count_into(Distances& out, const ImageView& got, const ReferenceImage& wanted) {
    REQUIRE(got.size == wanted.size);
    int most = 0;
    for (int y = 0; y < got.size.height; ++y) {
        for (int x = 0; x < got.size.width; ++x) {
            const auto* p = got.data + static_cast<std::ptrdiff_t>(y) * got.stride + static_cast<std::ptrdiff_t>(x) * 4;
            const Pixel& w = wanted.at(x, y);
            const double parts[] = {w.blue, w.green, w.red, w.alpha};
            for (int c = 0; c < 4; ++c) {
                const int d = static_cast<int>(std::ceil(std::abs(p[c] - parts[c] * 255) - 0.5));
                ++out[d];
                most = std::max(most, d);
            }
        }
    }
    return most;
}

ReferenceImage as_image(const ImageView& view) {
    ReferenceImage out(view.size, {});
    for (int y = 0; y < view.size.height; ++y) {
        for (int x = 0; x < view.size.width; ++x) {
            const auto* p =
                view.data + static_cast<std::ptrdiff_t>(y) * view.stride + static_cast<std::ptrdiff_t>(x) * 4;
            out.at(x, y) = {p[2] / 255.0, p[1] / 255.0, p[0] / 255.0, p[3] / 255.0};
        }
    }
    return out;
}

double share_above(const Distances& distances, int most) {
    std::uint64_t all = 0, above = 0;
    for (const auto& [d, n] : distances) {
        all += n;
        above += d > most ? n : 0;
    }
    return static_cast<double>(above) / static_cast<double>(all);
}

// Of 255. Two roundings of chroma in a row make three, now and then: 2.1 of blue for one of Cb.
constexpr int near = 2, far = 5;
constexpr double rare = 0.001;

FramePlan one(Picture picture) {
    FramePlan plan;
    plan.pictures.push_back(std::move(picture));
    plan.faces.push_back({FaceName{"north"}, 0});
    return plan;
}

struct Painters {
    GlFixture gl;
    std::unique_ptr<CpuPainter> cpu;
    std::unique_ptr<Shaper> shaper;  // the definition's

    Painters() {
        auto made = CpuPainter::create({2});
        REQUIRE(made);
        cpu = *std::move(made);
        auto shapes = Shaper::create();
        REQUIRE(shapes);
        shaper = *std::move(shapes);
    }
};

// What each painter and the definition are apart.
class Comparison {
  public:
    void draw(const FramePlan& plan) {
        const auto wanted = reference_picture(plan.pictures[0], *painters_.shaper);
        REQUIRE(painters_.cpu->paint(plan));
        REQUIRE(painters_.gl.painter->paint(plan));
        const auto cpu = painters_.cpu->pixels(0), gl = painters_.gl.painter->pixels(0);
        const int most = std::max(
            {count_into(by_cpu_, cpu, wanted), count_into(by_gl_, gl, wanted), count_into(apart_, cpu, as_image(gl))});
        CHECK(most <= far);
        worst_ = std::max(worst_, most);
    }
    void check(const char* what) const {
        INFO("worst " << worst_);
        CHECK(share_above(by_cpu_, near) <= rare);
        CHECK(share_above(by_gl_, near) <= rare);
        CHECK(share_above(apart_, near) <= rare);
        if (std::getenv("TRIBUNE_PRINT") != nullptr)
            std::printf("%s: worst %d, above %d: cpu %.5f%% gl %.5f%% apart %.5f%%\n", what, worst_, near,
                        100 * share_above(by_cpu_, near), 100 * share_above(by_gl_, near),
                        100 * share_above(apart_, near));
    }

  private:
    Painters painters_;
    Distances by_cpu_, by_gl_, apart_;
    int worst_ = 0;
};

}  // namespace

TEST_CASE("both painters draw any picture as it is defined", "[ref]") {
    Comparison comparison;
    for (unsigned seed = 1; seed <= 150; ++seed) {
        RandomPlans random(seed);
        INFO("seed " << seed);
        comparison.draw(one(random.picture({160, 120}, static_cast<int>(seed % 3))));
    }
    comparison.check("pictures");
}

TEST_CASE("both painters draw any words as they are defined, at rest and in motion", "[ref]") {
    Comparison comparison;
    for (unsigned seed = 1; seed <= 200; ++seed) {
        RandomPlans random(seed);
        INFO("seed " << seed);
        auto batch = random.texts({160, 120});
        Picture picture{{160, 120}, {0.1F, 0.15F, 0.3F, 1}, {batch}};
        comparison.draw(one(picture));
        batch.now = batch.now + std::chrono::milliseconds(40);
        picture.items = {batch};
        comparison.draw(one(picture));
    }
    comparison.check("words");
}
