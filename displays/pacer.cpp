#include "displays/pacer.hpp"

#include <algorithm>
#include <cassert>
#include <cerrno>
#include <ctime>
#include <utility>
#include <vector>

namespace tribune {
namespace {
// Products of nanoseconds and rates leave 64 bits within hours.
__extension__ using Wide = __int128;
constexpr std::int64_t second = 1'000'000'000;
}  // namespace

Pacer::Pacer(std::int64_t numerator, std::int64_t denominator, MonotonicTime start)
    : numerator_(numerator), denominator_(denominator), start_(start), last_shown_(start) {
    assert(numerator > 0 && denominator > 0);
}

MonotonicTime Pacer::deadline(std::uint64_t index) const {
    return start_ + Nanoseconds{static_cast<std::int64_t>(Wide{index} * denominator_ * second / numerator_)};
}

std::uint64_t Pacer::index_at(MonotonicTime now) const {
    if (now <= start_) return 0;
    auto index = static_cast<std::uint64_t>(Wide{(now - start_).count()} * numerator_ / (Wide{denominator_} * second));
    while (deadline(index + 1) <= now) ++index;  // deadlines are rounded down
    return index;
}

Pacer::Beat Pacer::next(MonotonicTime now) {
    const auto index = std::max(next_, index_at(now));
    const Beat beat{index, deadline(index), index - next_};
    counters_.dropped += beat.skipped;
    next_ = index + 1;
    return beat;
}

void Pacer::shown(const Beat& beat, MonotonicTime now) {
    if (counters_.shown > 0) counters_.longest_gap = std::max(counters_.longest_gap, now - last_shown_);
    last_shown_ = now;
    ++counters_.shown;
    if (now >= deadline(beat.index + 1)) ++counters_.late;
}

Nanoseconds Pacer::take_longest_gap() { return std::exchange(counters_.longest_gap, Nanoseconds{0}); }

void wait_until(MonotonicTime time) {
    const auto ns = time.since_boot.count();
    const timespec at{static_cast<std::time_t>(ns / second), static_cast<long>(ns % second)};
    while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &at, nullptr) == EINTR) {
    }
}

void RefreshMeter::add(MonotonicTime swapped) {
    if (started_) intervals_[count_++ % intervals_.size()] = (swapped - last_).count();
    started_ = true;
    last_ = swapped;
}

double RefreshMeter::hertz() const {
    const auto known = std::min(count_, intervals_.size());
    if (known < 16) return 0;
    std::vector<std::int64_t> sorted(intervals_.begin(), intervals_.begin() + static_cast<std::ptrdiff_t>(known));
    std::nth_element(sorted.begin(), sorted.begin() + static_cast<std::ptrdiff_t>(known / 2), sorted.end());
    const auto median = sorted[known / 2];
    return median > 0 ? static_cast<double>(second) / static_cast<double>(median) : 0;
}

}  // namespace tribune
