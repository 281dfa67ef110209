// How takes go, and taking.
#include <fmt/format.h>

#include <array>

#include "net/obs/requests.hpp"
#include "net/obs/view.hpp"

namespace tribune::net::obs {
namespace {

constexpr std::int64_t shortest_ms = 50;
constexpr std::int64_t longest_ms = 20'000;

TransitionEntry current(const Context& context) {
    const auto& name = context.state.stage.transition.name;
    return find_transition(context.state, name).value_or(TransitionEntry{name, "tribune_shader", false, false});
}

Json entry_json(const TransitionEntry& entry) {
    return {{"transitionName", entry.name},
            {"transitionUuid", transition_uuid(entry.name)},
            {"transitionKind", entry.kind},
            {"transitionFixed", entry.fixed},
            {"transitionConfigurable", entry.configurable}};
}

Outcome list_kinds(const Context& context, Fields&) {
    Json kinds = Json::array();
    for (const auto& entry : transitions(context.state))
        if (std::find(kinds.begin(), kinds.end(), entry.kind) == kinds.end()) kinds.push_back(entry.kind);
    return success({{"transitionKinds", std::move(kinds)}});
}

// Clients turn the list round to have it as in obs's menu.
Outcome list_transitions(const Context& context, Fields&) {
    const auto known = transitions(context.state);
    Json list = Json::array();
    for (auto entry = known.rbegin(); entry != known.rend(); ++entry) list.push_back(entry_json(*entry));
    const auto now = current(context);
    return success({{"currentSceneTransitionName", now.name},
                    {"currentSceneTransitionUuid", transition_uuid(now.name)},
                    {"currentSceneTransitionKind", now.kind},
                    {"transitions", std::move(list)}});
}

Outcome get_current(const Context& context, Fields&) {
    const auto entry = current(context);
    const Transition& transition = context.state.stage.transition;
    Json answer = entry_json(entry);
    answer["transitionDuration"] = entry.fixed ? Json(nullptr) : Json(milliseconds_of(transition.length));
    Json settings = entry.configurable ? Json(Json::object()) : Json(nullptr);
    for (const auto& value : transition.values)
        settings[value.name] = value.value.size() == 1 ? Json(value.value.front()) : Json(value.value);
    answer["transitionSettings"] = std::move(settings);
    return success(std::move(answer));
}

Outcome set_current(const Context& context, Fields& fields) {
    const auto name = fields.text("transitionName");
    if (!find_transition(context.state, name)) return not_found("transition", name);
    const Transition& now = context.state.stage.transition;
    if (now.name == name) return success();
    return Act{{SetTransition{name, milliseconds_of(now.length), {}}}, nullptr};
}

Outcome set_duration(const Context& context, Fields& fields) {
    const auto length = fields.integer("transitionDuration", shortest_ms, longest_ms);
    const Transition& now = context.state.stage.transition;
    return Act{{SetTransition{now.name, static_cast<int>(length), now.values}}, nullptr};
}

// A number, or a list of them.
std::optional<std::vector<double>> numbers(const Json& value) {
    if (value.is_boolean()) return std::vector{value.get<bool>() ? 1.0 : 0.0};
    if (value.is_number()) return std::vector{value.get<double>()};
    if (!value.is_array()) return std::nullopt;
    std::vector<double> list;
    for (const auto& item : value) {
        if (!item.is_number()) return std::nullopt;
        list.push_back(item.get<double>());
    }
    return list;
}

Outcome set_settings(const Context& context, Fields& fields) {
    const Json settings = fields.object("transitionSettings");
    const bool overlay = fields.optional_flag("overlay").value_or(true);
    const Transition& now = context.state.stage.transition;
    if (!current(context).configurable)
        return Reply{Code::not_configurable, fmt::format("The transition \"{}\" has no settings.", now.name), nullptr};
    SetTransition command{now.name, milliseconds_of(now.length), overlay ? now.values : std::vector<TransitionValue>()};
    for (const auto& [name, value] : settings.items()) {
        auto list = numbers(value);
        if (!list) {
            fields.fail(Code::bad_type, fmt::format("The setting \"{}\" must be a number or a list of them.", name));
            break;
        }
        std::erase_if(command.values, [&name = name](const TransitionValue& v) { return v.name == name; });
        command.values.push_back({name, *std::move(list)});
    }
    return Act{{std::move(command)}, nullptr};
}

Outcome cursor(const Context& context, Fields&) {
    const Mix* mix = context.state.stage.program.running(context.now);
    return success({{"transitionCursor", mix == nullptr ? 1.0 : mix->progress(context.now)}});
}

Outcome take(const Context&, Fields&) { return Act{{Take{}}, nullptr}; }

Outcome move_t_bar(const Context&, Fields& fields) {
    const double position = fields.number("position", 0, 1);
    (void)fields.optional_flag("release");  // the bar stays where it is let go
    return Act{{MoveTBar{position}}, nullptr};
}

constexpr std::array rows{
    Row{"GetTransitionKindList", list_kinds},
    Row{"GetSceneTransitionList", list_transitions},
    Row{"GetCurrentSceneTransition", get_current},
    Row{"SetCurrentSceneTransition", set_current},
    Row{"SetCurrentSceneTransitionDuration", set_duration},
    Row{"SetCurrentSceneTransitionSettings", set_settings},
    Row{"GetCurrentSceneTransitionCursor", cursor},
    Row{"TriggerStudioModeTransition", take},
    Row{"SetTBarPosition", move_t_bar},
};

}  // namespace

std::span<const Row> transition_rows() { return rows; }

}  // namespace tribune::net::obs
