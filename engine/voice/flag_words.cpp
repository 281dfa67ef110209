#include "voice/flag_words.hpp"

#include <algorithm>

namespace tribune {
namespace {

using Kind = FlagGlyph::Kind;

constexpr std::uint32_t most_tokens = 24;   // a word may be cut into
constexpr std::uint32_t most_glyphs = 300;  // a reading may take: a text has no more letters
constexpr std::uint32_t most_steps = 4000;  // of one reading: far more than honest text needs

}  // namespace

std::vector<FlagToken> flag_tokens(const std::vector<FlagGlyph>& glyphs, bool signs_are_letters) {
    std::vector<FlagToken> out;
    const auto size = static_cast<std::uint32_t>(glyphs.size());
    const auto is_word = [&](std::uint32_t i) {
        return i < size && (glyphs[i].kind == Kind::letter || glyphs[i].kind == Kind::digit);
    };
    FlagToken gap;
    bool inside = false;
    for (std::uint32_t i = 0; i < size; ++i) {
        bool word = is_word(i);
        if (!word && signs_are_letters) {
            const auto kind = glyphs[i].kind;
            if (kind == Kind::sign) {
                // @, $, € may begin or end a word; ! and the like stand between letters only.
                const bool money = glyphs[i].letters[0] != U'i' && glyphs[i].letters[0] != U't';
                const bool more = is_word(i + 1) || (i + 1 < size && glyphs[i + 1].kind == Kind::sign);
                word = money ? inside || is_word(i + 1) : inside && more;
            } else if (kind == Kind::blank) {
                word = inside;
            }
        }
        if (word) {
            if (!inside) {
                gap.first = i;
                gap.digits = true;
                out.push_back(gap);
            }
            out.back().last = i + 1;
            if (glyphs[i].kind == Kind::letter) out.back().digits = false;
        } else {
            if (inside) gap = {};
            ++gap.gap;
            gap.space |= glyphs[i].kind == Kind::space;
            gap.stop |= glyphs[i].kind == Kind::stop || glyphs[i].kind == Kind::sign;
            gap.apostrophe |= glyphs[i].kind == Kind::apostrophe;
        }
        inside = word;
    }
    return out;
}

struct FlagWords::Walk {
    const std::vector<FlagGlyph>& glyphs;
    const std::vector<FlagToken>& tokens;
    std::vector<FlagMatch>& out;
    std::uint32_t from = 0;  // token
    std::uint32_t steps = 0;

