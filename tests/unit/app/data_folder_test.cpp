#include "app/data_folder.hpp"

#include <sys/stat.h>

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <set>

#include "app/greeting.hpp"
#include "unit/app/app_fixture.hpp"

using namespace tribune;
using namespace tribune::test;

namespace {

unsigned mode_of(const std::filesystem::path& path) {
    struct stat info {};
    REQUIRE(stat(path.c_str(), &info) == 0);
    return info.st_mode & 0777U;
}

Setup with_tables(int tables) {
    Setup setup;
    setup.tables = tables;
    return setup;
}

}  // namespace

TEST_CASE("a new data folder is closed to others, its keys too") {
    const TemporaryFolder temporary;
    const auto folder = DataFolder::open(temporary.path() / "new");
    REQUIRE(folder);
    CHECK(mode_of(folder->root) == 0700);
    CHECK(mode_of(folder->run()) == 0700);
    const auto keys = load_keys(*folder, with_tables(2));
    REQUIRE(keys);
    CHECK(mode_of(folder->keys()) == 0600);
    for (const char* name :
         {"technician", "producer", "director", "facilitator", "observer", "rehearsal", "table/1", "table/2"}) {
        INFO(name);
        CHECK(keys->at(name).size() >= 32);
    }
    std::set<std::string> different;
    for (const auto& [name, key] : *keys) different.insert(key);
    CHECK(different.size() == keys->size());
}

TEST_CASE("more tables get keys, and nobody's key changes") {
    const TemporaryFolder temporary;
    const auto folder = *DataFolder::open(temporary.path());
    const auto before = *load_keys(folder, with_tables(2));
    const auto after = *load_keys(folder, with_tables(5));
    for (const auto& [name, key] : before) CHECK(after.at(name) == key);
    CHECK(after.contains("table/5"));
    CHECK(*load_keys(folder, with_tables(1)) == after);
}

TEST_CASE("a keys file that others could read is closed") {
    const TemporaryFolder temporary;
    const auto folder = *DataFolder::open(temporary.path());
    temporary.write("keys.json", nlohmann::json{{"producer", "0123456789abcdef"}}.dump());
    chmod(folder.keys().c_str(), 0644);
    CHECK(load_keys(folder, with_tables(1))->at("producer") == "0123456789abcdef");
    CHECK(mode_of(folder.keys()) == 0600);
}

TEST_CASE("a broken keys file is refused with its path, and left as it is") {
    const TemporaryFolder temporary;
    const auto folder = *DataFolder::open(temporary.path());
    for (const std::string broken :
         {"", "{", "[]", "{\"producer\": 3}", "{\"producer\": \"short\"}", "{\"producer\": null}"}) {
        INFO(broken);
        temporary.write("keys.json", broken);
        const auto keys = load_keys(folder, with_tables(1));
        REQUIRE_FALSE(keys);
        CHECK(keys.error().code == "keys_file");
        CHECK(keys.error().message.find(folder.keys().string()) != std::string::npos);
        CHECK(*read_file(folder.keys()) == broken);
    }
}

TEST_CASE("a data folder that cannot be is one sentence") {
    const TemporaryFolder temporary;
    const auto file = temporary.write("file", "x");
    const auto folder = DataFolder::open(file / "data");
    REQUIRE_FALSE(folder);
    CHECK(folder.error().code == "data_folder");
    CHECK(folder.error().message.find("--data") != std::string::npos);
}

TEST_CASE("a folder named by a link is the folder it leads to") {
    const TemporaryFolder temporary;
    std::filesystem::create_directory(temporary.path() / "real");
    std::filesystem::create_directory_symlink(temporary.path() / "real", temporary.path() / "link");
    CHECK(DataFolder::open(temporary.path() / "link")->root == temporary.path() / "real");
}

TEST_CASE("a replaced file is whole, with its mode") {
    const TemporaryFolder temporary;
    const auto path = temporary.path() / "f";
    REQUIRE(replace_file(path, "one", 0600));
    REQUIRE(replace_file(path, "two", 0640));
    CHECK(*read_file(path) == "two");
    CHECK(mode_of(path) == 0640);
    CHECK_FALSE(replace_file(temporary.path() / "missing" / "f", "x", 0600));
    CHECK_FALSE(read_file(temporary.path() / "none"));
}

TEST_CASE("the greeting names each page with its key, and a code for a tablet") {
    RunOptions options;
    options.data = "data";
    options.headless = true;
    const Keys keys{{"producer", "kp"},    {"director", "kd"}, {"technician", "kt"},
                    {"facilitator", "kf"}, {"audience", "ka"}, {"table/1", "k1"}};
    const auto text = greeting(small_setup(), keys, options, 8123, 4455);
    for (const char* line : {"http://127.0.0.1:8123/desk/producer#key=kp\n", "http://127.0.0.1:8123/desk/show#key=kd\n",
                             "http://127.0.0.1:8123/desk/stage#key=kt\n", "http://127.0.0.1:8123/table/1#key=k1\n",
                             "http://127.0.0.1:8123/desk/facilitator#key=kf\n", "http://127.0.0.1:8123/voice#key=ka\n",
                             "keys.json\n", "No display"}) {
        INFO(line);
        CHECK(text.find(line) != std::string::npos);
    }
    CHECK(text.find("█") != std::string::npos);
}
