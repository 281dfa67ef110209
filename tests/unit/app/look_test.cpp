#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "app/render/look.hpp"
#include "show/setup.hpp"
#include "support/source_dir.hpp"

using namespace tribune;

TEST_CASE("look: the function words of each language that a show names are loaded, in its order") {
    const auto assets = test::source_dir() / "assets";
    Setup setup;
    setup.languages = {"ar", "tr", "pt", "it", "es", "de", "en", "fr"};
    const auto look = load_look(assets, setup);
    REQUIRE(look);
    REQUIRE(look->languages.size() == setup.languages.size());
    for (std::size_t i = 0; i < setup.languages.size(); ++i) {
        CAPTURE(setup.languages[i]);
        CHECK(look->languages[i].code == setup.languages[i]);
        CHECK(look->languages[i].words.size() > 150);
    }
    // One without a list is read all the same.
    setup.languages = {"fr", "eu"};
    const auto other = load_look(assets, setup);
    REQUIRE(other);
    REQUIRE(other->languages.size() == 2);
    CHECK(other->languages[1].words.empty());
}
