#include "displays/display_list.hpp"

#include <catch2/catch.hpp>
#include <string_view>
#include <utility>

namespace tribune {
namespace {

std::vector<std::uint8_t> edid_block(std::string_view name, std::string_view serial) {
    std::vector<std::uint8_t> b(128, 0);
    for (std::size_t i = 1; i < 7; ++i) b[i] = 255;
    const unsigned make = ('D' - '@') << 10 | ('E' - '@') << 5 | ('L' - '@');
    b[8] = static_cast<std::uint8_t>(make >> 8);
    b[9] = static_cast<std::uint8_t>(make & 255);
    b[10] = 0x34;
    b[11] = 0xA1;
    b[12] = 77;
    b[54] = 1;  // a timing, to be passed over
    const auto text = [&](std::size_t at, std::uint8_t tag, std::string_view s) {
        if (s.empty()) return;
        b[at + 3] = tag;
        for (std::size_t i = 0; i < 13; ++i)
            b[at + 5 + i] = static_cast<std::uint8_t>(i < s.size() ? s[i] : i == s.size() ? '\n' : ' ');
    };
    text(72, 0xFC, name);
    text(90, 0xFF, serial);
    unsigned sum = 0;
    for (const auto v : b) sum += v;
    b[127] = static_cast<std::uint8_t>(256 - sum % 256);
    return b;
}

DisplayInfo display(const char* connector, std::optional<Edid> edid = {}) {
    return {connector, std::move(edid), {0, 0, 100, 100}, 60};
}

}  // namespace

TEST_CASE("an EDID says make, model and serial") {
    CHECK(parse_edid(edid_block("U2720Q", "7WGT6Z2")) == Edid{"DEL", "U2720Q", "7WGT6Z2"});
    CHECK(parse_edid(edid_block("", "")) == Edid{"DEL", "A134", "77"});
    CHECK(parse_edid(edid_block("thirteenchars", ""))->model == "thirteenchars");
}

TEST_CASE("what is not a whole EDID is refused") {
    auto bytes = edid_block("U2720Q", "7WGT6Z2");
    CHECK_FALSE(parse_edid({bytes.data(), 127}));
    CHECK_FALSE(parse_edid({}));
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        auto damaged = bytes;
        damaged[i] ^= 0x10;
        CHECK_FALSE(parse_edid(damaged));
    }
}

TEST_CASE("a display is found by who it is before where it hangs") {
    const Edid a{"DEL", "U2720Q", "111"}, b{"DEL", "U2720Q", "222"}, c{"EIZ", "CS270", ""};
    // A hostile cabling: one display's connector bears another's name.
    const DisplayList list{display("DP-1", a), display("DP-2", b), display("EIZ CS270"), display("HDMI-1", c)};
    CHECK(find_display(list, "DEL U2720Q 222") == &list[1]);
    CHECK(find_display(list, "DP-1") == &list[0]);
    CHECK(find_display(list, "CS270") == &list[3]);
    CHECK(find_display(list, "U2720Q") == nullptr);  // two of them: not to be guessed
    CHECK(find_display(list, "DP-9") == nullptr);
    const DisplayList moved{display("DP-2", a), display("DP-1", b)};
    CHECK(find_display(moved, "DEL U2720Q 111") == &moved[0]);
}

}  // namespace tribune
