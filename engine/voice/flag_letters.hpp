// A text as a reader's eye takes it in: one glyph per letter, with the letters it may stand for.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace tribune {

struct FlagGlyph {
    enum class Kind : std::uint8_t { letter, digit, sign, blank, mark, stop, apostrophe, space };

    std::array<char32_t, 3> letters{};  // what it may stand for, folded: no case, no accents; the plain one first
    std::uint8_t count = 0;             // of `letters`
    std::uint8_t plain = 0;             // so many of them are no disguise
    Kind kind = Kind::mark;
    bool latin = false;       // a Latin letter, accented or not
    bool foreign = false;     // a letter of a script that has Latin look-alikes: Cyrillic, Greek, …
    bool upper = false;       // as written
    std::uint32_t start = 0;  // bytes of the text
    std::uint32_t end = 0;
};

// sign: stands for a letter beside letters (@, $, !); blank: hides one (c*nnard); stop: ends a clause; mark: all else.
class FlagLetters {
  public:
    FlagLetters();
    ~FlagLetters();
    FlagLetters(const FlagLetters&) = delete;
    FlagLetters& operator=(const FlagLetters&) = delete;

    // Combining marks are left out: they belong to the glyph before them. Any thread.
    [[nodiscard]] std::vector<FlagGlyph> read(std::string_view text) const;

    // Without case, accents kept (NFC).
    [[nodiscard]] std::string without_case(std::string_view text) const;

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace tribune
