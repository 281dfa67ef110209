// Which contributions say the same in nearly the same words: suggestions for facilitators. Nothing is merged by it: a
// suggestion is a question to a person, who may gather what it names under one theme or leave it.
//
// A ladder, each rung looser than the one before:
//   exact        the same words in the same order: case, punctuation and spaces aside
//   fingerprint  the same words in any order, however often, without accents and function words
//   stems        the same word stems
//   trigrams     texts whose groups of three letters are mostly the same: slips of the pen, a word more or less
// Above the first rung two contributions are joined only when both or neither deny (not, without, less, against): "with
// cars" and "without cars" share nearly all their letters and are a tension, not a copy. Numbers count as words.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "base/ids.hpp"
#include "wall/terms.hpp"

namespace tribune {

enum class LikenessRung : std::uint32_t { exact = 1, fingerprint, stems, trigrams };

struct LikenessOptions {
    double least = 0.72;             // of trigrams that must be shared (Dice), 0…1
    std::size_t most_likes = 24;     // kept for each text: its most alike; others are left out of trigram suggestions
    std::size_t most_texts = 20000;  // that differ: further ones are found on the first rungs only

    bool operator==(const LikenessOptions&) const = default;
};

struct LikenessSuggestion {
    LikenessRung rung = LikenessRung::exact;  // the loosest that was needed
    double score = 1;                         // trigrams: the least likeness to the first one; 1 on the other rungs
    std::vector<Uuid> contributions;          // two or more; ascending, but for trigrams its most copied text's first

    bool operator==(const LikenessSuggestion&) const = default;
};

// One thread per object. A function of what is in it and of the options, not of the order in which it came (but for the
// language of a text that was sent in several, which is the first's, and for texts past most_texts).
class Likeness {
  public:
    explicit Likeness(const std::vector<LanguageWords>& languages, const LikenessOptions& options = {});
    ~Likeness();
    Likeness(Likeness&&) noexcept;
    Likeness& operator=(Likeness&&) noexcept;

    // As TermIndex: clean text; a known id changes nothing.
    void add(const Uuid& id, std::string_view text, std::string_view language);
    void remove(const Uuid& id);

    // The strongest first: by rung, then score, then how many they name, then the first id. Each contribution is in one
    // at most. Worked out when something changed since, else as it was.
    [[nodiscard]] std::vector<LikenessSuggestion> suggestions(std::size_t most) const;

    [[nodiscard]] std::size_t contributions() const;
    [[nodiscard]] std::size_t texts() const;     // that differ
    [[nodiscard]] std::size_t left_out() const;  // texts past most_texts

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace tribune
