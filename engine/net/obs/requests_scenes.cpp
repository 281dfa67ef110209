// Scenes on program and preview, and the list of them.
#include <array>

#include "net/obs/requests.hpp"
#include "net/obs/view.hpp"

namespace tribune::net::obs {
namespace {

Json named(const SceneName& scene, std::string_view current) {
    const std::string key(current);
    return {{"sceneName", scene.text},
            {"sceneUuid", scene_uuid(scene)},
            {key + "SceneName", scene.text},
            {key + "SceneUuid", scene_uuid(scene)}};
}

Outcome list_scenes(const Context& context, Fields&) {
    const Stage& stage = context.state.stage;
    return success({{"currentProgramSceneName", stage.program.scene.text},
                    {"currentProgramSceneUuid", scene_uuid(stage.program.scene)},
                    {"currentPreviewSceneName", stage.preview.text},
                    {"currentPreviewSceneUuid", scene_uuid(stage.preview)},
                    {"scenes", scene_list(context.state)}});
}

Outcome list_groups(const Context&, Fields&) { return success({{"groups", Json::array()}}); }

Outcome get_program(const Context& context, Fields&) {
    return success(named(context.state.stage.program.scene, "currentProgram"));
}

// By the current transition, as in studio mode; preview is what it was afterwards.
Outcome set_program(const Context& context, Fields& fields) {
    const SceneName scene = read_scene(context, fields);
    const Stage& stage = context.state.stage;
    if (stage.program.scene == scene) return success();
    if (stage.transition.name == cut_transition || stage.transition.length == Nanoseconds{0})
        return Act{{Cut{scene, {}}}, nullptr};
    return Act{{Preview{scene}, Take{}, Preview{stage.preview}}, nullptr};
}

Outcome get_preview(const Context& context, Fields&) {
    return success(named(context.state.stage.preview, "currentPreview"));
}

Outcome set_preview(const Context& context, Fields& fields) {
    return Act{{Preview{read_scene(context, fields)}}, nullptr};
}

Outcome create_scene(const Context& context, Fields& fields) {
    const SceneName name(fields.text("sceneName"));
    if (context.state.has_scene(name) || find_input(context.state, name.text))
        return Reply{Code::exists, "A scene, source or input has this name already: choose another.", nullptr};
    return Act{{SetScene{name, {}, {}, 0}}, {{"sceneUuid", scene_uuid(name)}}};
}

Outcome remove_scene(const Context& context, Fields& fields) {
    return Act{{RemoveScene{read_scene(context, fields)}}, nullptr};
}

Outcome rename_scene(const Context& context, Fields& fields) {
    const SceneName from = read_scene(context, fields);
    const SceneName to(fields.text("newSceneName"));
    if (context.state.has_scene(to) || find_input(context.state, to.text))
        return Reply{Code::exists, "A scene, source or input has this name already: choose another.", nullptr};
    const Scene* scene = context.state.scenes->scene(from);
    if (scene == nullptr) return Reply{Code::cannot_act, "A source has its name from the show file.", nullptr};
    return Act{{SetScene{to, scene->label, scene->layers, 0}, RemoveScene{from}}, nullptr};
}

// A scene has no transition of its own.
Outcome transition_override(const Context& context, Fields& fields) {
    (void)read_scene(context, fields);
    return success({{"transitionName", nullptr}, {"transitionDuration", nullptr}});
}

Outcome source_active(const Context& context, Fields& fields) {
    auto name = fields.optional_text("sourceName");
    if (!name) {
        const auto uuid = fields.optional_text("sourceUuid");
        if (!uuid) (void)fields.text("sourceName");
        if (const auto scene = uuid ? scene_of_uuid(context.state, *uuid) : std::nullopt) name = scene->text;
        if (const auto input = uuid ? input_of_uuid(context.state, *uuid) : std::nullopt) name = input->name;
        if (!name) return not_found("source", uuid.value_or(""));
    }
    const SceneName scene(*name);
    // A source's scene is active where it is shown as a scene; its input wherever its picture is seen.
    if (context.state.has_scene(scene)) {
        bool active = false;
        for (const auto& [face, _] : context.state.stage.faces) {
            const Bus& bus = context.state.stage.bus(face);
            const Mix* mix = bus.running(context.now);
            active = active || bus.scene == scene || (mix != nullptr && mix->from == scene);
        }
        return success({{"videoActive", active}, {"videoShowing", active || context.state.stage.preview == scene}});
    }
    const auto input = find_input(context.state, *name);
    if (!input) return not_found("source", *name);
    const bool active = active_inputs(context.state, context.now).contains(input->name);
    return success({{"videoActive", active},
                    {"videoShowing", previewed_inputs(context.state, context.now).contains(input->name)}});
}

constexpr std::array rows{
    Row{"GetSceneList", list_scenes},           Row{"GetGroupList", list_groups},
    Row{"GetCurrentProgramScene", get_program}, Row{"SetCurrentProgramScene", set_program},
    Row{"GetCurrentPreviewScene", get_preview}, Row{"SetCurrentPreviewScene", set_preview},
    Row{"CreateScene", create_scene},           Row{"RemoveScene", remove_scene},
    Row{"SetSceneName", rename_scene},          Row{"GetSceneSceneTransitionOverride", transition_override},
    Row{"GetSourceActive", source_active},
};

}  // namespace

std::span<const Row> scene_rows() { return rows; }

}  // namespace tribune::net::obs
