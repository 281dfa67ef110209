#include <algorithm>
#include <catch2/catch.hpp>
#include <map>
#include <random>
#include <string>
#include <tuple>
#include <vector>

#include "unit/wall/fake_measure.hpp"
#include "unit/wall/said.hpp"
#include "wall/terms.hpp"
#include "wall/wall_scene.hpp"

using namespace tribune;

namespace {

using Rules = std::vector<TermRule>;

const std::vector<LanguageWords>& languages() {
    static const std::vector<LanguageWords> out{test::language("fr"), test::language("en")};
    return out;
}

TermRule merge(const std::string& word, const std::string& to) { return {word, TermAct::merge, to}; }
TermRule hide(const std::string& word) { return {word, TermAct::hide, ""}; }
TermRule show_as(const std::string& word, const std::string& to) { return {word, TermAct::rename, to}; }

struct Cloud {
    TermIndex index{languages()};
    std::uint32_t next = 0;

    std::vector<std::uint32_t> say(const std::string& text, std::uint64_t voice, const std::string& lang = "fr") {
        return index.add(test::said_id(next++), VoiceId{voice}, text, lang);
    }
    // What stands on the wall.
    std::map<std::string, std::uint32_t> wall() const {
        std::map<std::string, std::uint32_t> out;
        for (std::uint32_t i = 0; i < index.size(); ++i) {
            if (index[i].weight > 0) out[index[i].shown] += index[i].weight;
        }
        return out;
    }
    // All that is known of each term, by its key. `with_unused`: also of terms nobody uses.
    auto all(bool with_unused = true) const {
        std::map<std::string, std::tuple<std::string, std::uint32_t, std::uint32_t, std::uint32_t, std::string>> out;
        for (std::uint32_t i = 0; i < index.size(); ++i) {
            const auto& t = index[i];
            if (with_unused || t.mentions > 0) {
                out[index.key(i)] = {t.shown, t.weight, t.voices, t.mentions, index.key(t.into)};
            }
        }
        return out;
    }
};

using WallWords = std::map<std::string, std::uint32_t>;

}  // namespace

TEST_CASE("term rules: a merged word's voices count for the other, each voice once") {
    Cloud cloud;
    cloud.say("vélo", 1);
    cloud.say("des vélos", 2);
    cloud.say("bicyclette", 2);
    cloud.say("bicyclettes", 3);
    CHECK(cloud.wall() == WallWords{{"vélo", 2}, {"bicyclette", 2}});
    CHECK(cloud.index.set_rules({merge("Bicyclette", "vélo")}) == std::vector<std::uint32_t>{0, 1});
    CHECK(cloud.wall() == WallWords{{"vélo", 3}});
    CHECK(cloud.index[0].mentions == 4);
    CHECK(cloud.index[1].into == 0);
    CHECK(cloud.index[1].mentions == 0);
    // What comes and goes later counts alike; an answer that says both is one mention.
    CHECK(cloud.say("bicyclette", 4) == std::vector<std::uint32_t>{0});
    CHECK(cloud.say("vélo et bicyclette", 4).empty());
    CHECK(cloud.index[0].mentions == 6);
    CHECK(cloud.index.remove(test::said_id(4)).empty());
    CHECK(cloud.index.remove(test::said_id(5)) == std::vector<std::uint32_t>{0});
    CHECK(cloud.index.set_rules({}) == std::vector<std::uint32_t>{0, 1});
    CHECK(cloud.wall() == WallWords{{"vélo", 2}, {"bicyclette", 2}});
}

TEST_CASE("term rules: a merge into a word nobody used shows it, and several words meet in it") {
    Cloud cloud;
    cloud.say("métro", 1);
    cloud.say("bus", 2);
    cloud.say("bus", 1);
    const Rules rules{merge("métro", "Transports en commun"), merge("bus", "transports en commun")};
    CHECK(cloud.index.set_rules(rules) == std::vector<std::uint32_t>{0, 1, 2});
    CHECK(cloud.wall() == WallWords{{"transports en commun", 2}});
    CHECK(cloud.index.set_rules({merge("bus", "tramway")}) == std::vector<std::uint32_t>{0, 2, 3});
    cloud.say("Tramway", 3);
    CHECK(cloud.wall() == WallWords{{"métro", 1}, {"Tramway", 3}});
    cloud.index.set_rules({});
    CHECK(cloud.wall() == WallWords{{"métro", 1}, {"bus", 2}, {"Tramway", 1}});
}

