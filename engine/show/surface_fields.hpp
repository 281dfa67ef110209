// The fields of what belongs to operators and controllers; a part of show/fields.hpp.
#pragma once

#include "show/fields.hpp"

namespace tribune {

inline constexpr EnumRow<ControlKind> control_kinds[] = {{ControlKind::note, "note"},
                                                         {ControlKind::cc, "cc"},
                                                         {ControlKind::cc14, "cc14"},
                                                         {ControlKind::bend, "bend"},
                                                         {ControlKind::program, "program"}};
inline constexpr EnumRow<ControlMode> control_modes[] = {{ControlMode::button, "button"},
                                                         {ControlMode::fader, "fader"},
                                                         {ControlMode::encoder, "encoder"},
                                                         {ControlMode::encoder_sign, "encoder_sign"},
                                                         {ControlMode::encoder_offset, "encoder_offset"}};
constexpr std::span<const EnumRow<ControlKind>> names_of(ControlKind) { return control_kinds; }
constexpr std::span<const EnumRow<ControlMode>> names_of(ControlMode) { return control_modes; }

template <class V, Is<OperatorSetup> T>
void fields(V& v, T& e) {
    v("name", e.name, "Name in the journal and on the desks.");
    v("role", e.role, "Whose rights they have, or null.", optional_field);
    v("may", e.may, "Rights beside those.", optional_field);
    v("may_not", e.may_not, "Rights taken away.", optional_field);
    v("faces", e.faces, "Faces that they may touch; none: all.", optional_field);
}
template <class V, Is<SurfaceSetup> T>
void fields(V& v, T& e) {
    v("name", e.name, "Its name in bindings.");
    v("device", e.device, "The name it gives itself, or a path.");
    v("operator", e.operator_name, "Whose hand it is; empty: a producer's.", optional_field);
    v("feedback", e.feedback, "Its lamps are lit.", optional_field);
    v("motors", e.motors, "Its faders move by themselves.", optional_field);
    v("lamp_on", e.lamp_on, "Value of a lamp: on air.", optional_field);
    v("lamp_preview", e.lamp_preview, "Value of a lamp: next.", optional_field);
}
template <class V, Is<Control> T>
void fields(V& v, T& e) {
    v("surface", e.surface, "The controller.");
    v("kind", e.kind, "note, cc, cc14, bend, program.");
    v("channel", e.channel, "1 to 16.");
    v("number", e.number, "0 to 127.");
}
template <class V, Is<Binding> T>
void fields(V& v, T& e) {
    v("control", e.control, "The control.");
    v("mode", e.mode, "button, fader, encoder, encoder_sign, encoder_offset.");
    v("action", e.action, "What it does (docs/show-file.md).");
    v("target", e.target, "What the action is about.", optional_field);
    v("faces", e.faces, "Where the action takes faces; none: program, or all.", optional_field);
}
template <class V, Is<SurfaceBook> T>
void fields(V& v, T& e) {
    v("bindings", e.bindings, "What each control does.");
}
template <class V, Is<BindControl> T>
void fields(V& v, T& e) {
    v("binding", e.binding, "The control and what it does.");
}
template <class V, Is<UnbindControl> T>
void fields(V& v, T& e) {
    v("control", e.control, "The control.");
}
template <class V, Is<SurfaceHealth> T>
void fields(V& v, T& e) {
    v("name", e.name, "The controller or port.");
    v("kind", e.kind, "midi or port.");
    v("state", e.state, "ok, lost or failed.");
    v("detail", e.detail, "Device or address, or the reason.");
    v("messages", e.messages, "Received.");
    v("malformed", e.malformed, "Not understood.");
    v("dropped", e.dropped, "Came too fast.");
}
template <class V, Is<SurfaceFault> T>
void fields(V& v, T& e) {
    v("from", e.from, "Where it came from.");
    v("code", e.code, "Of the fault.");
    v("message", e.message, "What was wrong and what to do.");
    v("count", e.count, "How often.");
    v("unix_ms", e.unix_ms, "When last, a label.");
}

}  // namespace tribune
