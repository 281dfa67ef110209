#include "wall/analyser.hpp"

#include <libstemmer.h>
#include <unicode/brkiter.h>
#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>
#include <unicode/stringpiece.h>
#include <unicode/uchar.h>
#include <unicode/uscript.h>
#include <unicode/utext.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <unordered_set>

#include "wall/endings.hpp"

namespace tribune {
namespace {

constexpr std::size_t most_languages = 8;
constexpr std::size_t most_function_words = 3;  // of an answer made of nothing else

struct StemmerDeleter {
    void operator()(sb_stemmer* s) const { sb_stemmer_delete(s); }
};

// What a language does that no other here does.
struct Habits {
    std::string_view code;
    bool dotless_i = false;          // I is ı, İ is i
    bool suffix_apostrophe = false;  // İstanbul'da: what follows is an ending
    bool bare_plurals = false;       // drop_french_plural()
    bool arabic = false;             // arabic_stem()
    bool loose_marks = false;        // function words are known without their marks, too
};
constexpr std::array<Habits, 3> habits = {{{"fr", false, false, true, false, false},
                                           {"tr", true, true, false, false, true},
                                           {"ar", false, false, false, true, true}}};

struct Language {
    std::string code;
    Habits habits;
    std::unordered_set<std::string> stop_words;           // folded
    std::vector<std::string> elisions;                    // folded, longest first
    std::unique_ptr<sb_stemmer, StemmerDeleter> stemmer;  // null: none for this language
};

// A stretch of text that may become a term.
struct Token {
    std::string_view text;
    bool number = false;
};

UChar32 decode_at(std::string_view text, std::int32_t& i) {
    UChar32 c = 0;
    U8_NEXT_OR_FFFD(reinterpret_cast<const std::uint8_t*>(text.data()), i, static_cast<std::int32_t>(text.size()), c);
    return c;
}
UChar32 first_of(std::string_view text) {
    std::int32_t i = 0;
    return text.empty() ? 0 : decode_at(text, i);
}

bool is_pictograph(std::string_view text) {
    const auto c = first_of(text);
    return u_hasBinaryProperty(c, UCHAR_EXTENDED_PICTOGRAPHIC) != 0 ||
           u_hasBinaryProperty(c, UCHAR_REGIONAL_INDICATOR) != 0 ||
           text.find("\xE2\x83\xA3") != std::string_view::npos;  // keycaps end in U+20E3
}
bool is_hyphen(std::string_view text) {
    const auto c = first_of(text);
    return c == '-' || c == 0x2010 || c == 0x2011;
}
bool is_apostrophe(UChar32 c) { return c == '\'' || c == 0x2019 || c == 0x02BC || c == 0xFF07; }

void append(std::string& out, UChar32 c) {
    std::uint8_t bytes[U8_MAX_LENGTH];
    std::int32_t n = 0;
    U8_APPEND_UNSAFE(bytes, n, static_cast<std::uint32_t>(c));
    out.append(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(n));
}

}  // namespace

struct TextAnalyser::Impl {
    std::vector<Language> languages;
    std::unique_ptr<icu::BreakIterator> words;
    const icu::Normalizer2* fold_form = nullptr;   // NFKC, case folded, default ignorables removed
    const icu::Normalizer2* split_form = nullptr;  // NFD

    [[nodiscard]] std::string fold(std::string_view text, const Language* language) const {
        if (language == nullptr || !language->habits.dotless_i) return fold(text);
        std::string turkish;
        for (std::size_t i = 0; i < text.size(); ++i) {
            if (text[i] == 'I') {
                turkish += "ı";
            } else if (text.substr(i, 2) == "İ") {
                turkish += 'i';
                ++i;
            } else {
                turkish += text[i];
            }
        }
        return fold(turkish);
    }

