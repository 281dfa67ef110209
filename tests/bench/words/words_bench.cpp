// What words cost both painters on one face of 1920x1080, at rest before a ground that changes, and in motion.
#include <fmt/format.h>
#include <sys/resource.h>
#include <time.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <random>
#include <vector>

#include "cpu/cpu_painter.hpp"
#include "gpu/gl_painter.hpp"
#include "support/egl_context.hpp"
#include "support/source_dir.hpp"
#include "text/word_placer.hpp"

namespace {
using namespace tribune;

constexpr Size full_hd{1920, 1080};
constexpr int frames = 30;

TextBatch wall(int words, bool moving) {
    static const char* const vocabulary[] = {"logement",  "écoute",  "attente",  "voisins",   "loyer",
                                             "confiance", "travaux", "entraide", "chauffage", "bail",
                                             "dignité",   "accueil", "quartier", "droits"};
    auto moves = std::make_shared<std::vector<TextMove>>();
    std::mt19937 random(7);
    const int columns = std::max(1, static_cast<int>(std::sqrt(words * 0.6)));
    const int rows = (words + columns - 1) / columns;
    const double cell_width = full_hd.width * 1.0 / columns, cell_height = full_hd.height * 1.0 / rows;
    for (int i = 0; i < words; ++i) {
        TextMove m;
        m.text = std::make_shared<TextSpec>(TextSpec{fmt::format("{}{}", vocabulary[i % 14], i / 14), {}, "fr"});
        m.to_size = static_cast<float>(cell_height * (0.5 + 0.4 * static_cast<double>(random() % 100) / 100));
        m.to = {cell_width * (i % columns) + 2.3, cell_height * (i / columns) + cell_height * 0.8};
        m.from = moving ? Point{m.to.x + 40.3, m.to.y - 25.8} : m.to;
        m.from_size = moving ? m.to_size * 0.8F : m.to_size;
        m.to_colour = m.from_colour = colour_from_rgb(i % 3 == 0 ? 0xffd166 : i % 3 == 1 ? 0xffffff : 0x9ad1ff);
        m.length = moving ? std::chrono::seconds(20) : Nanoseconds{0};
        moves->push_back(m);
    }
    TextBatch batch;
    if (!moves->empty()) batch.settled = moves->front().start + moves->front().length;
    batch.moves = std::move(moves);
    return batch;
}

double process_ms() {
    rusage u{};
    getrusage(RUSAGE_SELF, &u);
    const auto ms = [](const timeval& t) {
        return static_cast<double>(t.tv_sec) * 1e3 + static_cast<double>(t.tv_usec) * 1e-3;
    };
    return ms(u.ru_utime) + ms(u.ru_stime);
}
double thread_ms() {
    timespec t{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return static_cast<double>(t.tv_sec) * 1e3 + static_cast<double>(t.tv_nsec) * 1e-6;
}

double median(std::vector<double> v) {
    std::nth_element(v.begin(), v.begin() + static_cast<std::ptrdiff_t>(v.size() / 2), v.end());
    return v[v.size() / 2];
}

void print(const std::string& what, double value, const char* unit = "ms CPU", double bar = 0) {
    fmt::print("{{\"what\": \"{}\", \"value\": {:.4g}, \"unit\": \"{}\"{}}}\n", what, value, unit,
               bar > 0 ? fmt::format(", \"bar\": {}, \"better\": \"less\"", bar) : "");
}

// A frame's cost, all threads, the first ones left out.
void measure(const std::string& name, Painter& painter, int words, bool moving) {
    TextBatch batch = wall(words, moving);
    double before = 0, first = 0;
    for (int n = -3; n < frames; ++n) {
        if (n == 0) before = process_ms();
        const double began = process_ms();
        batch.now = ShowTime{std::chrono::seconds(5) + n * std::chrono::milliseconds(16)};
        FramePlan plan;
        const float grey = static_cast<float>(n + 4) / 128.0F;
        plan.pictures.push_back({full_hd, {grey, grey, 0.2F, 1}, {batch}});
        plan.faces.push_back({FaceName{"north"}, 0});
        if (const auto done = painter.paint(plan); !done) fmt::print(stderr, "{}\n", done.error().message);
        painter.pixels(0);  // waits for all of it
        if (n == -3) first = process_ms() - began;
    }
    const auto what = fmt::format("{}: {} words {}", name, words, moving ? "in motion" : "at rest");
    print(what + ", a frame", (process_ms() - before) / frames);
    print(what + ", the first frame", first);
}

// Where 3,000 words stand in a frame of their way, as the GL painter asks once for all pictures.
void measure_places() {
    auto shaper = Shaper::create();
    if (!shaper) return;
    WordPlacer placer(*std::move(shaper), std::size_t{96} << 20);
    TextBatch batch = wall(3000, true);
    std::vector<double> times;
    for (int n = 0; n < 200; ++n) {
        batch.now = ShowTime{std::chrono::seconds(5) + n * std::chrono::milliseconds(16)};
        Status problem;
        const double before = thread_ms();
        const auto placed =
            placer.place(batch.moves, {batch.now, batch.settled, batch.offset, batch.opacity}, full_hd, problem);
        times.push_back(thread_ms() - before);
        placer.end_frame();
    }
    print("where 3,000 words in motion stand, a frame", median(times));
}

}  // namespace

int main() {
    setvbuf(stdout, nullptr, _IOLBF, 0);
    const test::EglContext context;
    for (const int words : {0, 200, 3000}) {
        for (const bool moving : {false, true}) {
            if (words == 0 && moving) continue;
            GlOptions options;
            options.shaders = test::source_dir() / "shaders";
            options.allow_software = true;
            auto gl = GlPainter::create(options);
            auto cpu = CpuPainter::create();
            if (!gl || !cpu) {
                fmt::print(stderr, "{}\n", gl ? cpu.error().message : gl.error().message);
                return 1;
            }
            measure("GL", **gl, words, moving);
            measure("libyuv", **cpu, words, moving);
            if (words == 3000 && moving) {
                // What paint() itself takes of this thread, once the words are there.
                std::vector<double> times;
                TextBatch batch = wall(words, true);
                for (int n = 0; n < frames; ++n) {
                    batch.now = ShowTime{std::chrono::seconds(5) + n * std::chrono::milliseconds(16)};
                    FramePlan plan;
                    plan.pictures.push_back({full_hd, {0, 0, 0, 1}, {batch}});
                    const double before = thread_ms();
                    (void)(*gl)->paint(plan);
                    times.push_back(thread_ms() - before);
                    (*gl)->pixels(0);
                }
                print("GL: 3,000 words in motion, of the painter's own thread", median(times));
            }
        }
    }
    measure_places();
    rusage u{};
    getrusage(RUSAGE_SELF, &u);
    print("most memory of it all", static_cast<double>(u.ru_maxrss) / 1024, "MB");
    return 0;
}
