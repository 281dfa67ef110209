// CRC-64/XZ (ECMA-182 polynomial, reflected), to tell damaged bytes; not a seal against people.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace tribune {

class Checksum {
  public:
    Checksum& add(std::string_view bytes) {
        for (const char c : bytes) value_ = table()[(value_ ^ static_cast<std::uint8_t>(c)) & 255] ^ (value_ >> 8);
        return *this;
    }
    // Little-endian. Also parts two texts, so that "ab"+"c" differs from "a"+"bc".
    Checksum& add(std::uint64_t number) {
        for (int i = 0; i < 8; ++i) {
            value_ = table()[(value_ ^ (number >> (8 * i))) & 255] ^ (value_ >> 8);
        }
        return *this;
    }
    [[nodiscard]] std::uint64_t value() const { return ~value_; }

  private:
    using Table = std::array<std::uint64_t, 256>;
    static constexpr Table make_table() {
        Table table{};
        for (std::uint64_t i = 0; i < table.size(); ++i) {
            std::uint64_t v = i;
            for (int bit = 0; bit < 8; ++bit) v = (v & 1) != 0 ? (v >> 1) ^ 0xC96C5795D7870F42ULL : v >> 1;
            table[i] = v;
        }
        return table;
    }
    static const Table& table() {
        static constexpr Table made = make_table();
        return made;
    }

    std::uint64_t value_ = ~0ULL;
};

}  // namespace tribune
