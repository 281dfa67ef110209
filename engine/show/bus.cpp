#include "show/bus.hpp"

#include <algorithm>

namespace tribune {
namespace {

double passed(ShowTime start, Nanoseconds length, ShowTime now) {
    if (length <= Nanoseconds{0}) return 1;
    const auto since = static_cast<double>((now - start).count());
    return std::clamp(since / static_cast<double>(length.count()), 0.0, 1.0);
}

}  // namespace

double Mix::progress(ShowTime now) const { return bar ? *bar : passed(start, length, now); }

const Mix* Bus::running(ShowTime now) const { return mix && mix->progress(now) < 1 ? &*mix : nullptr; }

double Fade::darkness(ShowTime now) const {
    const double done = passed(start, length, now);
    return down ? done : 1 - done;
}

}  // namespace tribune
