// The listed words, and how they are found in a text whatever they are dressed in.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <unordered_set>
#include <utility>
#include <vector>

#include "voice/flag_letters.hpp"

namespace tribune {

struct FlagEntry {
    std::string word;                   // as listed, without '='
    std::string language;               // of its list
    std::string cased;                  // with its accents, without case: what `exact` compares
    bool exact = false;                 // only with its accents
    std::vector<std::uint32_t> breaks;  // letters before each of its spaces, hyphens and apostrophes
    std::uint32_t letters = 0;
};

// A stretch of the glyphs that reads as an entry.
struct FlagMatch {
    std::uint32_t entry = 0;
    std::uint32_t first = 0;  // glyphs
    std::uint32_t last = 0;   // one past
    bool apart = false;       // written in pieces
    bool disguised = false;   // letters stand for others, or are repeated
};

// A run of letters, digits and, when they are read as letters, signs.
struct FlagToken {
    std::uint32_t first = 0;  // glyphs
    std::uint32_t last = 0;
    bool digits = false;  // no letter in it
    // What stands before the token.
    bool space = false;
    bool stop = false;
    bool apostrophe = false;
    std::uint32_t gap = 0;  // glyphs; 0 for the first
};

std::vector<FlagToken> flag_tokens(const std::vector<FlagGlyph>& glyphs, bool signs_are_letters);

class FlagWords {
  public:
    void add(FlagEntry entry, const std::vector<FlagGlyph>& glyphs);

    // All readings, longest first of each start; overlapping ones too.
    void find(const std::vector<FlagGlyph>& glyphs, const std::vector<FlagToken>& tokens,
              std::vector<FlagMatch>& out) const;

    [[nodiscard]] const FlagEntry& entry(std::uint32_t at) const { return entries_[at]; }
    [[nodiscard]] std::size_t size() const { return entries_.size(); }

  private:
    struct Node {
        std::vector<std::pair<char32_t, std::uint32_t>> next;
        std::vector<std::uint32_t> entries;
    };
    struct Walk;

    [[nodiscard]] std::uint32_t child(std::uint32_t node, char32_t letter) const;  // 0: none
    void step(Walk& walk, std::uint32_t node, std::uint32_t token, std::uint32_t glyph) const;
    void accept(Walk& walk, std::uint32_t node, std::uint32_t token) const;

    std::vector<FlagEntry> entries_;
    std::vector<Node> nodes_{1};
};

}  // namespace tribune
