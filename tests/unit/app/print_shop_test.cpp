#include "app/print_shop.hpp"

#include <catch2/catch.hpp>
#include <future>
#include <memory>
#include <string>
#include <vector>

#include "app/own_address.hpp"
#include "support/pdf.hpp"

using namespace tribune;
using Of = PrintRequest::Of;

namespace {

std::shared_ptr<ShowState> show_at(const std::string& address) {
    Setup setup;
    setup.title = "Soirée";
    setup.tables = 2;
    setup.address = address;
    auto state = std::make_shared<ShowState>();
    state->setup = std::make_shared<const Setup>(setup);
    return state;
}

const std::map<std::string, std::string> keys{
    {"table/1", "one"}, {"table/2", "two"}, {"director", "secret"}, {"audience", "all"}};

}  // namespace

TEST_CASE("codes begin with the show file's address, else with one that others can reach", "[print]") {
    const auto begins = [](const std::string& told, const std::string& host, const std::string& guessed) {
        return printed_address(*show_at(told)->setup, host, guessed);
    };
    const std::string guessed = "http://192.0.2.1:8080";
    CHECK(begins("https://room.example.org", "192.0.2.7:8080", guessed) == "https://room.example.org");
    CHECK(begins("", "192.0.2.7:8080", guessed) == "http://192.0.2.7:8080");
    CHECK(begins("", "localhost:8080", guessed) == guessed);
    CHECK(begins("", "127.0.0.1:8080", guessed) == guessed);
    CHECK(begins("", "", guessed) == guessed);
    CHECK(begins("", "127.0.0.1:8080", "") == "http://127.0.0.1:8080");
    CHECK(pages_address("192.0.2.1", 8123) == "http://192.0.2.1:8123");
    CHECK(pages_address("192.0.2.1", 0).empty());
    CHECK(host_for_others("192.0.2.1") == "192.0.2.1");
}

TEST_CASE("the shop prints what was ordered, or says why not, once each", "[print]") {
    std::promise<Result<Bytes>> tables, cards, voice, early;
    const std::vector<std::promise<Result<Bytes>>*> wanted{&tables, &cards, &voice, &early};
    PrintShop shop([&](std::uint64_t token, Result<Bytes> pdf) { wanted.at(token)->set_value(std::move(pdf)); });
    const auto state = show_at("http://192.0.2.1:8080");
    REQUIRE(shop.order({0, {Of::tables, ""}, state, keys, ""}));
    REQUIRE(shop.order({1, {Of::seat_cards, ""}, state, keys, ""}));
    REQUIRE(shop.order({2, {Of::voice, ""}, state, keys, ""}));
    REQUIRE(shop.order({3, {Of::voice, ""}, nullptr, keys, ""}));

    const auto signs = tables.get_future().get();
    REQUIRE(signs);
    const test::Pdf pdf(**signs);
    REQUIRE(pdf.pages() == 2);
    CHECK(pdf.codes(2) == std::vector<std::string>{"http://192.0.2.1:8080/table/2#key=two"});
    CHECK(cards.get_future().get().error().code == "no_rotation");
    const auto sign = voice.get_future().get();
    REQUIRE(sign);
    CHECK(test::Pdf(**sign).codes(1) == std::vector<std::string>{"http://192.0.2.1:8080/voice#key=all"});
    CHECK(early.get_future().get().error().code == "not_ready");
}
