// Text batches at one instant: which bitmap each word uses, where it stands, and whose pixels it shares.
#pragma once

#include <map>
#include <memory>
#include <tuple>
#include <vector>

#include "cpu/word_pixels.hpp"
#include "plan/frame_plan.hpp"

namespace tribune {

// Places batches, remembering per batch what it looked up. One thread.
class TextPlacer {
  public:
    TextPlacer(std::unique_ptr<Shaper> shaper, std::size_t most_bytes) : cache_(std::move(shaper), most_bytes) {}

    // The same object for every picture of a frame, and for every frame while the words rest.
    // A word that cannot be rendered is left out; `problem` then says why.
    std::shared_ptr<const PlacedWords> place(const TextBatch& batch, Size picture, Status& problem);

    // Forgets batches not placed since the last call.
    void end_frame();

    [[nodiscard]] const WordCache& cache() const { return cache_; }

  private:
    struct Bitmaps {
        std::shared_ptr<const WordBitmap> rest;
        std::shared_ptr<const WordBitmap> moving;
    };
    struct Instant {
        ShowTime now;  // of words at rest: when they came to rest
        Size picture;
        Point offset;
        float opacity = 1;
        bool operator==(const Instant&) const = default;
    };
    struct Memory {
        std::shared_ptr<const std::vector<TextMove>> moves;  // held, so its address cannot come back as another's
        std::vector<Bitmaps> bitmaps;                        // for each move, filled when first needed
        Instant instant;
        std::shared_ptr<const PlacedWords> words;  // at that instant
        bool used = true;
    };
    struct Kept {
        std::shared_ptr<const WordPixels> pixels;
        bool used = true;
    };
    Memory& memory_of(const TextBatch& batch);
    // Of a word at rest: whoever uses the same bitmap in the same colour shares them.
    std::shared_ptr<const WordPixels> resting_pixels(const PlacedWord& word);
    std::shared_ptr<const WordPixels> moving_pixels(const PlacedWord& word);

    WordCache cache_;
    std::vector<std::unique_ptr<Memory>> memories_;
    std::map<std::tuple<const WordBitmap*, std::uint32_t, float>, Kept> kept_;  // the bitmap is held by its pixels
    std::vector<std::shared_ptr<WordPixels>> moving_;  // of the last frames: their memory is used again
    std::vector<std::size_t> free_;                    // of them, those that no picture shows any more
};

}  // namespace tribune
