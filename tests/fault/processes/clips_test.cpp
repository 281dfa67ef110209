// Clips on the faces of a real show: the right picture, in step, through restarts, and files that come while it runs.
#include <catch2/catch.hpp>
#include <cmath>
#include <fstream>
#include <map>

#include "support/real_show/real_show.hpp"
#include "tests/unit/capture/fixtures.hpp"

using namespace tribune;
using namespace tribune::test;

namespace {

constexpr int pictures = 100;  // at 25 a second
constexpr int face_rate = 30;
constexpr double picture_ms = 40;

// Each picture is plain, of a grey of its own.
std::string film(const std::string& name) {
    return fixture(
        name,
        {"-f", "lavfi", "-i", "color=black:s=320x180:r=25,format=yuv420p,geq=lum='16+2*N':cb=128:cr=128", "-frames:v",
         std::to_string(pictures), "-c:v", "libx264", "-preset", "ultrafast", "-crf", "4", "-bf", "2", "-g", "50"});
}

int number_of(const SeenFrame& frame) {
    const double luma = frame.middle[1] * 219.0 / 255.0;
    return static_cast<int>(std::lround(luma / 2));
}

std::string source(const std::string& name, const std::string& path) {
    return "[[source]]\nname = \"" + name + "\"\nurl = \"" + path + "\"\nloop = false\nplay_on_take = true\n";
}
std::string sources() {
    return source("a", film("a.mp4")) + source("b", film("b.mkv")) +
           "[[source]]\nname = \"cam\"\nurl = \"lavfi:color=red:s=320x180:r=30\"\n";
}

Json hello(const RealShow& show, const std::string& who) {
    return {{"type", "hello"}, {"proto", 1}, {"key", show.key(who)}, {"device", "test-" + who}};
}

bool known(const RealShow& show, const std::string& clip) {
    const auto state = show.state();
    return state.is_object() && state["stage"]["media"].contains(clip) &&
           state["stage"]["media"][clip]["duration"].get<std::int64_t>() == 4'000'000'000;
}

// Shows `a` on the north face and `b` on the east one, both at their first picture.
void put_up(RealShow& show, Client& producer) {
    REQUIRE(eventually([&] { return known(show, "a") && known(show, "b"); }));
    for (const char* clip : {"a", "b"}) {
        REQUIRE(producer.command({{"kind", "set_clip"}, {"source", clip}, {"play_on_take", false}})["ok"] == true);
    }
    const auto cut = [&](const char* clip, const char* face) {
        return producer.command({{"kind", "cut"}, {"scene", clip}, {"faces", {face}}});
    };
    REQUIRE(cut("a", "north")["ok"] == true);
    REQUIRE(cut("b", "east")["ok"] == true);
    REQUIRE(producer.command({{"kind", "cue"}, {"sources", {"a", "b"}}, {"position_ms", 0}})["ok"] == true);
}

bool shows(const FaceReader& face, int number) {
    const auto newest = face.newest();
    return newest && number_of(*newest) == number;
}

std::map<std::uint32_t, int> numbers(const FaceReader& face) {
    std::map<std::uint32_t, int> out;
    for (const auto& frame : face.frames()) out[frame.mark.frame] = number_of(frame);
    return out;
}

}  // namespace

TEST_CASE("a cue shows exactly its picture on the face, and two clips play in step on the same frames") {
    RealShow show(shared_show(sources(), "320x180", face_rate, "off"));
    Client producer(show.url(), hello(show, "producer"));
    REQUIRE(producer.wait_type("welcome"));
    FaceReader north(show, "north");
    FaceReader east(show, "east");
    put_up(show, producer);
    REQUIRE(eventually([&] { return shows(north, 0) && shows(east, 0); }));
    for (const int number : {57, 12, 99, 0}) {
        REQUIRE(producer.command(
                    {{"kind", "cue"}, {"sources", {"a", "b"}}, {"position_ms", number * picture_ms + 5}})["ok"] ==
                true);
        REQUIRE(eventually([&] { return shows(north, number) && shows(east, number); }));
    }
    const auto begun = north.newest()->mark.frame;
    REQUIRE(producer.command({{"kind", "play"}, {"sources", {"a", "b"}}})["ok"] == true);
    REQUIRE(eventually([&] { return shows(north, pictures - 1) && shows(east, pictures - 1); }));
    const auto on_north = numbers(north);
    const auto on_east = numbers(east);
    int compared = 0;
    int different = 0;
    int before = 0;
    std::uint32_t frame_before = begun;
    for (const auto& [frame, number] : on_north) {
        if (frame <= begun) continue;
        INFO("frame " << frame << ": " << before << ", then " << number);
        // 25 pictures in 30 frames: none left out, none back.
        CHECK(number >= before);
        CHECK(number - before <= static_cast<int>(std::ceil((frame - frame_before) * 25.0 / face_rate)));
        before = number;
        frame_before = frame;
        const auto other = on_east.find(frame);
        if (other == on_east.end()) continue;
        ++compared;
        if (other->second != number) ++different;
    }
    CHECK(compared > 60);
    CHECK(different == 0);
}

