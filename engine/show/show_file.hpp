// The show file (TOML) and what is wrong with it. Pure: text in, values out.
#pragma once

#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "show/setup.hpp"

namespace tribune {

// One fault: where, and a sentence that says what to write instead. Line and column count from 1.
struct ShowFault {
    int line = 1;
    int column = 1;
    std::string message;
    bool operator==(const ShowFault&) const = default;
};

// The setup, or every fault at once in file order (a file that is not TOML has one: where reading stopped).
// `palettes` and `templates` are those there are; none given: any name will do. A template without its text is there but
// cannot be used: its captions wait for it to be mended.
std::variant<Setup, std::vector<ShowFault>> parse_show_file(std::string_view text,
                                                            const std::vector<std::string>& palettes = {},
                                                            const std::vector<CaptionTemplate>& templates = {});

// Every key a show file may hold, as Markdown for docs/show-file.md, from the same table that parses it.
std::string show_file_reference();

}  // namespace tribune
