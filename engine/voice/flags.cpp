#include "voice/flags.hpp"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "voice/flag_letters.hpp"
#include "voice/flag_patterns.hpp"
#include "voice/flag_words.hpp"

namespace tribune {
namespace {

using Kind = FlagGlyph::Kind;
using Glyphs = std::vector<FlagGlyph>;

constexpr std::size_t letters_apart = 5;  // in a row, of no listed word
constexpr std::uint32_t word_of_two_scripts = 4;

FlagFinding finding(Flag flag, const Glyphs& glyphs, std::uint32_t first, std::uint32_t last, std::string word = {}) {
    const auto start = glyphs[first].start;
    return {flag, start, glyphs[last - 1].end - start, std::move(word)};
}

// Five letters or more, one by one: not an abbreviation (capitals), not a list (a, b, c; A B C).
void letters_one_by_one(const Glyphs& glyphs, const std::vector<FlagToken>& tokens, std::vector<FlagFinding>& out) {
    const auto single = [&](const FlagToken& t) {
        return t.last - t.first == 1 && (glyphs[t.first].latin || glyphs[t.first].foreign);
    };
    for (std::size_t i = 0; i < tokens.size();) {
        if (!single(tokens[i])) {
            ++i;
            continue;
        }
        auto end = i + 1;
        while (end < tokens.size() && single(tokens[end]) && tokens[end].gap <= 2 && !tokens[end].apostrophe &&
               !(tokens[end].stop && tokens[end].space)) {
            ++end;
        }
        bool capitals = true;
        bool alphabet = true;
        for (auto k = i; k < end; ++k) {
            capitals &= glyphs[tokens[k].first].upper;
            alphabet &= k == i || glyphs[tokens[k].first].letters[0] == glyphs[tokens[k - 1].first].letters[0] + 1;
        }
        if (end - i >= letters_apart && !capitals && !alphabet) {
            out.push_back(finding(Flag::spelled_apart, glyphs, tokens[i].first, tokens[end - 1].last));
        }
        i = end;
    }
}

void words_of_two_scripts(const Glyphs& glyphs, const std::vector<FlagToken>& tokens, std::vector<FlagFinding>& out) {
    for (const auto& t : tokens) {
        bool latin = false;
        bool foreign = false;
        for (auto i = t.first; i < t.last; ++i) {
            latin |= glyphs[i].latin;
            foreign |= glyphs[i].foreign;
        }
        if (latin && foreign && t.last - t.first >= word_of_two_scripts) {
            out.push_back(finding(Flag::look_alike, glyphs, t.first, t.last));
        }
    }
}

bool within(const FlagFinding& a, const FlagFinding& b) {
    return a.start >= b.start && a.start + a.length <= b.start + b.length;
}

}  // namespace

bool Flags::has(Flag flag) const {
    return std::any_of(findings.begin(), findings.end(), [flag](const FlagFinding& f) { return f.flag == flag; });
}

std::vector<Flag> Flags::kinds() const {
    std::vector<Flag> out;
    for (const auto& f : findings) out.push_back(f.flag);
    std::sort(out.begin(), out.end());
    out.erase(std::unique(out.begin(), out.end()), out.end());
    return out;
}

std::vector<std::string> Flags::insults() const {
    std::vector<std::string> out;
    for (const auto& f : findings) {
        if (f.flag == Flag::insult && std::find(out.begin(), out.end(), f.word) == out.end()) out.push_back(f.word);
    }
    return out;
}

struct Flagger::Impl {
    FlagLetters letters;
    FlagWords words;
    std::unordered_map<std::string, std::unordered_set<std::string>> ordinary;  // by language; without case

