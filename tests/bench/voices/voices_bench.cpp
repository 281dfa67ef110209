// Thirty facilitators consolidate the same 3,000 contributions at once, on the real program; then all they did is taken
// back, and tables are told of what is held. Commands, snapshots and changes go over real WebSockets.
#include <cstdio>
#include <exception>

#include "bench/show/figures.hpp"
#include "support/real_show/consolidating.hpp"

namespace tribune::bench {
namespace {

constexpr std::size_t facilitators = 30;
constexpr std::size_t contributions = 3000;
constexpr std::size_t steps = 100;
constexpr std::size_t holds = 200;

void measure() {
    test::RealShow show(test::shared_show("[[source]]\nname = \"still\"\nurl = \"lavfi:color=c=navy:s=64x36:r=5\"\n"));
    const auto done = test::consolidate(show, facilitators, contributions, steps, holds);
    const auto number = [](std::size_t n) { return static_cast<double>(n); };
    const std::string who = "30 facilitators, 3,000 contributions";
    figure(who + ": steps a second, all together", number(done.result_ms.size()) / done.seconds, "steps/s");
    figure(who + ": step sent to result, p50", percentile(done.result_ms, 0.5), "ms");
    figure(who + ": step sent to result, p99", percentile(done.result_ms, 0.99), "ms");
    figure(who + ": steps taken", number(done.accepted), "steps");
    figure(who + ": steps refused with a reason, made void by others", number(done.refused), "steps");
    figure(who + ": steps unanswered", number(done.unanswered), "steps", 0);
    figure(who + ": desks that show another state in the end", done.same ? 0 : 1, "desks", 0);
    figure(who + ": until the last desk was known to show it (400 ms of silence included)", done.same_after_ms, "ms");
    figure(who + ": steps that could not be taken back", number(done.deeds - done.undone), "steps", 0);
    figure(who + ": contributions stand as at first, all taken back", done.as_before ? 1 : 0, "", 1, Better::more);
    figure("a hold, until its table is told with the reason, p50 of 200", percentile(done.held_ms, 0.5), "ms");
    figure("a hold, until its table is told with the reason, p99 of 200", percentile(done.held_ms, 0.99), "ms", 1000);
    figure("a hold, its table not told", number(done.held_untold), "holds", 0);
}

}  // namespace
}  // namespace tribune::bench

int main() {
    try {
        tribune::bench::measure();
        return 0;
    } catch (const std::exception& failed) {
        std::fprintf(stderr, "bench_voices: %s\n", failed.what());
        return 1;
    }
}
