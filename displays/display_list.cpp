#include "displays/display_list.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <numeric>

namespace tribune {
namespace {

constexpr std::size_t block_size = 128;
constexpr std::array<std::uint8_t, 8> header{0, 255, 255, 255, 255, 255, 255, 0};

// A text descriptor: up to 13 characters, ended by a line feed, padded with spaces.
std::string descriptor_text(std::span<const std::uint8_t> bytes) {
    std::string text;
    for (const auto b : bytes) {
        if (b == '\n') break;
        text.push_back(b >= 0x20 && b < 0x7F ? static_cast<char>(b) : '?');
    }
    while (!text.empty() && text.back() == ' ') text.pop_back();
    return text;
}

}  // namespace

std::optional<Edid> parse_edid(std::span<const std::uint8_t> bytes) {
    if (bytes.size() < block_size || !std::equal(header.begin(), header.end(), bytes.begin())) return std::nullopt;
    if ((std::accumulate(bytes.begin(), bytes.begin() + block_size, 0U) & 255U) != 0) return std::nullopt;
    Edid edid;
    const unsigned packed = static_cast<unsigned>(bytes[8]) << 8U | bytes[9];
    for (const unsigned shift : {10U, 5U, 0U}) edid.make.push_back(static_cast<char>('@' + ((packed >> shift) & 31U)));
    edid.model = fmt::format("{:04X}", static_cast<unsigned>(bytes[11]) << 8U | bytes[10]);
    const std::uint32_t number =
        bytes[12] | std::uint32_t{bytes[13]} << 8U | std::uint32_t{bytes[14]} << 16U | std::uint32_t{bytes[15]} << 24U;
    if (number != 0) edid.serial = std::to_string(number);
    for (const std::size_t at : {54U, 72U, 90U, 108U}) {
        if (bytes[at] != 0 || bytes[at + 1] != 0) continue;  // a timing
        const auto text = descriptor_text(bytes.subspan(at + 5, 13));
        if (bytes[at + 3] == 0xFC && !text.empty()) edid.model = text;
        if (bytes[at + 3] == 0xFF && !text.empty()) edid.serial = text;
    }
    return edid;
}

std::string DisplayInfo::identity() const {
    if (!edid) return connector;
    return edid->serial.empty() ? fmt::format("{} {}", edid->make, edid->model)
                                : fmt::format("{} {} {}", edid->make, edid->model, edid->serial);
}

const DisplayInfo* find_display(const DisplayList& displays, std::string_view wanted) {
    const auto only = [&](auto fits) -> const DisplayInfo* {
        const auto first = std::find_if(displays.begin(), displays.end(), fits);
        if (first == displays.end() || std::find_if(first + 1, displays.end(), fits) != displays.end()) return nullptr;
        return &*first;
    };
    if (const auto* d = only([&](const auto& x) { return x.identity() == wanted; })) return d;
    if (const auto* d = only([&](const auto& x) { return x.connector == wanted; })) return d;
    return only([&](const auto& x) { return x.edid && x.edid->model == wanted; });
}

}  // namespace tribune
