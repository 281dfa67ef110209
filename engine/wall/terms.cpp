#include "wall/terms.hpp"

#include <algorithm>
#include <utility>

#include "wall/analyser.hpp"

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
    : analyser_(std::make_unique<TextAnalyser>(languages)) {}
TermIndex::~TermIndex() = default;
TermIndex::TermIndex(TermIndex&&) noexcept = default;
TermIndex& TermIndex::operator=(TermIndex&&) noexcept = default;

// Brings weight and shown spelling up to date; true when either changed.
bool TermIndex::refresh(std::uint32_t index) {
    auto& entry = terms_[index];
    const auto* best = &entry.spellings.front();
    for (const auto& s : entry.spellings) {
        if (s.uses > best->uses) best = &s;
    }
    const auto weight = static_cast<std::uint32_t>(entry.voices.size());
    const bool changed = weight != entry.term.weight || best->text != entry.term.shown;
    entry.term.weight = weight;
    entry.term.shown = best->text;
    return changed;
}

std::vector<std::uint32_t> TermIndex::add(const Uuid& id, VoiceId voice, std::string_view text,
                                          std::string_view language) {
    const auto [stored, is_new] = contributions_.try_emplace(id);
    if (!is_new) return {};
    stored->second.voice = voice;
    const auto analysis = analyser_->analyse(text, language);
    std::vector<std::uint32_t> changed;
    for (const auto& word : analysis.words) {
        const auto [at, first] = by_key_.try_emplace(word.key, static_cast<std::uint32_t>(terms_.size()));
        if (first) {
            terms_.emplace_back();
            terms_.back().key = &at->first;
            terms_.back().term.language = analysis.language;
        }
        auto& entry = terms_[at->second];
        auto& uses = stored->second.uses;
        if (std::any_of(uses.begin(), uses.end(), [term = at->second](const Use& u) { return u.term == term; }))
            continue;
        auto spelling = std::find_if(entry.spellings.begin(), entry.spellings.end(),
                                     [&](const Spelling& s) { return s.text == word.spelling; });
        if (spelling == entry.spellings.end()) {
            spelling = entry.spellings.insert(spelling, Spelling{word.spelling, 0});
        }
        ++spelling->uses;
        ++entry.voices[voice];
        ++entry.term.mentions;
        uses.push_back({at->second, static_cast<std::uint32_t>(spelling - entry.spellings.begin())});
        if (refresh(at->second)) changed.push_back(at->second);
    }
    std::sort(changed.begin(), changed.end());
    return changed;
}

std::vector<std::uint32_t> TermIndex::remove(const Uuid& id) {
    const auto at = contributions_.find(id);
    if (at == contributions_.end()) return {};
    std::vector<std::uint32_t> changed;
    for (const auto& use : at->second.uses) {
        auto& entry = terms_[use.term];
        --entry.spellings[use.spelling].uses;
        --entry.term.mentions;
        const auto voice = entry.voices.find(at->second.voice);
        if (--voice->second == 0) entry.voices.erase(voice);
        if (refresh(use.term)) changed.push_back(use.term);
    }
    contributions_.erase(at);
    std::sort(changed.begin(), changed.end());
    return changed;
}

}  // namespace tribune
