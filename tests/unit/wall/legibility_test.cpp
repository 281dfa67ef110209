#include "wall/legibility.hpp"
#include "support/source_dir.hpp"

#include <catch2/catch.hpp>
#include <fstream>
#include <iterator>
#include <regex>
#include <string>

#include "wall/palette.hpp"

using namespace tribune;

TEST_CASE("legibility: capitals are a two-hundredth of the distance") {
    CHECK(smallest_cap_height({20, 4}, 2160) == Approx(54));
    CHECK(smallest_cap_height({20, 4}, 1080) == Approx(27));
    CHECK(smallest_cap_height({60, 4}, 1080) == Approx(81));
    CHECK(smallest_cap_height({1, 4}, 540) == 8);
    CHECK(font_size_for_cap_height(27, 0.75) == Approx(36));
}

TEST_CASE("legibility: WCAG contrast") {
    const auto black = colour_from_rgb(0x000000);
    const auto white = colour_from_rgb(0xFFFFFF);
    CHECK(contrast_ratio(black, white) == Approx(21));
    CHECK(contrast_ratio(white, white) == Approx(1));
    CHECK(contrast_ratio(colour_from_rgb(0x767676), white) == Approx(4.54).margin(0.01));
    CHECK(contrast_ratio(legible_ink(colour_from_rgb(0x303060), black, black, 7), black) >= 7);
    CHECK(legible_ink(white, black, black, 7) == white);
}

TEST_CASE("palettes: every ink of every palette stands out on its ground") {
    for (const std::string name : {"night", "dawn", "forest", "paper"}) {
        std::ifstream file(test::source_dir() / "assets/palettes" / (std::string(name) + ".toml"));
        const std::string text{std::istreambuf_iterator<char>(file), {}};
        std::vector<Colour> colours;
        const std::regex hex("\"#([0-9A-F]{6})\"");
        for (std::sregex_iterator i(text.begin(), text.end(), hex), end; i != end; ++i) {
            colours.push_back(colour_from_rgb(static_cast<std::uint32_t>(std::stoul((*i)[1], nullptr, 16))));
        }
        REQUIRE(colours.size() == 9);
        for (std::size_t i = 2; i < colours.size(); ++i) {
            CAPTURE(name, i);
            CHECK(contrast_ratio(colours[i], colours[0]) >= least_contrast);
            CHECK(contrast_ratio(colours[i], colours[1]) >= least_contrast);
        }
    }
}

TEST_CASE("palettes: a term keeps its ink, weight makes it stronger, bad inks are mended") {
    Palette p{colour_from_rgb(0x101010),
              colour_from_rgb(0x181818),
              {colour_from_rgb(0x202020), colour_from_rgb(0xAAAAAA), colour_from_rgb(0xCCCCCC)},
              colour_from_rgb(0x222222)};
    const auto mended = legible(p);
    for (const auto& ink : mended.inks) {
        CHECK(contrast_ratio(ink, p.ground_top) >= 7);
        CHECK(contrast_ratio(ink, p.ground_bottom) >= 7);
    }
    CHECK(mended.inks[1] == p.inks[1]);
    CHECK(ink_for(mended, "logement", 3) == ink_for(mended, "logement", 2));
    CHECK(ink_for(mended, "loyer", 8) == mended.inks.back());
    CHECK_FALSE(legible({}).inks.empty());
}
