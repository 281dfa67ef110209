#include "wall/endings.hpp"

#include <unicode/utf8.h>

#include <array>
#include <cstddef>
#include <cstdint>

namespace tribune {
namespace {

// The letter people type for it, or itself.
char32_t typed(char32_t c) {
    switch (c) {
        case U'أ':
        case U'إ':
        case U'آ':
        case U'ٱ': return U'ا';
        case U'ى': return U'ي';
        case U'ة': return U'ه';
        default: return c;
    }
}

constexpr std::array<std::u32string_view, 6> articles = {U"وال", U"بال", U"كال", U"فال", U"ال", U"لل"};
constexpr std::array<std::u32string_view, 9> endings = {U"ها", U"ان", U"ات", U"ون", U"ين", U"يه", U"يا", U"ه", U"ي"};
constexpr std::size_t least = 2;  // letters that stay

}  // namespace

void drop_french_plural(std::string& stem) {
    if (stem.size() < 4) return;
    const std::string_view tail = std::string_view(stem).substr(stem.size() - 2);
    const bool plural = tail == "as" || tail == "is" || tail == "os" || tail == "us" ||
                        (tail == "ux" && (stem[stem.size() - 3] == 'e' || stem[stem.size() - 3] == 'o'));
    if (plural) stem.pop_back();
}

std::string arabic_stem(std::string_view word) {
    std::u32string letters;
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(word.data());
    for (std::int32_t i = 0; i < static_cast<std::int32_t>(word.size());) {
        UChar32 c = 0;
        U8_NEXT_OR_FFFD(bytes, i, static_cast<std::int32_t>(word.size()), c);
        letters.push_back(typed(static_cast<char32_t>(c)));
    }
    std::u32string_view rest = letters;
    for (const auto article : articles) {
        if (!rest.starts_with(article) || rest.size() < article.size() + least) continue;
        rest.remove_prefix(article.size());
        break;
    }
    for (const auto ending : endings) {
        if (rest.ends_with(ending) && rest.size() >= ending.size() + least) rest.remove_suffix(ending.size());
    }
    std::string out;
    for (const auto c : rest) {
        std::uint8_t utf8[U8_MAX_LENGTH];
        std::int32_t n = 0;
        U8_APPEND_UNSAFE(utf8, n, static_cast<std::uint32_t>(c));
        out.append(reinterpret_cast<const char*>(utf8), static_cast<std::size_t>(n));
    }
    return out;
}

}  // namespace tribune
