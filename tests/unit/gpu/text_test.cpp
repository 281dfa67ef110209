#include <algorithm>
#include <cmath>

#include "text/raster.hpp"
#include "unit/gpu/gl_fixture.hpp"

using namespace tribune;
using namespace tribune::test;

namespace {

std::unique_ptr<Shaper> make_shaper() {
    auto made = Shaper::create();
    REQUIRE(made);
    return *std::move(made);
}

struct Bounds {
    int left = 1 << 20, top = 1 << 20, right = -1, bottom = -1;
};

Bounds ink_bounds(const Image& image, int threshold) {
    Bounds b;
    for (int y = 0; y < image.size.height; ++y) {
        for (int x = 0; x < image.size.width; ++x) {
            const Rgb c = image.at(x, y);
            if (std::max({c.red, c.green, c.blue}) <= threshold) continue;
            b.left = std::min(b.left, x);
            b.right = std::max(b.right, x + 1);
            b.top = std::min(b.top, y);
            b.bottom = std::max(b.bottom, y + 1);
        }
    }
    return b;
}

TextMove moving(const std::string& text, Point from, Point to, float from_size, float to_size) {
    TextMove m = word(text, from, from_size);
    m.to = to;
    m.to_size = to_size;
    m.start = ShowTime{std::chrono::hours(9)};
    m.length = std::chrono::milliseconds(800);
    return m;
}

}  // namespace

TEST_CASE("letters on the GPU cover what the text room covers", "[gpu]") {
    GlFixture gl;
    auto shaper = make_shaper();
    for (const double size : {12.0, 20.0, 30.0, 60.0, 90.0, 150.0}) {
        const std::string text = size > 100 ? "Rg" : size > 50 ? "Règle" : "Règlement vécu";
        const auto reference = render_text(*shaper, {text, {}, ""}, size, {});
        REQUIRE(reference);
        const Point pen{10, 110};
        const auto image = gl.draw(picture_of({batch({word(text, pen, static_cast<float>(size))})}));
        double difference = 0, covered = 0, drawn = 0;
        int worst = 0;
        for (int y = 0; y < reference->size.height; ++y) {
            for (int x = 0; x < reference->size.width; ++x) {
                if (110 + reference->top + y < 0) continue;
                const int want = reference->coverage[static_cast<std::size_t>(y * reference->size.width + x)];
                const int got = image.at(10 + reference->left + x, 110 + reference->top + y).red;
                difference += std::abs(want - got);
                covered += want;
                drawn += got;
                worst = std::max(worst, std::abs(want - got));
            }
        }
        INFO("size " << size << " mean " << difference / covered << " worst " << worst);
        CHECK(drawn == Approx(covered).epsilon(0.02));
        CHECK(difference / covered < (size < 16 ? 0.06 : 0.035));
        CHECK(worst < 80);  // the corners of strokes
    }
}

TEST_CASE("a word goes from its first place to its last, half of the way at half time", "[gpu]") {
    const auto at = [](Nanoseconds after) { return ShowTime{std::chrono::hours(9)} + after; };
    const TextMove m = moving("mot", {20, 60}, {180, 140}, 20, 44);
    struct Case {
        ShowTime now;
        double part;
    };
    for (const auto& c :
         {Case{at(std::chrono::milliseconds(-50)), 0}, Case{at({}), 0},
          Case{at(std::chrono::milliseconds(200)), 0.15625}, Case{at(std::chrono::milliseconds(400)), 0.5},
          Case{at(std::chrono::milliseconds(800)), 1}, Case{at(std::chrono::hours(3)), 1}}) {
        GlFixture gl;
        const auto moved = gl.draw(picture_of({batch({m}, c.now)}));
        // All sizes use one field size, so that the pixels must be equal.
        const auto f = static_cast<float>(20 + 24 * c.part);
        const Point here{20 + 160 * c.part, 60 + 80 * c.part};
        const auto resting = gl.draw(picture_of({batch({word("mot", here, f)})}));
        int worst = 0;
        for (std::size_t i = 0; i < moved.bytes.size(); ++i)
            worst = std::max(worst, std::abs(moved.bytes[i] - resting.bytes[i]));
        INFO("part " << c.part);
        CHECK(worst <= 2);
        CHECK(ink_bounds(moved, 30).right > 0);
    }
}

TEST_CASE("colours, offset and batch opacity", "[gpu]") {
    GlFixture gl;
    TextMove m = moving("H", {40, 120}, {40, 120}, 100, 100);
    m.from_colour = {1, 0, 0, 1};
    m.to_colour = {0, 0, 1, 0.5F};
    auto b = batch({m}, m.start + std::chrono::milliseconds(400));
    b.offset = {30, -10};
    b.opacity = 0.8F;
    const auto image = gl.draw(picture_of({b}));
    // Inside the left stem of the H.
    const Rgb stem = image.at(30 + 40 + 13, 75);
    CHECK(distance(stem, {static_cast<int>(std::lround(127.5 * 0.75 * 0.8)), 0,
                          static_cast<int>(std::lround(127.5 * 0.75 * 0.8))}) <= 2);
    CHECK(ink_bounds(image, 20).bottom == 110);
}

