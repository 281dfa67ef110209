#include "text/word_place.hpp"

#include <catch2/catch.hpp>

#include "text/word_placer.hpp"

using namespace tribune;

namespace {

TextMove still(const std::string& text, Point at, float size) {
    TextMove m;
    m.text = std::make_shared<const TextSpec>(TextSpec{text, {}, ""});
    m.from = m.to = at;
    m.from_size = m.to_size = size;
    m.from_colour = m.to_colour = {1, 1, 1, 1};
    return m;
}

WordsInstant settled_with(const std::vector<TextMove>& moves) {
    WordsInstant at;
    for (const auto& m : moves) at.settled = std::max(at.settled, m.start + m.length);
    return at;
}

ShowTime at(int ms) { return ShowTime{std::chrono::milliseconds(ms)}; }

}  // namespace

TEST_CASE("a word at rest is its bitmap of that size at its part of a pixel, wherever its wall stands") {
    auto move = still("mot", {10.3, 20.999}, 30);
    auto instant = settled_with({move});
    for (const double offset : {0.0, 7.0, -3.4, 0.49}) {
        instant.offset = {offset, 0};
        const auto place = word_place(move, instant);
        REQUIRE(place);
        CHECK(place->at_rest);
        CHECK(place->scale == 1);
        CHECK(place->bitmap_size == 30);
        CHECK(place->subpixel == Point{19.0 / 64, 0});  // to 1/64, and 20.999 is 21
        CHECK(place->pen == Point{10 + 19.0 / 64 + std::floor(offset + 0.5), 21});
        CHECK(fraction(place->pen) == place->subpixel);
    }
}

TEST_CASE("a word in motion keeps one bitmap, or the half of it, and is never much smaller than it") {
    for (const auto& [from, to] : {std::pair{10.0F, 90.0F}, {90.0F, 10.0F}, {40.0F, 40.0F}, {0.0F, 64.0F}}) {
        auto move = still("mot", {10.25, 20}, from);
        move.to = {200.5, 40};
        move.to_size = to;
        move.length = std::chrono::seconds(1);
        auto now = settled_with({move});
        for (int ms = 1; ms < 1000; ms += 7) {
            now.now = at(ms);
            const auto place = word_place(move, now);
            REQUIRE(place);
            CHECK_FALSE(place->at_rest);
            CHECK(place->scale <= 1);
            CHECK((place->scale > 0.5 || place->bitmap_size <= smallest_halved));
            CHECK(place->subpixel.x == (from > to ? 0.25 : 0.5));
            const double halvings = std::log2(std::max(from, to) / place->bitmap_size);
            CHECK(halvings == std::floor(halvings));
        }
    }
}

TEST_CASE("what cannot be seen has no place") {
    auto faint = still("mot", {0, 0}, 20);
    faint.from_colour.alpha = faint.to_colour.alpha = 0.001F;
    CHECK_FALSE(word_place(faint, settled_with({faint})));
    const auto far = still("mot", {1e12, 0}, 20), none = still("mot", {0, 0}, 0);
    CHECK_FALSE(word_place(far, settled_with({far})));
    CHECK_FALSE(word_place(none, settled_with({none})));
    CHECK_FALSE(word_place(TextMove{}, settled_with({})));
}

TEST_CASE("places are reckoned once while words rest, and words to come are made ready a few in a frame") {
    auto shaper = Shaper::create();
    REQUIRE(shaper);
    WordPlacer placer(*std::move(shaper), std::size_t{8} << 20);
    std::vector<TextMove> moves;
    for (int i = 0; i < 40; ++i) moves.push_back(still("mot" + std::to_string(i), {10, 20.0 + i}, 20));
    WordsInstant instant;
    const auto words = std::make_shared<const std::vector<TextMove>>(moves);
    Status problem;
    std::uint64_t before = 0;
    int frames = 0;
    for (; placer.cache().rendered() < 40; ++frames) {
        REQUIRE(frames < 40);
        const auto fresh = placer.prepare(words, instant);
        CHECK(placer.prepare(words, instant).empty());  // once in a frame
        CHECK(fresh.size() == placer.cache().rendered() - before);
        CHECK(fresh.size() <= 8);
        before = placer.cache().rendered();
        placer.end_frame();
    }
    CHECK(frames == 5);
    const auto placed = placer.place(words, instant, {400, 300}, problem);
    CHECK(problem);
    CHECK(placed->size() == 40);
    CHECK(placer.cache().rendered() == 40);
    placer.end_frame();
    instant.now = at(5000);
    CHECK(placer.place(words, instant, {400, 300}, problem) == placed);
    // Another picture of the same frame sees other words.
    const auto low = placer.place(words, instant, {400, 20}, problem);
    CHECK(low->size() < placed->size());
    CHECK(placer.place(words, instant, {400, 300}, problem) == placed);
    CHECK(placer.place(words, instant, {400, 20}, problem) == low);
    // Bitmaps in use outlive the cache's bound.
    placer.forget_unused();
    placer.end_frame();
    instant.offset = {3, 0};
    CHECK(placer.place(words, instant, {400, 300}, problem)->size() == 40);
    CHECK(placer.cache().rendered() == 40);
}
