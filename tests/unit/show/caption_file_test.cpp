#include "show/caption_file.hpp"

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "show/show_file.hpp"
#include "support/source_dir.hpp"

using namespace tribune;

namespace {

const std::string small = R"(label = { fr = "Nom", en = "Name" }
slot = "lower"
[[field]]
name = "name"
label = { fr = "Nom", en = "Name" }
usual = "{title}"
[box]
fill = "ground_top/0.9"
comes = "slide_up"
seconds = 0.5
[[box.box]]
text = "{name}"
colour = "accent"
comes = "fade"
after = 0.25
seconds = 0.5
)";

std::string fault(const std::string& text) {
    const auto file = read_caption_file("t", text);
    return file ? "" : file.error().code + " " + file.error().message;
}

std::string with(const std::string& what, const std::string& instead) {
    std::string text = small;
    return text.replace(text.find(what), what.size(), instead);
}

}  // namespace

TEST_CASE("a template is read into what the show knows and how it looks") {
    const auto file = read_caption_file("name", small);
    REQUIRE(file);
    CHECK(file->known.name == "name");
    CHECK(file->known.label.fr == "Nom");
    CHECK(file->known.slot == "lower");
    CHECK(file->known.in_ms == 750);
    CHECK(file->known.out_ms == 500);
    CHECK(file->known.toml == small);
    REQUIRE(file->known.fields.size() == 1);
    CHECK(file->known.fields[0].usual == "{title}");
    REQUIRE(file->design.box.boxes.size() == 1);
    CHECK(file->design.box.comes.motion == Motion::slide_up);
    CHECK(file->design.box.boxes[0].colour.paint == Paint::accent);
    CHECK(file->design.box.fill->alpha == 0.9F);
}

TEST_CASE("a bad template says where and what to write") {
    CHECK(fault("[box").find("bad_caption_file t.toml:1:") == 0);
    CHECK(fault(with("slide_up", "slide_ip")) ==
          "bad_caption_file t.toml:9:9: comes cannot be \"slide_ip\": did you mean \"slide_up\"?");
    CHECK(fault(with("slot", "slott")).find("t.toml:2:1: There is no key \"slott\" here: did you mean \"slot\"?") !=
          std::string::npos);
    CHECK(fault(with("\"accent\"", "\"red\"")).find("t.toml:13:10: colour cannot be \"red\"") != std::string::npos);
    CHECK(fault(with("ground_top/0.9", "ground_top/0.5")).find("lost over a bright picture") != std::string::npos);
    CHECK(fault(with("after = 0.25", "after = 99")).find("after must be a number from 0 to 10") != std::string::npos);
    CHECK(fault("label = { fr = \"a\", en = \"b\" }\n").find("add [box]") != std::string::npos);
    CHECK(fault(with("label = { fr = \"Nom\", en = \"Name\" }\nslot", "slot")).find("has no label") !=
          std::string::npos);
    CHECK_FALSE(read_caption_file("../x", small));
    CHECK_FALSE(read_caption_file("t", std::string(70000, '#')));
}

TEST_CASE("no bytes make its reader crash") {
    unsigned seed = 7;
    for (int i = 0; i < 2000; ++i) {
        std::string text = small;
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
        (void)read_caption_file("t", text);
    }
    SUCCEED();
}

TEST_CASE("every template that comes with Tribune is good") {
    std::size_t count = 0;
    for (const auto& entry : std::filesystem::directory_iterator(test::source_dir() / "assets/captions")) {
        std::ifstream in(entry.path());
        const std::string text{std::istreambuf_iterator<char>(in), {}};
        const auto file = read_caption_file(entry.path().stem().string(), text);
        INFO(entry.path() << ": " << (file ? "" : file.error().message));
        CHECK(file);
        ++count;
    }
    CHECK(count >= 9);
}

TEST_CASE("a show file's captions are checked against the templates") {
    const std::vector<CaptionTemplate> templates{read_caption_file("name", small)->known};
    const auto faults = [&](const std::string& captions) {
        const auto parsed =
            parse_show_file("[[source]]\nname = \"cam1\"\nurl = \"lavfi:testsrc2\"\n" + captions, {}, templates);
        const auto* list = std::get_if<std::vector<ShowFault>>(&parsed);
        return list == nullptr ? "" : std::to_string(list->front().line) + " " + list->front().message;
    };
    CHECK(faults("[[caption]]\nname = \"a\"\ntemplate = \"name\"\nwords = { name = \"Ana\" }\n[[person]]\nname = "
                 "\"Ana\"\nrole = \"Juge\"\n") == "");
    CHECK(faults("[[caption]]\nname = \"a\"\n") == "4 The caption \"a\" has no template: add template = \"…\".");
    CHECK(faults("[[caption]]\nname = \"a\"\ntemplate = \"nome\"\n") ==
          "4 There is no caption template \"nome\": did you mean \"name\"?");
    CHECK(faults("[[caption]]\nname = \"a\"\ntemplate = \"name\"\nwords = { nam = \"Ana\" }\n") ==
          "4 The template \"name\" has no field \"nam\": did you mean \"name\"?");
    CHECK(faults("[[caption]]\nname = \"cam1\"\ntemplate = \"name\"\n").find("a source's name") != std::string::npos);
    CHECK(faults("[[person]]\nrole = \"Juge\"\n") == "4 This person has no name: add name = \"…\".");
}
