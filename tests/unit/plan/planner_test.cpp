#include <catch2/catch.hpp>
#include <cmath>
#include <vector>

#include "hall.hpp"

using namespace tribune;
using namespace tribune::test;
using std::chrono::milliseconds;

TEST_CASE("four faces that show the same are one picture; another one is drawn apart") {
    Hall room;
    REQUIRE(room.plan().pictures.size() == 1);
    room.run(Cut{SceneName("cam2"), {FaceName("east")}});
    const auto plan = room.plan();
    REQUIRE(plan.pictures.size() == 2);
    REQUIRE(plan.faces.size() == 4);
    REQUIRE(plan.faces[0].picture == plan.faces[2].picture);
    REQUIRE(plan.faces[1].picture != plan.faces[0].picture);
    REQUIRE(video(plan.pictures[plan.faces[1].picture])->frame == room.sources[SourceName("cam2")].frame);
}

TEST_CASE("the same state at the same time gives the same plan") {
    Hall room;
    room.run(PlaceWall{WallPlacement::beside, {}});
    const auto a = room.plan(7);
    const auto b = room.plan(7);
    REQUIRE(a.pictures == b.pictures);
}

TEST_CASE("a silent source holds its last frame for half a second, then its slate names it and says why") {
    Hall room;
    auto& source = room.sources[SourceName("cam1")];
    source.age = milliseconds(490);
    REQUIRE(video(room.plan().pictures[0]) != nullptr);
    source.age = milliseconds(510);
    source.state = SourceState::lost;
    source.reason = "La caméra ne répond plus.";
    const auto plan = room.plan();
    REQUIRE(video(plan.pictures[0]) == nullptr);
    REQUIRE(texts(plan.pictures[0]) == "Caméra cam1|La caméra ne répond plus.|");
    source.frames_per_second = 1;  // slow by nature: three of its frames
    REQUIRE(video(room.plan().pictures[0]) != nullptr);
}

TEST_CASE("a still, or a clip that waits, is held from one sign of life to the next") {
    Hall room;
    auto& source = room.sources[SourceName("cam1")];
    auto still = std::make_shared<VideoFrame>(*source.frame);
    still->stays = true;
    source.frame = still;
    source.age = milliseconds(1100);  // it comes again each second
    REQUIRE(video(room.plan().pictures[0]) != nullptr);
    source.age = milliseconds(2600);
    REQUIRE(video(room.plan().pictures[0]) == nullptr);
}

TEST_CASE("a picture of another shape is shown whole, with bars; beside the wall it fills and is cut") {
    Hall room;
    auto frame = std::make_shared<VideoFrame>();
    frame->size = {600, 600};
    room.sources[SourceName("cam1")].frame = frame;
    CHECK(video(room.plan().pictures[0])->place == Rect{140, 0, 360, 360});
    CHECK(video(room.plan().pictures[0])->crop == Rect{0, 0, 1, 1});
    room.run(PlaceWall{WallPlacement::beside, {}});
    const auto plan = room.plan();
    const auto* cut = video(plan.pictures[0]);
    CHECK(cut->place == Rect{0, 0, 320, 360});
    CHECK(cut->crop.height == 1);
    CHECK(cut->crop.width == Approx(320.0 / 360));
    auto turned = std::make_shared<VideoFrame>();
    turned->size = {360, 640};
    turned->rotation = 90;
    room.run(PlaceWall{WallPlacement::off, {}});
    room.sources[SourceName("cam1")].frame = turned;
    CHECK(video(room.plan().pictures[0])->place == Rect{0, 0, 640, 360});
}

TEST_CASE("the wall's words lie between question and small print, inside the face, in every placement") {
    Hall room;
    for (const auto placement : {WallPlacement::over, WallPlacement::beside, WallPlacement::full}) {
        const Rect area =
            words_area(room.state.setup->faces[0], wall_place(room.state.setup->faces[0], placement), 0.7);
        CHECK(area.width > 200);
        CHECK(area.height > 150);
        CHECK(area.right() < 640);
        CHECK(area.bottom() < 360);
    }
    CHECK(wall_place(room.state.setup->faces[0], WallPlacement::off).width == 0);
}

TEST_CASE("the farther the last seat, the larger the smallest letter") {
    FaceSetup face{FaceName("n"), {1920, 1080}, 4, 20};
    // 20 m / 200 = 10 cm of 4 m of 1080 lines: capitals of 27 px.
    CHECK(smallest_font(face, 0.7) == Approx(27 / 0.7));
    face.farthest_seat_m = 40;
    CHECK(smallest_font(face, 0.7) == Approx(54 / 0.7));
}

TEST_CASE("the question that is open stands on the wall, before it the show's title") {
    Hall room;
    room.run(PlaceWall{WallPlacement::full, {}});
    room.wall(WallPlacement::full) = {};
    CHECK(texts(room.plan().pictures[0]).find("Essai|") == 0);
    room.run(SetQuestion{"Que manque-t-il ?", ""});
    room.run(StartRound{});
    CHECK(texts(room.plan().pictures[0]).find("Que manque-t-il ?|") == 0);
}

