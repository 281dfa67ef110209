// A clip's sound by its transport: what is heard at a time must be what the clip has where it stands then.
#include <catch2/catch.hpp>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "tests/unit/capture/fixtures.hpp"
#include "tests/unit/capture/watched_source.hpp"

using namespace tribune;
using namespace tribune::test;

namespace {

// A beep at each full second, for 80 ms; at second n of n × 400 + 400 Hz, so that it can be told which it is.
const std::string beeps =
    "aevalsrc='if(lt(mod(t\\,1)\\,0.08)\\,0.5*sin(2*PI*(400+400*floor(t))*mod(t\\,1))\\,0)':s=48000:d=6";

std::string film(const std::string& name, const std::vector<std::string>& sound) {
    return fixture(name,
                   joined(joined({"-f", "lavfi", "-i", "color=black:s=64x36:r=25:d=6", "-f", "lavfi", "-i", beeps},
                                 joined(x264, {"-g", "50"})),
                          joined(sound, {"-ac", "2"})));
}

struct Beep {
    MonotonicTime at;
    int number = 0;  // which second of the clip it belongs to
};

// A clip and its feed, and what a listener hears: what comes later takes the place of what it overlaps.
class Clip {
  public:
    explicit Clip(const std::string& path) {
        order_.clock = {-monotonic_now().since_boot};
        order_.transport.motion = ClipMotion::cued;
        feed_.give(order_);
        CaptureOptions options;
        options.transport = &feed_;
        watched_ = std::make_unique<WatchedSource>(source(path), options);
        const auto health = watched_->wait_health([](const SourceHealth& h) { return h.duration > 0s; });
        REQUIRE(health);
        CHECK_FALSE(health->sound.empty());
        duration_ = health->duration;
    }

    Transport give(Transport t) {
        t.since = order_.clock.at(monotonic_now());
        order_.transport = t;
        feed_.give(order_);
        t.duration = duration_;
        return t;
    }

    // Listens until this moment has come.
    void listen_until(MonotonicTime end) {
        while (monotonic_now() < end) {
            const auto block = watched_->next_sound(20ms);
            if (!block) continue;
            const std::int64_t begins = block->presentation.count() / 1'000'000;
            heard_.erase(heard_.lower_bound(begins), heard_.end());
            for (std::size_t i = 0; i < block->samples.size(); ++i)
                samples_of(begins, i).push_back(block->samples[i].left);
        }
    }

    // Beeps that begin in this time.
    [[nodiscard]] std::vector<Beep> between(MonotonicTime from, MonotonicTime to, double speed = 1) const {
        std::vector<Beep> out;
        std::int64_t last_loud = -1000;
        int crossings = 0, length = 0;
        bool counted = false;
        float before = 0;
        const auto close = [&] {
            // Counted a beep's crossings: its frequency says which it is.
            if (counted && length > 0)
                out.back().number =
                    static_cast<int>(std::lround((crossings / 2.0 / length * 1000 / speed - 400) / 400));
            crossings = length = 0;
        };
        for (const auto& [ms, samples] : heard_) {
            const float peak = std::abs(*std::max_element(samples.begin(), samples.end(),
                                                          [](float a, float b) { return std::abs(a) < std::abs(b); }));
            if (peak > 0.1F) {
                const MonotonicTime at{std::chrono::milliseconds(ms)};
                if (ms - last_loud > 100) {
                    close();
                    counted = at >= from && at < to;
                    if (counted) out.push_back({at, -1});
                }
                last_loud = ms;
                ++length;
            }
            for (const float s : samples) {
                if (ms == last_loud && (s > 0) != (before > 0)) ++crossings;
                before = s;
            }
        }
        close();
        return out;
    }

    // Every beep heard is the one that belongs there, where it belongs; and none is missing.
    void require_in_step(const Transport& t, MonotonicTime from, MonotonicTime to, Nanoseconds within = 12ms) const {
        const auto found = between(from, to, t.speed);
        for (const auto& beep : found) {
            const auto position = clip_point(t, order_.clock.at(beep.at)).position;
            INFO("at " << position.count() / 1'000'000 << " ms of the clip, beep " << beep.number);
            const auto off = position - std::chrono::seconds(beep.number);
            CHECK(off > -within);
            CHECK(off < within);
        }
        const double seconds = std::chrono::duration<double>(to - from).count() * t.speed;
        CHECK(static_cast<double>(found.size()) >= std::floor(seconds) - 1);
    }

    [[nodiscard]] const ShowClock& clock() const { return order_.clock; }
    WatchedSource& watched() { return *watched_; }

