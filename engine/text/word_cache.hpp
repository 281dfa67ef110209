// Words as coverage bitmaps, kept by text, size and sub-pixel place, so that no font is touched in most frames.
#pragma once

#include <list>
#include <memory>
#include <span>
#include <unordered_map>
#include <vector>

#include "base/result.hpp"
#include "text/raster.hpp"

namespace tribune {

struct WordBitmap {
    TextBitmap image;
    double size = 0;  // font size, pixels
    Point subpixel;   // of the pen, as rendered

    // Stretches of a row with ink, long blanks between them left out; row y has spans[row_start[y]…row_start[y + 1]).
    struct Span {
        int x0 = 0;
        int x1 = 0;
    };
    std::vector<Span> spans;
    std::vector<std::uint32_t> row_start;

    [[nodiscard]] std::span<const Span> row(int y) const {
        const auto at = static_cast<std::size_t>(y);
        return {spans.data() + row_start[at], spans.data() + row_start[at + 1]};
    }
};

// Least recently used words go first once over the bound. One thread.
class WordCache {
  public:
    explicit WordCache(std::unique_ptr<Shaper> shaper, std::size_t most_bytes)
        : shaper_(std::move(shaper)), most_bytes_(most_bytes) {}

    // The text at a font size in pixels, its pen at a fraction of a pixel (0…1 each way).
    Result<std::shared_ptr<const WordBitmap>> get(const SharedText& text, double size, Point subpixel);

    void clear();  // bitmaps live on with whoever holds them

    [[nodiscard]] std::uint64_t rendered() const { return rendered_; }
    [[nodiscard]] std::size_t bytes() const { return bytes_; }

  private:
    struct Key {
        TextSpec text;
        double size = 0;
        Point subpixel;
        bool operator==(const Key&) const = default;
    };
    struct KeyHash {
        std::size_t operator()(const Key& k) const;
    };
    struct Entry {
        Key key;
        std::shared_ptr<const WordBitmap> word;
        std::size_t bytes = 0;
    };

    std::unique_ptr<Shaper> shaper_;
    std::size_t most_bytes_;
    std::size_t bytes_ = 0;
    std::uint64_t rendered_ = 0;
    std::list<Entry> recent_;  // newest use first
    std::unordered_map<Key, std::list<Entry>::iterator, KeyHash> index_;
};

}  // namespace tribune
