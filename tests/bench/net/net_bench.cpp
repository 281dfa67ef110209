// What a full room takes: devices by the thousand, their answers and a bell, beside four faces with moving sources on
// the same machine. Arguments: numbers of devices instead of the usual ones.
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <exception>
#include <memory>
#include <stdexcept>
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
    const std::string phone = show.key("rehearsal");  // of no table: it only listens
    while (room.size() < count) room.push_back({phone, fmt::format("bench-phone-{}", room.size()), false});
    return room;
}

// Processor time that a process takes, a second, since it was made.
class Meter {
  public:
    explicit Meter(pid_t pid) : pid_(pid), first_(process_use(pid).cpu_seconds), at_(monotonic_now()) {}
    [[nodiscard]] double rate() const {
        return (process_use(pid_).cpu_seconds - first_) / (ms(monotonic_now() - at_) / 1000);
    }

  private:
    pid_t pid_;
    double first_;
    MonotonicTime at_;
};

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
    (void)devices.take_answers();
    const Meter net_meter(net);
    const Meter engine_meter(show.engine());
    const Meter render_meter(show.pid("render"));
    const Meter own_meter(getpid());
    const double lost_before = static_cast<double>(devices.lost_connections());
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
    const double net_rate = net_meter.rate();
    const double engine_rate = engine_meter.rate();
    const double render_rate = render_meter.rate();
    const double own_rate = own_meter.rate();
    devices.write(0);
    const auto until = monotonic_now() + last_answers;
    while (devices.unanswered() > 0 && monotonic_now() < until) devices.serve(milliseconds(50));
    const auto answers = devices.take_answers();

    figure(fmt::format("{}: bell to the last device, p50 of {}", who, bells), percentile(last, 0.5), "ms");
    figure(fmt::format("{}: bell to the last device, p99 of {}", who, bells), percentile(last, 0.99), "ms", bar(200));
    figure(who + ": bell to a device, p50", percentile(each, 0.5), "ms");
    figure(who + ": bells not heard by all within 5 s", unheard, "bells", 0);
    figure(fmt::format("{}: answer sent to acknowledged, p50 of {}", who, answers.delays_ms.size()),
           percentile(answers.delays_ms, 0.5), "ms");
    figure(fmt::format("{}: answer sent to acknowledged, p99 of {}", who, answers.delays_ms.size()),
           percentile(answers.delays_ms, 0.99), "ms", bar(200));
    figure(who + ": answers refused or never acknowledged",
           static_cast<double>(answers.refused) + static_cast<double>(devices.unanswered()), "answers", 0);
    figure(who + ": connections lost", static_cast<double>(devices.lost_connections()) - lost_before, "connections", 0);
    figure(who + ": net's memory", (process_use(net).resident_kb - empty_kb) / static_cast<double>(count),
           "kB a connection", bar(20));
    point(who + ": net", net_rate, "CPU s/s", "devices", static_cast<double>(count));
    figure(who + ": engine", engine_rate, "CPU s/s");
    figure(who + ": render", render_rate, "CPU s/s");
    figure(who + ": the devices themselves", own_rate, "CPU s/s");
    if (full) storms(who, devices);
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
