#include "show/show_file.hpp"

#include <catch2/catch.hpp>

#include "show/command.hpp"

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
    CHECK(list[0].message == "There is no source or scene \"cam2\" to open with: did you mean \"cam1\"?");
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

TEST_CASE("scenes, cues and macros are prepared in the file") {
    const Setup setup = good(R"(
[opening]
source = "duo"
[[source]]
name = "cam1"
url = "lavfi:testsrc2"
[[source]]
name = "film"
url = "film.mp4"

[[scene]]
name = "duo"
label = "À deux"
layout = "side_by_side"
[[scene.layer]]
source = "cam1"
[[scene.layer]]
name = "green"
source = "cam1"
key = { kind = "chroma", colour = "#00ff00", spill = 0.2 }
blend = "screen"
crop = [0.1, 0.1, 0.5, 0.5]
[[scene.layer]]
text = "{question}"
place = [0.1, 0.8, 0.8, 0.15]
text_size = 0.05
text_align = "centre"
[[scene.layer]]
colour = ["#102030", "#40506080"]
place = [0, 0, 1, 0.1]
rotation_deg = 3.5
opacity = 0.5
visible = false
[[scene.layer]]
wall = true
place = [0, 0.5, 1, 0.5]
[[scene.layer]]
qr = "https://example.org/"
[[scene]]
name = "outer"
[[scene.layer]]
scene = "duo"

[[cue]]
label = "Begin"
note = "Quiet"
colour = "#e8a33d"
do = [
  { kind = "preview", scene = "outer" },
  { kind = "take", length_ms = 400 },
  { wait_ms = 250, kind = "set_channel", source = "cam1", gain_db = -6 },
]
[[cue]]
number = "1.5"
start = "clock"
at = "20:15"
do = [{ kind = "run_macro", macro = "go-on" }]
[[cue]]
number = "2"
start = "ended"
delay_ms = 500
[[macro]]
name = "go-on"
do = [{ kind = "play", sources = ["film"] }]
)");
    CHECK(setup.opening_source == SourceName("duo"));
    REQUIRE(setup.scenes.size() == 2);
    const auto& layers = setup.scenes[0].layers;
    REQUIRE(layers.size() == 6);
    CHECK(layers[0].name == LayerName("cam1"));
    CHECK(layers[0].place == Rect{0, 0, 0.5, 1});
    CHECK(layers[1].place == Rect{0.5, 0, 0.5, 1});
    CHECK(layers[1].key->spill == 0.2);
    CHECK(layers[1].blend == Blend::screen);
    CHECK(std::get<TextContent>(layers[2].content).align == TextAlign::centre);
    CHECK(layers[2].place == Rect{0.1, 0.8, 0.8, 0.15});
    CHECK(std::get<ColourContent>(layers[3].content).top == colour_from_rgb(0x102030, 1));
    CHECK_FALSE(layers[3].visible);
    CHECK(std::holds_alternative<WallContent>(layers[4].content));
    CHECK(layers[5].content == LayerContent(QrContent{"https://example.org/"}));
    REQUIRE(setup.cues.size() == 3);
    CHECK(setup.cues[0].number == CueNumber("1"));
    REQUIRE(setup.cues[0].steps.size() == 3);
    CHECK(setup.cues[0].steps[2].wait_ms == 250);
    CHECK(setup.cues[0].steps[1].command.get()->command == Command(Take{{}, std::nullopt, 400}));
    CHECK(setup.cues[1].start == CueTrigger{CueStart::clock, 0, 20 * 3600 + 15 * 60});
    CHECK(setup.cues[2].start == CueTrigger{CueStart::ended, 500, 0});
    CHECK(setup.macros[0].steps.size() == 1);
}

