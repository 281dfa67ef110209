#include "wall/likeness.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <numeric>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "unit/wall/said.hpp"

using namespace tribune;

namespace {

using Rung = LikenessRung;
using Ids = std::vector<Uuid>;

const std::vector<LanguageWords>& languages() {
    static const std::vector<LanguageWords> out{test::language("fr"), test::language("en")};
    return out;
}

struct Answers {
    Likeness likeness{languages()};
    std::uint32_t next = 0;

    explicit Answers(const std::vector<std::string>& texts) {
        for (const auto& t : texts) say(t);
    }
    void say(const std::string& text, const std::string& language = "fr") {
        likeness.add(test::said_id(next++), text, language);
    }
};

Ids ids(const std::vector<std::uint32_t>& numbers) {
    Ids out;
    for (const auto n : numbers) out.push_back(test::said_id(n));
    return out;
}

}  // namespace

TEST_CASE("likeness: each rung joins what the one before does not") {
    CHECK(Answers({"Plus d'arbres !", "plus  d'arbres", "PLUS D’ARBRES."}).likeness.suggestions(9) ==
          std::vector<LikenessSuggestion>{{Rung::exact, 1, ids({0, 1, 2})}});
    CHECK(
        Answers({"des arbres et de l'eau", "de l'eau, des arbres", "L'eau et les arbres !"}).likeness.suggestions(9) ==
        std::vector<LikenessSuggestion>{{Rung::fingerprint, 1, ids({0, 1, 2})}});
    CHECK(Answers({"l'école gratuite", "les écoles gratuites", "ECOLE GRATUITE"}).likeness.suggestions(9) ==
          std::vector<LikenessSuggestion>{{Rung::stems, 1, ids({0, 1, 2})}});
    const auto slips = Answers({"L'ascenseur de la tour B est en panne", "l'ascenceur de la tour B est tombé en panne",
                                "Un marché le jeudi"})
                           .likeness.suggestions(9);
    REQUIRE(slips.size() == 1);
    CHECK(slips[0].rung == Rung::trigrams);
    CHECK(slips[0].score >= 0.72);
    CHECK(slips[0].score < 1);
    CHECK(slips[0].contributions == ids({0, 1}));
}

TEST_CASE("likeness: what contradicts is never joined above the first rung") {
    CHECK(Answers({"avec des voitures", "sans voitures", "plus de voitures", "moins de voitures", "pas de voitures"})
              .likeness.suggestions(9) ==
          std::vector<LikenessSuggestion>{{Rung::fingerprint, 1, ids({1, 3, 4})}, {Rung::fingerprint, 1, ids({0, 2})}});
    const auto suggestions =
        Answers({"Je veux le tramway dans notre quartier", "Je ne veux pas du tramway dans notre quartier"})
            .likeness.suggestions(9);
    CHECK(suggestions.empty());
    CHECK(Answers({"12 bancs", "21 bancs"}).likeness.suggestions(9).empty());
}

TEST_CASE("likeness: the strongest first, each contribution once, no more than asked for") {
    Answers answers({"un square", "Un square", "la place", "LA PLACE", "la place !", "un marché couvert",
                     "des marchés couverts", "une piste cyclable rue Pasteur", "une piste cyclabe rue Pasteur",
                     "autre chose"});
    const auto all = answers.likeness.suggestions(99);
    REQUIRE(all.size() == 4);
    CHECK(all[0] == LikenessSuggestion{Rung::exact, 1, ids({2, 3, 4})});
    CHECK(all[1] == LikenessSuggestion{Rung::exact, 1, ids({0, 1})});
    CHECK(all[2] == LikenessSuggestion{Rung::stems, 1, ids({5, 6})});
    CHECK(all[3].rung == Rung::trigrams);
    CHECK(all[3].contributions == ids({7, 8}));
    CHECK(answers.likeness.suggestions(2).size() == 2);
    CHECK(answers.likeness.suggestions(0).empty());
}

TEST_CASE("likeness: taken back, it is in no suggestion; a known id changes nothing") {
    Answers answers({"un square", "un square", "un sqare"});
    answers.likeness.add(test::said_id(0), "tout autre chose", "fr");
    CHECK(answers.likeness.contributions() == 3);
    answers.likeness.remove(test::said_id(1));
    answers.likeness.remove(test::said_id(1));
    CHECK(answers.likeness.contributions() == 2);
    for (const auto& s : answers.likeness.suggestions(9)) {
        CHECK(std::find(s.contributions.begin(), s.contributions.end(), test::said_id(1)) == s.contributions.end());
    }
    answers.likeness.remove(test::said_id(0));
    answers.likeness.remove(test::said_id(2));
    CHECK(answers.likeness.texts() == 0);
    CHECK(answers.likeness.suggestions(9).empty());
}

