// Commands: how soon a frame shows one, whether ten thousand from three surfaces at once leave anything behind, and what a
// source that dies in the middle of a mix does to the picture.
#include <fmt/format.h>
#include <signal.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <random>
#include <stdexcept>
#include <thread>

#include "bench/show/figures.hpp"
#include "bench/show/measures.hpp"
#include "bench/show/rig.hpp"
#include "net/osc/message.hpp"
#include "store/records.hpp"
#include "store/sqlite_journal.hpp"
#include "unit/net/obs_client.hpp"
#include "unit/net/udp_peer.hpp"

namespace tribune::bench {
namespace {

using namespace tribune::test;
using std::chrono::milliseconds;

constexpr int rate = 60;
constexpr double frame_ms = 1000.0 / rate;
constexpr std::array faces{"north", "east", "south", "west"};
constexpr std::array plain{"red", "green", "blue"};
constexpr int timed_cuts = 400;
constexpr int commands_a_surface = 3334;                   // 10,000 by all three
constexpr Nanoseconds between_commands = milliseconds(6);  // of one surface: within what OSC and desks may send
constexpr int mixes = 20;
constexpr int mix_ms = 600;

std::string plain_sources() {
    std::string text;
    for (const char* colour : plain)
        text += fmt::format("[[source]]\nname = \"{0}\"\nurl = \"lavfi:color=c={0}:s=64x36:r=30\"\n", colour);
    return text;
}

std::string show_at_60() { return shared_show(plain_sources(), "320x180", rate, "off"); }

// Which source fills the picture: its place in `plain`; -1 none.
int full(const SeenFrame& frame) {
    const auto& [blue, green, red] = frame.middle;
    const std::array strength{red, green, blue};
    const auto strongest = std::max_element(strength.begin(), strength.end());
    for (const auto& other : strength)
        if (&other != &*strongest && other > 20) return -1;
    return *strongest > 100 ? static_cast<int>(strongest - strength.begin()) : -1;
}
bool is_black(const SeenFrame& frame) { return *std::max_element(frame.middle.begin(), frame.middle.end()) < 10; }

void demand(bool holds, const std::string& what) {
    if (!holds) throw std::runtime_error(what);
}

std::unique_ptr<Client> desk_of(const RealShow& show) {
    auto desk = std::make_unique<Client>(show.url(), hello(show, "producer"));
    demand(desk->wait_type("welcome").has_value(), "the desk was not let in");
    return desk;
}

// --- Ten thousand -----------------------------------------------------------------------------------------------

void by_desk(const RealShow& show, std::atomic<int>& failed) {
    auto desk = desk_of(show);
    for (int i = 0; i < commands_a_surface; ++i) {
        const auto at = monotonic_now();
        const char* scene = plain.at(static_cast<std::size_t>(i) % plain.size());
        const Json command = i % 4 == 0   ? Json{{"kind", "preview"}, {"scene", scene}}
                             : i % 4 == 1 ? Json{{"kind", "take"}, {"faces", Json::array()}, {"transition", "cut"}}
                             : i % 4 == 2 ? Json{{"kind", "set_transition"}, {"transition", "mix"}, {"length_ms", 100}}
                                          : Json{{"kind", "cut"}, {"scene", scene}, {"faces", Json::array()}};
        if (desk->command(command)["ok"] != true) ++failed;
        let_run(between_commands - (monotonic_now() - at));
    }
}

void by_obs(const RealShow& show, int port, std::atomic<int>& failed) {
    ObsClient surface(port);
    demand(surface.identify(show.key("obs-websocket"), {{"eventSubscriptions", 0}}).is_object(), "obs was not let in");
    for (int i = 0; i < commands_a_surface; ++i) {
        const auto at = monotonic_now();
        const Json scene{{"sceneName", plain.at(static_cast<std::size_t>(i) % plain.size())}};
        const Json answer = i % 3 == 0   ? surface.ask("SetCurrentPreviewScene", scene)
                            : i % 3 == 1 ? surface.ask("TriggerStudioModeTransition")
                                         : surface.ask("SetCurrentProgramScene", scene);
        if (!answer.is_object() || answer["requestStatus"]["result"] != true) ++failed;
        let_run(between_commands - (monotonic_now() - at));
    }
}

void by_osc(int port) {
    UdpPeer surface;
    for (int i = 0; i < commands_a_surface; ++i) {
        const auto at = monotonic_now();
        const std::string scene = plain.at(static_cast<std::size_t>(i) % plain.size());
        surface.send(port, net::osc::encode({i % 2 == 0 ? "/tribune/cut" : "/tribune/preview", {scene}}));
        let_run(between_commands - (monotonic_now() - at));
    }
}

int free_port(int kind) {
    const Fd probe(::socket(AF_INET, kind | SOCK_CLOEXEC, 0));
    sockaddr_in own{};
    own.sin_family = AF_INET;
    own.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof(own);
    ::bind(probe.get(), reinterpret_cast<const sockaddr*>(&own), size);
    getsockname(probe.get(), reinterpret_cast<sockaddr*>(&own), &size);
    return ntohs(own.sin_port);
}

// Faces that showed another picture than north on the same frame number.
std::size_t out_of_step(const std::map<std::string, std::unique_ptr<FaceReader>>& readers, std::size_t& compared) {
    std::map<std::uint32_t, std::map<std::string, std::uint64_t>> by_frame;
    for (const auto& [face, reader] : readers)
        for (const auto& frame : reader->frames()) by_frame[frame.mark.frame][face] = frame.picture;
    std::size_t others = 0;
    for (const auto& [number, seen] : by_frame) {
        if (seen.size() < faces.size()) continue;  // a reader missed it
        ++compared;
        for (const auto& [face, picture] : seen) others += picture != seen.at("north") ? 1U : 0U;
    }
    return others;
}

// Records of each actor, by the journal of a show that has ended.
std::map<std::string, int> records_by_actor(const RealShow& show) {
    JournalOptions reading;
    reading.access = JournalOptions::Access::read_only;
    const auto journal = SqliteJournal::open((show.data() / "journal.db").string(), reading);
    demand(static_cast<bool>(journal), "no journal");
    std::map<std::string, int> counts;
    const auto read = for_each_record(**journal, 1, [&](const Record& record) -> Status {
        ++counts[record.actor.name];
        return {};
    });
    demand(static_cast<bool>(read), "the journal cannot be read");
    return counts;
}

// --- A mix whose source dies --------------------------------------------------------------------------------------

struct Mixed {
    double late_ms = 0;  // the first frame all of the new picture, after the mix's time
    std::size_t black = 0;
};
Mixed mix_with_a_death(const RealShow& show, Client& desk, const FaceReader& north, int to, const char* dies) {
    demand(desk.command({{"kind", "preview"}, {"scene", plain.at(static_cast<std::size_t>(to))}})["ok"] == true,
           "no preview");
    const auto begun = monotonic_now();
    const auto before = north.count();
    demand(
        desk.command(
            {{"kind", "take"}, {"faces", Json::array()}, {"transition", "mix"}, {"length_ms", mix_ms}})["ok"] == true,
        "no take");
    let_run(milliseconds(mix_ms / 3));
    kill(show.pid(std::string("capture/") + dies), SIGKILL);
    demand(eventually([&] { return full(*north.newest()) == to; }), "the mix does not end");
    Mixed result;
    const auto frames = north.frames();
    for (std::size_t i = before; i < frames.size(); ++i) {
        result.black += is_black(frames[i]) ? 1U : 0U;
        if (full(frames[i]) != to) continue;
        result.late_ms = ms(frames[i].presented - begun) - mix_ms;
        break;
    }
    return result;
}

}  // namespace

void commands() {
    const RealShow show(show_at_60());
    const auto readers = read_faces(show);
    auto desk = desk_of(show);
    for (const char* source : plain) demand(eventually([&] { return live(show, source); }), "no pictures");
    std::mt19937 random(1);
    struct Given {
        MonotonicTime at;
        int scene;
    };
    std::vector<Given> given;
    for (int i = 0; i < timed_cuts; ++i) {
        const int scene = i % 2;
        const auto at = monotonic_now();
        const auto done = desk->command(
            {{"kind", "cut"}, {"scene", plain.at(static_cast<std::size_t>(scene))}, {"faces", Json::array()}});
        demand(done["ok"] == true, "a cut was refused");
        given.push_back({at, scene});
        // At any moment of a frame, and long enough for each to be seen.
        let_run(milliseconds(60) + std::chrono::microseconds(random() % 17'000));
    }
    let_run(milliseconds(200));
    std::vector<double> took;
    for (const auto& [face, reader] : readers) {
        const auto frames = reader->frames();
        for (const auto& one : given) {
            const auto shown = std::find_if(frames.begin(), frames.end(), [&](const SeenFrame& f) {
                return f.presented >= one.at && full(f) == one.scene;
            });
            demand(shown != frames.end(), "a cut is not on " + face);
            took.push_back(ms(shown->presented - one.at));
        }
    }
    figure(fmt::format("command sent to the frame that shows it, 60 fps, p50 of {} on four faces", timed_cuts),
           percentile(took, 0.5), "ms");
    figure(fmt::format("command sent to the frame that shows it, 60 fps, p99 of {} on four faces", timed_cuts),
           percentile(took, 0.99), "ms", frame_ms + 5);
}

void three_surfaces() {
    const int obs_port = free_port(SOCK_STREAM);
    const int osc_port = free_port(SOCK_DGRAM);
    UdpPeer listener;
    RealShow show(show_at_60(), {"--painter", "cpu", "--obs-port", std::to_string(obs_port), "--osc-port",
                                 std::to_string(osc_port), "--osc-from", "127.0.0.1", "--osc-to", listener.address()});
    const auto readers = read_faces(show);
    for (const char* source : plain) demand(eventually([&] { return live(show, source); }), "no pictures");
    auto watcher = desk_of(show);
    // Clips are measured once, and written down: nothing else comes between.
    const auto revision = [&] { return show.state()["revision"].get<std::uint64_t>(); };
    const auto before = revision();
    std::atomic<int> failed{0};
    const auto begun = monotonic_now();
    std::array<std::thread, 3> surfaces{std::thread([&] { by_desk(show, failed); }),
                                        std::thread([&] { by_obs(show, obs_port, failed); }),
                                        std::thread([&] { by_osc(osc_port); })};
    for (auto& surface : surfaces) surface.join();
    const std::chrono::duration<double> seconds = monotonic_now() - begun;
    constexpr auto wanted = static_cast<std::uint64_t>(3) * commands_a_surface;
    (void)eventually([&] { return revision() - before >= wanted; }, std::chrono::seconds(5));
    const auto done = revision() - before;
    figure("10,000 commands from three surfaces at once: a second", static_cast<double>(done) / seconds.count(),
           "commands/s");

    // The last transition ends, then all say the same.
    let_run(milliseconds(500));
    const Json state = show.state();
    const auto program = state["stage"]["program"]["scene"];
    const auto preview = state["stage"]["preview"];
    int differ = 0;
    const auto newest = watcher->wait_for(
        [&](const Json& m) { return m.value("type", "") == "state" && m["revision"] == state["revision"]; });
    if (!newest || (*newest)["view"]["stage"]["program"]["scene"] != program ||
        (*newest)["view"]["stage"]["preview"] != preview)
        ++differ;
    ObsClient surface(obs_port);
    demand(surface.identify(show.key("obs-websocket")).is_object(), "obs was not let in");
    if (surface.ask("GetCurrentProgramScene")["responseData"]["sceneName"] != program) ++differ;
    if (surface.ask("GetCurrentPreviewScene")["responseData"]["sceneName"] != preview) ++differ;
    // OSC tells everything every five seconds.
    std::map<std::string, std::string> told;
    const auto until = monotonic_now() + std::chrono::seconds(7);
    while (monotonic_now() < until) {
        const auto messages = net::osc::parse(listener.next());
        if (!messages) continue;
        for (const auto& message : *messages)
            if (const auto* text =
                    message.arguments.empty() ? nullptr : std::get_if<std::string>(&message.arguments.front()))
                told[message.address] = *text;
    }
    if (told["/tribune/program/scene"] != program || told["/tribune/preview/scene"] != preview) ++differ;
    figure("10,000 commands from three surfaces at once: clients whose state differs", differ, "clients", 0);
    std::size_t compared = 0;
    figure("10,000 commands from three surfaces at once: faces out of step",
           static_cast<double>(out_of_step(readers, compared)), "faces", 0);
    figure("10,000 commands from three surfaces at once: frames compared", static_cast<double>(compared), "frames");
    // Desk and obs-websocket are told of each; what OSC sent is in the journal, or it is lost.
    show.stop();
    auto written = records_by_actor(show);
    figure("10,000 commands from three surfaces at once: lost or refused",
           failed + (commands_a_surface - written["producer"]) + (commands_a_surface - written["osc"]), "commands", 0);
}

void dying_sources() {
    const RealShow show(show_at_60());
    const auto readers = read_faces(show);
    auto desk = desk_of(show);
    std::vector<double> late;
    std::size_t black = 0;
    for (int i = 0; i < mixes; ++i) {
        for (const char* source : plain) demand(eventually([&] { return live(show, source); }), "no pictures");
        const int from = i % 2;
        const int to = 1 - from;
        demand(desk->command({{"kind", "cut"},
                              {"scene", plain.at(static_cast<std::size_t>(from))},
                              {"faces", Json::array()}})["ok"] == true,
               "no cut");
        demand(eventually([&] { return full(*readers.at("north")->newest()) == from; }), "the cut is not seen");
        // In turn the one that goes and the one that comes.
        const auto mixed = mix_with_a_death(show, *desk, *readers.at("north"), to,
                                            plain.at(static_cast<std::size_t>(i % 4 < 2 ? from : to)));
        late.push_back(mixed.late_ms);
        black += mixed.black;
    }
    figure(fmt::format("a source dies in the middle of a mix: end after its time, worst of {}", mixes),
           percentile(late, 1), "ms", 2 * frame_ms + 5);
    figure(fmt::format("a source dies in the middle of a mix: black frames in {} mixes", mixes),
           static_cast<double>(black), "frames", 0);
}

}  // namespace tribune::bench
