// Figures of the whole program, as JSON lines. Arguments: which measures; none means all.
#include <algorithm>
#include <array>
#include <cstdio>
#include <exception>
#include <string_view>
#include <vector>

#include "bench/show/figures.hpp"
#include "bench/show/measures.hpp"
#include "support/real_show/same_frame.hpp"

namespace tribune::bench {

void cuts() {
    const auto seen = test::compare_faces_over_cuts(1000);
    figure("1,000 cuts: faces of another source on the same frame number", static_cast<double>(seen.mismatches),
           "faces", 0);
    figure("1,000 cuts: frames compared", static_cast<double>(seen.compared), "frames");
    figure("1,000 cuts: changes of picture seen", static_cast<double>(seen.changes), "changes");
}

}  // namespace tribune::bench

int main(int count, char** words) {
    using namespace tribune::bench;
    struct Measure {
        std::string_view name;
        void (*run)();
    };
    constexpr std::array<Measure, 10> measures{{
        {"start", start},
        {"pixels", pixels},
        {"cuts", cuts},
        {"arrivals", arrivals},
        {"commands", commands},
        {"surfaces", three_surfaces},
        {"dying", dying_sources},
        {"processes", killed_processes},
        {"engine", killed_engine},
        {"throughput", throughput},
    }};
    const std::vector<std::string_view> wanted(words + 1, words + count);
    int failed = 0;
    for (const auto& measure : measures) {
        if (!wanted.empty() && std::find(wanted.begin(), wanted.end(), measure.name) == wanted.end()) continue;
        try {
            measure.run();
        } catch (const std::exception& e) {
            std::fprintf(stderr, "bench_show %s: %s\n", measure.name.data(), e.what());
            ++failed;
        }
    }
    return failed;
}
