#include "text/shaper.hpp"

#include <catch2/catch.hpp>

using namespace tribune;

namespace {

std::unique_ptr<Shaper> make_shaper(std::size_t most_kept = 16384) {
    auto made = Shaper::create(most_kept);
    REQUIRE(made);
    return *std::move(made);
}

std::size_t glyph_count(const ShapedText& text) {
    std::size_t n = 0;
    for (const auto& run : text.runs) n += run.glyphs.size();
    return n;
}

}  // namespace

TEST_CASE("a wider text has a wider advance, and sums of advances hold", "[text]") {
    auto shaper = make_shaper();
    const auto one = shaper->measure({"n", {}, "fr"});
    const auto ten = shaper->measure({"nnnnnnnnnn", {}, "fr"});
    CHECK(one.advance > 0.4);
    CHECK(one.advance < 0.8);
    CHECK(ten.advance == Approx(10 * one.advance).epsilon(1e-3));
    CHECK(shaper->measure({"", {}, ""}) == TextMetrics{});
}

TEST_CASE("cap height is that of the type family", "[text]") {
    auto shaper = make_shaper();
    CHECK(shaper->cap_height({}) == Approx(0.727).margin(0.02));  // Inter's
}

TEST_CASE("two shapers measure the same", "[text]") {
    auto a = make_shaper();
    auto b = make_shaper();
    b->measure({"别的 fonts first 👍", {}, ""});  // fonts are met in another order
    for (const std::string text :
         {"logement", "السلام عليكم", "שלום", "नमस्ते", "住宅", "👨‍👩‍👧‍👦", "AV To fi"}) {
        CHECK(a->measure({text, {}, ""}) == b->measure({text, {}, ""}));
    }
}

TEST_CASE("every script of the house has a font", "[text]") {
    auto shaper = make_shaper();
    for (const std::string text :
         {"Été", "Ελλάδα", "Жильё", "السلام", "שלום", "नमस्ते", "住宅", "ひらがな", "한국어", "ไทย", "👍"}) {
        INFO(text);
        const auto shaped = shaper->shape({text, {}, ""});
        REQUIRE(glyph_count(*shaped) > 0);
        CHECK(shaped->metrics.ink_width() > 0.2);
        CHECK(shaped->metrics.ink_height() > 0.2);
        for (const auto& run : shaped->runs) {
            for (const auto& g : run.glyphs) CHECK(g.id != 0);
        }
    }
}

TEST_CASE("scripts are shaped as wholes", "[text]") {
    auto shaper = make_shaper();
    // Joined Arabic letters are narrower than the same letters kept apart.
    const auto joined = shaper->measure({"بيت", {}, "ar"});
    const auto apart = shaper->measure({"ب\u200Cي\u200Cت", {}, "ar"});
    CHECK(joined.advance < apart.advance);
    // A Devanagari conjunct has fewer glyphs than code points.
    CHECK(glyph_count(*shaper->shape({"क्ष", {}, "hi"})) < 3);
    // A family emoji is one picture.
    const auto family = shaper->shape({"👨‍👩‍👧‍👦", {}, ""});
    CHECK(family->has_colour);
    CHECK(family->metrics.ink_width() == Approx(shaper->measure({"👍", {}, ""}).ink_width()).margin(0.4));
    // Both normal forms of é are as wide.
    CHECK(shaper->measure({"\u00E9", {}, ""}).advance ==
          Approx(shaper->measure({"e\u0301", {}, ""}).advance).margin(1e-4));
}

TEST_CASE("the first strong character decides the direction", "[text]") {
    auto shaper = make_shaper();
    // The exclamation mark ends a Hebrew line on its left, a Latin line on its right.
    const auto hebrew = shaper->shape({"שלום!", {}, ""});
    const auto latin = shaper->shape({"salut!", {}, ""});
    const auto mark = shaper->shape({"!", {}, ""})->runs.at(0).glyphs.at(0).id;
    CHECK(latin->runs.back().glyphs.back().id == mark);
    float mark_x = 1e9F, least_x = 1e9F;
    const int inter = latin->runs.at(0).font;
    for (const auto& run : hebrew->runs) {
        for (const auto& g : run.glyphs) {
            least_x = std::min(least_x, g.x);
            if (run.font == inter && g.id == mark) mark_x = g.x;
        }
    }
    if (mark_x < 1e8F) CHECK(mark_x == least_x);
    CHECK(hebrew->runs.at(0).glyphs.size() >= 1);
}

TEST_CASE("hostile text is measured, bounded and harmless", "[text]") {
    auto shaper = make_shaper();
    std::string zalgo;
    for (int i = 0; i < 20; ++i) {
        zalgo += "Z";
        for (int k = 0; k < 60; ++k) zalgo += k % 2 == 0 ? "\xCC\x81" : "\xCC\xB0";
    }
    const auto m = shaper->measure({zalgo, {}, ""});
    CHECK(m.ink_height() < 3.5);
    CHECK(m.ink_width() < 30);

    std::string bytes;
    for (int i = 0; i < 256; ++i) bytes += static_cast<char>(i);
    CHECK(shaper->measure({bytes, {}, ""}).ink_width() > 0);
    const auto wide = shaper->measure({std::string(1000000, 'W'), {}, ""});
    CHECK(wide.advance > 500);
    CHECK(wide.advance < 2000);
    std::string rings;
    for (int i = 0; i < 2000; ++i) rings += "\u202E\u2067(\u200D";
    CHECK(shaper->measure({rings, {}, ""}).ink_height() < 4);
    CHECK(shaper->measure({"x", {"No Such Family At All", 123456}, "not a language !!"}).ink_width() > 0);
    CHECK(shaper->measure({"x", {std::string("In\xFFter\0,", 8), -5}, std::string("\xFF\0", 2)}).ink_width() > 0);
}

TEST_CASE("what is kept is bounded, and the newest is kept", "[text]") {
    auto shaper = make_shaper(10);
    for (int i = 0; i < 100; ++i) shaper->measure({"w" + std::to_string(i), {}, ""});
    CHECK(shaper->kept() <= 10);
    const auto before = shaper->shaped_count();
    shaper->measure({"w99", {}, ""});
    CHECK(shaper->shaped_count() == before);
    shaper->measure({"w1", {}, ""});
    CHECK(shaper->shaped_count() == before + 1);
}
