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

TEST_CASE("letters on the GPU are the text room's, sample for pixel, at any size", "[gpu]") {
    GlFixture gl;
    auto shaper = make_shaper();
    for (const double size : {7.0, 12.0, 20.0, 30.0, 60.0, 90.0, 150.0}) {
        const std::string text = size > 100 ? "Rg" : size > 50 ? "Règle" : "Règlement vécu";
        const auto reference = render_text(*shaper, {text, {}, ""}, size, {0.25, 0.5});
        REQUIRE(reference);
        const auto image = gl.draw(picture_of({batch({word(text, {10.25, 110.5}, static_cast<float>(size))})}));
        INFO("size " << size);
        int worst = 0;
        for (int y = 0; y < reference->size.height; ++y) {
            for (int x = 0; x < reference->size.width; ++x) {
                if (110 + reference->top + y < 0) continue;
                const int want = reference->coverage[static_cast<std::size_t>(y * reference->size.width + x)];
                const int got = image.at(10 + reference->left + x, 110 + reference->top + y).red;
                worst = std::max(worst, std::abs(want - got));
            }
        }
        CHECK(worst == 0);
    }
}

TEST_CASE("a word goes from its first place to its last, half of the way at half time", "[gpu]") {
    const auto at = [](Nanoseconds after) { return ShowTime{std::chrono::hours(9)} + after; };
    const TextMove m = moving("mot", {20, 60}, {180, 140}, 20, 44);
    struct Case {
        ShowTime now;
        double part;
    };
    const auto ink = make_shaper()->measure({"mot", {}, ""});
    for (const auto& c :
         {Case{at(std::chrono::milliseconds(-50)), 0}, Case{at({}), 0},
          Case{at(std::chrono::milliseconds(200)), 0.15625}, Case{at(std::chrono::milliseconds(400)), 0.5},
          Case{at(std::chrono::milliseconds(800)), 1}, Case{at(std::chrono::hours(3)), 1}}) {
        GlFixture gl;
        const auto moved = gl.draw(picture_of({batch({m}, c.now)}));
        const double size = 20 + 24 * c.part;
        const Point here{20 + 160 * c.part, 60 + 80 * c.part};
        const Bounds b = ink_bounds(moved, 30);
        INFO("part " << c.part);
        CHECK(b.left == Approx(here.x + ink.ink_left * size).margin(1.5));
        CHECK(b.right == Approx(here.x + ink.ink_right * size).margin(1.5));
        CHECK(b.top == Approx(here.y + ink.ink_top * size).margin(1.5));
        CHECK(b.bottom == Approx(here.y + ink.ink_bottom * size).margin(1.5));
        if (c.part == 1) CHECK(moved == gl.draw(picture_of({batch({word("mot", here, 44)})})));
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
        int worst = 0;
        for (int y = 0; y < reference->size.height; ++y) {
            for (int x = 0; x < reference->size.width; ++x) {
                const auto i = static_cast<std::size_t>(y * reference->size.width + x) * 4;
                const Rgb want{reference->colour[i + 2], reference->colour[i + 1], reference->colour[i]};
                worst = std::max(worst, distance(image.at(60 + reference->left + x, 120 + reference->top + y), want));
            }
        }
        INFO("size " << size);
        CHECK(worst == 0);
    }
}

TEST_CASE("a word's bitmap is made once, whoever shows it, and never taken for another's", "[gpu]") {
    GlFixture gl;
    auto first = batch({moving("un", {20, 100}, {60, 100}, 40, 40)});
    first.settled = first.moves->front().start + first.moves->front().length;
    Image image = gl.draw(picture_of({first}));
    for (int i = 1; i < 5; ++i) {
        first.now = first.moves->front().start + std::chrono::milliseconds(i * 100);
        const auto next = gl.draw(picture_of({first}));
        CHECK(next != image);
        image = next;
    }
    CHECK(gl.painter->counters().words_rendered == 1);
    CHECK(gl.painter->counters().words_uploaded == 1);
    CHECK(gl.painter->counters().pictures_drawn == 5);
    // Vectors made and dropped in turn often get one address: each must show its own words.
    first.moves.reset();
    for (const char* text : {"deux", "trois", "quatre", "cinq"}) {
        const auto now = gl.draw(picture_of({batch({word(text, {20, 100}, 40)})}));
        CHECK(now != image);
        image = now;
    }
    CHECK(gl.painter->counters().words_uploaded == 5);
}

