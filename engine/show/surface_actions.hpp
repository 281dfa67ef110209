// What a control of a controller can do, one row an action: to the show, and how lamps and faders show it. Pure.
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "base/time.hpp"
#include "show/command.hpp"
#include "show/surface.hpp"

namespace tribune {

enum class Gesture : std::uint8_t { press = 1, level };  // once, or a place from 0 to 1
enum class Lamp : std::uint8_t { off, preview, on };

struct ControlAction {
    std::string_view name;
    Gesture gesture;
    std::string_view target;  // what it is about: "", "scene", "source", "clip", "transition", "placement"…
    bool faces;               // may name faces
    std::string_view help;
    std::optional<Command> (*press)(const ShowState& state, const Binding& binding);               // null for levels
    std::optional<Command> (*move)(const ShowState& state, const Binding& binding, double place);  // null for presses
    std::optional<double> (*place)(const ShowState& state, const Binding& binding);                // likewise
    Lamp (*lamp)(const ShowState& state, ShowTime now, const Binding& binding);                    // null: none
};
std::span<const ControlAction> control_actions();
const ControlAction* find_control_action(std::string_view name);

// What is to be done; null: nothing, as when there is no third source.
std::optional<Command> pressed(const ShowState& state, const Binding& binding);
std::optional<Command> moved(const ShowState& state, const Binding& binding, double place);
// Where things stand, 0 to 1; null: nowhere.
std::optional<double> place_of(const ShowState& state, const Binding& binding);
Lamp lamp_of(const ShowState& state, ShowTime now, const Binding& binding);

// The law of a gain fader: 0 silent, 0.75 0 dB, 1 +10 dB.
double gain_at(double place);
double place_of_gain(double gain_db);

}  // namespace tribune
