// Times the wall's layout on 1920×1080, one thread's processor time, words from a fixed seed, measured beforehand.
//
//   bench_layout                    figures, one a line
//   bench_layout --clouds N LISTS   LISTS times N words and where they are, on one page, for ../layout_peer.mjs;
//                                   dx, dy: from the text's middle on the baseline to the ink's corner
#include <fmt/format.h>
#include <time.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "text/shaper.hpp"
#include "unit/wall/words.hpp"
#include "wall/layout.hpp"

using namespace tribune;

namespace {

constexpr double hall_letter = 37;   // px: 20 m from a screen 4 m high
constexpr double small_letter = 14;  // 300 words on one page
constexpr double any_letter = 8;     // 3,000 words on one page

// What a figure must be at most.
using Bar = std::optional<double>;

void print(const std::string& what, double value, const char* unit, Bar bar = {}) {
    fmt::print("{{\"what\": \"{}\", \"value\": {:.5g}, \"unit\": \"{}\"", what, value, unit);
    if (bar) fmt::print(", \"bar\": {}, \"better\": \"less\"", *bar);
    fmt::print("}}\n");
}

// Of this thread's processor: what else runs on the machine does not count.
double thread_milliseconds() {
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) * 1e-6;
}

double milliseconds_of(const auto& work) {
    const double start = thread_milliseconds();
    work();
    return thread_milliseconds() - start;
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

std::size_t overlaps(const WallLayout& layout) {
    std::size_t count = 0;
    for (int p = 0; p < layout.page_count(); ++p) {
        const auto& keys = layout.page(p);
        for (std::size_t i = 0; i < keys.size(); ++i) {
            const auto box = layout.word(keys[i]).ink;
            for (std::size_t j = 0; j < i; ++j) count += box.intersects(layout.word(keys[j]).ink) ? 1U : 0U;
        }
    }
    return count;
}

// The best of many runs: what the work costs when nothing else has the core.
double from_nothing_ms(const std::vector<LayoutWord>& words, double smallest) {
    double best = 1e9;
    for (int run = 0; run < 15; ++run) {
        WallLayout layout(options(smallest));
        best = std::min(best, milliseconds_of([&] { layout.place_all(words); }));
    }
    return best;
}

void from_nothing(double smallest) {
    const std::pair<std::uint32_t, double> bars[] = {{300, 3}, {1000, 12}, {3000, 50}};
    WordSource source(1);
    for (const auto& [n, bar] : bars) {
        const auto words = source.words(n);
        const auto what = fmt::format("{} words from nothing, letters from {} px", n, smallest);
        print(what, from_nothing_ms(words, smallest), "ms", bar);
        WallLayout layout(options(smallest));
        layout.place_all(words);
        print(what + ": pages", layout.page_count(), "");
        print(what + ": dropped", static_cast<double>(words.size() - layout.size()), "words", 0);
        print(what + ": overlaps", static_cast<double>(overlaps(layout)), "pairs", 0);
    }
}

// How the time grows: at a hall's letters, so that more words are more pages, and each page costs the same.
void curve() {
    for (const std::uint32_t n : {100U, 200U, 500U, 1000U, 2000U, 5000U, 10000U}) {
        WordSource source(5);
        fmt::print(
            "{{\"what\": \"{0} words from nothing, letters from {1} px\", \"value\": {2:.5g}, \"unit\": \"ms\", "
            "\"curve\": \"words laid out\", \"x\": {0}}}\n",
            n, hall_letter, from_nothing_ms(source.words(n), hall_letter));
    }
}

void one_more(double smallest) {
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
    const auto letters = fmt::format("letters from {} px", smallest);
    print("one word more among 3,000, " + letters + ": median", quantile(times, 0.5), "ms", 0.3);
    print("one word more among 3,000, " + letters + ": p99", quantile(times, 0.99), "ms", 1);
    print("one mention more of one of 3,000, " + letters + ": median", quantile(growth, 0.5), "ms");
    print("one mention more of one of 3,000, " + letters + ": p99", quantile(growth, 0.99), "ms");
}

// The mentions of 2,000 distinct words, some heavier, in random order.
void arrivals(double smallest) {
    WordSource source(3);
    const auto words = source.words(2000, 40);
    std::vector<std::uint32_t> mentions;
    for (const auto& w : words) mentions.insert(mentions.end(), w.weight, w.key);
    for (auto i = static_cast<std::uint32_t>(mentions.size()); i > 1; --i) {
        std::swap(mentions[i - 1], mentions[source.below(i)]);
    }
    WallLayout layout(options(smallest));
    std::map<std::uint32_t, std::uint32_t> weights;
    std::vector<double> times;
    std::vector<double> moves;  // of words there before and after, and on the same page; 0 for those that stay
    std::vector<PlacedWord> placed(words.size());
    std::size_t stayed = 0;
    std::size_t paged = 0;
    for (const auto key : mentions) {
        auto word = words[key];
        word.weight = ++weights[key];
        times.push_back(milliseconds_of([&] { layout.put(word); }));
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
    const auto moved = static_cast<double>(moves.size());
    moves.insert(moves.end(), stayed, 0.0);
    const auto what = fmt::format("2,000 words arriving, letters from {} px: ", smallest);
    print(what + "a mention, median", quantile(times, 0.5), "ms");
    print(what + "a mention, p99", quantile(times, 0.99), "ms");
    print(what + "a mention, most", quantile(times, 1), "ms");
    print(what + "words moved or resized by a mention", 100 * moved / static_cast<double>(moves.size()), "%");
    print(what + "way of a word by a mention, p99", 100 * quantile(moves, 0.99), "% of the width");
    print(what + "sent to another page", static_cast<double>(paged), "times");
    print(what + "dropped", static_cast<double>(words.size() - layout.size()), "words", 0);
    print(what + "overlaps", static_cast<double>(overlaps(layout)), "pairs", 0);
}

void cloud(std::uint32_t count, std::uint32_t list, Shaper& shaper) {
    WordSource source(list);
    std::vector<std::string> texts;
    std::vector<LayoutWord> words;
    for (std::uint32_t i = 0; i < count; ++i) {
        texts.push_back(source.text());
        words.push_back({i, WordSource::weight(i, 30), shaper.measure({texts.back(), Font{}, ""})});
    }
    WallLayout layout(options(any_letter));
    layout.place_all(words);
    std::string boxes;
    for (std::uint32_t i = 0; i < count; ++i) {
        const auto w = layout.word(i);
        const double middle = w.pen.x + words[i].metrics.advance * w.font_size / 2;
        boxes += fmt::format(
            "{}{{\"text\": \"{}\", \"page\": {}, \"size\": {:.4f}, \"x\": {:.2f}, \"y\": {:.2f}, "
            "\"width\": {:.2f}, \"height\": {:.2f}, \"dx\": {:.2f}, \"dy\": {:.2f}}}",
            i > 0 ? ", " : "", texts[i], w.page, w.font_size, w.ink.x, w.ink.y, w.ink.width, w.ink.height,
            w.ink.x - middle, w.ink.y - w.pen.y);
    }
    fmt::print("{{\"words\": {}, \"milliseconds\": {:.4f}, \"boxes\": [{}]}}\n", count,
               from_nothing_ms(words, any_letter), boxes);
}

std::uint32_t number(std::string_view text) {
    std::uint32_t out = 0;
    std::from_chars(text.data(), text.data() + text.size(), out);
    return out;
}

int clouds(std::uint32_t words, std::uint32_t lists) {
    const auto shaper = Shaper::create();
    if (!shaper) {
        fmt::print(stderr, "{}\n", shaper.error().message);
        return 1;
    }
    for (std::uint32_t list = 1; list <= lists; ++list) cloud(words, list, **shaper);
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc == 4 && std::string_view(argv[1]) == "--clouds") return clouds(number(argv[2]), number(argv[3]));
    for (const double smallest : {small_letter, hall_letter}) {
        from_nothing(smallest);
        one_more(smallest);
        arrivals(smallest);
    }
    curve();
}
