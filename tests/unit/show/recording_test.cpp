#include "show/recording.hpp"

#include <catch2/catch.hpp>
#include <chrono>
#include <string>

#include "show/codec.hpp"
#include "show/command.hpp"

using namespace tribune;

namespace {

struct Show {
    Show() {
        Setup setup;
        for (const char* name : {"north", "east"}) setup.faces.push_back({FaceName(name), {320, 180}, 4, 20});
        SourceConfig source;
        source.name = SourceName("cam1");
        setup.sources = {source};
        setup.opening_source = SourceName("cam1");
        REQUIRE(run(LoadShow{setup}) == "");
    }
    std::string run(const Command& command) {
        auto next = apply(state, command, {state.revision + 1, state.at + std::chrono::milliseconds(10), 0},
                          {Role::producer, "producer", {}});
        if (!next) return next.error().code;
        state = *next;
        return "";
    }
    [[nodiscard]] std::string recorded() const {
        std::string out;
        for (const auto& r : state.stage.recordings) out += (out.empty() ? "" : " ") + r.view;
        return out;
    }
    ShowState state;
};

}  // namespace

TEST_CASE("views are recorded beside each other, each once, and survive a snapshot") {
    Show show;
    REQUIRE(show.run(StartRecord{}) == "");  // what a face that follows program shows
    CHECK(show.recorded() == "face/north");
    CHECK(show.run(StartRecord{"face/north"}) == "already_recording");
    CHECK(show.run(StartRecord{"face/attic"}) == "unknown_view");
    for (const char* view : {"face/east", "clean", "multiview", "scene/cam1"})
        REQUIRE(show.run(StartRecord{view}) == "");
    const auto restored = decode_state(*unpack(pack(encode(show.state))));
    REQUIRE(restored);
    CHECK(restored->stage.recordings == show.state.stage.recordings);
    REQUIRE(show.run(StopRecord{"clean"}) == "");
    CHECK(show.run(StopRecord{"clean"}) == "not_recorded");
    CHECK(show.recorded() == "face/north face/east multiview scene/cam1");
    REQUIRE(show.run(StopRecord{}) == "");
    CHECK(show.run(StopRecord{}) == "not_recorded");
}

TEST_CASE("program is recorded as the first face that follows it shows it") {
    Show show;
    REQUIRE(show.run(Cut{SceneName("cam1"), {FaceName("north")}}) == "");
    REQUIRE(show.run(StartRecord{}) == "");
    CHECK(show.recorded() == "face/east");
}

TEST_CASE("so many recordings and no more; what is gone from the show is recorded no more") {
    Show show;
    for (const char* view :
         {"face/north", "face/east", "clean/north", "clean/east", "pictures/north", "clean", "program", "preview"})
        REQUIRE(show.run(StartRecord{view}) == "");
    CHECK(show.run(StartRecord{"multiview"}) == "too_many_recordings");
    Setup setup = *show.state.setup;
    setup.faces.pop_back();
    REQUIRE(show.run(LoadShow{setup}) == "");
    CHECK(show.recorded() == "face/north clean/north pictures/north clean program preview");
}