    [[nodiscard]] bool counts(const FlagMatch& match, std::string_view language, std::string_view text,
                              const Glyphs& glyphs) const;
};

// The list's own conditions on a reading.
bool Flagger::Impl::counts(const FlagMatch& match, std::string_view language, std::string_view text,
                           const Glyphs& glyphs) const {
    const auto& entry = words.entry(match.entry);
    const auto start = glyphs[match.first].start;
    const auto as_written = text.substr(start, glyphs[match.last - 1].end - start);
    if (entry.exact && (match.apart || match.disguised || letters.without_case(as_written) != entry.cased))
        return false;
    const auto innocent = ordinary.find(std::string(language.substr(0, language.find('-'))));
    return innocent == ordinary.end() || innocent->first == entry.language || match.apart || match.disguised ||
           !innocent->second.contains(letters.without_case(as_written));
}

Flagger::Flagger(const FlagLists& lists) : impl_(std::make_unique<Impl>()) {
    std::unordered_set<std::string> known;
    for (const auto& list : lists.insults) {
        for (const auto& line : list.words) {
            FlagEntry entry;
            entry.exact = line.starts_with('=');
            entry.word = line.substr(entry.exact ? 1 : 0);
            entry.language = list.language;
            entry.cased = impl_->letters.without_case(entry.word);
            if (!known.insert(entry.cased + (entry.exact ? "=" : "")).second) continue;
            auto glyphs = impl_->letters.read(entry.word);
            impl_->words.add(std::move(entry), glyphs);
        }
    }
    for (const auto& list : lists.ordinary) {
        for (const auto& word : list.words) impl_->ordinary[list.language].insert(impl_->letters.without_case(word));
    }
}

Flagger::~Flagger() = default;
Flagger::Flagger(Flagger&&) noexcept = default;
Flagger& Flagger::operator=(Flagger&&) noexcept = default;

std::size_t Flagger::entries() const { return impl_->words.size(); }

Flags Flagger::flags_of(std::string_view text, std::string_view language) const {
    const auto glyphs = impl_->letters.read(text);
    const auto plain = flag_tokens(glyphs, false);
    std::vector<FlagMatch> matches;
    impl_->words.find(glyphs, plain, matches);
    if (std::any_of(glyphs.begin(), glyphs.end(),
                    [](const FlagGlyph& g) { return g.kind == Kind::sign || g.kind == Kind::blank; })) {
        impl_->words.find(glyphs, flag_tokens(glyphs, true), matches);
    }
    std::erase_if(matches, [&](const FlagMatch& m) { return !impl_->counts(m, language, text, glyphs); });
    // The longest reading of a place, the plainest of equals, the entry with the text's own accents.
    const auto cost = [&](const FlagMatch& m) {
        const auto start = glyphs[m.first].start;
        const auto as_written = impl_->letters.without_case(text.substr(start, glyphs[m.last - 1].end - start));
        return (m.apart ? 4 : 0) + (m.disguised ? 2 : 0) + (impl_->words.entry(m.entry).cased == as_written ? 0 : 1);
    };
    std::sort(matches.begin(), matches.end(), [&](const FlagMatch& a, const FlagMatch& b) {
        if (a.last - a.first != b.last - b.first) return a.last - a.first > b.last - b.first;
        if (a.first != b.first) return a.first < b.first;
        if (cost(a) != cost(b)) return cost(a) < cost(b);
        return a.entry < b.entry;
    });
    Flags out;
    std::vector<FlagMatch> kept;
    for (const auto& m : matches) {
        if (std::any_of(kept.begin(), kept.end(),
                        [&](const FlagMatch& k) { return m.first < k.last && k.first < m.last; })) {
            continue;
        }
        kept.push_back(m);
        out.findings.push_back(finding(Flag::insult, glyphs, m.first, m.last, impl_->words.entry(m.entry).word));
        if (m.apart) out.findings.push_back(finding(Flag::spelled_apart, glyphs, m.first, m.last));
        if (m.disguised) out.findings.push_back(finding(Flag::look_alike, glyphs, m.first, m.last));
    }

    std::vector<FlagFinding> others = find_flag_patterns(text);
    letters_one_by_one(glyphs, plain, others);
    words_of_two_scripts(glyphs, plain, others);
    for (const auto& f : others) {
        const bool told = std::any_of(out.findings.begin(), out.findings.end(),
                                      [&](const FlagFinding& g) { return g.flag == f.flag && within(f, g); });
        if (!told) out.findings.push_back(f);
    }
    std::sort(out.findings.begin(), out.findings.end(), [](const FlagFinding& a, const FlagFinding& b) {
        return a.start != b.start ? a.start < b.start : a.flag < b.flag;
    });
    return out;
}

}  // namespace tribune
