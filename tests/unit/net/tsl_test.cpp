// TSL UMD: byte for byte, and to real sockets.
#include <fmt/format.h>

#include <catch2/catch.hpp>

#include "net/tsl/sender.hpp"
#include "test_show.hpp"
#include "udp_peer.hpp"

namespace tribune::test {
namespace {

using namespace net::tsl;

std::string hex(std::string_view bytes) {
    std::string text;
    for (const char c : bytes) text += fmt::format("{:02X} ", static_cast<unsigned char>(c));
    if (!text.empty()) text.pop_back();
    return text;
}

std::string spaces(int n) {
    std::string text;
    for (int i = 0; i < n; ++i) text += " 20";
    return text;
}

TEST_CASE("UMD 3.1 is eighteen bytes") {
    CHECK(hex(umd31({1, "CAM 1", false, true, true})) == "81 31 43 41 4D 20 31" + spaces(11));
    CHECK(hex(umd31({5, "CAM 5", true, false, true})) == "85 32 43 41 4D 20 35" + spaces(11));
    CHECK(hex(umd31({1, "", false, false, true})) == "81 30" + spaces(16));
    CHECK(hex(umd31({1, "", true, true, false}, {4, 3})) == "81 0C" + spaces(16));
    CHECK(umd31({126, "A label that is much too long", false, false, true}).size() == 18);
    CHECK(umd31({126, "A label that is much too long", false, false, true}).substr(2) == "A label that is ");
}

TEST_CASE("UMD 5.0 counts what follows, little end first") {
    CHECK(hex(umd50({{1, "CAM 1", true, true, true}}).front()) == "0F 00 00 00 00 00 01 00 E1 00 05 00 43 41 4D 20 31");
    CHECK(hex(umd50({{1, "CAM 1", true, true, true}}, {0, true, false}).front()) ==
          "14 00 00 01 00 00 01 00 E1 00 0A 00 43 00 41 00 4D 00 20 00 31 00");
    CHECK(hex(umd50({{1, "A", true, false, true}, {2, "B", false, false, true}}).front()) ==
          "12 00 00 00 00 00 01 00 C1 00 01 00 41 02 00 C0 00 01 00 42");
    CHECK(hex(umd50({{254, "A", false, false, true}}, {2, false, true}).front()) ==
          "FE 02 0B 00 00 00 02 00 FE FE 00 C0 00 01 00 41");
    CHECK(umd50({}).empty());
}

TEST_CASE("many lamps take several packets, none too large and none lost") {
    std::vector<Lamp> lamps;
    for (int i = 0; i < 300; ++i) lamps.push_back({i, "A camera with a rather long name", i % 2 == 0, false, true});
    std::size_t displays = 0;
    for (const auto& packet : umd50(lamps)) {
        CHECK(packet.size() <= 2048);
        const auto counted = static_cast<unsigned char>(packet[0]) + 256U * static_cast<unsigned char>(packet[1]);
        CHECK(counted == packet.size() - 2);
        displays += (packet.size() - 6) / (6 + 32);
    }
    CHECK(displays == 300);
}

TEST_CASE("names lose their accents, never a letter") {
    CHECK(ascii("Été à Köln", 16) == "Ete a Koln");
    CHECK(ascii("Œuvre – Łódź", 20) == "OEuvre - Lod?");
    CHECK(ascii("日本", 16) == "??");
    CHECK(ascii("\xff\xc3", 16) == "??");
    CHECK(ascii("longer than that", 6) == "longer");
}

TEST_CASE("a receiver is read strictly, and what is wrong is said") {
    const auto receiver = parse_receiver("tsl50+tcp://192.0.2.10:8901?first=10&screen=3&utf16=1&faces=1");
    REQUIRE(receiver);
    CHECK(receiver->version == 50);
    CHECK(receiver->tcp);
    CHECK(receiver->umd5.stuffed);
    CHECK(receiver->umd5.utf16);
    CHECK(receiver->umd5.screen == 3);
    CHECK(receiver->first == 10);
    CHECK(receiver->faces);
    for (const char* wrong :
         {"", "udp://192.0.2.10:1", "tsl31://lamp:1", "tsl31://192.0.2.10", "tsl31://192.0.2.10:0",
          "tsl31://192.0.2.10:1?red=5", "tsl31://192.0.2.10:1?blue=1", "tsl31://192.0.2.10:1?first"}) {
        INFO(wrong);
        const auto refused = parse_receiver(wrong);
        REQUIRE_FALSE(refused);
        CHECK((refused.error().code == "bad_tally" || refused.error().code == "bad_address"));
    }
}

TEST_CASE("lamps follow the faces; one face's own follow that face") {
    ShowState state;
    const auto run = [&](const Command& command) {
        auto next = apply(state, command, {state.revision + 1, {}, 0});
        REQUIRE(next);
        state = *std::move(next);
    };
    run(LoadShow{small_setup()});
    run(Cut{SceneName("cam2"), {FaceName("east")}});
    const auto all = lamps_of(state, {}, 1);
    REQUIRE(all.size() == 2);
    CHECK((all[0].address == 1 && all[0].label == "cam1" && all[0].red && !all[0].green));
    CHECK((all[1].address == 2 && all[1].red && all[1].green));
    const auto east = lamps_of(state, {}, 1, FaceName("east"));
    CHECK((!east[0].red && east[1].red));
    for (const auto& lamp : dark(all)) CHECK((!lamp.red && !lamp.green));
}

TEST_CASE("lamps light on a cut and go out with the show, by UDP and TCP") {
    UdpPeer lamp;
    const Fd door(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    sockaddr_in own{};
    own.sin_family = AF_INET;
    own.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof(own);
    REQUIRE(::bind(door.get(), reinterpret_cast<const sockaddr*>(&own), size) == 0);
    REQUIRE(::listen(door.get(), 1) == 0);
    getsockname(door.get(), reinterpret_cast<sockaddr*>(&own), &size);

    ServerOptions options;
    options.tally = {"tsl31://" + lamp.address(), fmt::format("tsl50+tcp://127.0.0.1:{}", ntohs(own.sin_port))};
    auto show = std::make_unique<TestShow>(options);
    const auto until = [&](const std::string& datagram) {
        for (;;) {
            const auto heard = lamp.next();
            if (heard.empty() || heard == datagram) return heard == datagram;
        }
    };
    CHECK(until(umd31({1, "cam1", true, false, true})));
    CHECK(until(umd31({2, "cam2", false, true, true})));
    (void)show->request(1, {Role::producer, "test", {}}, Cut{SceneName("cam2"), {}});
    CHECK(until(umd31({1, "cam1", false, false, true})));
    CHECK(until(umd31({2, "cam2", true, true, true})));

    const Fd line(::accept(door.get(), nullptr, nullptr));
    REQUIRE(line);
    const std::string wanted =
        umd50({{1, "cam1", false, false, true}, {2, "cam2", true, true, true}}, {0, false, true}).front();
    std::string heard;
    while (heard.find(wanted) == std::string::npos) {
        pollfd p{line.get(), POLLIN, 0};
        REQUIRE(::poll(&p, 1, 20'000) > 0);
        char bytes[4096];
        const auto n = ::recv(line.get(), bytes, sizeof(bytes), 0);
        REQUIRE(n > 0);
        heard.append(bytes, static_cast<std::size_t>(n));
    }
    show.reset();
    CHECK(until(umd31({2, "cam2", false, false, true})));
}

}  // namespace
}  // namespace tribune::test