TEST_CASE("term rules: chains end where they end, and no circle is closed") {
    Cloud cloud;
    cloud.say("auto", 1);
    cloud.say("voiture", 2);
    cloud.say("véhicule", 3);
    cloud.index.set_rules({merge("auto", "voiture"), merge("voiture", "véhicule"), merge("véhicule", "auto")});
    CHECK(cloud.wall() == WallWords{{"véhicule", 3}});
    cloud.index.set_rules({merge("auto", "auto"), merge("voiture", "Voitures")});
    CHECK(cloud.wall() == WallWords{{"auto", 1}, {"voiture", 1}, {"véhicule", 1}});
}

TEST_CASE("term rules: hidden is off the wall and still counted, with what is merged into it") {
    Cloud cloud;
    cloud.say("maire", 1);
    cloud.say("maires", 2);
    cloud.say("élu", 3);
    cloud.index.set_rules({hide("Maires"), merge("élu", "maire")});
    CHECK(cloud.wall().empty());
    CHECK(cloud.index[0].voices == 3);
    CHECK(cloud.index[0].mentions == 3);
    CHECK(cloud.say("maire", 4).empty());
    CHECK(cloud.index.set_rules({merge("élu", "maire")}) == std::vector<std::uint32_t>{0});
    CHECK(cloud.wall() == WallWords{{"maire", 4}});
}

TEST_CASE("term rules: renamed is shown otherwise, and counts as before") {
    Cloud cloud;
    cloud.say("logement", 1);
    cloud.say("logements", 2);
    CHECK(cloud.index.set_rules({show_as("Logements", "Se loger")}) == std::vector<std::uint32_t>{0});
    CHECK(cloud.wall() == WallWords{{"Se loger", 2}});
    CHECK(cloud.say("logement", 3) == std::vector<std::uint32_t>{0});
    CHECK(cloud.wall() == WallWords{{"Se loger", 3}});
    CHECK(cloud.index.set_rules({show_as("logement", "")}) == std::vector<std::uint32_t>{0});
    CHECK(cloud.wall() == WallWords{{"logement", 3}});
}

TEST_CASE("term rules: a rule's word is the same in every language; the later of two rules holds") {
    Cloud cloud;
    cloud.say("transports", 1, "fr");
    cloud.say("the transportation", 2, "en");
    cloud.say("our transports", 3, "en");
    cloud.index.set_rules({merge("transportation", "Transports")});
    REQUIRE(cloud.wall().size() == 1);
    CHECK(cloud.wall() == WallWords{{"transports", 3}});
    cloud.index.set_rules({hide("transports"), show_as("Transport", "Se déplacer")});
    CHECK(cloud.wall().contains("Se déplacer"));
    cloud.index.set_rules({show_as("Transport", "Se déplacer"), hide("transports"), hide("transportation")});
    CHECK(cloud.wall().empty());
    cloud.index.set_rules({merge("", "x"), hide("   "), merge("transports", "")});
    CHECK(cloud.wall().size() >= 1);
}

TEST_CASE("term rules: on and off gives back what was before, whatever was said in between") {
    const std::vector<std::string> pool = {
        "vélo",  "vélos et bicyclettes", "Bicyclette", "bus", "le métro", "voitures", "auto", "parking", "école",
        "arbre", "des arbres",           "square"};
    const Rules many = {merge("bicyclette", "vélo"),  merge("auto", "voiture"),     hide("parking"),
                        show_as("arbre", "Arbres !"), merge("métro", "transports"), merge("bus", "transports")};
    for (std::uint32_t seed = 1; seed <= 40; ++seed) {
        std::mt19937 random(seed);
        const auto below = [&](std::size_t n) { return static_cast<std::size_t>(random()) % n; };
        Cloud with;
        Cloud without;
        for (int step = 0; step < 120; ++step) {
            const auto what = below(10);
            if (what == 0) {
                Rules rules;
                for (const auto& r : many) {
                    if (below(2) == 0) rules.push_back(r);
                }
                with.index.set_rules(rules);
            } else if (what == 1 && with.next > 0) {
                const auto id = test::said_id(static_cast<std::uint32_t>(below(with.next)));
                with.index.remove(id);
                without.index.remove(id);
            } else {
                const auto& text = pool[below(pool.size())];
                const auto voice = below(9);
                with.say(text, voice);
                without.say(text, voice);
            }
        }
        // The same rules in another order, and set once at the end: the same.
        auto turned = many;
        std::rotate(turned.begin(), turned.begin() + static_cast<std::ptrdiff_t>(below(many.size())), turned.end());
        std::reverse(turned.begin(), turned.end());
        with.index.set_rules(many);
        const auto one = with.all(false);
        with.index.set_rules(turned);
        CHECK(with.all(false) == one);
        without.index.set_rules(many);
        CHECK(without.all(false) == one);
        // And gone without a trace.
        with.index.set_rules({});
        without.index.set_rules({});
        CHECK(with.all(false) == without.all(false));
    }
}

