// obs-websocket over real sockets: the handshake, what closes a connection, order, batches, events.
#include <catch2/catch.hpp>
#include <numeric>

#include "obs_client.hpp"
#include "test_show.hpp"

namespace tribune::test {
namespace {

ServerOptions with_obs() {
    ServerOptions options;
    options.obs_port = 0;
    return options;
}

struct Hall {
    TestShow show{with_obs()};
    [[nodiscard]] int port() { return show.server().obs_port(); }
};

struct Operator : Hall {
    ObsClient client{port()};
    Operator() { REQUIRE(client.identify().is_object()); }
};

TEST_CASE("an answer to the challenge is what the protocol says") {
    using net::obs::expected_answer;
    CHECK(expected_answer("supersecretpassword", "lM1GncleQOaCu9lT1yeUZhFYnqhsLLP1G5lAGo3ixaI=",
                          "+IxH4CnCiqpX1rM9scsNynZzbOe4KhDeYcTNS3PDaeY=") ==
          "1Ct943GAT+6YQUUX47Ia/ncufilbe6+oD6lY+5kaCu4=");
    CHECK(expected_answer("supersecretpassword", "PZVbYpvAnZut2SS6JNJytDm9", "ztTBnnuqrqaKDzRM3xcVdbYm") ==
          "zZgWipvwSGrw748kHN4gNpBC1IaeiiWX3Hjkrm849Sc=");
}

TEST_CASE("the subprotocol that is offered first and known is taken") {
    Hall hall;
    const auto chosen = [&](const std::string& offer) {
        ObsClient client(hall.port(), offer);
        const auto at = client.head().find("ebsocket.");  // header names come in any case
        return at == std::string::npos ? std::string() : client.head().substr(at, client.head().find('\r', at) - at);
    };
    CHECK(chosen("obswebsocket.json") == "ebsocket.json");
    CHECK(chosen("obswebsocket.msgpack") == "ebsocket.msgpack");
    CHECK(chosen("obswebsocket.msgpack, obswebsocket.json") == "ebsocket.msgpack");
    CHECK(chosen("something, obswebsocket.json") == "ebsocket.json");
    CHECK(chosen("").empty());
}

TEST_CASE("a client that offers no subprotocol speaks JSON") {
    Hall hall;
    ObsClient client(hall.port(), "");
    CHECK(client.identify()["negotiatedRpcVersion"] == 1);
    CHECK_FALSE(client.binary());
}

TEST_CASE("both encodings carry the same conversation") {
    Hall hall;
    for (const char* name : {"obswebsocket.json", "obswebsocket.msgpack"}) {
        INFO(name);
        ObsClient client(hall.port(), name);
        const Json identified = client.identify();
        REQUIRE(identified.is_object());
        CHECK(identified["negotiatedRpcVersion"] == 1);
        CHECK(client.binary() == (std::string(name) == "obswebsocket.msgpack"));
        // MessagePack clients send what they leave out as nil.
        client.send(6, {{"requestType", "GetVersion"}, {"requestId", "v"}, {"requestData", nullptr}});
        const Json answer = client.until(7);
        CHECK(code_of(answer) == 100);
        CHECK(answer["requestId"] == "v");
        CHECK(answer["responseData"]["supportedImageFormats"].is_array());
        CHECK(answer["responseData"]["rpcVersion"] == 1);
    }
}

TEST_CASE("hello comes at once and asks for a password") {
    Hall hall;
    ObsClient one(hall.port());
    ObsClient other(hall.port());
    const Json hello = one.next();
    CHECK(hello["op"] == 0);
    CHECK_FALSE(hello["d"]["obsWebSocketVersion"].get<std::string>().empty());
    CHECK(hello["d"]["rpcVersion"] == 1);
    const Json secrets = hello["d"]["authentication"];
    const Json others = other.next()["d"]["authentication"];
    CHECK(secrets["salt"] == others["salt"]);
    CHECK(secrets["challenge"] != others["challenge"]);
}

TEST_CASE("what a client gets wrong closes it with the code and words that clients look for") {
    struct Case {
        const char* what;
        Json message;
        int code;
        const char* reason;
    };
    const std::vector<Case> before{
        {"no map", Json::array(), 4002, ""},
        {"op missing", {{"d", Json::object()}}, 4006, "op"},
        {"op no number", {{"op", "1"}, {"d", Json::object()}}, 4006, "op"},
        {"d missing", {{"op", 1}}, 4003, "`d`"},
        {"d null", {{"op", 1}, {"d", nullptr}}, 4003, "`d`"},
        {"d no map", {{"op", 1}, {"d", 5}}, 4004, "`d`"},
        {"a request first", {{"op", 6}, {"d", Json::object()}}, 4007, "Identify"},
        {"a client of version 4", {{"request-type", "GetVersion"}, {"message-id", "1"}}, 4010, "version 5"},
        {"no password", {{"op", 1}, {"d", {{"rpcVersion", 1}}}}, 4009, "missing an `authentication` string"},
        {"a wrong password",
         {{"op", 1}, {"d", {{"rpcVersion", 1}, {"authentication", "x"}}}},
         4009,
         "Authentication failed"},
    };
    Hall hall;
    for (const auto& c : before) {
        INFO(c.what);
        ObsClient client(hall.port());
        REQUIRE(client.next()["op"] == 0);
        client.send(c.message);
        const auto [code, reason] = client.closed();
        CHECK(code == c.code);
        CHECK(reason.find(c.reason) != std::string::npos);
    }
    const std::vector<Case> after{
        {"identify again", {{"op", 1}, {"d", {{"rpcVersion", 1}}}}, 4008, ""},
        {"an unknown op", {{"op", 4}, {"d", Json::object()}}, 4006, ""},
        {"no requestId", {{"op", 6}, {"d", {{"requestType", "GetVersion"}}}}, 4003, "requestId"},
        {"no requestType", {{"op", 6}, {"d", {{"requestId", "1"}}}}, 4003, "requestType"},
        {"no requests", {{"op", 8}, {"d", {{"requestId", "1"}}}}, 4003, "requests"},
        {"requests no list", {{"op", 8}, {"d", {{"requestId", "1"}, {"requests", 5}}}}, 4004, "requests"},
        {"an unknown execution",
         {{"op", 8}, {"d", {{"requestId", "1"}, {"requests", Json::array()}, {"executionType", 3}}}},
         4005,
         "executionType"},
        {"variables in parallel",
         {{"op", 8},
          {"d", {{"requestId", "1"}, {"requests", Json::array()}, {"executionType", 2}, {"variables", {{"a", 1}}}}}},
         4012,
         ""},
        {"subscriptions no number", {{"op", 3}, {"d", {{"eventSubscriptions", "all"}}}}, 4004, ""},
    };
    for (const auto& c : after) {
        INFO(c.what);
        ObsClient client(hall.port());
        REQUIRE(client.identify().is_object());
        client.send(c.message);
        const auto [code, reason] = client.closed();
        CHECK(code == c.code);
        CHECK(reason.find(c.reason) != std::string::npos);
    }
}

TEST_CASE("versions other than 1 are refused, after the password") {
    Hall hall;
    for (const auto& [version, code] : std::vector<std::pair<Json, int>>{{nullptr, 4003}, {"1", 4004}, {2, 4010}}) {
        ObsClient client(hall.port());
        const Json secrets = client.next()["d"]["authentication"];
        client.send(
            1, {{"rpcVersion", version},
                {"authentication", net::obs::expected_answer("another-password", secrets["salt"].get<std::string>(),
                                                             secrets["challenge"].get<std::string>())}});
        CHECK(client.closed().first == code);
    }
}

TEST_CASE("frames of the other kind and hostile bytes close, and hurt nobody else") {
    Operator other;
    const auto code_after = [&](const std::string& subprotocol, int opcode, const std::string& bytes) {
        ObsClient client(other.port(), subprotocol);
        client.next();
        client.raw().send_raw(RawClient::frame(opcode, bytes));
        return client.closed().first;
    };
    CHECK(code_after("obswebsocket.json", 2, "{}") == 4002);
    CHECK(code_after("obswebsocket.msgpack", 1, "{}") == 4002);
    CHECK(code_after("obswebsocket.json", 1, "{\"op\":") == 4002);
    CHECK(code_after("obswebsocket.json", 1, std::string(5000, '[')) == 4002);
    CHECK(code_after("obswebsocket.msgpack", 2, std::string("\xdd\xff\xff\xff\xff", 5)) == 4002);
    CHECK(code_after("obswebsocket.msgpack", 2, std::string(5000, '\x91')) == 4002);
    CHECK(code_of(other.client.ask("GetVersion")) == 100);
}

TEST_CASE("every operator has a password of their own") {
    ServerOptions options = with_obs();
    options.keys = test_keys();
    options.keys["obs-websocket/anna"] = "the-password-of-anna";
    TestShow show(options);
    ObsClient anna(show.server().obs_port());
    CHECK(anna.identify("the-password-of-anna").is_object());
    ObsClient nobody(show.server().obs_port());
    CHECK(nobody.identify("key-of-producer").is_null());
}

TEST_CASE("an unknown request is answered, never punished") {
    Operator op;
    CHECK(code_of(op.client.ask("MakeCoffee")) == 204);
    CHECK(code_of(op.client.ask("SetCurrentProgramScene")) == 301);
    CHECK(code_of(op.client.ask("SetCurrentProgramScene", Json::object())) == 300);
    CHECK(code_of(op.client.ask("SetCurrentProgramScene", {{"sceneName", 5}})) == 401);
    CHECK(code_of(op.client.ask("SetCurrentProgramScene", {{"sceneName", ""}})) == 403);
    CHECK(code_of(op.client.ask("SetCurrentProgramScene", {{"sceneName", "nowhere"}})) == 600);
    CHECK(code_of(op.client.ask("SetCurrentProgramScene", Json::array())) == 401);
    CHECK(code_of(op.client.ask("SetTBarPosition", {{"position", 1.5}})) == 402);
    CHECK(code_of(op.client.ask("SetCurrentSceneTransitionDuration", {{"transitionDuration", 10}})) == 402);
    CHECK(code_of(op.client.ask("PauseRecord")) == 501);
    CHECK(code_of(op.client.ask("StopRecord")) == 501);
    CHECK(code_of(op.client.ask("Sleep", {{"sleepMillis", 5}})) == 206);
    CHECK(code_of(op.client.ask("GetVersion")) == 100);
}

TEST_CASE("a recording is started, seen and stopped") {
    Operator op;
    const auto data = [&](const char* request) { return op.client.ask(request)["responseData"]; };
    CHECK(data("GetRecordStatus")["outputActive"] == false);
    CHECK(data("GetRecordDirectory")["recordDirectory"] == "recordings");
    REQUIRE(code_of(op.client.ask("StartRecord")) == 100);
    const auto started = op.client.event("RecordStateChanged")["eventData"];
    CHECK(started["outputActive"] == true);
    CHECK(started["outputState"] == "OBS_WEBSOCKET_OUTPUT_STARTED");
    CHECK(code_of(op.client.ask("StartRecord")) == 500);
    CHECK(data("GetRecordStatus")["outputActive"] == true);
    CHECK(data("ToggleRecord")["outputActive"] == false);
    CHECK(op.client.event("RecordStateChanged")["eventData"]["outputState"] == "OBS_WEBSOCKET_OUTPUT_STOPPED");
    CHECK(code_of(op.client.ask("StopRecord")) == 501);
    CHECK(data("ToggleRecord")["outputActive"] == true);
    CHECK(data("StopRecord").contains("outputPath"));
}

TEST_CASE("a take is told in its order, with tally, and its end by time") {
    Operator op;
    op.client.send(3, {{"eventSubscriptions", 985087}});  // as Companion
    op.client.until(2);
    REQUIRE(code_of(op.client.ask("SetCurrentSceneTransitionDuration", {{"transitionDuration", 60}})) == 100);
    REQUIRE(op.client.event("CurrentSceneTransitionDurationChanged")["eventData"]["transitionDuration"] == 60);
    op.client.events.clear();
    REQUIRE(code_of(op.client.ask("TriggerStudioModeTransition")) == 100);
    const auto told = op.client.types_until("SceneTransitionEnded");
    CHECK(told == std::vector<std::string>{"SceneTransitionStarted", "CurrentProgramSceneChanged",
                                           "CurrentPreviewSceneChanged", "InputActiveStateChanged",
                                           "InputShowStateChanged", "InputShowStateChanged", "VendorEvent",
                                           "SceneTransitionVideoEnded", "SceneTransitionEnded"});
    // The picture that went keeps its light to the end of the mix.
    const Json off = op.client.event("InputActiveStateChanged")["eventData"];
    CHECK(off["inputName"] == "cam1 (input)");
    CHECK(off["videoActive"] == false);
}

TEST_CASE("clients hear only what they subscribed to") {
    Operator op;
    ObsClient scenes_only(op.port());
    REQUIRE(scenes_only.identify("another-password", {{"eventSubscriptions", 4}}).is_object());
    REQUIRE(code_of(op.client.ask("SetCurrentSceneTransition", {{"transitionName", "cut"}})) == 100);
    REQUIRE(code_of(op.client.ask("SetCurrentProgramScene", {{"sceneName", "cam2"}})) == 100);
    CHECK(scenes_only.event("CurrentProgramSceneChanged")["eventData"]["sceneName"] == "cam2");
    REQUIRE(code_of(scenes_only.ask("GetVersion")) == 100);
    for (const auto& event : scenes_only.events) CHECK(event["eventIntent"] == 4);
}

TEST_CASE("what is answered is done: a request sees what those before it did") {
    Operator op;
    REQUIRE(code_of(op.client.ask("SetCurrentSceneTransition", {{"transitionName", "cut"}})) == 100);
    // All at once, no waiting: the order of the session is kept.
    for (int i = 0; i < 50; ++i) {
        op.client.send(6, {{"requestType", "SetCurrentPreviewScene"},
                           {"requestId", i},
                           {"requestData", {{"sceneName", i % 2 == 0 ? "cam1" : "cam2"}}}});
        op.client.send(6, {{"requestType", "GetCurrentPreviewScene"}, {"requestId", 1000 + i}});
    }
    for (int i = 0; i < 50; ++i) {
        CHECK(op.client.until(7)["requestId"] == i);
        const Json seen = op.client.until(7);
        CHECK(seen["requestId"] == 1000 + i);
        CHECK(seen["responseData"]["sceneName"] == (i % 2 == 0 ? "cam1" : "cam2"));
    }
}

// --- Batches ------------------------------------------------------------------------------------------------

Json request(const std::string& type, Json data = nullptr) {
    Json r{{"requestType", type}};
    if (!data.is_null()) r["requestData"] = std::move(data);
    return r;
}

TEST_CASE("a batch of nothing is answered with nothing") {
    Operator op;
    const Json answer = op.client.batch(Json::array());
    CHECK(answer["results"] == Json::array());
}

TEST_CASE("batches of every kind keep the order of their requests") {
    Operator op;
    for (const int type : {0, 1, 2}) {
        INFO(type);
        const Json answer = op.client.batch(
            {request("SetCurrentPreviewScene", {{"sceneName", "cam2"}}), request("GetVersion"), request("Nonsense"),
             Json{{"requestId", "mine"}}, request("SetCurrentPreviewScene", {{"sceneName", "cam1"}})},
            {{"executionType", type}});
        REQUIRE(answer["results"].size() == 5);
        std::vector<int> codes;
        for (const auto& result : answer["results"]) codes.push_back(code_of(result));
        CHECK(codes == std::vector<int>{100, 100, 204, 203, 100});
        CHECK(answer["results"][3]["requestId"] == "mine");
        CHECK_FALSE(answer["results"][0].contains("requestId"));
    }
}

TEST_CASE("a batch stops at the first failure when told to") {
    Operator op;
    for (const int type : {0, 1}) {
        const Json answer = op.client.batch({request("SetCurrentPreviewScene", {{"sceneName", "cam2"}}),
                                             request("SetCurrentPreviewScene", {{"sceneName", "nowhere"}}),
                                             request("SetCurrentPreviewScene", {{"sceneName", "cam1"}})},
                                            {{"executionType", type}, {"haltOnFailure", true}});
        REQUIRE(answer["results"].size() == 2);
        CHECK(code_of(answer["results"][1]) == 600);
        CHECK(op.client.ask("GetCurrentPreviewScene")["responseData"]["sceneName"] == "cam2");
    }
}

TEST_CASE("variables carry an answer into a later request") {
    Operator op;
    for (const int type : {0, 1}) {
        INFO(type);
        Json first = request("GetCurrentProgramScene");
        first["outputVariables"] = {{"live", "sceneName"}};
        Json second = request("SetCurrentPreviewScene");
        second["inputVariables"] = {{"sceneName", "live"}};
        const Json answer = op.client.batch({first, second}, {{"executionType", type}});
        CHECK(code_of(answer["results"][1]) == 100);
        const auto program = op.client.ask("GetCurrentProgramScene")["responseData"]["sceneName"];
        CHECK(op.client.ask("GetCurrentPreviewScene")["responseData"]["sceneName"] == program);
    }
}

TEST_CASE("requests of a frame see what those before them in the batch did, and are one") {
    Operator op;
    const auto before = op.show.state().revision;
    const Json answer = op.client.batch(
        {request("CreateScene", {{"sceneName", "duo"}}),
         request("CreateSceneItem", {{"sceneName", "duo"}, {"sourceName", "cam1"}}),
         request("GetSceneItemList", {{"sceneName", "duo"}}), request("SetCurrentPreviewScene", {{"sceneName", "duo"}}),
         request("RemoveScene", {{"sceneName", "duo"}})},
        {{"executionType", 1}});
    CHECK(op.show.state().revision == before + 1);  // one command: no frame comes between
    std::vector<int> codes;
    for (const auto& result : answer["results"]) codes.push_back(code_of(result));
    CHECK(codes == std::vector<int>{100, 100, 100, 100, 703});
    CHECK(answer["results"][2]["responseData"]["sceneItems"].size() == 1);
    CHECK(op.client.ask("GetCurrentPreviewScene")["responseData"]["sceneName"] == "duo");
}

TEST_CASE("a sleeping batch lets others pass") {
    Operator op;
    op.client.send(
        8, {{"requestId", "slow"}, {"requests", {request("Sleep", {{"sleepMillis", 150}}), request("GetVersion")}}});
    op.client.send(6, {{"requestType", "GetStudioModeEnabled"}, {"requestId", "quick"}});
    const auto started = monotonic_now();
    CHECK(op.client.next()["d"]["requestId"] == "quick");
    const Json slow = op.client.until(9);
    CHECK(monotonic_now() - started >= std::chrono::milliseconds(100));
    CHECK(slow["results"].size() == 2);
    CHECK(code_of(slow["results"][0]) == 100);
}

TEST_CASE("a frame's sleep counts frames") {
    Operator op;
    const auto started = monotonic_now();
    const Json answer = op.client.batch(
        {request("Sleep", {{"sleepFrames", 3}}), request("Sleep", {{"sleepMillis", 3}})}, {{"executionType", 1}});
    CHECK(monotonic_now() - started >= std::chrono::milliseconds(95));
    CHECK(code_of(answer["results"][0]) == 100);
    CHECK(code_of(answer["results"][1]) == 300);
}

TEST_CASE("a batch of too many is refused whole") {
    Operator op;
    Json many = Json::array();
    for (int i = 0; i <= 1000; ++i) many.push_back(request("GetVersion"));
    op.client.send(8, {{"requestId", "x"}, {"requests", many}});
    CHECK(op.client.closed().first == 4005);
}

// --- Pictures, busy, end -------------------------------------------------------------------------------------

TEST_CASE("a screenshot is a picture of the source, and one serves all who ask at once") {
    Operator op;
    ObsClient second(op.port(), "obswebsocket.msgpack");
    REQUIRE(second.identify().is_object());
    const Json wanted{{"sourceName", "cam1"}, {"imageFormat", "jpg"}, {"imageWidth", 320}};
    const Json answer = op.client.ask("GetSourceScreenshot", wanted);
    CHECK(code_of(answer) == 100);
    CHECK(answer["responseData"]["imageData"] == "data:image/jpg;base64," + net::obs::base64("JPEG of scene/cam1"));
    CHECK(code_of(second.ask("GetSourceScreenshot", wanted)) == 100);
    CHECK(op.show.pictures_asked().size() == 1);
    CHECK(code_of(op.client.ask("GetSourceScreenshot", {{"sourceName", "north"}, {"imageFormat", "png"}})) == 100);
    CHECK(code_of(op.client.ask("GetSourceScreenshot", {{"sourceName", "cam1"}, {"imageFormat", "webp"}})) == 400);
    CHECK(code_of(op.client.ask("GetSourceScreenshot",
                                {{"sourceName", "cam1"}, {"imageFormat", "jpg"}, {"imageWidth", 5000}})) == 402);
    CHECK(code_of(op.client.ask("GetSourceScreenshot", {{"sourceName", "nobody"}, {"imageFormat", "jpg"}})) == 600);
}

TEST_CASE("when the authority is busy the answer says so") {
    Operator op;
    op.show.set_busy(true);
    CHECK(code_of(op.client.ask("TriggerStudioModeTransition")) == 207);
    op.show.set_busy(false);
    CHECK(code_of(op.client.ask("TriggerStudioModeTransition")) == 100);
}

TEST_CASE("a custom event reaches all, and a vendor's request the faces") {
    Operator op;
    ObsClient second(op.port(), "obswebsocket.msgpack");
    REQUIRE(second.identify().is_object());
    CHECK(code_of(op.client.ask("BroadcastCustomEvent", {{"eventData", {{"bell", true}}}})) == 100);
    CHECK(second.event("CustomEvent")["eventData"]["bell"] == true);
    const auto vendor = [&](const std::string& type, Json data) {
        return op.client.ask("CallVendorRequest",
                             {{"vendorName", "tribune"}, {"requestType", type}, {"requestData", std::move(data)}});
    };
    CHECK(code_of(vendor("cut", {{"scene", "cam2"}, {"faces", {"east"}}})) == 100);
    const Json told = second.event("VendorEvent")["eventData"];
    CHECK(told["eventType"] == "faces_changed");
    const Json faces = vendor("list_faces", "")["responseData"]["responseData"]["faces"];
    CHECK(faces[1]["scene"] == "cam2");
    CHECK(faces[1]["follows"] == false);
    CHECK(told["eventData"]["faces"][1]["scene"] == "cam2");
    CHECK(code_of(vendor("start_round", Json::object())) == 703);
    CHECK(code_of(vendor("explode", Json::object())) == 600);
    CHECK(code_of(vendor("cut", {{"scene", "nowhere"}})) == 600);
    CHECK(code_of(vendor("cut", {{"shoe", "cam1"}})) == 400);
    CHECK(code_of(op.client.ask("CallVendorRequest", {{"vendorName", "who"}, {"requestType", "cut"}})) == 600);
}

TEST_CASE("a port that is taken leaves the show running, and is said") {
    Hall first;
    ServerOptions options;
    options.obs_port = first.port();
    TestShow second(options);
    CHECK(second.server().obs_port() == 0);
    RawClient desk(second.port());
    REQUIRE(desk.hello("key-of-producer").is_object());
    std::string health;
    while (health.find("port/obs-websocket") == std::string::npos) {
        RawClient monitor(second.port());
        monitor.send_raw("GET /healthz HTTP/1.1\r\nHost: " + monitor.host() + "\r\nConnection: close\r\n\r\n");
        health = monitor.read_bytes(65536);
        REQUIRE_FALSE(health.empty());
    }
}

TEST_CASE("the port goes with the show, and clients are told") {
    auto hall = std::make_unique<Hall>();
    ObsClient client(hall->port());
    REQUIRE(client.identify().is_object());
    hall.reset();
    CHECK(client.closed().first == 1001);
}

}  // namespace
}  // namespace tribune::test
