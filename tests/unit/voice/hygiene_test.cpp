#include "voice/hygiene.hpp"

#include <catch2/catch.hpp>
#include <string>

using namespace tribune;

namespace {

std::string repeat(const std::string& s, int n) {
    std::string out;
    for (int i = 0; i < n; ++i) out += s;
    return out;
}
std::string cleaned(const std::string& s) {
    const auto out = clean_text(s);
    return out ? *out : "refused: " + out.error().code;
}
std::string code(const std::string& s) {
    const auto out = clean_text(s);
    return out ? "accepted: " + *out : out.error().code;
}

}  // namespace

TEST_CASE("hygiene: plain text passes, white space is made single") {
    CHECK(cleaned("Bonjour à tous") == "Bonjour à tous");
    CHECK(cleaned("  un\t deux\r\n\n trois\xC2\xA0") == "un deux trois");
    CHECK(cleaned("a\x01\x1F"
                  "b\x7F\xC2\x9F"
                  "c") == "abc");
    CHECK(cleaned("<script>alert(1)</script>") == "<script>alert(1)</script>");
}

TEST_CASE("hygiene: anything but strict UTF-8 is refused") {
    CHECK(code("\xC3") == "text_not_utf8");
    CHECK(code("\xC0\xAF") == "text_not_utf8");          // overlong
    CHECK(code("\xED\xA0\x80") == "text_not_utf8");      // surrogate
    CHECK(code("\xF4\x90\x80\x80") == "text_not_utf8");  // beyond U+10FFFF
    CHECK(code("abc\xFF") == "text_not_utf8");
    CHECK(code(std::string("a\0b", 3)) == "text_forbidden_character");
    CHECK(code("a\xEF\xBF\xBE") == "text_forbidden_character");  // U+FFFE
    CHECK(code("a\xEF\xB7\x90") == "text_forbidden_character");  // U+FDD0
}

TEST_CASE("hygiene: bidi controls go, true right-to-left stays") {
    CHECK(cleaned("a\xE2\x80\xAE"
                  "b\xE2\x80\xAC"
                  "c\xE2\x81\xA6"
                  "d\xE2\x81\xA9") == "abcd");
    CHECK(cleaned("السكن حق") == "السكن حق");
    CHECK(cleaned("שלום\xE2\x80\x8F!") == "שלום\xE2\x80\x8F!");
    CHECK(cleaned("a" + repeat("\xE2\x80\x8F", 50) + "b") == "a" + repeat("\xE2\x80\x8F", 8) + "b");
}

TEST_CASE("hygiene: marks are bounded, floods refused, the result is NFC") {
    CHECK(cleaned("e\xCC\x81") == "é");
    CHECK(cleaned("z" + repeat("\xCC\x82\xCC\xA3", 5)) == cleaned(cleaned("z" + repeat("\xCC\x82\xCC\xA3", 5))));
    const auto zalgo = cleaned("h" + repeat("\xCC\x8D", 30));
    CHECK(zalgo == "h" + repeat("\xCC\x8D", 4));
    CHECK(code("h" + repeat("\xCC\x8D", 31)) == "text_mark_flood");
    CHECK(code("h" + repeat("\xCC\x8D", 500)) == "text_mark_flood");
}

TEST_CASE("hygiene: joiners and selectors only where they join or select") {
    CHECK(cleaned("👨‍👩‍👧‍👦") == "👨‍👩‍👧‍👦");
    CHECK(cleaned("❤️") == "❤️");
    CHECK(cleaned("می\xE2\x80\x8C"
                  "خواهم") ==
          "می\xE2\x80\x8C"
          "خواهم");
    CHECK(cleaned("a \xE2\x80\x8D b\xE2\x80\x8D") == "a b");
    CHECK(cleaned("\xEF\xB8\x8F"
                  "a") == "a");
    // Fifty joined people: one bounded cluster.
    const auto chain = cleaned(repeat("👨\xE2\x80\x8D", 50) + "👨");
    CHECK(chain == repeat("👨\xE2\x80\x8D", 4) + "👨");
}

