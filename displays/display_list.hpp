// Displays and who they are.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/geometry.hpp"

namespace tribune {

// From the display's own EDID (VESA E-EDID 1.4, block 0).
struct Edid {
    std::string make;    // three letters of the PNP registry
    std::string model;   // its name, or the product code in hex
    std::string serial;  // as text, or the serial number; may be empty
    bool operator==(const Edid&) const = default;
};

// Nothing for anything that is not an EDID with a good checksum.
std::optional<Edid> parse_edid(std::span<const std::uint8_t> bytes);

struct DisplayInfo {
    std::string connector;  // "DP-1", or what the window system calls it
    std::optional<Edid> edid;
    Rect bounds;            // on the desktop
    double refresh_hz = 0;  // as announced; 0 unknown
    bool operator==(const DisplayInfo&) const = default;

    // "DEL U2720Q 7WGT6Z2", or the connector without an EDID: stays when cables and ports change.
    [[nodiscard]] std::string identity() const;
};
using DisplayList = std::vector<DisplayInfo>;

// `wanted` is an identity, a connector or a model name, in this order of preference. Null when there is none, or when a
// model name fits several.
const DisplayInfo* find_display(const DisplayList& displays, std::string_view wanted);

}  // namespace tribune
