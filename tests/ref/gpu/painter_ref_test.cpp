// Two ways to say the same picture must give the same pixels.
#include "unit/gpu/gl_fixture.hpp"

using namespace tribune;
using namespace tribune::test;

namespace {

std::shared_ptr<const VideoFrame> clip(int phase) {
    return make_frame(PixelFormat::i420, {192, 108}, [=](int plane, int x, int y) {
        return plane == 0 ? 16 + (x * 2 + y * 3 + phase * 17) % 220 : 90 + (plane * 30 + x + phase) % 80;
    });
}

Picture face_picture(int i) {
    VideoItem video = full(clip(i));
    video.place = {10.0 * i, 0, 240, 135};
    video.corner_radius = 10;
    return picture_of(
        {video, FillItem{{0, 140, 320, 40}, {0, 0, 0.1F * static_cast<float>(i), 0.8F}, {0, 0, 0, 0.4F}, 6},
         batch({word("façade " + std::to_string(i), {20, 168}, 24), word("🙂", {270, 168}, 22)})},
        {0.2F, 0.1F, 0.1F * static_cast<float>(i), 1});
}

int worst(const Image& a, const Image& b) {
    REQUIRE(a.size == b.size);
    int w = 0;
    for (std::size_t i = 0; i < a.bytes.size(); ++i) w = std::max(w, std::abs(a.bytes[i] - b.bytes[i]));
    return w;
}

}  // namespace

TEST_CASE("four faces are four single ones", "[ref]") {
    FramePlan all;
    for (int i = 0; i < 4; ++i) all.pictures.push_back(face_picture(i));
    GlFixture together;
    REQUIRE(together.painter->paint(all));
    std::vector<Image> faces;
    for (std::size_t i = 0; i < 4; ++i) faces.emplace_back(together.painter->pixels(i));
    for (std::size_t i = 0; i < 4; ++i) {
        GlFixture alone;
        CHECK(alone.draw(all.pictures[i]) == faces[i]);
        for (std::size_t k = 0; k < i; ++k) CHECK(faces[k] != faces[i]);
    }
}

TEST_CASE("what was drawn before does not show", "[ref]") {
    GlFixture fresh, used;
    for (int i = 0; i < 6; ++i) used.draw(face_picture(i));
    CHECK(used.draw(face_picture(9)) == fresh.draw(face_picture(9)));
}

TEST_CASE("moves end as words at rest and start like them", "[ref]") {
    GlFixture gl;
    TextMove m = word("départ", {20, 60}, 30, {1, 0.5F, 0, 1});
    m.to = {120, 150};
    m.to_size = 44;
    m.to_colour = {0, 1, 1, 0.7F};
    m.start = ShowTime{std::chrono::seconds(100)};
    m.length = std::chrono::seconds(2);
    const auto at_start = gl.draw(picture_of({batch({m}, m.start)}));
    const auto at_end = gl.draw(picture_of({batch({m}, m.start + m.length)}));
    const auto long_after = gl.draw(picture_of({batch({m}, m.start + std::chrono::hours(12))}));
    CHECK(at_end == gl.draw(picture_of({batch({word("départ", {120, 150}, 44, {0, 1, 1, 0.7F})})})));
    // It starts as the word at rest would look, but for its edges: it is drawn from a larger bitmap.
    const auto rest = gl.draw(picture_of({batch({word("départ", {20, 60}, 30, {1, 0.5F, 0, 1})})}));
    double apart = 0, ink = 0;
    for (std::size_t i = 0; i < rest.bytes.size(); i += 4) {
        apart += std::abs(rest.bytes[i + 2] - at_start.bytes[i + 2]);
        ink += rest.bytes[i + 2];
    }
    CHECK(apart / ink < 0.1);
    CHECK(at_end == long_after);
    CHECK(at_start != at_end);
}

TEST_CASE("one batch is two, an offset is a place, opacity is alpha", "[ref]") {
    GlFixture gl;
    const auto a = word("un", {20, 60}, 30), b = word("deux", {150, 120}, 40);
    const auto both = gl.draw(picture_of({batch({a, b})}));
    CHECK(gl.draw(picture_of({batch({a}), batch({b})})) == both);
    auto shifted = batch({word("un", {-30, 160}, 30), word("deux", {100, 220}, 40)});
    shifted.offset = {50, -100};
    CHECK(worst(gl.draw(picture_of({shifted})), both) <= 1);
    auto faint = batch({word("un", {20, 60}, 30)});
    faint.opacity = 0.5F;
    CHECK(worst(gl.draw(picture_of({faint})),
                gl.draw(picture_of({batch({word("un", {20, 60}, 30, {1, 1, 1, 0.5F})})}))) <= 1);
}

TEST_CASE("pixel formats of one picture agree", "[ref]") {
    GlFixture gl;
    // Chroma that changes every eight columns is the same on every subsampling grid.
    const auto chroma = [](int plane, int luma_x) { return 80 + plane * 25 + (luma_x / 8 % 4) * 12; };
    const auto luma = [](int x, int y) { return 40 + (x * 5 + y * 3) % 150; };
    const auto frame = [&](PixelFormat format) {
        return make_frame(format, {320, 180}, [&](int plane, int x, int y) {
            if (plane == 0) return luma(x, y);
            if (format == PixelFormat::nv12) return chroma(1 + x % 2, x / 2 * 2);
            return chroma(plane, format == PixelFormat::i444 ? x : x * 2);
        });
    };
    const auto reference = gl.draw(picture_of({full(frame(PixelFormat::i420))}));
    CHECK(gl.draw(picture_of({full(frame(PixelFormat::nv12))})) == reference);
    CHECK(gl.draw(picture_of({full(frame(PixelFormat::i422))})) == reference);
    const auto fine = gl.draw(picture_of({full(frame(PixelFormat::i444))}));
    int differing = 0;
    for (int x = 0; x < 320; ++x) {
        if (x % 8 < 1 || x % 8 > 6) continue;  // there the half-size planes are interpolated
        for (int y = 0; y < 180; ++y) differing += distance(fine.at(x, y), reference.at(x, y)) > 1 ? 1 : 0;
    }
    CHECK(differing == 0);
}

TEST_CASE("a crop of a crop is the smaller crop, two halves are a whole", "[ref]") {
    GlFixture gl;
    const auto frame = make_frame(PixelFormat::bgra, {320, 180},
                                  [](int, int x, int y) { return x % 4 == 3 ? 255 : (x * 7 + y * 13) % 256; });
    const auto whole = gl.draw(picture_of({full(frame)}));
    VideoItem left = full(frame), right = full(frame);
    left.crop = {0, 0, 0.5, 1};
    left.place = {0, 0, 160, 180};
    right.crop = {0.5, 0, 0.5, 1};
    right.place = {160, 0, 160, 180};
    CHECK(gl.draw(picture_of({left, right})) == whole);
}
