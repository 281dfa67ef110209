#include <cmath>

#include "unit/cpu/painting.hpp"
#include "unit/cpu/test_frames.hpp"

namespace tribune {
namespace {

// ITU-R BT.601-7, BT.709-6 and BT.2020-2: Kr and Kb, then the inverse of their Y'CbCr equations.
Rgb by_formula(int y, int u, int v, ColourMatrix matrix, ColourRange range) {
    const double kr = matrix == ColourMatrix::bt601 ? 0.299 : matrix == ColourMatrix::bt709 ? 0.2126 : 0.2627;
    const double kb = matrix == ColourMatrix::bt601 ? 0.114 : matrix == ColourMatrix::bt709 ? 0.0722 : 0.0593;
    const bool full = range == ColourRange::full;
    const double luma = full ? y / 255.0 : (y - 16) / 219.0;
    const double cb = (u - 128) / (full ? 255.0 : 224.0), cr = (v - 128) / (full ? 255.0 : 224.0);
    const double r = luma + 2 * (1 - kr) * cr;
    const double b = luma + 2 * (1 - kb) * cb;
    const double g = (luma - kr * r - kb * b) / (1 - kr - kb);
    const auto byte = [](double c) { return static_cast<int>(std::lround(std::clamp(c, 0.0, 1.0) * 255)); };
    return {byte(r), byte(g), byte(b)};
}

const PixelFormat yuv_formats[] = {PixelFormat::i420, PixelFormat::nv12, PixelFormat::i422, PixelFormat::i444};
const ColourMatrix matrices[] = {ColourMatrix::bt601, ColourMatrix::bt709, ColourMatrix::bt2020};
const ColourRange ranges[] = {ColourRange::limited, ColourRange::full};

// A sample that varies over the whole plane without repeating soon.
int varied(int plane, int x, int y) { return 40 + (x * 7 + y * 13 + plane * 31) % 170; }

Rgb varied_pixel(const FrameKind& kind, int x, int y) {
    const bool half_x = kind.format != PixelFormat::i444;
    const bool half_y = kind.format == PixelFormat::i420 || kind.format == PixelFormat::nv12;
    const int cx = half_x ? x / 2 : x, cy = half_y ? y / 2 : y;
    const bool nv12 = kind.format == PixelFormat::nv12;
    const int u = nv12 ? varied(1, cx * 2, cy) : varied(1, cx, cy);
    const int v = nv12 ? varied(1, cx * 2 + 1, cy) : varied(2, cx, cy);
    return by_formula(varied(0, x, y), u, v, kind.matrix, kind.range);
}

}  // namespace

TEST_CASE("every format, matrix and range comes out as its formula says") {
    const auto painter = make_painter();
    const int colours[][3] = {{16, 128, 128}, {235, 128, 128}, {81, 90, 240},
                              {145, 54, 34},  {41, 240, 110},  {120, 100, 150}};
    for (const auto format : yuv_formats) {
        for (const auto matrix : matrices) {
            for (const auto range : ranges) {
                for (const auto& c : colours) {
                    const auto frame = make_plain_frame({format, matrix, range}, {34, 18}, c[0], c[1], c[2]);
                    REQUIRE(painter->paint(plan_of({{34, 18}, {}, {VideoItem{frame, {0, 0, 1, 1}, {0, 0, 34, 18}}}})));
                    const Rgb wanted = by_formula(c[0], c[1], c[2], matrix, range);
                    for (const auto& [x, y] : {std::pair{0, 0}, {33, 17}, {16, 9}}) {
                        const Rgb got = pixel(painter->pixels(0), x, y);
                        INFO("format " << static_cast<int>(format) << " matrix " << static_cast<int>(matrix)
                                       << " range " << static_cast<int>(range) << " y " << c[0] << " got " << got
                                       << " wanted " << wanted);
                        CHECK(distance(got, wanted) <= 2);
                    }
                }
            }
        }
    }
}

TEST_CASE("the whole cube of Y, U and V follows the formula") {
    const auto painter = make_painter();
    // U runs along the columns, V along the rows.
    for (const auto matrix : matrices) {
        for (const auto range : ranges) {
            for (int y = 16; y <= 235; y += 21) {
                const auto at = [](int i) { return 16 + i * 4; };
                const auto frame =
                    make_frame({PixelFormat::i444, matrix, range}, {57, 57}, [&](int plane, int column, int row) {
                        return plane == 0 ? y : plane == 1 ? at(column) : at(row);
                    });
                REQUIRE(painter->paint(plan_of({{57, 57}, {}, {VideoItem{frame, {0, 0, 1, 1}, {0, 0, 57, 57}}}})));
                int worst = 0;
                for (int v = 0; v < 57; ++v)
                    for (int u = 0; u < 57; ++u)
                        worst = std::max(worst, distance(pixel(painter->pixels(0), u, v),
                                                         by_formula(y, at(u), at(v), matrix, range)));
                INFO("matrix " << static_cast<int>(matrix) << " range " << static_cast<int>(range) << " y " << y);
                CHECK(worst <= 2);
            }
        }
    }
}

TEST_CASE("a part cut at odd pixels keeps each pixel's own chroma") {
    const auto painter = make_painter();
    const Size size{37, 23};
    for (const auto format : yuv_formats) {
        const FrameKind kind{format, ColourMatrix::bt709, ColourRange::full};
        const auto frame = make_frame(kind, size, varied);
        const int x0 = 3, y0 = 5, w = 31, h = 17;
        const VideoItem item{frame, {x0 / 37.0, y0 / 23.0, w / 37.0, h / 23.0}, {0, 0, w, h}};
        REQUIRE(painter->paint(plan_of({{w, h}, {}, {item}})));
        for (int y = 0; y < h; ++y) {
            for (int x = 0; x < w; ++x) {
                INFO("format " << static_cast<int>(format) << " at " << x << ',' << y);
                REQUIRE(distance(pixel(painter->pixels(0), x, y), varied_pixel(kind, x + x0, y + y0)) <= 2);
            }
        }
    }
}

TEST_CASE("a frame turned by its rotation is upright") {
    const auto painter = make_painter();
    // Stored: left half dark, right half light.
    for (const auto format :
         {PixelFormat::i420, PixelFormat::nv12, PixelFormat::i422, PixelFormat::i444, PixelFormat::bgra}) {
        for (const int rotation : {0, 90, 180, 270}) {
            for (const bool scaled : {false, true}) {
                const auto frame = make_frame({format, ColourMatrix::bt709, ColourRange::full, rotation}, {64, 32},
                                              [&](int plane, int x, int) {
                                                  if (format == PixelFormat::bgra)
                                                      return x % 4 == 3 || x >= 128 ? 255 : 0;
                                                  return plane > 0 ? 128 : x < 32 ? 0 : 255;
                                              });
                Size size = rotation % 180 == 0 ? Size{64, 32} : Size{32, 64};
                if (scaled) size = {size.width * 2, size.height * 2};
                REQUIRE(painter->paint(plan_of(
                    {size, {}, {VideoItem{frame, {0, 0, 1, 1}, {0, 0, size.width * 1.0, size.height * 1.0}}}})));
                const auto view = painter->pixels(0);
                const int cx = size.width / 2, cy = size.height / 2;
                // Clockwise: what lay right is then below, left, above.
                const Rgb light = rotation == 0     ? pixel(view, size.width - 3, cy)
                                  : rotation == 90  ? pixel(view, cx, size.height - 3)
                                  : rotation == 180 ? pixel(view, 2, cy)
                                                    : pixel(view, cx, 2);
                const Rgb dark = rotation == 0     ? pixel(view, 2, cy)
                                 : rotation == 90  ? pixel(view, cx, 2)
                                 : rotation == 180 ? pixel(view, size.width - 3, cy)
                                                   : pixel(view, cx, size.height - 3);
                INFO("format " << static_cast<int>(format) << " rotation " << rotation << " scaled " << scaled);
                CHECK(distance(light, {255, 255, 255}) <= 2);
                CHECK(distance(dark, {0, 0, 0}) <= 2);
            }
        }
    }
}

TEST_CASE("a crop is meant upright, whatever the rotation") {
    const auto painter = make_painter();
    // Upright: four quarters of different light. Stored turned, so that `rotation` brings it back.
    const int quarter[2][2] = {{30, 90}, {150, 210}};  // [row][column]
    for (const int rotation : {0, 90, 180, 270}) {
        const auto frame =
            make_frame({PixelFormat::i420, ColourMatrix::bt709, ColourRange::full, rotation}, {64, 64},
                       [&](int plane, int x, int y) {
                           if (plane > 0) return 128;
                           const int u = rotation == 0 ? x : rotation == 90 ? 63 - y : rotation == 180 ? 63 - x : y;
                           const int v = rotation == 0 ? y : rotation == 90 ? x : rotation == 180 ? 63 - y : 63 - x;
                           return quarter[v / 32][u / 32];
                       });
        for (int row = 0; row < 2; ++row) {
            for (int column = 0; column < 2; ++column) {
                const VideoItem item{frame, {column * 0.5, row * 0.5, 0.5, 0.5}, {0, 0, 20, 20}};
                REQUIRE(painter->paint(plan_of({{20, 20}, {}, {item}})));
                const int light = quarter[row][column];
                INFO("rotation " << rotation << " row " << row << " column " << column);
                CHECK(distance(pixel(painter->pixels(0), 10, 10), {light, light, light}) <= 2);
            }
        }
    }
}

TEST_CASE("scaling keeps plain areas and the slope of a ramp") {
    const auto painter = make_painter();
    for (const auto format : {PixelFormat::i420, PixelFormat::nv12, PixelFormat::i422, PixelFormat::i444}) {
        const FrameKind kind{format, ColourMatrix::bt709, ColourRange::full};
        const auto ramp =
            make_frame(kind, {400, 300}, [](int plane, int x, int) { return plane > 0 ? 128 : x * 255 / 399; });
        for (const Size target : {Size{200, 150}, {120, 90}, {133, 77}, {800, 600}, {57, 31}}) {
            const VideoItem item{ramp, {0, 0, 1, 1}, {0, 0, target.width * 1.0, target.height * 1.0}};
            REQUIRE(painter->paint(plan_of({target, {}, {item}})));
            for (int x = 0; x < target.width; ++x) {
                const int light = static_cast<int>(std::lround((x + 0.5) / target.width * 400.0 - 0.5) * 255 / 399);
                INFO("format " << static_cast<int>(format) << " to " << target.width << " at " << x);
                REQUIRE(distance(pixel(painter->pixels(0), x, target.height / 2), {light, light, light}) <= 4);
            }
        }
    }
}

}  // namespace tribune
