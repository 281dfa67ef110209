#include "wall/wall_scene.hpp"

#include <catch2/catch.hpp>
#include <chrono>
#include <map>

#include "unit/wall/fake_measure.hpp"
#include "unit/wall/words.hpp"
#include "wall/ellipsis.hpp"

using namespace tribune;
using namespace std::chrono_literals;

namespace {

ShowTime at(Nanoseconds t) { return {t}; }

Contribution says(std::uint64_t sequence, int table, const std::string& text, Nanoseconds when) {
    Contribution c;
    c.id.bytes[0] = static_cast<std::uint8_t>(sequence & 255);
    c.id.bytes[1] = static_cast<std::uint8_t>(sequence >> 8);
    c.table.value = table;
    c.text = text;
    c.sequence = sequence;
    c.at = at(when);
    return c;
}

WallOptions options(double smallest = 27) {
    WallOptions o;
    o.layout.smallest = smallest;
    o.palette = {
        colour_from_rgb(0x0B1626), colour_from_rgb(0x101D33), {colour_from_rgb(0xFFFFFF)}, colour_from_rgb(0xFFB454)};
    return o;
}

std::map<std::string, TextMove> by_text(const WallPage& page) {
    std::map<std::string, TextMove> out;
    for (const auto& m : *page.moves) out.emplace(m.text->text, m);
    return out;
}

}  // namespace

TEST_CASE("wall scene: a word fades in, and a second voice makes it glide larger") {
    FakeMeasure measure;
    WallBuilder wall(options(), {}, measure);
    CHECK(wall.scene()->pages.empty());
    wall.add(says(1, 1, "logement", 1s));
    const auto first = wall.scene();
    REQUIRE(first->pages.size() == 1);
    REQUIRE(first->pages[0].moves->size() == 1);
    const auto born = first->pages[0].moves->front();
    CHECK(born.from_colour.alpha == 0);
    CHECK(born.to_colour.alpha == 1);
    CHECK(born.start == at(1s));
    CHECK(born.length == 450ms);
    CHECK(born.from_size < born.to_size);
    CHECK(first->settled == at(1450ms));
    CHECK(first->revision == 1);
    CHECK(wall.scene() == first);

    // Interrupted half way: it starts again from where it is.
    wall.add(says(2, 2, "logement", 1225ms));
    const auto second = wall.scene();
    CHECK(second != first);
    const auto grown = second->pages[0].moves->front();
    CHECK(grown.start == at(1225ms));
    CHECK(grown.from_size == Approx((born.from_size + born.to_size) / 2));
    CHECK(grown.from_colour.alpha == Approx(0.5));
    CHECK(grown.to_size > born.to_size);
    CHECK(second->revision == 2);
}

TEST_CASE("wall scene: ends of moves never overlap, and every word is on a page") {
    FakeMeasure measure;
    WordSource source(13);
    WallBuilder wall(options(40), {}, measure);
    for (std::uint64_t i = 1; i <= 500; ++i) {
        wall.add(says(i, 1 + static_cast<int>(i % 30), source.text() + " " + source.text(), 20ms * i));
        if (i % 9 == 0) wall.remove(says(i / 2, 0, "", 0s).id, i, at(20ms * i));
    }
    const auto scene = wall.scene();
    CHECK(scene->pages.size() > 1);
    std::size_t live = 0;
    for (std::uint32_t t = 0; t < wall.terms().size(); ++t) live += wall.terms()[t].weight > 0 ? 1U : 0U;
    std::size_t on_pages = 0;
    for (const auto& page : scene->pages) on_pages += page.words;
    CHECK(scene->words == live);
    CHECK(on_pages == live);
    for (const auto& page : scene->pages) {
        std::vector<Rect> boxes;
        for (const auto& m : *page.moves) {
            if (m.to_colour.alpha == 0) continue;  // on its way out
            const auto metrics = measure.measure(*m.text);
            const auto size = static_cast<double>(m.to_size);
            boxes.push_back({m.to.x + metrics.ink_left * size, m.to.y + metrics.ink_top * size,
                             metrics.ink_width() * size, metrics.ink_height() * size});
        }
        CHECK(boxes.size() == page.words);
        for (std::size_t i = 0; i < boxes.size(); ++i) {
            for (std::size_t j = i + 1; j < boxes.size(); ++j) REQUIRE_FALSE(boxes[i].intersects(boxes[j]));
        }
    }
}

