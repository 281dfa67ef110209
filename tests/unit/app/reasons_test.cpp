// What is said of sources has its words in assets, in every language of the pages and the faces.
#include <catch2/catch.hpp>
#include <set>

#include "app/render/look.hpp"
#include "base/source_faults.hpp"
#include "show/setup.hpp"
#include "support/source_dir.hpp"

using namespace tribune;

namespace {

const std::filesystem::path assets = test::source_dir() / "assets";

bool has_hole(std::string_view text) { return text.find("{}") != std::string_view::npos; }

}  // namespace

TEST_CASE("every fault of a source has its sentence in every language of shows, and no other is listed") {
    const Reasons reasons = load_reasons(assets);
    std::set<std::string> codes;
    for (const Fault& fault : faults()) {
        INFO("code \"" << fault.code << '"');
        CHECK(codes.emplace(fault.code).second);
        const auto row = reasons.find(fault.code);
        REQUIRE(row != reasons.end());
        for (const auto language : show_languages) {
            const auto said = row->second.find(std::string(language));
            INFO("language " << language);
            REQUIRE(said != row->second.end());
            CHECK(said->second.size() > 8);
            CHECK(has_hole(said->second) == has_hole(fault.sentence));
        }
        CHECK(row->second.at("en") == fault.sentence);
        const Error error = ::tribune::fault(fault.code, "36");
        CHECK(reason_in(reasons, "en", error.code, error.message) == error.message);
        CHECK(reason_in(reasons, "fr", error.code, error.message) != error.message);
    }
    CHECK(reasons.size() == codes.size());
}