TEST_CASE("term rules: set before or after the answers, they count alike, whatever the answers' order") {
    const Rules rules = {merge("bicyclette", "vélo"), merge("vélo", "mobilité"), hide("parking"),
                         show_as("école", "L'école")};
    std::vector<std::pair<std::string, std::uint64_t>> said;
    for (std::uint64_t v = 0; v < 12; ++v) {
        for (const char* word : {"bicyclette", "vélo", "parking", "école", "mobilité"}) {
            if ((v * 7 + static_cast<std::uint64_t>(word[0])) % 3 != 0) said.emplace_back(word, v);
        }
    }
    Cloud before;
    before.index.set_rules(rules);
    for (const auto& [text, voice] : said) before.say(text, voice);
    Cloud after;
    for (auto at = said.rbegin(); at != said.rend(); ++at) after.say(at->first, at->second);
    after.index.set_rules(rules);
    CHECK(before.all() == after.all());
    CHECK(before.wall().size() == 2);
}

TEST_CASE("term rules: changed indices name every term whose weight or spelling changed, and no other") {
    Cloud cloud;
    for (std::uint64_t v = 0; v < 5; ++v) cloud.say("vélo bus école", v);
    for (const auto& rules :
         {Rules{merge("vélo", "bus")}, Rules{hide("bus")}, Rules{hide("bus"), show_as("école", "É")}, Rules{}}) {
        std::vector<Term> was;
        for (std::uint32_t i = 0; i < cloud.index.size(); ++i) was.push_back(cloud.index[i]);
        const auto changed = cloud.index.set_rules(rules);
        for (std::uint32_t i = 0; i < was.size(); ++i) {
            const bool differs = was[i].weight != cloud.index[i].weight || was[i].shown != cloud.index[i].shown;
            CHECK(differs == std::binary_search(changed.begin(), changed.end(), i));
        }
        CHECK(cloud.index.set_rules(rules).empty());
    }
}

TEST_CASE("term rules: the wall obeys them, and comes back") {
    FakeMeasure measure;
    WallOptions options;
    options.layout.area = {1920, 1080};
    WallBuilder wall(options, languages(), measure);
    std::uint64_t sequence = 0;
    const auto say = [&](const std::string& text, std::uint32_t table) {
        Contribution c;
        c.sequence = ++sequence;
        c.id = test::said_id(static_cast<std::uint32_t>(sequence));
        c.table.value = static_cast<int>(table);
        c.text = text;
        c.language = "fr";
        c.at = ShowTime{} + Nanoseconds(static_cast<std::int64_t>(sequence) * 1'000'000'000);
        wall.add(c);
    };
    say("vélo", 1);
    say("bicyclette", 2);
    say("parking", 3);
    const auto at = [](int s) { return ShowTime{} + Nanoseconds(std::int64_t{s} * 1'000'000'000); };
    const auto before = wall.scene();
    CHECK(before->words == 3);
    wall.set_rules({merge("bicyclette", "vélo"), hide("parking")}, ++sequence, at(10));
    const auto ruled = wall.scene();
    CHECK(ruled->words == 1);
    CHECK(ruled->revision == sequence);
    CHECK(ruled->contributions == 3);
    wall.set_rules({merge("bicyclette", "vélo"), hide("parking")}, ++sequence, at(11));
    CHECK(wall.scene() == ruled);
    wall.set_rules({}, ++sequence, at(12));
    CHECK(wall.scene()->words == 3);
}
