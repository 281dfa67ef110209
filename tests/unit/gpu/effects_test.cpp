#include "unit/gpu/gl_fixture.hpp"

using namespace tribune;
using namespace tribune::test;

namespace {

std::shared_ptr<const Picture> square(double x) {
    return std::make_shared<const Picture>(
        Picture{{160, 90}, {0, 0, 0, 0}, {FillItem{{x, 10, 20, 20}, {1, 0, 0, 1}, {1, 0, 0, 1}}}});
}

PictureItem placed(std::shared_ptr<const Picture> picture, Rect place) {
    PictureItem item;
    item.picture = std::move(picture);
    item.place = place;
    return item;
}

}  // namespace

TEST_CASE("a picture in two pictures is drawn once and kept", "[gpu]") {
    GlFixture gl;
    const auto plan_with = [](double x) {
        FramePlan plan;
        for (const double place : {0.0, 100.0})
            plan.pictures.push_back(picture_of({placed(square(x), {place, 0, 160, 90})}, {0, 0, 1, 1}));
        return plan;
    };
    CHECK(distance(gl.draw(plan_with(5), 1).at(115, 20), {255, 0, 0}) == 0);
    CHECK(gl.painter->counters().nested_drawn == 1);
    auto plan = plan_with(5);
    plan.pictures[0].ground = {0, 1, 0, 1};
    CHECK(distance(gl.draw(plan).at(50, 50), {0, 255, 0}) == 0);
    CHECK(gl.painter->counters().nested_drawn == 1);
    CHECK(distance(gl.draw(plan_with(40), 1).at(115, 20), {0, 0, 255}) == 0);
    CHECK(gl.painter->counters().nested_drawn == 2);
}

TEST_CASE("every blend leaves a face opaque", "[gpu]") {
    GlFixture gl;
    for (const auto mode :
         {Blend::normal, Blend::add, Blend::subtract, Blend::screen, Blend::multiply, Blend::lighten, Blend::darken}) {
        auto item = placed(square(5), {10, 10, 160, 90});
        item.opacity = 0.7F;
        item.effects.blend = mode;
        item.effects.rotation_deg = 12;
        const auto image = gl.draw(picture_of({item}, {0.3F, 0.6F, 0.9F, 1}));
        for (std::size_t i = 3; i < image.bytes.size(); i += 4) REQUIRE(image.bytes[i] == 255);
        CHECK(distance(image.at(300, 170), {77, 153, 230}) <= 1);
    }
}

TEST_CASE("a picture with a bad frame deep inside stays as it was", "[gpu]") {
    GlFixture gl;
    auto bad =
        std::make_shared<VideoFrame>(*make_frame(PixelFormat::bgra, {32, 18}, [](int, int, int) { return 200; }));
    REQUIRE(gl.painter->paint({0, {}, {picture_of({}, {1, 0, 0, 1})}, {}, {}}));
    bad->planes[0].stride = 100;
    VideoItem video = full(bad);
    video.effects.rotation_deg = 5;
    const auto status = gl.painter->paint({0, {}, {picture_of({video}, {0, 1, 0, 1})}, {}, {}});
    REQUIRE_FALSE(status);
    CHECK(status.error().code == "bad_frame");
    CHECK(distance(Image(gl.painter->pixels(0)).at(5, 5), {255, 0, 0}) == 0);
}

TEST_CASE("sizes that change every frame do not fill the card", "[gpu]") {
    GlFixture gl;
    const auto frame = make_frame(PixelFormat::i420, {400, 300}, [](int, int x, int) { return x % 200; });
    for (int i = 0; i < 600; ++i) {
        VideoItem item = full(frame);
        item.crop = {0, 0, 1 - i / 1000.0, 1};
        item.place = {0, 0, 60, 40};
        REQUIRE(gl.painter->paint({0, {}, {picture_of({item})}, {}, {}}));
    }
}
