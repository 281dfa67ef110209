#include "app/load_show.hpp"

#include <catch2/catch.hpp>

#include "support/source_dir.hpp"
#include "unit/app/app_fixture.hpp"

using namespace tribune;
using namespace tribune::test;

namespace {

const std::filesystem::path assets = source_dir() / "assets";

Result<Setup> load(const TemporaryFolder& folder, const std::string& text) {
    return read_show(folder.write("show.toml", text), assets);
}

}  // namespace

TEST_CASE("every fault of a show file is a line with file, line, column and what to write") {
    const TemporaryFolder folder;
    const auto show = load(folder,
                           "tables = 0\ntitel = \"x\"\n[[source]]\nname = \"cam1\"\nurl = "
                           "\"lavfi:testsrc2\"\n[wall]\npalette = \"nigth\"\n");
    REQUIRE_FALSE(show);
    CHECK(show.error().code == "bad_show");
    const std::string file = (folder.path() / "show.toml").string();
    CHECK(show.error().message.find(file + ":1:10: ") == 0);
    CHECK(show.error().message.find("\n" + file + ":2:1: There is no key \"titel\" here: did you mean \"title\"?") !=
          std::string::npos);
    CHECK(show.error().message.find("\n" + file + ":7:11: There is no palette \"nigth\": did you mean \"night\"?") !=
          std::string::npos);
}

TEST_CASE("files lie beside the show file, and the palette is read before anything starts") {
    const TemporaryFolder folder;
    const auto show = load(folder,
                           "[[source]]\nname = \"clip\"\nurl = \"clips/a.mp4\"\n[[source]]\nname = \"cam1\"\nurl = "
                           "\"rtsp://192.0.2.1/x\"\n");
    REQUIRE(show);
    CHECK(show->sources[0].url == (folder.path() / "clips" / "a.mp4").string());
    CHECK(show->sources[1].url == "rtsp://192.0.2.1/x");
    std::filesystem::create_directory(folder.path() / "palettes");
    folder.write("palettes/night.toml", "inks = 3\n");
    const auto bad = read_show(folder.path() / "show.toml", folder.path());
    REQUIRE_FALSE(bad);
    CHECK(bad.error().code == "bad_palette");
    CHECK_FALSE(read_show(folder.path() / "none.toml", assets));
}

TEST_CASE("a source's file that is missing is told of, by source and path, and the show can start") {
    const TemporaryFolder folder;
    folder.write("there.mp4", "x");
    std::filesystem::create_directory(folder.path() / "folder");
    const auto show =
        load(folder,
             "[[source]]\nname = \"a\"\nurl = \"there.mp4\"\n[[source]]\nname = \"b\"\nurl = \"clips/gone.mp4\"\n"
             "[[source]]\nname = \"c\"\nurl = \"folder\"\n[[source]]\nname = \"d\"\nurl = \"rtsp://192.0.2.1/x\"\n"
             "[[source]]\nname = \"e\"\nurl = \"/dev/video77\"\n[[source]]\nname = \"f\"\nurl = \"lavfi:testsrc2\"\n");
    REQUIRE(show);
    const auto warnings = missing_files("show.toml", *show);
    REQUIRE(warnings.size() == 2);
    CHECK(warnings[0].find("show.toml: warning: the file of source \"b\" is missing: " +
                           (folder.path() / "clips" / "gone.mp4").string()) == 0);
    CHECK(warnings[1].find("show.toml: warning: the file of source \"c\" is no file: ") == 0);
}

TEST_CASE("the command line's size and --headless win over the file") {
    const TemporaryFolder folder;
    RunOptions options;
    options.assets = assets;
    options.show_file = folder.write("show.toml", "[[source]]\nname = \"a\"\nurl = \"lavfi:testsrc2\"\n");
    options.size = Size{640, 360};
    options.headless = true;
    const auto show = load_show(options);
    REQUIRE(show);
    REQUIRE(show->faces.size() == 4);
    for (const auto& face : show->faces) CHECK(face.size == Size{640, 360});
    for (const auto& output : show->outputs) CHECK(output.kind == "headless");
}

TEST_CASE("two outputs cannot have one name") {
    const TemporaryFolder folder;
    const auto show = load(folder,
                           "[[source]]\nname = \"a\"\nurl = \"lavfi:testsrc2\"\n[[face]]\nname = \"north\"\n"
                           "[[output]]\nname = \"o\"\nface = \"north\"\n[[output]]\nname = \"o\"\nface = \"north\"\n");
    REQUIRE_FALSE(show);
    CHECK(show.error().message.find("used twice") != std::string::npos);
}

TEST_CASE("the pages' address is the show file's; what a machine guesses of itself is no part of the show") {
    const TemporaryFolder folder;
    const std::string source = "[[source]]\nname = \"cam1\"\nurl = \"lavfi:testsrc2\"\n";
    RunOptions options;
    options.show_file = folder.write("show.toml", source);
    options.assets = assets;
    options.address = "192.0.2.1";
    options.port = 8123;
    auto show = load_show(options);
    REQUIRE(show);
    CHECK(show->address.empty());

    folder.write("show.toml", source + "[network]\naddress = \"https://room.example.org/\"\n");
    show = load_show(options);
    REQUIRE(show);
    CHECK(show->address == "https://room.example.org");
    for (const char* wrong : {"room.example.org", "ftp://room", "http://", "http://a room", "http://room/#key=a"}) {
        INFO(wrong);
        CHECK_FALSE(load(folder, source + "[network]\naddress = \"" + wrong + "\"\n"));
    }
}
