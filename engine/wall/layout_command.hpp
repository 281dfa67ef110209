// The pure core of `tribune layout WORDS.tsv`: weighted words in, pages of ink boxes out.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/geometry.hpp"
#include "base/result.hpp"
#include "base/text_spec.hpp"

namespace tribune {

struct LayoutBox {
    std::string word;
    Rect ink;  // pixels, y down

    bool operator==(const LayoutBox&) const = default;
};
using LayoutPages = std::vector<std::vector<LayoutBox>>;

// What `tribune layout` is asked: the words already measured, so that timing the layout times nothing else.
struct LayoutJob {
    Size area;
    double smallest = 0;  // font size in pixels
    std::vector<std::string> words;
    std::vector<std::uint32_t> weights;
    std::vector<TextMetrics> metrics;
};

// Lines "word<TAB>weight", weight a whole number of 1 or more; blank lines are skipped. Errors:
// layout_bad_size, layout_bad_line (with the line's number). `smallest_cap_px` as wall/legibility.hpp gives it.
Result<LayoutJob> read_layout_job(std::string_view tsv, Size area, double smallest_cap_px, const Font& font,
                                  TextMeasure& measure);

// Every word of the job, once, on some page.
LayoutPages run_layout(const LayoutJob& job);

}  // namespace tribune
