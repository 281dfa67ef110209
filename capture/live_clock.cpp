#include "capture/live_clock.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

namespace tribune {
namespace {

using namespace std::chrono_literals;

constexpr Nanoseconds remembered = 15s;
constexpr std::size_t most_remembered = 2000;
constexpr std::size_t typical_of = 51;  // pictures, for the middle one of their lags
constexpr Nanoseconds other_time = 2s;  // a lag this far off: the stream counts its time anew
constexpr Nanoseconds torn = 15ms;      // sound this much too late is not waited for to be caught up
constexpr Nanoseconds far = 100ms;
constexpr double slow = 0.002;  // seconds a second: what the mixer's speed follows

}  // namespace

void LiveClock::picture(Nanoseconds stamp, MonotonicTime arrived) {
    add(pictures_, stamp, arrived);
    move(arrived);
}

void LiveClock::sound(Nanoseconds stamp, MonotonicTime arrived) {
    add(sounds_, stamp, arrived);
    if (!pictures_.empty()) move(arrived);
}

void LiveClock::add(std::deque<Lag>& lags, Nanoseconds stamp, MonotonicTime arrived) {
    const Nanoseconds lag = arrived.since_boot - stamp;
    if (!lags.empty() && std::chrono::abs(lag - lags.back().lag) > other_time) {
        pictures_.clear();
        sounds_.clear();
    }
    lags.push_back({arrived, lag});
    while (lags.size() > most_remembered || arrived - lags.front().at > remembered) lags.pop_front();
}

void LiveClock::move(MonotonicTime now) {
    if (pictures_.empty()) return;
    const auto count = static_cast<std::ptrdiff_t>(std::min(typical_of, pictures_.size()));
    std::vector<Nanoseconds> recent;
    std::transform(pictures_.end() - count, pictures_.end(), std::back_inserter(recent),
                   [](const Lag& l) { return l.lag; });
    std::nth_element(recent.begin(), recent.begin() + count / 2, recent.end());
    const Nanoseconds typical = recent[static_cast<std::size_t>(count / 2)];

    Nanoseconds wanted = typical;
    while (!sounds_.empty() && now - sounds_.front().at > remembered) sounds_.pop_front();
    if (!sounds_.empty()) {
        const auto worst =
            std::max_element(sounds_.begin(), sounds_.end(), [](const Lag& a, const Lag& b) { return a.lag < b.lag; });
        wanted = std::clamp(worst->lag + sound_lead, typical, typical + longest_wait);
    }

    const Nanoseconds passed = std::max(now - moved_, Nanoseconds{0});
    const Nanoseconds most{static_cast<std::int64_t>(static_cast<double>(passed.count()) * slow)};
    moved_ = std::max(moved_, now);
    if (!offset_ || wanted > *offset_ + torn || wanted < *offset_ - far) {
        offset_ = wanted;
    } else {
        *offset_ += std::clamp(wanted - *offset_, -most, most);
    }
}

}  // namespace tribune
