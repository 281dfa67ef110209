#include "net/obs/events.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "net/obs/view.hpp"
#include "show/tally.hpp"

namespace tribune::net::obs {
namespace {

using Events = std::vector<Event>;

Json scene_json(const SceneName& scene) { return {{"sceneName", scene.text}, {"sceneUuid", scene_uuid(scene)}}; }

Json transition_json(const std::string& name) {
    return {{"transitionName", name}, {"transitionUuid", transition_uuid(name)}};
}

template <class Container, class Value>
bool has(const Container& container, const Value& value) {
    return std::find(container.begin(), container.end(), value) != container.end();
}

void tell_scenes(const Look& before, const Look& after, Events& events) {
    if (before.scenes == after.scenes) return;
    const auto tell = [&](const char* type, const SceneName& scene) {
        Json data = scene_json(scene);
        data["isGroup"] = false;
        events.push_back({type, intent::scenes, std::move(data)});
    };
    for (const auto& scene : after.scenes)
        if (!has(before.scenes, scene)) tell("SceneCreated", scene);
    for (const auto& scene : before.scenes)
        if (!has(after.scenes, scene)) tell("SceneRemoved", scene);
    events.push_back({"SceneListChanged", intent::scenes, {{"scenes", scene_list(*after.state)}}});
}

const Layer* layer_named(const std::vector<Layer>& layers, const LayerName& name) {
    const auto at = std::find_if(layers.begin(), layers.end(), [&](const Layer& layer) { return layer.name == name; });
    return at == layers.end() ? nullptr : &*at;
}

std::vector<std::int64_t> order_of(const std::vector<Layer>& layers) {
    std::vector<std::int64_t> ids;
    for (const auto& layer : layers) ids.push_back(item_id(layer));
    return ids;
}

// Another picture in the same place is another item to a client.
bool same_item(const SceneName& scene, const Layer& a, const Layer& b) {
    return item_source(scene, a) == item_source(scene, b);
}

struct ItemEvents {
    const Look& before;
    const Look& after;
    const SceneName& scene;
    Events& events;

    void item(const char* type, const Layer& layer, std::size_t index) const {
        Json data = scene_json(scene);
        const auto source = item_source(scene, layer);
        data["sceneItemId"] = item_id(layer);
        data["sceneItemIndex"] = index;
        data["sourceName"] = source;
        data["sourceUuid"] =
            std::holds_alternative<SceneContent>(layer.content) ? scene_uuid(SceneName(source)) : input_uuid(source);
        events.push_back({type, intent::scene_items, std::move(data)});
    }

    void tell(const std::vector<Layer>& old, const std::vector<Layer>& now) const {
        for (std::size_t i = 0; i < old.size(); ++i) {
            const Layer* left = layer_named(now, old[i].name);
            if (left == nullptr || !same_item(scene, old[i], *left)) item("SceneItemRemoved", old[i], i);
        }
        for (std::size_t i = 0; i < now.size(); ++i) {
            const Layer* was = layer_named(old, now[i].name);
            if (was == nullptr || !same_item(scene, *was, now[i])) {
                item("SceneItemCreated", now[i], i);
            } else if (*was != now[i]) {
                changed(*was, now[i]);
            }
        }
        const auto order = order_of(now);
        if (auto sorted = order_of(old);
            order != sorted && std::is_permutation(order.begin(), order.end(), sorted.begin(), sorted.end())) {
            Json items = Json::array();
            for (std::size_t i = 0; i < order.size(); ++i)
                items.push_back({{"sceneItemId", order[i]}, {"sceneItemIndex", i}});
            Json data = scene_json(scene);
            data["sceneItems"] = std::move(items);
            events.push_back({"SceneItemListReindexed", intent::scene_items, std::move(data)});
        }
    }

