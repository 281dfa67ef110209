// What is read from a shader in the gl-transitions format, and what is refused.
#include <catch2/catch.hpp>

#include "show/transition_file.hpp"

using namespace tribune;

namespace {

const std::string body = "\nvec4 transition(vec2 uv) { return getFromColor(uv); }\n";

std::string fault(std::string_view name, const std::string& glsl) {
    const auto read = read_transition(name, glsl);
    if (read) return "";
    CHECK(read.error().code == "bad_transition_file");
    return read.error().message;
}

}  // namespace

TEST_CASE("parameters come with type and value") {
    const auto read = read_transition("wipe",
                                      "// uniform float not_this;\n"
                                      "uniform float width; // = .5 ; of the edge\n"
                                      "uniform vec3 a /* = vec3(1, 0.5, -2) */;\n"
                                      "uniform highp vec4 b;// = vec4(1.0)\n"
                                      "uniform ivec2 size; // = ivec2(4, 3)\n"
                                      "uniform bool on; // = true\n"
                                      "uniform int plain;\n"
                                      "uniform sampler2D map;" +
                                          body);
    REQUIRE(read);
    CHECK(read->parameters == std::vector<TransitionParameter>{{"width", "float", {0.5}},
                                                               {"a", "vec3", {1, 0.5, -2}},
                                                               {"b", "vec4", {1, 1, 1, 1}},
                                                               {"size", "ivec2", {4, 3}},
                                                               {"on", "bool", {1}},
                                                               {"plain", "int", {0}}});
}

TEST_CASE("what cannot be a transition is refused by line") {
    using Catch::Contains;
    CHECK_THAT(fault("a", "float x;"), Contains("vec4 transition(vec2 uv)"));
    CHECK_THAT(fault("a", "// vec4 transition(vec2 uv)"), Contains("vec4 transition(vec2 uv)"));
    CHECK_THAT(fault("a", body + "uniform mat4 m;\n"), Contains("a.glsl:3:") && Contains("mat4"));
    CHECK_THAT(fault("a", body + "uniform float x[3];\n"), Contains("a.glsl:3:"));
    CHECK_THAT(fault("a", body + "uniform vec2 x; // = vec2(1, 2, 3)\n"), Contains("by default"));
    CHECK_THAT(fault("a", body + "uniform"), Contains("alone"));
    CHECK_THAT(fault("a", body + std::string(longest_transition_file, ' ')), Contains("larger"));
    CHECK_THAT(fault("a", body + '\0'), Contains("no text"));
    for (const auto* name : {"", "mix", "cut", "../x", "a b", "é"}) CHECK_THAT(fault(name, body), Contains("called"));
}
