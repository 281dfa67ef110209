// What facilitators say about a word of the cloud. Pure values; the wall obeys them (wall/terms.hpp).
#pragma once

#include <cstdint>
#include <string>

namespace tribune {

enum class TermAct : std::uint32_t {
    merge = 1,  // counts as another word
    hide,       // not on the wall
    rename,     // shown in another spelling
};

struct TermRule {
    std::string word;  // as a person sees it; all words that count as one with it are meant
    TermAct act = TermAct::hide;
    std::string to;  // the other word, or spelling
    bool operator==(const TermRule&) const = default;
};

}  // namespace tribune
