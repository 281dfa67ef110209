// What printed things say, in the show's language.
#pragma once

#include <string_view>

namespace tribune {

struct PrintedWords {
    std::string_view person;
    std::string_view group;
    std::string_view round;
    std::string_view table;
    std::string_view away;           // in a round without a seat
    std::string_view scribe;         // on the round's own line
    std::string_view scribe_marked;  // below a table of rounds, beside the mark
    std::string_view scan_table;
    std::string_view voice_headline;
    std::string_view voice_scan;
    std::string_view voice_or_type;
};

// One of show_languages; French for any other.
const PrintedWords& printed_words(std::string_view language);

}  // namespace tribune
