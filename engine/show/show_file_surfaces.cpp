#include "show/show_file_surfaces.hpp"

#include "show/rights.hpp"
#include "show/surface_actions.hpp"

namespace tribune::show_file {
namespace {

constexpr int most_value = 127;

template <class T>
Key<T> faces_key(std::string_view help, std::vector<FaceName> T::*member) {
    return {"faces", "[\"east\"]", help, [=](const toml::node& node, T& out, Faults& faults) {
                const auto* list = node.as_array();
                if (list == nullptr || list->empty()) {
                    faults.add(node.source(), "faces must be a list, for example faces = [\"east\"].");
                    return;
                }
                for (const auto& item : *list) {
                    std::string text;
                    if (read_text(item, text, "faces", faults)) (out.*member).emplace_back(std::move(text));
                }
            }};
}

std::vector<std::string_view> role_words() {
    std::vector<std::string_view> words;
    for (const Role role : operator_roles()) words.push_back(to_string(role));
    return words;
}

void read_role(const toml::node& node, OperatorSetup& out, Faults& faults) {
    std::string text;
    if (!read_text(node, text, "role", faults)) return;
    for (const Role role : operator_roles())
        if (to_string(role) == text) out.role = role;
    if (!out.role)
        faults.add(node.source(), fmt::format("role cannot be \"{}\": {}", text, advice(text, role_words())));
}

void read_rights(std::vector<std::string> OperatorSetup::*member, std::string_view name, const toml::node& node,
                 OperatorSetup& out, Faults& faults) {
    const auto* list = node.as_array();
    if (list == nullptr || list->empty()) {
        faults.add(node.source(), fmt::format("{} must be a list, for example {} = [\"overlays\"].", name, name));
        return;
    }
    const auto known = right_words();
    for (const auto& item : *list) {
        std::string text;
        if (!read_text(item, text, name, faults)) continue;
        if (std::find(known.begin(), known.end(), text) == known.end())
            faults.add(item.source(), fmt::format("There is no right \"{}\": {}", text, advice(text, known)));
        (out.*member).push_back(std::move(text));
    }
}

void read_control(const toml::node& node, Binding& out, Faults& faults) {
    std::string text;
    if (!read_text(node, text, "control", faults)) return;
    const auto control = parse_control(text);
    if (!control) {
        faults.add(node.source(),
                   fmt::format("\"{}\" is no control: write \"note CHANNEL NUMBER\", \"cc …\", \"cc14 …\", "
                               "\"bend CHANNEL\" or \"program …\", for example \"note 1 60\".",
                               text));
        return;
    }
    const SurfaceName surface = out.control.surface;
    out.control = *control;
    out.control.surface = surface;
}

void read_surface(const toml::node& node, Binding& out, Faults& faults) {
    read_text(node, out.control.surface.text, "controller", faults);
}

void check_face_names(const toml::source_region& where, const std::vector<FaceName>& named,
                      const std::vector<FaceSetup>& faces, Faults& faults) {
    if (faces.empty()) return;  // named wrongly themselves: said already
    std::vector<std::string_view> known;
    for (const auto& face : faces) known.push_back(face.name.text);
    for (const auto& face : named) {
        if (std::find(known.begin(), known.end(), face.text) == known.end())
            faults.add(where, fmt::format("There is no face \"{}\": {}", face.text, advice(face.text, known)));
    }
}

}  // namespace

const std::vector<Key<OperatorSetup>>& operator_keys() {
    using T = OperatorSetup;
    static const std::vector<Key<T>> keys{
        name_key("name", "\"lea\"", "Short name: in keys.json as operator/NAME, in the journal and on the desks.",
                 &T::name),
        {"role", "\"producer\"", "Whose rights they have: technician, producer, director, facilitator or observer.",
         read_role},
        {"may", "[\"overlays\"]", "Rights beside those of the role, or alone: groups and commands, see below.",
         [](const toml::node& node, T& out, Faults& faults) { read_rights(&T::may, "may", node, out, faults); }},
        {"may_not", "[\"fade_to_black\"]", "Rights that are taken away again.",
         [](const toml::node& node, T& out, Faults& faults) {
             read_rights(&T::may_not, "may_not", node, out, faults);
         }},
        faces_key("The only faces they may touch; what concerns all faces then needs to stand in may.", &T::faces),
    };
    return keys;
}

const std::vector<Key<SurfaceSetup>>& surface_keys() {
    using T = SurfaceSetup;
    static const std::vector<Key<T>> keys{
        name_key("name", "\"fader-box\"", "Short name of the controller.", &T::name),
        text_key("device", "\"X-TOUCH*\"",
                 "The name it gives itself (* for any letters), or a path: /dev/snd/midiC1D0, a pipe.", &T::device),
        name_key("operator", "\"lea\"", "Whose hand it is: an [[operator]]; a producer's when left out.",
                 &T::operator_name),
        bool_key("feedback", "true", "Its lamps, and with motors its faders, show how things stand.", &T::feedback),
        bool_key("motors", "false", "Its faders move by themselves.", &T::motors),
        number_key("lamp_on", "127", "Value that lights a lamp for what is on.", &T::lamp_on, 0, most_value),
        number_key("lamp_preview", "1", "Value that lights a lamp for what is next.", &T::lamp_preview, 0, most_value),
    };
    return keys;
}

const std::vector<Key<Binding>>& binding_keys() {
    using T = Binding;
    static const std::vector<Key<T>> keys{
        {"controller", "\"fader-box\"", "A [[midi]] controller, or the name that one gives itself.", read_surface},
        {"control", "\"note 1 60\"",
         "note, cc, cc14 (two cc of 7 bits) or program with channel and number; bend with its channel.", read_control},
        enum_key("mode", "\"fader\"",
                 "button, fader, or how an encoder counts: encoder (1… up, 127… down), encoder_sign (65… down), "
                 "encoder_offset (65… up, 63… down).",
                 &T::mode),
        text_key("action", "\"cut\"", "What it does, see below.", &T::action),
        text_key("target", "\"cam1\"", "What that is about; \"#3\" is the third source.", &T::target),
        faces_key("Faces that it is about, where the action takes some.", &T::faces),
    };
    return keys;
}

void check_operators(const toml::table& table, const std::vector<OperatorSetup>& operators,
                     const std::vector<FaceSetup>& faces, Faults& faults) {
    check_names(table, "operator", operators, faults);
    for (std::size_t i = 0; i < operators.size(); ++i) {
        const auto& who = operators[i];
        const auto where = region(table, "operator", i);
        if (parse_role(who.name.text)) {
            faults.add(where, fmt::format("An operator cannot be called \"{}\": that is a role.", who.name.text));
        }
        if (!who.role && who.may.empty()) {
            faults.add(where, fmt::format("The operator \"{}\" may do nothing: add role = \"…\", or may = [\"…\"].",
                                          who.name.text));
        }
        check_face_names(where, who.faces, faces, faults);
    }
}

void check_surfaces(const toml::table& table, const std::vector<SurfaceSetup>& surfaces,
                    const std::vector<OperatorSetup>& operators, Faults& faults) {
    check_names(table, "midi", surfaces, faults);
    std::vector<std::string_view> known;
    for (const auto& who : operators) known.push_back(who.name.text);
    for (std::size_t i = 0; i < surfaces.size(); ++i) {
        const auto where = region(table, "midi", i);
        if (surfaces[i].device.empty()) {
            faults.add(where, fmt::format("The controller \"{}\" has no device: add device = \"…\", the name it gives "
                                          "itself.",
                                          surfaces[i].name.text));
        }
        const auto& who = surfaces[i].operator_name.text;
        if (!who.empty() && std::find(known.begin(), known.end(), who) == known.end())
            faults.add(where, fmt::format("There is no operator \"{}\": {}", who, advice(who, known)));
    }
}

void finish_bindings(const toml::table& table, std::vector<Binding>& bindings, const std::vector<FaceSetup>& faces,
                     Faults& faults) {
    for (std::size_t i = 0; i < bindings.size(); ++i) {
        const auto where = region(table, "control", i);
        const auto* given = table.get("control")->as_array()->get(i)->as_table();
        // What is moved is a fader unless it says otherwise.
        const ControlAction* action = find_control_action(bindings[i].action);
        if (!given->contains("mode") && action != nullptr && action->gesture == Gesture::level)
            bindings[i].mode = ControlMode::fader;
        if (!given->contains("control")) {
            faults.add(where, "This control does not say which it is: add control = \"note 1 60\".");
        } else if (const auto good = check_binding(bindings[i]); !good) {
            faults.add(where, good.error().message);
        }
        check_face_names(where, bindings[i].faces, faces, faults);
    }
}

void describe_rights(std::string& out) {
    out +=
        "\nThe words of `may` and `may_not`; any command of these by its own name does as well:\n\n| right | commands "
        "| "
        "meaning |\n|---|---|---|\n";
    for (const auto& group : right_groups()) {
        std::string commands;
        for (const auto& command : group.commands)
            commands += fmt::format("{}`{}`", commands.empty() ? "" : " ", command);
        out += fmt::format("| `{}` | {} | {} |\n", group.name, commands, group.help);
    }
}

void describe_actions(std::string& out) {
    out += "\nWhat a control can do:\n\n| action | control | target | faces | meaning |\n|---|---|---|---|---|\n";
    for (const auto& action : control_actions()) {
        out += fmt::format("| `{}` | {} | {} | {} | {} |\n", action.name,
                           action.gesture == Gesture::press ? "button" : "fader, encoder", action.target,
                           action.faces ? "yes" : "", action.help);
    }
}

}  // namespace tribune::show_file
