// Cuts a text into the words that count. The only place in this room that knows ICU and Snowball.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "wall/terms.hpp"

namespace tribune {

struct AnalysedWord {
    std::string key;       // folded and stemmed; equal keys are one term
    std::string spelling;  // as written, without its elision
};

struct Analysis {
    std::string language;  // code of the language it was read in; "" when none is configured
    std::vector<AnalysedWord> words;
};

struct ReadWord {
    std::string folded;  // without case and accents
    std::string key;     // stemmed as well
    bool function_word = false;
};

struct Reading {
    std::string language;
    std::vector<ReadWord> words;  // elisions are words of their own
};

// One thread per object.
class TextAnalyser {
  public:
    explicit TextAnalyser(const std::vector<LanguageWords>& languages);
    ~TextAnalyser();
    TextAnalyser(const TextAnalyser&) = delete;
    TextAnalyser& operator=(const TextAnalyser&) = delete;

    // As TermIndex::add. If ICU's data is missing, words are cut at spaces and folded for ASCII only.
    Analysis analyse(std::string_view text, std::string_view language);

    // Every word, number and emoji, in order.
    Reading read(std::string_view text, std::string_view language);

    // Its words, numbers and emoji with a space between, without case.
    [[nodiscard]] std::string plain(std::string_view text) const;

    // The keys a word may have, one for each language that stems it in a way of its own, the first language's first;
    // "logements": log, logement. Words that never are one term have one key, which no text gives: "espaces verts".
    // Empty: nothing to read.
    [[nodiscard]] std::vector<std::string> keys_of(std::string_view word) const;

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace tribune
