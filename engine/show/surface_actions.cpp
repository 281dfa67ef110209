#include "show/surface_actions.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "show/fields.hpp"

namespace tribune {
namespace {

constexpr int fade_ms = 500;
constexpr int black_ms = 1000;
constexpr double longest_by_hand_s = 10;  // of a transition, on a fader

// --- What a binding is about ----------------------------------------------------------------------------------

// "#3": the third source; else the name itself, where there is such a one.
std::optional<SourceName> source_of(const ShowState& state, const std::string& target) {
    const auto& sources = state.setup->sources;
    if (target.starts_with('#')) {
        std::size_t number = 0;
        const char* end = target.data() + target.size();
        const auto read = std::from_chars(target.data() + 1, end, number);
        if (read.ptr != end || number < 1 || number > sources.size()) return std::nullopt;
        return sources[number - 1].name;
    }
    if (state.setup->source(SourceName(target)) == nullptr) return std::nullopt;
    return SourceName(target);
}

std::optional<SceneName> scene_of(const ShowState& state, const std::string& target) {
    if (const auto source = source_of(state, target)) return SceneName(source->text);
    if (!state.has_scene(SceneName(target))) return std::nullopt;
    return SceneName(target);
}

std::vector<FaceName> faces_or_all(const ShowState& state, const Binding& b) {
    if (!b.faces.empty()) return b.faces;
    std::vector<FaceName> all;
    for (const auto& face : state.setup->faces) all.push_back(face.name);
    return all;
}

const Overlay* overlay_of(const ShowState& state, const SceneName& scene) {
    const auto& list = state.stage.overlays;
    const auto at = std::find_if(list.begin(), list.end(), [&](const Overlay& o) { return o.scene == scene; });
    return at == list.end() ? nullptr : &*at;
}

const Transport* transport_of(const ShowState& state, const Binding& b) {
    const auto source = source_of(state, b.target);
    if (!source) return nullptr;
    const auto at = state.stage.media.find(*source);
    return at == state.stage.media.end() ? nullptr : &at->second;
}

std::optional<WallPlacement> placement_of(const Binding& b) {
    for (const auto& [value, name] : names_of(WallPlacement{}))
        if (name == b.target) return value;
    return std::nullopt;
}

// --- Switching ------------------------------------------------------------------------------------------------

std::optional<Command> cut(const ShowState& state, const Binding& b) {
    if (auto scene = scene_of(state, b.target)) return Cut{*std::move(scene), b.faces};
    return std::nullopt;
}
std::optional<Command> preview(const ShowState& state, const Binding& b) {
    if (auto scene = scene_of(state, b.target)) return Preview{*std::move(scene)};
    return std::nullopt;
}
Lamp shown(const ShowState& state, ShowTime now, const Binding& b) {
    const auto scene = scene_of(state, b.target);
    if (!scene) return Lamp::off;
    const auto on_bus = [&](const Bus& bus) {
        const Mix* mix = bus.running(now);
        return bus.scene == *scene || (mix != nullptr && mix->from == *scene);
    };
    const bool on = b.faces.empty() ? on_bus(state.stage.program)
                                    : std::all_of(b.faces.begin(), b.faces.end(),
                                                  [&](const FaceName& face) { return on_bus(state.stage.bus(face)); });
    if (on) return Lamp::on;
    return state.stage.preview == *scene ? Lamp::preview : Lamp::off;
}
Lamp shown_next(const ShowState& state, ShowTime, const Binding& b) {
    const auto scene = scene_of(state, b.target);
    return scene && state.stage.preview == *scene ? Lamp::on : Lamp::off;
}

std::optional<Command> take(const ShowState&, const Binding& b) { return Take{b.faces, std::nullopt, std::nullopt}; }
std::optional<Command> cut_preview(const ShowState&, const Binding& b) {
    return Take{b.faces, std::string(cut_transition), std::nullopt};
}
Lamp taking(const ShowState& state, ShowTime now, const Binding& b) {
    const auto runs = [&](const Bus& bus) { return bus.running(now) != nullptr; };
    if (b.faces.empty()) return runs(state.stage.program) ? Lamp::on : Lamp::off;
    const bool any =
        std::any_of(b.faces.begin(), b.faces.end(), [&](const auto& f) { return runs(state.stage.bus(f)); });
    return any ? Lamp::on : Lamp::off;
}

std::optional<Command> transition(const ShowState& state, const Binding& b) {
    SetTransition command;
    command.transition = b.target;
    command.length_ms = static_cast<int>(state.stage.transition.length / std::chrono::milliseconds(1));
    return command;
}
Lamp chosen(const ShowState& state, ShowTime, const Binding& b) {
    return state.stage.transition.name == b.target ? Lamp::on : Lamp::off;
}

std::optional<Command> black(const ShowState& state, const Binding&) {
    return FadeToBlack{!state.stage.black.on, black_ms};
}
Lamp is_black(const ShowState& state, ShowTime, const Binding&) { return state.stage.black.on ? Lamp::on : Lamp::off; }

std::optional<Command> follow(const ShowState&, const Binding& b) { return Follow{b.faces}; }
Lamp follows(const ShowState& state, ShowTime, const Binding& b) {
    for (const auto& face : faces_or_all(state, b)) {
        const auto at = state.stage.faces.find(face);
        if (at != state.stage.faces.end() && at->second.own) return Lamp::off;
    }
    return Lamp::on;
}
std::optional<Command> swap(const ShowState&, const Binding& b) {
    if (b.faces.size() != 2) return std::nullopt;
    return SwapFaces{b.faces[0], b.faces[1]};
}

std::optional<Command> overlay(const ShowState& state, const Binding& b) {
    const auto scene = scene_of(state, b.target);
    if (!scene) return std::nullopt;
    const Overlay* now = overlay_of(state, *scene);
    return SetOverlay{*scene, now == nullptr || !now->shown.on, fade_ms, b.faces};
}
Lamp is_over(const ShowState& state, ShowTime, const Binding& b) {
    const auto scene = scene_of(state, b.target);
    const Overlay* now = scene ? overlay_of(state, *scene) : nullptr;
    return now != nullptr && now->shown.on ? Lamp::on : Lamp::off;
}

std::optional<Command> caption(const ShowState& state, const Binding& b) {
    const CaptionName name(b.target);
    if (state.captions->caption(name) == nullptr) return std::nullopt;
    const Overlay* now = overlay_of(state, SceneName(b.target));
    return ShowCaption{name, now == nullptr || !now->shown.on, b.faces};
}
std::optional<Command> next_caption(const ShowState&, const Binding&) { return NextCaption{}; }

std::optional<Command> wall(const ShowState&, const Binding& b) {
    if (const auto placement = placement_of(b)) return PlaceWall{*placement, b.faces};
    return std::nullopt;
}
Lamp is_placed(const ShowState& state, ShowTime, const Binding& b) {
    const auto placement = placement_of(b);
    for (const auto& face : faces_or_all(state, b)) {
        const auto at = state.stage.faces.find(face);
        if (!placement || at == state.stage.faces.end() || at->second.wall != *placement) return Lamp::off;
    }
    return Lamp::on;
}

std::optional<Command> undo(const ShowState&, const Binding&) { return Undo{}; }
std::optional<Command> redo(const ShowState&, const Binding&) { return Redo{}; }

std::optional<Command> go(const ShowState&, const Binding&) { return Go{}; }
std::optional<Command> back(const ShowState&, const Binding&) { return Back{}; }
std::optional<Command> macro(const ShowState& state, const Binding& b) {
    const MacroName name(b.target);
    if (state.rundown->macro(name) == nullptr) return std::nullopt;
    return RunMacro{name};
}
Lamp runs(const ShowState& state, ShowTime, const Binding& b) {
    const auto& list = state.stage.rundown.runs;
    const bool running =
        std::any_of(list.begin(), list.end(), [&](const Run& run) { return run.macro.text == b.target; });
    return running ? Lamp::on : Lamp::off;
}

std::optional<Command> move_bar(const ShowState&, const Binding&, double place) { return MoveTBar{place}; }
std::optional<double> bar_place(const ShowState& state, const Binding&) {
    const auto& mix = state.stage.program.mix;
    return mix && mix->bar ? *mix->bar : 0.0;
}

std::optional<Command> move_length(const ShowState& state, const Binding&, double place) {
    SetTransition command;
    command.transition = state.stage.transition.name;
    command.length_ms = static_cast<int>(std::lround(place * longest_by_hand_s * 10)) * 100;  // tenths of a second
    command.values = state.stage.transition.values;
    return command;
}
std::optional<double> length_place(const ShowState& state, const Binding&) {
    const std::chrono::duration<double> seconds = state.stage.transition.length;
    return std::clamp(seconds.count() / longest_by_hand_s, 0.0, 1.0);
}

// --- Clips ----------------------------------------------------------------------------------------------------

std::optional<Command> play_or_pause(const ShowState& state, const Binding& b) {
    const Transport* transport = transport_of(state, b);
    if (transport == nullptr) return std::nullopt;
    const std::vector sources{*source_of(state, b.target)};
    if (transport->motion == ClipMotion::playing) return Pause{sources};
    return Play{sources};
}
std::optional<Command> cue(const ShowState& state, const Binding& b) {
    if (transport_of(state, b) == nullptr) return std::nullopt;
    return Cue{{*source_of(state, b.target)}, std::nullopt};
}
Lamp plays(const ShowState& state, ShowTime, const Binding& b) {
    const Transport* transport = transport_of(state, b);
    return transport != nullptr && transport->motion == ClipMotion::playing ? Lamp::on : Lamp::off;
}
Lamp is_cued(const ShowState& state, ShowTime, const Binding& b) {
    const Transport* transport = transport_of(state, b);
    return transport != nullptr && transport->motion == ClipMotion::cued ? Lamp::on : Lamp::off;
}

// --- Sound ----------------------------------------------------------------------------------------------------

std::optional<SetChannel> channel_of(const ShowState& state, const Binding& b) {
    auto source = source_of(state, b.target);
    if (!source) return std::nullopt;
    SetChannel command;
    command.source = *std::move(source);
    return command;
}
SoundChannel sound_of(const ShowState& state, const Binding& b) {
    const auto source = source_of(state, b.target);
    return source ? state.stage.sound.channel(*source) : SoundChannel();
}

std::optional<Command> mute(const ShowState& state, const Binding& b) {
    auto command = channel_of(state, b);
    if (!command) return std::nullopt;
    command->mute = !sound_of(state, b).mute;
    return command;
}
Lamp is_muted(const ShowState& state, ShowTime, const Binding& b) {
    return sound_of(state, b).mute ? Lamp::on : Lamp::off;
}
std::optional<Command> solo(const ShowState& state, const Binding& b) {
    auto command = channel_of(state, b);
    if (!command) return std::nullopt;
    command->solo = !sound_of(state, b).solo;
    return command;
}
Lamp is_solo(const ShowState& state, ShowTime, const Binding& b) {
    return sound_of(state, b).solo ? Lamp::on : Lamp::off;
}
std::optional<Command> mute_master(const ShowState& state, const Binding&) {
    SetMaster command;
    command.mute = !state.stage.sound.master.mute;
    return command;
}
Lamp is_master_muted(const ShowState& state, ShowTime, const Binding&) {
    return state.stage.sound.master.mute ? Lamp::on : Lamp::off;
}
std::optional<Command> bell(const ShowState&, const Binding&) { return RingBell{}; }

// Tenths of a decibel: what a desk shows.
double rounded(double gain_db) { return std::round(gain_db * 10) / 10; }

std::optional<Command> move_gain(const ShowState& state, const Binding& b, double place) {
    auto command = channel_of(state, b);
    if (!command) return std::nullopt;
    command->gain_db = rounded(gain_at(place));
    return command;
}
std::optional<double> gain_place(const ShowState& state, const Binding& b) {
    return place_of_gain(sound_of(state, b).gain_db);
}
std::optional<Command> move_master(const ShowState&, const Binding&, double place) {
    SetMaster command;
    command.gain_db = rounded(gain_at(place));
    return command;
}
std::optional<double> master_place(const ShowState& state, const Binding&) {
    return place_of_gain(state.stage.sound.master.gain_db);
}
std::optional<Command> move_pan(const ShowState& state, const Binding& b, double place) {
    auto command = channel_of(state, b);
    if (!command) return std::nullopt;
    command->pan = std::clamp(std::round((place * 2 - 1) * 50) / 50, -1.0, 1.0);
    return command;
}
std::optional<double> pan_place(const ShowState& state, const Binding& b) { return (sound_of(state, b).pan + 1) / 2; }

// --- The table ------------------------------------------------------------------------------------------------

constexpr ControlAction button(std::string_view name, std::string_view target, bool faces, std::string_view help,
                               std::optional<Command> (*press)(const ShowState&, const Binding&),
                               Lamp (*lamp)(const ShowState&, ShowTime, const Binding&) = nullptr) {
    return {name, Gesture::press, target, faces, help, press, nullptr, nullptr, lamp};
}
constexpr ControlAction fader(std::string_view name, std::string_view target, std::string_view help,
                              std::optional<Command> (*move)(const ShowState&, const Binding&, double),
                              std::optional<double> (*place)(const ShowState&, const Binding&)) {
    return {name, Gesture::level, target, false, help, nullptr, move, place, nullptr};
}

constexpr std::array actions{
    button("cut", "scene", true, "Shows a scene or source at once: on program, or on the faces named.", cut, shown),
    button("preview", "scene", false, "The next take brings this scene or source.", preview, shown_next),
    button("take", "", true, "Preview becomes program by the transition chosen.", take, taking),
    button("cut_preview", "", true, "Preview becomes program at once.", cut_preview),
    button("transition", "transition", false, "How takes go, with the length as it is.", transition, chosen),
    button("fade_to_black", "", false, "All faces to black, or back.", black, is_black),
    button("follow", "", true, "The faces named (none: all) follow program again.", follow, follows),
    button("swap_faces", "", true, "The two faces named show each other's picture.", swap),
    button("overlay", "scene", true, "A scene over all pictures, on or off.", overlay, is_over),
    button("wall", "placement", true, "The wall off, over, beside or full.", wall, is_placed),
    button("play", "clip", false, "Plays a clip, or pauses it.", play_or_pause, plays),
    button("cue", "clip", false, "A clip waits at its in point.", cue, is_cued),
    button("mute", "source", false, "A source's sound off, or on.", mute, is_muted),
    button("solo", "source", false, "A source alone on the monitor, or no longer.", solo, is_solo),
    button("mute_master", "", false, "All sound off, or on.", mute_master, is_master_muted),
    button("bell", "", false, "Rings the bell.", bell),
    button("go", "", false, "Carries out the next cue.", go),
    button("back", "", false, "Carries out the cue before again.", back),
    button("macro", "macro", false, "Carries out a macro.", macro, runs),
    button("caption", "caption", true, "Brings a caption on, or off.", caption, is_over),
    button("next_caption", "", false, "The caption on air gives its place to the next.", next_caption),
    button("undo", "", false, "Takes back the last edit.", undo),
    button("redo", "", false, "Brings it back.", redo),
    fader("t_bar", "", "The transition by hand; either end is a beginning.", move_bar, bar_place),
    fader("gain", "source", "A source's gain: 0 dB at three quarters.", move_gain, gain_place),
    fader("gain_master", "", "What the hall hears, by the same law.", move_master, master_place),
    fader("pan", "source", "A source from left to right.", move_pan, pan_place),
    fader("transition_length", "", "How long takes last, up to 10 s.", move_length, length_place),
};

// Straight lines between these: what mixing desks print beside their faders.
struct GainMark {
    double place;
    double gain_db;
};
constexpr std::array gain_marks{GainMark{0, least_gain_db}, GainMark{0.05, -60}, GainMark{0.25, -30},
                                GainMark{0.5, -10},         GainMark{0.75, 0},   GainMark{1, 10}};

}  // namespace

std::span<const ControlAction> control_actions() { return actions; }

const ControlAction* find_control_action(std::string_view name) {
    const auto* at = std::find_if(actions.begin(), actions.end(), [&](const auto& a) { return a.name == name; });
    return at == actions.end() ? nullptr : at;
}

std::optional<Command> pressed(const ShowState& state, const Binding& binding) {
    const ControlAction* action = find_control_action(binding.action);
    return action == nullptr || action->press == nullptr ? std::nullopt : action->press(state, binding);
}

std::optional<Command> moved(const ShowState& state, const Binding& binding, double place) {
    const ControlAction* action = find_control_action(binding.action);
    if (action == nullptr || action->move == nullptr) return std::nullopt;
    return action->move(state, binding, std::clamp(place, 0.0, 1.0));
}

std::optional<double> place_of(const ShowState& state, const Binding& binding) {
    const ControlAction* action = find_control_action(binding.action);
    return action == nullptr || action->place == nullptr ? std::nullopt : action->place(state, binding);
}

Lamp lamp_of(const ShowState& state, ShowTime now, const Binding& binding) {
    const ControlAction* action = find_control_action(binding.action);
    return action == nullptr || action->lamp == nullptr ? Lamp::off : action->lamp(state, now, binding);
}

double gain_at(double place) {
    for (std::size_t i = 1; i < gain_marks.size(); ++i) {
        const auto& [low, high] = std::pair(gain_marks[i - 1], gain_marks[i]);
        if (place <= high.place)
            return low.gain_db + (place - low.place) / (high.place - low.place) * (high.gain_db - low.gain_db);
    }
    return gain_marks.back().gain_db;
}

double place_of_gain(double gain_db) {
    for (std::size_t i = 1; i < gain_marks.size(); ++i) {
        const auto& [low, high] = std::pair(gain_marks[i - 1], gain_marks[i]);
        if (gain_db <= high.gain_db)
            return std::max(
                0.0, low.place + (gain_db - low.gain_db) / (high.gain_db - low.gain_db) * (high.place - low.place));
    }
    return 1;
}

}  // namespace tribune
