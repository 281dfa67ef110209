// A small hall with four faces and two cameras, planned without a text engine.
#pragma once

#include <catch2/catch.hpp>
#include <map>
#include <memory>
#include <string>

#include "plan/planner.hpp"
#include "show/command.hpp"
#include "support/fake_measure.hpp"

namespace tribune::test {

struct Hall {
    Hall() {
        Setup setup;
        setup.title = "Essai";
        for (const char* side : {"north", "east", "south", "west"})
            setup.faces.push_back({FaceName(side), {640, 360}, 4, 20});
        for (const char* name : {"cam1", "cam2"}) {
            SourceConfig source;
            source.name = SourceName(name);
            source.label = std::string("Caméra ") + name;
            setup.sources.push_back(source);
        }
        setup.opening_source = SourceName("cam1");
        setup.wall.placement = WallPlacement::off;
        state = *apply(state, LoadShow{setup}, {1, {}, 0});
        for (const char* name : {"cam1", "cam2"}) {
            auto frame = std::make_shared<VideoFrame>();
            frame->size = {1280, 720};
            SourceView& view = sources[SourceName(name)];
            view = {frame, std::chrono::milliseconds(10), SourceState::live, "", 25};
            view.worst_age = std::chrono::milliseconds(33);
        }
    }
    void run(const Command& command, int ms = 0) {
        const auto next = apply(state, command, {state.revision + 1, {std::chrono::milliseconds(ms)}, 0});
        REQUIRE(next);
        state = *next;
    }
    FramePlan plan(std::uint64_t index = 0) { return planner.plan({state, ShowTime{}, index, sources, walls, look}); }
    Picture picture_at(int ms) {
        return planner.plan({state, {std::chrono::milliseconds(ms)}, 0, sources, walls, look}).pictures.at(0);
    }

    ShowState state;
    std::map<SourceName, SourceView> sources;
    // The words of the wall that the north face shows when it is placed like this.
    WallView& wall(WallPlacement placement) {
        const FaceSetup& face = state.setup->faces[0];
        return walls[wall_key(face, wall_place(face, placement), 0.7)];
    }

    std::map<WallKey, WallView> walls;
    Look look;
    FakeMeasure measure;
    Planner planner{measure};
};

inline const VideoItem* video(const Picture& picture) {
    for (const auto& item : picture.items) {
        if (const auto* v = std::get_if<VideoItem>(&item)) return v;
    }
    return nullptr;
}

inline std::string texts(const Picture& picture) {
    std::string out;
    for (const auto& item : picture.items) {
        if (const auto* batch = std::get_if<TextBatch>(&item)) {
            for (const auto& move : *batch->moves) out += move.text->text + "|";
        } else if (const auto* inner = std::get_if<PictureItem>(&item)) {
            out += texts(*inner->picture);
        }
    }
    return out;
}

}  // namespace tribune::test