    void changed(const Layer& was, const Layer& now) const {
        if (was.visible != now.visible) {
            Json data = scene_json(scene);
            data["sceneItemId"] = item_id(now);
            data["sceneItemEnabled"] = now.visible;
            events.push_back({"SceneItemEnableStateChanged", intent::scene_items, std::move(data)});
        }
        if (const auto transform = item_transform(*after.state, nullptr, now);
            transform != item_transform(*before.state, nullptr, was)) {
            Json data = scene_json(scene);
            data["sceneItemId"] = item_id(now);
            data["sceneItemTransform"] = transform;
            events.push_back({"SceneItemTransformChanged", intent::scene_item_transform, std::move(data)});
        }
        if (was.content == now.content) return;
        const auto input = find_input(*after.state, item_source(scene, now));
        if (!input || input->source) return;
        events.push_back({"InputSettingsChanged",
                          intent::inputs,
                          {{"inputName", input->name},
                           {"inputUuid", input_uuid(input->name)},
                           {"inputSettings", input_settings(*after.state, *input)}}});
    }
};

void tell_items(const Look& before, const Look& after, Events& events) {
    for (const auto& [scene, layers] : after.layers) {
        const auto was = before.layers.find(scene);
        if (was != before.layers.end() && was->second != layers)
            ItemEvents{before, after, scene, events}.tell(was->second, layers);
    }
}

void tell_transition(const Look& before, const Look& after, Events& events) {
    const Transition& now = after.transition;
    if (before.transition.name != now.name)
        events.push_back({"CurrentSceneTransitionChanged", intent::transitions, transition_json(now.name)});
    if (before.transition.length != now.length) {
        events.push_back({"CurrentSceneTransitionDurationChanged",
                          intent::transitions,
                          {{"transitionDuration", milliseconds_of(now.length)}}});
    }
}

void tell_end(const std::string& transition, Events& events) {
    events.push_back({"SceneTransitionVideoEnded", intent::transitions, transition_json(transition)});
    events.push_back({"SceneTransitionEnded", intent::transitions, transition_json(transition)});
}

// One that was taken up by hand and moved is still the same.
bool same_run(const std::optional<Mix>& a, const std::optional<Mix>& b) {
    return a && b && a->start == b->start && a->from == b->from;
}

void tell_tally(const char* type, std::uint32_t intent, const char* field, const std::set<std::string>& before,
                const std::set<std::string>& after, Events& events) {
    const auto tell = [&](const std::string& input, bool on) {
        events.push_back({type, intent, {{"inputName", input}, {"inputUuid", input_uuid(input)}, {field, on}}});
    };
    for (const auto& input : after)
        if (!before.contains(input)) tell(input, true);
    for (const auto& input : before)
        if (!after.contains(input)) tell(input, false);
}

void tell_take(const Look& before, const Look& after, Events& events) {
    const bool goes_on = same_run(before.running, after.running);
    if (before.running && !goes_on) tell_end(before.running->how.name, events);
    const bool switched = before.program != after.program;
    const bool starts = after.running && !goes_on;
    // Over before it was seen, or without a length: it began and ended between the two looks. A T-bar that was pulled
    // back took nothing.
    const bool pulled_back = before.running && before.running->bar && after.program == before.running->from;
    const bool at_once = switched && !starts && !pulled_back;
    const std::string how = starts ? after.running->how.name : std::string(cut_transition);
    if (starts || at_once) events.push_back({"SceneTransitionStarted", intent::transitions, transition_json(how)});
    if (switched) events.push_back({"CurrentProgramSceneChanged", intent::scenes, scene_json(after.program)});
    if (before.preview != after.preview)
        events.push_back({"CurrentPreviewSceneChanged", intent::scenes, scene_json(after.preview)});
    tell_tally("InputActiveStateChanged", intent::input_active_state, "videoActive", before.active, after.active,
               events);
    tell_tally("InputShowStateChanged", intent::input_show_state, "videoShowing", before.previewed, after.previewed,
               events);
    if (at_once) tell_end(how, events);
}

}  // namespace

Look look(std::shared_ptr<const ShowState> state, ShowTime now) {
    Look l;
    l.scenes = scene_names(*state);
    for (const auto& [name, scene] : state->scenes->scenes) l.layers[name] = scene.layers;
    l.program = state->stage.program.scene;
    l.preview = state->stage.preview;
    l.transition = state->stage.transition;
    if (const Mix* mix = state->stage.program.running(now)) l.running = *mix;
    l.active = active_inputs(*state, now);
    l.previewed = previewed_inputs(*state, now);
    for (const auto& [source, transport] : state->stage.media) l.clips[source] = clip_point(transport, now).state;
    l.faces = faces(*state, now);
    for (auto& face : l.faces) face.erase("transition");
    l.state = std::move(state);
    return l;
}

void tell_recording(const Look& before, const Look& after, Events& events) {
    const bool runs = !after.state->stage.recordings.empty();
    if (!before.state->stage.recordings.empty() == runs) return;
    events.push_back({"RecordStateChanged",
                      intent::outputs,
                      {{"outputActive", runs},
                       {"outputState", runs ? "OBS_WEBSOCKET_OUTPUT_STARTED" : "OBS_WEBSOCKET_OUTPUT_STOPPED"},
                       {"outputPath", nullptr}}});
}

std::vector<Event> events_between(const Look& before, const Look& after) {
    Events events;
    tell_recording(before, after, events);
    tell_scenes(before, after, events);
    tell_items(before, after, events);
    tell_transition(before, after, events);
    tell_take(before, after, events);
    tell_inputs(before, after, events);
    if (before.faces != after.faces) {
        events.push_back(
            {"VendorEvent",
             intent::vendors,
             {{"vendorName", "tribune"}, {"eventType", "faces_changed"}, {"eventData", {{"faces", after.faces}}}}});
    }
    return events;
}

std::optional<ShowTime> next_change(const ShowState& state, ShowTime now) {
    auto next = next_tally_change(state, now);
    for (const auto& [source, transport] : state.stage.media) {
        const auto end = clip_ends(transport);
        if (end && *end > now && (!next || *end < *next)) next = end;
    }
    const Mix* mix = state.stage.program.running(now);
    if (mix == nullptr || mix->bar) return next;
    const ShowTime end = mix->start + mix->how.length;
    return next ? std::min(*next, end) : end;
}

}  // namespace tribune::net::obs
