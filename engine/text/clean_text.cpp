#include "text/clean_text.hpp"

#include <glib.h>

namespace tribune {
namespace {

bool is_mark(gunichar c) {
    const auto type = g_unichar_type(c);
    return type == G_UNICODE_NON_SPACING_MARK || type == G_UNICODE_ENCLOSING_MARK;
}

bool breaks_line(gunichar c) { return g_unichar_type(c) == G_UNICODE_CONTROL || c == 0x2028 || c == 0x2029; }

void append(std::string& out, gunichar c) {
    char buffer[6];
    out.append(buffer, static_cast<std::size_t>(g_unichar_to_utf8(c, buffer)));
}

}  // namespace

std::string clean_text(std::string_view text) {
    constexpr gunichar replacement = 0xFFFD;
    std::string out;
    int marks = 0;
    int count = 0;
    for (std::size_t at = 0; at < text.size() && count < most_code_points;) {
        const char* here = text.data() + at;
        auto c = g_utf8_get_char_validated(here, static_cast<gssize>(text.size() - at));
        if (c == static_cast<gunichar>(-1) || c == static_cast<gunichar>(-2)) {
            c = replacement;
            ++at;
        } else {
            at += static_cast<std::size_t>(g_utf8_skip[static_cast<unsigned char>(*here)]);
        }
        if (breaks_line(c)) c = ' ';
        marks = is_mark(c) ? marks + 1 : 0;
        if (marks > most_marks) continue;
        append(out, c);
        ++count;
    }
    return out;
}

}  // namespace tribune