TEST_CASE("a slate under the wall says its name and reason below the wall's words, beside the small print") {
    const std::string short_reason = "Perdue.";
    const std::string long_reason = "La caméra ne répond plus à cette adresse ; nouvel essai dans quatre secondes.";
    for (const double seat : {12.0, 20.0, 30.0}) {
        for (const auto& size : {Size{640, 360}, Size{960, 540}, Size{1920, 1080}}) {
            for (const auto& reason : {short_reason, long_reason}) {
                Hall room;
                Setup setup = *room.state.setup;
                for (auto& face : setup.faces) face = {face.name, size, 4, seat};
                room.run(LoadShow{setup});
                room.run(PlaceWall{WallPlacement::over, {}});
                room.sources[SourceName("cam1")] = {nullptr, milliseconds(900), SourceState::lost, reason, 25};
                WallView& wall = room.wall(WallPlacement::over);
                wall.words = 123;
                wall.page = 2;
                wall.pages = 3;
                INFO(seat << " m, " << size.width << ", " << reason);
                const auto plan = room.plan();
                const auto& picture = plan.pictures[0];
                CHECK(texts(picture).find("|Caméra cam1|") != std::string::npos);
                CHECK(texts(picture).find(reason.substr(0, 7)) != std::string::npos);
                if (reason == short_reason) CHECK(texts(picture).find("|Perdue.|") != std::string::npos);
                const Rect words = words_area(setup.faces[0], wall_place(setup.faces[0], WallPlacement::over), 0.7);
                std::vector<Rect> printed;  // ink in the strip, in the order drawn: small print, name, reason
                std::vector<float> font_sizes;
                for (const auto& item : picture.items) {
                    const auto* batch = std::get_if<TextBatch>(&item);
                    if (batch == nullptr) continue;
                    for (const auto& move : *batch->moves) {
                        if (move.to.y < words.bottom()) continue;
                        const auto ink = room.measure.measure(*move.text);
                        font_sizes.push_back(move.to_size);
                        printed.push_back({move.to.x, move.to.y - 0.72 * move.to_size, ink.advance * move.to_size,
                                           0.92 * move.to_size});
                    }
                }
                REQUIRE(printed.size() == 3);
                for (const Rect& box : printed) {
                    CHECK(box.x >= 0);
                    CHECK(box.right() <= size.width);
                    CHECK(box.y >= words.bottom() - 0.5);
                    CHECK(box.bottom() <= size.height);
                }
                // Nothing on the wall is smaller than the last row can read.
                for (const float font_size : font_sizes)
                    CHECK(font_size == Approx(std::max(std::round(size.height * 0.026),
                                                       std::ceil(smallest_font(setup.faces[0], 0.7)))));
                CHECK_FALSE(printed[0].intersects(printed[1]));
                CHECK_FALSE(printed[0].intersects(printed[2]));
                CHECK_FALSE(printed[1].intersects(printed[2]));
            }
        }
    }
}

TEST_CASE("a slate says why in the show's language, in letters that the last row can read") {
    Hall room;
    room.look.reasons["stalled"] = {{"en", "No picture comes."}, {"fr", "Aucune image ne vient."}};
    Setup setup = *room.state.setup;
    for (auto& face : setup.faces) face.farthest_seat_m = 35;
    for (const auto& [language, said] : {std::pair("fr", "Aucune image ne vient."), {"en", "No picture comes."}}) {
        setup.language = language;
        room.run(LoadShow{setup});
        room.run(PlaceWall{WallPlacement::off, {}});
        auto& source = room.sources[SourceName("cam1")];
        source = {nullptr, milliseconds(900), SourceState::stalled, "No picture comes.", 25, "stalled"};
        const auto plan = room.plan();
        CHECK(texts(plan.pictures[0]) == std::string("Caméra cam1|") + said + "|");
        for (const auto& item : plan.pictures[0].items) {
            if (const auto* batch = std::get_if<TextBatch>(&item))
                CHECK(batch->moves->front().to_size >= smallest_font(setup.faces[0], 0.7));
        }
        source.code = "brand_new";
        CHECK(texts(room.plan().pictures[0]) == "Caméra cam1|No picture comes.|");
    }
}

TEST_CASE(
    "a long reason under the wall takes the place of the small print's words, leaves its remedy out, and is cut last") {
    Hall room;
    room.run(PlaceWall{WallPlacement::over, {}});
    WallView& wall = room.wall(WallPlacement::over);
    wall.words = 1234;
    wall.page = 2;
    wall.pages = 3;
    auto& source = room.sources[SourceName("cam1")];
    source = {nullptr, milliseconds(900), SourceState::lost, "Perdue.", 25};
    CHECK(texts(room.plan().pictures[0]).find("|0 réponse · 1234 mots · page 2 sur 3|Caméra cam1|Perdue.|") !=
          std::string::npos);
    source.reason = "La caméra ne répond plus à l'adresse donnée ; vérifiez.";
    CHECK(texts(room.plan().pictures[0]).find("|2/3 · 0 réponse|Caméra cam1|" + source.reason + "|") !=
          std::string::npos);
    source.reason += " Vérifiez le câble et l'alimentation.";
    const std::string cut = texts(room.plan().pictures[0]);
    CHECK(cut.find("|2/3 · 0 réponse|Caméra cam1|La caméra ne répond plus à") != std::string::npos);
    CHECK(cut.find("…|") != std::string::npos);
    source.reason = "La caméra ne répond plus\u00a0: vérifiez donc le câble, l'adresse et l'alimentation électrique.";
    CHECK(texts(room.plan().pictures[0])
              .find("|0 réponse · 1234 mots · page 2 sur 3|Caméra cam1|La caméra ne répond plus|") !=
          std::string::npos);
}

