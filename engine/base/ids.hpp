// Names and identities. A name is text chosen by people in the show file; a Uuid is made by a device.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace tribune {

// A text name that cannot be mixed up with a name of another kind of thing.
template <class Tag>
struct Name {
    std::string text;

    Name() = default;
    explicit Name(std::string t) : text(std::move(t)) {}
    [[nodiscard]] bool empty() const { return text.empty(); }
    auto operator<=>(const Name&) const = default;
};

using SourceName = Name<struct SourceTag>;
using FaceName = Name<struct FaceTag>;
using OutputName = Name<struct OutputTag>;
using DeviceId = Name<struct DeviceTag>;  // a tablet or phone, random per pairing; no person behind it

// A table's number as printed on its sign: 1…9999.
struct TableNumber {
    int value = 0;
    auto operator<=>(const TableNumber&) const = default;
};

// 128 bits, made on the device that writes (UUIDv7 by convention; any version is taken).
struct Uuid {
    std::array<std::uint8_t, 16> bytes{};
    auto operator<=>(const Uuid&) const = default;
};

// Lower-case 8-4-4-4-12 form. parse refuses anything else (upper case is accepted).
std::string to_string(const Uuid& id);
std::optional<Uuid> parse_uuid(std::string_view text);

// `size` bytes from the system's random source, as lower-case hex. For keys and device ids.
std::string random_hex(std::size_t size);

}  // namespace tribune

template <class Tag>
struct std::hash<tribune::Name<Tag>> {
    std::size_t operator()(const tribune::Name<Tag>& n) const noexcept { return std::hash<std::string>{}(n.text); }
};

template <>
struct std::hash<tribune::TableNumber> {
    std::size_t operator()(const tribune::TableNumber& t) const noexcept { return std::hash<int>{}(t.value); }
};

template <>
struct std::hash<tribune::Uuid> {
    std::size_t operator()(const tribune::Uuid& id) const noexcept {
        // FNV-1a: v7 ids share their first bytes, so every byte must count.
        std::uint64_t h = 14695981039346656037ULL;
        for (auto b : id.bytes) h = (h ^ b) * 1099511628211ULL;
        return static_cast<std::size_t>(h);
    }
};
