// Resting text for plans: lines broken to a width, as a batch that stays the same object while its content does.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <tuple>
#include <vector>

#include "base/text_move.hpp"
#include "plan/frame_plan.hpp"

namespace tribune {

enum class Align { left = 1, centre, right };

struct TextLines {
    std::string text;
    Font font;
    std::string language;
    double size = 30;    // font size, pixels
    double width = 0;    // pixels a line may take; words longer than that stand alone and are squeezed in size
    int most_lines = 3;  // the last one ends in … when there is more
    Align align = Align::left;
    Point top_left;  // of the block; unless aligned left the block is `width` wide
    Colour colour;

    auto key() const { return std::tie(text, font, language, size, width, most_lines, align, top_left, colour); }
    bool operator<(const TextLines& o) const { return key() < o.key(); }
};

// Height of one line in em: what Inter and Noto need with accents above capitals.
inline constexpr double line_height_em = 1.22;

// What a line of this text is not broken within: words, with the marks that French sets apart from them.
std::vector<std::string> unbroken_pieces(const std::string& text);

// Breaks, places and remembers. Bounded: the oldest half goes when it is full. Thread: one.
class TextLinesCache {
  public:
    explicit TextLinesCache(TextMeasure& measure) : measure_(measure) {}

    // A batch at rest.
    TextBatch lines(const TextLines& wanted, ShowTime now);
    // How many lines it takes, 1…most_lines.
    int count(const TextLines& wanted);
    // Pixels it would take on one line.
    double width(const TextLines& wanted);

  private:
    static constexpr std::size_t most_blocks = 256;
    struct Block {
        std::shared_ptr<const std::vector<TextMove>> moves;
        std::uint64_t used = 0;
    };

    const Block& block(const TextLines& wanted);
    std::vector<std::string> break_lines(const TextLines& wanted);

    TextMeasure& measure_;
    std::map<TextLines, Block> blocks_;
    std::uint64_t use_ = 0;
};

}  // namespace tribune