    // What was read so far.
    char32_t last = 0;
    std::uint32_t letters = 0;    // of the entry
    std::uint32_t real = 0;       // letters as written, not digits, signs or blanks
    std::uint32_t foreign = 0;    // of these, letters of other scripts
    std::uint32_t disguised = 0;  // stand for another letter
    std::uint32_t blanks = 0;
    std::uint32_t repeated = 0;         // more than the entry has
    std::uint32_t run = 0;              // of the last letter, repeated
    std::uint32_t longest_run = 0;      // repeated
    std::vector<std::uint32_t> ends{};  // letters read at each token's end
};

std::uint32_t FlagWords::child(std::uint32_t node, char32_t letter) const {
    for (const auto& [c, next] : nodes_[node].next) {
        if (c == letter) return next;
    }
    return 0;
}

void FlagWords::add(FlagEntry entry, const std::vector<FlagGlyph>& glyphs) {
    std::uint32_t node = 0;
    for (const auto& glyph : glyphs) {
        if (glyph.kind != Kind::letter) {
            if (entry.letters > 0 && (entry.breaks.empty() || entry.breaks.back() != entry.letters)) {
                entry.breaks.push_back(entry.letters);
            }
            continue;
        }
        auto next = child(node, glyph.letters[0]);
        if (next == 0) {
            next = static_cast<std::uint32_t>(nodes_.size());
            nodes_[node].next.emplace_back(glyph.letters[0], next);
            nodes_.emplace_back();
        }
        node = next;
        ++entry.letters;
    }
    if (entry.letters < 2) return;
    nodes_[node].entries.push_back(static_cast<std::uint32_t>(entries_.size()));
    entries_.push_back(std::move(entry));
}

void FlagWords::find(const std::vector<FlagGlyph>& glyphs, const std::vector<FlagToken>& tokens,
                     std::vector<FlagMatch>& out) const {
    for (std::uint32_t i = 0; i < tokens.size(); ++i) {
        Walk walk{glyphs, tokens, out, i};
        const auto before = out.size();
        step(walk, 0, i, tokens[i].first);
        std::stable_sort(out.begin() + static_cast<std::ptrdiff_t>(before), out.end(),
                         [](const FlagMatch& a, const FlagMatch& b) { return a.last > b.last; });
    }
}

// Reads on from a glyph, in every way it can be read.
void FlagWords::step(Walk& walk, std::uint32_t node, std::uint32_t token, std::uint32_t glyph) const {
    if (++walk.steps > most_steps) return;
    const auto& t = walk.tokens[token];
    if (glyph == t.last) {
        walk.ends.push_back(walk.letters);
        accept(walk, node, token);
        if (token + 1 < walk.tokens.size() && walk.ends.size() < most_tokens) {
            const auto run = walk.run;
            const auto last = walk.last;
            const auto& next = walk.tokens[token + 1];
            if (t.last - t.first > 1 || next.last - next.first > 1) {
                walk.run = 0;
                walk.last = 0;  // a repeated letter is repeated within its word
            }
            step(walk, node, token + 1, next.first);
            walk.run = run;
            walk.last = last;
        }
        walk.ends.pop_back();
        return;
    }
    const auto& g = walk.glyphs[glyph];
    if (glyph - walk.tokens[walk.from].first > most_glyphs) return;
    const auto saved = walk.last;
    const auto run = walk.run;
    const auto longest = walk.longest_run;
    const bool real = g.kind == Kind::letter;
    if (g.kind == Kind::blank) {
        ++walk.blanks;
        ++walk.letters;
        walk.run = 0;
        for (const auto& [c, next] : nodes_[node].next) {
            walk.last = c;
            step(walk, next, token, glyph + 1);
        }
        --walk.letters;
        --walk.blanks;
    }
    for (std::uint8_t i = 0; i < g.count; ++i) {
        const auto c = g.letters[i];
        const std::uint32_t disguise = i < g.plain ? 0 : 1;
        walk.disguised += disguise;
        walk.real += real ? 1 : 0;
        walk.foreign += g.foreign ? 1 : 0;
        if (const auto next = child(node, c); next != 0) {
            ++walk.letters;
            walk.last = c;
            walk.run = 0;
            step(walk, next, token, glyph + 1);
            --walk.letters;
        }
        if (c == saved) {
            walk.last = c;
            walk.run = run + 1;
            walk.longest_run = std::max(longest, walk.run);
            ++walk.repeated;
            step(walk, node, token, glyph + 1);
            --walk.repeated;
            walk.longest_run = longest;
        }
        walk.disguised -= disguise;
        walk.real -= real ? 1 : 0;
        walk.foreign -= g.foreign ? 1 : 0;
    }
    walk.last = saved;
    walk.run = run;
}

// Whether what was read up to a token's end is an entry as people write it.
void FlagWords::accept(Walk& walk, std::uint32_t node, std::uint32_t token) const {
    if (nodes_[node].entries.empty()) return;
    const auto letters = walk.letters;
    // A long word shows through one letter too many, a short one only when it is drawn out.
    if (walk.repeated > 0 && letters < 5 && walk.longest_run < 2) return;
    if (walk.blanks > 0 && (letters - walk.blanks < 2 || walk.blanks * 2 > letters)) return;
    if (walk.blanks == 0 && walk.real * (letters < 6 ? 2 : 3) < letters) return;  // 455 is a number
    if (walk.foreign >= letters && letters < 5) return;                           // a short word of another language
    const auto first = walk.tokens[walk.from].first;
    const auto last = walk.tokens[token].last;
    bool space = false;
    bool stop = false;
    bool clause = false;
    bool apostrophe = false;
    std::uint32_t widest_gap = 0;
    for (auto i = walk.from + 1; i <= token; ++i) {
        const auto& t = walk.tokens[i];
        space |= t.space;
        stop |= t.stop;
        clause |= t.stop && t.space;
        apostrophe |= t.apostrophe;
        widest_gap = std::max(widest_gap, t.gap);
    }
    std::uint32_t singles = 0;
    std::uint32_t longest = 0;
    bool digits = false;
    for (auto i = walk.from; i <= token; ++i) {
        const auto& t = walk.tokens[i];
        const auto length = t.last - t.first;
        singles += length == 1 ? 1U : 0U;
        longest = std::max(longest, length);
        digits |= t.digits;
    }
    const auto count = token - walk.from + 1;
    const auto is_single = [&](std::uint32_t i) {
        return walk.tokens[i].last - walk.tokens[i].first == 1 &&
               walk.glyphs[walk.tokens[i].first].kind == Kind::letter;
    };
    for (const auto index : nodes_[node].entries) {
        const auto& entry = entries_[index];
        FlagMatch match{index, first, last, false, walk.disguised + walk.blanks + walk.repeated > 0};
        if (count == 1 && !digits) {
            match.apart = false;
            // "tagueule" is a phrase run together: read as it is.
            walk.out.push_back(match);
            continue;
        }
        const bool as_listed = !entry.breaks.empty() && !clause && !digits && entry.breaks.size() + 1 == count &&
                               std::equal(entry.breaks.begin(), entry.breaks.end(), walk.ends.begin());
        if (as_listed) {
            walk.out.push_back(match);
            continue;
        }
        match.apart = true;
        if ((walk.repeated > 0 && singles != count) || widest_gap > 3) continue;
        if (singles == count) {
            // A short word in a longer row of letters may be chance.
            const bool whole = (walk.from == 0 || !is_single(walk.from - 1) || walk.tokens[walk.from].gap > 3) &&
                               (token + 1 == walk.tokens.size() || !is_single(token + 1));
            if (letters >= 5 || (letters >= 3 && whole)) walk.out.push_back(match);
            continue;
        }
        if (digits || apostrophe) continue;
        if (!space) {
            const auto& before = walk.tokens[walk.from];
            const bool begins = walk.from == 0 || before.space || before.apostrophe;
            const bool ends =
                token + 1 == walk.tokens.size() || walk.tokens[token + 1].space || walk.tokens[token + 1].apostrophe;
            if (letters >= 3 && begins && ends) walk.out.push_back(match);
            continue;
        }
        if (stop) continue;
        // "de mer de" is three words; "sa l ope" is none.
        const bool in_two = letters >= 6 && count == 2;
        const bool in_many = count >= 3 && singles > 0 && (letters >= 6 || (letters >= 4 && longest <= 2));
        if (in_two || in_many) walk.out.push_back(match);
    }
}

}  // namespace tribune
