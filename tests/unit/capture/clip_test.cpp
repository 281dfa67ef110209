// Clips by their transport: every picture seen must be the one that arithmetic asks for at its time.
#include <catch2/catch.hpp>

#include <cmath>
#include <fstream>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "tests/unit/capture/fixtures.hpp"
#include "tests/unit/capture/watched_source.hpp"

using namespace tribune;
using namespace tribune::test;

namespace {

constexpr int bits = 10;
constexpr int bit_width = 16;

// Each picture carries its number, a block a bit. Key pictures are rare and B-pictures many: seeking is work.
std::string numbered(const std::string& name, const std::string& rate, int frames,
                     const std::vector<std::string>& codec = {"-c:v", "libx264", "-preset", "ultrafast", "-bf", "3",
                                                              "-g", "40"}) {
    const auto graph = "color=black:s=160x32:r=" + rate +
                       ",format=gray,geq=lum='if(mod(floor(N/pow(2,floor(X/16))),2),255,0)',format=yuv420p";
    return fixture(name, joined(joined({"-f", "lavfi", "-i", graph, "-frames:v", std::to_string(frames)}, codec), {}));
}
std::string film() { return numbered("numbered.mp4", "25", 100); }

int number_of(const VideoFrame& frame) {
    int number = 0;
    for (int bit = 0; bit < bits; ++bit) {
        const auto* row = frame.planes[0].data + static_cast<std::ptrdiff_t>(16) * frame.planes[0].stride;
        if (row[bit * bit_width + bit_width / 2] > 128) number |= 1 << bit;
    }
    return number;
}

struct Seen {
    int number;
    std::uint64_t sequence;
    MonotonicTime due;
    MonotonicTime arrived;
    bool stays;
};

// A clip, its feed, and a show clock of which everything begins at zero.
class Clip {
  public:
    explicit Clip(const std::string& path, Nanoseconds frame_time = 40ms) : frame_time_(frame_time) {
        order_.clock = {-monotonic_now().since_boot};
        order_.transport.motion = ClipMotion::cued;
        feed.give(order_);
        CaptureOptions options;
        options.transport = &feed;
        watched_ = std::make_unique<WatchedSource>(source(path), options);
    }

    [[nodiscard]] ShowTime now() const { return order_.clock.at(monotonic_now()); }
    [[nodiscard]] const ShowClock& clock() const { return order_.clock; }
    WatchedSource& watched() { return *watched_; }

    void give(Transport t) {
        order_.transport = t;
        feed.give(order_);
    }
    Transport playing_from(Nanoseconds position) {
        Transport t;
        t.since = now();
        t.position = position;
        return t;
    }

    Seen next() {
        const auto frame = watched_->next();
        REQUIRE(frame);
        return {number_of(*frame), frame->sequence, frame->due, frame->arrived, frame->stays};
    }
    // The first picture that was decided by this transport: one that is shown for its time.
    Seen first_of(const Transport& t) {
        auto seen = next();
        while (seen.due < order_.clock.monotonic(t.since)) seen = next();
        return seen;
    }
    // What must be seen at this time.
    [[nodiscard]] int wanted(Transport t, MonotonicTime when, Nanoseconds duration) const {
        t.duration = duration;
        const auto position = clip_point(t, order_.clock.at(when)).position;
        return static_cast<int>((position + 2ms) / frame_time_);
    }

    ClipFeed feed;

  private:
    Nanoseconds frame_time_;
    ClipOrder order_;
    std::unique_ptr<WatchedSource> watched_;
};

// Plays, and holds every picture seen against arithmetic. Two neighbours that were both seen lie side by side.
void require_exact(Clip& clip, const Transport& t, Nanoseconds duration, int pictures, int step_at_most = 1) {
    clip.give(t);
    Seen last = clip.first_of(t);
    int side_by_side = 0;
    for (int i = 0; i < pictures; ++i) {
        const auto seen = clip.next();
        INFO("after " << last.number << " came " << seen.number);
        REQUIRE(seen.due != MonotonicTime{});
        REQUIRE_FALSE(seen.stays);
        REQUIRE(seen.number == clip.wanted(t, seen.due, duration));
        if (seen.sequence == last.sequence + 1 && seen.due - last.due < 200ms) {
            ++side_by_side;
            const bool seam = seen.number < last.number;
            if (!seam) REQUIRE(seen.number - last.number <= step_at_most);
        }
        last = seen;
    }
    REQUIRE(side_by_side > pictures / 2);
}

}  // namespace

