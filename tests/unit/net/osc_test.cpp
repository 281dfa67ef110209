// OSC: its form, its addresses, and over real sockets.
#include <catch2/catch.hpp>
#include <random>

#include "net/osc/tree.hpp"
#include "test_show.hpp"
#include "udp_peer.hpp"

namespace tribune::test {
namespace {

using namespace net::osc;

Message message(std::string address, std::vector<Argument> arguments = {}) {
    return {std::move(address), std::move(arguments)};
}

std::string bytes(std::string_view text) { return std::string(text); }

TEST_CASE("an OSC message is written as the specification's examples say") {
    CHECK(encode(message("/oscillator/4/frequency", {440.0F})) ==
          std::string("/oscillator/4/frequency\0,f\0\0\x43\xdc\0\0", 32));
    CHECK(encode(message("/foo", {std::int32_t{1000}, std::int32_t{-1}, std::string("hello"), 1.234F, 5.678F})) ==
          std::string("/foo\0\0\0\0,iisff\0\0\0\0\x03\xe8\xff\xff\xff\xffhello\0\0\0\x3f\x9d\xf3\xb6\x40\xb5\xb2\x2d",
                      40));
}

TEST_CASE("what is written is read back, alone and in bundles") {
    const std::vector<Message> all{message("/a"), message("/b/c", {std::int32_t{7}, true, false, std::string()}),
                                   message("/d", {Blob{1, 2, 3}, std::int64_t{-5}, 2.5, std::string("four")})};
    for (const auto& one : all) {
        const auto read = parse(encode(one));
        REQUIRE(read);
        CHECK(*read == std::vector{one});
    }
    const auto bundles = encode_bundles(all);
    REQUIRE(bundles.size() == 1);
    const auto read = parse(bundles.front());
    REQUIRE(read);
    CHECK(*read == all);
    CHECK(encode_bundles(all, 40).size() == 3);
    CHECK(encode_bundles({}).empty());
}

TEST_CASE("what is not OSC is refused whole") {
    const std::string good = encode(message("/a", {std::int32_t{1}}));
    std::string bundle = encode_bundles({message("/a")}).front();
    std::string deep = good;
    for (int i = 0; i < 6; ++i) {
        std::string outer("#bundle\0\0\0\0\0\0\0\0\1", 16);
        outer +=
            std::string{char(0), char(0), static_cast<char>(deep.size() >> 8U), static_cast<char>(deep.size() & 255U)};
        deep = outer + deep;
    }
    for (const auto& wrong :
         {bytes(""), bytes("abc"), bytes("abcd"), good.substr(0, 8), good + std::string(4, '\0'),
          std::string("/a\0\0,q\0\0", 8), std::string("/a\0\0,s\0\0abcd", 12), std::string("/a\0x", 4),
          std::string("/a\0\0,b\0\0\xff\xff\xff\xff", 12), std::string("#bundle\0", 8),
          bundle + std::string("\0\0\0\x08", 4), deep, std::string(10'000, '\0')}) {
        INFO(wrong.size());
        CHECK_FALSE(parse(wrong));
    }
}

TEST_CASE("no bytes whatsoever do harm") {
    std::mt19937 random(7);
    const std::string seed =
        encode_bundles({message("/tribune/cut", {std::string("cam1")}), message("/b", {Blob{1, 2}})}).front();
    for (int i = 0; i < 20'000; ++i) {
        std::string hostile = seed.substr(0, random() % (seed.size() + 1));
        for (std::size_t n = random() % 6; n > 0 && !hostile.empty(); --n)
            hostile[random() % hostile.size()] = static_cast<char>(random());
        if (const auto read = parse(hostile)) {
            CHECK(read->size() <= most_messages);
            for (const auto& m : *read) CHECK(parse(encode(m)));  // what was taken can be written
        }
    }
}

TEST_CASE("patterns mean what OSC says, and cost no more than a little") {
    CHECK(matches("/a/b", "/a/b"));
    CHECK(matches("/a/?", "/a/b"));
    CHECK(matches("/*/b", "/abc/b"));
    CHECK_FALSE(matches("/*", "/a/b"));
    CHECK(matches("/face/{north,east}/cut", "/face/east/cut"));
    CHECK_FALSE(matches("/face/{north,east}/cut", "/face/west/cut"));
    CHECK(matches("/cam[1-3]", "/cam2"));
    CHECK_FALSE(matches("/cam[!1-3]", "/cam2"));
    CHECK_FALSE(matches("/cam[1-3", "/cam2"));
    CHECK_FALSE(matches("/cam{1", "/cam1"));
    CHECK_FALSE(matches("/" + std::string(200, '*') + "x", "/" + std::string(200, 'a')));
}

struct Hall {
    Hall() {
        auto next = apply(state, LoadShow{small_setup()}, {1, {}, 0});
        REQUIRE(next);
        state = *std::move(next);
    }
    ShowState state;
};

TEST_CASE("addresses become the commands of the desks") {
    Hall hall;
    const auto command = [&](const Message& m) {
        auto commands = commands_of(m, hall.state);
        REQUIRE(commands);
        REQUIRE(commands->size() == 1);
        return commands->front();
    };
    CHECK(command(message("/tribune/take")) == Command{Take{}});
    CHECK(command(message("/tribune/take", {std::string("dip"), std::int32_t{500}})) == Command{Take{{}, "dip", 500}});
    CHECK(command(message("/tribune/cut", {std::string("cam2")})) == Command{Cut{SceneName("cam2"), {}}});
    CHECK(command(message("/tribune/tbar", {0.25F})) == Command{MoveTBar{0.25}});
    CHECK(command(message("/tribune/black", {true})) == Command{FadeToBlack{true, 1000}});
    CHECK(command(message("/tribune/face/{north,west}/cut", {std::string("cam2")})) ==
          Command{Cut{SceneName("cam2"), {FaceName("north"), FaceName("west")}}});
    CHECK(command(message("/tribune/wall", {std::string("full")})) == Command{PlaceWall{WallPlacement::full, {}}});
    const auto error = [&](const Message& m) {
        const auto commands = commands_of(m, hall.state);
        return commands ? std::string() : commands.error().code;
    };
    CHECK(error(message("/tribune/dance")) == "unknown_address");
    CHECK(error(message("/tribune/face/up/take")) == "unknown_address");
    CHECK(error(message("/tribune/cut")) == "bad_arguments");
    CHECK(error(message("/tribune/cut", {std::int32_t{5}})) == "bad_arguments");
    CHECK(error(message("/tribune/cut", {std::string("cam1"), std::int32_t{5}})) == "bad_arguments");
    CHECK(error(message("/tribune/tbar", {std::numeric_limits<float>::quiet_NaN()})) == "bad_arguments");
    CHECK(error(message("/tribune/wall", {std::string("upside-down")})) == "bad_arguments");
}

TEST_CASE("cues and macros are carried out from a surface, and told of") {
    Hall hall;
    const Actor producer{Role::producer, "osc", {}};
    const auto run = [&](const Command& command) {
        auto next = apply(hall.state, command, {hall.state.revision + 1, hall.state.at, 0}, producer);
        REQUIRE(next);
        hall.state = *std::move(next);
    };
    const auto send = [&](const Message& m) {
        const auto commands = commands_of(m, hall.state);
        REQUIRE(commands);
        for (const auto& command : *commands) run(command);
        return commands->size();
    };
    const auto fact = [&](const std::string& address) { return facts(hall.state, hall.state.at).at(address).front(); };
    run(SetCue{{CueNumber("1"), "", "", {}, {}, {{0, held(Cut{SceneName("cam2"), {}})}}}, {}, {}});
    run(SetCue{{CueNumber("2.5"), "", "", {}, {CueStart::after, 90'000, 0}, {}}, {}, {}});
    for (const char* name : {"a", "b"})
        run(SetMacro{{MacroName(name), "", {{0, held(RingBell{})}, {500, held(Cut{SceneName("cam1"), {}})}}}, {}});
    CHECK(fact("/tribune/cue/next") == Argument(std::string("1")));
    CHECK(fact("/tribune/cue/seconds") == Argument(std::int32_t{-1}));
    send(message("/tribune/cue/go"));
    CHECK(hall.state.stage.program.scene == SceneName("cam2"));
    CHECK(fact("/tribune/cue/current") == Argument(std::string("1")));
    CHECK(fact("/tribune/cue/seconds") == Argument(std::int32_t{90}));
    send(message("/tribune/cue/hold", {true}));
    CHECK(fact("/tribune/cue/held") == Argument(std::int32_t{1}));
    send(message("/tribune/cue/next", {std::int32_t{1}}));
    CHECK(fact("/tribune/cue/next") == Argument(std::string("1")));
    send(message("/tribune/cue/go", {2.5F}));
    CHECK(fact("/tribune/cue/current") == Argument(std::string("2.5")));
    send(message("/tribune/cue/back"));
    CHECK(fact("/tribune/cue/current") == Argument(std::string("1")));
    CHECK(send(message("/tribune/macro/*/run")) == 2);
    CHECK(fact("/tribune/macro/a/running") == Argument(std::int32_t{1}));
    send(message("/tribune/macro/a/stop"));
    CHECK(fact("/tribune/macro/a/running") == Argument(std::int32_t{0}));
    CHECK(fact("/tribune/macro/b/running") == Argument(std::int32_t{1}));
    send(message("/tribune/stop"));
    CHECK(hall.state.stage.rundown.runs.empty());
    CHECK(commands_of(message("/tribune/macro/none/run"), hall.state).error().code == "unknown_address");
    CHECK(commands_of(message("/tribune/macro/a/run", {std::int32_t{1}}), hall.state).error().code == "bad_arguments");
}

TEST_CASE("every fact that is told is in the reference, and only changes are told") {
    Hall hall;
    const Facts before = facts(hall.state, {});
    auto next = apply(hall.state, Preview{SceneName("cam1")}, {2, {}, 0});
    REQUIRE(next);
    const auto told = changes(before, facts(*next, {}));
    REQUIRE(told.size() == 3);  // preview itself, and two lamps
    CHECK(told[0] == message("/tribune/preview/scene", {std::string("cam1")}));
    const std::string text = reference();
    for (const auto& [address, _] : before) {
        auto general = address;
        for (const char* name : {"/north/", "/east/", "/south/", "/west/", "/cam1/", "/cam2/"}) {
            if (const auto at = general.find(name); at != std::string::npos)
                general.replace(at, std::string(name).size(), "/NAME/");
        }
        INFO(general);
        CHECK(text.find("`" + general + "`") != std::string::npos);
    }
}

TEST_CASE("a listed sender switches, listeners hear of it, strangers are not heard") {
    UdpPeer listener;
    ServerOptions options;
    options.osc = {0, {"127.0.0.1"}, {listener.address()}};
    TestShow show(options);
    const auto until = [&](const std::string& address, const Argument& value) {
        for (;;) {
            const auto datagram = listener.next();
            if (datagram.empty()) return false;
            const auto read = parse(datagram);
            REQUIRE(read);
            for (const auto& m : *read)
                if (m.address == address && m.arguments.front() == value) return true;
        }
    };
    CHECK(until("/tribune/program/scene", std::string("cam1")));
    listener.send(show.server().osc_port(), "nonsense");
    listener.send(show.server().osc_port(), encode(message("/tribune/cut", {std::string("nowhere")})));
    listener.send(show.server().osc_port(), encode(message("/tribune/cut", {std::string("cam2")})));
    CHECK(until("/tribune/program/scene", std::string("cam2")));

    ServerOptions closed;
    closed.osc = {0, {"192.0.2.7"}, {listener.address()}};
    TestShow other(closed);
    CHECK(until("/tribune/program/scene", std::string("cam1")));
    listener.send(other.server().osc_port(), encode(message("/tribune/cut", {std::string("cam2")})));
    listener.send(other.server().osc_port(), encode(message("/tribune/cut", {std::string("cam2")})));
    CHECK(until("/tribune/program/scene", std::string("cam1")));  // all is told again, and nothing has changed
    CHECK(other.asked() == 0);
}

}  // namespace
}  // namespace tribune::test
