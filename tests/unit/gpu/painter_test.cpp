#include "support/source_dir.hpp"
#include "unit/gpu/gl_fixture.hpp"

using namespace tribune;
using namespace tribune::test;

namespace {

Picture busy_picture() {
    const auto frame = make_frame(PixelFormat::i420, {160, 90}, [](int plane, int x, int y) {
        return plane == 0 ? (x * y) % 220 + 16 : 100 + plane * 20;
    });
    VideoItem video = full(frame);
    video.corner_radius = 12;
    return picture_of({video, FillItem{{20, 120, 280, 40}, {0, 0, 0, 0.7F}, {0, 0, 0, 0.3F}, 8},
                       batch({word("Dignité", {30, 150}, 28), word("👍", {220, 150}, 24)})},
                      {0.1F, 0.1F, 0.2F, 1});
}

}  // namespace

TEST_CASE("software GL is refused unless allowed", "[gpu]") {
    const EglContext context;
    const auto refused = GlPainter::create({source_dir() / "shaders", false});
    const std::string renderer = reinterpret_cast<const char*>(glGetString(GL_RENDERER));
    if (renderer.find("llvmpipe") != std::string::npos) {
        REQUIRE_FALSE(refused);
        CHECK(refused.error().code == "gl_software");
    }
    CHECK(GlPainter::create({"/nowhere", true}).error().code == "shader_missing");
}

TEST_CASE("the same plan gives the same bytes, in another painter too", "[gpu]") {
    const Picture picture = busy_picture();
    GlFixture first;
    const auto a = first.draw(picture);
    GlFixture second;
    CHECK(second.draw(picture) == a);
    CHECK(second.draw(picture_of({})) != a);
    CHECK(second.draw(picture) == a);
}

TEST_CASE("an equal picture is not drawn again and keeps its version", "[gpu]") {
    GlFixture gl;
    FramePlan plan;
    plan.pictures = {busy_picture(), picture_of({})};
    REQUIRE(gl.painter->paint(plan));
    const auto version = gl.painter->version(0), other = gl.painter->version(1);
    CHECK(version != other);
    for (int i = 0; i < 3; ++i) REQUIRE(gl.painter->paint(plan));
    CHECK(gl.painter->counters().pictures_drawn == 2);
    CHECK(gl.painter->counters().pictures_kept == 6);
    CHECK(gl.painter->version(0) == version);
    plan.pictures[1].ground = {1, 1, 1, 1};
    REQUIRE(gl.painter->paint(plan));
    CHECK(gl.painter->counters().pictures_drawn == 3);
    CHECK(gl.painter->version(0) == version);
    CHECK(gl.painter->version(1) != other);
    CHECK(distance(Image(gl.painter->pixels(1)).at(3, 3), {255, 255, 255}) == 0);
}

TEST_CASE("four faces with one picture cost one draw", "[gpu]") {
    GlFixture gl;
    FramePlan plan;
    plan.pictures = {busy_picture()};
    for (const char* face : {"north", "east", "south", "west"}) plan.faces.push_back({FaceName(face), 0});
    REQUIRE(gl.painter->paint(plan));
    CHECK(gl.painter->counters().pictures_drawn == 1);
    CHECK(gl.painter->counters().frame_uploads == 1);
}

TEST_CASE("the framebuffer holds the picture, top row first", "[gpu]") {
    GlFixture gl;
    const auto image = gl.draw(picture_of({FillItem{{0, 0, 320, 10}, {1, 0, 0, 1}, {1, 0, 0, 1}, 0}}));
    CHECK(distance(image.at(0, 0), {255, 0, 0}) == 0);
    CHECK(distance(image.at(0, 170), {0, 0, 0}) == 0);
    REQUIRE(gl.painter->framebuffer(0) != 0);
    glBindFramebuffer(GL_READ_FRAMEBUFFER, gl.painter->framebuffer(0));
    std::uint8_t pixel[4] = {};
    glReadPixels(0, 0, 1, 1, GL_RGBA, GL_UNSIGNED_BYTE, pixel);
    CHECK(pixel[0] == 255);
    CHECK(gl.painter->framebuffer(7) == 0);
    CHECK(gl.painter->pixels(7).data == nullptr);
}

TEST_CASE("sizes change, pictures come and go", "[gpu]") {
    GlFixture gl;
    for (const int n : {3, 1, 4, 0, 2}) {
        FramePlan plan;
        for (int i = 0; i < n; ++i) plan.pictures.push_back({{40 + 7 * i, 30 + n}, {1, 0, 1, 1}, {}});
        REQUIRE(gl.painter->paint(plan));
        for (int i = 0; i < n; ++i) {
            const Image image(gl.painter->pixels(static_cast<std::size_t>(i)));
            CHECK(image.size == Size{40 + 7 * i, 30 + n});
            CHECK(distance(image.at(39 + 7 * i, 29 + n), {255, 0, 255}) == 0);
        }
    }
    FramePlan plan;
    plan.pictures = {{{0, 5}, {}, {}}};
    CHECK(gl.painter->paint(plan).error().code == "gl_memory");
    plan.pictures = {{{1 << 20, 5}, {}, {}}};
    CHECK(gl.painter->paint(plan).error().code == "gl_memory");
}

TEST_CASE("state that others left on does no harm", "[gpu]") {
    GlFixture gl;
    const auto clean = gl.draw(busy_picture());
    glEnable(GL_SCISSOR_TEST);
    glScissor(0, 0, 5, 5);
    glEnable(GL_DEPTH_TEST);
    glEnable(GL_CULL_FACE);
    glColorMask(GL_FALSE, GL_TRUE, GL_TRUE, GL_TRUE);
    glPixelStorei(GL_UNPACK_ROW_LENGTH, 3);
    CHECK(gl.draw(busy_picture()) == clean);
}
