// Tables and desks over real sockets.
#include <catch2/catch.hpp>
#include <future>
#include <memory>
#include <nlohmann/json.hpp>
#include <vector>

#include "raw_client.hpp"
#include "test_show.hpp"

namespace tribune::test {
namespace {

using nlohmann::json;

json submit(unsigned id, const std::string& text = "Un toit pour tous", int round = 1) {
    return {{"type", "submit"}, {"id", uuid(id)}, {"round", round}, {"text", text}, {"language", "fr"}};
}

TEST_CASE("a table is welcomed, shown the round, and its answer is stored") {
    TestShow show;
    RawClient table(show.port());
    const json welcome = table.hello("key-of-table-7");
    REQUIRE(welcome.is_object());
    CHECK(welcome["proto"] == 1);
    CHECK(welcome["role"] == "table");
    CHECK(welcome["table"] == 7);
    CHECK(welcome["epoch"] == "epoch-1");
    CHECK(welcome["limits"]["text_code_points"] == 280);
    CHECK(welcome["limits"]["in_flight"] == 8);
    CHECK(welcome["retry_slot_ms"] > 0);
    CHECK(table.until("own")["contributions"].empty());
    const json state = table.until("state");
    CHECK(state["view"]["round"]["number"] == 1);
    table.json(submit(1));
    const json stored = table.until("stored");
    CHECK(stored["id"] == uuid(1));
    CHECK(stored["sequence"] > 0);
}

TEST_CASE("a lamp is lit from the first frame of a take to its last, and goes out without anybody's doing") {
    TestShow show;
    RawClient producer(show.port());
    RawClient lamp(show.port());
    REQUIRE(producer.hello("key-of-producer").is_object());
    REQUIRE(lamp.hello("key-of-observer").is_object());
    const json all = {"north", "east", "south", "west"};
    const json none = json::array();
    // The lights that come next and are not these.
    json lights;
    const auto change = [&] {
        for (const json before = lights; lights == before;) {
            const json message = lamp.until("tally");
            REQUIRE(message.is_object());
            lights = message["lights"];
        }
        return lights;
    };
    const auto command = [&](json wanted) {
        producer.json({{"type", "command"}, {"request", "r"}, {"command", std::move(wanted)}});
        REQUIRE(producer.until("result")["ok"] == true);
    };
    REQUIRE(change()["cam1"]["program"] == all);
    CHECK(lights["cam2"]["program"] == none);
    CHECK(lights["cam2"] == json{{"program", none}, {"preview", true}});
    command({{"kind", "take"}, {"faces", json::array()}, {"transition", "mix"}, {"length_ms", 300}});
    change();
    CHECK(lights["cam1"]["program"] == all);
    CHECK(lights["cam2"]["program"] == all);
    CHECK(change()["cam1"]["program"] == none);  // nobody said anything: the transition has ended
    CHECK(lights["cam2"]["program"] == all);
    command({{"kind", "cut"}, {"scene", "cam1"}, {"faces", {"east"}}});
    CHECK(change()["cam1"]["program"] == json{"east"});
}

TEST_CASE("the table's other device sees the answer, another table does not") {
    TestShow show;
    RawClient a(show.port());
    RawClient b(show.port());
    RawClient other(show.port());
    REQUIRE(a.hello("key-of-table-7").is_object());
    REQUIRE(b.hello("key-of-table-7").is_object());
    REQUIRE(other.hello("key-of-table-8").is_object());
    a.json(submit(1, "Première réponse"));
    const json added = b.until("own_added");
    CHECK(added["contribution"]["text"] == "Première réponse");
    CHECK(added["contribution"]["state"] == "shown");
    CHECK(added["contribution"]["id"] == uuid(1));
    RawClient again(show.port());
    REQUIRE(again.hello("key-of-table-7").is_object());
    CHECK(again.until("own")["contributions"].size() == 1);
    other.until("own");
    other.json({{"type", "own"}});
    CHECK(other.until("own")["contributions"].empty());
}

TEST_CASE("the same id again is acknowledged again and stored once") {
    TestShow show;
    RawClient table(show.port());
    REQUIRE(table.hello("key-of-table-7").is_object());
    table.json(submit(1));
    const json first = table.until("stored");
    table.json(submit(1));
    CHECK(table.until("stored")["sequence"] == first["sequence"]);
    table.json(submit(1, "autre chose"));
    const json refused = table.until("refused");
    CHECK(refused["code"] == "id_conflict");
    CHECK(refused["retry_after_ms"] == 0);
    CHECK(show.contributions() == 1);
}

TEST_CASE("a copy sent while the first is under way gets the same one answer") {
    TestShow show;
    RawClient table(show.port());
    REQUIRE(table.hello("key-of-table-7").is_object());
    show.hold(true);
    table.json(submit(1));
    table.json(submit(1));
    table.json({{"type", "clock"}, {"t", 1}});
    table.until("clock");  // both were read
    CHECK(show.asked() == 1);
    show.hold(false);
    CHECK(table.until("stored")["id"] == uuid(1));
}

TEST_CASE("the answer to a client that is gone is dropped, and its copy is acknowledged later") {
    TestShow show;
    {
        RawClient table(show.port());
        REQUIRE(table.hello("key-of-table-7").is_object());
        show.hold(true);
        table.json(submit(1));
        table.json({{"type", "clock"}, {"t", 1}});
        table.until("clock");
        table.hang_up();
    }
    show.hold(false);
    RawClient again(show.port());
    REQUIRE(again.hello("key-of-table-7").is_object());
    again.json(submit(1));
    CHECK(again.until("stored")["id"] == uuid(1));
    CHECK(show.contributions() == 1);
}

TEST_CASE("more in flight than allowed, or a busy authority, is told to wait") {
    TestShow show;
    RawClient table(show.port());
    REQUIRE(table.hello("key-of-table-7").is_object());
    show.hold(true);
    for (unsigned i = 1; i <= 9; ++i) table.json(submit(i));
    const json refused = table.until("refused");
    CHECK(refused["id"] == uuid(9));
    CHECK(refused["code"] == "busy");
    CHECK(refused["retry_after_ms"] > 0);
    show.hold(false);
    for (unsigned i = 1; i <= 8; ++i) CHECK(table.until("stored")["id"] == uuid(i));
    show.set_busy(true);
    table.json(submit(10));
    CHECK(table.until("refused")["code"] == "busy");
}

TEST_CASE("the show's own refusals reach the table") {
    TestShow show({}, false);
    RawClient table(show.port());
    REQUIRE(table.hello("key-of-table-7").is_object());
    table.json(submit(1));
    const json refused = table.until("refused");
    CHECK(refused["id"] == uuid(1));
    CHECK(!refused["message"].get<std::string>().empty());
    CHECK(refused["retry_after_ms"] == 0);
}

TEST_CASE("a desk's command has a result, and all desks see the change") {
    TestShow show;
    RawClient producer(show.port());
    RawClient observer(show.port());
    REQUIRE(producer.hello("key-of-producer")["table"].is_null());
    REQUIRE(observer.hello("key-of-observer").is_object());
    CHECK(observer.until("state")["view"]["stage"]["program"]["scene"] == "cam1");
    producer.json({{"type", "command"}, {"request", "r1"}, {"command", {{"kind", "cut"}, {"scene", "cam2"}}}});
    const json result = producer.until("result");
    CHECK(result["request"] == "r1");
    CHECK(result["ok"] == true);
    json state = observer.until("state");
    while (state.is_object() && state["view"]["stage"]["program"]["scene"] != "cam2") state = observer.until("state");
    CHECK(state.is_object());
    CHECK(state["revision"] >= result["revision"]);
    producer.json({{"type", "command"}, {"request", "r2"}, {"command", {{"kind", "cut"}, {"scene", "none"}}}});
    const json failed = producer.until("result");
    CHECK(failed["ok"] == false);
    CHECK(failed["code"] == "unknown_scene");
}

TEST_CASE("every command is refused to every role that is not named for it") {
    TestShow show;
    const std::vector<json> commands{
        {{"kind", "cut"}, {"scene", "cam2"}},
        {{"kind", "follow"}},
        {{"kind", "place_wall"}, {"placement", "off"}},
        {{"kind", "preview"}, {"scene", "cam2"}},
        {{"kind", "take"}},
        {{"kind", "set_transition"}, {"transition", "dip"}, {"length_ms", 500}},
        {{"kind", "move_t_bar"}, {"position", 0.5}},
        {{"kind", "fade_to_black"}, {"down", false}},
        {{"kind", "swap_faces"}, {"one", "north"}, {"other", "east"}},
        {{"kind", "set_overlay"}, {"scene", "cam1"}, {"on", false}},
        {{"kind", "set_scene"}, {"name", "s"}, {"layers", json::array()}},
        {{"kind", "arrange_scene"}, {"scene", "s"}, {"layout", "full"}},
        {{"kind", "remove_scene"}, {"name", "s"}},
        {{"kind", "undo"}},
        {{"kind", "redo"}},
        {{"kind", "set_question"}, {"text", "?"}},
        {{"kind", "start_round"}},
        {{"kind", "stop_round"}},
        {{"kind", "submit"}, {"id", uuid(5)}, {"device", "d"}, {"table", 7}, {"round", 1}, {"text", "x"}}};
    for (const auto& [name, key] : test_keys()) {
        const bool table = name.starts_with("table/");
        const auto role = table ? Role::table : parse_role(name).value_or(Role::machine);
        if (role == Role::machine || (table && name != "table/7")) continue;
        RawClient client(show.port());
        REQUIRE(client.hello(key).is_object());
        for (const auto& command : commands) {
            CAPTURE(name, command);
            client.json({{"type", "command"}, {"request", "r"}, {"command", command}});
            const json result = client.until("result");
            REQUIRE(result.is_object());
            bool allowed = false;
            for (const auto& kind : command_kinds()) {
                if (command["kind"] == std::string(kind.name)) allowed = may(role, kind);
            }
            // Answers come as `submit`, from the table's own number, and in no other way.
            allowed = allowed && command["kind"] != "submit";
            CHECK((result["code"] != "forbidden") == allowed);
        }
    }
    CHECK(show.contributions() == 0);
}

TEST_CASE("a show file never comes by the network, whoever sends it") {
    TestShow show;
    for (const char* name : {"technician", "producer", "director", "facilitator"}) {
        RawClient client(show.port());
        REQUIRE(client.hello(std::string("key-of-") + name).is_object());
        client.json(
            {{"type", "command"}, {"request", "r"}, {"command", {{"kind", "load_show"}, {"setup", json::object()}}}});
        CHECK(client.until("result")["ok"] == false);
    }
    CHECK(show.asked() == 0);
}

TEST_CASE("a desk cannot answer for a table, nor a table for another") {
    TestShow show;
    RawClient producer(show.port());
    REQUIRE(producer.hello("key-of-producer").is_object());
    producer.json(submit(1));
    CHECK(producer.until("refused")["code"] == "forbidden");
    RawClient seven(show.port());
    REQUIRE(seven.hello("key-of-table-7", 8)["table"] == 7);
    auto message = submit(2);
    message["table"] = 8;
    seven.json(message);
    seven.until("stored");
    RawClient eight(show.port());
    REQUIRE(eight.hello("key-of-table-8").is_object());
    CHECK(eight.until("own")["contributions"].empty());
}

TEST_CASE("rehearsal names its table; without one it is a phone that only listens") {
    TestShow show;
    RawClient table(show.port());
    CHECK(table.hello("key-of-rehearsal", 42)["table"] == 42);
    table.json(submit(1));
    CHECK(table.until("stored").is_object());
    RawClient phone(show.port());
    CHECK(phone.hello("key-of-rehearsal")["table"].is_null());
    CHECK(phone.until("state")["view"]["round"]["number"] == 1);
    phone.json(submit(2));
    CHECK(phone.until("refused")["code"] == "forbidden");
}

TEST_CASE("health reaches desks, and tables are not woken by what they do not see") {
    TestShow show;
    RawClient technician(show.port());
    RawClient table(show.port());
    REQUIRE(technician.hello("key-of-technician").is_object());
    REQUIRE(table.hello("key-of-table-7").is_object());
    table.until("asks");
    table.until("voices");
    auto actual = std::make_shared<Actual>();
    actual->journal.commits = 17;
    show.server().actual(actual);
    CHECK(technician.until("actual")["journal"]["commits"] == 17);
    RawClient producer(show.port());
    REQUIRE(producer.hello("key-of-producer").is_object());
    producer.json({{"type", "command"}, {"request", "r"}, {"command", {{"kind", "cut"}, {"scene", "cam2"}}}});
    producer.until("result");
    table.json({{"type", "clock"}, {"t", 7}});
    const auto frame = table.next();  // nothing came before the clock
    REQUIRE(frame.opcode == 1);
    const auto message = json::parse(frame.payload);
    CHECK(message["type"] == "clock");
    CHECK(message["t"] == 7);
}

TEST_CASE("another journal makes clients come anew") {
    TestShow show;
    RawClient table(show.port());
    REQUIRE(table.hello("key-of-table-7").is_object());
    show.server().journal("epoch-2", ShowClock{});
    CHECK(table.until_closed().close_code() == 1013);
    RawClient early(show.port());
    CHECK(early.hello("key-of-table-7").is_null());  // no state of that journal yet
    CHECK(early.last().close_code() == 1013);
    auto state = std::make_shared<ShowState>();
    state->setup = std::make_shared<const Setup>(small_setup());
    show.server().state_changed(state);
    show.server().on_disk(0);
    for (;;) {
        RawClient again(show.port());
        const json welcome = again.hello("key-of-table-7");
        if (welcome.is_null()) continue;  // the state was not in yet
        CHECK(welcome["epoch"] == "epoch-2");
        break;
    }
}

TEST_CASE("a table is told of its own answers only once they are on disk") {
    TestShow show;
    RawClient table(show.port());
    REQUIRE(table.hello("key-of-table-7").is_object());
    CHECK(table.until("own")["contributions"].empty());
    table.json(submit(1, "sur le disque"));
    CHECK(table.until("own_added")["contribution"]["id"] == uuid(1));
    show.set_commits(false);
    RawClient other(show.port());
    REQUIRE(other.hello("key-of-table-8").is_object());
    other.json(submit(2, "en route"));
    REQUIRE(other.until("stored")["id"] == uuid(2));  // the authority's word, as if its commit were told later
    other.json({{"type", "own"}});
    CHECK(other.until("own")["contributions"].size() == 0);
    show.server().on_disk(1'000'000);
    CHECK(other.until("own_added")["contribution"]["id"] == uuid(2));
}

TEST_CASE("when other answers have grown where a table's was, it is not told of theirs") {
    TestShow show;
    const auto state_with = [](const std::vector<std::pair<unsigned, int>>& answers) {
        ShowState state;
        for (const Command& command : {Command(LoadShow{small_setup()}), Command(StartRound{})}) {
            state = *apply(state, command, {state.revision + 1, {}, 0});
        }
        for (const auto& [id, table] : answers) {
            const Submit submit{*parse_uuid(uuid(id)), {}, {table}, 1, "réponse " + std::to_string(id), ""};
            state = *apply(state, submit, {state.revision + 1, {}, 0});
        }
        return std::make_shared<const ShowState>(std::move(state));
    };
    show.server().on_disk(1'000'000);
    show.server().state_changed(state_with({{1, 7}, {2, 7}}));
    RawClient table(show.port());
    REQUIRE(table.hello("key-of-table-7").is_object());
    json own = table.until("own");
    while (own["contributions"].size() != 2) {  // the state was not in yet
        table.json({{"type", "own"}});
        own = table.until("own");
    }
    show.server().state_changed(state_with({{1, 7}, {3, 8}, {4, 8}, {5, 7}}));
    own = table.until("own");  // of itself
    REQUIRE(own["contributions"].size() == 2);
    CHECK(own["contributions"][0]["id"] == uuid(1));
    CHECK(own["contributions"][1]["id"] == uuid(5));
    RawClient eight(show.port());
    REQUIRE(eight.hello("key-of-table-8").is_object());
    CHECK(eight.until("own")["contributions"].size() == 2);
}

TEST_CASE("the service thread's turns stand still while it hangs, and go on after") {
    struct Slow final : ServerHost {
        bool request(std::uint64_t, Actor, Command) override {
            asked.set_value();
            go_on.get_future().wait();
            return false;
        }
        void picture(std::uint64_t, PictureRequest) override {}
        void print(std::uint64_t, PrintRequest) override {}
        std::promise<void> asked;
        std::promise<void> go_on;
    } host;
    ServerOptions options;
    options.port = 0;
    options.keys = test_keys();
    auto server = *Server::start(std::move(options), host);
    const auto turns_until = [&](std::uint64_t wanted) {
        const auto until = monotonic_now() + patience;
        while (server->turns() < wanted && monotonic_now() < until) std::this_thread::yield();
        return server->turns() >= wanted;
    };
    auto state = std::make_shared<ShowState>();
    state->setup = std::make_shared<const Setup>(small_setup());
    server->journal("epoch-1", ShowClock{});
    server->state_changed(state);
    server->on_disk(0);
    REQUIRE(turns_until(2));
    RawClient table(server->port());
    REQUIRE(table.hello("key-of-table-7").is_object());
    table.json(submit(1));
    host.asked.get_future().wait();
    const auto before = server->turns();
    std::promise<void> never;
    never.get_future().wait_for(std::chrono::milliseconds(1200));  // time for two turns
    CHECK(server->turns() == before);
    host.go_on.set_value();
    CHECK(turns_until(before + 2));
}

TEST_CASE("five hundred devices are served, each one") {
    TestShow show;
    std::vector<std::unique_ptr<RawClient>> clients;
    for (int i = 1; i <= 500; ++i) {
        clients.push_back(std::make_unique<RawClient>(show.port()));
        REQUIRE(clients.back()->hello("key-of-rehearsal", i)["table"] == i);
    }
    for (unsigned i = 0; i < 500; ++i) clients[i]->json(submit(i + 1, "Table numéro " + std::to_string(i + 1)));
    for (unsigned i = 0; i < 500; ++i) REQUIRE(clients[i]->until("stored")["id"] == uuid(i + 1));
    CHECK(show.contributions() == 500);
}

}  // namespace
}  // namespace tribune::test
