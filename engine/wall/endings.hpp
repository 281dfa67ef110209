// What Snowball leaves undone, or does wrong, for words on a wall. Pure; folded words in, stems out.
#pragma once

#include <string>
#include <string_view>

namespace tribune {

// Snowball leaves the plurals of vélo, cinéma, trou, ami and lieu as they are. To be done to every French stem, so that
// words that end so in the singular stay one with their other forms.
void drop_french_plural(std::string& stem);

// Snowball's Arabic takes the first letter of سيارات and the last two of والسكن for a verb's. A light stemmer instead, for
// nouns: the article with what is written to it (ال وال بال كال فال لل) goes, then the endings of number, gender and owner,
// while two letters stay. A lone و stays: too many words begin with one of their own (وطن). Hamzas on alif and the two
// letters of a word's end that are often exchanged (ى ة) are made one with those people type for them. Broken plurals
// (مدرسة, مدارس) remain two words.
std::string arabic_stem(std::string_view word);

}  // namespace tribune
