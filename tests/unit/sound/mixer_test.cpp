#include "sound/mixer.hpp"

#include <algorithm>

#include <catch2/catch.hpp>

#include "sound/bell.hpp"
#include "tests/unit/sound/signals.hpp"

using namespace tribune;
using namespace tribune::test;

namespace {

const SourceName cam("cam");
const SourceName band("band");

// Level of a constant of 0.1 after all has settled.
constexpr float base = 0.1F;
StereoSample settled(Room& room) {
    room.play(500ms);
    return room.next().master.back();
}

}  // namespace

TEST_CASE("a source comes out as it went in, when it is due") {
    Room room({{cam, sine(1000, -12)}});
    const auto out = room.play(2s);
    // From the fade-in on. The limiter's look-ahead is made up for: sample n of the source is sample n of master.
    double worst = 0;
    for (std::size_t i = 4800; i < out.size(); ++i) {
        const auto wanted = sine(1000, -12)(static_cast<std::int64_t>(i));
        worst = std::max(worst, static_cast<double>(std::abs(out[i].left - wanted.left)));
    }
    REQUIRE(worst < 0.005);
    REQUIRE(room.mixer.report().channels.at(0).lateness.value() < 100us);
}

TEST_CASE("gain in decibels, mute, master gain") {
    Room room({{cam, constant(base)}});
    REQUIRE(settled(room).left == Approx(base).epsilon(1e-3));
    room.settings.channels[cam].gain_db = 6.0206;
    REQUIRE(settled(room).left == Approx(2 * base).epsilon(1e-3));
    room.settings.master_gain_db = -6.0206;
    REQUIRE(settled(room).left == Approx(base).epsilon(1e-3));
    room.settings.channels[cam].mute = true;
    REQUIRE(settled(room).left == 0);
    room.settings.channels[cam].mute = false;
    room.settings.master_mute = true;
    REQUIRE(settled(room).left == 0);
}

TEST_CASE("pan keeps the power of both sides") {
    for (double pan = -1; pan <= 1; pan += 0.125) {
        const auto gains = pan_gains(pan);
        REQUIRE(gains.left * gains.left + gains.right * gains.right == Approx(2));
    }
    REQUIRE(pan_gains(0).left == Approx(1));
    REQUIRE(pan_gains(-1).right == Approx(0).margin(1e-6));
    REQUIRE(pan_gains(0.5).right > pan_gains(0.5).left);
    Room room({{cam, constant(base)}});
    room.settings.channels[cam].pan = 1;
    const auto out = settled(room);
    REQUIRE(out.left == Approx(0).margin(1e-6));
    REQUIRE(out.right == Approx(base * std::numbers::sqrt2).epsilon(1e-3));
}

TEST_CASE("following the picture by equal power: two sources that change over keep their power together") {
    Room room({{cam, sine(1000, -20)}, {band, sine(1700, -20)}});
    room.settings.channels[band].presence = 0;
    room.play(500ms);
    const double before = rms(room.play(200ms));
    for (int step = 0; step <= 10; ++step) {
        const double angle = step / 10.0 * std::numbers::pi / 2;
        room.settings.channels[cam].presence = std::cos(angle);
        room.settings.channels[band].presence = std::sin(angle);
        room.play(10ms);  // the ramp
        REQUIRE(db_from_gain(rms(room.play(200ms)) / before) == Approx(0).margin(0.1));
    }
}

TEST_CASE("solo is for the monitor: master plays on") {
    Room room({{cam, constant(base)}, {band, constant(2 * base)}});
    room.play(500ms);
    REQUIRE(room.next().monitor.back().left == Approx(3 * base).epsilon(1e-3));  // none: monitor hears master
    room.settings.channels[cam].solo = true;
    room.play(500ms);
    auto buses = room.next();
    REQUIRE(buses.monitor.back().left == Approx(base).epsilon(1e-3));
    REQUIRE(buses.master.back().left == Approx(3 * base).epsilon(1e-3));
    // Also one that is not on air, or muted: that is what listening before is for.
    room.settings.channels[cam].presence = 0;
    room.settings.channels[cam].mute = true;
    room.play(500ms);
    buses = room.next();
    REQUIRE(buses.monitor.back().left == Approx(base).epsilon(1e-3));
    REQUIRE(buses.master.back().left == Approx(2 * base).epsilon(1e-3));
    room.settings.channels[band].solo = true;
    room.play(500ms);
    REQUIRE(room.next().monitor.back().left == Approx(3 * base).epsilon(1e-3));
}

TEST_CASE("delay makes a source later by so much") {
    // One sample in 4,800 stands out.
    const auto ticks = [](std::int64_t n) { return n % 4800 == 0 ? StereoSample{0.5F, 0.5F} : StereoSample{}; };
    const auto place = [](const std::vector<StereoSample>& out) {
        const auto from = out.begin() + 48000;
        return std::max_element(from, from + 4800, [](auto a, auto b) { return a.left < b.left; }) - from;
    };
    Room on_time({{cam, ticks}});
    REQUIRE(place(on_time.play(1500ms)) == 0);
    Room later({{cam, ticks}});
    later.settings.channels[cam].delay = 35ms;
    REQUIRE(place(later.play(1500ms)) == Approx(35 * 48).margin(1));
    Room by_picture({{cam, ticks}});
    by_picture.settings.picture_lag = 20ms;
    REQUIRE(place(by_picture.play(1500ms)) == Approx(20 * 48).margin(1));
}

