// Processes are killed while a room speaks: how long each is missed, and what becomes of the answers.
#include <fmt/format.h>
#include <signal.h>

#include <algorithm>
#include <stdexcept>

#include "bench/show/figures.hpp"
#include "bench/show/measures.hpp"
#include "bench/show/rig.hpp"
#include "support/real_show/speaking_room.hpp"

namespace tribune::bench {
namespace {

using namespace tribune::test;
using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr int process_kills = 20;
constexpr int engine_kills = 50;
constexpr Nanoseconds lives = milliseconds(1500);  // faster deaths meet the supervisor's back-off
constexpr Nanoseconds most = seconds(10);

// The picture moves again: of seven frames more than `settled` after the kill, five differ from the one before.
std::optional<MonotonicTime> moves_again(const FaceReader& face, MonotonicTime killed) {
    constexpr Nanoseconds settled = milliseconds(70);  // frames that were on their way
    constexpr std::ptrdiff_t looked_at = 7;
    const auto frames = face.frames();
    auto first =
        std::find_if(frames.begin(), frames.end(), [&](const auto& f) { return f.presented > killed + settled; });
    for (; first != frames.begin() && frames.end() - first >= looked_at; ++first) {
        std::ptrdiff_t changes = 0;
        for (auto f = first; f != first + looked_at; ++f) changes += f->picture != (f - 1)->picture ? 1 : 0;
        if (first->picture != (first - 1)->picture && changes >= 5) return first->presented;
    }
    return std::nullopt;
}

struct Target {
    std::string process;
    std::string what;  // that is back
    bool others_go_on;
};

// When all is as before again.
MonotonicTime back_at(const Target& target, const RealShow& show, const FaceReader& north, const FaceReader& west,
                      MonotonicTime killed) {
    std::optional<MonotonicTime> back;
    eventually(
        [&] {
            if (target.process == "net") {
                if (fetch(*parse_url(show.url()), "/healthz", "")) back = monotonic_now();
            } else if (target.process == "render") {
                const auto newest = north.newest();
                if (newest->presented > killed + milliseconds(70)) {
                    const auto frames = north.frames();
                    back = std::find_if(frames.begin(), frames.end(), [&](const auto& f) {
                               return f.presented > killed + milliseconds(70);
                           })->presented;
                }
            } else {
                back = moves_again(west, killed);
            }
            return back.has_value();
        },
        most);
    if (!back) throw std::runtime_error(target.process + " did not come back");
    return *back;
}

void fates(SpeakingRoom& room, RealShow& show, const std::string& when) {
    room.finish();
    figure(when + ": acknowledged answers", static_cast<double>(room.acknowledged()), "answers");
    figure(when + ": acknowledged answers lost", static_cast<double>(room.lost(show)), "answers", 0);
    figure(when + ": answers stored twice", static_cast<double>(room.doubled(show)), "answers", 0);
}

}  // namespace

void killed_processes() {
    RealShow show(shared_show(four_cameras("480x270"), "480x270", frames_per_second));
    Client producer(show.url(), hello(show, "producer"));
    producer.wait_type("welcome");
    // West shows the source that dies, alone; the others follow program.
    producer.command({{"kind", "cut"}, {"scene", "cam2"}, {"faces", {"west"}}});
    producer.command({{"kind", "place_wall"}, {"placement", "off"}, {"faces", {"west"}}});
    all_live(show);
    SpeakingRoom room(show, 6);
    const Target targets[] = {
        {"capture/cam2", "its picture moves", true}, {"net", "pages answer", true}, {"render", "faces show", false}};
    for (const auto& target : targets) {
        std::vector<double> back;
        int gap = 0;
        for (int i = 0; i < process_kills; ++i) {
            const FaceReader north(show, "north");
            const FaceReader west(show, "west");
            let_run(lives);
            if (!room.wait_for_more(2) || !north.newest() || !west.newest())
                throw std::runtime_error("the show stands still");
            const auto killed = monotonic_now();
            if (!show.kill_and_wait(target.process))
                throw std::runtime_error(target.process + " was not started again");
            back.push_back(ms(back_at(target, show, north, west, killed) - killed));
            gap = std::max({gap, north.longest_gap(killed), west.longest_gap(killed)});
        }
        figure(fmt::format("kill -9 of {}: {} again, worst of {}", target.process, target.what, process_kills),
               percentile(back, 1), "ms", 1000);
        figure(fmt::format("kill -9 of {}: {} again, median", target.process, target.what), percentile(back, 0.5),
               "ms");
        if (target.others_go_on) {
            figure(fmt::format("kill -9 of {}: longest gap of the faces", target.process), gap, "frames", 2);
        }
    }
    fates(room, show, "processes killed 60 times");
}

void killed_engine() {
    RealShow show(shared_show(four_cameras("480x270"), "480x270", frames_per_second));
    all_live(show);
    SpeakingRoom room(show, 6);
    std::vector<double> again;
    int gap = 0;
    for (int i = 0; i < engine_kills; ++i) {
        const FaceReader north(show, "north");
        if (!room.wait_for_more(3) || !eventually([&] { return north.count() > 3; }))
            throw std::runtime_error("the show stands still");
        const auto killed = monotonic_now();
        show.kill_engine();
        show.start();
        if (!eventually([&] { return room.acknowledged_after(killed).has_value(); }))
            throw std::runtime_error("no answer is acknowledged");
        again.push_back(ms(*room.acknowledged_after(killed)));
        gap = std::max(gap, north.longest_gap(killed));
    }
    figure(fmt::format("kill -9 of engine: answers acknowledged again, worst of {}", engine_kills),
           percentile(again, 1), "ms");
    figure("kill -9 of engine: answers acknowledged again, median", percentile(again, 0.5), "ms");
    figure("kill -9 of engine: longest gap of the faces", gap, "frames", 2);
    fates(room, show, fmt::format("engine killed {} times", engine_kills));
}

}  // namespace tribune::bench
