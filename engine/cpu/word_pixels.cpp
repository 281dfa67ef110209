#include "cpu/word_pixels.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <span>

#include "cpu/blend.hpp"

namespace tribune {
namespace {

// Of the pixel that lies `i` behind the ink's first.
Tap tap(int i, const BitmapAxis& axis) {
    const double v = axis.first + i * axis.step;
    const double floor = std::floor(v);
    const auto share = static_cast<int>((v - floor) * 256 + 0.5);
    return {static_cast<int>(floor) + share / 256, share % 256};
}

// Samples a moving word row by row: first down the bitmap's columns, then along the row where it has ink.
class Sampler {
  public:
    Sampler(const PlacedBitmap& word, SamplerRows& rows)
        : axes_(bitmap_axes(word)), bitmap_(*word.bitmap), size_(bitmap_.image.size), columns_(rows.columns),
          first_for_(rows.first_for), mixed_(rows.mixed) {
        columns_.clear();
        first_for_.assign(static_cast<std::size_t>(size_.width) + 2, word.ink.width());
        for (int x = 0; x < word.ink.width(); ++x) {
            const Tap t = tap(x, axes_.x);
            const int at = std::clamp(t.at, -1, size_.width - 1);
            columns_.push_back({at + 1, at == t.at ? t.share : at < t.at ? 256 : 0});
            auto& first = first_for_[static_cast<std::size_t>(at) + 1];
            first = std::min(first, x);
        }
        for (std::size_t i = first_for_.size() - 1; i > 0; --i)
            first_for_[i - 1] = std::min(first_for_[i - 1], first_for_[i]);
        mixed_.resize((static_cast<std::size_t>(size_.width) + 2) * 5);
    }

    // Calls found(begin, end) for each stretch with ink in this row, rows and columns counted from the ink's first. While it is called, coverage() and colour() tell of those columns.
    template <class Found>
    void row(int y, const Found& found) {
        const Tap row = tap(y, axes_.y);
        const auto above = row.at >= 0 && row.at < size_.height ? bitmap_.row(row.at) : Spans{};
        const auto below = row.at >= -1 && row.at + 1 < size_.height ? bitmap_.row(row.at + 1) : Spans{};
        for (std::size_t a = 0, b = 0; a < above.size() || b < below.size();) {  // the union of both
            const bool upper = b == below.size() || (a < above.size() && above[a].x0 < below[b].x0);
            WordBitmap::Span span = upper ? above[a++] : below[b++];
            for (bool grown = true; grown;) {
                grown = false;
                for (; a < above.size() && above[a].x0 <= span.x1; ++a, grown = true)
                    span.x1 = std::max(span.x1, above[a].x1);
                for (; b < below.size() && below[b].x0 <= span.x1; ++b, grown = true)
                    span.x1 = std::max(span.x1, below[b].x1);
            }
            const int begin = first_for_[static_cast<std::size_t>(span.x0)];
            const int end = first_for_[static_cast<std::size_t>(span.x1) + 1];
            if (begin >= end) continue;
            mix(row, span);
            found(begin, end);
        }
    }

    [[nodiscard]] std::uint8_t coverage(int column) const { return along<1>(mixed_.data(), column, 0); }
    [[nodiscard]] std::uint8_t colour(int column, std::size_t channel) const {
        return along<4>(mixed_.data() + size_.width + 2, column, channel);
    }

  private:
    using Spans = std::span<const WordBitmap::Span>;

    template <std::size_t channels>
    [[nodiscard]] std::uint8_t along(const std::uint16_t* row, int column, std::size_t channel) const {
        const Tap& t = columns_[static_cast<std::size_t>(column)];
        const auto* left = row + static_cast<std::size_t>(t.at) * channels + channel;
        return static_cast<std::uint8_t>((left[0] * (256 - t.share) + left[channels] * t.share + 32768) >> 16);
    }

    // Down the columns of a span, and a blank before and behind it.
    void mix(const Tap& row, const WordBitmap::Span& span) {
        mix_plane<1>(bitmap_.image.coverage, row, span, mixed_.data());
        if (!bitmap_.image.colour.empty())
            mix_plane<4>(bitmap_.image.colour, row, span, mixed_.data() + size_.width + 2);
    }

