// What people said, for tests of what is counted.
#pragma once

#include <cstdint>
#include <fstream>
#include <iterator>
#include <string>

#include "base/ids.hpp"
#include "support/source_dir.hpp"
#include "wall/terms.hpp"

namespace tribune::test {

inline LanguageWords language(const std::string& code) {
    std::ifstream file(source_dir() / "assets/words" / (code + ".txt"));
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    return {code, parse_word_list(text)};
}

inline Uuid said_id(std::uint32_t n) {
    Uuid out;
    for (std::size_t i = 0; i < 4; ++i) out.bytes[i] = static_cast<std::uint8_t>(n >> (8 * i));
    return out;
}

}  // namespace tribune::test
