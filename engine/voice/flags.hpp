// What a facilitator should look at first: insults, personal data, links, and the tricks that hide insults. Nothing is
// blocked, changed or held because of a flag: lists know words, not what is meant by them. People quote an insult they
// were called, complain in coarse words about a thing that deserves it, or give the number of a help line; and who is
// silenced by a machine learns to write around it. So a flag only puts a contribution before a person's eyes.
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

namespace tribune {

// Stored and sent by number: never renumbered.
enum class Flag : std::uint32_t {
    insult = 1,         // a listed word
    spelled_apart = 2,  // letters of an insult, or five letters or more of anything, written one by one
    look_alikes = 3,    // letters that stand for others, or are repeated, in an insult; two scripts in one word
    phone = 4,          // a telephone number as written in France, or an international one
    mail = 5,           // an e-mail address, also with its signs as words: jeanne (at) exemple (point) fr
    account = 6,        // an IBAN, a payment card, a French social security number
    link = 7,           // a web address
};
inline constexpr std::uint32_t last_flag = 7;

// "insult", "spelled_apart", …: the stable name for protocols and pages; "" for no flag.
std::string_view flag_name(Flag flag);

struct FlagFinding {
    Flag flag = Flag::insult;
    std::uint32_t start = 0;   // bytes of the text
    std::uint32_t length = 0;  // bytes
    std::string word;          // insult: the list's entry; else empty

    bool operator==(const FlagFinding&) const = default;
};

struct Flags {
    std::vector<FlagFinding> findings;  // by start, then by flag

    [[nodiscard]] bool any() const { return !findings.empty(); }
    [[nodiscard]] bool has(Flag flag) const;
    [[nodiscard]] bool personal() const { return has(Flag::phone) || has(Flag::mail) || has(Flag::account); }
    [[nodiscard]] std::vector<Flag> kinds() const;         // ascending, each once
    [[nodiscard]] std::vector<std::string> words() const;  // the list's entries found, each once

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
