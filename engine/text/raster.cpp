#include "text/raster.hpp"

#include <algorithm>
#include <cmath>

namespace tribune {
namespace {

std::size_t index(int x, int y, int width) {
    return static_cast<std::size_t>(y) * static_cast<std::size_t>(width) + static_cast<std::size_t>(x);
}

// `a` over `b`, both 0…255.
std::uint8_t over(unsigned a, unsigned b) {
    const unsigned product = (255 - a) * b;
    return static_cast<std::uint8_t>(a + (product + 127) / 255);
}

void add_coverage(const CoverageImage& glyph, int x0, int y0, TextBitmap& out) {
    for (int y = 0; y < glyph.size.height; ++y) {
        const int row = y0 + y;
        if (row < 0 || row >= out.size.height) continue;
        for (int x = 0; x < glyph.size.width; ++x) {
            const auto a = glyph.pixels[index(x, y, glyph.size.width)];
            const int column = x0 + x;
            if (a == 0 || column < 0 || column >= out.size.width) continue;
            auto& to = out.coverage[index(column, row, out.size.width)];
            to = over(a, to);
        }
    }
}

// How much each source pixel adds to the pixels [first, first + weights.size()) when scaled: exact area
// averages when it shrinks, linear interpolation when it grows.
struct Taps {
    int first = 0;
    std::vector<float> weights;
};

std::vector<Taps> taps(int count, double origin, double scale, int limit) {
    // Pixel i covers [(i - origin) / scale, (i + 1 - origin) / scale) of the source.
    std::vector<Taps> out(static_cast<std::size_t>(count));
    for (int i = 0; i < count; ++i) {
        const double centre = (i + 0.5 - origin) / scale;
        const double reach = std::max(0.5 / scale, 0.5) + 0.5;  // of a box (shrinking) or a tent (growing)
        const int first = static_cast<int>(std::floor(centre - reach));
        const int last = static_cast<int>(std::ceil(centre + reach));
        Taps& t = out[static_cast<std::size_t>(i)];
        t.first = first;
        double sum = 0;
        for (int s = first; s <= last; ++s) {
            double w = 0;
            if (scale < 1) {
                const double from = std::max<double>(s, centre - 0.5 / scale);
                const double to = std::min<double>(s + 1, centre + 0.5 / scale);
                w = std::max(0.0, to - from);
            } else {
                w = std::max(0.0, 1 - std::abs(s + 0.5 - centre));
            }
            sum += w;
            t.weights.push_back(s < 0 || s >= limit ? 0.0F : static_cast<float>(w));
        }
        for (auto& w : t.weights) w = static_cast<float>(static_cast<double>(w) / sum);
    }
    return out;
}

// The picture's first pixel lands at (x0, y0), fractional, in the bitmap.
void add_picture(const ColourImage& image, double x0, double y0, double scale, TextBitmap& out) {
    const auto columns = taps(out.size.width, x0, scale, image.size.width);
    const auto rows = taps(out.size.height, y0, scale, image.size.height);
    const int from_y = std::max(0, static_cast<int>(std::floor(y0)) - 1);
    const int to_y = std::min(out.size.height, static_cast<int>(std::ceil(y0 + image.size.height * scale)) + 1);
    const int from_x = std::max(0, static_cast<int>(std::floor(x0)) - 1);
    const int to_x = std::min(out.size.width, static_cast<int>(std::ceil(x0 + image.size.width * scale)) + 1);
    for (int y = from_y; y < to_y; ++y) {
        const Taps& row = rows[static_cast<std::size_t>(y)];
        for (int x = from_x; x < to_x; ++x) {
            const Taps& column = columns[static_cast<std::size_t>(x)];
            float sum[4] = {0, 0, 0, 0};
            for (std::size_t j = 0; j < row.weights.size(); ++j) {
                if (row.weights[j] <= 0) continue;
                for (std::size_t i = 0; i < column.weights.size(); ++i) {
                    const float w = row.weights[j] * column.weights[i];
                    if (w <= 0) continue;
                    const auto* p = &image.pixels[4 * index(column.first + static_cast<int>(i),
                                                            row.first + static_cast<int>(j), image.size.width)];
                    for (int c = 0; c < 4; ++c) sum[c] += w * static_cast<float>(p[c]);
                }
            }
            auto* to = &out.colour[4 * index(x, y, out.size.width)];
            const auto alpha = static_cast<unsigned>(std::lround(sum[3]));
            for (int c = 0; c < 4; ++c) {
                const auto v = std::min<unsigned>(static_cast<unsigned>(std::lround(sum[c])), 255);
                to[c] =
                    static_cast<std::uint8_t>(std::min(255U, v + ((255 - std::min(alpha, 255U)) * to[c] + 127) / 255));
            }
        }
    }
}

}  // namespace

Result<TextBitmap> render_text(Shaper& shaper, const TextSpec& spec, double size_px, Point subpixel) {
    TextBitmap out;
    const auto shaped = shaper.shape(spec);
    const TextMetrics& m = shaped->metrics;
    if (!(size_px > 0) || m.ink_width() <= 0 || m.ink_height() <= 0) return out;

    // A pixel to spare on each side: outlines are placed in steps of 1/64, pictures are interpolated.
    const double left = std::floor(m.ink_left * size_px + subpixel.x) - 1;
    const double top = std::floor(m.ink_top * size_px + subpixel.y) - 1;
    const double width = std::ceil(m.ink_right * size_px + subpixel.x) + 1 - left;
    const double height = std::ceil(m.ink_bottom * size_px + subpixel.y) + 1 - top;
    if (!(width * height <= static_cast<double>(most_bitmap_pixels))) {
        return Error{"text_too_large", "a text is too large to draw; make its size smaller"};
    }
    out.left = static_cast<int>(left);
    out.top = static_cast<int>(top);
    out.size = {static_cast<int>(width), static_cast<int>(height)};
    const auto pixels = static_cast<std::size_t>(out.size.width) * static_cast<std::size_t>(out.size.height);
    out.coverage.resize(pixels);
    if (shaped->has_colour) out.colour.resize(pixels * 4);

    FontTable& fonts = shaper.fonts();
    for (const auto& run : shaped->runs) {
        const bool pictures = fonts.is_colour(run.font);
        for (const auto& g : run.glyphs) {
            const double x = static_cast<double>(g.x) * size_px + subpixel.x;
            const double y = static_cast<double>(g.y) * size_px + subpixel.y;
            if (pictures) {
                const ColourImage image = fonts.picture(run.font, g.id);
                if (image.pixels.empty()) continue;
                const double scale = size_px / image.pixels_per_em;
                add_picture(image, x + image.left * scale - left, y + image.top * scale - top, scale, out);
            } else {
                const double whole_x = std::floor(x), whole_y = std::floor(y);
                const CoverageImage glyph = fonts.coverage(run.font, g.id, size_px, {x - whole_x, y - whole_y});
                add_coverage(glyph, static_cast<int>(whole_x) + glyph.left - out.left,
                             static_cast<int>(whole_y) + glyph.top - out.top, out);
            }
        }
    }
    return out;
}

}  // namespace tribune