TEST_CASE("every script is drawn inside its measured ink, and emoji have their colours", "[gpu]") {
    GlFixture gl;
    auto shaper = make_shaper();
    std::string zalgo = "Za";
    for (int i = 0; i < 40; ++i) zalgo += "\xCC\x81\xCC\xB0";
    for (const std::string& text :
         {std::string("Élysée"), std::string("السلام"), std::string("שָׁלוֹם"), std::string("नमस्ते"),
          std::string("住宅問題"), std::string("한국어"), std::string("👨‍👩‍👧‍👦"),
          std::string("👍🏽🇫🇷😀"), zalgo}) {
        const auto m = shaper->measure({text, {}, ""});
        const double size = std::min(60.0, 280 / m.ink_width());
        const Point pen{20 - m.ink_left * size, 100};
        const auto image = gl.draw(picture_of({batch({word(text, pen, static_cast<float>(size))})}));
        const Bounds b = ink_bounds(image, 24);
        INFO(text);
        CHECK(b.left == Approx(20).margin(2));
        CHECK(b.right == Approx(20 + m.ink_width() * size).margin(2));
        CHECK(b.top == Approx(100 + m.ink_top * size).margin(2));
        CHECK(b.bottom == Approx(100 + m.ink_bottom * size).margin(2));
    }
    // A picture on the GPU is the text room's picture.
    for (const double size : {14.0, 40.0, 109.0}) {
        const auto reference = render_text(*shaper, {"😀", {}, ""}, size, {});
        REQUIRE(reference);
        const auto image = gl.draw(picture_of({batch({word("😀", {60, 120}, static_cast<float>(size))})}));
        double difference = 0;
        int pixels = 0;
        for (int y = 0; y < reference->size.height; ++y) {
            for (int x = 0; x < reference->size.width; ++x) {
                const auto i = static_cast<std::size_t>(y * reference->size.width + x) * 4;
                if (reference->colour[i + 3] == 0) continue;
                const Rgb want{reference->colour[i + 2], reference->colour[i + 1], reference->colour[i]};
                difference += distance(image.at(60 + reference->left + x, 120 + reference->top + y), want);
                ++pixels;
            }
        }
        INFO("size " << size);
        CHECK(difference / pixels < 8);
    }
}

TEST_CASE("glyphs are built once for a vector of moves, and again for another at the same address", "[gpu]") {
    GlFixture gl;
    auto first = batch({word("un", {20, 100}, 40)});
    const auto image = gl.draw(picture_of({first}));
    for (int i = 1; i < 5; ++i) {
        first.now = ShowTime{std::chrono::seconds(i)};
        first.settled = ShowTime{std::chrono::hours(1)};
        gl.draw(picture_of({first}));
    }
    CHECK(gl.painter->counters().text_builds == 1);
    CHECK(gl.painter->counters().pictures_drawn == 5);
    // Vectors made and dropped in turn often get one address: each must show its own words.
    first.moves.reset();
    Image last = image;
    for (const char* text : {"deux", "trois", "quatre", "cinq"}) {
        const auto now = gl.draw(picture_of({batch({word(text, {20, 100}, 40)})}));
        CHECK(now != last);
        last = now;
    }
    CHECK(gl.painter->counters().text_builds == 5);
}

TEST_CASE("an atlas that runs full starts again, and the words are still right", "[gpu]") {
    GlFixture gl(1);
    const auto before = gl.draw(picture_of({batch({word("fin", {20, 100}, 40)})}));
    // At the large field size a page holds some thirty ideographs.
    int code = 0x4E00;
    const auto ideographs = [&](int count) {
        std::string text;
        for (int i = 0; i < count; ++i, ++code) {
            text += static_cast<char>(0xE0 | (code >> 12));
            text += static_cast<char>(0x80 | ((code >> 6) & 63));
            text += static_cast<char>(0x80 | (code & 63));
        }
        return text;
    };
    gl.draw(picture_of({batch({word(ideographs(20), {0, 100}, 200)})}));
    CHECK(gl.painter->counters().atlas_clears == 0);
    gl.draw(picture_of({batch({word(ideographs(20), {0, 100}, 200)})}));
    CHECK(gl.painter->counters().atlas_clears == 1);
    CHECK(gl.painter->counters().glyphs_left_out == 0);
    CHECK(gl.draw(picture_of({batch({word("fin", {20, 100}, 40)})})) == before);

    // More than all pages hold at once: the first ones are drawn, the others counted, and no time is lost on it.
    auto many = batch({word(ideographs(60), {0, 100}, 200)});
    gl.draw(picture_of({many}));
    const auto counted = gl.painter->counters();
    CHECK(counted.glyphs_left_out > 0);
    CHECK(counted.glyphs_left_out < 60);
    many.offset = {1, 0};
    gl.draw(picture_of({many}));
    CHECK(gl.painter->counters().atlas_clears == counted.atlas_clears);
}

TEST_CASE("blank, invisible and hostile words are harmless", "[gpu]") {
    GlFixture gl;
    TextMove none;
    std::string bytes;
    for (int i = 0; i < 256; ++i) bytes += static_cast<char>(i);
    auto b = batch({none, word("   ", {5, 5}, 30), word("x", {5, 50}, 0), word("x", {5, 50}, -4),
                    word(bytes, {-900, 5}, 3), word("x", {1e12, -1e12}, 1e9F), word("x", {40, 60}, 20, {1, 1, 1, 0})});
    gl.draw(picture_of({b, TextBatch{}}));
    b.opacity = 0;
    CHECK(gl.draw(picture_of({b})) == gl.draw(picture_of({})));
}
