#include "text/clean_text.hpp"

#include <catch2/catch.hpp>

using namespace tribune;

TEST_CASE("plain text passes unchanged", "[text]") {
    for (const std::string text :
         {"", "logement", "été à l'œuvre", "السلام عليكم", "👨‍👩‍👧‍👦", "नमस्ते", "e\xCC\x81"}) {
        CHECK(clean_text(text) == text);
    }
}

TEST_CASE("bytes that are not UTF-8 become replacement characters", "[text]") {
    CHECK(clean_text("a\xFF"
                     "b") ==
          "a\xEF\xBF\xBD"
          "b");
    CHECK(clean_text("\xC3") == "\xEF\xBF\xBD");
    CHECK(clean_text("\xED\xA0\x80") == "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD");  // a surrogate
    CHECK(clean_text(std::string_view("a\0b", 3)).find('\0') == std::string::npos);
}

TEST_CASE("line breaks and control characters become spaces", "[text]") {
    CHECK(clean_text("a\nb\tc\xE2\x80\xA8"
                     "d") == "a b c d");
}

TEST_CASE("marks on one base and the length are bounded", "[text]") {
    std::string flood = "a";
    for (int i = 0; i < 500; ++i) flood += "\xCC\x81";
    CHECK(clean_text(flood) == "a\xCC\x81\xCC\x81\xCC\x81\xCC\x81");
    CHECK(clean_text(std::string(100000, 'w')) == std::string(most_code_points, 'w'));
}