    template <int channels>
    void mix_plane(const std::vector<std::uint8_t>& image, const Tap& row, const WordBitmap::Span& span,
                   std::uint16_t* out) const {
        const auto n = static_cast<std::size_t>(span.x1 - span.x0) * channels;
        const auto stride = static_cast<std::ptrdiff_t>(size_.width) * channels;
        const auto* above = image.data() + row.at * stride + static_cast<std::ptrdiff_t>(span.x0) * channels;
        const auto* below = above + stride;
        const auto upper = static_cast<std::uint16_t>(row.at >= 0 ? 256 - row.share : 0);
        const auto lower = static_cast<std::uint16_t>(row.at + 1 < size_.height ? row.share : 0);
        if (upper == 0) above = below;  // not read outside the image
        if (lower == 0) below = above;
        out = std::fill_n(out + static_cast<std::ptrdiff_t>(span.x0) * channels, channels, std::uint16_t{0});
        for (std::size_t i = 0; i < n; ++i) out[i] = static_cast<std::uint16_t>(above[i] * upper + below[i] * lower);
        std::fill_n(out + n, channels, std::uint16_t{0});
    }

    const BitmapAxes axes_;
    const WordBitmap& bitmap_;
    Size size_;
    std::vector<Tap>& columns_;    // at: one more than in the bitmap
    std::vector<int>& first_for_;  // the first column whose left neighbour is at or behind this one
    std::vector<std::uint16_t>&
        mixed_;  // coverage, then colours, times 256; a blank before the first and behind the last
};

}  // namespace

void WordPixels::renew(PlacedBitmap word) {
    word_ = std::move(word);
    spans_.clear();
    row_start_.clear();
    pixels_.clear();
    made_ = false;
}

void WordPixels::make(SamplerRows& rows) const {
    row_start_.reserve(static_cast<std::size_t>(word_.ink.height()) + 1);
    spans_.reserve(static_cast<std::size_t>(word_.ink.height()) * 4);
    word_.place.at_rest ? copy() : sample(rows);
    row_start_.push_back(spans_.size());
}

std::uint32_t* WordPixels::add_span(int begin, int end) const {
    spans_.push_back({begin, end - begin, pixels_.size()});
    pixels_.resize(pixels_.size() + static_cast<std::size_t>(end - begin));
    return pixels_.data() + spans_.back().first;
}

void WordPixels::copy() const {
    const auto& image = word_.bitmap->image;
    const CoverageTable table = coverage_table(word_.place.colour);
    for (int y = 0; y < image.size.height; ++y) {
        row_start_.push_back(spans_.size());
        for (const auto& span : word_.bitmap->row(y)) {
            const auto first = static_cast<std::size_t>(y) * static_cast<std::size_t>(image.size.width) +
                               static_cast<std::size_t>(span.x0);
            const auto* coverage = image.coverage.data() + first;
            std::transform(coverage, coverage + (span.x1 - span.x0), add_span(span.x0, span.x1),
                           [&](std::uint8_t c) { return table[c]; });
            if (image.colour.empty()) continue;
            std::uint32_t* pixels = add_span(span.x0, span.x1);
            std::memcpy(pixels, image.colour.data() + first * 4, static_cast<std::size_t>(span.x1 - span.x0) * 4);
            fade_row(pixels, nullptr, word_.place.fade, span.x1 - span.x0);
        }
    }
}

void WordPixels::sample(SamplerRows& rows) const {
    const CoverageTable table = coverage_table(word_.place.colour);
    const bool coloured = !word_.bitmap->image.colour.empty();
    Sampler sampler(word_, rows);
    for (int y = 0; y < word_.ink.height(); ++y) {
        row_start_.push_back(spans_.size());
        sampler.row(y, [&](int begin, int end) {
            std::uint32_t* out = add_span(begin, end);
            for (int x = begin; x < end; ++x) *out++ = table[sampler.coverage(x)];
            if (!coloured) return;
            out = add_span(begin, end);
            for (int x = begin; x < end; ++x) {
                std::uint32_t pixel = 0;
                for (std::size_t c = 0; c < 4; ++c) pixel |= std::uint32_t{sampler.colour(x, c)} << (8 * c);
                out[x - begin] = pixel;
            }
            fade_row(out, nullptr, word_.place.fade, end - begin);
        });
    }
}

void WordPixels::blend_onto(Surface& surface, const IntRect& ink, const IntRect& part, SamplerRows& rows) const {
    const IntRect seen = intersection(part, ink);
    if (seen.empty()) return;
    if (!made_.load(std::memory_order_acquire)) {
        const std::lock_guard lock(making_);
        if (!made_.load(std::memory_order_relaxed)) make(rows);
        made_.store(true, std::memory_order_release);
    }
    for (int y = seen.y0; y < seen.y1; ++y) {
        const auto row = static_cast<std::size_t>(y - ink.y0);
        for (auto s = row_start_[row]; s < row_start_[row + 1]; ++s) {
            const Span& span = spans_[s];
            const int x0 = std::max(span.x + ink.x0, seen.x0);
            const int x1 = std::min(span.x + span.length + ink.x0, seen.x1);
            if (x0 < x1) blend_row(surface, x0, y, pixels_.data() + span.first + (x0 - ink.x0 - span.x), x1 - x0);
        }
    }
}

}  // namespace tribune
