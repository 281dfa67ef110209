#include "show/show_file.hpp"

#include <catch2/catch.hpp>

using namespace tribune;

namespace {

std::vector<ShowFault> faults(std::string_view text) {
    auto parsed = parse_show_file(text);
    if (auto* list = std::get_if<std::vector<ShowFault>>(&parsed)) return *list;
    return {};
}

Setup good(std::string_view text) {
    auto parsed = parse_show_file(text);
    for (const auto& fault : faults(text)) UNSCOPED_INFO(fault.line << ":" << fault.column << " " << fault.message);
    REQUIRE(std::holds_alternative<Setup>(parsed));
    return std::get<Setup>(parsed);
}

}  // namespace

TEST_CASE("four lines make a show: four faces, a window each") {
    const Setup setup = good("title = \"Salle\"\n[[source]]\nname = \"cam1\"\nurl = \"rtsp://192.0.2.1/main\"\n");
    REQUIRE(setup.title == "Salle");
    REQUIRE(setup.faces.size() == 4);
    REQUIRE(setup.faces[3].name == FaceName("west"));
    REQUIRE(setup.outputs.size() == 4);
    REQUIRE(setup.outputs[1].kind == "window");
    REQUIRE(setup.opening_source == SourceName("cam1"));
    REQUIRE(setup.sources[0].live);
}

TEST_CASE("faces take from the venue what they do not say") {
    const Setup setup = good(R"(
[venue]
face_size = "1280x720"
farthest_seat_m = 30
[[face]]
name = "north"
[[face]]
name = "south"
size = "640x360"
screen_height_m = 2.5
[[source]]
name = "film"
url = "film.mp4"
)");
    REQUIRE(setup.faces[0].size == Size{1280, 720});
    REQUIRE(setup.faces[0].farthest_seat_m == 30);
    REQUIRE(setup.faces[1].size == Size{640, 360});
    REQUIRE(setup.faces[1].screen_height_m == 2.5);
    REQUIRE_FALSE(setup.sources[0].live);
}

TEST_CASE("a fraction is a rate") {
    const Setup setup =
        good("frames_per_second = \"60000/1001\"\n[[source]]\nname = \"a\"\nurl = \"lavfi:testsrc2\"\n");
    REQUIRE(setup.rate == FrameRate{60000, 1001});
}

TEST_CASE("every fault is told at once, where it stands, with what to write instead") {
    const auto list = faults(R"(titel = "Salle"
tables = "many"
frames_per_second = 0
[wall]
placement = "beneath"
[[source]]
name = "cam 1"
url = "rtsp://192.0.2.1/"
[[source]]
url = "x.mp4"
)");
    REQUIRE(list.size() == 6);
    CHECK(list[0] == ShowFault{1, 1, "There is no key \"titel\" here: did you mean \"title\"?"});
    CHECK(list[1] == ShowFault{2, 10, "tables must be a whole number from 1 to 9999."});
    CHECK(list[2].line == 3);
    CHECK(list[3].message == "placement cannot be \"beneath\": write one of: off, over, beside, full.");
    CHECK(list[4] ==
          ShowFault{7, 8, "name \"cam 1\" must be 1 to 32 letters, digits, - or _, without spaces or accents."});
    CHECK(list[5].line == 9);
    CHECK(list[5].message.find("has no name") != std::string::npos);
}

TEST_CASE("a language that the pages do not speak is told of") {
    const std::string source = "[[source]]\nname = \"a\"\nurl = \"lavfi:testsrc2\"\n";
    for (const std::string known : {"fr", "en"}) CHECK(faults("language = \"" + known + "\"\n" + source).empty());
    for (const std::string unknown : {"de", "FR", "fr-CA", "", "français"}) {
        const auto list = faults("title = \"x\"\nlanguage = \"" + unknown + "\"\n" + source);
        REQUIRE(list.size() == 1);
        CHECK(list[0] == ShowFault{2, 12, "language cannot be \"" + unknown + "\": write one of: fr, en."});
    }
    CHECK(faults("language = 3\n" + source).size() == 1);
}

TEST_CASE("references between parts are checked") {
    CHECK(faults("").size() == 1);
    const auto list = faults(R"([opening]
source = "cam2"
[[face]]
name = "north"
[[face]]
name = "north"
[[source]]
name = "cam1"
url = "lavfi:testsrc2"
[[output]]
face = "nord"
kind = "windows"
)");
    REQUIRE(list.size() == 4);
    CHECK(list[0].message == "There is no source \"cam2\" to open with: did you mean \"cam1\"?");
    CHECK(list[1].line == 5);
    CHECK(list[2].line == 10);
    CHECK(list[3].line == 10);
}

TEST_CASE("what is not TOML says where reading stopped") {
    const auto list = faults("title = \"Salle\n[[source]]\n");
    REQUIRE(list.size() == 1);
    CHECK(list[0].line == 1);
    CHECK(list[0].message.find("This is not TOML") == 0);
}

TEST_CASE("no bytes make it crash") {
    unsigned seed = 1;
    for (int i = 0; i < 2000; ++i) {
        std::string text =
            "[[source]]\nname = \"cam1\"\nurl = \"lavfi:testsrc2\"\nsize = \"16x16\"\n[wall]\nplacement = "
            "\"over\"\n[[face]]\nname=\"n\"\n";
        for (int k = 0; k < 4; ++k) {
            seed = seed * 1664525 + 1013904223;
            const auto at = (seed >> 8) % text.size();
            if ((seed & 1U) != 0) {
                text[at] = static_cast<char>(seed >> 24);
            } else {
                text.erase(at, (seed >> 20) % 9);
            }
            if (text.empty()) break;
        }
        (void)parse_show_file(text);
    }
    SUCCEED();
}

TEST_CASE("the reference names every key") {
    const auto text = show_file_reference();
    for (const char* key : {"`title`", "`frames_per_second`", "`farthest_seat_m`", "`palette`", "`display`"}) {
        CHECK(text.find(key) != std::string::npos);
    }
}
