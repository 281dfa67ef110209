// A TextBatch at one instant: words at rest drawn crisp from their bitmaps, moving ones sampled bilinearly.
#pragma once

#include <memory>
#include <vector>

#include "cpu/blend.hpp"
#include "cpu/layer.hpp"
#include "cpu/word_cache.hpp"
#include "plan/frame_plan.hpp"

namespace tribune {

// One word as it stands in one frame.
struct PlacedWord {
    std::shared_ptr<const WordBitmap> bitmap;
    Point pen;          // in the picture
    double scale = 1;   // of the bitmap
    Colour colour;      // alpha with the batch's opacity in it
    float opacity = 1;  // the batch's, for letters with colours of their own
    IntRect ink;
    std::shared_ptr<const CoverageTable> table;  // made from colour

    [[nodiscard]] bool looks_like(const PlacedWord& o) const {
        return bitmap == o.bitmap && pen == o.pen && scale == o.scale && colour == o.colour && opacity == o.opacity;
    }
};
using PlacedWords = std::vector<PlacedWord>;

// Marks what differs between two drawings of words. Words kept in the same order cost nothing.
void add_word_damage(const PlacedWords& before, const PlacedWords& after, DamageGrid& damage);

class TextLayer final : public Layer {
  public:
    explicit TextLayer(std::shared_ptr<const PlacedWords> words);

    [[nodiscard]] IntRect bounds() const override { return bounds_; }
    void draw(Surface& surface, const IntRect& part, Scratch& scratch) const override;
    [[nodiscard]] const std::shared_ptr<const PlacedWords>& words() const { return words_; }

  private:
    std::shared_ptr<const PlacedWords> words_;
    IntRect bounds_;
};

// Places batches, remembering per batch what it looked up. One thread.
class TextPlacer {
  public:
    TextPlacer(std::unique_ptr<Shaper> shaper, std::size_t most_bytes) : cache_(std::move(shaper), most_bytes) {}

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
    struct Memory {
        std::shared_ptr<const std::vector<TextMove>> moves;  // held, so its address cannot come back as another's
        std::vector<Bitmaps> bitmaps;                        // for each move, filled when first needed
        std::shared_ptr<const PlacedWords> settled;          // all at rest, at the offset and opacity below
        Size picture;
        Point offset;
        float opacity = 1;
        bool used = true;
    };
    Memory& memory_of(const TextBatch& batch);
    std::shared_ptr<const CoverageTable> table_for(const Colour& colour);

    WordCache cache_;
    std::vector<std::unique_ptr<Memory>> memories_;
    std::vector<std::pair<Colour, std::shared_ptr<const CoverageTable>>> tables_;  // of this frame, newest last
};

}  // namespace tribune