TEST_CASE("beside the wall a slate stands large; a picture that is there says nothing") {
    Hall room;
    room.wall(WallPlacement::over) = {};
    room.run(PlaceWall{WallPlacement::over, {}});
    CHECK(texts(room.plan().pictures[0]).find("cam1") == std::string::npos);
    room.sources[SourceName("cam1")] = {nullptr, milliseconds(900), SourceState::lost, "La caméra ne répond plus.", 25};
    room.run(PlaceWall{WallPlacement::beside, {}});
    CHECK(texts(room.plan().pictures[0]).find("Caméra cam1|") == 0);
}

TEST_CASE("which page of how many is never cut off: a narrow wall says it shorter") {
    Hall room;
    Setup setup = *room.state.setup;
    for (auto& face : setup.faces) face.farthest_seat_m = 35;  // large letters
    room.run(LoadShow{setup});
    for (const auto placement : {WallPlacement::full, WallPlacement::beside}) {
        WallView& wall = room.wall(placement);
        wall.words = 1621;
        wall.page = 12;
        wall.pages = 24;
    }
    room.run(PlaceWall{WallPlacement::full, {}});
    CHECK(texts(room.plan().pictures[0]).find("page 12 sur 24|") != std::string::npos);
    room.run(PlaceWall{WallPlacement::beside, {}});
    CHECK(texts(room.plan().pictures[0]).find("|12/24 · ") != std::string::npos);
}

TEST_CASE("a mix begins with the one picture alone, ends with the other alone, and between them holds both") {
    Hall room;
    room.run(SetTransition{"mix", 1000, {}});
    const Picture before = room.picture_at(0);
    room.run(Take{});
    const Picture after = [&] {
        Hall other;
        other.sources = room.sources;
        other.run(Cut{SceneName("cam2"), {}});
        return other.picture_at(0);
    }();
    REQUIRE(room.picture_at(1000) == after);
    REQUIRE(room.picture_at(60'000) == after);
    const Picture middle = room.picture_at(250);
    REQUIRE(middle.items.size() == 2);
    REQUIRE(std::get<VideoItem>(middle.items[0]) == std::get<VideoItem>(before.items[0]));
    REQUIRE(std::get<VideoItem>(middle.items[1]).opacity == Approx(0.25));
    REQUIRE(std::get<VideoItem>(middle.items[1]).frame == std::get<VideoItem>(after.items[0]).frame);
    REQUIRE(room.picture_at(0) == before);
}

TEST_CASE("a dip goes through black, a fade to black covers all") {
    Hall room;
    room.run(SetTransition{"dip", 1000, {}});
    room.run(Take{});
    const auto darkness = [](const Picture& picture) { return std::get<FillItem>(picture.items.back()).top.alpha; };
    const auto shown = [&](const Picture& picture) { return std::get<VideoItem>(picture.items.front()).frame; };
    REQUIRE(shown(room.picture_at(400)) == room.sources[SourceName("cam1")].frame);
    REQUIRE(darkness(room.picture_at(400)) == Approx(0.8));
    REQUIRE(darkness(room.picture_at(500)) == Approx(1));
    REQUIRE(shown(room.picture_at(600)) == room.sources[SourceName("cam2")].frame);
    REQUIRE(darkness(room.picture_at(600)) == Approx(0.8));
    room.run(PlaceWall{WallPlacement::full, {}});
    room.run(FadeToBlack{true, 100});
    const Picture dark = room.picture_at(2000);
    REQUIRE(darkness(dark) == 1);
    REQUIRE(std::get<FillItem>(dark.items.back()).place.width == 640);
}

TEST_CASE("a source that dies in the middle of a mix leaves its slate in its place, and the mix ends on time") {
    Hall room;
    room.run(SetTransition{"mix", 1000, {}});
    room.run(Take{});
    room.sources[SourceName("cam2")].age = std::chrono::seconds(3);
    room.sources[SourceName("cam2")].reason = "Câble débranché";
    const Picture middle = room.picture_at(500);
    REQUIRE(texts(middle).find("Câble débranché") != std::string::npos);
    REQUIRE(video(middle)->frame == room.sources[SourceName("cam1")].frame);
    REQUIRE(std::get<PictureItem>(middle.items[1]).opacity == Approx(0.5));
    REQUIRE(video(room.picture_at(1000)) == nullptr);
}
