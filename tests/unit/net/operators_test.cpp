// A key each: what operators may on every way in, what others see of it, and keys that become void.
#include <catch2/catch.hpp>
#include <set>

#include "net/osc/message.hpp"
#include "obs_client.hpp"
#include "raw_client.hpp"
#include "test_show.hpp"
#include "udp_peer.hpp"

namespace tribune::test {
namespace {

using nlohmann::json;

Setup with_operators() {
    Setup setup = small_setup();
    OperatorSetup east;
    east.name = OperatorName("east");
    east.role = Role::producer;
    east.faces = {FaceName("east")};
    OperatorSetup captions;
    captions.name = OperatorName("captions");
    captions.may = {"overlays"};
    setup.operators = {east, captions};
    return setup;
}

ServerOptions with_keys() {
    ServerOptions options;
    options.keys = test_keys();
    options.keys["operator/east"] = "key-of-east";
    options.keys["operator/captions"] = "key-of-captions";
    return options;
}

json result_of(RawClient& client, const json& command) {
    client.json({{"type", "command"}, {"request", "r"}, {"command", command}});
    return client.until("result");
}

TEST_CASE("an operator is welcomed by name, with what they may, and held to it") {
    TestShow show(with_keys(), true, with_operators());
    RawClient east(show.port());
    const json welcome = east.hello("key-of-east");
    CHECK(welcome["name"] == "east");
    CHECK(welcome["role"] == "producer");
    CHECK(welcome["faces"] == json{"east"});
    CHECK(std::find(welcome["may"].begin(), welcome["may"].end(), "cut") != welcome["may"].end());
    CHECK(result_of(east, {{"kind", "cut"}, {"scene", "cam2"}, {"faces", {"east"}}})["ok"] == true);
    CHECK(show.last_actor() == Actor{Role::producer, "east", {}, true});
    const json refused = result_of(east, {{"kind", "cut"}, {"scene", "cam2"}, {"faces", {"west"}}});
    CHECK(refused["code"] == "forbidden_face");
    CHECK(refused["message"].get<std::string>().find("west") != std::string::npos);
    CHECK(result_of(east, {{"kind", "cut"}, {"scene", "cam2"}, {"faces", json::array()}})["code"] == "forbidden_face");

    RawClient captions(show.port());
    CHECK(captions.hello("key-of-captions")["may"] == json{"set_overlay"});
    CHECK(result_of(captions, {{"kind", "set_overlay"}, {"scene", "cam1"}, {"on", true}})["ok"] == true);
    CHECK(result_of(captions, {{"kind", "take"}})["code"] == "forbidden");
    CHECK(show.asked() == 2);
}

TEST_CASE("desks see each other's moves: who did what last") {
    TestShow show(with_keys(), true, with_operators());
    RawClient producer(show.port());
    REQUIRE(producer.hello("key-of-producer").is_object());
    RawClient east(show.port());
    REQUIRE(east.hello("key-of-east").is_object());
    CHECK(result_of(east, {{"kind", "cut"}, {"scene", "cam2"}, {"faces", {"east"}}})["ok"] == true);
    const json moves = producer.until("moves")["moves"];
    REQUIRE(moves.size() == 1);
    CHECK(moves[0]["name"] == "east");
    CHECK(moves[0]["command"] == "cut");
    CHECK(moves[0]["subject"] == "cam2");
    CHECK(moves[0]["faces"] == json{"east"});
    // Who comes later hears of them, too; a fader's way is one move.
    for (const double position : {0.1, 0.2, 0.3})
        CHECK(result_of(producer, {{"kind", "move_t_bar"}, {"position", position}})["ok"] == true);
    RawClient late(show.port());
    REQUIRE(late.hello("key-of-observer").is_object());
    const json all = late.until("moves")["moves"];
    REQUIRE(all.size() == 2);
    CHECK(all[0]["command"] == "move_t_bar");
    CHECK(all[0]["faces"] == nullptr);
    CHECK(all[1]["command"] == "cut");
    // A table's answers are nobody's move.
    RawClient table(show.port());
    REQUIRE(table.hello("key-of-table-7").is_object());
    table.json({{"type", "submit"}, {"id", uuid(1)}, {"round", 1}, {"text", "Des arbres"}, {"language", "fr"}});
    REQUIRE(table.until("stored").is_object());
    RawClient later(show.port());
    REQUIRE(later.hello("key-of-observer").is_object());
    CHECK(later.until("moves")["moves"].size() == 2);
}

TEST_CASE("a key that becomes void closes who came with it, and nobody else") {
    auto options = with_keys();
    options.obs_port = 0;
    TestShow show(options, true, with_operators());
    RawClient east(show.port());
    REQUIRE(east.hello("key-of-east").is_object());
    RawClient producer(show.port());
    REQUIRE(producer.hello("key-of-producer").is_object());
    ObsClient surface(show.server().obs_port());
    REQUIRE(surface.identify("key-of-east").is_object());
    auto keys = options.keys;
    keys["operator/east"] = "another-key-of-east";
    show.server().keys(keys);
    CHECK(east.until("error")["code"] == "wrong_key");
    CHECK(east.until_closed().close_code() == 1008);
    CHECK(surface.closed().first == 4011);
    CHECK(result_of(producer, {{"kind", "preview"}, {"scene", "cam1"}})["ok"] == true);
    RawClient old(show.port());
    CHECK(old.hello("key-of-east") == nullptr);
    RawClient anew(show.port());
    CHECK(anew.hello("another-key-of-east")["name"] == "east");
    // The show file names them no more.
    show.load(small_setup());
    CHECK(anew.until("error")["code"] == "wrong_key");
}

TEST_CASE("an operator's key is their obs-websocket password, with the same rights") {
    auto options = with_keys();
    options.obs_port = 0;
    TestShow show(options, true, with_operators());
    ObsClient captions(show.server().obs_port());
    REQUIRE(captions.identify("key-of-captions").is_object());
    const auto refused = captions.ask("SetCurrentPreviewScene", {{"sceneName", "cam1"}});
    CHECK(refused["requestStatus"]["code"] == 703);
    CHECK(refused["requestStatus"]["comment"].get<std::string>().find("\"switching\"") != std::string::npos);
    const auto done = captions.ask("CallVendorRequest", {{"vendorName", "tribune"},
                                                         {"requestType", "set_overlay"},
                                                         {"requestData", {{"scene", "cam1"}, {"on", true}}}});
    CHECK(done["requestStatus"]["code"] == 100);
    CHECK(show.last_actor() == Actor{Role::observer, "captions", {}, true});
}

TEST_CASE("an OSC sender can be an operator, and what fails is named") {
    auto options = with_keys();
    options.osc.port = 0;
    options.osc.senders = {"127.0.0.1=captions"};
    TestShow show(options, true, with_operators());
    RawClient desk(show.port());
    REQUIRE(desk.hello("key-of-producer").is_object());
    UdpPeer surface;
    surface.send(show.server().osc_port(), net::osc::encode({"/tribune/take", {}}));
    surface.send(show.server().osc_port(), "garbage!");
    surface.send(show.server().osc_port(), net::osc::encode({"/tribune/nowhere", {}}));
    std::set<std::string> codes;
    while (codes.size() < 3) {
        codes.clear();
        for (const auto& fault : show.server().surfaces().faults) {
            codes.insert(fault.code);
            CHECK(fault.from == "osc 127.0.0.1");
            CHECK_FALSE(fault.message.empty());
        }
    }
    CHECK(codes == std::set<std::string>{"bad_osc", "forbidden", "unknown_address"});
    CHECK(show.asked() == 0);
}

}  // namespace
}  // namespace tribune::test
