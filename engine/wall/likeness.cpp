#include "wall/likeness.hpp"

#include <algorithm>
#include <array>
#include <bitset>
#include <map>
#include <set>
#include <string>
#include <unordered_map>
#include <utility>

#include "wall/analyser.hpp"

namespace tribune {
namespace {

constexpr std::size_t signature_bits = 512;
using Signature = std::bitset<signature_bits>;
using Node = std::uint32_t;

// Words that turn a sentence round, without case and accents, of the languages in assets/words.
constexpr std::array<std::string_view, 58> denials = {
    // French, English
    "ne", "n'", "pas", "jamais", "aucun", "aucune", "sans", "ni", "rien", "contre", "moins", "non", "not", "no",
    "never", "without", "nor", "none", "against", "less", "fewer", "don't", "doesn't", "can't", "won't", "isn't",
    "aren't", "cannot", "stop",
    // German
    "nicht", "kein", "keine", "keinen", "nie", "ohne", "gegen", "weniger",
    // Spanish, Italian, Portuguese
    "sin", "nunca", "menos", "senza", "mai", "meno", "contro", "contra", "nao", "sem", "ningun", "ninguna", "nessun",
    // Turkish, Arabic
    "degil", "yok", "hayir", "karsi", "لا", "ليس", "بدون", "ضد"};

std::uint32_t hash_of(std::u32string_view letters) {
    std::uint32_t h = 2166136261U;
    for (const auto c : letters) h = (h ^ static_cast<std::uint32_t>(c)) * 16777619U;
    return h ^ (h >> 15U);
}

// Decodes UTF-8 that is known to be well formed.
std::u32string letters_of(std::string_view text) {
    std::u32string out;
    for (std::size_t i = 0; i < text.size();) {
        const auto lead = static_cast<unsigned char>(text[i]);
        const std::size_t n = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
        char32_t c = n == 1 ? lead : lead & (0xFFU >> (n + 1));
        for (std::size_t k = 1; k < n && i + k < text.size(); ++k) {
            c = (c << 6U) | (static_cast<unsigned char>(text[i + k]) & 0x3FU);
        }
        out.push_back(c);
        i += n;
    }
    return out;
}

// The text's groups of three letters, its ends counting as spaces; ascending, each once.
std::vector<std::uint32_t> trigrams_of(const std::string& text) {
    const auto letters = U" " + letters_of(text) + U" ";
    std::vector<std::uint32_t> out;
    for (std::size_t i = 0; i + 3 <= letters.size(); ++i) out.push_back(hash_of({letters.data() + i, 3}));
    std::sort(out.begin(), out.end());
    out.erase(std::unique(out.begin(), out.end()), out.end());
    return out;
}

std::string joined(std::vector<std::string> words) {
    std::sort(words.begin(), words.end());
    words.erase(std::unique(words.begin(), words.end()), words.end());
    std::string out;
    for (const auto& w : words) out += w + ' ';
    return out;
}

// One text and all who sent it.
struct Text {
    std::string exact;  // empty: this place is free
    std::string fingerprint;
    std::string stems;
    bool denies = false;
    std::vector<std::uint32_t> trigrams;  // empty: past most_texts, or too short
    Signature signature;
    std::set<Uuid> ids;

    struct Like {
        double score = 0;
        Node other = 0;
    };
    std::vector<Like> likes;  // the most alike first
    bool clipped = false;     // there may be more
};

double dice(const Text& a, const Text& b) {
    std::size_t shared = 0;
    for (auto x = a.trigrams.begin(), y = b.trigrams.begin(); x != a.trigrams.end() && y != b.trigrams.end();) {
        if (*x == *y) {
            ++shared;
            ++x;
            ++y;
        } else if (*x < *y) {
            ++x;
        } else {
            ++y;
        }
    }
    return 2.0 * static_cast<double>(shared) / static_cast<double>(a.trigrams.size() + b.trigrams.size());
}

}  // namespace

struct Likeness::Impl {
    Impl(const std::vector<LanguageWords>& languages, const LikenessOptions& wanted)
        : options(wanted), analyser(languages) {}

