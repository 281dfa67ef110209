// A painter in its own context, and pictures as plain values.
#pragma once

#include <catch2/catch.hpp>
#include <cstdint>
#include <memory>
#include <vector>

#include "gpu/gl_painter.hpp"
#include "support/egl_context.hpp"
#include "support/source_dir.hpp"

namespace tribune::test {

inline constexpr Size small{320, 180};

struct Rgb {
    int red = 0;
    int green = 0;
    int blue = 0;
};
inline int distance(Rgb a, Rgb b) {
    return std::max({std::abs(a.red - b.red), std::abs(a.green - b.green), std::abs(a.blue - b.blue)});
}

// A copy of what was drawn.
struct Image {
    Size size;
    std::vector<std::uint8_t> bytes;  // B G R A

    explicit Image(const ImageView& view) : size(view.size) {
        for (int y = 0; y < size.height; ++y) {
            const auto* row = view.data + static_cast<std::ptrdiff_t>(y) * view.stride;
            bytes.insert(bytes.end(), row, row + size.width * 4);
        }
    }
    [[nodiscard]] Rgb at(int x, int y) const {
        const auto i = static_cast<std::size_t>((y * size.width + x) * 4);
        return {bytes[i + 2], bytes[i + 1], bytes[i]};
    }
    bool operator==(const Image& o) const { return size == o.size && bytes == o.bytes; }
};

struct GlFixture {
    EglContext context;
    std::unique_ptr<GlPainter> painter;

    explicit GlFixture(std::size_t most_text_bytes = GlOptions{}.most_text_bytes) {
        GlOptions options;
        options.shaders = source_dir() / "shaders";
        options.allow_software = true;
        options.debug = true;
        options.most_text_bytes = most_text_bytes;
        auto made = GlPainter::create(options);
        if (!made) FAIL(made.error().message);
        painter = *std::move(made);
    }
    Image draw(Picture picture) {
        FramePlan plan;
        plan.pictures.push_back(std::move(picture));
        return draw(plan);
    }
    Image draw(const FramePlan& plan, std::size_t picture = 0) {
        const Status s = painter->paint(plan);
        if (!s) FAIL(s.error().message);
        return Image(painter->pixels(picture));
    }
};

// A frame that owns its bytes. `fill(plane, x, y)` gives each byte, x counted in bytes.
template <class Fill>
std::shared_ptr<const VideoFrame> make_frame(PixelFormat format, Size size, Fill fill, int padding = 0) {
    auto frame = std::make_shared<VideoFrame>();
    auto memory = std::make_shared<std::array<std::vector<std::uint8_t>, 3>>();
    frame->format = format;
    frame->size = size;
    for (int p = 0; p < 3; ++p) {
        const auto shape = plane_shape(format, size, p);
        if (shape.rows == 0) continue;
        const int stride = shape.row_bytes + padding;
        auto& bytes = (*memory)[static_cast<std::size_t>(p)];
        bytes.assign(static_cast<std::size_t>(stride * shape.rows), 0xAA);
        for (int y = 0; y < shape.rows; ++y) {
            for (int x = 0; x < shape.row_bytes; ++x) {
                bytes[static_cast<std::size_t>(y * stride + x)] = static_cast<std::uint8_t>(fill(p, x, y));
            }
        }
        frame->planes[static_cast<std::size_t>(p)] = {bytes.data(), stride};
    }
    frame->keep = memory;
    return frame;
}

inline VideoItem full(std::shared_ptr<const VideoFrame> frame) {
    VideoItem item;
    item.frame = std::move(frame);
    item.place = {0, 0, small.width, small.height};
    return item;
}

inline TextMove word(const std::string& text, Point at, float size, Colour colour = {1, 1, 1, 1}) {
    TextMove m;
    m.text = std::make_shared<const TextSpec>(TextSpec{text, {}, ""});
    m.from = m.to = at;
    m.from_size = m.to_size = size;
    m.from_colour = m.to_colour = colour;
    return m;
}

inline TextBatch batch(std::vector<TextMove> moves, ShowTime now = {}) {
    TextBatch b;
    b.moves = std::make_shared<const std::vector<TextMove>>(std::move(moves));
    b.now = now;
    for (const auto& m : *b.moves) b.settled = std::max(b.settled, m.start + m.length);
    return b;
}

inline Picture picture_of(std::vector<PlanItem> items, Colour ground = {0, 0, 0, 1}) {
    return {small, ground, std::move(items)};
}

}  // namespace tribune::test