    // Arabic loses its vowel signs and its lengthening here: most people write neither.
    [[nodiscard]] std::string fold(std::string_view text) const {
        std::string out;
        if (std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; })) {
            for (const char c : text) out.push_back(c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c);
            return out;
        }
        UErrorCode status = U_ZERO_ERROR;
        icu::StringByteSink<std::string> sink(&out);
        if (fold_form != nullptr) {
            fold_form->normalizeUTF8(0, icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())), sink,
                                     nullptr, status);
        }
        if (fold_form == nullptr || U_FAILURE(status)) return std::string(text);
        // One apostrophe for all that people type.
        std::string plain;
        bool latin = false;
        for (std::int32_t i = 0; i < static_cast<std::int32_t>(out.size());) {
            const auto c = decode_at(out, i);
            // What no letter is made of is decoration: strokes through a word, zalgo.
            if (latin && c >= 0x300 && c <= 0x36F) continue;
            latin = c < 0x250;
            if ((c >= 0x64B && c <= 0x652) || c == 0x670 || c == 0x640) continue;
            append(plain, is_apostrophe(c) ? UChar32{'\''} : c);
        }
        return plain;
    }

    // Without the accents of Latin letters: tablets and capitals often lose them. Other scripts keep their marks, which
    // there are letters; but Arabic is often typed without its hamzas and with one letter for another at a word's end.
    [[nodiscard]] std::string without_accents(const std::string& text) const {
        if (std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; })) {
            return text;
        }
        std::string split;
        UErrorCode status = U_ZERO_ERROR;
        icu::StringByteSink<std::string> sink(&split);
        if (split_form == nullptr) return text;
        split_form->normalizeUTF8(0, icu::StringPiece(text), sink, nullptr, status);
        if (U_FAILURE(status)) return text;
        std::string out;
        bool latin = false;
        for (std::int32_t i = 0; i < static_cast<std::int32_t>(split.size());) {
            const auto c = decode_at(split, i);
            if (latin && c >= 0x300 && c <= 0x36F) continue;
            if (c >= 0x653 && c <= 0x655) continue;  // hamzas and maddas, taken apart
            latin = uscript_getScript(c, &status) == USCRIPT_LATIN;
            if (c == 0x153 || c == 0xE6) {  // œ, æ
                out += c == 0x153 ? "oe" : "ae";
            } else if (c == 0x131) {  // ı
                out += 'i';
            } else if (c == 0x649 || c == 0x629 || c == 0x671) {  // alif maqsura, ta marbuta, alif wasla
                append(out, c == 0x649 ? 0x64A : c == 0x629 ? 0x647 : 0x627);
            } else {
                append(out, c);
            }
        }
        return out;
    }

    [[nodiscard]] static std::string stem(const Language* language, const std::string& word) {
        if (language != nullptr && language->habits.arabic) return arabic_stem(word);
        if (language == nullptr || !language->stemmer) return word;
        const auto* out = sb_stemmer_stem(language->stemmer.get(), reinterpret_cast<const sb_symbol*>(word.data()),
                                          static_cast<int>(word.size()));
        if (out == nullptr) return word;
        std::string stem{reinterpret_cast<const char*>(out),
                         static_cast<std::size_t>(sb_stemmer_length(language->stemmer.get()))};
        if (language->habits.bare_plurals) drop_french_plural(stem);
        return stem;
    }

    // Words, numbers and emoji, in order; words joined by single hyphens are one.
    [[nodiscard]] std::vector<Token> cut(std::string_view text) const;

    // How many bytes of the token are an elision of this language (its folded form decides).
    [[nodiscard]] static std::size_t elision(const Language* language, std::string_view token, const Impl& impl) {
        if (language == nullptr) return 0;
        for (std::int32_t i = 0; i < static_cast<std::int32_t>(token.size());) {
            if (!is_apostrophe(decode_at(token, i))) continue;
            const auto length = static_cast<std::size_t>(i);
            if (length == token.size()) return 0;
            const auto head = impl.fold(token.substr(0, length), language);
            return std::find(language->elisions.begin(), language->elisions.end(), head) != language->elisions.end()
                       ? length
                       : 0;
        }
        return 0;
    }

    // Without its elision and its ending after an apostrophe.
    [[nodiscard]] std::string_view core(const Language* language, std::string_view token) const {
        auto out = token.substr(elision(language, token, *this));
        if (language == nullptr || !language->habits.suffix_apostrophe) return out;
        for (std::int32_t i = 0; i < static_cast<std::int32_t>(out.size());) {
            const auto at = static_cast<std::size_t>(i);
            if (is_apostrophe(decode_at(out, i)) && at > 1) return out.substr(0, at);
        }
        return out;
    }

    [[nodiscard]] bool is_stop_word(const Language* language, const std::string& folded) const {
        if (language == nullptr) return false;
        if (language->stop_words.contains(folded)) return true;
        if (language->habits.loose_marks && folded.size() > 2 && language->stop_words.contains(without_accents(folded)))
            return true;
        if (folded.find('-') == std::string::npos) return false;
        // A compound of function words only (y-a-t-il) says nothing either.
        for (std::size_t start = 0; start <= folded.size();) {
            const auto end = std::min(folded.find('-', start), folded.size());
            const auto part = folded.substr(start, end - start);
            if (part.size() > 1 && !language->stop_words.contains(part)) return false;
            start = end + 1;
        }
        return true;
    }

    [[nodiscard]] std::string key_of(const Language* language, const std::string& folded) const {
        std::string out;
        for (std::size_t start = 0; start <= folded.size();) {
            const auto end = std::min(folded.find('-', start), folded.size());
            if (start > 0) out += '-';
            out += stem(language, folded.substr(start, end - start));
            start = end + 1;
        }
        return without_accents(out);
    }

    [[nodiscard]] const Language* choose(const std::vector<Token>& tokens, std::string_view wanted) const {
        const auto primary = wanted.substr(0, wanted.find('-'));
        const Language* best = nullptr;
        std::size_t most = 0;
        std::vector<std::string> folded;
        folded.reserve(tokens.size());
        for (const auto& token : tokens) folded.push_back(fold(token.text));
        for (const auto& language : languages) {
            if (language.code == primary) return &language;
            std::size_t hits = 0;
            for (std::size_t i = 0; i < tokens.size(); ++i) {
                const bool stop = language.habits.dotless_i ? is_stop_word(&language, fold(tokens[i].text, &language))
                                                            : is_stop_word(&language, folded[i]);
                hits += stop || elision(&language, tokens[i].text, *this) > 0 ? 1U : 0U;
            }
            if (best == nullptr || hits > most) {
                best = &language;
                most = hits;
            }
        }
        return best;
    }
};

