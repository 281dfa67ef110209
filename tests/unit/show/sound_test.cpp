#include "show/sound.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <nlohmann/json.hpp>

#include "show/codec.hpp"
#include "show/command.hpp"

using namespace tribune;
using namespace std::chrono_literals;

namespace {

const SourceName cam1("cam1");
const SourceName cam2("cam2");
const SourceName band("band");

ShowState show() {
    Setup setup;
    for (const char* face : {"north", "east"}) setup.faces.push_back({FaceName(face), {}, 4, 25});
    for (const auto& name : {cam1, cam2, band}) {
        SourceConfig source;
        source.name = name;
        source.url = "lavfi:testsrc2";
        setup.sources.push_back(source);
    }
    setup.opening_source = cam1;
    auto state = apply({}, LoadShow{setup}, {1, {}, 0});
    REQUIRE(state);
    return *std::move(state);
}

ShowState after(const ShowState& state, const Command& command, ShowTime at = {}) {
    auto next = apply(state, command, {state.revision + 1, at, 0});
    INFO((next ? "" : next.error().message));
    REQUIRE(next);
    return *std::move(next);
}

std::string refused(const ShowState& state, const Command& command) {
    const auto next = apply(state, command, {state.revision + 1, {}, 0});
    return next ? "" : next.error().code;
}

double heard(const ShowState& state, const SourceName& source, Nanoseconds at) {
    const auto present = sound_presence(state, {at});
    const auto found = present.find(source);
    return found == present.end() ? 0 : found->second;
}

SetChannel channel(const SourceName& source) {
    SetChannel c;
    c.source = source;
    return c;
}

}  // namespace

TEST_CASE("a channel keeps what a command leaves out") {
    auto set = channel(cam1);
    set.gain_db = -6;
    set.pan = 0.5;
    auto state = after(show(), set);
    auto again = channel(cam1);
    again.mute = true;
    again.delay_ms = 80;
    again.follow = SoundFollow::always;
    state = after(state, again);
    REQUIRE(state.stage.sound.channel(cam1) == SoundChannel{-6, true, false, 0.5, 80, SoundFollow::always});
    REQUIRE(state.stage.sound.channel(cam2) == SoundChannel{});
    SetMaster master;
    master.gain_db = 3;
    master.limiter = false;
    REQUIRE(after(state, master).stage.sound.master == SoundMaster{3, false, false});
}

TEST_CASE("values out of range and unknown sources are refused, and nothing changes") {
    const auto state = show();
    REQUIRE(refused(state, channel(SourceName("nobody"))) == "unknown_source");
    const auto with = [](auto change) {
        auto c = channel(cam1);
        change(c);
        return c;
    };
    for (const double gain : {-100.1, 20.1, std::nan(""), HUGE_VAL}) {
        REQUIRE(refused(state, with([&](auto& c) { c.gain_db = gain; })) == "bad_channel");
        SetMaster master;
        master.gain_db = gain;
        REQUIRE(refused(state, master) == "bad_channel");
    }
    for (const double pan : {-1.01, 1.01, std::nan("")})
        REQUIRE(refused(state, with([&](auto& c) { c.pan = pan; })) == "bad_channel");
    for (const int delay : {-1, 2001})
        REQUIRE(refused(state, with([&](auto& c) { c.delay_ms = delay; })) == "bad_channel");
}

TEST_CASE("the producer mixes, the director may ring; others may not") {
    REQUIRE(may(Role::producer, kind_of(Command(SetChannel{}))));
    REQUIRE(may(Role::director, kind_of(Command(RingBell{}))));
    for (const Role role : {Role::table, Role::audience, Role::observer, Role::facilitator}) {
        REQUIRE_FALSE(may(role, kind_of(Command(SetChannel{}))));
        REQUIRE_FALSE(may(role, kind_of(Command(SetMaster{}))));
        REQUIRE_FALSE(may(role, kind_of(Command(RingBell{}))));
    }
    REQUIRE(after(show(), RingBell{}, {5s}).stage.sound.bell == ShowTime{5s});
}

TEST_CASE("sound follows the picture: off, with, always") {
    auto state = show();
    REQUIRE(heard(state, cam1, 0s) == 1);
    REQUIRE(heard(state, cam2, 0s) == 0);
    auto always = channel(band);
    always.follow = SoundFollow::always;
    state = after(state, always);
    REQUIRE(heard(state, band, 0s) == 1);
    auto off = channel(cam1);
    off.follow = SoundFollow::off;
    REQUIRE(heard(after(state, off), cam1, 0s) == 0);
    REQUIRE(heard(after(state, Cut{SceneName("cam2"), {}}), cam2, 0s) == 1);
    REQUIRE(heard(after(state, Cut{SceneName("cam2"), {}}), cam1, 0s) == 0);
    // A face's own picture is not what the hall hears.
    REQUIRE(heard(after(state, Cut{SceneName("cam2"), {FaceName("east")}}), cam2, 0s) == 0);
}