TEST_CASE("what is wrong in a scene, cue or macro is told where it stands, with what to write instead") {
    const std::string source = "[[source]]\nname = \"cam1\"\nurl = \"lavfi:testsrc2\"\n";
    const auto first = [&](const std::string& text) {
        const auto list = faults(source + text);
        REQUIRE_FALSE(list.empty());
        return std::to_string(list[0].line - 3) + ":" + std::to_string(list[0].column) + " " + list[0].message;
    };
    const auto layer = [&](const std::string& keys) {
        return first("[[scene]]\nname = \"s\"\n[[scene.layer]]\n" + keys);
    };
    CHECK(layer("source = \"cam1\"\nopacty = 1\n") == "5:1 There is no key \"opacty\" here: did you mean \"opacity\"?");
    CHECK(layer("source = \"cam2\"\n") == "4:10 There is no source \"cam2\": did you mean \"cam1\"?");
    CHECK(layer("scene = \"t\"\n") == "4:9 There is no scene \"t\": did you mean \"s\"?");
    CHECK(layer("opacity = 1\n") == "3:1 This layer shows nothing: add source, scene, text, colour, wall or board.");
    CHECK(layer("source = \"cam1\"\ntext = \"a\"\n") ==
          "3:1 This layer can show one thing, not source and text: make a layer of each.");
    CHECK(layer("source = \"cam1\"\nopacity = 2\n") == "5:11 opacity must be a number from 0 to 1.");
    CHECK(layer("source = \"cam1\"\nplace = [1, 2]\n").find("5:9 place must be [x, y, width, height]") == 0);
    CHECK(layer("source = \"cam1\"\nfit = \"filll\"\n") == "5:7 fit cannot be \"filll\": did you mean \"fill\"?");
    CHECK(layer("colour = \"red\"\n") == "4:10 colour must be a colour: \"#rrggbb\" or \"#rrggbbaa\".");
    CHECK(layer("source = \"cam1\"\nkey = { kind = \"croma\" }\n") ==
          "5:16 kind cannot be \"croma\": did you mean \"chroma\"?");
    CHECK(first("[[scene]]\nname = \"cam1\"\n") == "1:1 \"cam1\" is a source: give the scene another name.");
    CHECK(first("[[scene]]\nname = \"s\"\n[[scene.layer]]\nscene = \"s\"\n") ==
          "1:1 The scene \"s\" shows itself, or scenes in scenes more than 4 deep.");
    const auto step = [&](const std::string& keys) { return first("[[cue]]\ndo = [\n  { " + keys + " },\n]\n"); };
    CHECK(step("scene = \"cam1\"") == "3:3 This step does not say what to do: add kind = \"cut\", for example.");
    CHECK(step("kind = \"cutt\"") == "3:12 kind cannot be \"cutt\" here: did you mean \"cut\"?");
    CHECK(step("kind = \"undo\"").find("3:12 kind cannot be \"undo\" here") == 0);
    CHECK(step("kind = \"cut\", scne = \"cam1\"") == "3:19 \"cut\" has no key \"scne\": did you mean \"scene\"?");
    CHECK(step("kind = \"cut\"") == "3:3 scene is missing.");
    CHECK(step("kind = \"cut\", scene = 7") == "3:27 scene must be text.");
    CHECK(step("kind = \"cut\", scene = \"cam1\", faces = [3]").find("faces[0] must be text.") != std::string::npos);
    CHECK(step("kind = \"cut\", scene = \"cam7\"").find("3:3 There is no scene or source \"cam7\"") == 0);
    CHECK(step("kind = \"cut\", scene = \"cam1\", faces = [\"up\"]") == "3:3 There is no face \"up\".");
    CHECK(step("kind = \"run_macro\", macro = \"m\"") == "3:3 There is no macro \"m\".");
    CHECK(step("kind = \"take\", wait_ms = -1").find("1:1 Cue \"1\"") == 0);
    CHECK(first("[[cue]]\nstart = \"clock\"\nat = \"8pm\"\n") ==
          "3:6 at \"8pm\" must be a time such as \"20:15\" or \"20:15:30\".");
    CHECK(first("[[cue]]\nnumber = \"1\"\n[[cue]]\nnumber = \"1\"\n") ==
          "3:1 The cue number \"1\" is used twice: give each its own.");
    CHECK(first("[[cue]]\nnumber = \"a b\"\n").find("1:1 Cue \"a b\": its number has") == 0);
}