std::vector<Token> TextAnalyser::Impl::cut(std::string_view text) const {
    std::vector<Token> out;
    if (!words) {
        for (std::size_t start = 0; start < text.size();) {
            const auto end = std::min(text.find(' ', start), text.size());
            if (end > start) out.push_back({text.substr(start, end - start), false});
            start = end + 1;
        }
        return out;
    }
    UErrorCode status = U_ZERO_ERROR;
    UText source = UTEXT_INITIALIZER;
    utext_openUTF8(&source, text.data(), static_cast<std::int64_t>(text.size()), &status);
    words->setText(&source, status);
    if (U_SUCCESS(status)) {
        bool hyphen = false;  // the last segment was a hyphen right after a word
        bool word = false;    // the last segment was a word
        for (auto start = words->first(), end = words->next(); end != icu::BreakIterator::DONE;
             start = end, end = words->next()) {
            const auto segment = text.substr(static_cast<std::size_t>(start), static_cast<std::size_t>(end - start));
            const auto kind = words->getRuleStatus();
            const bool number = kind >= UBRK_WORD_NUMBER && kind < UBRK_WORD_NUMBER_LIMIT;
            const bool letters = kind >= UBRK_WORD_LETTER;
            if (letters || number || is_pictograph(segment)) {
                if (hyphen && (letters || number)) {
                    auto& last = out.back();
                    last.text = {last.text.data(),
                                 static_cast<std::size_t>(segment.data() - last.text.data()) + segment.size()};
                    last.number = last.number && number;
                } else {
                    out.push_back({segment, number && !is_pictograph(segment)});
                }
                word = letters || number;
                hyphen = false;
            } else {
                hyphen = word && is_hyphen(segment);
                word = false;
            }
        }
    }
    utext_close(&source);
    return out;
}

