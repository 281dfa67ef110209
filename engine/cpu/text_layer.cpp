#include "cpu/text_layer.hpp"

#include <cmath>
#include <unordered_map>

namespace tribune {
namespace {

Colour between(const Colour& a, const Colour& b, float t) {
    const auto mix = [t](float u, float v) { return u + (v - u) * t; };
    return {mix(a.red, b.red), mix(a.green, b.green), mix(a.blue, b.blue), mix(a.alpha, b.alpha)};
}

// Steps of 1/64 pixel: finer is not seen, and sums of such numbers are exact.
double step(double v) { return std::floor(v * 64 + 0.5) / 64; }
Point step(Point p) { return {step(p.x), step(p.y)}; }
Point fraction(Point p) { return {p.x - std::floor(p.x), p.y - std::floor(p.y)}; }

// A word whose pixels fall on its bitmap's pixels can be copied; others are sampled.
bool crisp(const PlacedWord& w) { return w.scale == 1 && fraction(w.pen) == w.bitmap->subpixel; }

IntRect ink_of(const PlacedWord& w) {
    const auto& image = w.bitmap->image;
    if (crisp(w)) {
        const int left = static_cast<int>(std::floor(w.pen.x)) + image.left;
        const int top = static_cast<int>(std::floor(w.pen.y)) + image.top;
        return {left, top, left + image.size.width, top + image.size.height};
    }
    const double x = w.pen.x + (image.left - w.bitmap->subpixel.x) * w.scale;
    const double y = w.pen.y + (image.top - w.bitmap->subpixel.y) * w.scale;
    return {static_cast<int>(std::floor(x - w.scale)), static_cast<int>(std::floor(y - w.scale)),
            static_cast<int>(std::ceil(x + (image.size.width + 1) * w.scale)),
            static_cast<int>(std::ceil(y + (image.size.height + 1) * w.scale))};
}

int share_of_256(float opacity) { return static_cast<int>(std::lround(opacity * 256.0F)); }

void draw_crisp(const PlacedWord& word, Surface& surface, const IntRect& part, Scratch& scratch) {
    const auto& bitmap = *word.bitmap;
    const auto& image = bitmap.image;
    const IntRect r = intersection(part, word.ink);
    for (int y = r.y0; y < r.y1; ++y) {
        const auto row = static_cast<std::size_t>(y - word.ink.y0);
        for (auto s = bitmap.row_start[row]; s < bitmap.row_start[row + 1]; ++s) {
            const int x0 = std::max(bitmap.spans[s].x0 + word.ink.x0, r.x0);
            const int x1 = std::min(bitmap.spans[s].x1 + word.ink.x0, r.x1);
            if (x0 >= x1) continue;
            const auto from =
                row * static_cast<std::size_t>(image.size.width) + static_cast<std::size_t>(x0 - word.ink.x0);
            blend_coverage(surface.at(x0, y), image.coverage.data() + from, *word.table, x1 - x0,
                           scratch.pixels.data());
            if (image.colour.empty()) continue;
            std::copy_n(image.colour.data() + from * 4, static_cast<std::size_t>(x1 - x0) * 4,
                        reinterpret_cast<std::uint8_t*>(scratch.pixels.data()));
            fade_row(scratch.pixels.data(), nullptr, share_of_256(word.opacity), x1 - x0);
            blend_row(surface.at(x0, y), scratch.pixels.data(), x1 - x0);
        }
    }
}

// Where a bilinear sample lies along one axis: two neighbours and the second's share of 256.
struct Tap {
    int at = 0;
    int share = 0;
};

// `start` is where the bitmap's pen lies in the bitmap.
Tap tap(int pixel, double pen, double start, double scale) {
    const double v = (pixel + 0.5 - pen) / scale + start - 0.5;
    const double floor = std::floor(v);
    return {static_cast<int>(floor), static_cast<int>((v - floor) * 256)};
}

template <int channels>
void sample_row(const std::uint8_t* image, Size size, const Tap& row, const std::vector<Tap>& columns, int n,
                std::uint8_t* out) {
    const auto value = [&](int x, int y, int c) -> int {
        if (x < 0 || y < 0 || x >= size.width || y >= size.height) return 0;
        return image[(static_cast<std::ptrdiff_t>(y) * size.width + x) * channels + c];
    };
    for (int i = 0; i < n; ++i) {
        const Tap& column = columns[static_cast<std::size_t>(i)];
        for (int c = 0; c < channels; ++c) {
            const int above =
                value(column.at, row.at, c) * (256 - column.share) + value(column.at + 1, row.at, c) * column.share;
            const int below = value(column.at, row.at + 1, c) * (256 - column.share) +
                              value(column.at + 1, row.at + 1, c) * column.share;
            out[i * channels + c] =
                static_cast<std::uint8_t>((above * (256 - row.share) + below * row.share + 32768) >> 16);
        }
    }
}

void draw_sampled(const PlacedWord& word, Surface& surface, const IntRect& part, Scratch& scratch) {
    const auto& bitmap = *word.bitmap;
    const auto& image = bitmap.image;
    const IntRect r = intersection(part, word.ink);
    if (r.empty()) return;
    const int n = r.width();
    const Point start{bitmap.subpixel.x - image.left, bitmap.subpixel.y - image.top};
    std::vector<Tap> columns;
    columns.reserve(static_cast<std::size_t>(n));
    for (int x = r.x0; x < r.x1; ++x) columns.push_back(tap(x, word.pen.x, start.x, word.scale));
    for (int y = r.y0; y < r.y1; ++y) {
        const Tap row = tap(y, word.pen.y, start.y, word.scale);
        if (row.at < -1 || row.at >= image.size.height) continue;
        sample_row<1>(image.coverage.data(), image.size, row, columns, n, scratch.coverage.data());
        blend_coverage(surface.at(r.x0, y), scratch.coverage.data(), *word.table, n, scratch.pixels.data());
        if (image.colour.empty()) continue;
        sample_row<4>(image.colour.data(), image.size, row, columns, n,
                      reinterpret_cast<std::uint8_t*>(scratch.pixels.data()));
        fade_row(scratch.pixels.data(), nullptr, share_of_256(word.opacity), n);
        blend_row(surface.at(r.x0, y), scratch.pixels.data(), n);
    }
}

}  // namespace

void add_word_damage(const PlacedWords& before, const PlacedWords& after, DamageGrid& damage) {
    std::size_t same = 0;
    while (same < before.size() && same < after.size() && before[same].looks_like(after[same])) ++same;
    if (same == before.size() && same == after.size()) return;

    // Only words matched in rising order may stay: then what overlaps still overlaps the same way.
    std::unordered_multimap<const WordBitmap*, std::size_t> old;
    old.reserve(before.size() - same);
    for (std::size_t i = same; i < before.size(); ++i) old.emplace(before[i].bitmap.get(), i);
    std::vector<char> kept(before.size(), 0);
    std::size_t next = same;
    for (std::size_t j = same; j < after.size(); ++j) {
        std::size_t match = before.size();
        const auto [first, last] = old.equal_range(after[j].bitmap.get());
        for (auto it = first; it != last; ++it) {
            if (it->second >= next && it->second < match && before[it->second].looks_like(after[j])) match = it->second;
        }
        if (match < before.size()) {
            kept[match] = 1;
            next = match + 1;
        } else {
            damage.add(after[j].ink);
        }
    }
    for (std::size_t i = same; i < before.size(); ++i)
        if (kept[i] == 0) damage.add(before[i].ink);
}

TextLayer::TextLayer(std::shared_ptr<const PlacedWords> words) : words_(std::move(words)) {
    if (words_->empty()) return;
    bounds_ = words_->front().ink;
    for (const auto& w : *words_) {
        bounds_ = {std::min(bounds_.x0, w.ink.x0), std::min(bounds_.y0, w.ink.y0), std::max(bounds_.x1, w.ink.x1),
                   std::max(bounds_.y1, w.ink.y1)};
    }
}

void TextLayer::draw(Surface& surface, const IntRect& part, Scratch& scratch) const {
    scratch.fit(part.width());
    for (const auto& word : *words_) {
        if (word.ink.y0 >= part.y1 || word.ink.y1 <= part.y0 || word.ink.x0 >= part.x1 || word.ink.x1 <= part.x0)
            continue;
        crisp(word) ? draw_crisp(word, surface, part, scratch) : draw_sampled(word, surface, part, scratch);
    }
}

std::shared_ptr<const PlacedWords> TextPlacer::place(const TextBatch& batch, Size picture, Status& problem) {
    if (!batch.moves) return std::make_shared<const PlacedWords>();
    Memory& memory = memory_of(batch);
    const bool at_rest = batch.now >= batch.settled;
    if (at_rest && memory.settled && memory.offset == batch.offset && memory.opacity == batch.opacity &&
        memory.picture == picture)
        return memory.settled;

    auto words = std::make_shared<PlacedWords>();
    words->reserve(batch.moves->size());
    const IntRect visible{0, 0, picture.width, picture.height};
    for (std::size_t i = 0; i < batch.moves->size(); ++i) {
        const TextMove& move = (*batch.moves)[i];
        if (!move.text) continue;
        const double t = at_rest ? 1 : eased_progress(batch.now, move.start, move.length);
        const auto ft = static_cast<float>(t);
        PlacedWord word;
        word.colour = between(move.from_colour, move.to_colour, ft);
        word.opacity = std::clamp(batch.opacity, 0.0F, 1.0F) * word.colour.alpha;
        word.colour.alpha = word.opacity;
        const double size = move.from_size + (move.to_size - move.from_size) * t;
        if (to_byte(word.opacity) == 0 || size <= 0) continue;
        const bool moved = t >= 1;
        const Point from = step(move.from), to = step(move.to), offset = step(batch.offset);
        word.pen = {(moved ? to.x : from.x + (to.x - from.x) * t) + offset.x,
                    (moved ? to.y : from.y + (to.y - from.y) * t) + offset.y};
        const bool shrinks = move.from_size > move.to_size;
        auto& kept = memory.bitmaps[i];
        auto& bitmap = moved || !shrinks ? kept.rest : kept.moving;
        const double bitmap_size = moved || !shrinks ? move.to_size : move.from_size;
        if (!bitmap) {
            auto got = cache_.get(move.text, bitmap_size, fraction(moved || !shrinks ? to : from));
            if (!got) {
                problem = got.error();
                continue;
            }
            bitmap = *got;
        }
        word.bitmap = bitmap;
        word.scale = moved ? 1 : size / bitmap_size;
        word.ink = ink_of(word);
        if (bitmap->image.size.empty() || intersection(word.ink, visible).empty()) continue;
        word.table = table_for(word.colour);
        words->push_back(std::move(word));
    }
    if (at_rest) {
        memory.settled = words;
        memory.offset = batch.offset;
        memory.opacity = batch.opacity;
        memory.picture = picture;
    }
    return words;
}

TextPlacer::Memory& TextPlacer::memory_of(const TextBatch& batch) {
    for (auto& m : memories_) {
        if (m->moves == batch.moves) {
            m->used = true;
            return *m;
        }
    }
    memories_.push_back(std::make_unique<Memory>());
    memories_.back()->moves = batch.moves;
    memories_.back()->bitmaps.resize(batch.moves->size());
    return *memories_.back();
}

std::shared_ptr<const CoverageTable> TextPlacer::table_for(const Colour& colour) {
    // Words share a palette of few colours; those in transition rarely repeat one.
    constexpr std::size_t looked_at = 12;
    const auto from = tables_.size() > looked_at ? tables_.size() - looked_at : 0;
    for (auto i = tables_.size(); i > from; --i)
        if (tables_[i - 1].first == colour) return tables_[i - 1].second;
    tables_.emplace_back(colour, std::make_shared<const CoverageTable>(coverage_table(colour, 1)));
    return tables_.back().second;
}

void TextPlacer::end_frame() {
    std::erase_if(memories_, [](auto& m) { return !std::exchange(m->used, false); });
    tables_.clear();
}

}  // namespace tribune
