#include "bench/show/rig.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

namespace tribune::bench {

using namespace tribune::test;

double ms(Nanoseconds time) { return std::chrono::duration<double, std::milli>(time).count(); }

std::string four_cameras(const std::string& size) {
    std::string out;
    for (int i = 1; i <= 4; ++i) {
        out += fmt::format("[[source]]\nname = \"cam{0}\"\nurl = \"lavfi:testsrc2=s={1}:r={2},hue=h={3}\"\n", i, size,
                           frames_per_second, i * 80);
    }
    return out;
}

bool live(const RealShow& show, const std::string& source) {
    const auto metrics = fetch(*parse_url(show.url()), "/metrics", show.key("technician"));
    return metrics && metrics->find("tribune_source_live{source=\"" + source + "\"} 1") != std::string::npos;
}

bool all_live(const RealShow& show) {
    return eventually(
        [&] { return live(show, "cam1") && live(show, "cam2") && live(show, "cam3") && live(show, "cam4"); });
}

Json hello(const RealShow& show, const std::string& key) {
    return {{"type", "hello"}, {"proto", 1}, {"key", show.key(key)}, {"device", "bench-" + key}};
}

std::map<std::string, std::unique_ptr<FaceReader>> read_faces(const RealShow& show) {
    std::map<std::string, std::unique_ptr<FaceReader>> faces;
    for (const char* face : {"north", "east", "south", "west"}) faces[face] = std::make_unique<FaceReader>(show, face);
    const auto all = [&] {
        return std::all_of(faces.begin(), faces.end(), [](const auto& f) { return f.second->count() > 0; });
    };
    if (!eventually(all)) throw std::runtime_error("a face has no picture");
    return faces;
}

void let_run(Nanoseconds time) {
    (void)eventually([] { return false; }, time);
}

}  // namespace tribune::bench
