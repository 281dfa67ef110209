// Controllers of hand: what each control does. Learned at the desk (in the journal, undoable), or set in the show file.
// Which bytes a control sends is net/midi's; here a control is pressed, or stands somewhere from 0 to 1. Pure.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/ids.hpp"
#include "base/result.hpp"
#include "base/time.hpp"
#include "show/operators.hpp"

namespace tribune {

struct ShowState;
struct Setup;

using SurfaceName = Name<struct SurfaceTag>;

// A MIDI controller that the show file knows. Any other that is plugged in can be used as well, by its own name.
struct SurfaceSetup {
    SurfaceName name;
    std::string device;          // the name it gives itself ("X-TOUCH*"), or a path ("/dev/snd/midiC1D0", a pipe)
    OperatorName operator_name;  // whose hand it is; empty: a producer's
    bool feedback = true;        // lamps and, with motors, faders are told how things stand
    bool motors = false;         // its faders move by themselves
    int lamp_on = 127;           // values of a lamp: on air…
    int lamp_preview = 1;        // …and next
    bool operator==(const SurfaceSetup&) const = default;
};

// What a control is on the wire.
enum class ControlKind : std::uint32_t {
    note = 1,  // a button
    cc,        // control change, 7 bits
    cc14,      // control changes n and n + 32, 14 bits
    bend,      // pitch bend: a Mackie fader, 14 bits
    program,   // program change: a foot switch
};

struct Control {
    SurfaceName surface;
    ControlKind kind = ControlKind::note;
    int channel = 1;  // 1 to 16
    int number = 0;   // 0 to 127; cc14: 0 to 31; bend: 0
    auto operator<=>(const Control&) const = default;
};

// How its values are read.
enum class ControlMode : std::uint32_t {
    button = 1,      // pressed and let go
    fader,           // stands somewhere; takes over when it comes past where things stand
    encoder,         // turns: 1… up, 127… down (two's complement)
    encoder_sign,    // 1… up, 65… down
    encoder_offset,  // 65… up, 63… down
};

struct Binding {
    Control control;
    ControlMode mode = ControlMode::button;
    std::string action;           // of control_actions()
    std::string target;           // what the action is about; "#3": the third source
    std::vector<FaceName> faces;  // where the action takes faces; none: program, or all
    bool operator==(const Binding&) const = default;
};

// A control as people read it: its controller and what it sends.
using ControlName = Name<struct ControlTag>;
ControlName name_of(const Control& control);

struct SurfaceBook {
    std::vector<Binding> bindings;  // in the order of their controls
    bool operator==(const SurfaceBook&) const = default;

    [[nodiscard]] const Binding* binding(const Control& control) const;
    [[nodiscard]] const Binding* named(const ControlName& name) const;
    // In place of what its control did before.
    void put(const Binding& binding);
};
inline constexpr std::size_t most_bindings = 1000;

// --- Commands -----------------------------------------------------------------------------------------------

// In place of what the control did before.
struct BindControl {
    Binding binding;
    bool operator==(const BindControl&) const = default;
};
struct UnbindControl {
    Control control;
    bool operator==(const UnbindControl&) const = default;
};

// Errors bad_binding, unknown_face, too_many_bindings; unknown_control.
Status bind_control(ShowState& state, const BindControl& c);
Status unbind_control(ShowState& state, const UnbindControl& c);

// Part of loading a show: what its file binds otherwise than before is bound so.
void bind_as_set_up(ShowState& state, const Setup& before);

// Error bad_binding: names what is wrong with its own values, whatever the show has.
Status check_binding(const Binding& binding);

// "note 1 60", "cc 1 7", "cc14 1 7", "bend 9", "program 1 5": kind, channel, number. Null: none of these.
std::optional<Control> parse_control(std::string_view text);
std::string to_string(const Control& control);

}  // namespace tribune
