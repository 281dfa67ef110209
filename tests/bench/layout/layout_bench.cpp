// Times the wall's layout on 1920×1080, one thread, and prints one line of JSON. Words come from a fixed seed.
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "unit/wall/words.hpp"
#include "wall/layout.hpp"
#include "wall/terms.hpp"

using namespace tribune;

namespace {

double milliseconds_of(const auto& work) {
    const auto start = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
}

double quantile(std::vector<double> values, double q) {
    if (values.empty()) return 0;
    std::sort(values.begin(), values.end());
    return values[static_cast<std::size_t>(q * static_cast<double>(values.size() - 1))];
}

LayoutOptions options(double smallest) {
    LayoutOptions o;
    o.smallest = smallest;
    return o;
}

// The best of many runs: what the work costs when nothing else has the core.
double from_nothing(const std::vector<LayoutWord>& words, double smallest) {
    double best = 1e9;
    for (int run = 0; run < 15; ++run) {
        WallLayout layout(options(smallest));
        best = std::min(best, milliseconds_of([&] { layout.place_all(words); }));
    }
    return best;
}

std::string from_nothing_json(double smallest) {
    WordSource source(1);
    std::string out;
    for (const std::uint32_t n : {300U, 1000U, 3000U}) {
        out += fmt::format("{}\"words_{}_ms\": {:.3f}", out.empty() ? "" : ", ", n,
                           from_nothing(source.words(n), smallest));
    }
    return out;
}

std::string one_more_json(double smallest) {
    WordSource source(2);
    auto words = source.words(3000);
    WallLayout layout(options(smallest));
    layout.place_all(words);
    std::vector<double> times;
    for (std::uint32_t i = 0; i < 1000; ++i) {
        const LayoutWord word{3000 + i, 1, source.measure.measure({source.text(), {}, ""})};
        times.push_back(milliseconds_of([&] { layout.put(word); }));
    }
    std::vector<double> growth;
    for (std::uint32_t i = 0; i < 1000; ++i) {
        auto& word = words[source.below(3000)];
        ++word.weight;
        growth.push_back(milliseconds_of([&] { layout.put(word); }));
    }
    return fmt::format("\"one_more_p50_ms\": {:.4f}, \"one_more_p99_ms\": {:.4f}, \"growth_p50_ms\": {:.4f}, "
                       "\"growth_p99_ms\": {:.4f}",
                       quantile(times, 0.5), quantile(times, 0.99), quantile(growth, 0.5), quantile(growth, 0.99));
}

// Fifty mentions a second of 2,000 distinct words, some heavier; frames of 20 ms take one mention each.
std::string arrivals_json(double smallest) {
    WordSource source(3);
    const auto words = source.words(2000, 40);
    std::vector<std::uint32_t> mentions;
    for (const auto& w : words) mentions.insert(mentions.end(), w.weight, w.key);
    for (auto i = static_cast<std::uint32_t>(mentions.size()); i > 1; --i) {
        std::swap(mentions[i - 1], mentions[source.below(i)]);
    }
    WallLayout layout(options(smallest));
    std::map<std::uint32_t, std::uint32_t> weights;
    std::vector<double> frames;
    std::vector<double> moves;  // of words there before and after, and on the same page; 0 for those that stay
    std::vector<PlacedWord> placed(words.size());
    std::size_t stayed = 0;
    std::size_t paged = 0;
    for (const auto key : mentions) {
        auto word = words[key];
        word.weight = ++weights[key];
        frames.push_back(milliseconds_of([&] { layout.put(word); }));
        const auto changed = layout.take_changed();
        stayed += layout.size() - std::min(layout.size(), changed.size());
        for (const auto k : changed) {
            const auto now = layout.word(k);
            const auto before = std::exchange(placed[k], now);
            if (before.page < 0) continue;
            if (before.page != now.page) {
                ++paged;
                continue;
            }
            const auto a = before.ink.centre();
            const auto b = now.ink.centre();
            moves.push_back(std::hypot(a.x - b.x, a.y - b.y) / layout.options().area.width);
        }
    }
    const auto moved = moves;
    moves.insert(moves.end(), stayed, 0.0);
    return fmt::format("\"frame_p50_ms\": {:.4f}, \"frame_p99_ms\": {:.4f}, \"frame_max_ms\": {:.3f}, "
                       "\"move_p95\": {:.5f}, \"move_p95_of_changed\": {:.5f}, \"move_p99\": {:.5f}, "
                       "\"share_changed\": {:.4f}, \"to_another_page\": {}, \"pages\": {}, \"lost\": {}",
                       quantile(frames, 0.5), quantile(frames, 0.99), quantile(frames, 1), quantile(moves, 0.95),
                       quantile(moved, 0.95), quantile(moves, 0.99),
                       static_cast<double>(moved.size()) / static_cast<double>(moves.size()), paged,
                       layout.page_count(), words.size() - layout.size());
}

// Ink over the bounding box of the first page, for numbers of words that fit it.
std::string compactness_json() {
    std::string out;
    for (const std::uint32_t n : {10U, 40U, 150U, 300U}) {
        WordSource source(4);
        WallLayout layout(options(14));
        layout.place_all(source.words(n));
        double ink = 0;
        double left = 1e9, top = 1e9, right = 0, bottom = 0;
        for (const auto key : layout.page(0)) {
            const auto box = layout.word(key).ink;
            ink += box.width * box.height;
            left = std::min(left, box.x);
            top = std::min(top, box.y);
            right = std::max(right, box.right());
            bottom = std::max(bottom, box.bottom());
        }
        out += fmt::format("{}\"words_{}\": {:.3f}", out.empty() ? "" : ", ", n,
                           ink / ((right - left) * (bottom - top)));
    }
    return out;
}

}  // namespace

int main() {
    std::string out = "{";
    for (const double smallest : {14.0, 37.0}) {
        out += fmt::format("\"smallest_{:.0f}px\": {{\"from_nothing\": {{{}}}, \"among_3000\": {{{}}}, "
                           "\"arrivals_2000\": {{{}}}}}, ",
                           smallest, from_nothing_json(smallest), one_more_json(smallest), arrivals_json(smallest));
    }
    out += fmt::format("\"compactness\": {{{}}}}}", compactness_json());
    std::puts(out.c_str());
}
