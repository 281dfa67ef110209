#include "base/ids.hpp"

#include <sys/random.h>

#include <cstdlib>

namespace tribune {
namespace {

constexpr char hex_digits[] = "0123456789abcdef";

int hex_value(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

}  // namespace

std::string to_string(const Uuid& id) {
    std::string out;
    out.reserve(36);
    for (std::size_t i = 0; i < id.bytes.size(); ++i) {
        if (i == 4 || i == 6 || i == 8 || i == 10) out += '-';
        out += hex_digits[id.bytes[i] >> 4];
        out += hex_digits[id.bytes[i] & 15];
    }
    return out;
}

std::optional<Uuid> parse_uuid(std::string_view text) {
    if (text.size() != 36) return std::nullopt;
    Uuid id;
    std::size_t at = 0;
    for (std::size_t i = 0; i < id.bytes.size(); ++i) {
        if (i == 4 || i == 6 || i == 8 || i == 10) {
            if (text[at++] != '-') return std::nullopt;
        }
        const int high = hex_value(text[at]);
        const int low = hex_value(text[at + 1]);
        if (high < 0 || low < 0) return std::nullopt;
        id.bytes[i] = static_cast<std::uint8_t>(high * 16 + low);
        at += 2;
    }
    return id;
}

std::string random_hex(std::size_t size) {
    std::string raw(size, '\0');
    std::size_t filled = 0;
    while (filled < size) {
        const auto n = getrandom(raw.data() + filled, size - filled, 0);
        if (n <= 0) std::abort();  // no randomness, no keys: nothing safe is left to do
        filled += static_cast<std::size_t>(n);
    }
    std::string out;
    out.reserve(size * 2);
    for (const char c : raw) {
        const auto b = static_cast<unsigned char>(c);
        out += hex_digits[b >> 4];
        out += hex_digits[b & 15];
    }
    return out;
}

}  // namespace tribune
