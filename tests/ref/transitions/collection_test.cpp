// What a take may count on, for each shader: it compiles, begins with the one picture, ends with the other, and keeps
// what both share.
#include <filesystem>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>

#include "ref/transitions/exceptions.hpp"
#include "ref/transitions/stage.hpp"
#include "support/source_dir.hpp"

using namespace tribune;
using namespace tribune::test;
using Of = Exception::Of;

namespace {

constexpr int tolerance = 2;  // of 255

std::string text_of(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    return text.str();
}

std::vector<TransitionSetup> our_shaders() {
    std::vector<TransitionSetup> all;
    for (const auto& entry : std::filesystem::directory_iterator(source_dir() / "shaders/transitions")) {
        if (entry.path().extension() != ".glsl") continue;
        auto read = read_transition(entry.path().stem().string(), text_of(entry.path()));
        if (!read) FAIL(read.error().message);
        all.push_back(*std::move(read));
    }
    return all;
}

nlohmann::json collection() {
    const auto text = text_of(source_dir() / "node_modules/gl-transitions/gl-transitions.json");
    if (text.empty()) FAIL("the published collection is missing: run tools/setup/install.sh");
    return nlohmann::json::parse(text);
}

std::string_view exception(std::string_view name, Of of) {
    for (const auto& e : exceptions())
        if (e.name == name && e.of == of) return e.reason;
    return {};
}

// An exception that is none any more must leave the table.
void check(const TransitionSetup& setup, Of of, int off, std::string_view what) {
    const auto reason = exception(setup.name, of);
    INFO(setup.name << " is " << off << "/255 off " << what << " " << reason);
    CHECK((off <= tolerance) == reason.empty());
}

void check(TransitionStage& stage, const TransitionSetup& setup) {
    const auto look = look_of(setup);
    const auto before = stage.gl.painter->transition_problems().size();
    const Image first = stage.at(look, 0), last = stage.at(look, 1);
    const auto problems = stage.gl.painter->transition_problems();
    if (problems.size() != before) FAIL_CHECK(problems.back().error.message);
    check(setup, Of::start, difference(first, stage.plain(stage.a)), "the first picture at 0");
    check(setup, Of::end, difference(last, stage.plain(stage.b)), "the second picture at 1");
    int changed = 0;
    for (const float progress : {0.2F, 0.5F, 0.8F})
        changed = std::max(changed, difference(stage.at(look, progress, stage.a, stage.a), stage.plain(stage.a)));
    check(setup, Of::same, changed, "two equal pictures");
}

}  // namespace

TEST_CASE("every shader of ours compiles, starts with A, ends with B", "[transitions]") {
    TransitionStage stage;
    const auto all = our_shaders();
    CHECK(all.size() >= 12);
    for (const auto& setup : all) {
        check(stage, setup);
        CHECK(exception(setup.name, Of::start).empty());
        CHECK(exception(setup.name, Of::end).empty());
        CHECK_FALSE(setup.parameters.empty());
    }
}

TEST_CASE("the whole published collection compiles, starts with A, ends with B", "[transitions]") {
    TransitionStage stage;
    const auto all = collection();
    CHECK(all.size() >= 125);
    for (const auto& entry : all) {
        const auto read =
            read_transition(entry.at("name").get<std::string>(), entry.at("glsl").get_ref<const std::string&>());
        if (!read) {
            FAIL_CHECK(read.error().message);
            continue;
        }
        check(stage, *read);
    }
}

TEST_CASE("parameters are read as the collection's own list has them", "[transitions]") {
    // The list leaves out what its reader did not know: bools written as numbers are false, block comments nothing.
    const std::set<std::string> read_otherwise{"luminance_melt"};
    for (const auto& entry : collection()) {
        const auto name = entry.at("name").get<std::string>();
        const auto read = read_transition(name, entry.at("glsl").get_ref<const std::string&>());
        REQUIRE(read);
        std::map<std::string, const TransitionParameter*> found;
        for (const auto& p : read->parameters) found[p.name] = &p;
        for (const auto& [parameter, type] : entry.at("paramsTypes").items()) {
            INFO(name << " " << parameter);
            REQUIRE(found.contains(parameter));
            CHECK(found[parameter]->type == type.get<std::string>());
            const auto& value = entry.at("defaultParams").at(parameter);
            if (read_otherwise.contains(name) || value.is_null()) continue;
            std::vector<double> wanted;
            for (const auto& number : value.is_array() ? value : nlohmann::json::array({value}))
                wanted.push_back(number.is_boolean() ? (number.get<bool>() ? 1 : 0) : number.get<double>());
            CHECK(found[parameter]->value == wanted);
        }
    }
}

TEST_CASE("each of our parameters changes the picture", "[transitions]") {
    TransitionStage stage;
    for (const auto& setup : our_shaders()) {
        const auto usual = look_of(setup);
        for (std::size_t p = 0; p < setup.parameters.size(); ++p) {
            int most = 0;
            for (const float factor : {0.3F, 2.5F}) {
                auto look = usual;
                for (auto& v : look.values[p].value)
                    v = setup.parameters[p].type == "bool" ? 1 - v : v * factor + (factor < 1 ? 0.2F : 0.37F);
                for (const float progress : {0.3F, 0.5F, 0.6F})
                    most = std::max(most, difference(stage.at(look, progress), stage.at(usual, progress)));
            }
            INFO(setup.name << " " << setup.parameters[p].name);
            CHECK(most > tolerance);
        }
    }
}