TEST_CASE("a pause stays, and a clip goes on where it should be after its process, or the engine, was killed") {
    RealShow show(shared_show(sources(), "320x180", face_rate, "off"));
    {
        Client producer(show.url(), hello(show, "producer"));
        REQUIRE(producer.wait_type("welcome"));
        put_up(show, producer);
        REQUIRE(producer.command({{"kind", "set_clip"}, {"source", "a"}, {"loop", true}})["ok"] == true);
        REQUIRE(producer.command({{"kind", "play"}, {"sources", {"a"}}})["ok"] == true);
    }
    FaceReader north(show, "north");
    // The place in the loop that a frame tells of the one at which it began.
    const auto origin = [&]() -> double {
        const auto newest = north.newest();
        const double place = number_of(*newest) - newest->mark.frame * 25.0 / face_rate;
        return place - pictures * std::floor(place / pictures);
    };
    const auto as_before = [&](double first) {
        const double off = std::fabs(origin() - first);
        return std::min(off, pictures - off) <= 1.5;
    };
    const auto fresh = [&] {
        const auto seen = north.count();
        return eventually([&] { return north.count() > seen + 10; });
    };
    REQUIRE(fresh());
    const double first = origin();
    REQUIRE(show.kill_and_wait("capture/a"));
    REQUIRE(eventually([&] { return fresh() && as_before(first); }));
    show.kill_engine();
    REQUIRE(fresh());
    CHECK(as_before(first));
    show.start();
    REQUIRE(fresh());
    CHECK(as_before(first));

    Client producer(show.url(), hello(show, "producer"));
    REQUIRE(producer.wait_type("welcome"));
    REQUIRE(producer.command({{"kind", "cue"}, {"sources", {"a"}}, {"position_ms", 42 * picture_ms + 5}})["ok"] ==
            true);
    REQUIRE(eventually([&] { return shows(north, 42); }));
    REQUIRE(show.kill_and_wait("capture/a"));
    REQUIRE(fresh());
    REQUIRE(eventually([&] { return shows(north, 42); }));
}

TEST_CASE("at its end a clip hands over, and what it hands over to plays") {
    RealShow show(shared_show(sources(), "320x180", face_rate, "off"));
    Client producer(show.url(), hello(show, "producer"));
    REQUIRE(producer.wait_type("welcome"));
    REQUIRE(eventually([&] { return known(show, "a") && known(show, "b"); }));
    FaceReader north(show, "north");
    REQUIRE(producer.command({{"kind", "set_transition"}, {"transition", "cut"}, {"length_ms", 0}})["ok"] == true);
    REQUIRE(producer.command(
                {{"kind", "set_clip"}, {"source", "a"}, {"in_ms", 3200}, {"at_end", "next"}, {"next", "b"}})["ok"] ==
            true);
    REQUIRE(producer.command({{"kind", "cue"}, {"sources", {"a"}}})["ok"] == true);
    REQUIRE(producer.command({{"kind", "cut"}, {"scene", "a"}})["ok"] == true);  // plays: from picture 80
    REQUIRE(eventually([&] { return show.state()["stage"]["program"]["scene"] == "b"; }));
    REQUIRE(eventually([&] { return shows(north, 20); }));
    int last = 80;
    bool over = false;
    for (const auto& frame : north.frames()) {
        const int number = number_of(frame);
        if (!over && number < 40) over = last == pictures - 1;
        if (number >= 80 && number < pictures) last = number;
    }
    CHECK(over);  // its last picture was shown, then the next clip
}

TEST_CASE("files become sources while the show runs; a broken one disturbs nobody") {
    const auto folder = std::filesystem::path(TRIBUNE_FIXTURES) / "bin";
    std::filesystem::create_directories(folder);
    std::filesystem::copy_file(film("a.mp4"), folder / "Mon film.mp4",
                               std::filesystem::copy_options::overwrite_existing);
    std::ofstream(folder / "broken.mp4") << std::string(5000, '\x13');
    RealShow show("media = \"" + folder.string() + "\"\n" + shared_show(sources(), "320x180", face_rate, "off"));
    Client producer(show.url(), hello(show, "producer"));
    Client technician(show.url(), hello(show, "technician"));
    REQUIRE(producer.wait_type("welcome"));
    REQUIRE(technician.wait_type("welcome"));
    FaceReader north(show, "north");
    put_up(show, producer);
    REQUIRE(producer.command({{"kind", "set_clip"}, {"source", "a"}, {"loop", true}})["ok"] == true);
    REQUIRE(producer.command({{"kind", "play"}, {"sources", {"a"}}})["ok"] == true);
    REQUIRE(eventually([&] { return shows(north, 10); }));

    const auto begun = monotonic_now();
    const auto on_air = show.state()["stage"]["faces"];
    const auto add = [](Client& who, const std::string& name, const std::string& file, const std::string& url) {
        return who.command({{"kind", "add_source"}, {"name", name}, {"file", file}, {"url", url}});
    };
    CHECK(add(producer, "film", "Mon film.mp4", "")["ok"] == true);
    CHECK(add(producer, "bad", "broken.mp4", "")["ok"] == true);
    CHECK(add(producer, "gone", "../show.toml", "")["code"] == "bad_file");
    CHECK(add(producer, "far", "", "lavfi:testsrc2")["code"] == "forbidden");
    CHECK(add(technician, "far", "", "lavfi:testsrc2=s=320x180:r=30")["ok"] == true);
    REQUIRE(eventually([&] { return known(show, "film"); }));
    REQUIRE(eventually([&] { return show.log().find("source bad") != std::string::npos; }));
    const auto health = producer.wait_for([](const Json& m) {
        if (m.value("type", "") != "actual") return false;
        for (const auto& s : m["sources"]) {
            if (s["name"] == "bad") return s["state"] == "refused" && s["code"] == "not_media";
        }
        return false;
    });
    CHECK(health);
    CHECK(show.state()["stage"]["faces"] == on_air);
    CHECK(producer.command({{"kind", "cut"}, {"scene", "film"}, {"faces", {"south"}}})["ok"] == true);
    FaceReader south(show, "south");
    REQUIRE(eventually([&] { return shows(south, 50); }));
    CHECK(producer.command({{"kind", "remove_source"}, {"name", "film"}})["code"] == "source_in_use");
    CHECK(producer.command({{"kind", "remove_source"}, {"name", "bad"}})["ok"] == true);
    REQUIRE(eventually([&] { return show.pid("capture/bad") == 0; }));
    // Nobody on air lost a frame for it, and what was added is there after a restart.
    CHECK(north.longest_gap(begun) <= 3);
    show.kill_engine();
    show.start();
    REQUIRE(eventually([&] { return known(show, "film"); }));
    CHECK(show.pid("capture/far") != 0);
}

