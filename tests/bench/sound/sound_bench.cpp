// bench_sound [SECONDS]: a flash and its beep through the whole program, ten minutes unless told otherwise; what the
// mixer costs; an hour of a source whose clock is 200 ppm off, with samples that tell when they were taken.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <ctime>
#include <exception>

#include "sound/mixer.hpp"
#include "support/real_show/lips.hpp"

using namespace tribune;
using namespace std::chrono_literals;

namespace {

void print(const char* what, double value, const char* unit, double bar) {
    fmt::print("{{\"what\": \"{}\", \"value\": {:.3f}, \"unit\": \"{}\", \"bar\": {}, \"better\": \"less\"}}\n", what,
               value, unit, bar);
    std::fflush(stdout);
}

double cpu_seconds() {
    timespec t{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_nsec) / 1e9;
}

// Worst offset of what is heard, ms, and of the mixer's cost: percent of a core for one source.
void hour() {
    constexpr double off = 200e-6;
    constexpr double wrap = 0.5;  // seconds that one ramp of marks lasts
    const SourceName source("cam");
    Mixer mixer;
    MixSettings settings;
    settings.channels[source] = {};
    mixer.set_clock(source, 0s);
    const double rate = sound_rate_hz * (1 + off);
    std::int64_t taken = 0;
    double worst_ms = 0;
    const double begun = cpu_seconds();
    constexpr std::int64_t blocks = 360'000;
    for (std::int64_t block = 0; block < blocks; ++block) {
        const double now = static_cast<double>(block) * 0.01;
        while (static_cast<double>(taken) / rate < now + 0.2) {
            SoundBlock b;
            b.presentation = Nanoseconds{static_cast<std::int64_t>(static_cast<double>(taken) / rate * 1e9)};
            for (int i = 0; i < 1024; ++i, ++taken) {
                const auto mark = static_cast<float>(0.5 * std::fmod(static_cast<double>(taken) / rate, wrap) / wrap);
                b.samples.push_back({mark, mark});
            }
            mixer.push(source, b);
        }
        const auto& buses = mixer.mix(settings, MonotonicTime{block * Mixer::block_length});
        const double due = std::fmod(now + 0.005, wrap);
        if (block < 100 || due < 0.1 || due > 0.4) continue;  // near the ramp's end the filter rings
        worst_ms = std::max(worst_ms, std::abs(static_cast<double>(buses.master[240].left) * 2 * wrap - due) * 1000);
    }
    print("lips after an hour, 200 ppm", worst_ms, "ms", 20);
    print("mixer, one source, of a core", (cpu_seconds() - begun) / 3600 * 100, "%", 5);
}

}  // namespace

int main(int argc, char** argv) try {
    const int seconds = argc > 1 ? std::atoi(argv[1]) : 600;
    hour();
    const auto lips = test::measure_lips(std::chrono::seconds(seconds));
    if (lips.offsets_ms.empty()) throw std::runtime_error("no flash was seen with its beep");
    print("flash to beep, p50", lips.share(0.5), "ms", 20);
    print("flash to beep, p99", lips.share(0.99), "ms", 20);
    print("flash to beep, worst", lips.share(1), "ms", 20);
    print("flashes without a beep", static_cast<double>(lips.unpaired), "", 0);
    print("sound breaks", static_cast<double>(lips.breaks), "", 0);
    return 0;
} catch (const std::exception& failed) {
    fmt::print(stderr, "{}\n", failed.what());
    return 1;
}
