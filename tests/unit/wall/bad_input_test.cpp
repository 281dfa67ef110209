// What people type to break a wall of words, through the door it comes by: cleaned, flagged, counted, compared, shown.
#include <algorithm>
#include <catch2/catch.hpp>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "support/flags/flag_rates.hpp"
#include "unit/wall/fake_measure.hpp"
#include "unit/wall/said.hpp"
#include "voice/flags.hpp"
#include "voice/hygiene.hpp"
#include "wall/likeness.hpp"
#include "wall/terms.hpp"
#include "wall/wall_scene.hpp"

using namespace tribune;

namespace {

std::string repeat(const std::string& s, int n) {
    std::string out;
    for (int i = 0; i < n; ++i) out += s;
    return out;
}

const std::vector<LanguageWords>& languages() {
    static const std::vector<LanguageWords> out{test::language("fr"), test::language("en"), test::language("tr"),
                                                test::language("ar")};
    return out;
}

// Each is accepted or refused by clean_text; all of it also goes on uncleaned, as if a door had been left open.
const std::vector<std::string>& hostile() {
    static const std::vector<std::string> out = {
        "l" + repeat("\xCC\x8D\xCC\xA3", 15) + "oyer",    // zalgo
        repeat("z\xCC\x82\xCC\xA3\xCC\x8D\xCC\xB6", 40),  // on every letter
        "\xE2\x80\xAE"
        "reyol\xE2\x80\xAC"
        " cher",                                                  // shown backwards
        "\xE2\x81\xA6\xE2\x81\xA7\xE2\x81\xA8loyer\xE2\x81\xA9",  // isolates
        "lo\xE2\x80\x8Fy\xE2\x80\x8E"
        "er",                                                        // direction marks within
        "\xE2\x80\x8B\xE2\x80\x8C\xE2\x80\x8D\xEF\xBB\xBF\xC2\xAD",  // invisible only
        "\xE3\x85\xA4\xE2\xA0\x80\xE1\x85\x9F",                      // blank letters
        "loy\xC2\xAD"
        "er et lo\xE2\x80\x8Byer",                                                      // soft hyphen, zero-width space
        repeat("a", 10000),                                                             // one word
        repeat("ﷺ", 280),                                                               // eighteen letters each
        repeat("👨\xE2\x80\x8D", 200) + "👨",                                             // a chain of joiners
        "👨‍👩‍👧‍👦 🏴\xF3\xA0\x81\xA7\xF3\xA0\x81\xA2 🇫🇷🇫",  // families, a cut flag
        repeat("\xEF\xB8\x8F", 100) + "x",                                              // selectors
        "\xFF\xFE\xC3\x28\xED\xA0\x80",                                                 // no UTF-8
        std::string("a\0b", 3),                                                         // NUL
        repeat("-", 280),
        repeat("'", 280),
        repeat("l'", 140),
        repeat("a-", 140),
        repeat("1", 280),
        repeat("@", 280),
        repeat("*", 280),
        repeat("c*", 140),
        "🇨🇴🇳🇳🇦🇷🇩",
        "لُلُصّبُلُلصّبُررً ॣ ॣh ॣ ॣ 冗",
        "జ్ఞ\xE2\x80\x8Cా",
        "",
        " "};
    return out;
}

Contribution said(std::uint32_t n, const std::string& text, int table) {
    Contribution out;
    out.id = test::said_id(n);
    out.sequence = n + 1;
    out.table.value = table;
    out.text = text;
    out.language = "fr";
    out.at = ShowTime{} + Nanoseconds(std::int64_t{n} * 100'000'000);
    return out;
}

}  // namespace

TEST_CASE("bad input: every part takes it, cleaned or not, and says the same twice") {
    const Flagger flagger{test::flag_lists()};
    TermIndex terms(languages());
    Likeness likeness(languages());
    std::uint32_t n = 0;
    for (const auto& text : hostile()) {
        const auto clean = clean_text(text);
        for (const auto& shown : {text, clean ? *clean : std::string("refused")}) {
            CHECK(flagger.flags_of(shown) == flagger.flags_of(shown));
            for (const auto& f : flagger.flags_of(shown).findings) CHECK(f.start + f.length <= shown.size());
            terms.add(test::said_id(n), VoiceId{1}, shown, "");
            likeness.add(test::said_id(n), shown, "");
            ++n;
        }
    }
    CHECK(terms.contributions() == n);
    CHECK(likeness.contributions() == n);
    std::set<Uuid> seen;
    for (const auto& s : likeness.suggestions(1000)) {
        for (const auto& id : s.contributions) CHECK(seen.insert(id).second);
    }
    for (std::uint32_t i = 0; i < terms.size(); ++i) CHECK(terms[i].weight == (terms[i].mentions > 0 ? 1U : 0U));
    for (std::uint32_t i = 0; i < n; ++i) {
        terms.remove(test::said_id(i));
        likeness.remove(test::said_id(i));
    }
    for (std::uint32_t i = 0; i < terms.size(); ++i) CHECK(terms[i].weight == 0);
    CHECK(likeness.texts() == 0);
}

