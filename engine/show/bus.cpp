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

double Mix::progress(ShowTime now) const { return bar ? *bar : passed(start, how.length, now); }

const Mix* Bus::running(ShowTime now) const { return mix && mix->progress(now) < 1 ? &*mix : nullptr; }

double Fade::level(ShowTime now) const {
    const double done = passed(start, length, now);
    return on ? done : 1 - done;
}

Fade Fade::turned(bool to, Nanoseconds over, ShowTime now) const {
    if (on == to) return *this;
    const double gone = to ? level(now) : 1 - level(now);
    return {to, now - Nanoseconds(static_cast<std::int64_t>(gone * static_cast<double>(over.count()))), over};
}

Bus next_bus(const Bus& now, const SceneName& scene, const Transition& how, ShowTime at) {
    if (how.name == cut_transition || how.length == Nanoseconds{0}) return {scene, std::nullopt};
    return {scene, Mix{now.scene, how, at, std::nullopt}};
}

}  // namespace tribune