TEST_CASE("nothing clicks: mute, cut, delay, a source that stalls, comes back, or jumps in time") {
    // A low tone's own steps are small; a click is a step of its level.
    const auto tone = sine(100, -6);
    const double own = steepest(samples(tone, 0, 4800));
    Room room({{cam, tone}});
    room.settings.limiter = false;
    std::vector<StereoSample> all = room.play(300ms);
    const auto go_on = [&](Nanoseconds time) {
        const auto out = room.play(time);
        all.insert(all.end(), out.begin(), out.end());
    };
    room.settings.channels[cam].mute = true;
    go_on(100ms);
    room.settings.channels[cam].mute = false;
    go_on(100ms);
    room.settings.channels[cam].presence = 0;
    go_on(100ms);
    room.settings.channels[cam].presence = 1;
    go_on(100ms);
    room.settings.channels[cam].delay = 137ms;
    go_on(500ms);
    room.settings.channels[cam].delay = 0ms;
    go_on(500ms);
    REQUIRE(steepest(all) < 3 * own);
    REQUIRE(steepest(all) > 0.5 * own);
}

TEST_CASE("a source that stalls ends in a fade, and begins again in one, in step") {
    const auto tone = sine(130, -6);
    const double own = steepest(samples(tone, 0, 4800));
    Mixer mixer;
    MixSettings settings;
    settings.channels[cam] = {};
    settings.limiter = false;
    mixer.set_clock(cam, 10s);
    std::vector<StereoSample> all;
    for (std::int64_t block = 0; block < 300; ++block) {
        // Sent 60 ms before it is due, but for a second in the middle, and for a jump of what the source calls time.
        const std::int64_t sent = block + 6;
        if (sent < 80 || (sent >= 180 && sent != 220)) {
            SoundBlock b;
            b.presentation = sent * 10ms;
            b.samples = samples(tone, sent * 480, 480);
            mixer.push(cam, b);
        }
        const auto& buses = mixer.mix(settings, MonotonicTime{10s + block * 10ms});
        all.insert(all.end(), buses.master.begin(), buses.master.end());
    }
    REQUIRE(steepest(all) < 3 * own);
    const auto heard = [&](int block) {
        return rms({all.begin() + block * 480, all.begin() + (block + 10) * 480}) > 0.3;
    };
    REQUIRE(heard(50));
    REQUIRE_FALSE(heard(120));
    REQUIRE(heard(200));
    REQUIRE(heard(280));
    const auto report = mixer.report().channels.at(0);
    REQUIRE(report.counters.starts == 3);
    REQUIRE(std::chrono::abs(report.lateness.value()) < 1ms);
    // In step again: the tone is where it would be had nothing happened.
    double worst = 0;
    for (std::size_t i = 285 * 480; i < 295 * 480; ++i)
        worst = std::max(worst, static_cast<double>(std::abs(all[i].left - tone(static_cast<std::int64_t>(i)).left)));
    REQUIRE(worst < 0.02);
}

TEST_CASE("a file that starts again before its sound ended: the new round counts") {
    SourceLine line;
    line.set_clock(0s);
    const auto push = [&](Nanoseconds at, float value, std::size_t count) {
        SoundBlock b;
        b.presentation = at;
        b.samples = samples(constant(value), 0, count);
        line.push(b);
    };
    push(1s, 0.25F, 48000);
    push(1900ms, 0.5F, 48000);
    std::vector<StereoSample> all;
    std::vector<StereoSample> out(480);
    for (int block = 0; block < 170; ++block) {
        line.pull(out, MonotonicTime{1s + block * 10ms}, 0s);
        all.insert(all.end(), out.begin(), out.end());
    }
    const auto at = [&](Nanoseconds t) { return all[static_cast<std::size_t>(samples_in(t - 1s))].left; };
    REQUIRE(at(1500ms) == Approx(0.25).epsilon(0.001));
    REQUIRE(at(1950ms) == Approx(0.5).epsilon(0.001));
    REQUIRE(at(2500ms) == Approx(0.5).epsilon(0.001));
    REQUIRE(steepest(all) < 0.01);
}

TEST_CASE("a source that floods is bounded: the oldest sound goes, counted") {
    SourceLine line;
    for (int i = 0; i < 2000; ++i) {
        SoundBlock b;
        b.presentation = i * 20ms;
        b.samples.resize(960);
        line.push(b);
    }
    REQUIRE(samples_in(line.waiting()) <= static_cast<double>(SourceLine::most_samples));
    REQUIRE(line.counters().dropped > 0);
    for (int i = 0; i < 100; ++i) {
        SoundBlock b;
        b.presentation = i % 2 * 1000s;
        b.samples.resize(10);
        line.push(b);
    }
    REQUIRE(line.waiting() < 1s);
}

TEST_CASE("the bell sounds on master when it is struck, and dies away") {
    Room room({});
    room.play(100ms);
    REQUIRE(rms(room.play(100ms)) == 0);
    room.mixer.strike_bell(Room::begin + 300ms);
    const auto out = room.play(5s);
    const auto level = [&](Nanoseconds from) {
        const auto at = out.begin() + static_cast<std::ptrdiff_t>(samples_in(from));
        return rms({at, at + 480});
    };
    REQUIRE(level(80ms) == 0);  // play() went on from 200 ms
    REQUIRE(level(110ms) > 0.05);
    REQUIRE(level(2s) < level(110ms));
    REQUIRE(level(4500ms) == 0);
    REQUIRE(steepest(out) < 0.5);
    // One that was struck long ago, before a restart, is over.
    room.mixer.strike_bell(Room::begin + -10s);
    REQUIRE(rms(room.play(100ms)) == 0);
}

TEST_CASE("the bell is under full scale and ends in silence") {
    const auto bell = make_bell();
    float peak = 0;
    for (const auto& s : bell) peak = std::max({peak, std::abs(s.left), std::abs(s.right)});
    REQUIRE(db_from_gain(static_cast<double>(peak)) == Approx(-6).margin(0.01));
    REQUIRE(std::abs(bell.back().left) < 1e-4F);
}
