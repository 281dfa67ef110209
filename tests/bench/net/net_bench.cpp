// What a full room takes: devices by the thousand, their answers and a bell, beside four faces with moving sources on
// the same machine. Arguments: numbers of devices instead of the usual ones.
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <exception>
#include <map>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "bench/net/devices.hpp"
#include "bench/net/process_use.hpp"
#include "bench/show/figures.hpp"
#include "bench/show/rig.hpp"

namespace tribune::bench {
namespace {

using namespace tribune::test;
using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr std::size_t full_room = 5000;
constexpr int most_tables = 200;
constexpr int least_tables = 24;
constexpr int devices_a_table = 25;
constexpr double answers_a_device = 400.0 / full_room;  // a second
constexpr int bells = 40;
constexpr Nanoseconds between_bells = milliseconds(500);
constexpr Nanoseconds without_bells = seconds(10);
constexpr Nanoseconds hearing = seconds(5);  // who has not heard of a bell by then never does
constexpr Nanoseconds arrival = seconds(120);
constexpr Nanoseconds settling = seconds(2);
constexpr Nanoseconds last_answers = seconds(10);
constexpr Nanoseconds storm = seconds(2);

std::string show_file() {
    std::string text = shared_show(four_cameras("960x540"), "960x540", frames_per_second);
    const std::string_view tables = "tables = 64\n";
    const auto at = text.find(tables);
    if (at == std::string::npos) throw std::runtime_error("the show file has other tables");
    return text.replace(at, tables.size(), fmt::format("tables = {}\n", most_tables));
}

std::vector<DeviceIdentity> room_of(const RealShow& show, std::size_t count) {
    const int tables = std::clamp(static_cast<int>(count) / devices_a_table, least_tables, most_tables);
    std::vector<DeviceIdentity> room;
    for (int table = 1; table <= tables; ++table) {
        room.push_back({show.key(fmt::format("table/{}", table)), fmt::format("bench-table-{}", table), true});
    }
    const std::string phone = show.key("audience");  // it only listens
    while (room.size() < count) room.push_back({phone, fmt::format("bench-phone-{}", room.size()), false});
    return room;
}

// Processor time that each process has taken, and when.
struct Use {
    double cpu_seconds = 0;
    MonotonicTime at;
};
using Uses = std::map<std::string, Use>;

Uses uses(const RealShow& show) {
    const auto of = [](pid_t pid) { return Use{process_use(pid).cpu_seconds, monotonic_now()}; };
    Uses all{{"net", of(show.pid("net"))},
             {"engine", of(show.engine())},
             {"render", of(show.pid("render"))},
             {"the four sources", {0, monotonic_now()}},
             {"the load generator", of(getpid())}};
    for (int i = 1; i <= 4; ++i)
        all["the four sources"].cpu_seconds += process_use(show.pid(fmt::format("capture/cam{}", i))).cpu_seconds;
    return all;
}

// Seconds of processor time a second.
double share(const std::string& process, const Uses& from, const Uses& to) {
    const Use& first = from.at(process);
    const Use& last = to.at(process);
    return (last.cpu_seconds - first.cpu_seconds) / (ms(last.at - first.at) / 1000);
}

void storms(const std::string& who, Devices& devices) {
    const auto dropped = monotonic_now();
    devices.drop_all(storm);
    if (!devices.serve_until_in(arrival)) throw std::runtime_error("not all devices came back");
    figure(who + ": all dropped and coming back within 2 s, until the last is in", ms(monotonic_now() - dropped), "ms");
}

void measure(const RealShow& show, std::size_t count) {
    const bool full = count >= full_room;
    const auto bar = [&](double value) { return full ? std::optional(value) : std::nullopt; };
    const std::string who = fmt::format("{} devices", count);
    if (!all_live(show)) throw std::runtime_error("a source is not live");
    Client director(show.url(), hello(show, "director"));
    if (!director.wait_type("welcome")) throw std::runtime_error("the director was not let in");

    const pid_t net = show.pid("net");
    const double empty_kb = process_use(net).resident_kb;
    Devices devices(show.port(), room_of(show, count));
    const auto opened = monotonic_now();
    if (!devices.serve_until_in(arrival)) throw std::runtime_error(fmt::format("only {} came in", devices.in()));
    figure(who + ": until all are in", ms(monotonic_now() - opened), "ms");

    devices.write(answers_a_device * static_cast<double>(count));
    devices.serve(settling);
    const double lost_before = static_cast<double>(devices.lost_connections());
    (void)devices.take_answers();
    const Uses quiet = uses(show);
    devices.serve(without_bells);
    const Uses begun = uses(show);
    const auto in_quiet = devices.take_answers();
    std::vector<double> last;
    std::vector<double> each;
    double unheard = 0;
    for (int i = 0; i < bells; ++i) {
        const auto rung = monotonic_now();
        director.send(
            {{"type", "command"}, {"request", fmt::format("bell-{}", i)}, {"command", {{"kind", "start_round"}}}});
        unheard += devices.serve_until_heard(devices.round() + 1, hearing) ? 0 : 1;
        devices.serve(between_bells - (monotonic_now() - rung));
        const auto heard = devices.heard_ms(rung);
        last.push_back(percentile(heard, 1));
        each.insert(each.end(), heard.begin(), heard.end());
    }
    const Uses ended = uses(show);
    devices.write(0);
    const auto until = monotonic_now() + last_answers;
    while (devices.unanswered() > 0 && monotonic_now() < until) devices.serve(milliseconds(50));
    const auto answers = devices.take_answers();

    figure(fmt::format("{}: bell to the last device, p50 of {}", who, bells), percentile(last, 0.5), "ms");
    figure(fmt::format("{}: bell to the last device, p99 of {}", who, bells), percentile(last, 0.99), "ms", bar(200));
    figure(who + ": bell to a device, p50", percentile(each, 0.5), "ms");
    figure(who + ": bell to a device, p99", percentile(each, 0.99), "ms");
    figure(who + ": bells not heard by all within 5 s", unheard, "bells", 0);
    const auto acknowledged = [&](const char* when, const Devices::Answers& some) {
        const auto what = fmt::format("{}: answer sent to acknowledged, {}", who, when);
        figure(fmt::format("{}, p50 of {}", what, some.delays_ms.size()), percentile(some.delays_ms, 0.5), "ms");
        figure(fmt::format("{}, p99 of {}", what, some.delays_ms.size()), percentile(some.delays_ms, 0.99), "ms",
               bar(200));
    };
    acknowledged("no bells", in_quiet);
    acknowledged("two bells a second", answers);
    figure(who + ": of these delays, in the load generator, p99", percentile(answers.read_late_ms, 0.99), "ms");
    figure(who + ": answers refused or never acknowledged",
           static_cast<double>(in_quiet.refused + answers.refused) + static_cast<double>(devices.unanswered()),
           "answers", 0);
    figure(who + ": connections lost", static_cast<double>(devices.lost_connections()) - lost_before, "connections", 0);
    figure(who + ": net's memory", (process_use(net).resident_kb - empty_kb) / static_cast<double>(count),
           "kB a connection", bar(20));
    for (const auto& [process, after] : ended) {
        const double busy = share(process, begun, ended);
        if (process == "net") {
            point(who + ": net, two bells a second", busy, "CPU s/s", "devices", static_cast<double>(count));
        } else {
            figure(fmt::format("{}: {}, two bells a second", who, process), busy, "CPU s/s");
        }
        figure(fmt::format("{}: {}, no bells", who, process), share(process, quiet, begun), "CPU s/s");
    }
    if (full) {
        const double bells_a_second = bells / (ms(ended.at("net").at - begun.at("net").at) / 1000);
        figure(who + ": a bell, to one device, in net",
               (share("net", begun, ended) - share("net", quiet, begun)) / bells_a_second / static_cast<double>(count) *
                   1'000'000,
               "CPU us");
        storms(who, devices);
    }
    if (show.pid("net") != net) throw std::runtime_error("net was started again");
}

void room(std::size_t count) {
    const RealShow show(show_file(), {"--painter", "cpu"});
    try {
        measure(show, count);
    } catch (const std::exception&) {
        std::fprintf(stderr, "%s\n", show.log().c_str());
        throw;
    }
}

}  // namespace
}  // namespace tribune::bench

int main(int count, char** words) {
    std::vector<std::size_t> rooms;
    for (int i = 1; i < count; ++i) {
        const std::string_view word = words[i];
        std::size_t devices = 0;
        std::from_chars(word.data(), word.data() + word.size(), devices);
        if (devices > 0) rooms.push_back(devices);
    }
    if (rooms.empty()) rooms = {100, 500, 1000, 2500, tribune::bench::full_room};
    int failed = 0;
    for (const auto devices : rooms) {
        try {
            tribune::bench::room(devices);
        } catch (const std::exception& e) {
            std::fprintf(stderr, "bench_net %zu: %s\n", devices, e.what());
            ++failed;
        }
    }
    return failed;
}