TEST_CASE("wall scene: the same journal gives the same wall, however it is looked at between") {
    FakeMeasure measure;
    WordSource source(14);
    std::vector<Contribution> journal;
    for (std::uint64_t i = 1; i <= 300; ++i) {
        journal.push_back(says(i, static_cast<int>(i % 24), source.text(), 50ms * i));
    }
    WallBuilder watched(options(), {}, measure);
    WallBuilder replayed(options(), {}, measure);
    for (const auto& c : journal) {
        watched.add(c);
        watched.scene();
        replayed.add(c);
    }
    const auto a = watched.scene();
    const auto b = replayed.scene();
    REQUIRE(a->pages.size() == b->pages.size());
    for (std::size_t p = 0; p < a->pages.size(); ++p) {
        const auto left = by_text(a->pages[p]);
        const auto right = by_text(b->pages[p]);
        REQUIRE(left.size() == right.size());
        for (const auto& [text, move] : left) {
            const auto& other = right.at(text);
            REQUIRE(*move.text == *other.text);
            REQUIRE(move.from == other.from);
            REQUIRE(move.to == other.to);
            REQUIRE(move.start == other.start);
            REQUIRE(move.to_colour == other.to_colour);
        }
    }
}

TEST_CASE("wall scene: removed words fade out and then are gone") {
    FakeMeasure measure;
    WallBuilder wall(options(), {}, measure);
    wall.add(says(1, 1, "cave", 0s));
    wall.add(says(2, 2, "toit", 0s));
    wall.remove(says(1, 1, "", 0s).id, 3, at(2s));
    auto scene = wall.scene();
    CHECK(scene->words == 1);
    CHECK(scene->revision == 3);
    REQUIRE(scene->pages[0].moves->size() == 2);
    CHECK(by_text(scene->pages[0]).at("cave").to_colour.alpha == 0);
    wall.add(says(4, 3, "mur", 4s));
    scene = wall.scene();
    CHECK(by_text(scene->pages[0]).count("cave") == 0);
    CHECK(scene->pages[0].words == 2);
}

TEST_CASE("wall scene: unchanged pages are shared") {
    FakeMeasure measure;
    WordSource source(15);
    WallBuilder wall(options(80), {}, measure);
    for (std::uint64_t i = 1; i <= 200; ++i) wall.add(says(i, 1, source.text(), 10ms * i));
    const auto before = wall.scene();
    REQUIRE(before->pages.size() > 2);
    wall.add(says(201, 1, source.text(), 60s));
    wall.scene();
    wall.add(says(202, 1, source.text(), 120s));
    const auto after = wall.scene();
    int shared = 0;
    for (std::size_t p = 0; p < before->pages.size(); ++p) {
        shared += before->pages[p].moves == after->pages[p].moves ? 1 : 0;
    }
    CHECK(shared >= static_cast<int>(before->pages.size()) - 2);
}

TEST_CASE("page tour: by the show's time, cross-fading, without a jump when a page is added") {
    WallScene scene;
    scene.pages.resize(3);
    scene.page_time = 10s;
    scene.page_fade = 1s;
    scene.tour_start = at(100s);
    CHECK(page_view(scene, at(50s)).page == 0);
    CHECK(page_view(scene, at(105s)).blend == 0);
    auto view = page_view(scene, at(109500ms));
    CHECK(view.page == 0);
    CHECK(view.next == 1);
    CHECK(view.blend == Approx(0.5));
    CHECK(page_view(scene, at(110s)).page == 1);
    CHECK(page_view(scene, at(110s)).blend == 0);
    CHECK(page_view(scene, at(129900ms)).next == 0);
    scene.pages.resize(1);
    CHECK(page_view(scene, at(115s)).page == 0);

    FakeMeasure measure;
    WordSource source(16);
    WallBuilder wall(options(90), {}, measure);
    std::uint64_t i = 1;
    for (; wall.layout().page_count() < 3; ++i) wall.add(says(i, 1, source.text(), 100ms));
    auto last = wall.scene();
    for (; i < 300; ++i) {
        const auto when = 1s * i;
        const auto shown = page_view(*last, at(when));
        wall.add(says(i, 1, source.text(), when));
        last = wall.scene();
        const auto now = page_view(*last, at(when));
        REQUIRE(now.page == (shown.blend < 0.5 || now.blend > 0 ? shown.page : shown.next));
    }
}

TEST_CASE("ellipsis: only what is too wide is cut, between user-perceived characters") {
    FakeMeasure measure;
    CHECK(shortened({"court", {}, "fr"}, 20, measure).text == "court");
    const auto cut = shortened({std::string(80, 'a'), {}, "fr"}, 10, measure);
    CHECK(cut.text.size() < 30);
    CHECK(cut.text.substr(cut.text.size() - 3) == "…");
    CHECK(measure.measure(cut).ink_width() <= 10);
    const std::string family = "👨‍👩‍👧";
    const auto emoji = shortened({family + family + family, {}, ""}, 9, measure);
    CHECK(emoji.text == family + "…");
    WallBuilder wall(options(60), {}, measure);
    wall.add(says(1, 1, std::string(130, 'w'), 0s));
    const auto scene = wall.scene();
    CHECK(scene->pages[0].moves->front().text->text.size() < 60);
}
