#include "net/rehearsal.hpp"

#include <catch2/catch.hpp>
#include <thread>

#include "raw_client.hpp"
#include "test_show.hpp"

namespace tribune::test {
namespace {

RehearsalOptions room(int port) {
    RehearsalOptions options;
    options.url = "http://127.0.0.1:" + std::to_string(port);
    options.key = "key-of-rehearsal";
    options.tables = 12;
    options.phones = 5;
    options.per_second = 200;
    options.seconds = 1;
    options.grace_seconds = 20;
    options.lines = {"Un toit d'abord", "Écouter les gens", "Moins de papiers"};
    return options;
}

TEST_CASE("every answer of a simulated room is stored") {
    TestShow show;
    const auto report = rehearse(room(show.port()));
    REQUIRE(report);
    CHECK(report->sent > 100);
    CHECK(report->acked == report->sent);
    CHECK(report->lost == 0);
    CHECK(report->refused == 0);
    CHECK(report->reconnects == 0);
    CHECK(report->p50_ms > 0);
    CHECK(report->p99_ms >= report->p50_ms);
    CHECK(show.contributions() == report->sent);
}

TEST_CASE("a room that is thrown out comes back and loses nothing") {
    TestShow show;
    auto options = room(show.port());
    options.seconds = 2;
    bool thrown = false;
    const auto report = rehearse(options, [&](const RehearsalReport&) {
        if (!std::exchange(thrown, true)) {
            // The same state under another name: all are closed and must return.
            show.server().journal("epoch-2", ShowClock{});
            show.republish();
        }
        return true;
    });
    REQUIRE(report);
    CHECK(report->reconnects >= 17);
    CHECK(report->lost == 0);
    CHECK(report->acked == report->sent);
    CHECK(show.contributions() == report->sent);
}

TEST_CASE("answers that were not taken in time are lost, and counted so") {
    TestShow show;
    show.hold(true);
    auto options = room(show.port());
    options.per_second = 50;
    options.seconds = 0.5;
    options.grace_seconds = 0.5;
    const auto report = rehearse(options);
    show.hold(false);
    REQUIRE(report);
    CHECK(report->sent > 0);
    CHECK(report->acked == 0);
    CHECK(report->lost == report->sent);
}

TEST_CASE("the same seed writes the same room") {
    std::vector<std::vector<std::string>> texts;
    for (int i = 0; i < 2; ++i) {
        TestShow show;
        auto options = room(show.port());
        options.tables = 1;
        options.phones = 0;
        options.lines.clear();
        for (int n = 0; n < 50; ++n) options.lines.push_back("ligne " + std::to_string(n));
        REQUIRE(rehearse(options));
        texts.push_back(show.texts());
    }
    const auto n = std::min(texts[0].size(), texts[1].size());
    REQUIRE(n > 20);
    texts[0].resize(n);
    texts[1].resize(n);
    CHECK(texts[0] == texts[1]);
}

TEST_CASE("what stands in the way of a rehearsal is said") {
    int port = 0;
    {
        TestShow show({}, false);
        port = show.port();
        auto options = room(port);
        options.seconds = 0.3;
        auto report = rehearse(options);
        REQUIRE(!report);
        CHECK(report.error().code == "no_open_round");
        options.key = "nobody's";
        report = rehearse(options);
        REQUIRE(!report);
        CHECK(report.error().code == "wrong_key");
        options.lines.clear();
        CHECK(rehearse(options).error().code == "no_lines");
    }
    const auto report = rehearse(room(port));
    REQUIRE(!report);
    CHECK(report.error().code == "no_answer");
}

TEST_CASE("a script is lines without comments and topics") {
    CHECK(script_lines("# titre\n\nUn toit\r\n  logement | Moins cher  \n#fin\nDernière") ==
          std::vector<std::string>{"Un toit", "Moins cher", "Dernière"});
    CHECK(script_lines("").empty());
}

}  // namespace
}  // namespace tribune::test
