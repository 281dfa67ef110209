#include "show/multiview.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "show/codec.hpp"
#include "show/command.hpp"
#include "show/views.hpp"

using namespace tribune;

namespace {

struct Show {
    explicit Show(int cameras = 3) {
        for (const char* side : {"north", "east"}) setup.faces.push_back({FaceName(side), {320, 180}, 4, 20});
        for (int i = 1; i <= cameras; ++i) {
            SourceConfig source;
            source.name = SourceName("cam" + std::to_string(i));
            setup.sources.push_back(source);
        }
        setup.opening_source = SourceName("cam1");
        REQUIRE(run(LoadShow{setup}).empty());
    }
    std::string run(const Command& command) {
        const auto next = apply(state, command, {state.revision + 1, {}, 0});
        if (!next) return next.error().code;
        state = *next;
        return "";
    }
    [[nodiscard]] std::string shown() const {
        std::string out;
        for (const auto& cell : placed_cells(state)) out += cell.shows + " ";
        return out;
    }
    Setup setup;
    ShowState state;
};

SetMultiview layout(std::string name, std::vector<std::string> cells = {}) {
    return {std::move(name), std::move(cells), {}, {}};
}

}  // namespace

TEST_CASE("every layout's cells lie in the picture, apart from each other, in the picture's shape") {
    for (const int cameras : {1, 2, 3, 7, 20, 64}) {
        Show show(cameras);
        for (const auto& one : multiview_layouts()) {
            REQUIRE(show.run(layout(std::string(one.name))).empty());
            const auto cells = placed_cells(show.state);
            INFO(one.name << ", " << cameras << " cameras");
            for (std::size_t i = 0; i < cells.size(); ++i) {
                const Rect& a = cells[i].place;
                CHECK(a.x >= -1e-9);
                CHECK(a.y >= -1e-9);
                CHECK(a.right() <= 1 + 1e-9);
                CHECK(a.bottom() <= 1 + 1e-9);
                CHECK(a.width == Approx(a.height));
                for (std::size_t j = 0; j < i; ++j) {
                    const Rect& b = cells[j].place;
                    const bool apart = a.x >= b.right() - 1e-9 || b.x >= a.right() - 1e-9 || a.y >= b.bottom() - 1e-9 ||
                                       b.y >= a.bottom() - 1e-9;
                    CHECK(apart);
                }
            }
            const auto count = [&](std::string_view view) {
                return std::count_if(cells.begin(), cells.end(), [&](const auto& c) { return c.shows == view; });
            };
            CHECK(count(program_view) == 1);
            CHECK(count(preview_view) == 1);
        }
    }
}

TEST_CASE("a last row that is not full stands in the middle") {
    Show show(11);  // two rows of six places
    const auto cells = placed_cells(show.state);
    REQUIRE(cells.size() == 13);
    const Rect first = cells[8].place, last = cells.back().place;
    CHECK(first.y == last.y);
    CHECK(first.x == Approx(1 - last.right()));
    CHECK(first.x > 0.01);
    CHECK(cells[2].place.x == 0);
}

TEST_CASE("cells that nobody chose show what stands in no other, each once") {
    Show show;
    CHECK(show.shown() == "preview program scene/cam1 scene/cam2 scene/cam3 ");
    show.run(SetScene{SceneName("duo"), "", {}, 0});
    CHECK(show.shown() == "preview program scene/cam1 scene/cam2 scene/cam3 scene/duo ");
    REQUIRE(show.run(layout("all", {"", "", "cam3", "", "clock"})).empty());
    CHECK(show.shown() == "preview program scene/cam3 scene/cam1 clock scene/cam2 scene/duo ");
    REQUIRE(show.run(layout("program_large", {"clean", "", "sound", "face/east"})).empty());
    CHECK(show.shown() == "clean preview sound face/east scene/cam1 scene/cam2 scene/cam3 scene/duo ");
    REQUIRE(show.run(layout("faces")).empty());
    CHECK(show.shown() == "preview program face/north face/east none none scene/cam1 scene/cam2 scene/cam3 scene/duo ");
    REQUIRE(show.run(layout("faces", {"", "", "face/east"})).empty());
    CHECK(show.shown() == "preview program face/east face/north none none scene/cam1 scene/cam2 scene/cam3 scene/duo ");
}

TEST_CASE("stingers take no cell by themselves") {
    Show show;
    show.run(AddSource{SourceName("swoosh"), "", "swoosh.mov", "", false});
    show.run(SetStinger{SourceName("swoosh"), {}});
    CHECK(show.shown() == "preview program scene/cam1 scene/cam2 scene/cam3 ");
    REQUIRE(show.run(layout("all", {"", "", "swoosh"})).empty());
    CHECK(show.shown() == "preview program scene/swoosh scene/cam1 scene/cam2 scene/cam3 ");
}

TEST_CASE("a multiview that cannot be is refused, and the old one stays") {
    Show show;
    CHECK(show.run(layout("round")) == "bad_multiview");
    for (const char* cell : {"nothing", "scene/nothing", "face/up", "multiview"})
        CHECK(show.run(layout("all", {cell})) == "bad_multiview");
    CHECK(show.run(layout("all", std::vector<std::string>(65, "cam1"))) == "bad_multiview");
    CHECK(show.state.stage.multiview == Multiview{});
    CHECK(show.run(SetMultiview{{}, {}, false, false}).empty());
    CHECK(show.state.stage.multiview == Multiview{"all", {}, false, false});
}

TEST_CASE("the show file's multiview opens the show, and a changed one comes in when it is read again") {
    Show show;
    show.run(layout("faces"));
    show.run(LoadShow{show.setup});
    CHECK(show.state.stage.multiview.layout == "faces");
    show.setup.multiview.layout = "eight";
    show.run(LoadShow{show.setup});
    CHECK(show.state.stage.multiview.layout == "eight");
    const auto back = decode_state(encode(show.state));
    REQUIRE(back);
    CHECK(back->stage.multiview == show.state.stage.multiview);
    CHECK(back->setup->multiview == show.state.setup->multiview);
    CHECK(desk_view(show.state)["multiview"]["cells"].size() == 10);
}

TEST_CASE("an output shows a face, more or less of it, program, or a view") {
    const FaceName north("north");
    const auto view = [](FaceName face, Feed feed, std::string named) {
        return view_of({OutputName("o"), std::move(face), "headless", "", feed, std::move(named), {}});
    };
    CHECK(view(north, Feed::full, "") == "face/north");
    CHECK(view(north, Feed::clean, "") == "clean/north");
    CHECK(view(north, Feed::pictures, "") == "pictures/north");
    CHECK(view(FaceName(), Feed::clean, "") == "clean");
    CHECK(view(FaceName(), Feed::pictures, "") == "program");
    CHECK(view(FaceName(), Feed::full, "multiview") == "multiview");
    Show show;
    for (const char* name :
         {"program", "preview", "multiview", "clean", "face/north", "clean/north", "pictures/east", "scene/cam1"})
        CHECK(is_view(show.state, name));
    for (const char* name : {"", "face/up", "clean/", "scene/none", "cam1"}) CHECK_FALSE(is_view(show.state, name));
}
