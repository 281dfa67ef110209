#include "show/surface.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <memory>

#include "show/apply.hpp"
#include "show/fields.hpp"
#include "show/surface_actions.hpp"

namespace tribune {
namespace {

constexpr std::size_t longest_name = 64;
constexpr int most_channel = 16;
constexpr int most_number = 127;
constexpr int most_pair = 31;  // of the 32 pairs of control changes

Error bad(std::string what) { return {"bad_binding", std::move(what)}; }

int most_number_of(ControlKind kind) {
    if (kind == ControlKind::bend) return 0;
    return kind == ControlKind::cc14 ? most_pair : most_number;
}

Status check_control(const Control& c) {
    if (c.surface.empty() || c.surface.text.size() > longest_name)
        return bad("A control needs its controller's name, of at most 64 letters.");
    if (c.channel < 1 || c.channel > most_channel) return bad("A control's channel is 1 to 16.");
    if (c.number < 0 || c.number > most_number_of(c.kind))
        return bad(fmt::format("A control's number is 0 to {}.", most_number_of(c.kind)));
    return {};
}

bool suits(ControlKind kind, ControlMode mode) {
    switch (mode) {
        case ControlMode::button: return kind != ControlKind::bend && kind != ControlKind::cc14;
        case ControlMode::fader: return kind != ControlKind::note && kind != ControlKind::program;
        case ControlMode::encoder:
        case ControlMode::encoder_sign:
        case ControlMode::encoder_offset: return kind == ControlKind::cc;
    }
    return false;
}

std::vector<Binding>::const_iterator place_in(const SurfaceBook& book, const Control& control) {
    return std::lower_bound(book.bindings.begin(), book.bindings.end(), control,
                            [](const Binding& b, const Control& c) { return b.control < c; });
}

}  // namespace

const Binding* SurfaceBook::binding(const Control& control) const {
    const auto at = place_in(*this, control);
    return at == bindings.end() || at->control != control ? nullptr : &*at;
}

const Binding* SurfaceBook::named(const ControlName& name) const {
    const auto at =
        std::find_if(bindings.begin(), bindings.end(), [&](const Binding& b) { return name_of(b.control) == name; });
    return at == bindings.end() ? nullptr : &*at;
}

void SurfaceBook::put(const Binding& binding) {
    const auto place = bindings.begin() + (place_in(*this, binding.control) - bindings.cbegin());
    if (place != bindings.end() && place->control == binding.control) {
        *place = binding;
    } else {
        bindings.insert(place, binding);
    }
}

ControlName name_of(const Control& control) {
    return ControlName(fmt::format("{} {}", control.surface.text, to_string(control)));
}

Status check_binding(const Binding& binding) {
    TRIBUNE_CHECK(check_control(binding.control));
    const ControlAction* action = find_control_action(binding.action);
    if (action == nullptr)
        return bad(
            fmt::format("There is no action \"{}\" for a control: docs/show-file.md lists them.", binding.action));
    const bool pressing = binding.mode == ControlMode::button;
    if (pressing != (action->gesture == Gesture::press)) {
        return bad(fmt::format("\"{}\" is {}: choose another mode.", binding.action,
                               pressing ? "moved, not pressed" : "pressed, not moved"));
    }
    if (!suits(binding.control.kind, binding.mode)) return bad("This kind of control does not work in this mode.");
    if (!action->target.empty() && binding.target.empty())
        return bad(fmt::format("\"{}\" needs a target: a {}.", binding.action, action->target));
    if (action->target.empty() && !binding.target.empty())
        return bad(fmt::format("\"{}\" takes no target.", binding.action));
    if (binding.target.size() > longest_name) return bad("A target has at most 64 letters.");
    if (!action->faces && !binding.faces.empty()) return bad(fmt::format("\"{}\" takes no faces.", binding.action));
    return {};
}

Status bind_control(ShowState& state, const BindControl& c) {
    TRIBUNE_CHECK(check_binding(c.binding));
    TRIBUNE_CHECK(check_faces(state, c.binding.faces));
    auto book = std::make_shared<SurfaceBook>(*state.surfaces);
    book->put(c.binding);
    if (book->bindings.size() > most_bindings)
        return Error{"too_many_bindings", "Too many controls do something: free one first."};
    state.surfaces = std::move(book);
    return {};
}

Status unbind_control(ShowState& state, const UnbindControl& c) {
    if (state.surfaces->binding(c.control) == nullptr)
        return Error{"unknown_control", fmt::format("{} does nothing that could be taken away.", to_string(c.control))};
    auto book = std::make_shared<SurfaceBook>(*state.surfaces);
    std::erase_if(book->bindings, [&](const Binding& b) { return b.control == c.control; });
    state.surfaces = std::move(book);
    return {};
}

void bind_as_set_up(ShowState& state, const Setup& before) {
    if (state.setup->bindings == before.bindings) return;
    const auto has = [](const std::vector<Binding>& list, const Binding& binding) {
        return std::find(list.begin(), list.end(), binding) != list.end();
    };
    auto book = std::make_shared<SurfaceBook>(*state.surfaces);
    std::erase_if(book->bindings, [&](const Binding& b) { return has(before.bindings, b); });
    for (const auto& binding : state.setup->bindings) {
        if (!has(before.bindings, binding) || book->binding(binding.control) == nullptr) book->put(binding);
    }
    state.surfaces = std::move(book);
}

std::string to_string(const Control& control) {
    std::string_view kind;
    for (const auto& [value, name] : names_of(control.kind))
        if (value == control.kind) kind = name;
    return control.kind == ControlKind::bend ? fmt::format("{} {}", kind, control.channel)
                                             : fmt::format("{} {} {}", kind, control.channel, control.number);
}

std::optional<Control> parse_control(std::string_view text) {
    const auto next = [&] {
        text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
        const auto word = text.substr(0, text.find(' '));
        text.remove_prefix(word.size());
        return word;
    };
    const auto number = [&](int& out) {
        const auto word = next();
        const auto read = std::from_chars(word.data(), word.data() + word.size(), out);
        return !word.empty() && read.ec == std::errc{} && read.ptr == word.data() + word.size();
    };
    Control control{SurfaceName("x"), {}, 1, 0};
    const auto word = next();
    const auto names = names_of(ControlKind{});
    const auto row = std::find_if(names.begin(), names.end(), [&](const auto& r) { return r.second == word; });
    if (row == names.end()) return std::nullopt;
    control.kind = row->first;
    if (!number(control.channel)) return std::nullopt;
    if (control.kind != ControlKind::bend && !number(control.number)) return std::nullopt;
    if (!next().empty() || !check_control(control)) return std::nullopt;
    control.surface = {};
    return control;
}

}  // namespace tribune
