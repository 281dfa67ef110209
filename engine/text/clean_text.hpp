// Makes any bytes safe to shape.
#pragma once

#include <string>
#include <string_view>

namespace tribune {

inline constexpr int most_marks = 4;           // combining marks kept on one base
inline constexpr int most_code_points = 1024;  // the rest of a longer text is left out

// Valid UTF-8 on one line: bytes that are not UTF-8 become U+FFFD, control characters and line breaks a space,
// combining marks beyond `most_marks` in a row are left out, and so is all after `most_code_points`.
std::string clean_text(std::string_view text);

}  // namespace tribune
