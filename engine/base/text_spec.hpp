// What text is before it has pixels, and how big it is. Shared by the wall (places words), the plan and the painters.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

namespace tribune {

struct Font {
    std::string family = "Inter";  // fontconfig name; missing letters fall back to other fonts
    int weight = 600;              // 100…900

    auto operator<=>(const Font&) const = default;
};

// One line of text, shaped as a whole. Painters cache by content, so make one and share it.
struct TextSpec {
    std::string text;  // clean UTF-8, no line breaks
    Font font;
    std::string language;  // BCP 47, may be empty

    auto operator<=>(const TextSpec&) const = default;
};
using SharedText = std::shared_ptr<const TextSpec>;

// Measures in em (multiply by the font size in pixels), from the pen's start on the baseline; y grows down,
// so `top` is negative for anything above the baseline. Ink is what is really painted.
struct TextMetrics {
    double advance = 0;
    double ink_left = 0;
    double ink_top = 0;
    double ink_right = 0;
    double ink_bottom = 0;

    auto operator<=>(const TextMetrics&) const = default;
    [[nodiscard]] double ink_width() const { return ink_right - ink_left; }
    [[nodiscard]] double ink_height() const { return ink_bottom - ink_top; }
};

// The same text always measures the same. Implementations say which threads may call.
class TextMeasure {
  public:
    virtual ~TextMeasure() = default;
    virtual TextMetrics measure(const TextSpec& spec) = 0;
    // Height of a capital letter in em, for legibility.
    virtual double cap_height(const Font& font) = 0;
};

}  // namespace tribune
