#include "app/hub.hpp"

#include <catch2/catch.hpp>

#include "unit/app/hub_on_thread.hpp"

using namespace tribune;
using namespace tribune::test;

namespace {

MonotonicTime soon() { return monotonic_now() + std::chrono::seconds(10); }

bool closes(Channel& channel) {
    for (;;) {
        const auto message = channel.receive_one(soon());
        if (!message) return message.error().code != "timed_out";
    }
}

bool say(Channel& channel, Wire kind, const nlohmann::json& body) {
    return static_cast<bool>(channel.send_all(static_cast<std::uint32_t>(kind), pack(body), soon()));
}

}  // namespace

TEST_CASE("who does not say hello as it should is cut off, and others notice nothing") {
    const TemporaryFolder folder;
    HubOnThread hub(folder);
    Channel good = *connect_to(hub.socket(), wire_limits());
    REQUIRE(say(good, Wire::hello, {{"name", "net"}}));
    REQUIRE(good.receive_one(soon()));
    const std::vector<nlohmann::json> bad{nullptr,
                                          3,
                                          nlohmann::json::array(),
                                          nlohmann::json::object(),
                                          {{"name", 3}},
                                          {{"name", ""}},
                                          {{"name", "unwanted"}},
                                          {{"name", "/x"}}};
    for (const auto& body : bad) {
        INFO(body.dump());
        Channel channel = *connect_to(hub.socket(), wire_limits());
        REQUIRE(say(channel, Wire::hello, body));
        CHECK(closes(channel));
    }
    Channel early = *connect_to(hub.socket(), wire_limits());
    REQUIRE(say(early, Wire::request, {{"token", 1}}));
    CHECK(closes(early));
    Channel garbage = *connect_to(hub.socket(), wire_limits());
    REQUIRE(garbage.send_all(1, std::string(1 << 20, '\x81'), soon()));
    CHECK(closes(garbage));
    Channel unknown = *connect_to(hub.socket());
    REQUIRE(unknown.send_all(9999, "", soon()));
    CHECK(closes(unknown));
    hub.send_all(Wire::actual, {{"still", true}});
    REQUIRE(good.receive_one(soon()));  // the snapshot
    const auto message = good.receive_one(soon());
    REQUIRE(message);
    CHECK(kind_of(*message) == Wire::actual);
}

TEST_CASE("a peer that does not read is dropped; the hub keeps no more for it than its bound") {
    const TemporaryFolder folder;
    HubOnThread hub(
        folder,
        {.message_bytes = 1U << 20U, .queued_bytes = 1U << 20U, .kinds = static_cast<std::uint32_t>(Wire::last_)});
    Channel lazy = *connect_to(hub.socket(), wire_limits());
    Channel good = *connect_to(hub.socket(), wire_limits());
    REQUIRE(say(lazy, Wire::hello, {{"name", "render"}}));
    REQUIRE(say(good, Wire::hello, {{"name", "net"}}));
    REQUIRE(eventually([&] { return hub.hellos() == 2; }));
    const nlohmann::json body{{"bytes", std::string(100'000, 'x')}};
    int sent = 0;
    while (hub.dropped() == 0 && sent < 1000) {
        hub.send_all(Wire::actual, body);
        ++sent;
        while (kind_of(*good.receive_one(soon())) != Wire::actual) {
        }
    }
    CHECK(hub.dropped() == 1);
    CHECK(sent < 100);
    CHECK(closes(lazy));
    hub.send_all(Wire::quit, nlohmann::json::object());
    CHECK(kind_of(*good.receive_one(soon())) == Wire::quit);
}
