// Boards through the planner: nothing over another, nothing dropped, nothing too small, still while nothing happens.
#include <fmt/format.h>
#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <set>
#include <string>
#include <vector>

#include "plan/boards/board.hpp"
#include "show/boards.hpp"
#include "support/board_hall.hpp"
#include "wall/legibility.hpp"

using namespace tribune;
using test::BoardHall;

namespace {

std::vector<const TextMove*> moves(const Picture& picture) {
    std::vector<const TextMove*> all;
    for (const auto& item : picture.items) {
        if (const auto* batch = std::get_if<TextBatch>(&item))
            for (const auto& move : *batch->moves) all.push_back(&move);
    }
    return all;
}

std::string said(const Picture& picture) {
    std::string out;
    for (const auto* move : moves(picture)) out += move->text->text + "\n";
    return out;
}

// Boxes of what is written, as FakeMeasure sets it.
std::vector<Rect> boxes(const Picture& picture, FakeMeasure& measure) {
    std::vector<Rect> all;
    for (const auto& item : picture.items) {
        const auto* batch = std::get_if<TextBatch>(&item);
        if (batch == nullptr || batch->opacity < 1) continue;
        for (const auto& move : *batch->moves) {
            const TextMetrics m = measure.measure(*move.text);
            const double size = move.to_size;
            all.push_back({batch->offset.x + move.to.x + m.ink_left * size,
                           batch->offset.y + move.to.y + m.ink_top * size, m.ink_width() * size,
                           m.ink_height() * size});
        }
    }
    return all;
}

void check_tidy(const Picture& picture, FakeMeasure& measure) {
    const auto all = boxes(picture, measure);
    for (std::size_t i = 0; i < all.size(); ++i) {
        CHECK(all[i].x >= -0.5);
        CHECK(all[i].y >= -0.5);
        CHECK(all[i].right() <= picture.size.width + 0.5);
        CHECK(all[i].bottom() <= picture.size.height + 0.5);
        for (std::size_t j = i + 1; j < all.size(); ++j) {
            INFO("text " << i << " and " << j << ":\n" << said(picture));
            CHECK_FALSE(all[i].intersects(all[j]));
        }
    }
}

}  // namespace

TEST_CASE("each board that a show may name is drawn") {
    for (const auto& kind : board_kinds) {
        INFO(kind.name);
        CHECK(board_named(kind.name) != nullptr);
    }
    CHECK(board_named("weather") == nullptr);
}

TEST_CASE("each board, empty and full, is tidy, legible and still") {
    for (const bool full : {false, true}) {
        for (const Size size : {Size{1920, 1080}, Size{960, 540}}) {
            BoardHall hall(size);
            if (full) hall.fill();
            for (const auto& kind : board_kinds) {
                INFO(kind.name << (full ? ", full, " : ", empty, ") << size.width);
                hall.show(kind.name);
                const Picture picture = hall.at(601.9);
                const double smallest = smallest_font(hall.state.setup->faces[0], 0.7);
                REQUIRE_FALSE(moves(picture).empty());
                for (const auto* move : moves(picture)) CHECK(move->to_size >= smallest - 1e-6);
                check_tidy(picture, hall.measure);
                if (kind.name != "question") CHECK(hall.at(602.0) == hall.at(602.1));  // its clock goes on
            }
        }
    }
}

TEST_CASE("colours of boards stand out from all that is behind them") {
    for (const auto& [top, bottom] : {std::pair{0x0b1626U, 0x101d33U}, std::pair{0xfaf6eeU, 0xf3ecdfU}}) {
        Look look;
        look.ground_top = colour_from_rgb(top);
        look.ground_bottom = colour_from_rgb(bottom);
        look.ink = legible_ink(colour_from_rgb(0xf5f7fa), look.ground_top, look.ground_bottom, 15);
        look.quiet = legible_ink(colour_from_rgb(0xb6c0cf), look.ground_top, look.ground_bottom, 7);
        look.accent = legible_ink(colour_from_rgb(0xffb454), look.ground_top, look.ground_bottom, 7);
        const BoardColours c = board_colours(look);
        for (const auto& ink : {c.ink, c.quiet, c.accent, c.other, c.third, c.fourth}) {
            CHECK(contrast_ratio(ink, c.card) >= 7);
            CHECK(contrast_ratio(ink, look.ground_top) >= 7);
            CHECK(contrast_ratio(ink, look.ground_bottom) >= 7);
        }
    }
}