    LikenessOptions options;
    TextAnalyser analyser;
    std::vector<Text> texts;
    std::vector<Node> free;
    std::unordered_map<std::string, Node> by_exact;
    std::unordered_map<Uuid, Node> by_id;
    std::map<std::size_t, std::set<Node>> by_length;  // of those that have trigrams
    std::size_t left_out = 0;
    std::vector<LikenessSuggestion> found;
    bool stale = false;

    [[nodiscard]] const Uuid& first_id(Node n) const { return *texts[n].ids.begin(); }
    [[nodiscard]] bool before(const Text::Like& a, const Text::Like& b) const {
        return a.score != b.score ? a.score > b.score : texts[a.other].exact < texts[b.other].exact;
    }
    [[nodiscard]] double likeness(Node a, Node b) const;
    void like(Node a, const Text::Like& b);
    void compare_with_all(Node n, bool both_ways);
    Node make(const Reading& reading, std::string exact);
    void drop(Node n);
    void work_out();
};

// 0 when it cannot reach what is asked for.
double Likeness::Impl::likeness(Node a, Node b) const {
    const auto& one = texts[a];
    const auto& other = texts[b];
    if (one.denies != other.denies || one.trigrams.empty() || other.trigrams.empty()) return 0;
    // Each bit that only one has stands for a trigram that the other lacks.
    const auto& fewer = one.trigrams.size() <= other.trigrams.size() ? one : other;
    const auto& more = &fewer == &one ? other : one;
    const auto lacking = (fewer.signature & ~more.signature).count();
    const auto total = static_cast<double>(one.trigrams.size() + other.trigrams.size());
    if (2.0 * static_cast<double>(fewer.trigrams.size() - lacking) < options.least * total) return 0;
    const auto score = dice(one, other);
    return score < options.least ? 0 : score;
}

void Likeness::Impl::like(Node a, const Text::Like& b) {
    auto& likes = texts[a].likes;
    const auto place =
        std::upper_bound(likes.begin(), likes.end(), b, [this](const auto& x, const auto& y) { return before(x, y); });
    likes.insert(place, b);
    if (likes.size() > options.most_likes) {
        likes.pop_back();
        texts[a].clipped = true;
    }
}

void Likeness::Impl::compare_with_all(Node n, bool both_ways) {
    texts[n].likes.clear();
    texts[n].clipped = false;
    const auto size = texts[n].trigrams.size();
    if (size == 0) return;
    // Texts of too different length share too little.
    const double ratio = options.least / (2 - options.least);
    const auto shortest = static_cast<std::size_t>(static_cast<double>(size) * ratio);
    const auto longest = ratio > 0 ? static_cast<std::size_t>(static_cast<double>(size) / ratio) + 1 : SIZE_MAX;
    for (auto at = by_length.lower_bound(shortest); at != by_length.end() && at->first <= longest; ++at) {
        for (const auto other : at->second) {
            if (other == n) continue;
            const auto score = likeness(n, other);
            if (score <= 0) continue;
            like(n, {score, other});
            if (both_ways) like(other, {score, n});
        }
    }
}

Node Likeness::Impl::make(const Reading& reading, std::string exact) {
    Node n = 0;
    if (free.empty()) {
        n = static_cast<Node>(texts.size());
        texts.emplace_back();
    } else {
        n = free.back();
        free.pop_back();
    }
    auto& text = texts[n];
    std::vector<std::string> words;
    std::vector<std::string> stems;
    std::string plain;
    for (const auto& w : reading.words) {
        text.denies |= std::find(denials.begin(), denials.end(), w.folded) != denials.end();
        plain += plain.empty() ? w.folded : ' ' + w.folded;
        if (w.function_word) continue;
        words.push_back(w.folded);
        stems.push_back(w.key);
    }
    // An answer of function words only ("moi non plus") is what it says.
    if (words.empty()) words = stems = {plain};
    const std::string_view turn = text.denies ? "! " : "";
    text.fingerprint = std::string(turn) + joined(std::move(words));
    text.stems = std::string(turn) + joined(std::move(stems));
    text.exact = std::move(exact);
    if (by_exact.size() < options.most_texts) {
        text.trigrams = trigrams_of(plain);
        for (const auto t : text.trigrams) text.signature.set(t % signature_bits);
    } else {
        ++left_out;
    }
    by_exact.emplace(text.exact, n);
    if (!text.trigrams.empty()) by_length[text.trigrams.size()].insert(n);
    compare_with_all(n, true);
    return n;
}

void Likeness::Impl::drop(Node n) {
    if (texts[n].trigrams.empty()) {
        --left_out;
    } else {
        const auto at = by_length.find(texts[n].trigrams.size());
        at->second.erase(n);
        if (at->second.empty()) by_length.erase(at);
        for (Node other = 0; other < texts.size(); ++other) {
            auto& text = texts[other];
            if (std::erase_if(text.likes, [n](const Text::Like& l) { return l.other == n; }) > 0 && text.clipped) {
                compare_with_all(other, false);
            }
        }
    }
    by_exact.erase(texts[n].exact);
    texts[n] = {};
    free.push_back(n);
}

// Gathers texts by the first three rungs, then what is left and the gathered ones by trigrams.
void Likeness::Impl::work_out() {
    // Classes of one stems' key hold those of one fingerprint; both may be told of languages, which the words do not show.
    std::vector<Node> root(texts.size());
    for (Node n = 0; n < root.size(); ++n) root[n] = n;
    const auto find = [&root](Node n) {
        while (root[n] != n) n = root[n] = root[root[n]];
        return n;
    };
    std::vector<LikenessRung> rung(texts.size(), LikenessRung::exact);
    const auto join_by = [&](std::string Text::*key, LikenessRung by) {
        std::unordered_map<std::string_view, Node> first;
        for (Node n = 0; n < texts.size(); ++n) {
            if (texts[n].exact.empty()) continue;
            const auto [at, is_new] = first.try_emplace(texts[n].*key, n);
            const auto a = find(at->second);
            const auto b = find(n);
            if (is_new || a == b) continue;
            root[b] = a;
            rung[a] = by;
        }
    };
    join_by(&Text::fingerprint, LikenessRung::fingerprint);
    join_by(&Text::stems, LikenessRung::stems);

    struct Class {
        std::vector<Node> nodes;
        std::vector<Uuid> ids;  // ascending
        Node leader = 0;        // the text most sent
        std::size_t group = 0;
    };
    std::map<Node, Class> classes;
    for (Node n = 0; n < texts.size(); ++n) {
        if (texts[n].exact.empty()) continue;
        auto& c = classes[find(n)];
        c.nodes.push_back(n);
        c.ids.insert(c.ids.end(), texts[n].ids.begin(), texts[n].ids.end());
    }
    struct Link {
        double score;
        Node a;
        Node b;
    };
    std::vector<Link> links;
    for (auto& [r, c] : classes) {
        std::sort(c.ids.begin(), c.ids.end());
        c.leader = *std::min_element(c.nodes.begin(), c.nodes.end(), [&](Node a, Node b) {
            if (texts[a].ids.size() != texts[b].ids.size()) return texts[a].ids.size() > texts[b].ids.size();
            return first_id(a) < first_id(b);
        });
        for (const auto n : c.nodes) {
            for (const auto& l : texts[n].likes) {
                const auto other = find(l.other);
                if (other != r) links.push_back({l.score, r, other});
            }
        }
    }
    const auto first_of = [&](Node r) -> const Uuid& { return classes.at(r).ids.front(); };
    for (auto& l : links) {
        if (first_of(l.b) < first_of(l.a)) std::swap(l.a, l.b);
    }
    std::sort(links.begin(), links.end(), [&](const Link& x, const Link& y) {
        if (x.score != y.score) return x.score > y.score;
        if (x.a != y.a) return first_of(x.a) < first_of(y.a);
        return first_of(x.b) < first_of(y.b);
    });

    // The first of a group leads it: who joins must be like it, so that no chain of small steps joins what differs.
    struct Group {
        std::vector<Node> classes;
        Node leader = 0;
        double score = 1;
    };
    std::vector<Group> groups(1);
    for (const auto& l : links) {
        auto& a = classes.at(l.a);
        auto& b = classes.at(l.b);
        if (a.group != 0 && b.group != 0) continue;
        if (a.group == 0 && b.group == 0) {
            const bool a_leads = a.ids.size() >= b.ids.size();
            const auto score = likeness(a.leader, b.leader);
            if (score <= 0) continue;
            a.group = b.group = groups.size();
            groups.push_back({{a_leads ? l.a : l.b, a_leads ? l.b : l.a}, a_leads ? a.leader : b.leader, score});
            continue;
        }
        const auto [joins, group] = a.group == 0 ? std::pair{l.a, b.group} : std::pair{l.b, a.group};
        const auto score = likeness(classes.at(joins).leader, groups[group].leader);
        if (score <= 0) continue;
        classes.at(joins).group = group;
        groups[group].classes.push_back(joins);
        groups[group].score = std::min(groups[group].score, score);
    }

    found.clear();
    for (const auto& [r, c] : classes) {
        if (c.group == 0 && c.ids.size() > 1) found.push_back({rung[r], 1, c.ids});
    }
    for (std::size_t g = 1; g < groups.size(); ++g) {
        LikenessSuggestion out{LikenessRung::trigrams, groups[g].score, {}};
        for (const auto r : groups[g].classes) {
            const auto& ids = classes.at(r).ids;
            out.contributions.insert(out.contributions.end(), ids.begin(), ids.end());
        }
        const auto& leader = first_id(groups[g].leader);
        std::sort(out.contributions.begin(), out.contributions.end());
        std::stable_partition(out.contributions.begin(), out.contributions.end(),
                              [&](const Uuid& id) { return id == leader; });
        found.push_back(std::move(out));
    }
    std::sort(found.begin(), found.end(), [](const LikenessSuggestion& a, const LikenessSuggestion& b) {
        if (a.rung != b.rung) return a.rung < b.rung;
        if (a.score != b.score) return a.score > b.score;
        if (a.contributions.size() != b.contributions.size()) return a.contributions.size() > b.contributions.size();
        return a.contributions < b.contributions;
    });
}

Likeness::Likeness(const std::vector<LanguageWords>& languages, const LikenessOptions& options)
    : impl_(std::make_unique<Impl>(languages, options)) {}
Likeness::~Likeness() = default;
Likeness::Likeness(Likeness&&) noexcept = default;
Likeness& Likeness::operator=(Likeness&&) noexcept = default;

void Likeness::add(const Uuid& id, std::string_view text, std::string_view language) {
    if (impl_->by_id.contains(id)) return;
    const auto reading = impl_->analyser.read(text, language);
    // With its accents: they are the text's own. What has no words at all is its own key.
    std::string exact = impl_->analyser.plain(text);
    if (exact.empty()) exact = std::string(text);
    const auto at = impl_->by_exact.find(exact);
    const auto node = at != impl_->by_exact.end() ? at->second : impl_->make(reading, std::move(exact));
    impl_->texts[node].ids.insert(id);
    impl_->by_id.emplace(id, node);
    impl_->stale = true;
}

void Likeness::remove(const Uuid& id) {
    const auto at = impl_->by_id.find(id);
    if (at == impl_->by_id.end()) return;
    const auto node = at->second;
    impl_->by_id.erase(at);
    impl_->texts[node].ids.erase(id);
    if (impl_->texts[node].ids.empty()) impl_->drop(node);
    impl_->stale = true;
}

std::vector<LikenessSuggestion> Likeness::suggestions(std::size_t most) const {
    if (std::exchange(impl_->stale, false)) impl_->work_out();
    const auto count = static_cast<std::ptrdiff_t>(std::min(most, impl_->found.size()));
    return {impl_->found.begin(), impl_->found.begin() + count};
}

std::size_t Likeness::contributions() const { return impl_->by_id.size(); }
std::size_t Likeness::texts() const { return impl_->by_exact.size(); }
std::size_t Likeness::left_out() const { return impl_->left_out; }

}  // namespace tribune
