// The show as an obs-websocket client sees it. Its scenes are Tribune's scenes and, under their own names, the sources;
// its inputs are the sources, the layers that are drawn rather than received, and the captions. Clients key scenes and inputs by name
// together, so a source's input is called "cam1 (input)" beside its scene "cam1"; requests take "cam1" for both. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "net/obs/wire.hpp"
#include "show/actual.hpp"
#include "show/state.hpp"

namespace tribune::net::obs {

inline constexpr std::string_view input_suffix = " (input)";
inline constexpr std::string_view caption_suffix = " (caption)";

// --- Scenes -------------------------------------------------------------------------------------------------

// Top of a client's menu first: the scenes by name, then the sources in the show's order.
std::vector<SceneName> scene_names(const ShowState& state);
std::optional<SceneName> scene_of_uuid(const ShowState& state, std::string_view uuid);
std::string scene_uuid(const SceneName& scene);
// [{sceneName, sceneUuid, sceneIndex}], by rising index: the top of the menu comes last.
Json scene_list(const ShowState& state);

// --- Inputs -------------------------------------------------------------------------------------------------

struct Input {
    std::string name;
    std::string kind;
    std::optional<SourceName> source;  // else a layer of a scene
    SceneName scene;
    LayerName layer;
    std::optional<CaptionName> caption;  // or a caption
};
// All kinds there are.
std::vector<std::string> input_kinds();
std::vector<Input> inputs(const ShowState& state);
std::optional<Input> find_input(const ShowState& state, std::string_view name);
std::optional<Input> input_of_uuid(const ShowState& state, std::string_view uuid);
std::string input_uuid(std::string_view name);
// The layer that an input is, unless it is a source.
const Layer* layer_of(const ShowState& state, const Input& input);
// The caption that an input is; null: it is none.
const Caption* caption_of(const ShowState& state, const Input& input);
// The field that a client's "text" means.
std::optional<FieldName> first_field(const ShowState& state, const Caption& caption);
Json input_settings(const ShowState& state, const Input& input);

// Whether it has a channel of the mixer: a source whose sound is taken, unless it was found to have none.
bool has_sound(const ShowState& state, const Actual* actual, const Input& input);
Json volume_json(double gain_db);  // both of obs's scales
std::string_view monitor_type(const SoundChannel& channel);
// A clip's transport; null: this source is none.
const Transport* clip_of(const ShowState& state, const SourceName& source);
std::string_view media_state(const ShowState& state, const Actual* actual, const SourceName& source, ShowTime now);

// What contributes to any face, both sides of a running transition included; and what the next take brings. Sources as
// the tally says (show/tally.hpp), and drawn layers.
std::set<std::string> active_inputs(const ShowState& state, ShowTime now);
std::set<std::string> previewed_inputs(const ShowState& state, ShowTime now);

// --- Scene items --------------------------------------------------------------------------------------------

// The layers of a scene as they are wanted: gliding ones at their end.
std::vector<Layer> layers_wanted(const ShowState& state, const SceneName& scene);
// The same layer has the same number whatever happens to those beside it.
std::int64_t item_id(const Layer& layer);
std::string item_source(const SceneName& scene, const Layer& layer);  // the input's or scene's name

// The canvas that places are told in, pixels: the first face's.
Size canvas(const ShowState& state);
Json item_transform(const ShowState& state, const Actual* actual, const Layer& layer);
Json scene_item(const ShowState& state, const Actual* actual, const SceneName& scene, const std::vector<Layer>& layers,
                std::size_t index);
std::string_view blend_name(Blend blend);
std::optional<Blend> parse_blend(std::string_view name);

// --- Transitions --------------------------------------------------------------------------------------------

struct TransitionEntry {
    std::string name;
    std::string kind;
    bool fixed = false;  // takes no time
    bool configurable = false;
};
std::vector<TransitionEntry> transitions(const ShowState& state);
std::optional<TransitionEntry> find_transition(const ShowState& state, std::string_view name);
std::string transition_uuid(std::string_view name);
int milliseconds_of(Nanoseconds length);

// --- Faces, for the vendor requests -------------------------------------------------------------------------

// [{face, follows, scene, transition (0…1, null when none runs), wall}]
Json faces(const ShowState& state, ShowTime now);

}  // namespace tribune::net::obs
