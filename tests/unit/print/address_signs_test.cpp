#include "print/address_signs.hpp"

#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "support/pdf.hpp"

using namespace tribune;
using test::Pdf;

namespace {

std::string address_of(int table) {
    return "http://192.0.2.10:8080/table/" + std::to_string(table) + "#key=Wm3vJ0dKq8yTnB2xLhRcUg-" +
           std::to_string(table);
}

}  // namespace

TEST_CASE("a table's sign says its number and its page, to eyes and to cameras", "[print]") {
    std::vector<TableSign> signs;
    for (const int table : {1, 12, 128}) signs.push_back({table, address_of(table)});
    const auto made = print_table_signs({"La Fabrique de la proximité", "fr"}, signs);
    REQUIRE(made);
    const Pdf pdf(*made);
    CHECK(pdf.pages() == 3);
    CHECK(pdf.page_size() == "210 x 297");
    for (int page = 1; page <= 3; ++page) {
        const auto& sign = signs[static_cast<std::size_t>(page - 1)];
        CHECK(pdf.codes(page) == std::vector{sign.address});
        const auto text = pdf.text(page);
        INFO(text);
        CHECK(text.find("La Fabrique de la proximité") != std::string::npos);
        CHECK(text.find("Table") != std::string::npos);
        const auto left = pdf.text(page, 0, 190, 105, 80);
        CHECK(left.find(std::to_string(sign.table)) != std::string::npos);
    }
}

TEST_CASE("the phones' sign says one address, in the show's language", "[print]") {
    const std::string address = "http://192.0.2.10:8080/voice#key=0123456789abcdef0123456789abcdef";
    const auto made = print_voice_sign({"The evening", "en"}, address);
    REQUIRE(made);
    const Pdf pdf(*made);
    CHECK(pdf.pages() == 1);
    CHECK(pdf.codes(1) == std::vector{address});
    CHECK(pdf.text(1).find("192.0.2.10:8080/voice#key=0123456789abcdef0123456789abcdef") != std::string::npos);
    CHECK(pdf.text(1).find("Say it from here.") != std::string::npos);
}

TEST_CASE("what no code can say is refused", "[print]") {
    const auto made = print_voice_sign({"The evening", "en"}, std::string(4000, 'a'));
    REQUIRE_FALSE(made);
    CHECK(made.error().code == "bad_qr_text");
    CHECK(print_table_signs({"The evening", "en"}, {}).error().code == "no_tables");
}
