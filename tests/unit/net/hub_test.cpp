// The hub without sockets: what it hands to each client on its turn, and what it does with one that takes no turns.
#include "net/hub.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <map>
#include <set>

#include "net/turns.hpp"
#include "test_show.hpp"

namespace tribune::test {
namespace {

using net::Session;
using net::SharedMessage;

// A service without a network: notes who wants a turn and who is cut off.
class Desk final : public net::Service, public ServerHost {
  public:
    void want_turn(Session& session) override { turns.insert(session.wsi); }
    void cut(lws* wsi) override { cuts.insert(wsi); }
    void answer_http(std::uint64_t, const Result<Bytes>&) override {}
    void pictures_wanted() override {}
    void later_desk_state(Nanoseconds) override {}
    void later_tally(Nanoseconds) override {}
    void learn(std::uint64_t, bool) override {}
    bool request(std::uint64_t, Actor, Command) override { return true; }
    void picture(std::uint64_t, PictureRequest) override {}
    void print(std::uint64_t, PrintRequest) override {}

    std::set<lws*> turns;
    std::set<lws*> cuts;
};

struct Hall {
    explicit Hall(const Limits& limits = {}) : options(with(limits)), hub(options, desk, desk) {
        decide(LoadShow{small_setup()});
        decide(StartRound{});
        hub.set_journal("epoch-1", ShowClock{});
        publish();
    }

    static ServerOptions with(const Limits& limits) {
        ServerOptions options;
        options.keys = test_keys();
        options.limits = limits;
        return options;
    }
    void decide(const Command& command) {
        auto next = apply(state, command, {state.revision + 1, {}, 0});
        REQUIRE(next);
        state = *std::move(next);
        ++state.revision;
    }
    void publish() {
        hub.set_state(std::make_shared<const ShowState>(state));
        hub.set_on_disk(state.revision);
    }
    Session& join(const std::string& key) {
        Session* session = hub.opened(reinterpret_cast<lws*>(++handles));
        REQUIRE(session != nullptr);
        REQUIRE(!hub.received(*session, R"({"type":"hello","proto":1,"key":")" + key + R"(","device":"d"})"));
        return *session;
    }
    std::vector<SharedMessage> take_all(Session& session) {
        std::vector<SharedMessage> all;
        while (auto message = hub.next(session)) all.push_back(std::move(message));
        return all;
    }

    Desk desk;
    ServerOptions options;
    net::Hub hub;
    ShowState state;
    std::uintptr_t handles = 0;
};

TEST_CASE("a change is written down once, and all clients get the same bytes") {
    Hall hall;
    std::vector<Session*> clients;
    for (int i = 1; i <= 20; ++i) clients.push_back(&hall.join("key-of-table-" + std::to_string(i)));
    for (int i = 0; i < 200; ++i) clients.push_back(&hall.join("key-of-rehearsal"));
    for (auto* client : clients) hall.take_all(*client);
    hall.desk.turns.clear();

    hall.decide(StartRound{});
    hall.publish();
    CHECK(hall.desk.turns.size() == clients.size());
    std::set<const net::OutMessage*> messages;
    for (auto* client : clients) {
        const auto taken = hall.take_all(*client);
        REQUIRE(taken.size() == 1);
        messages.insert(taken[0].get());
        CHECK(client->out.bytes() == 0);
    }
    CHECK(messages.size() == 1);
}

TEST_CASE("a client that takes no turn holds the newest state only, and nobody else back") {
    Hall hall;
    Session& slow = hall.join("key-of-table-1");
    Session& quick = hall.join("key-of-table-2");
    hall.take_all(slow);
    hall.take_all(quick);
    for (int i = 0; i < 500; ++i) {
        hall.decide(StartRound{});
        hall.publish();
        CHECK(hall.take_all(quick).size() == 1);
    }
    CHECK(slow.out.bytes() == 0);
    CHECK(hall.desk.cuts.empty());
    const auto taken = hall.take_all(slow);
    REQUIRE(taken.size() == 1);
    const std::string text(reinterpret_cast<const char*>(taken[0]->payload()), taken[0]->size());
    CHECK(text.find(R"("number":501)") != std::string::npos);
}

TEST_CASE("a client whose queue is full is cut off and counted, and the others are served") {
    Limits limits;
    limits.table.queue_bytes = 2000;
    Hall hall(limits);
    Session& slow = hall.join("key-of-table-1");
    Session& quick = hall.join("key-of-table-2");
    hall.take_all(slow);
    hall.take_all(quick);
    std::size_t got = 0;
    constexpr unsigned answers = 40;
    for (unsigned n = 1; n <= answers; ++n) {
        for (const int table : {1, 2}) {
            hall.decide(Submit{*parse_uuid(uuid(100 * n + static_cast<unsigned>(table))), DeviceId("d"),
                               TableNumber{table}, 1, "Un toit d'abord", "fr"});
        }
        hall.publish();
        CHECK(slow.out.bytes() <= limits.table.queue_bytes);
        got += hall.take_all(quick).size();
    }
    CHECK(got == answers);
    CHECK(hall.desk.cuts == std::set<lws*>{slow.wsi});
    CHECK(hall.hub.health().culled == 1);
}

TEST_CASE("the crowd is told in parts, and an acknowledgement passes by") {
    Hall hall;
    net::Turns turns;
    std::vector<Session*> crowd;
    for (int i = 0; i < 300; ++i) crowd.push_back(&hall.join("key-of-rehearsal"));
    Session& table = hall.join("key-of-table-1");
    Session& desk = hall.join("key-of-director");
    for (auto* client : crowd) hall.take_all(*client);
    hall.take_all(desk);
    for (auto* client : crowd) {
        turns.ask(*client);
        turns.ask(*client);  // once is enough
    }
    turns.ask(table);  // its welcome waits
    turns.ask(desk);
    const auto gone = crowd.front()->id;
    hall.hub.closed(*crowd.front());
    std::vector<std::uint64_t> wrote;
    const auto serve = [&] {
        turns.serve([&](std::uint64_t number) { return hall.hub.find(number); },
                    [&](Session& session) { wrote.push_back(session.id); });
    };
    serve();
    REQUIRE(wrote.size() == 2 + net::Turns::crowd_at_a_time - 1);
    CHECK(wrote[0] == table.id);
    CHECK(wrote[1] == desk.id);
    CHECK_FALSE(turns.empty());
    while (!turns.empty()) serve();
    CHECK(wrote.size() == 2 + crowd.size() - 1);
    CHECK(std::set<std::uint64_t>(wrote.begin(), wrote.end()).size() == wrote.size());
    CHECK(std::count(wrote.begin(), wrote.end(), gone) == 0);
    turns.ask(table);
    CHECK_FALSE(turns.empty());
}

TEST_CASE("a client that takes nothing for too long is cut off") {
    Limits limits;
    limits.stuck = Nanoseconds(0);
    Hall hall(limits);
    Session& slow = hall.join("key-of-table-1");
    Session& quick = hall.join("key-of-table-2");
    hall.take_all(quick);
    for (std::size_t part = 0; part < net::Hub::tick_parts; ++part) hall.hub.tick();
    CHECK(hall.desk.cuts == std::set<lws*>{slow.wsi});
    CHECK(hall.hub.health().culled == 1);
}

}  // namespace
}  // namespace tribune::test
