#include "wall/layout_command.hpp"

#include <fmt/format.h>

#include <charconv>

#include "wall/ellipsis.hpp"
#include "wall/layout.hpp"
#include "wall/legibility.hpp"

namespace tribune {
namespace {

LayoutOptions options_of(Size area, double smallest) {
    LayoutOptions out;
    out.area = area;
    out.smallest = smallest;
    return out;
}

}  // namespace

Result<LayoutJob> read_layout_job(std::string_view tsv, Size area, double smallest_cap_px, const Font& font,
                                  TextMeasure& measure) {
    if (area.width < 16 || area.height < 16 || area.width > 32768 || area.height > 32768) {
        return Error{"layout_bad_size", "The size must be between 16x16 and 32768x32768 pixels."};
    }
    LayoutJob job;
    job.area = area;
    job.smallest = font_size_for_cap_height(smallest_cap_px, measure.cap_height(font));
    const WallLayout page(options_of(area, job.smallest));
    for (int number = 1; !tsv.empty(); ++number) {
        const auto end = std::min(tsv.find('\n'), tsv.size());
        auto line = tsv.substr(0, end);
        tsv.remove_prefix(std::min(end + 1, tsv.size()));
        if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
        if (line.empty()) continue;
        const auto tab = line.find('\t');
        std::uint32_t weight = 0;
        if (tab != std::string_view::npos) {
            const auto* last = line.data() + line.size();
            const auto read = std::from_chars(line.data() + tab + 1, last, weight);
            if (read.ec != std::errc{} || read.ptr != last) weight = 0;
        }
        if (tab == 0 || weight == 0) {
            return Error{"layout_bad_line",
                         fmt::format("Line {}: write a word, a tab and a whole number of 1 or more.", number)};
        }
        const auto spec = shortened({std::string(line.substr(0, tab)), font, ""}, page.widest_ink(), measure);
        job.words.emplace_back(line.substr(0, tab));
        job.weights.push_back(weight);
        job.metrics.push_back(measure.measure(spec));
    }
    return job;
}

LayoutPages run_layout(const LayoutJob& job) {
    std::vector<LayoutWord> words;
    words.reserve(job.words.size());
    for (std::size_t i = 0; i < job.words.size(); ++i) {
        words.push_back({static_cast<std::uint32_t>(i), job.weights[i], job.metrics[i]});
    }
    WallLayout layout(options_of(job.area, job.smallest));
    layout.place_all(words);
    LayoutPages out(static_cast<std::size_t>(layout.page_count()));
    for (std::size_t p = 0; p < out.size(); ++p) {
        for (const auto key : layout.page(static_cast<int>(p))) {
            out[p].push_back({job.words[key], layout.word(key).ink});
        }
    }
    return out;
}

}  // namespace tribune