TEST_CASE("hygiene: tags only in the three flags") {
    const std::string scotland =
        "\xF0\x9F\x8F\xB4\xF3\xA0\x81\xA7\xF3\xA0\x81\xA2\xF3\xA0\x81\xB3\xF3\xA0\x81\xA3"
        "\xF3\xA0\x81\xB4\xF3\xA0\x81\xBF";
    CHECK(cleaned(scotland) == scotland);
    CHECK(cleaned("a\xF3\xA0\x81\xA7\xF3\xA0\x81\xA2z") == "az");
    CHECK(cleaned("\xF0\x9F\x8F\xB4\xF3\xA0\x81\xA7") == "\xF0\x9F\x8F\xB4");
}

TEST_CASE("hygiene: text without ink is refused") {
    for (const std::string s : {"", "   \t\n", "\xE2\x80\x8B\xE2\x80\x8B", "\xE3\x85\xA4", "\xE2\xA0\x80",
                                "\xE2\x80\x8D\xE2\x80\x8D", "\xE1\x85\x9F\xEF\xBE\xA0", "\xCC\x81", "\xEF\xBB\xBF"}) {
        CHECK(code(s) == "text_not_visible");
    }
}

TEST_CASE("hygiene: length is bounded in bytes, code points and clusters") {
    CHECK(cleaned(repeat("a", 140)) == repeat("a", 140));
    CHECK(code(repeat("a", 141)) == "text_too_long");
    CHECK(code(repeat("a", 10000)) == "text_too_long");
    CHECK(code(repeat("👨‍👩‍👧‍👦", 41)) == "text_too_long");  // 287 code points, 41 clusters
    TextLimits wide;
    wide.clusters = 200;
    CHECK(clean_text(repeat("a", 200), wide));
}

TEST_CASE("hygiene: hostile text, and cleaning twice is cleaning once") {
    const std::string hostile[] = {"=cmd|' /C calc'!A0",
                                   "'; DROP TABLE contributions; --",
                                   "\"><img src=x onerror=alert(1)>",
                                   "జ్ఞ\xE2\x80\x8Cా",
                                   "لُلُصّبُلُلصّبُررً ॣ ॣh ॣ ॣ 冗",
                                   "\xF0\x9F\x87\xAB\xF0\x9F\x87\xB7\xF0\x9F\x87",
                                   "%s%n%x",
                                   repeat("\xE2\x80\xAE", 100) + "x",
                                   "a" + repeat("\xEF\xB8\x8F", 40),
                                   "ﷺ",
                                   "ＦＵＬＬ",
                                   "e\xE2\x80\x8D\xCC\x81",
                                   "\xE0\xB7\x81\xE0\xB7\x8A\xE2\x80\x8D\xE0\xB6\xBB",
                                   "\xE2\x80\x8F \xE2\x80\x8F x \xE2\x80\x8F"};
    for (const auto& s : hostile) {
        const auto once = clean_text(s);
        if (!once) continue;
        CAPTURE(*once);
        const auto twice = clean_text(*once);
        REQUIRE(twice);
        CHECK(*twice == *once);
    }
    // Every pair out of a nasty alphabet.
    const std::string nasty[] = {
        "a", "\xCC\x81", "\xE2\x80\x8D", "\xE2\x80\x8F", "\xEF\xB8\x8F", "👩", "🏽", " ", "\xF3\xA0\x81\xA7",
        "ก", "ி",        "\xE1\x84\x80", "\xE1\x85\xA1", "\xE2\x81\xA7"};
    for (const auto& a : nasty) {
        for (const auto& b : nasty) {
            for (const auto& c : nasty) {
                const auto once = clean_text(a + b + c);
                if (once) REQUIRE(*clean_text(*once) == *once);
            }
        }
    }
}
