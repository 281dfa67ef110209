#include "base/stages.hpp"

#include <algorithm>
#include <atomic>
#include <bit>

#include "base/trace.hpp"

namespace tribune {
namespace {

constexpr std::size_t stage_count = static_cast<std::size_t>(WorkStage::none);
constexpr std::array<const char*, stage_count> names{"frame",  "sources", "plan",    "paint",   "present", "pictures",
                                                     "layout", "read",    "decode",  "publish", "batch",   "apply",
                                                     "commit", "fan out", "receive", "submit",  "ack",     "broadcast"};
constexpr unsigned first_octave = 10;  // 2^10 ns

struct Histogram {
    std::array<std::atomic<std::uint64_t>, StageTimes::buckets> counts{};
    std::atomic<std::int64_t> sum{0};
};

std::array<Histogram, stage_count>& histograms() {
    static std::array<Histogram, stage_count> all{};
    return all;
}

}  // namespace

const char* name(WorkStage stage) { return names.at(static_cast<std::size_t>(stage)); }

std::optional<WorkStage> stage_named(std::string_view name) {
    const auto* at = std::find(names.begin(), names.end(), name);
    if (at == names.end()) return std::nullopt;
    return static_cast<WorkStage>(at - names.begin());
}

std::size_t StageTimes::bucket(Nanoseconds time) {
    const auto t = static_cast<std::uint64_t>(std::max<std::int64_t>(time.count(), 0));
    const auto octave = static_cast<unsigned>(std::bit_width(t)) - 1U;
    if (t >> first_octave == 0) return 0;
    return std::min<std::size_t>(1 + (octave - first_octave) * 4 + ((t >> (octave - 2)) & 3U), buckets - 1);
}

Nanoseconds StageTimes::upper(std::size_t bucket) {
    if (bucket == 0) return Nanoseconds{std::int64_t{1} << first_octave};
    const auto quarter = static_cast<std::int64_t>((bucket - 1) % 4 + 5);
    return Nanoseconds{quarter << (first_octave + (bucket - 1) / 4 - 2)};
}

std::uint64_t StageTimes::count() const {
    std::uint64_t sum_of_all = 0;
    for (const auto c : counts) sum_of_all += c;
    return sum_of_all;
}

Nanoseconds StageTimes::percentile(double share) const {
    const double rank = share * static_cast<double>(count());
    double below = 0;
    for (std::size_t i = 0; i < buckets; ++i) {
        const auto here = static_cast<double>(counts.at(i));
        if (here > 0 && below + here >= rank) {
            const Nanoseconds least = i == 0 ? Nanoseconds{0} : upper(i - 1);
            const double part = std::clamp((rank - below) / here, 0.0, 1.0);
            return least +
                   Nanoseconds(static_cast<std::int64_t>(part * static_cast<double>((upper(i) - least).count())));
        }
        below += here;
    }
    return Nanoseconds{0};
}

std::vector<StageTimes> stage_times() {
    std::vector<StageTimes> out;
    for (std::size_t s = 0; s < stage_count; ++s) {
        const Histogram& histogram = histograms().at(s);
        StageTimes times;
        times.stage = static_cast<WorkStage>(s);
        times.sum = Nanoseconds{histogram.sum.load(std::memory_order_relaxed)};
        for (std::size_t i = 0; i < StageTimes::buckets; ++i)
            times.counts.at(i) = histogram.counts.at(i).load(std::memory_order_relaxed);
        if (times.count() > 0) out.push_back(times);
    }
    return out;
}

StageSpan::~StageSpan() {
    if (stage_ == WorkStage::none) return;
    const auto ended = monotonic_now();
    const auto took = ended - begun_;
    Histogram& histogram = histograms()[static_cast<std::size_t>(stage_)];
    histogram.counts[StageTimes::bucket(took)].fetch_add(1, std::memory_order_relaxed);
    histogram.sum.fetch_add(took.count(), std::memory_order_relaxed);
    trace::span(name(stage_), begun_, ended, number_);
}

}  // namespace tribune
