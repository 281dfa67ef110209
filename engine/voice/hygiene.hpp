// Cleans what people type before it is stored: bytes → UTF-8 → controls → normal form → clusters → ink.
// Called by the authority on every submitted text; what passes is safe to store, shape and show.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace tribune {

struct TextLimits {
    std::size_t bytes = 4096;              // as submitted
    std::size_t code_points = 280;         // as stored
    std::size_t clusters = 140;            // user-perceived characters (UAX #29), as stored
    std::size_t cluster_code_points = 10;  // the longest recommended emoji of Unicode 15 has 10
    std::size_t marks = 4;                 // combining marks kept per cluster
    std::size_t non_starters = 30;         // in a row, as submitted (UAX #15 stream-safe format)
    std::size_t direction_marks = 8;       // LRM, RLM, ALM kept per text

    bool operator==(const TextLimits&) const = default;
};

// The clean text in NFC: one line, no controls, single spaces, none at the ends, bounded clusters.
// What can be mended silently is mended (controls, surplus marks, over-long clusters); the rest is refused:
//   text_too_long             over bytes, code_points or clusters
//   text_not_utf8             overlong, surrogate, truncated, beyond U+10FFFF
//   text_forbidden_character  NUL or a noncharacter
//   text_mark_flood           over non_starters
//   text_not_visible          nothing that leaves ink
// Cleaning a clean text gives it back unchanged. Any thread. Limits must not be zero.
Result<std::string> clean_text(std::string_view text, const TextLimits& limits = {});

}  // namespace tribune
