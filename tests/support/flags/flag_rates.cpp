#include "support/flags/flag_rates.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <fstream>
#include <functional>
#include <iterator>
#include <map>
#include <random>
#include <utility>

#include "support/source_dir.hpp"
#include "voice/hygiene.hpp"
#include "wall/terms.hpp"

namespace tribune::test {
namespace {

std::vector<std::string> lines_of(const std::string& path) {
    std::ifstream file(source_dir() / path);
    return parse_word_list(std::string{std::istreambuf_iterator<char>(file), {}});
}

using Letters = std::vector<std::string>;

// One entry a character, as UTF-8.
Letters letters_of(const std::string& word) {
    Letters out;
    for (const char c : word) {
        if ((static_cast<unsigned char>(c) & 0xC0U) == 0x80U && !out.empty()) {
            out.back() += c;
        } else {
            out.emplace_back(1, c);
        }
    }
    return out;
}

std::string joined(const Letters& letters, const std::string& between = "") {
    std::string out;
    for (std::size_t i = 0; i < letters.size(); ++i) out += (i > 0 ? between : "") + letters[i];
    return out;
}

using Table = std::map<std::string, std::vector<std::string>>;

const Table& accents() {
    static const Table out = {{"é", {"e"}}, {"è", {"e"}}, {"ê", {"e"}}, {"ë", {"e"}}, {"à", {"a"}},
                              {"â", {"a"}}, {"î", {"i"}}, {"ï", {"i"}}, {"ô", {"o"}}, {"û", {"u"}},
                              {"ü", {"u"}}, {"ç", {"c"}}, {"ó", {"o"}}, {"ğ", {"g"}}};
    return out;
}
const Table& capitals() {
    static const Table out = {{"é", {"É"}}, {"è", {"È"}}, {"ê", {"Ê"}}, {"à", {"À"}}, {"â", {"Â"}},
                              {"î", {"Î"}}, {"ô", {"Ô"}}, {"û", {"Û"}}, {"ç", {"Ç"}}, {"ó", {"Ó"}}};
    return out;
}
const Table& wrong_accents() {
    static const Table out = {{"a", {"à", "ä", "á"}}, {"e", {"é", "ë", "ê"}}, {"i", {"ï", "í"}}, {"o", {"ö", "ó"}},
                              {"u", {"ü", "ú"}},      {"c", {"ç"}},           {"n", {"ñ"}}};
    return out;
}
const Table& leet() {
    static const Table out = {{"a", {"4", "@"}}, {"e", {"3", "€"}}, {"i", {"1", "!"}}, {"o", {"0"}},
                              {"s", {"5", "$"}}, {"t", {"7"}},      {"b", {"8"}},      {"l", {"1"}}};
    return out;
}
const Table& look_alikes() {
    static const Table out = {{"a", {"а", "α", "ａ"}},
                              {"b", {"Ь", "β", "ｂ"}},
                              {"c", {"с", "ｃ"}},
                              {"d", {"ԁ", "ｄ"}},
                              {"e", {"е", "ε", "ｅ"}},
                              {"g", {"ɡ", "ｇ"}},
                              {"h", {"һ", "ｈ"}},
                              {"i", {"і", "ι"}},
                              {"j", {"ј"}},
                              {"k", {"к", "κ"}},
                              {"l", {"ⅼ", "ｌ"}},
                              {"m", {"м", "ｍ"}},
                              {"n", {"п", "ｎ"}},
                              {"o", {"о", "ο"}},
                              {"p", {"р", "ρ"}},
                              {"q", {"ԛ"}},
                              {"r", {"г", "ｒ"}},
                              {"s", {"ѕ", "ｓ"}},
                              {"t", {"т", "τ"}},
                              {"u", {"υ", "ｕ"}},
                              {"v", {"ν", "ｖ"}},
                              {"x", {"х", "χ"}},
                              {"y", {"у", "ｙ"}},
                              {"z", {"ｚ"}}};
    return out;
}

struct Dice {
    std::mt19937 random{20260101};
    std::size_t below(std::size_t n) { return static_cast<std::size_t>(random()) % n; }
};

Letters without_accents(Letters letters) {
    for (auto& l : letters) {
        if (const auto at = accents().find(l); at != accents().end()) l = at->second[0];
    }
    return letters;
}

// Some letters exchanged, at least one where one can be; empty when none can.
Letters exchanged(const Letters& word, const Table& table, Dice& dice, std::size_t one_in) {
    std::vector<std::size_t> places;
    for (std::size_t i = 0; i < word.size(); ++i) {
        if (table.contains(word[i])) places.push_back(i);
    }
    if (places.empty()) return {};
    auto out = word;
    const auto sure = places[dice.below(places.size())];
    for (const auto i : places) {
        const auto& with = table.at(word[i]);
        const auto pick = dice.below(with.size());
        // ! stands between letters.
        if (with[pick] == "!" && (i == 0 || i + 1 == word.size())) continue;
        if (i == sure || dice.below(one_in) == 0) out[i] = with[pick];
    }
    return out == word ? Letters{} : out;
}

Letters capital(const Letters& word) {
    auto out = word;
    for (auto& l : out) {
        if (l.size() == 1 && l[0] >= 'a' && l[0] <= 'z') l[0] = static_cast<char>(l[0] - 32);
        if (const auto at = capitals().find(l); at != capitals().end()) l = at->second[0];
    }
    return out;
}

Letters mixed_case(const Letters& word) {
    const auto big = capital(word);
    auto out = word;
    for (std::size_t i = 0; i < out.size(); i += 2) out[i] = big[i];
    return out;
}

Letters repeated(const Letters& word, Dice& dice) {
    auto out = word;
    const auto at = dice.below(word.size());
    const auto more = 2 + dice.below(4);
    for (std::size_t i = 0; i < more; ++i) out.insert(out.begin() + static_cast<std::ptrdiff_t>(at), word[at]);
    return out;
}

const std::array<std::string, 6> starts = {"",  "Le maire est un ", "Toi, ", "C'est encore un coup de ", "Franchement ",
                                           "« "};
const std::array<std::string, 6> endings = {"", " !", ", voilà.", " et rien d'autre", "...", " »"};

}  // namespace

std::string name_of(Flag flag) {
    static const std::map<Flag, std::string> names = {{Flag::insult, "insult"},
                                                      {Flag::spelled_apart, "spelled_apart"},
                                                      {Flag::look_alike, "look_alike"},
                                                      {Flag::personal_data, "personal_data"},
                                                      {Flag::link, "link"}};
    return names.at(flag);
}

FlagLists flag_lists() {
    return {{{"fr", lines_of("assets/words/insults-fr.txt")}, {"en", lines_of("assets/words/insults-en.txt")}}, {}};
}

std::vector<std::string> civil_sentences() {
    std::vector<std::string> out;
    std::ifstream file(source_dir() / "tests/data/french_sentences.txt");
    for (std::string line; std::getline(file, line);) {
        if (!line.empty() && line[0] != '#') out.push_back(line);
    }
    return out;
}

std::vector<Mutation> mutations(const FlagLists& lists) {
    std::vector<Mutation> out;
    Dice dice;
    const auto add = [&](const std::string& kind, const std::string& entry, const std::string& dressed) {
        if (dressed.empty() || dressed == entry) return;
        const auto text = clean_text(starts[dice.below(starts.size())] + dressed + endings[dice.below(endings.size())]);
        if (text) out.push_back({kind, entry, *text});
    };
    for (const auto& list : lists.insults) {
        for (const auto& line : list.words) {
            // Those that count only as they are listed cannot be dressed up, by their own rule.
            if (line.starts_with('=')) continue;
            const auto word = letters_of(line);
            const auto bare = without_accents(word);
            const bool phrase = line.find_first_of(" -'") != std::string::npos;
            add("case", line, joined(dice.below(2) == 0 ? capital(word) : mixed_case(word)));
            add("accents lost", line, joined(bare));
            add("accents wrong", line, joined(exchanged(bare, wrong_accents(), dice, 3)));
            add("digits and signs", line, joined(exchanged(bare, leet(), dice, 3)));
            add("other alphabets", line, joined(exchanged(bare, look_alikes(), dice, 3)));
            add("letters repeated", line, joined(phrase ? Letters{} : repeated(word, dice)));
            if (phrase) continue;
            static const std::array<std::string, 5> between = {".", "*", "-", "_", "·"};
            add("signs between letters", line, joined(word, between[dice.below(between.size())]));
            add("spaces between letters", line, joined(word, " "));
            if (word.size() >= 6) {
                auto halves = word;
                halves.insert(halves.begin() + 2 + static_cast<std::ptrdiff_t>(dice.below(word.size() - 4)), " ");
                add("one space within", line, joined(halves));
            }
            if (word.size() >= 4) {
                auto hidden = word;
                hidden[1 + dice.below(word.size() - 2)] = "*";
                add("a letter hidden", line, joined(hidden));
            }
        }
    }
    return out;
}

std::vector<FlagRate> recall(const Flagger& flagger, const FlagLists& lists) {
    std::vector<FlagRate> out;
    FlagRate all{"all", 0, 0, {}};
    for (const auto& m : mutations(lists)) {
        auto at = std::find_if(out.begin(), out.end(), [&](const FlagRate& r) { return r.kind == m.kind; });
        if (at == out.end()) at = out.insert(out.end(), FlagRate{m.kind, 0, 0, {}});
        const bool flagged = flagger.flags_of(m.text).has(Flag::insult);
        for (auto* rate : {&*at, &all}) {
            ++rate->of;
            rate->flagged += flagged ? 1 : 0;
            if (!flagged) rate->examples.push_back(m.entry + ": " + m.text);
        }
    }
    out.push_back(std::move(all));
    return out;
}

FlagRate false_flags(const Flagger& flagger) {
    FlagRate out{"civil sentences", 0, 0, {}};
    for (const auto& sentence : civil_sentences()) {
        ++out.of;
        const auto text = clean_text(sentence, {.clusters = 280});
        if (!text) continue;
        const auto flags = flagger.flags_of(*text, "fr");
        if (!flags.any()) continue;
        ++out.flagged;
        std::string why;
        for (const auto& f : flags.findings) {
            why += name_of(f.flag) + " [" + text->substr(f.start, f.length) + "] ";
        }
        out.examples.push_back(why + *text);
    }
    return out;
}

}  // namespace tribune::test
