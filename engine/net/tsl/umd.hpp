// TSL UMD 3.1 and 5.0: lamps and labels under monitors, on cameras, in multiviewers. One way, out. Byte layouts from the
// protocol's description in the EVS Synapse MGU100 manual, appendix; brightness is full or off, as the two middle steps
// are swapped in the field. Pure.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tribune::net::tsl {

struct Lamp {
    int address = 0;  // 0…126 in 3.1, 0…65534 in 5.0
    std::string label;
    bool red = false;    // on a face
    bool green = false;  // on preview
    bool lit = true;     // full brightness, else off
    bool operator==(const Lamp&) const = default;
};

// Which of a message's lamps carry red and green.
struct Lamps {
    int red = 2;    // 3.1: tally 1…4
    int green = 1;  // likewise
};

// 18 bytes: the label without accents, 16 characters.
std::string umd31(const Lamp& lamp, const Lamps& lamps = {});

struct Umd5 {
    int screen = 0;        // 65535: all
    bool utf16 = false;    // else ASCII without accents
    bool stuffed = false;  // as on TCP: begins with DLE STX, every DLE inside twice
};
// Packets of 2,048 bytes at most, before stuffing: red on the right lamp, green on the left.
std::vector<std::string> umd50(const std::vector<Lamp>& lamps, const Umd5& how = {});

// Letters of Latin scripts without their accents; what has no ASCII is a question mark. Never longer than `most`.
std::string ascii(std::string_view utf8, std::size_t most);

}  // namespace tribune::net::tsl