TEST_CASE("all voices are seen, page after page, each long enough to be read") {
    BoardHall hall({960, 540});
    hall.fill();
    hall.show("voices");
    std::set<std::string> seen;
    for (double s = 600; s < 1800; s += 1) {
        const std::string page = said(hall.at(s));
        for (int i = 0; i < hall.voices(); ++i)
            if (page.find(fmt::format("v{}e", i)) != std::string::npos) seen.insert(fmt::format("{}", i));
    }
    CHECK(static_cast<int>(seen.size()) == hall.voices());
    // Each page stands six seconds at least, but for the half second in which it comes and goes.
    std::string last;
    double since = 600;
    std::size_t pages = 0;
    for (double s = 600; s < 700; s += 0.25) {
        const Picture picture = hall.at(s);
        const bool settled = std::all_of(picture.items.begin(), picture.items.end(), [](const PlanItem& item) {
            const auto* batch = std::get_if<TextBatch>(&item);
            return batch == nullptr || batch->opacity == 1;
        });
        const std::string page = said(picture);
        if (!settled || page == last) continue;
        if (!last.empty() && ++pages > 1) CHECK(s - since >= 6);
        since = s;
        last = page;
    }
    CHECK(pages > 3);
}

TEST_CASE("newcomers come on, what is held or retracted goes at once, other words take their place") {
    BoardHall hall({960, 540});
    hall.show("voices");
    const Uuid bench = hall.say(3, "Un banc", 10);
    CHECK(said(hall.at(12)).find("Un banc") != std::string::npos);
    const Uuid shade = hall.say(4, "De l'ombre", 13);
    CHECK(said(hall.at(15)).find("De l'ombre") != std::string::npos);
    CHECK(said(hall.at(15)).find("Un banc") != std::string::npos);
    hall.run(HoldBack{{bench}, HoldReason::advert, ""}, 16);
    CHECK(said(hall.at(16.1)).find("Un banc") == std::string::npos);
    CHECK(said(hall.at(16.1)).find("1 retenue") != std::string::npos);
    hall.run(Revise{{DeviceId("t4"), {4}}, shade, "Des arbres", "", {}}, 17);
    CHECK(said(hall.at(18)).find("De l'ombre") == std::string::npos);
    CHECK(said(hall.at(18)).find("Des arbres") != std::string::npos);
    hall.run(Release{{bench}}, 19);
    CHECK(said(hall.at(40)).find("Un banc") != std::string::npos);
}

TEST_CASE("what a board shows depends on the state and the time, not on when it was looked at") {
    BoardHall hall({960, 540});
    hall.fill();
    hall.show("voices");
    Planner late(hall.measure);
    for (double s = 600; s < 640; s += 0.7) (void)hall.at(s);
    const Picture watched = hall.at(640);
    const Picture fresh =
        late.plan({hall.state, hall.time(640), 0, hall.sources, hall.walls, hall.look}).pictures.at(0);
    CHECK(said(watched) == said(fresh));
}

TEST_CASE("a ring deals to all faces without repeats, and none is missing") {
    BoardHall hall({960, 540});
    hall.fill();
    hall.show("themes", true);
    std::multiset<std::string> seen;
    const FramePlan plan = hall.plan_at(602);
    REQUIRE(plan.faces.size() == 4);
    for (const auto& face : plan.faces) {
        const std::string words = said(plan.pictures[face.picture]);
        for (int t = 0; t < hall.themes(); ++t)
            if (words.find(fmt::format("Thème {}\n", t)) != std::string::npos) seen.insert(fmt::format("{}", t));
    }
    CHECK(static_cast<int>(seen.size()) == hall.themes());
    CHECK(std::set<std::string>(seen.begin(), seen.end()).size() == seen.size());
    hall.show("voices", true);
    seen.clear();
    const FramePlan said_by = hall.plan_at(603);
    for (const auto& face : said_by.faces) {
        const std::string words = said(said_by.pictures[face.picture]);
        CHECK(words.find("v") != std::string::npos);
        for (int i = 0; i < hall.voices(); ++i)
            if (words.find(fmt::format("v{}e", i)) != std::string::npos) seen.insert(fmt::format("{}", i));
    }
    CHECK(seen.size() >= 4);
    CHECK(std::set<std::string>(seen.begin(), seen.end()).size() == seen.size());
}

