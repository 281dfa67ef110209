#include "wall/term_rulings.hpp"

#include <algorithm>
#include <utility>

namespace tribune {

TermRulings::TermRulings(const std::vector<TermRule>& rules, const TextAnalyser& analyser) {
    std::vector<std::vector<std::string>> words;
    for (const auto& r : rules) {
        if (r.act == TermAct::rename && r.to.empty()) continue;
        auto keys = analyser.keys_of(r.word);
        if (!keys.empty()) rule(r, keys, analyser);
        if (r.act != TermAct::hide) words.push_back(std::move(keys));
        if (r.act == TermAct::merge) words.push_back(analyser.keys_of(r.to));
    }
    // Last, so that a rule of its own outweighs what another rule implies.
    for (const auto& keys : words) join_same(keys);
}

void TermRulings::rule(const TermRule& rule, const std::vector<std::string>& keys, const TextAnalyser& analyser) {
    const auto forget = [&] {
        for (const auto& key : keys) {
            auto& ruling = by_key_[key];
            ruling.into.clear();
            ruling.hidden = false;
            ruling.shown.clear();
        }
    };
    if (rule.act == TermAct::hide) {
        forget();
        for (const auto& key : keys) by_key_[key].hidden = true;
    } else if (rule.act == TermAct::rename) {
        forget();
        for (const auto& key : keys) by_key_[key].shown = rule.to;
    } else {
        const auto targets = analyser.keys_of(rule.to);
        if (targets.empty() || keys.front() == targets.front() || leads_to(targets.front(), keys)) return;
        forget();
        for (const auto& key : keys) {
            // What the two words share stays where it is.
            if (std::find(targets.begin(), targets.end(), key) == targets.end()) by_key_[key].into = targets.front();
        }
        by_key_[targets.front()].named = rule.to;
    }
}

// One word has a key in each language: they count as one when a rule speaks of the word.
void TermRulings::join_same(const std::vector<std::string>& keys) {
    for (std::size_t i = 1; i < keys.size(); ++i) {
        auto& ruling = by_key_[keys[i]];
        if (!ruling.into.empty() || ruling.hidden || leads_to(keys.front(), {keys[i]})) continue;
        ruling.into = keys.front();
        ruling.same = true;
    }
}

bool TermRulings::leads_to(const std::string& from, const std::vector<std::string>& keys) const {
    const auto* key = &from;
    while (true) {
        if (std::find(keys.begin(), keys.end(), *key) != keys.end()) return true;
        const auto* ruling = of(*key);
        if (ruling == nullptr || ruling->into.empty()) return false;
        key = &ruling->into;
    }
}

const TermRuling* TermRulings::of(const std::string& key) const {
    const auto at = by_key_.find(key);
    return at == by_key_.end() ? nullptr : &at->second;
}

const std::string& TermRulings::target(const std::string& key) const {
    const auto* at = &key;
    for (const auto* ruling = of(*at); ruling != nullptr && !ruling->into.empty(); ruling = of(*at)) {
        at = &ruling->into;
    }
    return *at;
}

}  // namespace tribune
