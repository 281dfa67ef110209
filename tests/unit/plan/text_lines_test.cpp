#include "plan/text_lines.hpp"

#include <catch2/catch.hpp>

#include "support/fake_measure.hpp"

using namespace tribune;

namespace {

TextLines block(const char* text, double width, int most) {
    TextLines lines;
    lines.text = text;
    lines.size = 20;
    lines.width = width;
    lines.most_lines = most;
    return lines;
}

std::vector<std::string> broken(const TextLines& wanted) {
    FakeMeasure measure;
    TextLinesCache cache(measure);
    std::vector<std::string> out;
    for (const auto& move : *cache.lines(wanted, {}).moves) out.push_back(move.text->text);
    return out;
}

}  // namespace

TEST_CASE("lines break between words and never exceed the width") {
    // Ten pixels a letter.
    CHECK(broken(block("un deux trois", 130, 3)) == std::vector<std::string>{"un deux trois"});
    CHECK(broken(block("un deux trois", 120, 3)) == std::vector<std::string>{"un deux", "trois"});
    CHECK(broken(block("un deux trois quatre", 75, 2)) == std::vector<std::string>{"un deux", "trois…"});
    CHECK(broken(block("", 75, 2)).empty());
}

TEST_CASE("a French mark set apart by a space does not part from its word") {
    CHECK(broken(block("Où vivre ?", 90, 3)) == std::vector<std::string>{"Où", "vivre ?"});
    CHECK(broken(block("dit « oui » et", 105, 3)) == std::vector<std::string>{"dit", "« oui » et"});
}

TEST_CASE("a word too long for a line is squeezed, not cut") {
    FakeMeasure measure;
    TextLinesCache cache(measure);
    const auto batch = cache.lines(block("anticonstitutionnellement", 100, 2), {});
    REQUIRE(batch.moves->size() == 1);
    CHECK(batch.moves->front().to_size == Approx(8));
}

TEST_CASE("the same block is the same object, so that nothing is drawn again") {
    FakeMeasure measure;
    TextLinesCache cache(measure);
    const auto a = cache.lines(block("un deux", 75, 2), {});
    for (int i = 0; i < 100; ++i) (void)cache.lines(block(std::to_string(i).c_str(), 75, 2), {});
    const auto b = cache.lines(block("un deux", 75, 2), ShowTime{std::chrono::seconds(3)});
    CHECK(a.moves == b.moves);
    CHECK(a == b);
}
