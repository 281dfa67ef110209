// From what people write to what the wall counts. A term is a word: segmented by UAX #29, folded (NFKC, case,
// Latin accents) and stemmed, so that Café, CAFÉ and cafés count as one; the spelling used most is shown.
//
// Weight is the number of distinct voices (tables, or phones) that used the term: a voice that repeats itself
// does not make a word bigger, so nobody can flood the wall.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/ids.hpp"
#include "voice/term_rule.hpp"

namespace tribune {

// The function words of one language, lower case. Entries that end in an apostrophe (l', qu') are elisions:
// cut from the front of a word.
struct LanguageWords {
    std::string code;  // BCP 47 primary subtag: "fr", "en"; also names the Snowball stemmer, if there is one
    std::vector<std::string> words;

    bool operator==(const LanguageWords&) const = default;
};

// A word list as kept in assets/words/*.txt: one entry a line, UTF-8, blank lines and # comments ignored.
std::vector<std::string> parse_word_list(std::string_view text);

// Who speaks: a table's number, or a hash of a device id. Zero is a voice like any other.
struct VoiceId {
    std::uint64_t value = 0;
    auto operator<=>(const VoiceId&) const = default;
};

struct Term {
    std::string shown;           // the most used spelling, the earliest of equals; or what a rule says
    std::uint32_t weight = 0;    // distinct voices, on the wall; 0: nobody uses it now, or a rule keeps it off the wall
    std::uint32_t voices = 0;    // distinct voices, also while it is hidden
    std::uint32_t mentions = 0;  // contributions
    std::string language;        // of the contribution that brought it, for shaping
    std::uint32_t into = 0;      // the term it counts for: its own index, or that which a rule merges it into

    bool operator==(const Term&) const = default;
};

class TermRulings;
class TextAnalyser;
struct TermRuling;

// One thread per object. Deterministic: a function of the calls in their order.
class TermIndex {
  public:
    // Languages in order of preference; at most eight, none is fine (then nothing is stemmed or stopped).
    explicit TermIndex(const std::vector<LanguageWords>& languages);
    ~TermIndex();
    TermIndex(TermIndex&&) noexcept;
    TermIndex& operator=(TermIndex&&) noexcept;

    // Takes clean text (voice/hygiene.hpp). Language: one of the configured, or "" / "auto" / any other: the one
    // whose function words it uses most. Gives the indices of the terms whose weight or spelling changed,
    // ascending. A known id changes nothing. Function words, and bare numbers, count only in an answer that has
    // nothing else.
    std::vector<std::uint32_t> add(const Uuid& id, VoiceId voice, std::string_view text, std::string_view language);

    // Takes a contribution back; unknown ids change nothing.
    std::vector<std::uint32_t> remove(const Uuid& id);

    // The rules from now on, instead of those before; gives the changed indices as add() does. A rule's word is read as
    // an answer is, in every language: "Logement" speaks of logements, too. What a rule says is never stored in the
    // counts: without it all is as if it had never been (a term that only a rule named stays, at weight 0).
    //   merge   voices, each once, and contributions count for the other term, which may be one nobody used yet
    //   hide    weight 0
    //   rename  shown otherwise
    // Of two rules on one word the later holds, and a merge that would close a circle is left out; otherwise their order
    // does not matter. A merge into a hidden word is hidden with it.
    std::vector<std::uint32_t> set_rules(const std::vector<TermRule>& rules);

    // Indices are dense, from 0, in order of first appearance, and never reused.
    [[nodiscard]] std::size_t size() const { return terms_.size(); }
    [[nodiscard]] const Term& operator[](std::uint32_t term) const { return terms_[term].term; }
    [[nodiscard]] const std::string& key(std::uint32_t term) const { return *terms_[term].key; }
    [[nodiscard]] std::size_t contributions() const { return contributions_.size(); }

  private:
    struct Spelling {
        std::string text;
        std::uint32_t uses = 0;
    };
    struct Entry {
        Term term;
        const std::string* key = nullptr;         // owned by by_key_
        std::vector<Spelling> spellings;          // in order of first use
        std::map<VoiceId, std::uint32_t> voices;  // contributions of each, of all terms that count for it
        std::vector<std::uint32_t> same;          // other terms whose spellings are its own, ascending
        const TermRuling* ruling = nullptr;       // owned by rulings_
    };
    struct Use {
        std::uint32_t term = 0;
        std::uint32_t spelling = 0;
    };
    struct Contribution {
        VoiceId voice;
        std::vector<Use> uses;
    };

    std::uint32_t term_of(const std::string& key);  // made when there is none
    void obey(std::uint32_t term);
    void count(const Contribution& contribution, bool more);
    bool refresh(std::uint32_t term);
    [[nodiscard]] std::vector<std::uint32_t> refreshed(const Contribution& contribution);

    std::unique_ptr<TextAnalyser> analyser_;
    std::unique_ptr<TermRulings> rulings_;
    std::vector<TermRule> rules_;
    std::unordered_map<std::string, std::uint32_t> by_key_;
    std::vector<Entry> terms_;
    std::unordered_map<Uuid, Contribution> contributions_;
};

}  // namespace tribune
