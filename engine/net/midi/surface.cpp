#include "net/midi/surface.hpp"

#include <algorithm>
#include <cmath>

#include "show/surface_actions.hpp"

namespace tribune::net::midi {
namespace {

constexpr int pair_distance = 32;
constexpr int half = 64;
constexpr double most_7 = 127;
constexpr double most_14 = 16383;
constexpr double near = 0.02;                                       // so close to where things stand, a hand takes over
constexpr double bar_end = 0.005;                                   // of a T-bar's way: its ends need not be exact
constexpr double step = 0.01;                                       // of an encoder
constexpr Nanoseconds hand_leads = std::chrono::milliseconds(500);  // after it moved
constexpr std::string_view t_bar = "t_bar";

int steps_of(ControlMode mode, int value) {
    if (mode == ControlMode::encoder) return value < half ? value : value - 128;
    if (mode == ControlMode::encoder_sign) return value < half ? value : half - value;
    return value - half;
}

// What a control that stands at `place` sends, and takes when it has motors.
int value_at(ControlKind kind, double place) {
    const bool fine = kind == ControlKind::bend || kind == ControlKind::cc14;
    return static_cast<int>(std::lround(place * (fine ? most_14 : most_7)));
}

}  // namespace

const Binding* Surface::find(const ShowState& state, ControlKind kind, const Event& event, int number) const {
    return state.surfaces->binding({name_, kind, event.channel, number});
}

std::optional<Command> Surface::hear(const Event& event, const ShowState& state, MonotonicTime now) {
    if (const Binding* b = find(state, event.kind, event, event.number)) {
        switch (b->mode) {
            case ControlMode::button: return press(*b, event, state);
            case ControlMode::fader:
                move(*b, event.value / (event.kind == ControlKind::bend ? most_14 : most_7), state, now);
                return std::nullopt;
            default: turn(*b, steps_of(b->mode, event.value), state, now); return std::nullopt;
        }
    }
    if (event.kind != ControlKind::cc) return std::nullopt;
    if (const Binding* b = find(state, ControlKind::cc14, event, event.number)) {
        held_[b->control].coarse = event.value;
    } else if (const Binding* fine = find(state, ControlKind::cc14, event, event.number - pair_distance)) {
        move(*fine, (held_[fine->control].coarse * 128 + event.value) / most_14, state, now);
    }
    return std::nullopt;
}

// A note counts when it is struck; a control change when it comes over the middle; a program each time.
std::optional<Command> Surface::press(const Binding& binding, const Event& event, const ShowState& state) {
    Held& held = held_[binding.control];
    const int before = std::exchange(held.last, event.value);
    if (event.kind == ControlKind::note && event.value == 0) return std::nullopt;
    if (event.kind == ControlKind::cc && (event.value < half || before >= half)) return std::nullopt;
    return pressed(state, binding);
}

// Nothing jumps: a hand that is elsewhere leads only from where it comes past on. One that has led, and after which
// somebody else has moved things, waits again.
std::optional<double> Surface::picked_up(Held& held, double hand, double stands, MonotonicTime now) const {
    const bool recent = held.moved && now - *held.moved < hand_leads;
    if (held.taken && !recent && held.given && std::abs(*held.given - stands) > near) held.taken = false;
    if (!held.taken) {
        const bool passed = held.hand && (*held.hand - stands) * (hand - stands) <= 0;
        held.taken = passed || std::abs(hand - stands) <= near;
    }
    return held.taken ? std::optional(hand) : std::nullopt;
}

// Either end is a beginning: what was taken by moving up, the next one takes by moving down. A bar that somebody let go
// of in the middle, by a take or a cut, leads again from an end on.
std::optional<double> Surface::bar(Held& held, double hand, double stands, MonotonicTime now) const {
    const bool recent = held.moved && now - *held.moved < hand_leads;
    if (held.taken && !recent && held.given && std::abs(*held.given - stands) > near) held.taken = false;
    if (!held.taken) {
        if (hand <= near) {
            held.taken = true;
            held.from_top = false;
        } else if (hand >= 1 - near) {
            held.taken = true;
            held.from_top = true;
        }
    }
    if (!held.taken) return std::nullopt;
    const double place = held.from_top ? 1 - hand : hand;
    if (place >= 1 - bar_end) {
        held.from_top = !held.from_top;
        held.given = 0;
        return 1;
    }
    return place <= bar_end ? 0 : place;
}

void Surface::move(const Binding& binding, double hand, const ShowState& state, MonotonicTime now) {
    const auto stands = place_of(state, binding);
    if (!stands) return;
    Held& held = held_[binding.control];
    const bool is_bar = binding.action == t_bar;
    const auto before = held.given;
    auto place = is_bar ? bar(held, hand, *stands, now) : picked_up(held, hand, *stands, now);
    held.hand = hand;
    if (!place) return;
    held.moved = now;
    // A bar that rests where it is asks for nothing.
    if (is_bar && *place == 0 && before.value_or(0) == 0 && *stands == 0) {
        held.given = 0;
        return;
    }
    if (!is_bar || *place < 1) held.given = *place;
    // The end of a take is not overtaken by the start of the next.
    double& waits = waiting_[binding.control];
    if (!(is_bar && waits == 1)) waits = *place;
}

void Surface::turn(const Binding& binding, int steps, const ShowState& state, MonotonicTime now) {
    const auto stands = place_of(state, binding);
    if (!stands || steps == 0) return;
    Held& held = held_[binding.control];
    const auto waits = waiting_.find(binding.control);
    const bool recent = held.moved && now - *held.moved < hand_leads;
    const double from = waits != waiting_.end() ? waits->second : recent && held.given ? *held.given : *stands;
    const double place = std::clamp(from + steps * step, 0.0, 1.0);
    held.given = place;
    held.moved = now;
    waiting_[binding.control] = place;
}

std::vector<Command> Surface::moves(const ShowState& state, MonotonicTime) {
    std::vector<Command> commands;
    for (const auto& [control, place] : std::exchange(waiting_, {})) {
        const Binding* binding = state.surfaces->binding(control);
        if (binding == nullptr) continue;
        if (auto command = moved(state, *binding, place)) commands.push_back(*std::move(command));
    }
    return commands;
}

std::vector<Event> Surface::feedback(const ShowState& state, ShowTime show_now, const SurfaceSetup& setup,
                                     MonotonicTime now, std::size_t most) {
    std::vector<Event> events;
    for (const auto& binding : state.surfaces->bindings) {
        const Control& c = binding.control;
        if (c.surface != name_ || c.kind == ControlKind::program) continue;
        int value = 0;
        if (binding.mode == ControlMode::button) {
            const Lamp lamp = lamp_of(state, show_now, binding);
            value = lamp == Lamp::on ? setup.lamp_on : lamp == Lamp::preview ? setup.lamp_preview : 0;
        } else {
            if (!setup.motors || binding.mode != ControlMode::fader || binding.action == t_bar) continue;
            const auto held = held_.find(c);
            if (held != held_.end() && held->second.moved && now - *held->second.moved < hand_leads) continue;
            value = value_at(c.kind, place_of(state, binding).value_or(0));
        }
        const auto told = told_.find(c);
        if (told != told_.end() && told->second == value) continue;
        if (events.size() == most) return events;
        told_[c] = value;
        events.push_back({c.kind, c.channel, c.number, value});
    }
    return events;
}

}  // namespace tribune::net::midi
