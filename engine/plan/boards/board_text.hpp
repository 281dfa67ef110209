// Words of boards: wrapped to a width without loss, set as batches that stay the same objects while their words do.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <tuple>
#include <unordered_map>
#include <vector>

#include "base/text_move.hpp"
#include "base/text_spec.hpp"
#include "plan/text_lines.hpp"

namespace tribune {

// One block of text; sizes in pixels.
struct BoardWords {
    std::string text;
    Font font;
    std::string language;
    double size = 30;
    double width = 0;
    Align align = Align::left;  // text that runs to the left is set from the right
    Colour colour;

    auto key() const { return std::tie(text, font, language, size, width, align, colour); }
    bool operator<(const BoardWords& o) const { return key() < o.key(); }
};

// Thread: one. Bounded: what was not used for longest goes when it is full, and is made again when it is wanted.
class BoardText {
  public:
    explicit BoardText(TextMeasure& measure) : measure_(measure) {}

    // Every word of it; words too long for a line are broken.
    std::vector<std::string> wrap(const BoardWords& words);
    // Lines that it takes.
    std::size_t count(const BoardWords& words);
    // Pixels of one line.
    double width(const BoardWords& words);
    // The largest size from `most` down to `least` that takes at most this height; `least` when none does.
    double fit(BoardWords words, double most, double least, double height);
    // Where the words begin is 0, 0: move it by the batch's offset.
    std::shared_ptr<const std::vector<TextMove>> moves(const BoardWords& words);

  private:
    static constexpr std::size_t most_blocks = 4096;
    static constexpr std::size_t most_words = 60'000;
    struct Block {
        std::shared_ptr<const std::vector<TextMove>> moves;
        std::uint64_t used = 0;
    };

    double advance(const std::string& word, const Font& font, const std::string& language);  // em
    std::vector<std::string> broken(const std::string& word, const BoardWords& words, double limit);

    TextMeasure& measure_;
    std::unordered_map<std::string, double> advances_;  // by weight, family and word
    std::map<BoardWords, Block> blocks_;
    std::uint64_t use_ = 0;
};

}  // namespace tribune