TEST_CASE("a stinger covers the cut beneath it; one that cannot be played leaves the cut, on time, and is named") {
    // Blue, opaque in its middle half second: it is clear before and after.
    const auto blue = fixture("stinger.mov", {"-f", "lavfi", "-i",
                                              "color=blue:s=320x180:r=25:d=1.5,format=rgba,geq=r=0:g=0:b=255:"
                                              "a='if(between(N,12,24),255,0)'",
                                              "-c:v", "qtrle", "-pix_fmt", "argb"});
    const auto broken = written("broken-stinger.mov", std::string(5000, '\x13'));
    const auto plain = [](const char* name, const char* colour) {
        return std::string("[[source]]\nname = \"") + name + "\"\nurl = \"lavfi:color=" + colour +
               ":s=320x180:r=30\"\n";
    };
    const auto stinger = [](const char* name, const std::string& file) {
        return std::string("[[stinger]]\nname = \"") + name + "\"\nfile = \"" + file + "\"\ncut_ms = 700\n";
    };
    RealShow show(
        shared_show(plain("red", "red") + plain("white", "white") + stinger("blue", blue) + stinger("broken", broken),
                    "320x180", face_rate, "off"));
    Client producer(show.url(), hello(show, "producer"));
    REQUIRE(producer.wait_type("welcome"));
    FaceReader north(show, "north");
    const auto looks = [](const SeenFrame& f) {
        const auto [b, g, r] = f.middle;
        return r > 200 && g > 200 ? "white" : r > 200 ? "red" : b > 200 ? "blue" : "other";
    };
    const auto stands = [&](const std::string& colour) {
        return eventually([&] { return north.newest() && looks(*north.newest()) == colour; });
    };
    REQUIRE(stands("red"));
    REQUIRE(eventually([&] {
        const auto state = show.state();
        return state.is_object() && state["stage"]["media"]["blue"]["duration"].get<std::int64_t>() > 0;
    }));
    // What the face showed in turn, and how long in frames.
    const auto take = [&](const char* transition, const std::string& ends) {
        const auto before = north.frames().size();
        REQUIRE(producer.command({{"kind", "take"}, {"transition", transition}})["ok"] == true);
        REQUIRE(eventually([&] {
            const auto state = show.state();
            return state.is_object() && state["stage"]["program"]["scene"] == ends;
        }));
        REQUIRE(stands(ends));
        std::vector<std::pair<std::string, std::uint32_t>> seen;
        const auto frames = north.frames();
        for (std::size_t i = before; i < frames.size(); ++i) {
            if (seen.empty() || seen.back().first != looks(frames[i]))
                seen.emplace_back(looks(frames[i]), frames[i].mark.frame);
        }
        return seen;
    };
    auto seen = take("blue", "white");
    REQUIRE(seen.size() == 3);
    CHECK(seen[0].first == "red");
    CHECK(seen[1].first == "blue");
    CHECK(seen[2].first == "white");
    CHECK(seen[2].second - seen[1].second >= 13);  // 0.52 s of 30 frames: a frame or two less for their phases
    CHECK(seen[2].second - seen[1].second <= 18);

    seen = take("broken", "red");
    REQUIRE(seen.size() == 2);
    CHECK(seen[1].first == "red");
    CHECK(producer.wait_for([](const Json& m) {
        if (m.value("type", "") != "actual") return false;
        for (const auto& fault : m["render"].value("transitions", Json::array()))
            if (fault["name"] == "broken") return fault["code"] == "stinger_failed";
        return false;
    }));
}
