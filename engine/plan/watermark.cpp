#include "plan/watermark.hpp"

#include <bit>

namespace tribune {
namespace {

constexpr Colour white{1, 1, 1, 1};
constexpr Colour black{0, 0, 0, 1};

bool cell(std::uint32_t value, int index) {
    if (index < 4) return index % 2 == 0;
    if (index < 36) return ((value >> (35 - index)) & 1U) != 0;
    return std::popcount(value) % 2 != 0;
}

// Row 0 is the lower one.
double top(const Size& size, int row) { return size.height - (row + 1) * watermark_cell; }

void add_row(Picture& picture, int row, std::uint32_t value) {
    const double y = top(picture.size, row);
    for (int begin = 0; begin < watermark_cells;) {
        int end = begin + 1;
        while (end < watermark_cells && cell(value, end) == cell(value, begin)) ++end;
        const Colour colour = cell(value, begin) ? white : black;
        const Rect place{static_cast<double>(begin * watermark_cell), y,
                         static_cast<double>((end - begin) * watermark_cell), watermark_cell};
        picture.items.emplace_back(FillItem{place, colour, colour, 0});
        begin = end;
    }
}

std::optional<std::uint32_t> read_row(const ImageView& image, int row) {
    std::uint32_t value = 0;
    const int y = static_cast<int>(top(image.size, row)) + watermark_cell / 2;
    for (int i = 0; i < watermark_cells; ++i) {
        const auto* pixel = image.data + y * image.stride + (i * watermark_cell + watermark_cell / 2) * 4;
        const int green = pixel[1];
        if (green > 80 && green < 175) return std::nullopt;
        const bool lit = green >= 128;
        if (i < 4) {
            if (lit != (i % 2 == 0)) return std::nullopt;
        } else if (i < 36) {
            value = (value << 1U) | (lit ? 1U : 0U);
        } else if (lit != (std::popcount(value) % 2 != 0)) {
            return std::nullopt;
        }
    }
    return value;
}

}  // namespace

void add_watermark(Picture& picture, const Watermark& mark) {
    if (picture.size.width < watermark_cells * watermark_cell || picture.size.height < 2 * watermark_cell) return;
    add_row(picture, 0, mark.frame);
    add_row(picture, 1, mark.wall_revision);
}

std::optional<Watermark> read_watermark(const ImageView& image) {
    if (image.size.width < watermark_cells * watermark_cell || image.size.height < 2 * watermark_cell)
        return std::nullopt;
    const auto frame = read_row(image, 0);
    const auto revision = read_row(image, 1);
    if (!frame || !revision) return std::nullopt;
    return Watermark{*frame, *revision};
}

}  // namespace tribune