TEST_CASE("a cue shows exactly the picture asked for, wherever it lies") {
    Clip clip(film());
    REQUIRE(clip.next().number == 0);
    for (const int number : {57, 12, 99, 98, 0, 39, 40, 41, 3, 80, 79}) {
        Transport t;
        t.motion = ClipMotion::cued;
        t.position = number * 40ms;
        clip.give(t);
        const auto seen = clip.next();
        REQUIRE(seen.number == number);
        REQUIRE(seen.due == MonotonicTime{});
        REQUIRE(seen.stays);
    }
    // In the middle of a picture, and past the end.
    Transport t;
    t.motion = ClipMotion::cued;
    t.position = 50 * 40ms + 25ms;
    clip.give(t);
    REQUIRE(clip.next().number == 50);
    t.position = 1h;
    clip.give(t);
    REQUIRE(clip.next().number == 99);
    const auto health = clip.watched().wait_health([](const SourceHealth& h) { return h.position > 3s; });
    REQUIRE(health);
    REQUIRE(health->duration == 4s);
    REQUIRE(health->clip == ClipState::cued);
    REQUIRE(health->state == SourceState::live);
}

TEST_CASE("other containers, rates and codecs are as exact") {
    struct Kind {
        std::string path;
        Nanoseconds frame_time;
    };
    const auto h264 = [](const std::string& format) {
        return std::vector<std::string>{"-c:v", "libx264", "-preset", "ultrafast", "-bf",
                                        "3",    "-g",      "40",      "-f",        format};
    };
    const Kind kinds[] = {
        {numbered("numbered.mkv", "30000/1001", 90, h264("matroska")), Nanoseconds(33'366'667)},
        {numbered("numbered.ts", "50", 90, h264("mpegts")), 20ms},
        {numbered("numbered.h264", "25", 90, h264("h264")), 40ms},
        {numbered("numbered.mpg", "25", 90, {"-c:v", "mpeg2video", "-q:v", "2", "-bf", "2", "-g", "30"}), 40ms},
        {numbered("numbered.avi", "25", 90, {"-c:v", "mjpeg", "-q:v", "2"}), 40ms},
    };
    for (const auto& kind : kinds) {
        INFO(kind.path);
        Clip clip(kind.path, kind.frame_time);
        REQUIRE(clip.next().number == 0);
        for (const int number : {57, 12, 89, 0, 40}) {
            Transport t;
            t.motion = ClipMotion::cued;
            t.position = number * kind.frame_time + kind.frame_time / 2;
            clip.give(t);
            REQUIRE(clip.next().number == number);
        }
        auto playing = clip.playing_from(10 * kind.frame_time);
        playing.loop = true;
        require_exact(clip, playing, 90 * kind.frame_time, 20);
    }
}

TEST_CASE("a playing clip shows each picture at its time") {
    Clip clip(film());
    clip.next();
    auto t = clip.playing_from(200ms);
    t.loop = true;
    require_exact(clip, t, 4s, 50);
}

TEST_CASE("half and double speed are exact too") {
    Clip clip(film());
    clip.next();
    auto slow = clip.playing_from(1s);
    slow.speed = 0.5;
    require_exact(clip, slow, 4s, 20);
    auto fast = clip.playing_from(0s);
    fast.speed = 2;
    fast.loop = true;
    require_exact(clip, fast, 4s, 60);
}

TEST_CASE("a pause stays on the picture of its moment, also when that has passed already") {
    Clip clip(film());
    clip.next();
    auto t = clip.playing_from(0s);
    t.loop = true;
    clip.give(t);
    for (int i = 0; i < 5; ++i) {
        auto playing = clip.first_of(t);
        while (playing.number == 0) playing = clip.next();
        // Decided a picture ago: what is shown goes back by one.
        Transport paused = t;
        paused.motion = ClipMotion::paused;
        paused.position = playing.number * 40ms - 20ms;
        clip.give(paused);
        auto seen = clip.next();
        while (seen.due != MonotonicTime{}) seen = clip.next();
        REQUIRE(seen.number == playing.number - 1);
        REQUIRE(clip.next().number == playing.number - 1);  // kept alive
        t.position = paused.position;
        t.since = clip.now();
        clip.give(t);
    }
}

