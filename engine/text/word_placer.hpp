// Batches of words at one instant: the bitmap of each and where it lies.
#pragma once

#include <memory>
#include <vector>

#include "text/word_cache.hpp"
#include "text/word_place.hpp"

namespace tribune {

struct PlacedBitmap {
    WordPlace place;
    std::shared_ptr<const WordBitmap> bitmap;
    IntRect ink;  // all pixels that it may touch

    [[nodiscard]] bool looks_like(const PlacedBitmap& o) const { return bitmap == o.bitmap && place == o.place; }
};
using PlacedBitmaps = std::vector<PlacedBitmap>;

// The bitmap's column (or row) under a pixel's centre, counted between the centres of its first column and so on:
// `at` + `share`, by which the sampling goes. Of a word at rest whole.
struct BitmapAxis {
    double first = 0;  // under the ink's first pixel
    double step = 1;   // from pixel to pixel
};
struct BitmapAxes {
    BitmapAxis x, y;
};
BitmapAxes bitmap_axes(const PlacedBitmap& word);

// Remembers of each batch what it looked up. One thread.
class WordPlacer {
  public:
    using Words = std::shared_ptr<const std::vector<TextMove>>;

    // Bitmaps of words no longer shown are kept up to `most_bytes`.
    WordPlacer(std::unique_ptr<Shaper> shaper, std::size_t most_bytes) : cache_(std::move(shaper), most_bytes) {}

    // Words outside the picture are left out. The same object for every picture of a frame, and for every frame while
    // the words rest. A word that cannot be rendered is left out, too; `problem` then says why.
    std::shared_ptr<const PlacedBitmaps> place(const Words& words, const WordsInstant& at, Size picture,
                                               Status& problem);

    // Gets some of the bitmaps that the batch needs at rest and that it has not got yet, once in a frame: a page of
    // words that comes on later costs no frame then.
    std::vector<std::shared_ptr<const WordBitmap>> prepare(const Words& words, const WordsInstant& at);

    // Forgets what was neither placed nor prepared since the last call.
    void end_frame();

    // Lets go of all bitmaps but those of what was placed or prepared.
    void forget_unused() { cache_.clear(); }

    [[nodiscard]] const WordCache& cache() const { return cache_; }

  private:
    struct Bitmaps {
        std::shared_ptr<const WordBitmap> rest;
        std::shared_ptr<const WordBitmap> moving;
    };
    struct Placed {
        WordsInstant at;  // `now` of words at rest: when they came to rest
        Size picture;
        std::shared_ptr<const PlacedBitmaps> words;
        bool used = true;
    };
    struct Memory {
        Words moves;                   // held, so its address cannot come back as another's
        std::vector<Bitmaps> bitmaps;  // for each move, filled when first needed
        std::size_t prepared = 0;      // of the moves
        std::vector<Placed> placed;
        bool used = false;
    };
    Memory& memory_of(const Words& words);
    static std::shared_ptr<const WordBitmap>& slot(Bitmaps& bitmaps, const WordPlace& place, const TextMove& move);

    WordCache cache_;
    std::vector<std::unique_ptr<Memory>> memories_;
};

}  // namespace tribune
