#include "wall/terms.hpp"
#include "support/source_dir.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <fstream>
#include <iterator>
#include <set>

using namespace tribune;

namespace {

LanguageWords language(const std::string& code) {
    std::ifstream file(test::source_dir() / "assets/words" / (code + ".txt"));
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    return {code, parse_word_list(text)};
}

Uuid id(int n) {
    Uuid out;
    out.bytes[0] = static_cast<std::uint8_t>(n & 255);
    out.bytes[1] = static_cast<std::uint8_t>(n >> 8);
    return out;
}

struct Wall {
    TermIndex index{{language("fr"), language("en")}};
    int next = 0;

    void say(const std::string& text, std::uint64_t voice, const std::string& lang = "") {
        index.add(id(next++), VoiceId{voice}, text, lang);
    }
    std::set<std::string> shown() const {
        std::set<std::string> out;
        for (std::uint32_t i = 0; i < index.size(); ++i) {
            if (index[i].weight > 0) out.insert(index[i].shown);
        }
        return out;
    }
    std::uint32_t weight(const std::string& shown) const {
        for (std::uint32_t i = 0; i < index.size(); ++i) {
            if (index[i].shown == shown) return index[i].weight;
        }
        return 0;
    }
};

using Words = std::set<std::string>;

}  // namespace

TEST_CASE("word lists: comments and blank lines are ignored") {
    CHECK(parse_word_list("# head\nle\n\n  la # the\r\nqu'\n") == std::vector<std::string>{"le", "la", "qu'"});
    CHECK(language("fr").words.size() > 200);
    CHECK(language("en").words.size() > 150);
}

TEST_CASE("terms: case, accents and normal forms are one term, the most used spelling is shown") {
    Wall wall;
    wall.say("CAFÉ", 1, "fr");
    wall.say("Café", 2, "fr");
    wall.say("cafe\xCC\x81", 3, "fr");  // e + U+0301
    wall.say("Cafe", 4, "fr");
    wall.say("Café", 5, "fr");
    REQUIRE(wall.index.size() == 1);
    CHECK(wall.index[0].weight == 5);
    CHECK(wall.index[0].shown == "Café");
}

TEST_CASE("terms: the shown spelling changes only when another is used more") {
    Wall wall;
    wall.say("Loyer", 1, "fr");
    wall.say("loyer", 2, "fr");
    CHECK(wall.index[0].shown == "Loyer");
    wall.say("loyer", 3, "fr");
    CHECK(wall.index[0].shown == "loyer");
}

TEST_CASE("terms: French plurals, elisions and function words") {
    Wall wall;
    wall.say("Le logement", 1, "fr");
    wall.say("des logements", 2, "fr");
    wall.say("L’eau et l'eau qu'on boit", 3, "fr");
    CHECK(wall.shown() == Words{"logement", "eau", "boit"});
    CHECK(wall.weight("logement") == 2);
    CHECK(wall.weight("eau") == 1);
    wall.say("aujourd'hui presqu'île", 4, "fr");
    CHECK(wall.weight("presqu'île") == 1);
}

TEST_CASE("terms: English") {
    Wall wall;
    wall.say("We don't want the houses", 1, "en");
    wall.say("A house", 2, "en");
    CHECK(wall.weight("houses") == 2);
    CHECK(wall.shown() == Words{"want", "houses"});
}

TEST_CASE("terms: the language is told by its function words") {
    Wall wall;
    wall.say("the rent is too high for us", 1);
    CHECK(wall.shown() == Words{"rent", "high"});
    wall.say("les loyers sont trop chers", 2, "auto");
    CHECK(wall.weight("loyers") == 1);
    CHECK(wall.weight("sont") == 0);
}

TEST_CASE("terms: hyphens join, compounds of function words say nothing") {
    Wall wall;
    wall.say("un rendez-vous au porte-à-porte, y a-t-il peut-on", 1, "fr");
    CHECK(wall.shown() == Words{"rendez-vous", "porte-à-porte"});
}

TEST_CASE("terms: an answer of function words or numbers alone is not lost") {
    Wall wall;
    wall.say("Nous", 1, "fr");
    wall.say("2030", 2, "fr");
    CHECK(wall.shown() == Words{"Nous", "2030"});
    wall.say("300 logements", 3, "fr");
    CHECK(wall.weight("300") == 0);
    CHECK(wall.weight("logements") == 1);
}

TEST_CASE("terms: other scripts and emoji are cut where their readers cut") {
    Wall wall;
    wall.say("السكن حق للجميع", 1, "ar");
    CHECK(wall.index.size() == 3);
    Wall hebrew;
    hebrew.say("דיור הוא זכות", 1, "he");
    CHECK(hebrew.index.size() == 3);
    Wall chinese;
    chinese.say("社会住房问题", 1, "zh");
    CHECK(chinese.index.size() >= 2);
    CHECK(chinese.index.size() <= 4);
    Wall thai;
    thai.say("บ้านใหม่ของเรา", 1, "th");
    CHECK(thai.index.size() >= 3);
    Wall emoji;
    emoji.say("👨‍👩‍👧 ❤️ 🇫🇷!", 1, "fr");
    CHECK(emoji.shown() == Words{"👨‍👩‍👧", "❤️", "🇫🇷"});
    emoji.say("❤", 2, "fr");
    CHECK(emoji.weight("❤️") == 2);
}

TEST_CASE("terms: a voice that repeats itself counts once") {
    Wall wall;
    for (int i = 0; i < 300; ++i) wall.say("travaux travaux Travaux", 7, "fr");
    CHECK(wall.index[0].weight == 1);
    CHECK(wall.index[0].mentions == 300);
    wall.say("travaux", 8, "fr");
    CHECK(wall.index[0].weight == 2);
}

TEST_CASE("terms: the same id counts once, and removal undoes exactly") {
    Wall wall;
    CHECK(wall.index.add(id(1), VoiceId{1}, "cave humide", "fr").size() == 2);
    CHECK(wall.index.add(id(1), VoiceId{1}, "cave humide", "fr").empty());
    CHECK(wall.index.add(id(2), VoiceId{1}, "Cave", "fr").empty());
    CHECK(wall.index.remove(id(1)) == std::vector<std::uint32_t>{0, 1});
    CHECK(wall.index[0].weight == 1);
    CHECK(wall.index[0].shown == "Cave");
    CHECK(wall.index[1].weight == 0);
    CHECK(wall.index.remove(id(1)).empty());
    CHECK(wall.index.remove(id(2)) == std::vector<std::uint32_t>{0});
    CHECK(wall.index.contributions() == 0);
}

TEST_CASE("terms: ten thousand contributions, and every weight is its number of voices") {
    Wall wall;
    const std::vector<std::string> pool = {"logement", "loyers",        "écoute",         "l'ascenseur en panne",
                                           "dignité",  "plus de bancs", "mixité sociale", "école",
                                           "charges",  "voisins"};
    std::vector<std::set<std::uint64_t>> said(pool.size());
    for (std::uint32_t i = 0; i < 10000; ++i) {
        const auto which = (i * 7919U) % pool.size();
        const std::uint64_t voice = (i * 104729U) % 200;
        said[which].insert(voice);
        wall.say(pool[which], voice, "fr");
    }
    CHECK(wall.index.contributions() == 10000);
    CHECK(wall.weight("logement") == said[0].size());
    CHECK(wall.weight("ascenseur") == said[3].size());
    CHECK(wall.weight("bancs") == said[5].size());
}
