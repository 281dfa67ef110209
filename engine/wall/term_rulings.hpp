// What rules about words (voice/term_rule.hpp) mean for the keys the analyser gives.
#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include "voice/term_rule.hpp"
#include "wall/analyser.hpp"

namespace tribune {

struct TermRuling {
    std::string into;     // the key it counts for; "": for itself
    bool same = false;    // the same word to a reader, of another language: its spellings count as well
    bool hidden = false;  // not on the wall
    std::string shown;    // its spelling; "": the one used most
    std::string named;    // as a merge's target was typed: shown while nobody has used it
};

class TermRulings {
  public:
    TermRulings() = default;
    TermRulings(const std::vector<TermRule>& rules, const TextAnalyser& analyser);

    // Null: no rule speaks of it.
    [[nodiscard]] const TermRuling* of(const std::string& key) const;
    // The key that one counts for in the end: itself, mostly.
    [[nodiscard]] const std::string& target(const std::string& key) const;

  private:
    [[nodiscard]] bool leads_to(const std::string& from, const std::vector<std::string>& keys) const;
    void rule(const TermRule& rule, const std::vector<std::string>& keys, const TextAnalyser& analyser);
    void join_same(const std::vector<std::string>& keys);

    std::unordered_map<std::string, TermRuling> by_key_;
};

}  // namespace tribune