  private:
    std::vector<float>& samples_of(std::int64_t begins, std::size_t i) {
        return heard_[begins + static_cast<std::int64_t>(i) * 1000 / sound_rate_hz];
    }

    ClipFeed feed_;
    ClipOrder order_;
    Nanoseconds duration_{0};
    std::map<std::int64_t, std::vector<float>> heard_;  // by millisecond
    std::unique_ptr<WatchedSource> watched_;
};

Transport from(Nanoseconds position) {
    Transport t;
    t.position = position;
    return t;
}

}  // namespace

TEST_CASE("a clip is heard in step from wherever it plays, and silent while it waits") {
    for (const auto& [name, sound] :
         std::map<std::string, std::vector<std::string>>{{"beeps.mp4", {"-c:a", "aac", "-b:a", "128k"}},
                                                         {"beeps.mkv", {"-c:a", "pcm_s16le"}},
                                                         {"beeps.webm.mkv", {"-c:a", "libopus"}}}) {
        INFO(name);
        Clip clip(film(name, sound));
        REQUIRE(clip.watched().has_sound());
        clip.listen_until(monotonic_now() + 300ms);
        REQUIRE(clip.between({}, monotonic_now() + 10s).empty());  // cued: not a sound

        for (const auto position : {0ms, 2700ms, 800ms}) {
            const auto began = monotonic_now();
            const auto t = clip.give(from(position));
            clip.listen_until(began + 1600ms);
            clip.require_in_step(t, began + 100ms, began + 1600ms);
            REQUIRE_FALSE(clip.between(began + 100ms, began + 1600ms).empty());
        }

        const auto stopped = monotonic_now();
        Transport waits = from(900ms);
        waits.motion = ClipMotion::paused;
        clip.give(waits);
        clip.listen_until(stopped + 300ms);
        REQUIRE(clip.between(stopped + 60ms, stopped + 10s).empty());
    }
}

TEST_CASE("a loop is heard round after round, without a gap and without a sound that lies beside it") {
    Clip clip(film("beeps.mp4", {"-c:a", "aac", "-b:a", "128k"}));
    Transport t = from(1500ms);
    t.in = 1500ms;
    t.out = 2500ms;
    t.loop = true;
    const auto began = monotonic_now();
    t = clip.give(t);
    clip.listen_until(began + 3200ms);
    clip.require_in_step(t, began + 100ms, began + 3200ms);
    REQUIRE(clip.between(began + 100ms, began + 3200ms).size() == 3);  // that of the clip's third second, three times
    for (const auto& beep : clip.between(began + 100ms, began + 3200ms)) REQUIRE(beep.number == 2);

    // What changes nothing about where it stands does not break it.
    t.play_on_take = true;
    t.position = clip_point(t, clip.clock().at(monotonic_now())).position;
    const auto changed = monotonic_now();
    t = clip.give(t);
    clip.listen_until(changed + 1300ms);
    clip.require_in_step(t, changed, changed + 1300ms);
}

TEST_CASE("a clip at half or double speed is heard lower or higher, in step; beyond that it is silent") {
    Clip clip(film("beeps.mkv", {"-c:a", "pcm_s16le"}));
    for (const double speed : {2.0, 0.5, 1.25}) {
        Transport t = from(800ms);
        t.speed = speed;
        const auto began = monotonic_now();
        t = clip.give(t);
        clip.listen_until(began + 1500ms);
        INFO("speed " << speed);
        clip.require_in_step(t, began + 100ms, began + 1500ms, 15ms);
        REQUIRE_FALSE(clip.between(began + 100ms, began + 1500ms, speed).empty());
    }
    Transport t = from(0ms);
    t.speed = 4;
    const auto began = monotonic_now();
    clip.give(t);
    clip.listen_until(began + 800ms);
    REQUIRE(clip.between(began + 100ms, began + 10s).empty());
}

TEST_CASE("a clip ends, and is silent; one that was not wanted to be heard never is") {
    Clip clip(film("beeps.mkv", {"-c:a", "pcm_s16le"}));
    Transport t = from(500ms);
    t.out = 1040ms;  // in the middle of a beep
    const auto began = monotonic_now();
    t = clip.give(t);
    clip.listen_until(began + 1800ms);
    const auto heard = clip.between(began, began + 10s);
    REQUIRE(heard.size() == 1);
    clip.require_in_step(t, began, began + 600ms);

    auto config = source(film("beeps.mkv", {"-c:a", "pcm_s16le"}));
    config.sound = false;
    ClipFeed feed;
    CaptureOptions options;
    options.transport = &feed;
    WatchedSource watched(config, options);
    REQUIRE(watched.wait_health([](const SourceHealth& h) { return h.duration > 0s; }));
    REQUIRE_FALSE(watched.has_sound());
}
