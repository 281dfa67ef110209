#include "net/obs/view.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "net/obs/secrets.hpp"
#include "show/codec.hpp"
#include "show/tally.hpp"

namespace tribune::net::obs {
namespace {

constexpr std::string_view file_kind = "ffmpeg_source";  // clients watch the media state of this one
constexpr std::string_view camera_kind = "tribune_camera";
constexpr std::string_view text_kind = "text_ft2_source_v2";  // clients offer text actions for it
constexpr std::string_view colour_kind = "color_source_v3";
constexpr std::string_view wall_kind = "tribune_wall";
constexpr std::string_view code_kind = "tribune_qr";
constexpr std::string_view board_kind = "tribune_board";

// Kinds of inputs that layers are; scenes are no inputs, sources and captions have their own.
struct ContentKind {
    std::string_view operator()(const SourceContent&) const { return {}; }
    std::string_view operator()(const SceneContent&) const { return {}; }
    std::string_view operator()(const ColourContent&) const { return colour_kind; }
    std::string_view operator()(const TextContent&) const { return text_kind; }
    std::string_view operator()(const WallContent&) const { return wall_kind; }
    std::string_view operator()(const CaptionContent&) const { return {}; }
    std::string_view operator()(const QrContent&) const { return code_kind; }
    std::string_view operator()(const BoardContent&) const { return board_kind; }
};

std::string layer_input(const SceneName& scene, const Layer& layer) { return scene.text + ": " + layer.name.text; }

std::string caption_input(const CaptionName& caption) { return caption.text + std::string(caption_suffix); }

std::string input_name(const SourceName& source) { return source.text + std::string(input_suffix); }

Input input_of(const SourceConfig& source) {
    return {source.name.text + std::string(input_suffix),
            std::string(source.live ? camera_kind : file_kind),
            source.name,
            {},
            {},
            {}};
}

// As obs writes a colour: 0xAABBGGRR.
std::uint32_t packed(const Colour& c) {
    const auto byte = [](float share) { return static_cast<std::uint32_t>(std::lround(share * 255)); };
    return byte(c.alpha) << 24U | byte(c.blue) << 16U | byte(c.green) << 8U | byte(c.red);
}

// Layers that are drawn; sources are the tally's.
void collect(const ShowState& state, const SceneName& scene, ShowTime now, std::size_t depth,
             std::set<std::string>& into) {
    if (depth > most_scene_depth) return;
    for (const auto& layer : state.layers_of(scene, now)) {
        if (!layer.visible || layer.opacity <= 0) continue;
        if (const auto* inner = std::get_if<SceneContent>(&layer.content)) {
            collect(state, inner->scene, now, depth + 1, into);
        } else if (!std::holds_alternative<SourceContent>(layer.content)) {
            into.insert(item_source(scene, layer));
        }
    }
}

constexpr std::array blends{std::pair{Blend::normal, std::string_view("OBS_BLEND_NORMAL")},
                            std::pair{Blend::add, std::string_view("OBS_BLEND_ADDITIVE")},
                            std::pair{Blend::subtract, std::string_view("OBS_BLEND_SUBTRACT")},
                            std::pair{Blend::screen, std::string_view("OBS_BLEND_SCREEN")},
                            std::pair{Blend::multiply, std::string_view("OBS_BLEND_MULTIPLY")},
                            std::pair{Blend::lighten, std::string_view("OBS_BLEND_LIGHTEN")},
                            std::pair{Blend::darken, std::string_view("OBS_BLEND_DARKEN")}};

// The size of what a layer shows: a source's own frames, else the canvas.
Size content_size(const ShowState& state, const Actual* actual, const Layer& layer) {
    const auto* source = std::get_if<SourceContent>(&layer.content);
    if (source != nullptr && actual != nullptr) {
        for (const auto& health : actual->sources)
            if (health.name == source->source && !health.size.empty()) return health.size;
    }
    return canvas(state);
}

struct Drawn {
    double width = 0;
    double height = 0;
};
// How large a picture of `width` x `height` gets in its place.
Drawn drawn_size(Fit fit, double width, double height, double place_width, double place_height) {
    if (fit == Fit::stretch || width <= 0 || height <= 0) return {place_width, place_height};
    const double across = place_width / width;
    const double down = place_height / height;
    const double scale = fit == Fit::fit ? std::min(across, down) : std::max(across, down);
    return {width * scale, height * scale};
}

}  // namespace

// --- Scenes -------------------------------------------------------------------------------------------------

std::vector<SceneName> scene_names(const ShowState& state) {
    std::vector<SceneName> names;
    for (const auto& [name, scene] : state.scenes->scenes) names.push_back(name);
    for (const auto& source : state.setup->sources) names.emplace_back(source.name.text);
    return names;
}

std::string scene_uuid(const SceneName& scene) { return uuid_of("scene", scene.text); }

std::optional<SceneName> scene_of_uuid(const ShowState& state, std::string_view uuid) {
    for (const auto& name : scene_names(state))
        if (scene_uuid(name) == uuid) return name;
    return std::nullopt;
}

Json scene_list(const ShowState& state) {
    auto names = scene_names(state);
    std::reverse(names.begin(), names.end());
    Json list = Json::array();
    for (const auto& name : names)
        list.push_back({{"sceneName", name.text}, {"sceneUuid", scene_uuid(name)}, {"sceneIndex", list.size()}});
    return list;
}

// --- Inputs -------------------------------------------------------------------------------------------------

std::vector<std::string> input_kinds() {
    return {std::string(file_kind),   std::string(camera_kind), std::string(text_kind),
            std::string(colour_kind), std::string(wall_kind),   std::string(code_kind)};
}

std::vector<Input> inputs(const ShowState& state) {
    std::vector<Input> list;
    for (const auto& source : state.setup->sources) list.push_back(input_of(source));
    for (const auto& [name, scene] : state.scenes->scenes) {
        for (const auto& layer : scene.layers) {
            const auto kind = std::visit(ContentKind{}, layer.content);
            if (!kind.empty())
                list.push_back({layer_input(name, layer), std::string(kind), std::nullopt, name, layer.name, {}});
        }
    }
    for (const auto& caption : state.captions->list)
        list.push_back({caption_input(caption.name), std::string(text_kind), std::nullopt, {}, {}, caption.name});
    return list;
}

std::optional<Input> find_input(const ShowState& state, std::string_view name) {
    for (auto& input : inputs(state))
        if (input.name == name || (input.source && input.source->text == name) ||
            (input.caption && input.caption->text == name))
            return std::move(input);
    return std::nullopt;
}

std::string input_uuid(std::string_view name) { return uuid_of("input", name); }

std::optional<Input> input_of_uuid(const ShowState& state, std::string_view uuid) {
    for (auto& input : inputs(state))
        if (input_uuid(input.name) == uuid) return std::move(input);
    return std::nullopt;
}

const Layer* layer_of(const ShowState& state, const Input& input) {
    const Scene* scene = input.source ? nullptr : state.scenes->scene(input.scene);
    if (scene == nullptr) return nullptr;
    const auto at = std::find_if(scene->layers.begin(), scene->layers.end(),
                                 [&](const Layer& layer) { return layer.name == input.layer; });
    return at == scene->layers.end() ? nullptr : &*at;
}

const Caption* caption_of(const ShowState& state, const Input& input) {
    return input.caption ? state.captions->caption(*input.caption) : nullptr;
}

std::optional<FieldName> first_field(const ShowState& state, const Caption& caption) {
    const auto* look = state.setup->caption_template(caption.template_name);
    return look == nullptr || look->fields.empty() ? std::nullopt : std::optional(look->fields.front().name);
}

// Never a source's address: it may hold a password.
Json input_settings(const ShowState& state, const Input& input) {
    if (const Caption* caption = caption_of(state, input)) {
        Json settings{{"text", ""}};
        for (const auto& [field, words] : caption->words) settings[field.text] = words;
        if (const auto field = first_field(state, *caption); field && caption->words.contains(*field))
            settings["text"] = caption->words.at(*field);
        return settings;
    }
    const Layer* layer = layer_of(state, input);
    if (layer == nullptr) return Json::object();
    if (const auto* text = std::get_if<TextContent>(&layer->content))
        return {{"text", text->text}, {"color1", packed(text->colour)}, {"color2", packed(text->colour)}};
    if (const auto* code = std::get_if<QrContent>(&layer->content)) return {{"text", code->text}};
    if (const auto* colour = std::get_if<ColourContent>(&layer->content)) return {{"color", packed(colour->top)}};
    return Json::object();
}

std::set<std::string> active_inputs(const ShowState& state, ShowTime now) {
    std::set<std::string> names;
    for (const auto& [source, light] : tally(state, now))
        if (!light.program.empty()) names.insert(input_name(source));
    for (const auto& [face, _] : state.stage.faces) {
        const Bus& bus = state.stage.bus(face);
        collect(state, bus.scene, now, 0, names);
        if (const Mix* mix = bus.running(now)) collect(state, mix->from, now, 0, names);
    }
    for (const auto& overlay : state.stage.overlays)
        if (overlay.shown.level(now) > 0) collect(state, overlay.scene, now, 0, names);
    return names;
}

std::set<std::string> previewed_inputs(const ShowState& state, ShowTime now) {
    std::set<std::string> names;
    for (const auto& [source, light] : tally(state, now))
        if (light.preview) names.insert(input_name(source));
    collect(state, state.stage.preview, now, 0, names);
    return names;
}

// --- Scene items --------------------------------------------------------------------------------------------

std::vector<Layer> layers_wanted(const ShowState& state, const SceneName& scene) {
    const Scene* own = state.scenes->scene(scene);
    return own != nullptr ? own->layers : state.layers_of(scene, state.at);
}

std::int64_t item_id(const Layer& layer) {
    std::uint32_t hash = 2166136261U;  // FNV-1a
    for (const char c : layer.name.text) hash = (hash ^ static_cast<unsigned char>(c)) * 16777619U;
    return (hash & 0x7FFFFFFEU) + 1;
}

std::string item_source(const SceneName& scene, const Layer& layer) {
    if (const auto* source = std::get_if<SourceContent>(&layer.content)) return input_name(source->source);
    if (const auto* inner = std::get_if<SceneContent>(&layer.content)) return inner->scene.text;
    if (const auto* caption = std::get_if<CaptionContent>(&layer.content)) return caption_input(caption->caption);
    return layer_input(scene, layer);
}

Size canvas(const ShowState& state) {
    return state.setup->faces.empty() ? Size{1920, 1080} : state.setup->faces.front().size;
}

// About its middle, as Tribune places: alignment 0 is obs's word for that.
Json item_transform(const ShowState& state, const Actual* actual, const Layer& layer) {
    const Size whole = canvas(state);
    const Size source = content_size(state, actual, layer);
    const double width = layer.place.width * whole.width;
    const double height = layer.place.height * whole.height;
    const double cropped_width = layer.crop.width * source.width;
    const double cropped_height = layer.crop.height * source.height;
    const Drawn drawn = drawn_size(layer.fit, cropped_width, cropped_height, width, height);
    constexpr std::array bounds{std::pair{Fit::fit, "OBS_BOUNDS_SCALE_INNER"},
                                std::pair{Fit::fill, "OBS_BOUNDS_SCALE_OUTER"},
                                std::pair{Fit::stretch, "OBS_BOUNDS_STRETCH"}};
    std::string bounds_type;
    for (const auto& [fit, name] : bounds)
        if (fit == layer.fit) bounds_type = name;
    const auto pixels = [](double value) { return static_cast<int>(std::lround(value)); };
    return {{"sourceWidth", source.width},
            {"sourceHeight", source.height},
            {"positionX", (layer.place.x + layer.place.width / 2) * whole.width},
            {"positionY", (layer.place.y + layer.place.height / 2) * whole.height},
            {"rotation", layer.rotation_deg},
            {"scaleX", cropped_width > 0 ? drawn.width / cropped_width : 1.0},
            {"scaleY", cropped_height > 0 ? drawn.height / cropped_height : 1.0},
            {"width", drawn.width},
            {"height", drawn.height},
            {"alignment", 0},
            {"boundsType", bounds_type},
            {"boundsAlignment", 0},
            {"boundsWidth", width},
            {"boundsHeight", height},
            {"cropLeft", pixels(layer.crop.x * source.width)},
            {"cropRight", pixels((1 - layer.crop.right()) * source.width)},
            {"cropTop", pixels(layer.crop.y * source.height)},
            {"cropBottom", pixels((1 - layer.crop.bottom()) * source.height)},
            {"cropToBounds", layer.fit == Fit::fill}};
}

Json scene_item(const ShowState& state, const Actual* actual, const SceneName& scene, const std::vector<Layer>& layers,
                std::size_t index) {
    const Layer& layer = layers[index];
    const bool is_scene = std::holds_alternative<SceneContent>(layer.content);
    const std::string source = item_source(scene, layer);
    const auto input = is_scene ? std::nullopt : find_input(state, source);
    return {{"sceneItemId", item_id(layer)},
            {"sceneItemIndex", index},
            {"sceneItemEnabled", layer.visible},
            {"sceneItemLocked", false},
            {"sceneItemTransform", item_transform(state, actual, layer)},
            {"sceneItemBlendMode", blend_name(layer.blend)},
            {"sourceName", source},
            {"sourceUuid", is_scene ? scene_uuid(SceneName(source)) : input_uuid(source)},
            {"sourceType", is_scene ? "OBS_SOURCE_TYPE_SCENE" : "OBS_SOURCE_TYPE_INPUT"},
            {"inputKind", input ? Json(input->kind) : Json(nullptr)},
            {"isGroup", is_scene ? Json(false) : Json(nullptr)}};
}

std::string_view blend_name(Blend blend) {
    for (const auto& [value, name] : blends)
        if (value == blend) return name;
    return blends.front().second;
}

std::optional<Blend> parse_blend(std::string_view name) {
    for (const auto& [value, known] : blends)
        if (known == name) return value;
    return std::nullopt;
}

// --- Transitions --------------------------------------------------------------------------------------------

std::vector<TransitionEntry> transitions(const ShowState& state) {
    std::vector<TransitionEntry> list;
    for (const auto name : plain_transitions) {
        const bool cut = name == cut_transition;
        const char* kind = cut ? "cut_transition" : name == mix_transition ? "fade_transition" : "tribune_transition";
        list.push_back({std::string(name), kind, cut, false});
    }
    for (const auto& shader : state.setup->transitions)
        list.push_back({shader.name, "tribune_shader", false, !shader.parameters.empty()});
    for (const auto& stinger : state.setup->stingers)
        list.push_back({stinger.source.text, "obs_stinger_transition", true, false});
    return list;
}

std::optional<TransitionEntry> find_transition(const ShowState& state, std::string_view name) {
    for (auto& entry : transitions(state))
        if (entry.name == name) return std::move(entry);
    return std::nullopt;
}

std::string transition_uuid(std::string_view name) { return uuid_of("transition", name); }

int milliseconds_of(Nanoseconds length) { return static_cast<int>(length / std::chrono::milliseconds(1)); }

// --- Faces --------------------------------------------------------------------------------------------------

Json faces(const ShowState& state, ShowTime now) {
    const Json stage = encode(state.stage);
    Json list = Json::array();
    for (const auto& setup : state.setup->faces) {
        const auto at = state.stage.faces.find(setup.name);
        const Bus& bus = state.stage.bus(setup.name);
        const Mix* mix = bus.running(now);
        list.push_back({{"face", setup.name.text},
                        {"follows", at == state.stage.faces.end() || !at->second.own},
                        {"scene", bus.scene.text},
                        {"transition", mix == nullptr ? Json(nullptr) : Json(mix->progress(now))},
                        {"wall", stage["faces"][setup.name.text].value("wall", "")}});
    }
    return list;
}

}  // namespace tribune::net::obs
