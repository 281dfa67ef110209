// MIDI: bytes, learning, what controls ask and lamps show; and over real terminals and pipes.
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>
#include <catch2/catch.hpp>

#include <filesystem>
#include <fstream>
#include <functional>
#include <random>
#include <set>
#include <thread>

#include "net/midi/device.hpp"
#include "net/midi/learner.hpp"
#include "net/midi/surface.hpp"
#include "raw_client.hpp"
#include "test_show.hpp"

namespace tribune::test {
namespace {

using namespace net::midi;
using nlohmann::json;

std::string bytes(std::initializer_list<int> list) {
    std::string out;
    for (const int b : list) out += static_cast<char>(b);
    return out;
}
MonotonicTime at_ms(std::int64_t ms) { return {std::chrono::milliseconds(ms)}; }

// --- Bytes ------------------------------------------------------------------------------------------------------

TEST_CASE("controls are read from bytes, in pieces, with running status and clocks in between") {
    Parser parser;
    CHECK(parser.read(bytes({0x90, 60, 100})) == std::vector{Event{ControlKind::note, 1, 60, 100}});
    CHECK(parser.read(bytes({0x80, 60, 64})) == std::vector{Event{ControlKind::note, 1, 60, 0}});
    CHECK(parser.read(bytes({0xB2, 7})).empty());
    CHECK(parser.read(bytes({0xF8, 90, 7, 0xFE, 91})) ==
          std::vector{Event{ControlKind::cc, 3, 7, 90}, Event{ControlKind::cc, 3, 7, 91}});
    CHECK(parser.read(bytes({0xE8, 0x7F, 0x7F})) == std::vector{Event{ControlKind::bend, 9, 0, 16383}});
    CHECK(parser.read(bytes({0xC1, 5})) == std::vector{Event{ControlKind::program, 2, 5, 127}});
    // System exclusive, touches of keys and songs are nobody's control.
    CHECK(parser.read(bytes({0xF0, 1, 2, 3, 0xF7, 0xD0, 64, 0xF3, 1})).empty());
    CHECK(parser.malformed() == 0);
}

TEST_CASE("what a lamp is told is what a controller would have sent") {
    std::mt19937 random(3);
    Parser parser;
    for (int i = 0; i < 2000; ++i) {
        Event event{static_cast<ControlKind>(1 + random() % 5), 1 + static_cast<int>(random() % 16),
                    static_cast<int>(random() % 128), static_cast<int>(random() % 128)};
        if (event.kind == ControlKind::cc14) event.kind = ControlKind::note;
        if (event.kind == ControlKind::bend)
            event = {ControlKind::bend, event.channel, 0, static_cast<int>(random() % 16384)};
        if (event.kind == ControlKind::program) event.value = 127;
        CHECK(parser.read(encode(event)) == std::vector{event});
    }
    CHECK(encode({ControlKind::cc14, 1, 7, 0x1234}) == bytes({0xB0, 7, 0x24, 0xB0, 39, 0x34}));
    CHECK(parser.malformed() == 0);
}

TEST_CASE("bytes that are no MIDI are counted, and what comes after them is heard") {
    Parser parser;
    CHECK(parser.read(bytes({1, 2, 3, 4, 5, 6})).empty());
    CHECK(parser.malformed() == 6);
    CHECK(parser.read(bytes({0x90, 60, 0x90, 61, 1})) == std::vector{Event{ControlKind::note, 1, 61, 1}});
    CHECK(parser.malformed() == 8);
    std::mt19937 random(5);
    for (int i = 0; i < 2000; ++i) {
        std::string hostile(random() % 64, '\0');
        for (auto& c : hostile) c = static_cast<char>(random());
        for (const auto& event : parser.read(hostile)) {
            CHECK(event.channel >= 1);
            CHECK(event.channel <= 16);
            CHECK(event.number >= 0);
            CHECK(event.number <= 127);
            CHECK(event.value >= 0);
            CHECK(event.value <= 16383);
        }
    }
    parser.read(bytes({0xF7}));
    CHECK(parser.read(bytes({0x90, 1, 2})) == std::vector{Event{ControlKind::note, 1, 1, 2}});
}

// --- Learning ---------------------------------------------------------------------------------------------------

std::optional<net::Touch> learned(const std::vector<Event>& events) {
    Learner learner;
    for (const auto& event : events) learner.hear(SurfaceName("box"), event, at_ms(0));
    return learner.learned(at_ms(500));
}

TEST_CASE("one touch tells which control it is, and how it counts") {
    const auto cc = [](int number, std::initializer_list<int> values) {
        std::vector<Event> events;
        for (const int value : values) events.push_back({ControlKind::cc, 1, number, value});
        return events;
    };
    CHECK(learned({{ControlKind::note, 1, 60, 0}, {ControlKind::note, 1, 61, 9}})->control.number == 61);
    CHECK(learned(cc(20, {127, 0}))->mode == ControlMode::button);
    CHECK(learned(cc(20, {127}))->mode == ControlMode::button);
    CHECK(learned(cc(7, {40, 41, 44, 50}))->mode == ControlMode::fader);
    CHECK(learned(cc(16, {1, 1, 127, 2}))->mode == ControlMode::encoder);
    CHECK(learned(cc(16, {1, 1, 65, 66}))->mode == ControlMode::encoder_sign);
    CHECK(learned(cc(16, {65, 65, 63}))->mode == ControlMode::encoder_offset);
    const auto fine = learned({{ControlKind::cc, 1, 7, 40}, {ControlKind::cc, 1, 39, 3}, {ControlKind::cc, 1, 7, 41}});
    CHECK(fine->control.kind == ControlKind::cc14);
    CHECK(fine->mode == ControlMode::fader);
    CHECK(learned({{ControlKind::bend, 9, 0, 300}})->mode == ControlMode::fader);
    CHECK(learned({{ControlKind::program, 1, 5, 127}})->mode == ControlMode::button);
    CHECK(!learned({}));
    // A fader needs a moment; a key does not.
    Learner learner;
    learner.hear(SurfaceName("box"), {ControlKind::cc, 1, 7, 3}, at_ms(0));
    CHECK(!learner.learned(at_ms(100)));
    CHECK(*learner.due() == at_ms(400));
}

// --- Controls ---------------------------------------------------------------------------------------------------

struct Box {
    Box() {
        ShowState before;
        state = *apply(before, LoadShow{small_setup()}, {1, {}, 0});
    }
    void bind(ControlKind kind, int number, ControlMode mode, const char* action, const char* target = "") {
        const Binding binding{{SurfaceName("box"), kind, 1, number}, mode, action, target, {}};
        auto next = apply(state, BindControl{binding}, {state.revision + 1, state.at, 0});
        REQUIRE(next);
        state = *std::move(next);
    }
    // What it asks for is done.
    void hear(const Event& event, std::int64_t ms) {
        if (auto command = surface.hear(event, state, at_ms(ms))) run(*command);
        for (auto& command : surface.moves(state, at_ms(ms))) run(command);
    }
    void run(const Command& command) {
        asked.push_back(command);
        if (auto next = apply(state, command, {state.revision + 1, state.at, 0})) state = *std::move(next);
    }
    [[nodiscard]] double bar() const {
        const auto& mix = state.stage.program.mix;
        return mix && mix->bar ? *mix->bar : 0;
    }
    ShowState state;
    Surface surface{SurfaceName("box")};
    std::vector<Command> asked;
};

TEST_CASE("a key presses once, when it is struck") {
    Box box;
    box.bind(ControlKind::note, 60, ControlMode::button, "cut", "cam2");
    box.hear({ControlKind::note, 1, 60, 100}, 0);
    box.hear({ControlKind::note, 1, 60, 0}, 1);
    box.hear({ControlKind::note, 2, 60, 100}, 2);  // another channel
    CHECK(box.asked == std::vector<Command>{Cut{SceneName("cam2"), {}}});
    box.bind(ControlKind::cc, 20, ControlMode::button, "fade_to_black");
    for (const int value : {127, 127, 0, 127}) box.hear({ControlKind::cc, 1, 20, value}, 3);
    CHECK(box.asked.size() == 3);
}

TEST_CASE("a fader leads only from where it comes past how things stand") {
    Box box;
    box.bind(ControlKind::cc, 7, ControlMode::fader, "gain", "cam1");  // at 0 dB: three quarters
    box.hear({ControlKind::cc, 1, 7, 10}, 0);
    box.hear({ControlKind::cc, 1, 7, 60}, 10);
    CHECK(box.asked.empty());
    box.hear({ControlKind::cc, 1, 7, 100}, 20);
    box.hear({ControlKind::cc, 1, 7, 101}, 30);
    CHECK(box.asked.size() == 2);
    // Somebody else moved it meanwhile: no jump back.
    SetChannel elsewhere;
    elsewhere.source = SourceName("cam1");
    elsewhere.gain_db = -40;
    box.run(elsewhere);
    box.asked.clear();
    box.hear({ControlKind::cc, 1, 7, 102}, 2000);
    CHECK(box.asked.empty());
    box.hear({ControlKind::cc, 1, 7, 20}, 2010);
    CHECK(box.asked.size() == 1);
}

TEST_CASE("a T-bar takes on its way up, and again on its way down") {
    Box box;
    box.bind(ControlKind::bend, 0, ControlMode::fader, "t_bar");
    const auto bar = [&](int value, std::int64_t ms) { box.hear({ControlKind::bend, 1, 0, value}, ms); };
    bar(8000, 0);  // wherever it was left: nothing yet
    CHECK(box.asked.empty());
    bar(0, 10);
    bar(4096, 20);
    CHECK(box.bar() == Approx(0.25).margin(0.01));
    bar(16383, 30);
    CHECK(box.bar() == 0);
    CHECK(box.state.stage.program.scene == SceneName("cam2"));
    bar(16383, 40);
    bar(12288, 50);
    CHECK(box.bar() == Approx(0.25).margin(0.01));
    bar(0, 60);
    CHECK(box.state.stage.program.scene == SceneName("cam1"));
    // A take by somebody else in the middle: the bar leads again from an end.
    bar(8192, 70);
    box.run(Cut{SceneName("cam2"), {}});
    bar(9000, 2000);
    CHECK(box.bar() == 0);
}

TEST_CASE("encoders turn by steps from where things stand; fine faders have fourteen bits") {
    Box box;
    box.bind(ControlKind::cc, 16, ControlMode::encoder, "pan", "cam1");
    for (const int value : {1, 1, 3}) box.hear({ControlKind::cc, 1, 16, value}, 0);
    CHECK(box.state.stage.sound.channel(SourceName("cam1")).pan == Approx(0.1).margin(0.021));
    for (int i = 0; i < 10; ++i) box.hear({ControlKind::cc, 1, 16, 127}, 10);
    CHECK(box.state.stage.sound.channel(SourceName("cam1")).pan == Approx(-0.1).margin(0.021));
    box.bind(ControlKind::cc14, 3, ControlMode::fader, "t_bar");
    for (const auto& [number, value] : {std::pair(3, 0), {35, 0}, {3, 32}, {35, 64}})
        box.hear({ControlKind::cc, 1, number, value}, 20);
    CHECK(box.bar() == Approx((32 * 128 + 64) / 16383.0));
}

TEST_CASE("lamps and motors are told what changed, so many at a time, and hands are left alone") {
    Box box;
    SurfaceSetup setup;
    setup.motors = true;
    box.bind(ControlKind::note, 1, ControlMode::button, "cut", "cam1");
    box.bind(ControlKind::note, 2, ControlMode::button, "cut", "cam2");
    box.bind(ControlKind::bend, 0, ControlMode::fader, "gain_master");
    const auto told = [&](std::int64_t ms, std::size_t most = 64) {
        return box.surface.feedback(box.state, box.state.at, setup, at_ms(ms), most);
    };
    CHECK(told(0, 2).size() == 2);
    CHECK(told(0) == std::vector{Event{ControlKind::bend, 1, 0, static_cast<int>(0.75 * 16383 + 0.5)}});
    CHECK(told(0).empty());
    box.run(Cut{SceneName("cam2"), {}});
    CHECK(told(1) == std::vector{Event{ControlKind::note, 1, 1, 0}, Event{ControlKind::note, 1, 2, 127}});
    box.hear({ControlKind::bend, 1, 0, 12287}, 1000);
    box.hear({ControlKind::bend, 1, 0, 12000}, 1010);
    CHECK(told(1020).empty());
    CHECK(told(2000).size() == 1);
    box.surface.forget_told();
    CHECK(told(2000).size() == 3);
}

TEST_CASE("names of devices") {
    CHECK(is_named("X-TOUCH*", "X-TOUCH MINI"));
    CHECK(is_named("*", ""));
    CHECK(is_named("*nano*2", "my nanoKONTROL2"));
    CHECK_FALSE(is_named("X-TOUCH", "X-TOUCH MINI"));
    CHECK_FALSE(is_named("*nano*3", "my nanoKONTROL2"));
}

// --- Over real devices --------------------------------------------------------------------------------------------

// A controller's end of a terminal, whose other end the program opens as a device.
class Pty {
  public:
    Pty() : fd_(::posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC)) {
        REQUIRE(grantpt(fd_.get()) == 0);
        REQUIRE(unlockpt(fd_.get()) == 0);
        path_ = ptsname(fd_.get());
        termios line{};
        tcgetattr(fd_.get(), &line);
        cfmakeraw(&line);
        tcsetattr(fd_.get(), TCSANOW, &line);
    }
    [[nodiscard]] const std::string& path() const { return path_; }
    void send(const std::string& data) {
        REQUIRE(::write(fd_.get(), data.data(), data.size()) == static_cast<ssize_t>(data.size()));
    }
    // What its lamps are told: the next event, null when none comes in 20 s.
    std::optional<Event> lamp() {
        while (events_.empty()) {
            pollfd wait{fd_.get(), POLLIN, 0};
            if (poll(&wait, 1, 20'000) <= 0) return std::nullopt;
            std::string data(256, '\0');
            const auto got = ::read(fd_.get(), data.data(), data.size());
            if (got <= 0) return std::nullopt;
            events_ = parser_.read(data.substr(0, static_cast<std::size_t>(got)));
        }
        const Event event = events_.front();
        events_.erase(events_.begin());
        return event;
    }
    void unplug() { fd_.reset(); }

  private:
    Fd fd_;
    std::string path_;
    Parser parser_;
    std::vector<Event> events_;
};

// /dev/snd and /proc/asound of a machine into which controllers are plugged.
class Sockets {
  public:
    Sockets() {
        std::string made = (std::filesystem::temp_directory_path() / "tribune-midi-XXXXXX").string();
        REQUIRE(mkdtemp(made.data()) != nullptr);
        root_ = made;
        std::filesystem::create_directories(root_ / "snd");
    }
    ~Sockets() {
        std::error_code ignored;
        std::filesystem::remove_all(root_, ignored);
    }
    void plug(int card, const std::string& name, const std::string& device) {
        const auto about = root_ / "asound" / ("card" + std::to_string(card));
        std::filesystem::create_directories(about);
        std::ofstream(about / "midi0") << name << "\n\nOutput 0\n";
        std::filesystem::create_symlink(device, root_ / "snd" / ("midiC" + std::to_string(card) + "D0"));
    }
    void unplug(int card) { std::filesystem::remove(root_ / "snd" / ("midiC" + std::to_string(card) + "D0")); }
    [[nodiscard]] MidiOptions options() const { return {(root_ / "snd").string(), (root_ / "asound").string()}; }
    [[nodiscard]] const std::filesystem::path& root() const { return root_; }

  private:
    std::filesystem::path root_;
};

// Waits for a state that is as it should be: each one the desk is told of.
json until_state(RawClient& desk, const std::function<bool(const json&)>& is_so) {
    for (;;) {
        const json state = desk.until("state");
        if (!state.is_object() || is_so(state["view"])) return state;
    }
}

TEST_CASE("controllers are used as they are plugged in, by name, several at once, and their lamps follow") {
    Sockets sockets;
    Pty one;
    sockets.plug(1, "X-TOUCH MINI", one.path());
    ServerOptions options;
    options.midi = sockets.options();
    Setup setup = small_setup();
    SurfaceSetup known;
    known.name = SurfaceName("left");
    known.device = "X-TOUCH*";
    setup.surfaces = {known};
    setup.bindings = {
        {{SurfaceName("left"), ControlKind::note, 1, 60}, ControlMode::button, "cut", "cam2", {}},
        {{SurfaceName("nanoKONTROL2"), ControlKind::cc, 1, 20}, ControlMode::button, "cut", "cam1", {}},
    };
    TestShow show(options, true, setup);
    RawClient desk(show.port());
    REQUIRE(desk.hello("key-of-producer").is_object());
    CHECK(one.lamp() == Event{ControlKind::note, 1, 60, 1});  // the next take brings it

    one.send(bytes({0x90, 60, 100, 0x80, 60, 0}));
    REQUIRE(until_state(desk, [](const json& v) { return v["stage"]["program"]["scene"] == "cam2"; }).is_object());
    CHECK(one.lamp() == Event{ControlKind::note, 1, 60, 127});
    CHECK(show.last_actor() == Actor{Role::producer, "midi", {}});

    Pty two;
    sockets.plug(2, "nanoKONTROL2", two.path());
    CHECK(two.lamp() == Event{ControlKind::cc, 1, 20, 0});
    two.send(bytes({0xB0, 20, 127}));
    REQUIRE(until_state(desk, [](const json& v) { return v["stage"]["program"]["scene"] == "cam1"; }).is_object());

    // Unplugged, and in again at another place.
    one.unplug();
    sockets.unplug(1);
    Pty again;
    sockets.plug(3, "X-TOUCH MINI", again.path());
    REQUIRE(again.lamp());
    again.send(bytes({0x90, 60, 100}));
    REQUIRE(until_state(desk, [](const json& v) { return v["stage"]["program"]["scene"] == "cam2"; }).is_object());
}

TEST_CASE("a controller has its operator's rights, by a pipe as well") {
    Sockets sockets;
    const std::string pipe = (sockets.root() / "pipe").string();
    REQUIRE(mkfifo(pipe.c_str(), 0600) == 0);
    ServerOptions options;
    options.midi = MidiOptions{};
    Setup setup = small_setup();
    OperatorSetup who;
    who.name = OperatorName("lea");
    who.may = {"preview"};
    setup.operators = {who};
    SurfaceSetup known;
    known.name = SurfaceName("feet");
    known.device = pipe;
    known.operator_name = who.name;
    setup.surfaces = {known};
    setup.bindings = {{{SurfaceName("feet"), ControlKind::program, 1, 1}, ControlMode::button, "preview", "cam1", {}},
                      {{SurfaceName("feet"), ControlKind::program, 1, 2}, ControlMode::button, "take", "", {}}};
    TestShow show(options, true, setup);
    RawClient desk(show.port());
    REQUIRE(desk.hello("key-of-producer").is_object());
    const Fd writer(::open(pipe.c_str(), O_WRONLY | O_CLOEXEC));
    const std::string presses = bytes({0xC0, 2, 0xC0, 1});
    REQUIRE(::write(writer.get(), presses.data(), presses.size()) == static_cast<ssize_t>(presses.size()));
    REQUIRE(until_state(desk, [](const json& v) { return v["stage"]["preview"] == "cam1"; }).is_object());
    CHECK(show.last_actor() == Actor{Role::observer, "lea", {}, true});
    CHECK(show.asked() == 1);  // the take was refused
    SurfaceReport report;
    do report = show.server().surfaces();
    while (report.faults.empty());
    CHECK(report.faults.front().from == "midi feet");
    CHECK(report.faults.front().code == "forbidden");
}

TEST_CASE("a desk learns: the control that is touched next is told to it, and does nothing") {
    Sockets sockets;
    Pty box;
    sockets.plug(1, "BOX", box.path());
    ServerOptions options;
    options.midi = sockets.options();
    Setup setup = small_setup();
    setup.bindings = {{{SurfaceName("BOX"), ControlKind::note, 1, 60}, ControlMode::button, "cut", "cam2", {}}};
    TestShow show(options, true, setup);
    RawClient desk(show.port());
    REQUIRE(desk.hello("key-of-producer").is_object());
    REQUIRE(box.lamp());
    desk.json({{"type", "learn"}, {"on", true}});
    desk.json({{"type", "clock"}, {"t", 1}});
    REQUIRE(desk.until("clock").is_object());
    box.send(bytes({0x90, 60, 100}));
    const json touched = desk.until("touched");
    CHECK(touched["control"] == json{{"surface", "BOX"}, {"kind", "note"}, {"channel", 1}, {"number", 60}});
    CHECK(touched["mode"] == "button");
    CHECK(show.asked() == 0);
    // Once: the next touch does again what it does.
    box.send(bytes({0x90, 60, 100}));
    REQUIRE(until_state(desk, [](const json& v) { return v["stage"]["program"]["scene"] == "cam2"; }).is_object());
    // Who may not say what controllers do learns nothing.
    RawClient observer(show.port());
    REQUIRE(observer.hello("key-of-observer").is_object());
    observer.json({{"type", "learn"}, {"on", true}});
    CHECK(observer.until("error")["code"] == "forbidden");
}

TEST_CASE("bad bytes and floods are named and counted, and the show goes on") {
    Sockets sockets;
    Pty box;
    sockets.plug(1, "BOX", box.path());
    ServerOptions options;
    options.midi = sockets.options();
    Setup setup = small_setup();
    setup.bindings = {{{SurfaceName("BOX"), ControlKind::note, 1, 60}, ControlMode::button, "cut", "cam2", {}},
                      {{SurfaceName("BOX"), ControlKind::cc, 1, 7}, ControlMode::fader, "gain", "cam1", {}}};
    TestShow show(options, true, setup);
    RawClient desk(show.port());
    REQUIRE(desk.hello("key-of-producer").is_object());
    REQUIRE(box.lamp());
    box.send(std::string(300, '\x01'));
    std::string flood = bytes({0xB0});
    for (int i = 0; i < 20'000; ++i) flood += bytes({7, i % 128});
    std::thread sender([&] {
        for (std::size_t at = 0; at < flood.size(); at += 1000) box.send(flood.substr(at, 1000));
    });
    sender.join();
    SurfaceReport report;
    const auto dropped = [&] { return report.surfaces.empty() ? 0 : report.surfaces.front().dropped; };
    do report = show.server().surfaces();
    while (dropped() == 0);
    CHECK(report.surfaces.front().malformed == 300);
    std::set<std::string> codes;
    do {
        report = show.server().surfaces();
        codes.clear();
        for (const auto& fault : report.faults) codes.insert(fault.code);
    } while (!codes.contains("too_fast"));
    CHECK(codes.contains("bad_midi"));
    CHECK(show.asked() < 5000);  // moves are asked for at a bounded rate
    desk.json({{"type", "command"}, {"request", "r"}, {"command", {{"kind", "preview"}, {"scene", "cam1"}}}});
    CHECK(desk.until("result")["ok"] == true);
}

}  // namespace
}  // namespace tribune::test
