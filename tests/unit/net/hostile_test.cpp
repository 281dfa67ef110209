// Clients that break the rules: each is told or closed with its code, and a well-behaved one beside it notices
// nothing.
#include <catch2/catch.hpp>
#include <memory>
#include <nlohmann/json.hpp>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "raw_client.hpp"
#include "test_show.hpp"

namespace tribune::test {
namespace {

using nlohmann::json;

json submit(unsigned id) {
    return {{"type", "submit"}, {"id", uuid(id)}, {"round", 1}, {"text", "Un toit"}, {"language", "fr"}};
}

// A show with an honest table that must be served at the end of each test.
struct Hall {
    explicit Hall(ServerOptions options = {}) : show(std::move(options)), honest(show.port()) {
        REQUIRE(honest.hello("key-of-table-1").is_object());
    }
    ~Hall() {
        honest.json(submit(900'000));
        CHECK(honest.until("stored").is_object());
    }
    RawClient table(int number = 7) {
        RawClient client(show.port());
        REQUIRE(client.hello("key-of-table-" + std::to_string(number)).is_object());
        return client;
    }
    TestShow show;
    RawClient honest;
};

ServerOptions hasty() {
    ServerOptions options;
    options.limits.hello = std::chrono::milliseconds(300);
    options.limits.ping = std::chrono::milliseconds(300);
    options.limits.silent = std::chrono::milliseconds(1500);
    options.limits.stuck = std::chrono::milliseconds(1000);
    return options;
}

TEST_CASE("a wrong key is told and closed") {
    Hall hall;
    for (const char* key : {"", "key-of-table-77", "another-password", "key-of-producer "}) {
        RawClient client(hall.show.port());
        REQUIRE(client.upgrade() == 101);
        client.json({{"type", "hello"}, {"proto", 1}, {"key", key}, {"device", "d"}});
        CHECK(client.until("error")["code"] == "wrong_key");
        CHECK(client.until_closed().close_code() == 1008);
    }
    RawClient old(hall.show.port());
    REQUIRE(old.upgrade() == 101);
    old.json({{"type", "hello"}, {"proto", 9}, {"key", "key-of-table-7"}});
    CHECK(old.until("error")["code"] == "wrong_proto");
    CHECK(old.until_closed().close_code() == 1002);
}

TEST_CASE("who says something else before hello, or nothing, is closed") {
    Hall hall(hasty());
    RawClient rude(hall.show.port());
    REQUIRE(rude.upgrade() == 101);
    rude.json(submit(1));
    CHECK(rude.until_closed().close_code() == 1008);
    RawClient garbled(hall.show.port());
    REQUIRE(garbled.upgrade() == 101);
    garbled.text("garbage");
    CHECK(garbled.until_closed().close_code() == 1008);
    RawClient mute(hall.show.port());
    REQUIRE(mute.upgrade() == 101);
    CHECK(mute.until_closed().close_code() == 1008);
}

TEST_CASE("garbage gets coded errors and the connection stays") {
    Hall hall;
    auto client = hall.table();
    for (const char* text : {"", "garbage", "{", "[[[[[[[[[[[[", "{\"type\":\"nonsense\"}", "{\"type\":\"hello\"}"}) {
        client.text(text);
        CHECK(!client.until("error")["code"].get<std::string>().empty());
    }
    client.json({{"type", "submit"}, {"id", "no-uuid"}, {"round", 1}, {"text", "x"}});
    CHECK(client.until("refused")["id"] == "no-uuid");
    client.json(submit(1));
    CHECK(client.until("stored").is_object());
}

TEST_CASE("too large, whole, announced or in fragments, is closed with 1009") {
    Hall hall;
    auto whole = hall.table();
    whole.text(std::string(1'000'000, 'x'));
    CHECK(whole.until_closed().close_code() == 1009);
    auto announced = hall.table();
    announced.send_raw(RawClient::frame(1, std::string(5000, 'x')).substr(0, 100));
    CHECK(announced.until_closed().close_code() == 1009);
    auto pieces = hall.table();
    pieces.send_raw(RawClient::frame(1, "x", false));
    for (int i = 0; i < 5; ++i) pieces.send_raw(RawClient::frame(0, std::string(1000, 'x'), false));
    CHECK(pieces.until_closed().close_code() == 1009);
    auto huge = hall.table();
    std::string header = RawClient::frame(1, std::string(70'000, 'x')).substr(0, 14);
    header[2] = '\x7f';  // 2^63 - something
    huge.send_raw(header + "xxxx");
    const auto end = huge.until_closed();
    CHECK((end.close_code() == 1009 || end.close_code() == 1002 || end.opcode == -1));
}

TEST_CASE("a message in fragments is one message") {
    Hall hall;
    auto client = hall.table();
    const std::string text = submit(1).dump();
    client.send_raw(RawClient::frame(1, text.substr(0, 10), false) + RawClient::frame(9, "ping") +
                    RawClient::frame(0, text.substr(10, 1), false) + RawClient::frame(0, "", false) +
                    RawClient::frame(0, text.substr(11)));
    CHECK(client.until("stored")["id"] == uuid(1));
    auto slow = hall.table(8);
    for (const char c : RawClient::frame(1, submit(2).dump())) slow.send_raw({&c, 1});
    CHECK(slow.until("stored")["id"] == uuid(2));
    auto long_one = hall.table(9);
    auto message = submit(3);
    message["padding"] = std::string(3500, 'p');  // larger than one piece of the receive buffer
    long_one.json(message);
    CHECK(long_one.until("stored")["id"] == uuid(3));
}

TEST_CASE("invalid UTF-8 is closed with 1007, binary with 1002") {
    Hall hall;
    for (const char* bad : {"\xff", "{\"type\":\"own\",\"x\":\"\xc3\x28\"}", "\xed\xa0\x80", "\xf4\x90\x80\x80"}) {
        auto client = hall.table();
        client.text(bad);
        CHECK(client.until_closed().close_code() == 1007);
    }
    auto binary = hall.table();
    binary.send_raw(RawClient::frame(2, "\x01\x02"));
    CHECK(binary.until_closed().close_code() == 1002);
    auto reserved = hall.table();
    reserved.send_raw(RawClient::frame(3, "x"));
    CHECK(reserved.until_closed().close_code() == 1002);
}

TEST_CASE("too many answers a second are refused with a time to wait, a flood is closed") {
    Hall hall;
    auto client = hall.table();
    for (unsigned i = 1; i <= 60; ++i) client.json(submit(i));
    int stored = 0;
    int rate = 0;
    for (int i = 0; i < 60;) {
        const auto frame = client.next();
        REQUIRE(frame.opcode == 1);
        const auto message = json::parse(frame.payload);
        if (message["type"] == "stored") ++stored, ++i;
        if (message["type"] != "refused") continue;
        ++i;
        if (message["code"] == "rate") {
            ++rate;
            CHECK(message["retry_after_ms"] > 0);
        }
    }
    CHECK(stored >= 8);
    CHECK(rate >= 30);
    for (int i = 0; i < 500; ++i) {
        if (!client.json({{"type", "clock"}, {"t", i}})) break;
    }
    const auto end = client.until_closed();
    CHECK((end.close_code() == 1008 || end.opcode == -1));  // what we still sent may reset the connection
}

TEST_CASE("a reader that does not read is culled, and its memory is bounded") {
    auto options = hasty();
    options.limits.rehearsal.per_second = 1e6;
    options.limits.rehearsal.flood_per_second = 1e6;
    Hall hall(std::move(options));
    RawClient stuck(hall.show.port(), 4096);
    REQUIRE(stuck.hello("key-of-table-7").is_object());
    const auto before = hall.show.server().health().culled;
    // Another device of the same table writes; every answer is told to the stuck one, too.
    RawClient writer(hall.show.port());
    REQUIRE(writer.hello("key-of-rehearsal", 7).is_object());
    const std::string text(130, 'x');
    unsigned id = 0;
    const auto deadline = monotonic_now() + std::chrono::seconds(20);
    while (hall.show.server().health().culled == before && monotonic_now() < deadline) {
        json message = submit(++id);
        message["text"] = text + std::to_string(id);
        writer.json(message);
        REQUIRE(writer.until("stored").is_object());
        if (id % 50 != 0) continue;
        hall.honest.json({{"type", "clock"}, {"t", id}});  // one that reads and answers
        REQUIRE(hall.honest.until("clock").is_object());
    }
    CHECK(hall.show.server().health().culled > before);
    CHECK(id < 4000);
}

TEST_CASE("a silent peer is pinged, and dropped when it does not answer") {
    TestShow show(hasty());
    RawClient silent(show.port());
    REQUIRE(silent.hello("key-of-table-7").is_object());
    CHECK(silent.ended());  // reads, but never answers the ping
    CHECK(show.server().health().culled == 1);
}

TEST_CASE("a peer that answers pings stays, however long it has nothing to say") {
    TestShow show(hasty());
    RawClient quiet(show.port());
    RawClient silent(show.port());
    REQUIRE(quiet.hello("key-of-table-8").is_object());
    REQUIRE(silent.hello("key-of-table-7").is_object());
    // Reading answers pings; the end of the silent one tells that enough time has passed.
    bool told = false;
    std::thread reader([&] { told = quiet.until("own_added").is_object(); });
    CHECK(silent.ended());
    RawClient other(show.port());
    CHECK(other.hello("key-of-table-8").is_object());
    other.json(submit(1));
    CHECK(other.until("stored").is_object());
    reader.join();
    CHECK(told);
}

TEST_CASE("random frames never hurt anybody") {
    Hall hall;
    std::mt19937 random(11);
    for (int round = 0; round < 60; ++round) {
        RawClient client(hall.show.port());
        REQUIRE(client.upgrade() == 101);
        if (round % 2 == 0) client.text(R"({"type":"hello","proto":1,"key":"key-of-table-7"})");
        std::string bytes;
        for (int i = 0; i < 40; ++i) {
            std::string frame = RawClient::frame(static_cast<int>(random() % 16), submit(1).dump(), random() % 2 == 0);
            frame[random() % frame.size()] = static_cast<char>(random());
            bytes += frame;
        }
        client.send_raw(bytes);
    }
    for (int round = 0; round < 40; ++round) {
        RawClient client(hall.show.port());
        std::string bytes(200, '\0');
        for (auto& c : bytes) c = static_cast<char>(random());
        client.send_raw(round % 2 == 0 ? bytes : "GET /" + bytes + "\r\n\r\n");
    }
}

TEST_CASE("a browser's page from elsewhere cannot connect") {
    ServerOptions options;
    options.origins = {"https://room.example.org"};
    Hall hall(std::move(options));
    const auto with_origin = [&](const std::string& origin) {
        RawClient client(hall.show.port());
        return client.upgrade("/ws", "Origin: " + origin + "\r\n");
    };
    CHECK(with_origin("http://127.0.0.1:" + std::to_string(hall.show.port())) == 101);
    CHECK(with_origin("https://room.example.org") == 101);
    for (const std::string origin : {"http://evil.example.org", "null", "http://127.0.0.1", "http://127.0.0.1:1",
                                     "https://room.example.org.evil.org", "file://"}) {
        CAPTURE(origin);
        CHECK(with_origin(origin) != 101);
    }
    RawClient elsewhere(hall.show.port());
    CHECK(elsewhere.upgrade("/other") != 101);
    RawClient unknown(hall.show.port());
    CHECK(unknown.upgrade("/ws", "", "http") != 101);
}

TEST_CASE("desks find a place when the hall is full of devices") {
    ServerOptions options;
    options.limits.clients = 24;
    options.limits.reserved = 8;
    Hall hall(std::move(options));  // one place taken
    std::vector<std::unique_ptr<RawClient>> devices;
    int turned_away = 0;
    for (int i = 0; i < 22; ++i) {
        devices.push_back(std::make_unique<RawClient>(hall.show.port()));
        if (devices.back()->hello("key-of-rehearsal", i + 1).is_object()) continue;
        ++turned_away;
        CHECK(devices.back()->last().close_code() == 1013);
        devices.pop_back();
    }
    CHECK(turned_away > 0);
    RawClient producer(hall.show.port());
    CHECK(producer.hello("key-of-producer").is_object());
}

TEST_CASE("a port in use is told by its number") {
    TestShow show;
    ServerOptions options;
    options.port = show.port();
    const auto second = Server::start(std::move(options), show);
    REQUIRE(!second);
    CHECK(second.error().code == "port_in_use");
    CHECK(second.error().message.find(std::to_string(show.port())) != std::string::npos);
    ServerOptions nowhere;
    nowhere.address = "localhost";
    const auto third = Server::start(std::move(nowhere), show);
    REQUIRE(!third);
    CHECK(third.error().code == "bad_address");
}

}  // namespace
}  // namespace tribune::test
