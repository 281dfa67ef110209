// A shader that is broken, missing or wrongly asked costs its own effect and nothing else.
#include <limits>

#include "ref/transitions/stage.hpp"

using namespace tribune;
using namespace tribune::test;

namespace {

ShaderLook shader(const std::string& name, const std::string& body, std::vector<ShaderValue> values = {}) {
    return {name, std::move(values), std::make_shared<const std::string>(body)};
}

bool is_mix(TransitionStage& stage, const Image& drawn, float progress) {
    const Image a = stage.plain(stage.a), b = stage.plain(stage.b);
    for (std::size_t i = 0; i < drawn.bytes.size(); ++i) {
        const auto wanted = static_cast<float>(a.bytes[i]) * (1 - progress) + static_cast<float>(b.bytes[i]) * progress;
        if (std::abs(static_cast<float>(drawn.bytes[i]) - wanted) > 1.5F) return false;
    }
    return true;
}

}  // namespace

TEST_CASE("a shader that does not compile is a mix, and is told of once", "[transitions]") {
    TransitionStage stage;
    const auto broken = shader("broken", "vec4 transition(vec2 uv) {\n  return getFromColor(uv) + nothing;\n}\n");
    for (const float progress : {0.25F, 0.5F, 0.75F}) CHECK(is_mix(stage, stage.at(broken, progress), progress));
    const auto problems = stage.gl.painter->transition_problems();
    REQUIRE(problems.size() == 1);
    CHECK(problems[0].name == "broken");
    CHECK(problems[0].error.code == "bad_transition");
    CHECK_THAT(problems[0].error.message, Catch::Contains("broken.glsl:2:"));
}

TEST_CASE("a shader that the show no longer has is a mix", "[transitions]") {
    TransitionStage stage;
    CHECK(is_mix(stage, stage.at(ShaderLook{"gone", {}}, 0.3F), 0.3F));
    const auto problems = stage.gl.painter->transition_problems();
    REQUIRE(problems.size() == 1);
    CHECK(problems[0].error.code == "no_transition");
}

TEST_CASE("shaders are made ready before they are wanted", "[transitions]") {
    TransitionStage stage;
    stage.gl.painter->prepare({shader("good", "vec4 transition(vec2 uv) { return getToColor(uv); }"),
                               shader("bad", "vec4 transition(vec2 uv) { return 1; }")});
    const auto problems = stage.gl.painter->transition_problems();
    REQUIRE(problems.size() == 1);
    CHECK(problems[0].name == "bad");
}

TEST_CASE("places count from the bottom left, as the format says", "[transitions]") {
    TransitionStage stage;
    const auto drawn = stage.at(shader("place", "vec4 transition(vec2 uv) { return vec4(uv, 0.0, 1.0); }"), 0.5F);
    CHECK(distance(drawn.at(0, 35), {2, 4, 0}) <= 2);
    CHECK(distance(drawn.at(63, 0), {253, 251, 0}) <= 2);
}

TEST_CASE("progress is kept within 0 and 1, and ratio is that of the place", "[transitions]") {
    TransitionStage stage;
    const auto gauge = shader("gauge", "vec4 transition(vec2 uv) { return vec4(progress, ratio / 4.0, 0.0, 1.0); }");
    const auto red = [&](float progress) { return stage.at(gauge, progress).at(9, 9).red; };
    CHECK(red(-3) == 0);
    CHECK(red(7) == 255);
    CHECK(red(std::numeric_limits<float>::quiet_NaN()) == 0);
    CHECK(std::abs(stage.at(gauge, 0.5F).at(9, 9).green - 113) <= 1);
}

TEST_CASE("every type of parameter arrives, and what is not given is 0", "[transitions]") {
    TransitionStage stage;
    const std::string body =
        "uniform int i; uniform bool b; uniform vec2 v2; uniform vec3 v3; uniform vec4 v4;\n"
        "uniform ivec2 i2; uniform float f;\n"
        "vec4 transition(vec2 uv) {\n"
        "  float sum = v2.y + v3.z + v4.w + float(i2.y) * 0.1 + f;\n"
        "  return vec4(b ? 1.0 : 0.0, float(i) / 255.0, sum, 1.0);\n"
        "}\n";
    const auto all = shader("all", body,
                            {{"i", {200}},
                             {"b", {1}},
                             {"v2", {9, 0.1F}},
                             {"v3", {9, 9, 0.1F}},
                             {"v4", {9, 9, 9, 0.1F}},
                             {"i2", {9, 1}},
                             {"f", {0.1F}}});
    CHECK(distance(stage.at(all, 0.5F).at(5, 5), {255, 200, 128}) <= 1);
    CHECK(distance(stage.at(shader("all", body), 0.5F).at(5, 5), {0, 0, 0}) == 0);
}

TEST_CASE("what stands off the canvas is cut, not squeezed", "[transitions]") {
    TransitionStage stage;
    const auto place = shader("place", "vec4 transition(vec2 uv) { return getToColor(uv); }");
    TransitionItem item{stage.a, stage.b, std::make_shared<const ShaderLook>(place), {-20, -10, 64, 36}, 0.5F};
    const auto drawn = stage.gl.draw(Picture{tiny, {0, 0, 0, 1}, {item}});
    const auto whole = stage.plain(stage.b);
    for (const Point at : {Point{0, 0}, Point{10, 4}, Point{43, 25}}) {
        const auto x = static_cast<int>(at.x), y = static_cast<int>(at.y);
        const auto wanted = whole.at(x + 20, y + 10);
        CHECK(distance(drawn.at(x, y), wanted) <= 1);
    }
    CHECK(distance(drawn.at(50, 30), {0, 0, 0}) == 0);
}