TEST_CASE("full texture pages make room of words that are gone, and what is left out is counted and told", "[gpu]") {
    GlFixture gl(std::size_t{4} << 20);  // one page of letters
    const auto before = gl.draw(picture_of({batch({word("fin", {20, 100}, 40)})}));
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
    // Wider than a page, so in two parts; eight times what a page holds.
    for (int i = 0; i < 24; ++i) gl.draw(picture_of({batch({word(ideographs(16), {0, 100}, 200)})}));
    CHECK(gl.painter->counters().words_left_out == 0);
    CHECK(gl.painter->counters().text_bytes == std::size_t{4} << 20);
    CHECK(gl.draw(picture_of({batch({word("fin", {20, 100}, 40)})})) == before);

    // More than the page holds at once: what has room is drawn.
    std::vector<TextMove> many{word("fin", {20, 100}, 40)};
    for (int i = 0; i < 12; ++i) many.push_back(word(ideographs(16), {0, 179}, 200, {1, 0, 0, 1}));
    FramePlan plan;
    plan.pictures.push_back(picture_of({batch(many)}));
    const Status status = gl.painter->paint(plan);
    REQUIRE_FALSE(status);
    CHECK(status.error().code == "text_memory");
    CHECK(gl.painter->counters().words_left_out > 0);
    CHECK(gl.painter->counters().words_left_out < 12);
    CHECK(ink_bounds(Image(gl.painter->pixels(0)), 30).right > 0);
    CHECK(gl.draw(picture_of({batch({word("fin", {20, 100}, 40)})})) == before);
}

TEST_CASE("a word larger than a page is whole, at rest and in motion", "[gpu]") {
    GlFixture gl;
    const std::string text = "ouvertement et longuement";
    auto shaper = make_shaper();
    const double size = 300;
    const auto reference = render_text(*shaper, {text, {}, ""}, size, {});
    REQUIRE(reference);
    REQUIRE(reference->size.width > 2100);
    for (const int shift : {0, -1500, -1900, -2100}) {
        const auto image = gl.draw(picture_of({batch({word(text, {1.0 * shift, 170}, 300)})}));
        int worst = 0;
        for (int y = 0; y < small.height; ++y) {
            for (int x = 0; x < small.width; ++x) {
                const int u = x - shift - reference->left, v = y - 170 - reference->top;
                const bool within = u >= 0 && v >= 0 && u < reference->size.width && v < reference->size.height;
                const int want =
                    within ? reference->coverage[static_cast<std::size_t>(v * reference->size.width + u)] : 0;
                worst = std::max(worst, std::abs(want - image.at(x, y).red));
            }
        }
        INFO("shift " << shift);
        CHECK(worst == 0);
    }
    // Moving by half a pixel each way, each pixel is the mean of four.
    TextMove m = word(text, {-1901, 170}, 300);
    m.to = {-1900, 171};
    m.length = std::chrono::seconds(2);
    const auto image = gl.draw(picture_of({batch({m}, ShowTime{std::chrono::seconds(1)})}));
    int worst = 0;
    for (int y = 0; y < small.height; ++y) {
        for (int x = 0; x < small.width; ++x) {
            int sum = 0;
            for (const int i : {0, 1}) {
                for (const int j : {0, 1}) {
                    const int u = x + 1900 - reference->left + i, v = y - 171 - reference->top + j;
                    const bool within = u >= 0 && v >= 0 && u < reference->size.width && v < reference->size.height;
                    sum += within ? reference->coverage[static_cast<std::size_t>(v * reference->size.width + u)] : 0;
                }
            }
            worst = std::max(worst, std::abs(sum / 4 - image.at(x, y).red));
        }
    }
    CHECK(worst <= 1);
}

TEST_CASE("words that come on later are made ready a few in a frame, and are not seen", "[gpu]") {
    GlFixture gl;
    std::vector<TextMove> words;
    for (int i = 0; i < 30; ++i) words.push_back(word("mot" + std::to_string(i), {10, 20.0 + i}, 20));
    auto coming = batch(words);
    coming.opacity = 0;
    const auto nothing = gl.draw(picture_of({}));
    std::uint64_t before = 0;
    for (int frame = 0; frame < 30 && before < 30; ++frame) {
        CHECK(gl.draw(picture_of({coming, coming})) == nothing);
        const auto counted = gl.painter->counters();
        CHECK(counted.words_uploaded - before <= 8);
        CHECK(counted.words_uploaded > before);
        before = counted.words_uploaded;
    }
    coming.opacity = 1;
    CHECK(gl.draw(picture_of({coming})) != nothing);
    CHECK(gl.painter->counters().words_rendered == 30);
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
