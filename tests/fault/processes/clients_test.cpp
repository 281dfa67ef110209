// Bad clients against the real program: a coded refusal or a clean close, and others notice nothing.
#include <catch2/catch.hpp>

#include "support/real_show/real_show.hpp"

using namespace tribune;
using namespace tribune::test;

namespace {

constexpr const char* one_source = "[[source]]\nname = \"cam1\"\nurl = \"lavfi:testsrc2=s=320x180:r=30\"\n";

Json hello(const RealShow& show, const std::string& key) {
    return {{"type", "hello"}, {"proto", 1}, {"key", show.key(key)}, {"device", "test-" + key}};
}

Json answer(const std::string& id, const std::string& text) {
    return {{"type", "submit"}, {"id", id}, {"round", 1}, {"text", text}, {"language", "fr"}};
}

}  // namespace

TEST_CASE("a table's answer is acknowledged, shown among its own, known again, and never confused with another") {
    RealShow show(shared_show(one_source));
    Client table(show.url(), hello(show, "table/7"));
    REQUIRE(table.wait_type("welcome"));
    const std::string id = "0190b4ae-7f1c-7abc-8def-0123456789ab";
    table.send(answer(id, "le chauffage"));
    const auto stored = table.wait_type("stored");
    REQUIRE(stored);
    REQUIRE(table.wait_type("own_added"));
    table.send(answer(id, "le chauffage"));
    const auto again = table.wait_type("stored");
    REQUIRE(again);
    CHECK((*again)["sequence"] == (*stored)["sequence"]);
    table.send(answer(id, "autre chose"));
    const auto refused = table.wait_type("refused");
    REQUIRE(refused);
    CHECK((*refused)["code"] == "id_conflict");
    CHECK(show.state()["room"]["answers"] == 1);
}

TEST_CASE("no key, no command; a table's key moves no picture") {
    RealShow show(shared_show(one_source));
    Client nobody(show.url(), {{"type", "hello"}, {"proto", 1}, {"key", "wrong"}, {"device", "x"}});
    REQUIRE(eventually([&] { return nobody.closed(); }));
    CHECK(nobody.close_code() == 1008);
    Client table(show.url(), hello(show, "table/1"));
    REQUIRE(table.wait_type("welcome"));
    const auto result = table.command({{"kind", "cut"}, {"scene", "cam1"}, {"faces", Json::array()}});
    CHECK(result["ok"] == false);
    CHECK(result["code"] == "forbidden");
    Client director(show.url(), hello(show, "director"));
    REQUIRE(director.wait_type("welcome"));
    CHECK(director.command({{"kind", "stop_round"}})["ok"] == true);
    CHECK(director.command({{"kind", "stop_round"}})["code"] == "no_open_round");
}

TEST_CASE("garbage, a megabyte and a flood harm nobody else") {
    RealShow show(shared_show(one_source));
    Client good(show.url(), hello(show, "table/1"));
    REQUIRE(good.wait_type("welcome"));
    Client garbage(show.url(), hello(show, "table/2"));
    REQUIRE(garbage.wait_type("welcome"));
    garbage.send("not an object");
    CHECK(garbage.wait_type("error"));
    Client large(show.url(), hello(show, "table/3"));
    REQUIRE(large.wait_type("welcome"));
    large.send(answer("0190b4ae-7f1c-7abc-8def-000000000003", std::string(20000, 'a')));
    REQUIRE(eventually([&] { return large.closed(); }));
    CHECK(large.close_code() == 1009);
    // So much that the reason is lost with the connection: closed all the same.
    Client larger(show.url(), hello(show, "table/5"));
    REQUIRE(larger.wait_type("welcome"));
    larger.send(answer("0190b4ae-7f1c-7abc-8def-000000000004", std::string(1 << 20, 'a')));
    REQUIRE(eventually([&] { return larger.closed(); }));
    Client flood(show.url(), hello(show, "table/4"));
    REQUIRE(flood.wait_type("welcome"));
    for (int i = 0; i < 400; ++i)
        flood.send(answer("0190b4ae-7f1c-7abc-8def-" + std::to_string(100000000000 + i), "encore"));
    const auto limited = flood.wait_for([](const Json& m) { return m.value("code", "") == "rate"; });
    CHECK((limited || flood.closed()));
    if (limited) CHECK((*limited)["retry_after_ms"].get<int>() > 0);
    good.send(answer("0190b4ae-7f1c-7abc-8def-000000000001", "tout va bien"));
    CHECK(good.wait_type("stored"));
    CHECK_FALSE(good.closed());
}