TEST_CASE("the reference names every key") {
    const auto text = show_file_reference();
    for (const char* key : {"`title`", "`frames_per_second`", "`farthest_seat_m`", "`palette`", "`display`"}) {
        CHECK(text.find(key) != std::string::npos);
    }
}

TEST_CASE("how views are recorded is read, and what cannot be is told where it stands") {
    const std::string source = "[[source]]\nname = \"cam1\"\nurl = \"lavfi:testsrc2\"\n";
    CHECK(good(source).recording == RecordingSetup{"", "h264", "mkv"});
    CHECK(good(source + "[recording]\nfolder = \"films\"\ncodec = \"ffv1\"\n").recording ==
          RecordingSetup{"films", "ffv1", "mkv"});
    const auto first = [&](const std::string& keys) {
        const auto list = faults(source + "[recording]\n" + keys);
        REQUIRE_FALSE(list.empty());
        return std::to_string(list[0].line - 4) + ":" + std::to_string(list[0].column) + " " + list[0].message;
    };
    CHECK(first("codec = \"h246\"\n") == "1:9 codec cannot be \"h246\": did you mean \"h264\"?");
    CHECK(first("container = \"mvk\"\n") == "1:13 container cannot be \"mvk\": did you mean \"mkv\"?");
    CHECK(first("codec = \"prores\"\ncontainer = \"mp4\"\n") ==
          "0:1 mp4 does not hold prores: write container = \"mkv\".");
}

TEST_CASE("a stinger brings its clip, a multiview its cells, and outputs show feeds and views") {
    const Setup setup = good(R"(
[[source]]
name = "cam1"
url = "lavfi:testsrc2"
[[stinger]]
name = "curtain"
file = "media/curtain.webm"
cut_ms = 700
[[output]]
face = "north"
feed = "clean"
kind = "headless"
[[output]]
feed = "pictures"
kind = "headless"
[[output]]
view = "multiview"
size = "1280x720"
[multiview]
layout = "faces"
cells = ["", "", "face/east", "clock", "cam1"]
safe_areas = false
)");
    REQUIRE(setup.stingers == std::vector{StingerSetup{SourceName("curtain"), 700}});
    const SourceConfig* clip = setup.source(SourceName("curtain"));
    REQUIRE(clip != nullptr);
    CHECK(clip->url == "media/curtain.webm");
    CHECK_FALSE(clip->live);
    REQUIRE(setup.outputs.size() == 3);
    CHECK(setup.outputs[0].feed == Feed::clean);
    CHECK(setup.outputs[1].feed == Feed::pictures);
    CHECK(setup.outputs[1].face.empty());
    CHECK(setup.outputs[2].view == "multiview");
    CHECK(setup.outputs[2].size == Size{1280, 720});
    CHECK(setup.multiview == Multiview{"faces", {"", "", "face/east", "clock", "cam1"}, false, true});
}

TEST_CASE("stingers, views and cells that cannot be are named") {
    const auto of = [](std::string_view more) {
        const auto list = faults("[[source]]\nname = \"cam1\"\nurl = \"lavfi:testsrc2\"\n" + std::string(more));
        REQUIRE(list.size() == 1);
        return list[0].message;
    };
    CHECK(of("[[stinger]]\nname = \"mix\"\nfile = \"a.mov\"\n").find("is a transition already") != std::string::npos);
    CHECK(of("[[stinger]]\nname = \"cam1\"\nfile = \"a.mov\"\n").find("There is a source") != std::string::npos);
    CHECK(of("[[stinger]]\nname = \"s\"\n").find("has no file") != std::string::npos);
    CHECK(of("[[output]]\nview = \"scene/nothing\"\n").find("There is no view") != std::string::npos);
    CHECK(of("[[output]]\nview = \"multiview\"\nface = \"north\"\n").find("a face or a view") != std::string::npos);
    CHECK(of("[[output]]\nkind = \"headless\"\n").find("does not exist") != std::string::npos);
    CHECK(of("[multiview]\nlayout = \"eigth\"\n").find("did you mean \"eight\"?") != std::string::npos);
    CHECK(of("[multiview]\ncells = [\"nothing\"]\n").find("A cell cannot show") != std::string::npos);
}
