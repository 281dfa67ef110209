#include "plan/watermark.hpp"

#include <catch2/catch.hpp>
#include <random>

#include "cpu/cpu_painter.hpp"

using namespace tribune;

namespace {

ImageView painted(Painter& painter, const Watermark& mark, Size size, FramePlan& plan) {
    Picture picture;
    picture.size = size;
    picture.ground = {0.3F, 0.5F, 0.7F, 1};
    add_watermark(picture, mark);
    plan.pictures = {picture};
    plan.faces = {{FaceName("n"), 0}};
    REQUIRE(painter.paint(plan));
    return painter.pixels(0);
}

}  // namespace

TEST_CASE("numbers burned into a picture are read back from its pixels") {
    auto painter = CpuPainter::create();
    REQUIRE(painter);
    std::mt19937 random(5);
    FramePlan plan;
    for (int i = 0; i < 50; ++i) {
        const Watermark mark{static_cast<std::uint32_t>(random()), static_cast<std::uint32_t>(random())};
        REQUIRE(read_watermark(painted(**painter, mark, {320, 180}, plan)) == mark);
    }
}

TEST_CASE("a picture without a mark, or with a torn one, gives nothing") {
    auto painter = CpuPainter::create();
    REQUIRE(painter);
    FramePlan plan;
    auto image = painted(**painter, {123456, 9}, {320, 180}, plan);
    std::vector<std::uint8_t> pixels(image.data, image.data + image.stride * image.size.height);
    const ImageView copy{pixels.data(), image.stride, image.size};
    REQUIRE(read_watermark(copy) == Watermark{123456, 9});
    // One square of the frame number turned over.
    for (int x = 20 * watermark_cell; x < 21 * watermark_cell; ++x) {
        auto* pixel = pixels.data() + (image.size.height - 4) * image.stride + x * 4;
        pixel[1] = static_cast<std::uint8_t>(255 - pixel[1]);
    }
    CHECK_FALSE(read_watermark(copy));
    CHECK_FALSE(read_watermark({pixels.data(), image.stride, {100, 100}}));
    std::fill(pixels.begin(), pixels.end(), std::uint8_t{128});
    CHECK_FALSE(read_watermark(copy));
}
