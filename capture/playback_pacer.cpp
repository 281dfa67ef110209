#include "capture/playback_pacer.hpp"

namespace tribune {
namespace {

using namespace std::chrono_literals;

constexpr Nanoseconds most_ahead = 10s;  // a longer wait is a broken time stamp
constexpr Nanoseconds most_late = 1s;
constexpr Nanoseconds late = 50ms;
constexpr Nanoseconds longest_gap = 100ms;

}  // namespace

MonotonicTime PlaybackPacer::due(Nanoseconds presentation, MonotonicTime now) {
    if (offset_) {
        const MonotonicTime due{presentation + *offset_};
        if (due - now < most_ahead && now - due < most_late) return due;
    }
    offset_ = now.since_boot - presentation;
    return now;
}

bool PlaybackPacer::skip(MonotonicTime due, MonotonicTime now, MonotonicTime last_shown) const {
    return now - due > late && now - last_shown < longest_gap;
}

}  // namespace tribune
