#include "app/media_bin.hpp"

#include <catch2/catch.hpp>
#include <fstream>

#include "app/data_folder.hpp"
#include "tests/unit/capture/fixtures.hpp"
#include "unit/app/app_fixture.hpp"

using namespace tribune;
using namespace tribune::test;

namespace {

namespace fs = std::filesystem;

const auto nothing = [] {};

struct Bin {
    TemporaryFolder place;
    fs::path folder = place.path() / "media";
    fs::path cache = place.path() / "data";

    Bin() { fs::create_directories(folder); }
    void put(const std::string& name, const std::string& from) const { fs::copy_file(from, folder / name); }
    static nlohmann::json file(const MediaBin& bin, const std::string& name) {
        const auto list = bin.list();
        for (const auto& f : list["files"]) {
            if (f["name"] == name) return f;
        }
        return nullptr;
    }
    static int look_all(MediaBin& bin) {
        int looks = 0;
        while (bin.look(nothing)) ++looks;
        return looks;
    }
};

std::string film() { return fixture("film.mp4", joined(pattern("640x360", "25", "2"), x264)); }
std::string still() { return fixture("still.png", joined(pattern("400x600", "1", "1"), {"-frames:v", "1"})); }

}  // namespace

TEST_CASE("the bin tells what each file is, and has a picture of it") {
    const Bin there;
    there.put("Un film.mp4", film());
    there.put("image.png", still());
    std::ofstream(there.folder / "broken.mov") << std::string(5000, '\x13');
    std::ofstream(there.folder / "notes.txt") << "not for the screens";
    std::ofstream(there.folder / ".hidden.mp4") << "half copied";
    MediaBin bin(there.folder, there.cache);
    REQUIRE(Bin::look_all(bin) == 3);
    REQUIRE(bin.list()["files"].size() == 3);
    const auto film = Bin::file(bin, "Un film.mp4");
    CHECK(film["duration_ms"] == 2000);
    CHECK(film["width"] == 640);
    CHECK(film["height"] == 360);
    CHECK(film["frames_per_second"] == 25);
    CHECK(film["codec"] == "h264");
    CHECK(film["code"] == "");
    const auto image = Bin::file(bin, "image.png");
    CHECK(image["duration_ms"] == 0);
    CHECK(image["width"] == 400);
    CHECK(Bin::file(bin, "broken.mov")["code"] == "not_media");
    for (const char* name : {"Un film.mp4", "image.png"}) {
        const auto picture = bin.thumbnail(name);
        REQUIRE(picture);
        CHECK(picture->substr(0, 3) == "\xff\xd8\xff");
        CHECK(picture->size() < 100'000);
    }
    CHECK(bin.thumbnail("broken.mov").error().code == "no_picture");
    CHECK(bin.thumbnail("../data/bin.json").error().code == "unknown_file");
}

TEST_CASE("a file is looked at once, again when it changes, and forgotten when it goes") {
    const Bin there;
    there.put("a.mp4", film());
    {
        MediaBin bin(there.folder, there.cache);
        REQUIRE(Bin::look_all(bin) == 1);
    }
    MediaBin bin(there.folder, there.cache);
    REQUIRE(Bin::file(bin, "a.mp4")["duration_ms"] == 2000);
    REQUIRE(Bin::look_all(bin) == 0);
    fs::remove(there.folder / "a.mp4");
    there.put("a.mp4", still());
    REQUIRE(Bin::look_all(bin) == 1);
    REQUIRE(Bin::file(bin, "a.mp4")["duration_ms"] == 0);
    fs::remove(there.folder / "a.mp4");
    REQUIRE(Bin::look_all(bin) == 0);
    REQUIRE(bin.list()["files"].empty());
    int pictures = 0;
    for (const auto& entry : fs::directory_iterator(there.cache))
        pictures += entry.path().extension() == ".jpg" ? 1 : 0;
    REQUIRE(pictures == 0);
}

TEST_CASE("a file that its process died of is not looked at again") {
    const Bin there;
    there.put("good.mp4", film());
    there.put("bad.mp4", film());
    {
        // As it stands on the disk while a file is open.
        MediaBin bin(there.folder, there.cache);
        bool copied = false;
        const auto tick = [&] {
            if (copied || !fs::exists(there.cache / "open.json")) return;
            fs::copy_file(there.cache / "open.json", there.place.path() / "open.json");
            copied = true;
        };
        REQUIRE(bin.look(tick));
        REQUIRE(copied);
    }
    fs::rename(there.place.path() / "open.json", there.cache / "open.json");
    MediaBin bin(there.folder, there.cache);
    REQUIRE(Bin::look_all(bin) == 1);
    REQUIRE(Bin::file(bin, "bad.mp4")["code"] == "breaks_decoder");
    REQUIRE(Bin::file(bin, "good.mp4")["code"] == "");
}
