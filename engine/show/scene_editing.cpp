#include <fmt/format.h>

#include <algorithm>

#include "show/apply.hpp"

namespace tribune {
namespace {

constexpr int longest_glide_ms = 60'000;

// How deep scenes lie in this one: 1 for one without.
std::size_t depth(const SceneBook& book, const std::vector<Layer>& layers, std::size_t so_far = 1) {
    std::size_t deepest = so_far;
    if (so_far > most_scene_depth) return deepest;
    for (const auto& layer : layers) {
        const auto* inner = std::get_if<SceneContent>(&layer.content);
        const Scene* scene = inner == nullptr ? nullptr : book.scene(inner->scene);
        if (scene != nullptr) deepest = std::max(deepest, depth(book, scene->layers, so_far + 1));
    }
    return deepest;
}

Result<Nanoseconds> glide_length(int milliseconds) {
    if (milliseconds >= 0 && milliseconds <= longest_glide_ms)
        return Nanoseconds(std::chrono::milliseconds(milliseconds));
    return Error{"bad_scene", fmt::format("A glide takes 0 to {} ms.", longest_glide_ms)};
}

void put(ShowState& state, Scene scene) {
    auto book = std::make_shared<SceneBook>(*state.scenes);
    const SceneName name = scene.name;
    book->scenes[name] = std::move(scene);
    state.scenes = std::move(book);
}

// Where a scene stands now, to glide on from there.
std::optional<Glide> glide_from(const Scene* before, Nanoseconds length, ShowTime now) {
    if (before == nullptr || length == Nanoseconds{0}) return std::nullopt;
    return Glide{layers_at(*before, now), now, length};
}

Status replace_layers(ShowState& state, const Scene& before, std::vector<Layer> layers, int glide_ms, ShowTime now) {
    TRIBUNE_TRY(const Nanoseconds length, glide_length(glide_ms));
    TRIBUNE_CHECK(check_scene_contents(state, before.name, layers));
    put(state, {before.name, before.label, std::move(layers), glide_from(&before, length, now)});
    return {};
}

Result<const Scene*> edited_scene(const ShowState& state, const SceneName& name) {
    if (const Scene* scene = state.scenes->scene(name)) return scene;
    return Error{"unknown_scene", fmt::format("There is no scene \"{}\" to be edited.", name.text)};
}

}  // namespace

bool scene_fits(const SceneBook& book, const SceneName& name) {
    const Scene* scene = book.scene(name);
    return scene == nullptr || depth(book, scene->layers) <= most_scene_depth;
}

Status check_scene_contents(const ShowState& state, const SceneName& name, const std::vector<Layer>& layers) {
    TRIBUNE_CHECK(check_layers(layers));
    for (const auto& layer : layers) {
        if (const auto* source = std::get_if<SourceContent>(&layer.content)) {
            TRIBUNE_CHECK(check_scene(state, SceneName(source->source.text)));
        } else if (const auto* scene = std::get_if<SceneContent>(&layer.content)) {
            if (scene->scene == name || shows_scene(*state.scenes, scene->scene, name))
                return Error{"bad_scene", fmt::format("The scene \"{}\" cannot show itself.", name.text)};
            if (state.scenes->scene(scene->scene) == nullptr)
                return Error{"unknown_scene", fmt::format("There is no scene \"{}\".", scene->scene.text)};
        } else if (const auto* caption = std::get_if<CaptionContent>(&layer.content)) {
            if (state.captions->caption(caption->caption) == nullptr)
                return Error{"unknown_caption", fmt::format("There is no caption \"{}\".", caption->caption.text)};
        }
    }
    SceneBook book = *state.scenes;
    book.scenes[name].layers = layers;
    for (const auto& [other, _] : book.scenes) {
        if (!scene_fits(book, other)) {
            return Error{"bad_scene", fmt::format("Scenes may lie in scenes {} deep at most.", most_scene_depth)};
        }
    }
    return {};
}

Status check_scene_free(const ShowState& state, const SceneName& name) {
    const Stage& stage = state.stage;
    const auto on = [&](const Bus& bus) { return bus.scene == name || (bus.mix && bus.mix->from == name); };
    const bool over = std::any_of(stage.overlays.begin(), stage.overlays.end(),
                                  [&](const Overlay& o) { return o.scene == name && o.shown.on; });
    const bool on_air = over || on(stage.program) || stage.preview == name ||
                        std::any_of(stage.faces.begin(), stage.faces.end(),
                                    [&](const auto& face) { return face.second.own && on(*face.second.own); });
    const auto& scenes = state.scenes->scenes;
    const bool shown = std::any_of(scenes.begin(), scenes.end(), [&](const auto& other) {
        return other.first != name && shows_scene(*state.scenes, other.first, name);
    });
    if (!on_air && !shown) return {};
    return Error{"scene_in_use",
                 fmt::format("The scene \"{}\" is on a face, in preview or in another scene: take it off there first.",
                             name.text)};
}

bool shows_scene(const SceneBook& book, const SceneName& scene, const SceneName& other) {
    const Scene* found = book.scene(scene);
    return found != nullptr && std::any_of(found->layers.begin(), found->layers.end(), [&](const Layer& layer) {
               const auto* inner = std::get_if<SceneContent>(&layer.content);
               return inner != nullptr && (inner->scene == other || shows_scene(book, inner->scene, other));
           });
}

Status apply_to(ShowState& state, const SetScene& c, const Stamp& stamp) {
    if (c.name.empty() || c.name.text.size() > 80) return Error{"bad_scene", "A scene's name has 1 to 80 bytes."};
    const Scene* before = state.scenes->scene(c.name);
    if (before == nullptr && state.has_scene(c.name)) {
        return Error{"bad_scene",
                     fmt::format("\"{}\" is a source or caption: give the scene another name.", c.name.text)};
    }
    if (before == nullptr && state.scenes->scenes.size() >= most_scenes)
        return Error{"too_many_scenes", fmt::format("A show has at most {} scenes: remove one.", most_scenes)};
    TRIBUNE_TRY(const Nanoseconds length, glide_length(c.glide_ms));
    TRIBUNE_CHECK(check_scene_contents(state, c.name, c.layers));
    put(state, {c.name, c.label, c.layers, glide_from(before, length, stamp.at)});
    return {};
}

Status apply_to(ShowState& state, const RemoveScene& c, const Stamp&) {
    TRIBUNE_CHECK(edited_scene(state, c.name));
    TRIBUNE_CHECK(check_scene_free(state, c.name));
    auto book = std::make_shared<SceneBook>(*state.scenes);
    book->scenes.erase(c.name);
    state.scenes = std::move(book);
    return {};
}

Status apply_to(ShowState& state, const SetLayer& c, const Stamp& stamp) {
    TRIBUNE_TRY(const Scene* before, edited_scene(state, c.scene));
    auto layers = before->layers;
    const auto at = std::find_if(layers.begin(), layers.end(), [&](const Layer& l) { return l.name == c.layer.name; });
    if (at == layers.end()) {
        return Error{"unknown_layer",
                     fmt::format("The scene \"{}\" has no layer \"{}\".", c.scene.text, c.layer.name.text)};
    }
    *at = c.layer;
    return replace_layers(state, *before, std::move(layers), c.glide_ms, stamp.at);
}

Status apply_to(ShowState& state, const ArrangeScene& c, const Stamp& stamp) {
    TRIBUNE_TRY(const Scene* before, edited_scene(state, c.scene));
    const auto& list = layouts();
    const auto layout = std::find_if(list.begin(), list.end(), [&](const Layout& l) { return l.name == c.layout; });
    if (layout == list.end()) return Error{"unknown_layout", fmt::format("There is no layout \"{}\".", c.layout)};
    auto layers = before->layers;
    for (std::size_t i = 0; i < layers.size(); ++i) {
        Layer& layer = layers[i];
        layer.visible = i < layout->places.size();
        if (!layer.visible) continue;
        const Layer& wanted = layout->places[i];
        layer.place = wanted.place;
        layer.fit = wanted.fit;
        layer.rotation_deg = 0;
        layer.corner_radius = wanted.corner_radius;
        layer.border_width = wanted.border_width;
        layer.border_colour = wanted.border_colour;
    }
    return replace_layers(state, *before, std::move(layers), c.glide_ms, stamp.at);
}

}  // namespace tribune
