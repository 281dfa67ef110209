// How much the living wall moves: per answer, and how often its pages come and go. 1920×1080, stand-in shapes of
// letters, so the figures are the same on every machine.
//
//   bench_calm SCRIPT   SCRIPT: assets/script/*.txt, one answer a line, said by 40 tables, first once, then again
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "unit/wall/words.hpp"
#include "wall/layout.hpp"
#include "wall/terms.hpp"

using namespace tribune;

namespace {

template <typename T>
double quantile(std::vector<T> values, double q) {
    if (values.empty()) return 0;
    std::sort(values.begin(), values.end());
    return static_cast<double>(values[static_cast<std::size_t>(q * static_cast<double>(values.size() - 1))]);
}

// Ink in the box around all words of the first page.
double compactness(const WallLayout& layout) {
    double ink = 0, left = 1e9, top = 1e9, right = 0, bottom = 0;
    for (const auto key : layout.page(0)) {
        const auto box = layout.word(key).ink;
        ink += box.width * box.height;
        left = std::min(left, box.x);
        top = std::min(top, box.y);
        right = std::max(right, box.right());
        bottom = std::max(bottom, box.bottom());
    }
    return ink / ((right - left) * (bottom - top));
}

// What changes from answer to answer, over a stretch of them.
class Motion {
  public:
    explicit Motion(WallLayout& layout) : layout_(layout) {}

    void answer(std::span<const LayoutWord> words) {
        const int level = layout_.level();
        const int pages = layout_.page_count();
        const auto there = layout_.size();
        for (const auto& word : words) {
            layout_.put(word);
            if (word.key >= words_.size()) words_.resize(word.key + 1);
            words_[word.key] = word;
        }
        const int falls = layout_.level() - level;
        levels_ += falls;
        flips_ += pages > 0 && layout_.page_count() != pages ? 1 : 0;
        std::size_t moved = 0, resized = 0;
        for (const auto key : layout_.take_changed()) {
            if (key >= placed_.size()) placed_.resize(key + 1);
            const auto now = layout_.word(key);
            const auto before = std::exchange(placed_[key], now);
            if (before.page < 0) continue;
            paged_ += before.page != now.page ? 1U : 0U;
            const auto a = before.ink.centre();
            const auto b = now.ink.centre();
            const double way = std::hypot(a.x - b.x, a.y - b.y) / layout_.options().area.width;
            moved += way > 0 || before.page != now.page ? 1U : 0U;
            if (way > 0 && falls == 0) ways_.push_back(way);
            if (way > 0 && falls > 0) fall_ways_.push_back(way);
            resized += before.font_size != now.font_size ? 1U : 0U;
        }
        moved_.push_back(static_cast<double>(moved));
        shares_.push_back(100.0 * static_cast<double>(moved) / static_cast<double>(std::max<std::size_t>(1, there)));
        resized_.push_back(static_cast<double>(resized));
        compact_.push_back(compactness(layout_));
    }

    void print(const std::string& what) {
        WallLayout at_once(layout_.options());
        at_once.place_all(words_);
        fmt::print(
            "{:28} words {:4} moved {:3.0f} ({:4.1f} %) p90 {:3.0f} ({:4.1f} %) most {:3.0f} resized {:3.0f} way p50 "
            "{:.2f} p95 {:.2f} most {:.2f} | fall way p50 {:.2f} p95 {:.2f} most {:.2f} levels {} -> {} ({} at once) "
            "flips {} "
            "paged {} pages {} compact {:.3f} (now {:.3f})\n",
            what, layout_.size(), quantile(moved_, 0.5), quantile(shares_, 0.5), quantile(moved_, 0.9),
            quantile(shares_, 0.9), quantile(moved_, 1), quantile(resized_, 0.5), 100 * quantile(ways_, 0.5),
            100 * quantile(ways_, 0.95), 100 * quantile(ways_, 1), 100 * quantile(fall_ways_, 0.5),
            100 * quantile(fall_ways_, 0.95), 100 * quantile(fall_ways_, 1), levels_, layout_.level(), at_once.level(),
            flips_, paged_, layout_.page_count(), quantile(compact_, 0.5), compactness(layout_));
        moved_ = shares_ = resized_ = compact_ = ways_ = fall_ways_ = {};
        levels_ = flips_ = 0;
        paged_ = 0;
    }

