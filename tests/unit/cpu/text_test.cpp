#include <cmath>

#include "text/raster.hpp"
#include "unit/cpu/painting.hpp"

namespace tribune {
namespace {

constexpr Size face{400, 160};

TextMove still(const char* text, float size, Point at, Colour colour) {
    TextMove m;
    m.text = std::make_shared<TextSpec>(TextSpec{text, {}, ""});
    m.from = m.to = at;
    m.from_size = m.to_size = size;
    m.from_colour = m.to_colour = colour;
    return m;
}

Picture words(std::vector<TextMove> moves, ShowTime now = {}, float opacity = 1, Colour ground = {}) {
    ShowTime settled;
    for (const auto& m : moves) settled = std::max(settled, m.start + m.length);
    return {face,
            ground,
            {TextBatch{std::make_shared<std::vector<TextMove>>(std::move(moves)), now, {}, opacity, settled}}};
}

// Weight and centre of all that is not black.
struct Ink {
    double sum = 0, x = 0, y = 0;
};
Ink ink(const ImageView& view) {
    Ink out;
    for (int y = 0; y < view.size.height; ++y) {
        for (int x = 0; x < view.size.width; ++x) {
            const double v = pixel(view, x, y).green;
            out.sum += v;
            out.x += v * x;
            out.y += v * y;
        }
    }
    out.x /= out.sum;
    out.y /= out.sum;
    return out;
}

}  // namespace

TEST_CASE("text at rest is the text room's coverage in its colour, at its place") {
    auto shaper = Shaper::create();
    REQUIRE(shaper);
    const auto painter = make_painter();
    const Point pen{50.25, 90.5};
    const Colour colour = colour_from_rgb(0xff8040, 0.8F);
    const auto move = still("Éte gå", 64, pen, colour);
    REQUIRE(painter->paint(plan_of(words({move}, {}, 0.75F, colour_from_rgb(0x204060)))));
    const auto bitmap = render_text(**shaper, *move.text, 64, {0.25, 0.5});
    REQUIRE(bitmap);
    REQUIRE_FALSE(bitmap->size.empty());
    int inked = 0;
    for (int y = 0; y < face.height; ++y) {
        for (int x = 0; x < face.width; ++x) {
            const int u = x - 50 - bitmap->left, v = y - 90 - bitmap->top;
            const bool inside = u >= 0 && v >= 0 && u < bitmap->size.width && v < bitmap->size.height;
            const int coverage = inside ? bitmap->coverage[static_cast<std::size_t>(v * bitmap->size.width + u)] : 0;
            inked += coverage > 128 ? 1 : 0;
            const double alpha = coverage / 255.0 * 0.6;
            const auto over = [&](int c, int under) {
                return static_cast<int>(std::lround(c * alpha + under * (1 - alpha)));
            };
            INFO("at " << x << ',' << y);
            REQUIRE(distance(pixel(painter->pixels(0), x, y), {over(0xff, 0x20), over(0x80, 0x40), over(0x40, 0x60)}) <=
                    2);
        }
    }
    CHECK(inked > 500);
}

TEST_CASE("a moving word starts and ends where it should and is halfway at half time") {
    const auto painter = make_painter();
    auto move = still("halfway", 30, {20, 60}, {1, 1, 1, 1});
    move.to = {220, 120};
    move.start = ShowTime{std::chrono::seconds(10)};
    move.length = std::chrono::seconds(2);
    const auto at = [&](double seconds) {
        const ShowTime now{std::chrono::duration_cast<Nanoseconds>(std::chrono::duration<double>(seconds))};
        REQUIRE(painter->paint(plan_of(words({move}, now), now)));
        return ink(painter->pixels(0));
    };
    const Ink begin = at(9), middle = at(11), quarter = at(10.5), end = at(12);
    CHECK(end.x - begin.x == Approx(200).margin(0.1));
    CHECK(end.y - begin.y == Approx(60).margin(0.1));
    CHECK(middle.x - begin.x == Approx(100).margin(0.2));
    CHECK(middle.y - begin.y == Approx(30).margin(0.2));
    CHECK(quarter.x - begin.x == Approx(200 * 0.15625).margin(0.2));  // smoothstep(1/4)
    CHECK(middle.sum == Approx(begin.sum).epsilon(0.01));             // neither fatter nor thinner on its way
    CHECK(painter->counters().words_rendered == 1);
}

TEST_CASE("a word that changes size is scaled from its largest bitmap, or half of it, and ends crisp") {
    const auto painter = make_painter();
    auto move = still("growing", 20, {30, 90}, {1, 1, 1, 1});
    move.to_size = 60;
    move.length = std::chrono::seconds(1);
    double last = 0;
    for (int step = 1; step <= 20; ++step) {
        const ShowTime now{std::chrono::milliseconds(50 * step)};
        REQUIRE(painter->paint(plan_of(words({move}, now), now)));
        const Ink now_ink = ink(painter->pixels(0));
        REQUIRE(now_ink.sum > last);
        last = now_ink.sum;
    }
    CHECK(painter->counters().words_rendered == 2);  // of 60 pixels and, up to 30, of 30
    const auto grown = bytes_of(painter->pixels(0));
    const auto fresh = make_painter();
    REQUIRE(fresh->paint(plan_of(words({still("growing", 60, {30, 90}, {1, 1, 1, 1})}))));
    CHECK((bytes_of(fresh->pixels(0)) == grown));
}

TEST_CASE("emoji keep their own colours and fade with the text") {
    const auto painter = make_painter();
    const auto move = still("😀", 80, {40, 110}, {0, 0, 1, 1});
    REQUIRE(painter->paint(plan_of(words({move}))));
    const Rgb whole = pixel(painter->pixels(0), 90, 60);
    CHECK(whole.red > 150);
    CHECK(whole.blue < 120);
    REQUIRE(painter->paint(plan_of(words({move}, {}, 0.5F))));
    CHECK(std::abs(pixel(painter->pixels(0), 90, 60).red * 2 - whole.red) <= 4);
}

TEST_CASE("kept bitmaps stay within their bound and what is drawn does not depend on it") {
    const auto tight = make_painter({1, 100'000});
    const auto wide = make_painter();
    for (int i = 0; i < 60; ++i) {
        const auto plan = plan_of(words({still("bound", 20.0F + static_cast<float>(i), {10.0, 80}, {1, 1, 1, 1}),
                                         still("kept", 30, {200, 120}, {1, 1, 1, 1})}));
        REQUIRE(tight->paint(plan));
        REQUIRE(wide->paint(plan));
        REQUIRE((bytes_of(tight->pixels(0)) == bytes_of(wide->pixels(0))));
        REQUIRE(tight->counters().text_bytes <= 100'000);
    }
    CHECK(wide->counters().text_bytes > 100'000);
}

}  // namespace tribune