TEST_CASE("around a ring every voice comes, and a face that has none of it says where it is") {
    BoardHall hall({960, 540});
    hall.fill();
    hall.show("voices", true);
    std::set<int> seen;
    for (double s = 600; s < 1200 && seen.size() < static_cast<std::size_t>(BoardHall::voices()); s += 1) {
        const FramePlan plan = hall.plan_at(s);
        for (const auto& face : plan.faces) {
            const std::string words = said(plan.pictures[face.picture]);
            for (int i = 0; i < BoardHall::voices(); ++i)
                if (words.find(fmt::format("v{}e", i)) != std::string::npos) seen.insert(i);
        }
    }
    CHECK(seen.size() == static_cast<std::size_t>(BoardHall::voices()));

    BoardHall one({960, 540});
    const Uuid id = one.say(3, "Un banc", 1);
    one.run(Gather{{id}, 0, "Les bancs"}, 2);
    for (const char* board : {"themes", "voices"}) {
        INFO(board);
        one.show(board, true);
        const FramePlan plan = one.plan_at(20);
        int here = 0;
        int elsewhere = 0;
        for (const auto& face : plan.faces) {
            const std::string words = said(plan.pictures[face.picture]);
            here += words.find("banc") != std::string::npos ? 1 : 0;
            elsewhere += words.find("autres faces") != std::string::npos ? 1 : 0;
        }
        CHECK(here == 1);
        CHECK(elsewhere == 3);
    }
}

TEST_CASE("long words and text from right to left are set whole") {
    FakeMeasure measure;
    BoardText board(measure);
    BoardWords words{"Donaudampfschifffahrtsgesellschaftskapitän ahoi", {}, "de", 30, 200, Align::left, {}};
    std::string all;
    for (const auto& line : board.wrap(words)) {
        CHECK(measure.measure({line, {}, ""}).advance * 30 <= 200);
        all += line;
    }
    all.erase(std::remove(all.begin(), all.end(), ' '), all.end());
    CHECK(all == "Donaudampfschifffahrtsgesellschaftskapitänahoi");
    words.text = "مرحبا";
    const auto moves = board.moves(words);
    REQUIRE(moves->size() == 1);
    CHECK(moves->front().to.x + measure.measure(*moves->front().text).advance * 30 == Approx(200));
}

TEST_CASE("while a tension is weighed nobody is led; then what separates the groups is said") {
    BoardHall hall({1920, 1080});
    hall.fill();
    hall.show("tensions");
    hall.run(OpenTension{1, true}, 610);
    CHECK(said(hall.at(612)).find(" %") == std::string::npos);
    hall.run(OpenTension{1, false}, 613);
    CHECK(said(hall.at(616)).find(" %") != std::string::npos);
}

TEST_CASE("an open vote tells how many voted, a closed one what") {
    BoardHall hall({1920, 1080});
    hall.fill();
    hall.show("results");
    CHECK(said(hall.at(602)).find(" %") != std::string::npos);
    hall.run(SetPoll{0, PollKind::yes_no, "Encore ?", {}}, 610);
    hall.run(OpenPoll{2}, 610);
    hall.run(Vote{{DeviceId("p1"), {}}, 2, {0}}, 611);
    CHECK(said(hall.at(612)).find(" %") == std::string::npos);
    CHECK(said(hall.at(612)).find("1 voix") != std::string::npos);
    hall.run(ClosePoll{2, true}, 613);
    CHECK(said(hall.at(616)).find("100 %") != std::string::npos);
}