  private:
    WallLayout& layout_;
    std::vector<LayoutWord> words_;  // by key
    std::vector<PlacedWord> placed_;
    std::vector<double> moved_, shares_, resized_, compact_, ways_, fall_ways_;
    int levels_ = 0;
    int flips_ = 0;
    std::size_t paged_ = 0;
};

LayoutOptions letters_from(double smallest) {
    LayoutOptions o;
    o.smallest = smallest;
    return o;
}

void script(const std::vector<std::string>& answers, double smallest) {
    FakeMeasure measure;
    TermIndex terms({});
    WallLayout layout(letters_from(smallest));
    Motion motion(layout);
    const auto name = fmt::format("script, from {} px: ", smallest);
    std::uint64_t said = 0;
    const auto say = [&](const std::string& text) {
        Uuid id;
        id.bytes[0] = static_cast<std::uint8_t>(++said);
        id.bytes[1] = static_cast<std::uint8_t>(said >> 8);
        std::vector<LayoutWord> words;
        for (const auto term : terms.add(id, {1 + said * 7919 % 40}, text, "fr")) {
            words.push_back({term, terms[term].weight, measure.measure({terms[term].shown, {}, ""})});
        }
        motion.answer(words);
    };
    std::size_t i = 0;
    const auto until = [&](std::size_t count) {
        for (; i < answers.size() && layout.size() < count; ++i) say(answers[i]);
    };
    until(100);
    motion.print(name + "100 words");
    until(200);
    motion.print(name + "200 words");
    const auto here = i;
    for (std::size_t again = 0; again < 200; ++again) say(answers[again % here]);
    motion.print(name + "said again");
    until(1000);
    motion.print(name + "all");
}

// 200 words, then answers of five of them, the front ones more often.
void pool(double smallest) {
    WordSource source(21);
    auto words = source.words(200, 1);
    WallLayout layout(letters_from(smallest));
    Motion motion(layout);
    const auto name = fmt::format("pool, from {} px: ", smallest);
    for (std::size_t i = 0; i < words.size(); i += 5) motion.answer(std::span(words).subspan(i, 5));
    motion.print(name + "200 words");
    for (int stretch = 1; stretch <= 3; ++stretch) {
        for (int i = 0; i < 200; ++i) {
            std::vector<LayoutWord> said;
            for (int k = 0; k < 5; ++k) {
                auto& word = words[source.below(1 + source.below(200))];
                ++word.weight;
                said.push_back(word);
            }
            motion.answer(said);
        }
        motion.print(name + fmt::format("{} answers", 200 * stretch));
    }
}

// 1 … 400 words, word by word.
void pages(double smallest, double heaviest) {
    std::vector<int> flips, falls;
    std::vector<double> shares, opened;
    for (std::uint32_t seed = 1; seed <= 6; ++seed) {
        WordSource source(seed);
        const auto words = source.words(400, heaviest);
        WallLayout layout(letters_from(smallest));
        int flip = 0, fall = 0;
        std::size_t open = 0;
        for (const auto& word : words) {
            const int before = layout.page_count();
            layout.put(word);
            const int after = layout.page_count();
            flip += before > 0 && after != before ? 1 : 0;
            fall += after < before ? 1 : 0;
            if (after > 1 && open == 0) open = word.key;  // so many fitted
        }
        flips.push_back(flip);
        falls.push_back(fall);
        if (open == 0) continue;
        std::size_t holds = open;
        for (std::size_t n = open + 1; n <= words.size(); ++n) {
            WallLayout at_once(letters_from(smallest));
            at_once.place_all(std::span(words).first(n));
            if (at_once.page_count() > 1) break;
            holds = n;
        }
        shares.push_back(static_cast<double>(open) / static_cast<double>(holds));
        opened.push_back(static_cast<double>(open));
    }
    fmt::print(
        "pages, from {} px, heaviest {}: changes {:.0f} to {:.0f}, closed {:.0f} to {:.0f}; opened after {:.0f} "
        "to {:.0f} words, {:.2f} to {:.2f} of what one page holds\n",
        smallest, heaviest, quantile(flips, 0), quantile(flips, 1), quantile(falls, 0), quantile(falls, 1),
        quantile(opened, 0), quantile(opened, 1), quantile(shares, 0), quantile(shares, 1));
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 2) {
        fmt::print(stderr, "Say which script: bench_calm assets/script/logement-social.fr.txt\n");
        return 2;
    }
    std::vector<std::string> answers;
    std::ifstream file(argv[1]);
    for (std::string line; std::getline(file, line);) {
        if (!line.empty() && line.front() != '#') answers.push_back(line);
    }
    for (const double smallest : {16.0, 27.0, 37.0}) script(answers, smallest);
    for (const double smallest : {16.0, 27.0, 37.0}) pool(smallest);
    for (const double smallest : {27.0, 37.0, 60.0}) {
        for (const double heaviest : {1.0, 30.0}) pages(smallest, heaviest);
    }
}