TEST_CASE("bad input: what hides in a word does not make another word of it") {
    TermIndex terms(languages());
    std::uint32_t n = 0;
    for (const std::string text : {"loyer", "lo\xE2\x80\x8Byer", "lo\xC2\xADyer",
                                   "l\xCC\xB6oy\xCC\xB6"
                                   "er",
                                   "\xE2\x80\xAEloyer\xE2\x80\xAC", "LOYER\xE2\x80\x8F", "ｌｏｙｅｒ"}) {
        const auto clean = clean_text(text);
        REQUIRE(clean);
        terms.add(test::said_id(n), VoiceId{n}, *clean, "fr");
        ++n;
    }
    CHECK(terms.size() == 1);
    CHECK(terms[0].weight == n);
    CHECK(terms[0].shown == "loyer");
}

TEST_CASE("bad input: insults hidden by what hygiene lets pass are found") {
    const Flagger flagger{test::flag_lists()};
    for (const std::string text :
         {"con\xE2\x80\x8Cnard", "con\xE2\x80\x8Dnard", "con\xE2\x80\x8Fnard",
          "c\xCC\xB2o\xCC\xB2n\xCC\xB2n\xCC\xB2"
          "ard",
          "co\xC2\xADnnard",
          "\xE2\x80\xAE"
          "connard\xE2\x80\xAC",
          "c\xEF\xB8\x8Fonnard", "с о n n а r d", "c.о.n.n.а.r.d", "C O N N A R D", "ⓒⓞⓝⓝⓐⓡⓓ", "🇨🇴🇳🇳🇦🇷🇩", "ᴄᴏɴɴᴀʀᴅ",
          "¢0ηη@яd", "connnnnnnnnard", "c o n n a a a r d", "c\xCC\x8D\xCC\xA3onnard"}) {
        CAPTURE(text);
        const auto clean = clean_text(text);
        REQUIRE(clean);
        CHECK(flagger.flags_of(*clean).has(Flag::insult));
    }
}

TEST_CASE("bad input: 300 copies are one voice, one text and one suggestion") {
    TermIndex terms(languages());
    Likeness likeness(languages());
    for (std::uint32_t i = 0; i < 300; ++i) {
        terms.add(test::said_id(i), VoiceId{7}, "Démission ! Démission !", "fr");
        likeness.add(test::said_id(i), "Démission ! Démission !", "fr");
    }
    REQUIRE(terms.size() == 1);
    CHECK(terms[0].weight == 1);
    CHECK(terms[0].mentions == 300);
    CHECK(likeness.texts() == 1);
    const auto found = likeness.suggestions(10);
    REQUIRE(found.size() == 1);
    CHECK(found[0].rung == LikenessRung::exact);
    CHECK(found[0].contributions.size() == 300);
    // Merged by a rule, hidden by another: one voice still.
    for (std::uint32_t i = 300; i < 600; ++i) terms.add(test::said_id(i), VoiceId{7}, "Dehors", "fr");
    terms.set_rules({{"dehors", TermAct::merge, "démission"}});
    CHECK(terms[0].weight == 1);
    CHECK(terms[0].mentions == 600);
}

TEST_CASE("bad input: the wall shows it within its bounds") {
    FakeMeasure measure;
    WallOptions options;
    options.layout.area = {960, 540};
    WallBuilder wall(options, languages(), measure);
    std::uint32_t n = 0;
    for (const auto& text : hostile()) {
        if (const auto clean = clean_text(text)) wall.add(said(n++, *clean, 3));
        wall.add(said(n++, text, 4));
    }
    wall.set_rules({{repeat("a", 10000), TermAct::rename, repeat("b", 10000)}, {"", TermAct::hide, ""}}, n + 1,
                   ShowTime{} + Nanoseconds(60'000'000'000));
    const auto scene = wall.scene();
    REQUIRE(scene);
    CHECK(scene->words > 0);
    CHECK(scene->words == wall.layout().size());
    std::size_t on_pages = 0;
    for (const auto& page : scene->pages) on_pages += page.words;
    CHECK(on_pages == scene->words);
    for (const auto& page : scene->pages) {
        for (const auto& move : *page.moves) CHECK(move.text->text.size() < 10000);
    }
}
