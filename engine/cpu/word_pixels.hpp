// A placed word as premultiplied pixels: made once, when first drawn, and blended onto every picture that shows it.
#pragma once

#include <atomic>
#include <mutex>
#include <vector>

#include "cpu/drawn_layer.hpp"
#include "text/word_placer.hpp"

namespace tribune {

// A word at rest is copied from its bitmap, a moving one sampled (text/word_place.hpp). Positions are counted from the first
// pixel of its ink, so that a word at rest may stand elsewhere with the same pixels.
class WordPixels {
  public:
    explicit WordPixels(PlacedBitmap word) : word_(std::move(word)) {}

    // Another word in the same memory; nobody else may use it now.
    void renew(PlacedBitmap word);

    // Over the part (within the surface) of what lies at `ink`. Any thread.
    void blend_onto(Surface& surface, const IntRect& ink, const IntRect& part, SamplerRows& rows) const;

  private:
    // Neighbouring pixels with ink, in the order in which they are blended.
    struct Span {
        int x = 0;
        int length = 0;
        std::size_t first = 0;  // in pixels_
    };
    void make(SamplerRows& rows) const;
    void copy() const;                                  // a word at rest
    void sample(SamplerRows& rows) const;               // a moving one
    std::uint32_t* add_span(int begin, int end) const;  // of the row being made; its pixels to be filled

    PlacedBitmap word_;
    mutable std::atomic<bool> made_{false};
    mutable std::mutex making_;                   // guards what follows until it is made
    mutable std::vector<Span> spans_;             // row by row
    mutable std::vector<std::size_t> row_start_;  // of each row in spans_, and the end
    mutable std::vector<std::uint32_t> pixels_;
};

}  // namespace tribune
