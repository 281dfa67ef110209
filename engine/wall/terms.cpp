#include "wall/terms.hpp"

#include <algorithm>
#include <utility>

#include "wall/analyser.hpp"
#include "wall/term_rulings.hpp"

namespace tribune {

std::vector<std::string> parse_word_list(std::string_view text) {
    std::vector<std::string> out;
    while (!text.empty()) {
        const auto end = std::min(text.find('\n'), text.size());
        auto line = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        line = line.substr(0, line.find('#'));
        const auto first = line.find_first_not_of(" \t\r");
        if (first == std::string_view::npos) continue;
        out.emplace_back(line.substr(first, line.find_last_not_of(" \t\r") - first + 1));
    }
    return out;
}

TermIndex::TermIndex(const std::vector<LanguageWords>& languages)
    : analyser_(std::make_unique<TextAnalyser>(languages)), rulings_(std::make_unique<TermRulings>()) {}
TermIndex::~TermIndex() = default;
TermIndex::TermIndex(TermIndex&&) noexcept = default;
TermIndex& TermIndex::operator=(TermIndex&&) noexcept = default;

// Brings weight and shown spelling up to date; true when either changed.
bool TermIndex::refresh(std::uint32_t index) {
    auto& entry = terms_[index];
    const Spelling* best = nullptr;
    const auto look = [&best](const Entry& e) {
        for (const auto& s : e.spellings) {
            if (best == nullptr || s.uses > best->uses) best = &s;
        }
    };
    look(entry);
    for (const auto other : entry.same) look(terms_[other]);
    const auto* ruling = entry.ruling;
    const auto& said = best != nullptr ? best->text : ruling != nullptr ? ruling->named : entry.term.shown;
    const auto& shown = ruling != nullptr && !ruling->shown.empty() ? ruling->shown : said;
    entry.term.voices = static_cast<std::uint32_t>(entry.voices.size());
    const auto weight = ruling != nullptr && ruling->hidden ? 0 : entry.term.voices;
    const bool changed = weight != entry.term.weight || shown != entry.term.shown;
    entry.term.weight = weight;
    entry.term.shown = shown;
    return changed;
}

std::uint32_t TermIndex::term_of(const std::string& key) {
    const auto [at, first] = by_key_.try_emplace(key, static_cast<std::uint32_t>(terms_.size()));
    const auto index = at->second;
    if (first) {
        terms_.emplace_back();
        terms_.back().key = &at->first;
        obey(index);
    }
    return index;
}

// What the rules say of a term: may make the one it counts for.
void TermIndex::obey(std::uint32_t index) {
    const auto& key = *terms_[index].key;
    const auto* ruling = rulings_->of(key);
    terms_[index].ruling = ruling;
    const auto& target = rulings_->target(key);
    const auto into = target == key ? index : term_of(target);
    terms_[index].term.into = into;
    if (ruling == nullptr || !ruling->same) return;
    // Its spellings are those of the word the rule was about, whatever that is merged into.
    const auto word = term_of(ruling->into);
    auto& same = terms_[word].same;
    if (const auto place = std::lower_bound(same.begin(), same.end(), index); place == same.end() || *place != index) {
        same.insert(place, index);
    }
}

// Adds a contribution to what its terms count for, or takes it away: once to each.
void TermIndex::count(const Contribution& contribution, bool more) {
    std::vector<std::uint32_t> targets;
    for (const auto& use : contribution.uses) targets.push_back(terms_[use.term].term.into);
    std::sort(targets.begin(), targets.end());
    targets.erase(std::unique(targets.begin(), targets.end()), targets.end());
    for (const auto target : targets) {
        auto& entry = terms_[target];
        if (more) {
            ++entry.voices[contribution.voice];
            ++entry.term.mentions;
        } else {
            const auto voice = entry.voices.find(contribution.voice);
            if (--voice->second == 0) entry.voices.erase(voice);
            --entry.term.mentions;
        }
    }
}

std::vector<std::uint32_t> TermIndex::refreshed(const Contribution& contribution) {
    std::vector<std::uint32_t> changed;
    for (const auto& use : contribution.uses) {
        for (const auto& entry = terms_[use.term];
             const auto index :
             {use.term, entry.term.into,
              entry.ruling != nullptr && entry.ruling->same ? by_key_.at(entry.ruling->into) : use.term}) {
            if (refresh(index)) changed.push_back(index);
        }
    }
    std::sort(changed.begin(), changed.end());
    changed.erase(std::unique(changed.begin(), changed.end()), changed.end());
    return changed;
}

std::vector<std::uint32_t> TermIndex::add(const Uuid& id, VoiceId voice, std::string_view text,
                                          std::string_view language) {
    const auto [stored, is_new] = contributions_.try_emplace(id);
    if (!is_new) return {};
    stored->second.voice = voice;
    const auto analysis = analyser_->analyse(text, language);
    auto& uses = stored->second.uses;
    for (const auto& word : analysis.words) {
        const auto term = term_of(word.key);
        if (std::any_of(uses.begin(), uses.end(), [term](const Use& u) { return u.term == term; })) continue;
        auto& entry = terms_[term];
        if (entry.spellings.empty()) entry.term.language = analysis.language;
        auto spelling = std::find_if(entry.spellings.begin(), entry.spellings.end(),
                                     [&](const Spelling& s) { return s.text == word.spelling; });
        if (spelling == entry.spellings.end()) {
            spelling = entry.spellings.insert(spelling, Spelling{word.spelling, 0});
        }
        ++spelling->uses;
        uses.push_back({term, static_cast<std::uint32_t>(spelling - entry.spellings.begin())});
    }
    count(stored->second, true);
    return refreshed(stored->second);
}

std::vector<std::uint32_t> TermIndex::remove(const Uuid& id) {
    const auto at = contributions_.find(id);
    if (at == contributions_.end()) return {};
    for (const auto& use : at->second.uses) --terms_[use.term].spellings[use.spelling].uses;
    count(at->second, false);
    auto changed = refreshed(at->second);
    contributions_.erase(at);
    return changed;
}

std::vector<std::uint32_t> TermIndex::set_rules(const std::vector<TermRule>& rules) {
    if (rules == rules_) return {};
    rules_ = rules;
    rulings_ = std::make_unique<TermRulings>(rules, *analyser_);
    for (auto& entry : terms_) {
        entry.voices.clear();
        entry.same.clear();
        entry.term.mentions = 0;
    }
    // Terms that a rule names come after those that are there.
    for (std::uint32_t i = 0, known = static_cast<std::uint32_t>(terms_.size()); i < known; ++i) obey(i);
    for (const auto& [id, contribution] : contributions_) count(contribution, true);
    std::vector<std::uint32_t> changed;
    for (std::uint32_t i = 0; i < terms_.size(); ++i) {
        if (refresh(i)) changed.push_back(i);
    }
    return changed;
}

}  // namespace tribune
