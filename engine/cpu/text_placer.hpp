// Text batches at one instant: where each word stands, and whose pixels it shares.
#pragma once

#include <map>
#include <memory>
#include <tuple>
#include <unordered_map>
#include <vector>

#include "cpu/drawn_words.hpp"
#include "cpu/word_pixels.hpp"
#include "plan/frame_plan.hpp"

namespace tribune {

// One thread. Problems as in WordPlacer.
class TextPlacer {
  public:
    TextPlacer(std::unique_ptr<Shaper> shaper, std::size_t most_bytes) : words_(std::move(shaper), most_bytes) {}

    // The same object for every picture of a frame, and for every frame while the words rest. A batch of opacity 0 has
    // no words and is prepared.
    std::shared_ptr<const DrawnWords> place(const TextBatch& batch, Size picture, Status& problem);

    // Forgets batches not placed since the last call.
    void end_frame();

    [[nodiscard]] const WordCache& cache() const { return words_.cache(); }

  private:
    struct Drawn {
        std::shared_ptr<const PlacedBitmaps> placed;  // held, so its address cannot come back as another's
        std::shared_ptr<const DrawnWords> words;
        bool used = true;
    };
    struct Kept {
        std::shared_ptr<const WordPixels> pixels;
        bool used = true;
    };
    // Of a word at rest: whoever uses the same bitmap in the same colour shares them.
    std::shared_ptr<const WordPixels> resting_pixels(const PlacedBitmap& word);
    std::shared_ptr<const WordPixels> moving_pixels(const PlacedBitmap& word);

    WordPlacer words_;
    std::unordered_map<const PlacedBitmaps*, Drawn> drawn_;
    std::map<std::tuple<const WordBitmap*, std::uint32_t, int>, Kept> kept_;  // the bitmap is held by its pixels
    std::vector<std::shared_ptr<WordPixels>> moving_;  // of the last frames: their memory is used again
    std::vector<std::size_t> free_;                    // of them, those that no picture shows any more
};

}  // namespace tribune
