// bench_lists: how well insults are found in any dress and how seldom a civil sentence is flagged, and what flags, likeness
// and rules about words cost. One core. Prints JSON, one figure a line.
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <random>
#include <string>
#include <vector>

#include "base/time.hpp"
#include "support/flags/flag_rates.hpp"
#include "unit/wall/said.hpp"
#include "voice/hygiene.hpp"
#include "wall/likeness.hpp"
#include "wall/terms.hpp"

using namespace tribune;

namespace {

void figure(const std::string& what, double value, const char* unit) {
    fmt::print("{{\"what\": \"{}\", \"value\": {:.4g}, \"unit\": \"{}\"}}\n", what, value, unit);
}
void figure(const std::string& what, double value, const char* unit, double bar, const char* better = "less") {
    fmt::print("{{\"what\": \"{}\", \"value\": {:.4g}, \"unit\": \"{}\", \"bar\": {}, \"better\": \"{}\"}}\n", what,
               value, unit, bar, better);
}

template <class Work>
double milliseconds(Work work) {
    const auto begun = monotonic_now();
    work();
    return std::chrono::duration<double, std::milli>(monotonic_now() - begun).count();
}

// Sentences of free treebanks, one in three said again: as it is, with its words turned round, or with a slip.
std::vector<std::string> hall(std::size_t count) {
    const auto sentences = test::civil_sentences();
    std::mt19937 random{7};
    std::vector<std::string> out;
    for (std::size_t i = 0; out.size() < count; ++i) {
        auto text = sentences[i % sentences.size()];
        out.push_back(text);
        if (random() % 3 != 0) continue;
        const auto space = text.find(' ', text.size() / 2);
        switch (random() % 3) {
            case 0: break;
            case 1:
                if (space != std::string::npos) text = text.substr(space + 1) + " " + text.substr(0, space);
                break;
            default: text.insert(text.size() / 3, "e");
        }
        if (const auto clean = clean_text(text, {.clusters = 280})) out.push_back(*clean);
    }
    out.resize(count);
    return out;
}

void measure_flags() {
    const auto lists = test::flag_lists();
    const Flagger flagger{lists};
    figure("entries in the lists of insults", static_cast<double>(flagger.entries()), "entries");
    for (const auto& rate : test::recall(flagger, lists)) {
        figure(fmt::format("dressed insults found, {} ({})", rate.kind, rate.of), 100 * rate.rate(), "%", 95, "more");
    }
    const auto civil = test::false_flags(flagger);
    figure(fmt::format("civil French sentences flagged ({})", civil.of), 100 * civil.rate(), "%", 2);
    const auto sentences = test::civil_sentences();
    std::size_t found = 0;
    const auto took = milliseconds([&] {
        for (const auto& s : sentences) found += flagger.flags_of(s, "fr").findings.size();
    });
    figure("flags of a contribution", 1000 * took / static_cast<double>(sentences.size()), "µs", 200);
}

void measure_likeness() {
    const std::vector<LanguageWords> languages{test::language("fr"), test::language("en")};
    const auto texts = hall(3001);
    Likeness likeness{languages};
    std::size_t found = 0;
    const auto built = milliseconds([&] {
        for (std::uint32_t i = 0; i < 3000; ++i) likeness.add(test::said_id(i), texts[i], "fr");
    });
    const auto asked = milliseconds([&] { found = likeness.suggestions(100000).size(); });
    figure("likeness: 3,000 contributions, and suggestions", built + asked, "ms", 200);
    figure("likeness: suggestions found", static_cast<double>(found), "suggestions");
    double worst = 0;
    for (int i = 0; i < 50; ++i) {
        likeness.remove(test::said_id(3000));
        worst = std::max(
            worst, milliseconds([&] { likeness.add(test::said_id(3000), texts[3000] + std::to_string(i), "fr"); }));
    }
    figure("likeness: one more is added, the slowest of 50", worst, "ms", 2);
    std::vector<double> again;
    for (std::uint32_t i = 0; i < 50; ++i) {
        again.push_back(milliseconds([&] {
            likeness.remove(test::said_id(i));
            found += likeness.suggestions(20).size();
        }));
    }
    std::sort(again.begin(), again.end());
    figure("likeness: one is taken back, and suggestions, median", again[25], "ms", 10);

    Likeness copies{languages};
    const auto copied = milliseconds([&] {
        for (std::uint32_t i = 0; i < 3000; ++i) copies.add(test::said_id(i), texts[i % 10], "fr");
        found = copies.suggestions(20).size();
    });
    figure("likeness: ten texts, 300 copies of each", copied, "ms", 200);
    Likeness alike{languages};
    const auto took = milliseconds([&] {
        for (std::uint32_t i = 0; i < 3000; ++i) {
            alike.add(test::said_id(i), "La proposition que nous faisons porte le numéro " + std::to_string(i), "fr");
        }
        found = alike.suggestions(20).size();
    });
    figure("likeness: 3,000 texts that differ by a number", took, "ms");
}

void measure_rules() {
    const std::vector<LanguageWords> languages{test::language("fr"), test::language("en")};
    TermIndex index{languages};
    const auto texts = hall(3000);
    for (std::uint32_t i = 0; i < 3000; ++i) index.add(test::said_id(i), VoiceId{i % 200}, texts[i], "fr");
    std::vector<TermRule> rules;
    for (std::uint32_t t = 0; t + 1 < 200; t += 2)
        rules.push_back({index[t].shown, TermAct::merge, index[t + 1].shown});
    const auto took = milliseconds([&] { index.set_rules(rules); });
    figure("100 rules about words, 3,000 contributions", took, "ms", 50);
}

}  // namespace

int main() {
    measure_flags();
    measure_likeness();
    measure_rules();
}
