#include <algorithm>

#include "show/apply.hpp"
#include "show/edits.hpp"
#include "show/views.hpp"

namespace tribune {
namespace {

SceneName scene_of(const SourceName& source) { return SceneName(source.text); }

// The first source that is not on program, so that a first take shows something new.
SceneName next_scene(const Setup& setup) {
    for (const auto& s : setup.sources) {
        if (s.name != setup.opening_source) return scene_of(s.name);
    }
    return scene_of(setup.opening_source);
}

// What the file says anew replaces what there is, what it no longer names goes unless it was edited since, and all else
// stays as it was edited. `key` gives an item's name.
template <class Item, class Key>
std::vector<Item> merged(std::vector<Item> now, const std::vector<Item>& before, const std::vector<Item>& file,
                         Key key) {
    const auto find = [&](auto& list, const Item& item) {
        return std::find_if(list.begin(), list.end(), [&](const Item& i) { return i.*key == item.*key; });
    };
    for (const auto& old : before) {
        const auto at = find(now, old);
        if (find(file, old) == file.end() && at != now.end() && *at == old) now.erase(at);
    }
    const auto after = [&](const Item& item) {
        const auto at = find(now, item);
        return at == now.end() ? at : at + 1;
    };
    const Item* last = nullptr;  // of the file's, so that new ones come after it
    for (const auto& item : file) {
        const auto old = find(before, item);
        const auto at = find(now, item);
        if (old == before.end() || !(*old == item)) {
            if (at != now.end()) {
                *at = item;
            } else {
                now.insert(last == nullptr ? now.begin() : after(*last), item);
            }
        }
        last = &item;
    }
    return now;
}

template <class Name, class Item>
std::map<Name, Item> merged(const std::map<Name, Item>& now, const std::vector<Item>& before,
                            const std::vector<Item>& file) {
    std::vector<Item> list;
    for (const auto& [_, item] : now) list.push_back(item);
    std::map<Name, Item> out;
    for (auto& item : merged(std::move(list), before, file, &Item::name)) {
        const Name name = item.name;
        out[name] = std::move(item);
    }
    return out;
}

bool all_fit(const SceneBook& book) {
    return std::all_of(book.scenes.begin(), book.scenes.end(),
                       [&](const auto& s) { return scene_fits(book, s.first); });
}

// What was made at the desk may lie in what the file now says otherwise: then the file's scenes come first, and of the
// others those that fit.
SceneBook merged_scenes(const SceneBook& now, const Setup& before, const Setup& setup) {
    SceneBook book{merged(now.scenes, before.scenes, setup.scenes)};
    if (all_fit(book)) return book;
    SceneBook fitting;
    for (const auto& scene : setup.scenes) fitting.scenes[scene.name] = scene;
    for (const auto& [name, scene] : book.scenes) {
        SceneBook with = fitting;
        with.scenes[name] = scene;
        if (all_fit(with)) fitting = std::move(with);
    }
    return fitting;
}

bool can_show(const ShowState& state, const Bus& bus) {
    return state.has_scene(bus.scene) && (!bus.mix || state.has_scene(bus.mix->from));
}

}  // namespace

Status apply_to(ShowState& state, const LoadShow& c, const Stamp& stamp) {
    if (c.setup.faces.empty()) return Error{"bad_show", "A show needs at least one face."};
    const bool first = state.setup->faces.empty();
    const auto before = state.setup;
    state.setup = with_added(c.setup, *before);
    match_captions(state, *before);
    const auto& setup = *state.setup;
    state.scenes = std::make_shared<const SceneBook>(merged_scenes(*state.scenes, *before, setup));
    state.rundown = std::make_shared<const Rundown>(
        Rundown{merged(state.rundown->cues, before->cues, setup.cues, &RundownCue::number),
                merged(state.rundown->macros, before->macros, setup.macros)});
    state.edits = std::make_shared<const EditHistory>();  // what it remembers may be gone
    Stage& stage = state.stage;
    if (first || !can_show(state, stage.program)) stage.program = {scene_of(setup.opening_source), std::nullopt};
    if (first || before->multiview != setup.multiview) stage.multiview = setup.multiview;
    if (first || !state.has_scene(stage.preview)) stage.preview = next_scene(setup);
    std::erase_if(stage.overlays, [&](const Overlay& o) { return !state.has_scene(o.scene); });
    std::map<FaceName, FaceState> faces;
    for (const auto& f : setup.faces) {
        const auto old = stage.faces.find(f.name);
        FaceState face = old == stage.faces.end() ? FaceState{std::nullopt, setup.wall.placement} : old->second;
        if (face.own && !can_show(state, *face.own)) face.own.reset();
        faces[f.name] = std::move(face);
    }
    stage.faces = std::move(faces);
    match_media(state, *before, stamp.at);
    forget_gone_channels(state);
    std::erase_if(stage.recordings, [&](const ViewRecording& r) { return !is_view(state, r.view); });
    bind_as_set_up(state, *before);
    if (!first) return {};
    state.room.prepared.text = setup.opening_question;
    open_agenda(state.room, setup.agenda);
    state.room.consolidation.moderation = setup.voice.moderation;
    state.room.weighing.door.contribute = setup.voice.phones_contribute;
    return setup.opening_round ? apply(state.room, StartRound{}, stamp) : Status{};
}

}  // namespace tribune
