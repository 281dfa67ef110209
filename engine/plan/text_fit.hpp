// Text that must be seen whole: set as large as was wished, or as it fits into its room.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/text_spec.hpp"

namespace tribune {

struct TextRoom {
    double width = 0;     // pixels
    int lines = 1;        // at most
    double wished = 30;   // font size, pixels
    double smallest = 0;  // that can be read; gone below only when nothing else helps
};

struct FittedText {
    double size = 0;  // font size, pixels
    struct Line {
        SharedText text;
        double advance = 0;  // pixels
    };
    std::vector<Line> lines;
    double width = 0;  // of the longest
};

// Never cuts: one line while it need not be much smaller for that, then up to `lines` lines of like length, and smaller
// letters where these do not do either. Deterministic.
FittedText fit_text(TextMeasure& measure, const std::string& text, const Font& font, const std::string& language,
                    const TextRoom& room);

// Whether its first strong letter is one of a script that runs from right to left.
bool runs_to_the_left(std::string_view text);

// One line in pieces that can be placed one after the other, in the order that they are read.
std::vector<FittedText::Line> line_in_pieces(TextMeasure& measure, const std::string& text, const Font& font,
                                             const std::string& language, double size);

}  // namespace tribune