TEST_CASE("a mix changes over by equal power, with the transition's progress") {
    auto state = after(show(), Preview{SceneName("cam2")});
    Take take;
    take.transition = "mix";
    take.length_ms = 1000;
    state = after(state, take, {10s});
    for (auto t = 0ms; t <= 1000ms; t += 50ms) {
        const double from = heard(state, cam1, 10s + t);
        const double to = heard(state, cam2, 10s + t);
        REQUIRE(from * from + to * to == Approx(1));
        REQUIRE(to == Approx(std::sin(static_cast<double>(t.count()) / 1000 * std::acos(0))).margin(1e-9));
    }
    REQUIRE(heard(state, cam1, 12s) == 0);
    state = after(after(show(), Preview{SceneName("cam2")}), MoveTBar{0.5}, {20s});
    REQUIRE(heard(state, cam1, 99s) == Approx(std::sqrt(0.5)));
}

TEST_CASE("a dip is silent in the middle, and fade to black takes what follows the picture along") {
    auto state = after(show(), Preview{SceneName("cam2")});
    Take dip;
    dip.transition = "dip";
    dip.length_ms = 1000;
    state = after(state, dip, {10s});
    REQUIRE(heard(state, cam1, 10250ms) == Approx(std::sqrt(0.5)));
    REQUIRE(heard(state, cam1, 10500ms) == Approx(0).margin(1e-9));
    REQUIRE(heard(state, cam2, 10500ms) == Approx(0).margin(1e-9));
    REQUIRE(heard(state, cam2, 11s) == 1);
    auto always = channel(band);
    always.follow = SoundFollow::always;
    state = after(after(state, always), FadeToBlack{true, 1000}, {20s});
    REQUIRE(heard(state, cam2, 20500ms) == Approx(std::sqrt(0.5)));
    REQUIRE(heard(state, cam2, 22s) == Approx(0).margin(1e-9));
    REQUIRE(heard(state, band, 22s) == 1);
}

TEST_CASE("a source is heard through the scenes that show it, and stays when both sides of a take do") {
    SetScene scene;
    scene.name = SceneName("both");
    for (const auto& source : {cam1, cam2}) {
        Layer layer;
        layer.name = LayerName(source.text);
        layer.content = SourceContent{source};
        scene.layers.push_back(layer);
    }
    scene.layers[1].visible = false;
    auto state = after(show(), scene);
    REQUIRE(heard(after(state, Cut{SceneName("both"), {}}), cam2, 0s) == 0);
    scene.layers[1].visible = true;
    state = after(after(state, scene), Preview{SceneName("both")});
    Take take;
    take.transition = "mix";
    take.length_ms = 1000;
    state = after(state, take, {10s});
    REQUIRE(heard(state, cam1, 10500ms) == 1);
    REQUIRE(heard(state, cam2, 10500ms) == Approx(std::sqrt(0.5)));
}

TEST_CASE("a new show forgets the channels of sources that are gone") {
    auto set = channel(band);
    set.gain_db = -3;
    auto state = after(show(), set);
    Setup less = *state.setup;
    less.sources.pop_back();
    REQUIRE(after(state, LoadShow{less}).stage.sound.channels.empty());
}

TEST_CASE("sound goes through the codec: commands, state, levels") {
    const auto command =
        decode_command({{"kind", "set_channel"}, {"source", "cam1"}, {"gain_db", -3}, {"follow", "always"}});
    REQUIRE(command);
    auto state = after(show(), *command);
    REQUIRE(state.stage.sound.channel(cam1).follow == SoundFollow::always);
    const auto back = decode_stage(encode(state.stage));
    REQUIRE(back);
    REQUIRE(*back == state.stage);
    REQUIRE(decode_command({{"kind", "set_channel"}, {"source", "cam1"}, {"follow", "loud"}}).error().code ==
            "bad_command");
    SoundLevels levels;
    levels.channels.push_back({cam1, true, -3, -4, -12, 0.5, 1.5, 2, 3});
    levels.integrated_lufs = -23;
    REQUIRE(*decode_sound_levels(encode(levels)) == levels);
}