TEST_CASE("a loop has no gap and no picture twice at its seam") {
    Clip clip(film());
    clip.next();
    auto t = clip.playing_from(30 * 40ms);
    t.in = 13 * 40ms;  // in the middle between two key pictures
    t.out = 37 * 40ms;
    t.loop = true;
    clip.give(t);
    Transport known = t;
    known.duration = 4s;
    int seams = 0;
    Seen last = clip.first_of(t);
    while (seams < 4) {
        const auto seen = clip.next();
        REQUIRE(seen.number >= 13);
        REQUIRE(seen.number < 37);
        REQUIRE(seen.number == clip.wanted(known, seen.due, 4s));
        if (seen.sequence == last.sequence + 1) {
            REQUIRE(seen.number == (last.number == 36 ? 13 : last.number + 1));
            REQUIRE(std::abs(((seen.due - last.due) - 40ms).count()) <= 1'000'000);
        }
        if (seen.number < last.number) {
            ++seams;
            // Made ready before: it is there when it is due, give or take what a busy machine does.
            REQUIRE(seen.arrived - seen.due < 40ms);
        }
        last = seen;
    }
}

TEST_CASE("at its end a clip holds its last picture, or stands at its in point again") {
    Clip clip(film());
    clip.next();
    auto t = clip.playing_from(95 * 40ms);
    clip.give(t);
    const auto ended = clip.watched().wait_health([](const SourceHealth& h) { return h.clip == ClipState::ended; });
    REQUIRE(ended);
    REQUIRE(clip.next().number == 99);
    t = clip.playing_from(45 * 40ms);
    t.in = 20 * 40ms;
    t.out = 50 * 40ms;
    t.at_end = ClipEnd::stop;
    clip.give(t);
    REQUIRE(clip.watched().wait_health([](const SourceHealth& h) { return h.clip == ClipState::cued; }));
    REQUIRE(clip.next().number == 20);
}

TEST_CASE("two clips started at one time run in step") {
    Clip one(film());
    Clip other(numbered("numbered-too.mkv", "25", 100));
    one.next();
    other.next();
    const auto t = one.playing_from(0s);
    one.give(t);
    Transport same = t;
    same.since = other.clock().at(one.clock().monotonic(t.since));
    other.give(same);
    std::map<int, MonotonicTime> due;
    int compared = 0;
    for (int i = 0; i < 60; ++i) {
        for (auto* clip : {&one, &other}) {
            const auto seen = clip->next();
            if (seen.due == MonotonicTime{}) continue;
            const auto [at, first] = due.try_emplace(seen.number, seen.due);
            if (first) continue;
            ++compared;
            REQUIRE(seen.due == at->second);
        }
    }
    REQUIRE(compared > 0);
}

TEST_CASE("a clip opened late is where its transport says, not at its start") {
    ClipFeed feed;
    ClipOrder order;
    order.clock = {1000s - monotonic_now().since_boot};
    order.transport.loop = true;  // since show time 0: 1,000 s and 250 rounds ago
    feed.give(order);
    CaptureOptions options;
    options.transport = &feed;
    WatchedSource watched(source(film()), options);
    const auto frame = watched.next();
    REQUIRE(frame);
    auto known = order.transport;
    known.duration = 4s;
    const auto there = clip_point(known, order.clock.at(frame->arrived)).position / 40ms;
    const int off = (static_cast<int>(there) - number_of(*frame) + 100) % 100;
    REQUIRE(off <= 10);  // it is the one of when it was looked for
}

TEST_CASE("a clip that is cut off plays what there is; one that is none is refused") {
    std::ifstream in(numbered("numbered.ts", "50", 90), std::ios::binary);
    const std::string whole{std::istreambuf_iterator<char>(in), {}};
    Clip cut(written("cut-numbered.ts", whole.substr(0, whole.size() / 2)), 20ms);
    cut.next();
    const auto health = cut.watched().wait_health([](const SourceHealth& h) { return h.duration > 0s; });
    REQUIRE(health);
    REQUIRE(health->duration < 1800ms);
    Transport t;
    t.motion = ClipMotion::cued;
    t.position = 10s;
    cut.give(t);
    REQUIRE(cut.next().number >= 20);

    ClipFeed feed;
    CaptureOptions options;
    options.transport = &feed;
    WatchedSource none(source(written("noise-clip.mp4", std::string(5000, '\x13'))), options);
    const auto refused = none.wait_state(SourceState::refused);
    REQUIRE(refused);
    REQUIRE(refused->code == "not_media");
}
