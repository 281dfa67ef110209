// What a facilitator should look at first: insults, personal data, links, and the tricks that hide insults. A flag blocks
// nothing: the text is taken, acknowledged, kept and counted for its table like any other, and a person decides (who looks
// when is voice/standing's). Lists know words, not what is meant by them: people quote an insult they were called, or
// complain in coarse words about a thing that deserves it; and who is silenced by a machine learns to write around it.
//
// Insults are whole words, or listed sequences of words, compared without case and accents. "culture" and "Scunthorpe"
// hold listed words and are not flagged. Read through as well, and named by flags of their own: letters written apart
// (c o n n a r d, con-nard, c.o.n), letters that look alike or stand for others (Cyrillic, Greek, full width, c0nnard,
// c*nnard), letters repeated (connaaard).
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "voice/contribution.hpp"

namespace tribune {

// What the flags of voice/contribution.hpp are here:
//   insult         a listed word
//   spelled_apart  letters of an insult, or five letters or more of anything, written one by one
//   look_alike     letters that stand for others, or are repeated, in an insult; two scripts in one word
//   personal_data  a telephone number as written in France or an international one (08 numbers are nobody's), an e-mail
//                  address (also "jeanne (at) exemple (point) fr"), an IBAN, a payment card, a social security number
//   link           a web address
struct FlagFinding {
    Flag flag = Flag::insult;
    std::uint32_t start = 0;   // bytes of the text
    std::uint32_t length = 0;  // bytes
    std::string word;          // insult: the list's entry; personal data: phone, mail or account; else empty

    bool operator==(const FlagFinding&) const = default;
};

struct Flags {
    std::vector<FlagFinding> findings;  // by start, then by flag

    [[nodiscard]] bool any() const { return !findings.empty(); }
    [[nodiscard]] bool has(Flag flag) const;
    [[nodiscard]] std::vector<Flag> kinds() const;           // ascending, each once: as Contribution keeps them
    [[nodiscard]] std::vector<std::string> insults() const;  // the list's entries found, each once

    bool operator==(const Flags&) const = default;
};

struct FlagList {
    std::string language;            // BCP 47 primary subtag: "fr"
    std::vector<std::string> words;  // entries as parse_word_list() (wall/terms.hpp) gives them
};

struct FlagLists {
    // An entry is a word or a sequence of words ("fils de pute"). One that begins with '=' counts only with its accents
    // as listed: "=taré" is no flag on "tare". Inflections are entries of their own.
    std::vector<FlagList> insults;
    // Words that are innocent in a language (its function words: Spanish "con"): no insult of another language's list
    // in a text whose language is given and is this one.
    std::vector<FlagList> ordinary;
};

// Immutable: any thread.
class Flagger {
  public:
    explicit Flagger(const FlagLists& lists);
    ~Flagger();
    Flagger(Flagger&&) noexcept;
    Flagger& operator=(Flagger&&) noexcept;

    // Takes clean text (voice/hygiene.hpp). The language, if it is known, as in Contribution. A function of the lists and
    // the text; about 10 microseconds for a contribution.
    [[nodiscard]] Flags flags_of(std::string_view clean_text, std::string_view language = {}) const;

    [[nodiscard]] std::size_t entries() const;

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace tribune
