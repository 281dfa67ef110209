// A hall whose faces show one board, with an evening's voices. Seconds of show time.
#pragma once

#include <fmt/format.h>
#include <catch2/catch.hpp>
#include <cmath>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "plan/planner.hpp"
#include "show/command.hpp"
#include "support/fake_measure.hpp"

namespace tribune::test {

struct BoardHall {
    explicit BoardHall(Size size, TextMeasure* real = nullptr) : planner(real == nullptr ? measure : *real) {
        Setup setup;
        setup.title = "Essai";
        setup.language = "fr";
        setup.tables = 24;
        for (const char* side : {"north", "east", "south", "west"})
            setup.faces.push_back({FaceName(side), size, 4, 25});
        setup.opening_question = "Qu'est-ce qui manque le plus, là où vous vivez ?";
        setup.opening_round = true;
        state = *apply(state, LoadShow{setup}, {1, {}, 0});
        look.ground_top = colour_from_rgb(0x0b1626);
        look.ground_bottom = colour_from_rgb(0x101d33);
        look.ink = colour_from_rgb(0xf5f7fa);
        look.quiet = colour_from_rgb(0xb6c0cf);
        look.accent = colour_from_rgb(0xffb454);
    }

    static ShowTime time(double s) { return {std::chrono::milliseconds(std::lround(s * 1000))}; }
    void run(const Command& command, double s) {
        const auto next = apply(state, command, {state.revision + 1, time(s), 0}, Actor{Role::facilitator, "ana", {}});
        if (!next) FAIL(next.error().message);
        state = *next;
    }
    void show(std::string_view board, bool ring = false) {
        Layer layer;
        layer.name = LayerName("board");
        layer.content = BoardContent{std::string(board), ring};
        run(SetScene{SceneName("b"), "", {layer}}, 0);
        run(Preview{SceneName("b")}, 0);
        run(Take{{}, "cut", 0}, 0);
        run(PlaceWall{WallPlacement::off, {}}, 0);
    }
    Uuid say(int table, const std::string& text, double s, ContributionKind kind = ContributionKind::idea,
             const std::string& title = {}, const std::string& language = {}) {
        Uuid id;
        ++said_;
        id.bytes[14] = static_cast<std::uint8_t>(said_ >> 8);
        id.bytes[15] = static_cast<std::uint8_t>(said_ & 255);
        ids.push_back(id);
        Submit submit;
        submit.id = id;
        submit.device = DeviceId(fmt::format("t{}", table));
        submit.table = {table};
        submit.round = 1;
        submit.text = text;
        submit.language = language;
        submit.kind = kind;
        submit.title = title;
        run(submit, s);
        return id;
    }

    // Sixty voices that all differ, nine themes, a tension, a vote, outcomes, a light, some that are held.
    void fill() {
        for (int i = 0; i < voices(); ++i) {
            std::string text = fmt::format("v{}e voix", i);
            for (int w = 0; w < (i % 11) * 4; ++w) text += w % 3 == 0 ? " du quartier" : " places";
            if (i == 20)
                for (int w = 0; w < 160; ++w) text += " longue";
            say(i % 24 + 1, text, i * 5.0, static_cast<ContributionKind>(i % 4 + 1), i % 3 == 0 ? "Un titre" : "");
        }
        for (int t = 0; t < themes(); ++t) {
            Gather gather;
            for (int i = t; i < voices() - 12; i += t + 2)
                gather.contributions.push_back(ids[static_cast<std::size_t>(i)]);
            gather.title = fmt::format("Thème {}", t);
            run(gather, 320 + t);
        }
        run(SetTension{{}, 0, "", {{ids[1], 0}, {ids[9], 0}}}, 340);
        run(OpenTension{1, true}, 341);
        for (int v = 0; v < 40; ++v) {
            const Speaker from{DeviceId(fmt::format("p{}", v)), {}};
            run(Introduce{from, {{v % 5 + 1}, ""}}, 342);
            run(Weigh{from, 1, 0, v % 5 < 2 ? Stance::agree : Stance::disagree}, 343);
            run(Weigh{from, 1, 1, v % 5 < 2 ? Stance::disagree : v % 7 == 0 ? Stance::pass : Stance::agree}, 343);
        }
        run(OpenTension{1, false}, 350);
        run(SetPoll{0, PollKind::single, "Par quoi commencer ?", {"Les places", "Les bus", "Les écoles", "Le marché"}},
            360);
        run(OpenPoll{1}, 361);
        for (int v = 0; v < 40; ++v)
            run(Vote{{DeviceId(fmt::format("p{}", v)), {}}, 1, {static_cast<std::uint32_t>(v * v % 7 % 4)}}, 362);
        run(ClosePoll{1, true}, 365);
        run(SetOutcome{{}, 1, "Étudié par le service des espaces verts, réponse en mars."}, 370);
        run(SetOutcome{{ids[5]}, 0, "Adopté : trois bancs seront posés avant l'été."}, 371);
        run(SetSpotlight{ids[12]}, 380);
    }
    static int voices() { return 60; }
    static int themes() { return 9; }

    FramePlan plan_at(double s) { return planner.plan({state, time(s), 0, sources, walls, look}); }
    Picture at(double s) {
        const FramePlan plan = plan_at(s);
        return plan.pictures.at(plan.faces.at(0).picture);
    }

    ShowState state;
    std::map<SourceName, SourceView> sources;
    std::map<WallKey, WallView> walls;
    Look look;
    FakeMeasure measure;
    Planner planner;
    std::vector<Uuid> ids;

  private:
    int said_ = 0;
};

}  // namespace tribune::test
