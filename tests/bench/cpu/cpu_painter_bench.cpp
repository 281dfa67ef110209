// The quad job without its decoders: four 1080p feeds, each face one of them full and another as a small
// picture, with a wall of words on top. Prints CPU milliseconds a face for each step towards it.
#include <fmt/format.h>
#include <sys/resource.h>

#include <cmath>
#include <cstdlib>
#include <fstream>
#include <random>
#include <string_view>

#include "cpu/cpu_painter.hpp"

namespace {
using namespace tribune;

constexpr Size full_hd{1920, 1080};

std::shared_ptr<const VideoFrame> make_frame(int feed, int number) {
    auto memory =
        std::make_shared<std::vector<std::uint8_t>>(static_cast<std::size_t>(full_hd.width * full_hd.height * 3 / 2));
    auto frame = std::make_shared<VideoFrame>();
    frame->size = full_hd;
    frame->sequence = static_cast<std::uint64_t>(number);
    std::uint8_t* at = memory->data();
    for (std::size_t p = 0; p < 3; ++p) {
        const auto shape = plane_shape(frame->format, full_hd, static_cast<int>(p));
        frame->planes[p] = {at, shape.row_bytes};
        for (int y = 0; y < shape.rows; ++y) {
            for (int x = 0; x < shape.row_bytes; ++x) {
                const int wave =
                    p == 0 ? (x + y / 2 + number * 16) / 8 % 180 + 30 : 96 + feed * 16 + x * 32 / shape.row_bytes;
                *at++ = static_cast<std::uint8_t>(wave);
            }
        }
    }
    frame->keep = memory;
    return frame;
}

std::shared_ptr<const std::vector<TextMove>> make_wall(int words, bool moving) {
    static const char* const vocabulary[] = {"logement",  "écoute",  "attente",  "voisins",   "loyer",
                                             "confiance", "travaux", "entraide", "chauffage", "bail",
                                             "dignité",   "accueil", "quartier", "droits"};
    auto moves = std::make_shared<std::vector<TextMove>>();
    std::mt19937 random(7);
    const int columns = std::max(1, static_cast<int>(std::sqrt(words * 1.0)));
    const int rows = (words + columns - 1) / columns;
    for (int i = 0; i < words; ++i) {
        TextMove m;
        m.text = std::make_shared<TextSpec>(TextSpec{fmt::format("{}{}", vocabulary[i % 14], i / 14), {}, "fr"});
        const double cell_width = full_hd.width * 1.0 / columns, cell_height = full_hd.height * 1.0 / rows;
        m.to_size = static_cast<float>(18 + static_cast<int>(random() % 28));
        m.to = {cell_width * (i % columns) + 4, cell_height * (i / columns) + cell_height * 0.7};
        m.from = moving ? Point{m.to.x + 40.3, m.to.y - 25.8} : m.to;
        m.from_size = moving ? m.to_size * 0.8F : m.to_size;
        m.to_colour = m.from_colour = colour_from_rgb(i % 3 == 0 ? 0xffd166 : i % 3 == 1 ? 0xffffff : 0x9ad1ff);
        m.length = moving ? std::chrono::hours(1) : Nanoseconds{0};
        moves->push_back(m);
    }
    return moves;
}

double cpu_seconds() {
    rusage u{};
    getrusage(RUSAGE_SELF, &u);
    const auto seconds = [](const timeval& t) {
        return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) * 1e-6;
    };
    return seconds(u.ru_utime) + seconds(u.ru_stime);
}

struct Job {
    const char* name;
    bool pip = false;
    int words = 0;
    bool moving = false;
    bool still = false;  // the video stands
    bool same = false;   // one picture for all faces
    int threads = 1;
};

}  // namespace

int main(int argc, char** argv) {
    constexpr int feeds = 4, stored = 4, frames = 120;
    std::vector<std::vector<std::shared_ptr<const VideoFrame>>> feed(feeds);
    for (int f = 0; f < feeds; ++f)
        for (int n = 0; n < stored; ++n) feed[static_cast<std::size_t>(f)].push_back(make_frame(f, n));

    const Job jobs[] = {{"video 1:1"},
                        {"+ picture in picture", true},
                        {"+ 200 words at rest", true, 200},
                        {"+ 200 words in motion", true, 200, true},
                        {"quad, 2 threads", true, 200, false, false, false, 2},
                        {"video stands, 200 words in motion", true, 200, true, true},
                        {"video stands, 200 words at rest", true, 200, false, true},
                        {"3000 words at rest", true, 3000}};
    fmt::print("{:36} {:>12} {:>12} {:>12}\n", "", "CPU ms/face", "wall ms/face", "Mpixel/face");
    for (const auto& job : jobs) {
        auto created = CpuPainter::create({job.threads});
        if (!created) {
            fmt::print(stderr, "{}\n", created.error().message);
            return 1;
        }
        CpuPainter& painter = **created;
        const auto wall = make_wall(job.words, job.moving);
        double cpu = 0;
        MonotonicTime began;
        CpuPainterCounters counted;
        for (int n = -4; n < frames; ++n) {
            if (n == 0) {
                cpu = cpu_seconds();
                began = monotonic_now();
                counted = painter.counters();
            }
            FramePlan plan;
            plan.now = ShowTime{std::chrono::seconds(600) + n * std::chrono::milliseconds(33)};
            for (std::size_t face = 0; face < 4; ++face) {
                const auto shown = static_cast<std::size_t>(job.still ? 0 : n + 4) % stored;
                Picture picture{full_hd, {}, {}};
                picture.items.emplace_back(VideoItem{feed[face][shown], {0, 0, 1, 1}, {0, 0, 1920, 1080}});
                if (job.pip)
                    picture.items.emplace_back(
                        VideoItem{feed[(face + 1) % 4][shown], {0, 0, 1, 1}, {1296, 48, 576, 324}});
                if (job.words > 0)
                    picture.items.emplace_back(
                        TextBatch{wall, plan.now, {}, 1, wall->front().start + wall->front().length});
                plan.pictures.push_back(std::move(picture));
                plan.faces.push_back({FaceName{fmt::format("face{}", face)}, face});
            }
            if (const auto done = painter.paint(plan); !done) fmt::print(stderr, "{}\n", done.error().message);
        }
        const double faces = frames * 4.0;
        const double wall_ms = static_cast<double>((monotonic_now() - began).count()) * 1e-6;
        fmt::print("{:36} {:12.2f} {:12.2f} {:12.2f}\n", job.name, (cpu_seconds() - cpu) * 1e3 / faces, wall_ms / faces,
                   static_cast<double>(painter.counters().pixels_painted - counted.pixels_painted) / faces * 1e-6);
        if (argc > 1 && job.words == 200) {  // a folder for a look at each picture
            std::string name = job.name;
            for (auto& c : name)
                if (c == ' ' || c == '+' || c == ',') c = '_';
            std::ofstream out(fmt::format("{}/{}.ppm", argv[1], name), std::ios::binary);
            const auto view = painter.pixels(0);
            out << fmt::format("P6\n{} {}\n255\n", view.size.width, view.size.height);
            for (int y = 0; y < view.size.height; ++y)
                for (int x = 0; x < view.size.width; ++x)
                    for (int c = 2; c >= 0; --c) out.put(static_cast<char>(view.data[y * view.stride + x * 4 + c]));
        }
    }
    return 0;
}
