#include "print/seat_cards.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <map>
#include <regex>
#include <set>
#include <string>

#include "support/pdf.hpp"

using namespace tribune;
using test::Pdf;

namespace {

RotationPlan planned(const RotationWish& wish) {
    auto plan = plan_rotation(wish);
    REQUIRE(plan);
    return *std::move(plan);
}

std::string printed(const PrintHead& head, const RotationPlan& plan, RotationUnit unit = RotationUnit::people) {
    auto made = print_seat_cards(head, plan, unit);
    REQUIRE(made);
    return *std::move(made);
}

// What stands on each card of the file, by place.
std::vector<std::string> cards_of(const Pdf& pdf, int columns, int rows) {
    std::vector<std::string> cards;
    for (int page = 1; page <= pdf.pages(); ++page) {
        for (int i = 0; i < columns * rows; ++i) {
            const double width = 210.0 / columns, height = 297.0 / rows;
            auto text = pdf.text(page, i % columns * width, i / columns * height, width, height);
            if (text.find_first_not_of(" \n\f") != std::string::npos) cards.push_back(std::move(text));
        }
    }
    return cards;
}

// The number that stands large on a card: the only one on a line of its own, or before the first round.
std::uint32_t number_on(const std::string& card) {
    static const std::regex lone(R"((?:^|\n) {0,8}(\d+)(?= *\n| {3,}Tour))");
    std::smatch found;
    REQUIRE(std::regex_search(card, found, lone));
    return static_cast<std::uint32_t>(std::stoul(found[1]));
}

std::map<int, std::pair<int, bool>> rounds_on(const std::string& card) {
    static const std::regex line(R"(Tour (\d+) +→ +table (\d+)( +secrétaire)?)");
    std::map<int, std::pair<int, bool>> rounds;
    for (auto at = std::sregex_iterator(card.begin(), card.end(), line); at != std::sregex_iterator(); ++at)
        rounds[std::stoi((*at)[1])] = {std::stoi((*at)[2]), (*at)[3].matched};
    return rounds;
}

}  // namespace

TEST_CASE("each person of a plan has one card, with their tables in order and the scribe marked", "[print]") {
    RotationWish wish;
    wish.tables = 4;
    wish.seats = 5;
    wish.rounds = 4;
    wish.people = 19;
    wish.absent = {7};
    wish.scribes = true;
    const auto plan = planned(wish);
    const Pdf pdf(printed({"La Fabrique de la proximité", "fr"}, plan));
    CHECK(pdf.pages() == 3);
    CHECK(pdf.page_size() == "210 x 297");

    std::set<std::uint32_t> seen;
    for (const auto& card : cards_of(pdf, 2, 4)) {
        INFO(card);
        CHECK(card.find("La Fabrique de la proximité") != std::string::npos);
        CHECK(card.find("Personne") != std::string::npos);
        const auto person = number_on(card);
        CHECK(seen.insert(person).second);
        const auto rounds = rounds_on(card);
        REQUIRE(rounds.size() == plan.rounds.size());
        for (std::size_t round = 0; round < plan.rounds.size(); ++round) {
            const auto [table, scribe] = rounds.at(static_cast<int>(round + 1));
            const auto& people = plan.rounds[round].at(static_cast<std::size_t>(table - 1));
            CHECK(std::find(people.begin(), people.end(), person) != people.end());
            CHECK(scribe == (people.front() == person));
        }
    }
    CHECK(seen.size() == 18);
    CHECK_FALSE(seen.contains(7));
}

TEST_CASE("cut as a stack, the piles of a page make one deck in order", "[print]") {
    RotationWish wish;
    wish.tables = 4;
    wish.seats = 5;
    wish.rounds = 2;
    const auto plan = planned(wish);
    const Pdf pdf(printed({"Soirée", "fr"}, plan));
    REQUIRE(pdf.pages() == 3);
    std::vector<std::uint32_t> deck;
    for (int place = 0; place < 8; ++place) {
        for (int page = 1; page <= 3; ++page) {
            const auto card = pdf.text(page, place % 2 * 105, place / 2 * 74.25, 105, 74.25);
            if (card.find("Tour") != std::string::npos) deck.push_back(number_on(card));
        }
    }
    REQUIRE(deck.size() == 20);
    for (std::size_t i = 0; i < deck.size(); ++i) CHECK(deck[i] == i + 1);
}

TEST_CASE("groups have one card a group, in the show's language", "[print]") {
    RotationWish wish;
    wish.unit = RotationUnit::groups;
    wish.tables = 6;
    wish.rounds = 3;
    const Pdf pdf(printed({"The evening", "en"}, planned(wish), RotationUnit::groups));
    CHECK(pdf.pages() == 1);
    const auto cards = cards_of(pdf, 2, 4);
    CHECK(cards.size() == 6);
    for (const auto& card : cards) {
        INFO(card);
        CHECK(card.find("Group") != std::string::npos);
        CHECK(card.find("Round 3") != std::string::npos);
        CHECK(card.find("scribe") == std::string::npos);
    }
}

TEST_CASE("evenings of many rounds are told in columns, all of them", "[print]") {
    for (const std::uint32_t rounds : {7U, 12U, 13U, 60U}) {
        RotationPlan plan;
        for (std::uint32_t round = 0; round < rounds; ++round) {
            Seating tables(3);
            tables[round % 3] = {1, 2};
            if (round != 4) tables[(round + 1) % 3] = {3};
            plan.rounds.push_back(tables);
        }
        const Pdf pdf(printed({"Soirée", "fr"}, plan));
        INFO(rounds);
        CHECK(pdf.pages() == 1);
        const bool small = seat_cards_on_page(rounds) == 8;
        const auto cards = cards_of(pdf, 2, small ? 4 : 2);
        REQUIRE(cards.size() == 3);
        CHECK(cards[0].find("vous êtes secrétaire") != std::string::npos);
        CHECK(cards[1].find("vous êtes secrétaire") == std::string::npos);
        CHECK(cards[2].find("libre") != std::string::npos);
        for (const auto& card : cards) {
            static const std::regex entry(R"((\d+) +([123]|libre)(?= |\n))");
            std::set<int> told;
            const auto list = card.substr(card.find("table"));
            for (auto at = std::sregex_iterator(list.begin(), list.end(), entry); at != std::sregex_iterator(); ++at)
                told.insert(std::stoi((*at)[1]));
            INFO(card);
            CHECK(told.size() == rounds);
            CHECK(*told.rbegin() == static_cast<int>(rounds));
        }
    }
}

TEST_CASE("a plan of nobody prints nothing, and says so", "[print]") {
    const auto made = print_seat_cards({"Soirée", "fr"}, {}, RotationUnit::people);
    REQUIRE_FALSE(made);
    CHECK(made.error().code == "no_rotation");
}

TEST_CASE("a long title stays on its card, and letters of any script are told", "[print]") {
    RotationPlan plan;
    plan.rounds = {{{1}, {2}}};
    const std::string title =
        "Ateliers participatifs de la métropole, premier soir: l'eau, le logement, les transports";
    const Pdf pdf(printed({title + " et la proximité de chacun", "fr"}, plan));
    const auto right = pdf.text(1, 105, 0, 105, 20);
    CHECK(right.find("Ateliers") == right.rfind("Ateliers"));
    CHECK(Pdf(printed({"حوار 対話", "fr"}, plan)).text(1).find("対話") != std::string::npos);
}