TEST_CASE("likeness: a chain of small steps does not join its ends") {
    // Each shares most with the next, the ends share nearly nothing.
    std::vector<std::string> chain;
    const std::vector<std::string> words = {"fontaine",    "kiosque",   "tilleuls",  "terrasse",
                                            "marronniers", "jardinet",  "pergola",   "buvette",
                                            "guinguette",  "promenade", "belvedere", "escalier"};
    for (std::size_t i = 0; i + 6 <= words.size(); ++i) {
        std::string text;
        for (std::size_t k = i; k < i + 6; ++k) text += words[k] + " ";
        chain.push_back(text);
    }
    const auto found = Answers(chain).likeness.suggestions(9);
    REQUIRE(!found.empty());
    for (const auto& s : found) CHECK(s.contributions.size() <= 3);
}

TEST_CASE("likeness: the same whatever the order, and after any adding and removing") {
    const std::vector<std::string> pool = {
        "un square",         "des squares",        "Un SQUARE !",        "un square arboré",
        "un square arborré", "moins de voitures",  "voitures, moins",    "pas de voitures",
        "de l'eau partout",  "de l'eau part out",  "partout de l'eau",   "bancs à l'ombre",
        "banc à l'ombre",    "des bancs, à ombre", "une école gratuite", "école"};
    for (std::uint32_t seed = 1; seed <= 30; ++seed) {
        std::mt19937 random(seed);
        std::vector<std::uint32_t> order(60);
        std::iota(order.begin(), order.end(), 0U);
        Likeness straight{languages(), {.most_likes = 3}};
        for (const auto n : order) {
            if (n % 4 != 0) straight.add(test::said_id(n), pool[n % pool.size()], "fr");
        }
        for (std::size_t i = order.size(); i > 1; --i) std::swap(order[i - 1], order[random() % i]);
        Likeness shuffled{languages(), {.most_likes = 3}};
        for (const auto n : order) {
            shuffled.add(test::said_id(n), pool[n % pool.size()], "fr");
            if (random() % 3 == 0) CHECK(shuffled.suggestions(99).size() <= 30);
        }
        for (const auto n : order) {
            if (n % 4 == 0) shuffled.remove(test::said_id(n));
        }
        const auto found = straight.suggestions(99);
        CHECK(shuffled.suggestions(99) == found);
        std::set<Uuid> seen;
        for (const auto& s : found) {
            CHECK(s.contributions.size() >= 2);
            for (const auto& id : s.contributions) CHECK(seen.insert(id).second);
        }
        CHECK(!found.empty());
    }
}

TEST_CASE("likeness: 300 copies are one suggestion; past the bound texts are left out of trigrams only") {
    Likeness many{languages(), {.most_texts = 2}};
    for (std::uint32_t i = 0; i < 300; ++i) many.add(test::said_id(i), "La même chose, copiée", "fr");
    CHECK(many.texts() == 1);
    many.add(test::said_id(300), "la même chose recopiée", "fr");
    many.add(test::said_id(301), "Tout à fait autre chose", "fr");
    many.add(test::said_id(302), "autre chose, tout à fait", "fr");
    CHECK(many.left_out() == 2);
    const auto found = many.suggestions(9);
    REQUIRE(found.size() == 2);
    CHECK(found[0].rung == Rung::fingerprint);
    CHECK(found[1].rung == Rung::trigrams);
    CHECK(found[1].contributions.size() == 301);
    CHECK(found[1].contributions[0] == test::said_id(0));
    many.remove(test::said_id(301));
    CHECK(many.left_out() == 1);
}

TEST_CASE("likeness: texts without words, and in other scripts") {
    Answers answers({"!!!", "!!!", "👍", "👍👍", "السكن حق للجميع", "السكن حق للجميع!", "社会住房", "oui", "non"});
    const auto found = answers.likeness.suggestions(9);
    CHECK(std::find(found.begin(), found.end(), LikenessSuggestion{Rung::exact, 1, ids({0, 1})}) != found.end());
    CHECK(std::find(found.begin(), found.end(), LikenessSuggestion{Rung::exact, 1, ids({4, 5})}) != found.end());
    for (const auto& s : found) CHECK(s.contributions.size() == 2);
}
