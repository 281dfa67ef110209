#include "text/raster.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <numeric>

using namespace tribune;

namespace {

std::unique_ptr<Shaper> make_shaper() {
    auto made = Shaper::create();
    REQUIRE(made);
    return *std::move(made);
}

TextBitmap draw(Shaper& shaper, const TextSpec& spec, double size, Point subpixel = {}) {
    auto made = render_text(shaper, spec, size, subpixel);
    REQUIRE(made);
    return *std::move(made);
}

// The bounds of all that is not clear, from the pen, in em.
InkBox painted(const TextBitmap& b, double size) {
    int left = b.size.width, top = b.size.height, right = 0, bottom = 0;
    for (int y = 0; y < b.size.height; ++y) {
        for (int x = 0; x < b.size.width; ++x) {
            const auto i = static_cast<std::size_t>(y * b.size.width + x);
            if (b.coverage[i] == 0 && (b.colour.empty() || b.colour[4 * i + 3] == 0)) continue;
            left = std::min(left, x);
            right = std::max(right, x + 1);
            top = std::min(top, y);
            bottom = std::max(bottom, y + 1);
        }
    }
    return {(b.left + left) / size, (b.top + top) / size, (b.left + right) / size, (b.top + bottom) / size};
}

double total(const TextBitmap& b) { return std::accumulate(b.coverage.begin(), b.coverage.end(), 0.0) / 255; }

}  // namespace

TEST_CASE("measured ink is painted ink, in every script", "[text]") {
    auto shaper = make_shaper();
    std::string zalgo = "Za";
    for (int i = 0; i < 30; ++i) zalgo += "\xCC\x81\xCC\xB0";
    constexpr double size = 400;
    for (const std::string& text :
         {std::string("logement"), std::string("Élysée Ågj"), std::string("السلام عليكم"), std::string("שָׁלוֹם"),
          std::string("नमस्ते क्ष"), std::string("住宅問題"), std::string("👨‍👩‍👧‍👦"),
          std::string("oui 👍🏽 🇫🇷 non"), std::string("ไทยกู้ที่"), zalgo}) {
        INFO(text);
        const auto m = shaper->measure({text, {}, ""});
        const auto ink = painted(draw(*shaper, {text, {}, ""}, size), size);
        CHECK(ink.left == Approx(m.ink_left).margin(2.5 / size));
        CHECK(ink.top == Approx(m.ink_top).margin(2.5 / size));
        CHECK(ink.right == Approx(m.ink_right).margin(2.5 / size));
        CHECK(ink.bottom == Approx(m.ink_bottom).margin(2.5 / size));
    }
}

TEST_CASE("coverage is area: it grows with the square of the size and not with the place", "[text]") {
    auto shaper = make_shaper();
    const TextSpec spec{"Rencontre", {}, "fr"};
    const double at_400 = total(draw(*shaper, spec, 400));
    for (const double size : {12.0, 30.0, 90.0}) {
        CHECK(total(draw(*shaper, spec, size)) == Approx(at_400 * size * size / 160000).epsilon(0.02));
        CHECK(total(draw(*shaper, spec, size, {0.37, 0.61})) == Approx(at_400 * size * size / 160000).epsilon(0.02));
    }
}

TEST_CASE("a whole pixel's shift moves the bitmap and changes no byte", "[text]") {
    auto shaper = make_shaper();
    const auto a = draw(*shaper, {"déjà 👍", {}, "fr"}, 31, {0.25, 0.5});
    const auto b = draw(*shaper, {"déjà 👍", {}, "fr"}, 31, {3.25, -1.5});
    CHECK(b.left == a.left + 3);
    CHECK(b.top == a.top - 2);
    CHECK(a.coverage == b.coverage);
    CHECK(a.colour == b.colour);
}

TEST_CASE("only emoji bring colours of their own", "[text]") {
    auto shaper = make_shaper();
    CHECK(draw(*shaper, {"mot", {}, ""}, 40).colour.empty());
    const auto emoji = draw(*shaper, {"😀", {}, ""}, 40);
    REQUIRE(emoji.colour.size() == emoji.coverage.size() * 4);
    CHECK(total(emoji) == 0);
    int yellow = 0;
    for (std::size_t i = 0; i < emoji.colour.size(); i += 4) {
        const auto blue = emoji.colour[i], green = emoji.colour[i + 1], red = emoji.colour[i + 2],
                   alpha = emoji.colour[i + 3];
        CHECK(std::max({blue, green, red}) <= alpha);  // premultiplied
        if (red > 200 && green > 150 && blue < 120) ++yellow;
    }
    CHECK(yellow > 300);
}

TEST_CASE("nothing to draw, too much to draw", "[text]") {
    auto shaper = make_shaper();
    CHECK(draw(*shaper, {"   ", {}, ""}, 40).size.empty());
    CHECK(draw(*shaper, {"mot", {}, ""}, 0).size.empty());
    CHECK(draw(*shaper, {"mot", {}, ""}, -3).size.empty());
    const auto huge = render_text(*shaper, {"mot", {}, ""}, 1e6);
    REQUIRE_FALSE(huge);
    CHECK(huge.error().code == "text_too_large");
}
