#include "net/tsl/umd.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace tribune::net::tsl {
namespace {

constexpr std::size_t label31 = 16;
constexpr std::size_t label50 = 64;
constexpr std::size_t most_packet = 2048;
constexpr char stuffing = static_cast<char>(0xFE);  // DLE
constexpr char start = 0x02;                        // STX

// The next character of UTF-8, U+FFFD for what is none.
char32_t next(std::string_view& text) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned char first = byte(0);
    const std::size_t size = first < 0x80        ? 1
                             : first >> 5U == 6  ? 2
                             : first >> 4U == 14 ? 3
                             : first >> 3U == 30 ? 4
                                                 : 0;
    if (size == 0 || size > text.size()) {
        text.remove_prefix(1);
        return U'\uFFFD';
    }
    char32_t c = size == 1 ? first : first & (0xFFU >> (size + 1));
    for (std::size_t i = 1; i < size; ++i) {
        if (byte(i) >> 6U != 2) {
            text.remove_prefix(i);
            return U'\uFFFD';
        }
        c = c << 6U | (byte(i) & 0x3FU);
    }
    text.remove_prefix(size);
    return c;
}

struct Letters {
    char32_t first;
    char32_t last;
    std::string_view plain;  // one for each, or one for all
};
// Latin-1 and the letters of Europe's other Latin alphabets.
constexpr std::array letters{
    Letters{U'À', U'Å', "A"},  Letters{U'Æ', U'Æ', "AE"}, Letters{U'Ç', U'Ç', "C"},  Letters{U'È', U'Ë', "E"},
    Letters{U'Ì', U'Ï', "I"},  Letters{U'Ð', U'Ð', "D"},  Letters{U'Ñ', U'Ñ', "N"},  Letters{U'Ò', U'Ö', "O"},
    Letters{U'Ø', U'Ø', "O"},  Letters{U'Ù', U'Ü', "U"},  Letters{U'Ý', U'Ý', "Y"},  Letters{U'Þ', U'Þ', "TH"},
    Letters{U'ß', U'ß', "ss"}, Letters{U'à', U'å', "a"},  Letters{U'æ', U'æ', "ae"}, Letters{U'ç', U'ç', "c"},
    Letters{U'è', U'ë', "e"},  Letters{U'ì', U'ï', "i"},  Letters{U'ð', U'ð', "d"},  Letters{U'ñ', U'ñ', "n"},
    Letters{U'ò', U'ö', "o"},  Letters{U'ø', U'ø', "o"},  Letters{U'ù', U'ü', "u"},  Letters{U'ý', U'ý', "y"},
    Letters{U'þ', U'þ', "th"}, Letters{U'ÿ', U'ÿ', "y"},  Letters{U'Œ', U'Œ', "OE"}, Letters{U'œ', U'œ', "oe"},
    Letters{U'Š', U'Š', "S"},  Letters{U'š', U'š', "s"},  Letters{U'Ž', U'Ž', "Z"},  Letters{U'ž', U'ž', "z"},
    Letters{U'Ł', U'Ł', "L"},  Letters{U'ł', U'ł', "l"},  Letters{U'’', U'’', "'"},  Letters{U'–', U'—', "-"},
};

std::string_view plain(char32_t c) {
    const auto* row =
        std::find_if(letters.begin(), letters.end(), [&](const Letters& l) { return c >= l.first && c <= l.last; });
    return row == letters.end() ? "?" : row->plain;
}

void put16(std::string& out, unsigned value) {
    out += static_cast<char>(value & 255U);
    out += static_cast<char>(value >> 8U & 255U);
}

std::string utf16(std::string_view text) {
    std::string out;
    while (!text.empty() && out.size() < 2 * label50) {
        const char32_t c = next(text);
        if (c < 0x10000) {
            put16(out, c);
        } else {
            put16(out, 0xD800 + ((c - 0x10000) >> 10U));
            put16(out, 0xDC00 + ((c - 0x10000) & 0x3FFU));
        }
    }
    return out;
}

std::string display(const Lamp& lamp, bool wide) {
    const unsigned right = lamp.red ? 1 : 0;
    const unsigned left = lamp.green ? 2 : 0;
    std::string out;
    put16(out, static_cast<unsigned>(lamp.address));
    put16(out, right | left << 4U | (lamp.lit ? 3U : 0U) << 6U);
    const std::string label = wide ? utf16(lamp.label) : ascii(lamp.label, label50);
    put16(out, static_cast<unsigned>(label.size()));
    return out + label;
}

std::string packet(const std::string& displays, const Umd5& how) {
    std::string content;
    content += '\0';  // version
    content += how.utf16 ? '\1' : '\0';
    put16(content, static_cast<unsigned>(how.screen));
    content += displays;
    std::string whole;
    put16(whole, static_cast<unsigned>(content.size()));
    whole += content;
    if (!how.stuffed) return whole;
    std::string stuffed{stuffing, start};
    for (const char c : whole) stuffed.append(c == stuffing ? 2 : 1, c);
    return stuffed;
}

}  // namespace

std::string ascii(std::string_view utf8, std::size_t most) {
    std::string out;
    while (!utf8.empty()) {
        const char32_t c = next(utf8);
        if (c >= U' ' && c < 0x7F) {
            out += static_cast<char>(c);
        } else {
            out += plain(c);
        }
    }
    out.resize(std::min(out.size(), most));
    return out;
}

std::string umd31(const Lamp& lamp, const Lamps& lamps) {
    const auto bit = [](int tally, bool on) { return on && tally >= 1 && tally <= 4 ? 1U << unsigned(tally - 1) : 0U; };
    std::string out;
    out += static_cast<char>(0x80U + static_cast<unsigned>(std::clamp(lamp.address, 0, 126)));
    out += static_cast<char>(bit(lamps.red, lamp.red) | bit(lamps.green, lamp.green) | (lamp.lit ? 0x30U : 0U));
    std::string label = ascii(lamp.label, label31);
    label.resize(label31, ' ');
    return out + label;
}

std::vector<std::string> umd50(const std::vector<Lamp>& lamps, const Umd5& how) {
    constexpr std::size_t head = 6;
    std::vector<std::string> packets;
    std::string displays;
    const auto flush = [&] {
        if (!displays.empty()) packets.push_back(packet(std::exchange(displays, {}), how));
    };
    for (const auto& lamp : lamps) {
        const std::string one = display(lamp, how.utf16);
        if (head + displays.size() + one.size() > most_packet) flush();
        displays += one;
    }
    flush();
    return packets;
}

}  // namespace tribune::net::tsl
