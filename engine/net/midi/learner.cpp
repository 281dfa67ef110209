#include "net/midi/learner.hpp"

#include <algorithm>

namespace tribune::net::midi {
namespace {

constexpr Nanoseconds moment = std::chrono::milliseconds(400);
constexpr std::size_t most_values = 64;
constexpr int pair_distance = 32;  // between the two control changes of one fine fader
constexpr int fastest = 8;         // that an encoder counts in one message

bool all(const std::vector<int>& values, bool (*test)(int)) { return std::all_of(values.begin(), values.end(), test); }
bool any(const std::vector<int>& values, bool (*test)(int)) { return std::any_of(values.begin(), values.end(), test); }

// The values of one way up and one down, each as encoders count; a fader touched for so short a moment as to look like
// one is set right at the desk.
ControlMode mode_of(const std::vector<int>& values) {
    if (all(values, [](int v) { return v == 0 || v == 127; })) {
        const bool alternates = std::adjacent_find(values.begin(), values.end()) == values.end();
        if (alternates) return ControlMode::button;
    }
    const auto up = [](int v) { return v >= 1 && v <= fastest; };
    if (all(values, [](int v) { return (v >= 1 && v <= fastest) || v >= 128 - fastest; })) return ControlMode::encoder;
    if (all(values, [](int v) { return (v >= 1 && v <= fastest) || (v >= 65 && v <= 64 + fastest); }) &&
        any(values, +up))
        return ControlMode::encoder_sign;
    if (all(values, [](int v) { return v != 64 && v >= 64 - fastest && v <= 64 + fastest; }) &&
        std::adjacent_find(values.begin(), values.end()) != values.end())
        return ControlMode::encoder_offset;
    return ControlMode::fader;
}

}  // namespace

void Learner::hear(const SurfaceName& surface, const Event& event, MonotonicTime now) {
    const Control control{surface, event.kind, event.channel, event.number};
    if (!since_) {
        if (event.value == 0 && event.kind == ControlKind::note) return;  // let go: pressed before
        control_ = control;
        since_ = now;
    }
    Control other = control_;
    other.number += pair_distance;
    if (event.kind == ControlKind::cc && control == other && control_.number < pair_distance) fine_ = true;
    if (control == control_ && values_.size() < most_values) values_.push_back(event.value);
}

std::optional<MonotonicTime> Learner::due() const { return since_ ? std::optional(*since_ + moment) : std::nullopt; }

std::optional<Touch> Learner::learned(MonotonicTime now) const {
    if (!since_) return std::nullopt;
    if (control_.kind == ControlKind::bend) return Touch{control_, ControlMode::fader};
    if (control_.kind != ControlKind::cc) return Touch{control_, ControlMode::button};
    if (now - *since_ < moment) return std::nullopt;
    if (!fine_) return Touch{control_, mode_of(values_)};
    Control pair = control_;
    pair.kind = ControlKind::cc14;
    return Touch{pair, ControlMode::fader};
}

}  // namespace tribune::net::midi
