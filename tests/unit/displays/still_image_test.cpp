#include "displays/still_image.hpp"

#include <png.h>
#include <turbojpeg.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdlib>

#include "unit/displays/painter_double.hpp"

namespace tribune {
namespace {

struct Decoded {
    Size size;
    std::vector<std::uint8_t> rgb;
    [[nodiscard]] int at(int x, int y, int c) const {
        return rgb[static_cast<std::size_t>((y * size.width + x) * 3 + c)];
    }
};

Decoded decode_jpeg(const std::vector<std::uint8_t>& bytes) {
    Decoded out;
    auto* handle = tjInitDecompress();
    int subsampling = 0, space = 0;
    REQUIRE(tjDecompressHeader3(handle, bytes.data(), bytes.size(), &out.size.width, &out.size.height, &subsampling,
                                &space) == 0);
    out.rgb.resize(static_cast<std::size_t>(out.size.width * out.size.height * 3));
    CHECK(tjDecompress2(handle, bytes.data(), bytes.size(), out.rgb.data(), out.size.width, 0, out.size.height,
                        TJPF_RGB, 0) == 0);
    tjDestroy(handle);
    return out;
}

Decoded decode_png(const std::vector<std::uint8_t>& bytes) {
    png_image image{};
    image.version = PNG_IMAGE_VERSION;
    REQUIRE(png_image_begin_read_from_memory(&image, bytes.data(), bytes.size()) != 0);
    image.format = PNG_FORMAT_RGB;
    Decoded out{{static_cast<int>(image.width), static_cast<int>(image.height)},
                std::vector<std::uint8_t>(image.width * image.height * 3)};
    REQUIRE(png_image_finish_read(&image, nullptr, out.rgb.data(), 0, nullptr) != 0);
    return out;
}

void check_halves(const Decoded& d, int tolerance) {
    const int x = d.size.width / 2, top = d.size.height / 8, low = d.size.height * 7 / 8;
    CHECK(std::abs(d.at(x, top, 0) - 255) <= tolerance);
    CHECK(d.at(x, top, 2) <= tolerance);
    CHECK(d.at(x, low, 0) <= tolerance);
    CHECK(std::abs(d.at(x, low, 2) - 255) <= tolerance);
}

}  // namespace

TEST_CASE("a picture keeps its colours and its top as JPEG and exactly as PNG") {
    PainterDouble painter({96, 64});
    const auto jpeg = encode_jpeg(painter.pixels(0), 90);
    REQUIRE(jpeg);
    CHECK(decode_jpeg(*jpeg).size == Size{96, 64});
    check_halves(decode_jpeg(*jpeg), 6);
    const auto png = encode_png(painter.pixels(0));
    REQUIRE(png);
    const auto back = decode_png(*png);
    REQUIRE(back.size == Size{96, 64});
    const auto view = painter.pixels(0);
    for (int y = 0; y < 64; ++y)
        for (int x = 0; x < 96; ++x)
            for (int c = 0; c < 3; ++c) REQUIRE(back.at(x, y, c) == view.data[y * view.stride + x * 4 + 2 - c]);
}

TEST_CASE("an empty picture is an error, not a crash") {
    CHECK(encode_jpeg({}, 80).error().code == "bad_picture");
    CHECK(encode_png({}).error().code == "bad_picture");
    CHECK(scaled_copy({}, {10, 10}).error().code == "bad_picture");
}

TEST_CASE("a picture is fitted, never stretched nor enlarged") {
    CHECK(fitted_size({1920, 1080}, {480, 270}) == Size{480, 270});
    CHECK(fitted_size({1920, 1080}, {}) == Size{1920, 1080});
    CHECK(fitted_size({320, 180}, {480, 270}) == Size{320, 180});
    CHECK(fitted_size({1080, 1920}, {480, 270}) == Size{152, 270});
    CHECK(fitted_size({10000, 3}, {480, 270}) == Size{480, 2});
}

TEST_CASE("scaling down keeps light") {
    PainterDouble painter({1920, 1080});
    painter.fill(0xffffffff, 0xff808080);
    for (const Size size : {Size{480, 270}, {960, 540}, {333, 187}, {1920, 1080}}) {
        const auto small = scaled_copy(painter.pixels(0), size);
        REQUIRE(small);
        const auto view = small->view();
        INFO("to " << size.width);
        CHECK(int{view.data[0]} >= 253);
        CHECK(std::abs(view.data[(size.height - 1) * view.stride] - 128) <= 2);
    }
}

}  // namespace tribune