TextAnalyser::TextAnalyser(const std::vector<LanguageWords>& languages) : impl_(std::make_unique<Impl>()) {
    UErrorCode status = U_ZERO_ERROR;
    impl_->words.reset(icu::BreakIterator::createWordInstance(icu::Locale::getRoot(), status));
    if (U_FAILURE(status)) impl_->words.reset();
    status = U_ZERO_ERROR;
    impl_->fold_form = icu::Normalizer2::getNFKCCasefoldInstance(status);
    impl_->split_form = icu::Normalizer2::getNFDInstance(status);
    for (const auto& given : languages) {
        if (impl_->languages.size() == most_languages) break;
        auto& language = impl_->languages.emplace_back();
        language.code = given.code;
        language.habits = {given.code};
        for (const auto& h : habits) {
            if (h.code == given.code) language.habits = h;
        }
        for (const auto& entry : given.words) {
            auto folded = impl_->fold(entry, &language);
            if (!folded.empty() && folded.back() == '\'') {
                language.elisions.push_back(std::move(folded));
            } else {
                // As typed without accents; a short one may be another word: Turkish şu, and su (water).
                if (auto bare = impl_->without_accents(folded); bare.size() > 2)
                    language.stop_words.insert(std::move(bare));
                language.stop_words.insert(std::move(folded));
            }
        }
        language.stemmer.reset(sb_stemmer_new(given.code.c_str(), nullptr));
    }
}

TextAnalyser::~TextAnalyser() = default;

Analysis TextAnalyser::analyse(std::string_view text, std::string_view wanted) {
    const auto tokens = impl_->cut(text);
    const auto* language = impl_->choose(tokens, wanted);
    Analysis out;
    if (language != nullptr) out.language = language->code;
    std::vector<AnalysedWord> spare;  // function words and numbers
    for (const auto& token : tokens) {
        const auto spelling = impl_->core(language, token.text);
        const auto folded = impl_->fold(spelling, language);
        if (folded.empty()) continue;
        const bool counts =
            !token.number && !impl_->is_stop_word(language, folded) && (folded.size() > 1 || is_pictograph(spelling));
        if (!counts && spare.size() >= most_function_words) continue;
        (counts ? out.words : spare).push_back({impl_->key_of(language, folded), std::string(spelling)});
    }
    if (out.words.empty()) out.words = std::move(spare);
    return out;
}

Reading TextAnalyser::read(std::string_view text, std::string_view wanted) {
    const auto tokens = impl_->cut(text);
    const auto* language = impl_->choose(tokens, wanted);
    Reading out;
    if (language != nullptr) out.language = language->code;
    for (const auto& token : tokens) {
        const auto elided = Impl::elision(language, token.text, *impl_);
        if (elided > 0) {
            auto head = impl_->without_accents(impl_->fold(token.text.substr(0, elided)));
            out.words.push_back({head, head, true});
        }
        const auto folded = impl_->fold(impl_->core(language, token.text), language);
        if (folded.empty()) continue;
        out.words.push_back(
            {impl_->without_accents(folded), impl_->key_of(language, folded), impl_->is_stop_word(language, folded)});
    }
    return out;
}

std::string TextAnalyser::plain(std::string_view text) const {
    std::string out;
    for (const auto& token : impl_->cut(text)) {
        if (!out.empty()) out += ' ';
        out += impl_->fold(token.text);
    }
    return out;
}

std::vector<std::string> TextAnalyser::keys_of(std::string_view word) const {
    const auto tokens = impl_->cut(word);
    std::vector<std::string> out;
    const auto put = [&](const Language* language) {
        std::string key;
        for (const auto& token : tokens) {
            if (!key.empty()) key += ' ';
            key += impl_->key_of(language, impl_->fold(impl_->core(language, token.text), language));
        }
        if (!key.empty() && std::find(out.begin(), out.end(), key) == out.end()) out.push_back(std::move(key));
    };
    for (const auto& language : impl_->languages) {
        put(&language);
        if (tokens.size() > 1) break;
    }
    if (impl_->languages.empty()) put(nullptr);
    return out;
}

}  // namespace tribune
