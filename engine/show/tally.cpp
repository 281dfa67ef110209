#include "show/tally.hpp"

#include <algorithm>
#include <set>

#include "show/state.hpp"
#include "show/stinger.hpp"

namespace tribune {
namespace {

using Seen = std::set<SourceName>;

void add_scene(const ShowState& state, const SceneName& scene, ShowTime now, Seen& seen) {
    for (const auto& layer : state.layers_of(scene, now)) {
        if (!layer.visible || layer.opacity <= 0 || layer.place.width <= 0 || layer.place.height <= 0) continue;
        if (const auto* source = std::get_if<SourceContent>(&layer.content)) {
            seen.insert(source->source);
        } else if (const auto* inner = std::get_if<SceneContent>(&layer.content)) {
            add_scene(state, inner->scene, now, seen);
        }
    }
}

Seen seen_on(const ShowState& state, const FaceName& face, ShowTime now) {
    Seen seen;
    const auto at = state.stage.faces.find(face);
    if (at == state.stage.faces.end() || at->second.wall != WallPlacement::full) {
        const Bus& bus = state.stage.bus(face);
        add_scene(state, bus.scene, now, seen);
        if (const Mix* mix = bus.running(now)) {
            add_scene(state, mix->from, now, seen);
            if (const auto stinger = stinger_moment(state, *mix, now)) seen.insert(stinger->source);
        }
    }
    for (const auto& overlay : state.stage.overlays) {
        const auto& faces = overlay.faces;
        const bool here = faces.empty() || std::find(faces.begin(), faces.end(), face) != faces.end();
        if (here && overlay.shown.level(now) > 0) add_scene(state, overlay.scene, now, seen);
    }
    return seen;
}

}  // namespace

std::map<SourceName, TallyLight> tally(const ShowState& state, ShowTime now) {
    std::map<SourceName, TallyLight> lights;
    for (const auto& source : state.setup->sources) lights[source.name];
    const auto light = [&](const Seen& seen, auto set) {
        for (const auto& name : seen) {
            if (const auto at = lights.find(name); at != lights.end()) set(at->second);
        }
    };
    for (const auto& face : state.setup->faces)
        light(seen_on(state, face.name, now), [&](TallyLight& l) { l.program.push_back(face.name); });
    Seen next;
    add_scene(state, state.stage.preview, now, next);
    light(next, [](TallyLight& l) { l.preview = true; });
    return lights;
}

std::optional<ShowTime> next_tally_change(const ShowState& state, ShowTime now) {
    std::optional<ShowTime> next;
    const auto at = [&](ShowTime end) {
        if (end > now && (!next || end < *next)) next = end;
    };
    const auto bus = [&](const Bus& b) {
        if (const Mix* mix = b.running(now); mix != nullptr && !mix->bar) at(mix->start + mix->how.length);
    };
    bus(state.stage.program);
    for (const auto& [name, face] : state.stage.faces)
        if (face.own) bus(*face.own);
    for (const auto& overlay : state.stage.overlays) at(overlay.shown.start + overlay.shown.length);
    for (const auto& [name, scene] : state.scenes->scenes)
        if (scene.glide) at(scene.glide->start + scene.glide->length);
    return next;
}

}  // namespace tribune
