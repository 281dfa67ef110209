#include "base/stages.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <string>
#include <thread>
#include <vector>

namespace tribune {
namespace {

using std::chrono::microseconds;
using std::chrono::milliseconds;

StageTimes times_of(WorkStage stage) {
    for (const auto& times : stage_times()) {
        if (times.stage == stage) return times;
    }
    return {};
}

TEST_CASE("every stage has a name of its own, by which it is found") {
    for (std::size_t i = 0; i < static_cast<std::size_t>(WorkStage::none); ++i) {
        const auto stage = static_cast<WorkStage>(i);
        CAPTURE(name(stage));
        CHECK(stage_named(name(stage)) == stage);
    }
    CHECK_FALSE(stage_named("dancing"));
}

TEST_CASE("a time is counted in the bucket whose bounds enclose it, none wider than a quarter") {
    Nanoseconds below{0};
    for (std::size_t i = 0; i < StageTimes::buckets; ++i) {
        const auto upper = StageTimes::upper(i);
        CAPTURE(i, upper.count());
        CHECK(upper > below);
        CHECK(StageTimes::bucket(below) == i);
        CHECK(StageTimes::bucket(upper - Nanoseconds{1}) == i);
        if (i > 0) CHECK(upper.count() <= below.count() * 5 / 4);
        below = upper;
    }
    CHECK(StageTimes::bucket(Nanoseconds{-1}) == 0);
    CHECK(StageTimes::bucket(std::chrono::hours(10)) == StageTimes::buckets - 1);
}

TEST_CASE("percentiles are right within an eighth") {
    StageTimes times;
    for (int i = 1; i <= 1000; ++i) ++times.counts.at(StageTimes::bucket(microseconds(i * 10)));
    CHECK(times.count() == 1000);
    for (const double share : {0.01, 0.5, 0.9, 0.99, 1.0}) {
        CAPTURE(share);
        CHECK(static_cast<double>(times.percentile(share).count()) == Approx(share * 1e7).epsilon(0.125));
    }
    CHECK(StageTimes{}.percentile(0.5) == Nanoseconds{0});
}

TEST_CASE("threads that measure at once lose nothing") {
    const auto before = times_of(WorkStage::layout);
    constexpr int each = 5000;
    {
        std::vector<std::jthread> threads;
        for (int t = 0; t < 4; ++t) {
            threads.emplace_back([] {
                for (int i = 0; i < each; ++i) const StageSpan span(WorkStage::layout);
            });
        }
    }
    const auto after = times_of(WorkStage::layout);
    CHECK(after.count() - before.count() == 4 * each);
    CHECK(after.sum >= before.sum);
}

TEST_CASE("what did nothing is not counted") {
    const auto before = times_of(WorkStage::read);
    {
        StageSpan span(WorkStage::read);
        span.forget();
    }
    CHECK(times_of(WorkStage::read) == before);
}

}  // namespace
}  // namespace tribune
