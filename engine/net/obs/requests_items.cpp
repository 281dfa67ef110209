// Scene items: the layers of a scene.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

#include "net/obs/requests.hpp"
#include "net/obs/view.hpp"

namespace tribune::net::obs {
namespace {

constexpr double most_pixels = 100'000;
constexpr std::int64_t most_id = 0x7FFFFFFF;

struct Item {
    SceneName scene;
    std::vector<Layer> layers;
    std::size_t index = 0;
    [[nodiscard]] const Layer& layer() const { return layers[index]; }
};

// Named by sceneName (or its UUID) and sceneItemId. Null: `fields` says why.
std::optional<Item> read_item(const Context& context, Fields& fields, const char* id_field = "sceneItemId") {
    Item item{read_scene(context, fields), {}, 0};
    const auto id = fields.integer(id_field, 0, most_id);
    if (fields.fault()) return std::nullopt;
    item.layers = layers_wanted(context.state, item.scene);
    const auto at =
        std::find_if(item.layers.begin(), item.layers.end(), [&](const Layer& l) { return item_id(l) == id; });
    if (at == item.layers.end()) {
        fields.fail(Code::not_found, fmt::format("The scene \"{}\" has no item {}.", item.scene.text, id));
        return std::nullopt;
    }
    item.index = static_cast<std::size_t>(at - item.layers.begin());
    return item;
}

// A source's own scene is one layer, always.
bool check_editable(const Context& context, const SceneName& scene, Fields& fields) {
    if (context.state.scenes->scene(scene) != nullptr) return true;
    fields.fail(Code::cannot_act,
                fmt::format("\"{}\" is a source, shown whole: make a scene to arrange it.", scene.text));
    return false;
}

Outcome with_layer(const Context& context, const Item& item, Layer layer, Fields& fields) {
    if (!check_editable(context, item.scene, fields)) return *fields.fault();
    return Act{{SetLayer{item.scene, std::move(layer), 0}}, nullptr};
}

Outcome with_layers(const Context& context, const SceneName& name, std::vector<Layer> layers, Json data,
                    Fields& fields) {
    if (!check_editable(context, name, fields)) return *fields.fault();
    return Act{{SetScene{name, context.state.scenes->scene(name)->label, std::move(layers), 0}}, std::move(data)};
}

LayerName free_name(const std::vector<Layer>& layers, const std::string& wanted) {
    LayerName name(wanted);
    const auto taken = [&] {
        return std::any_of(layers.begin(), layers.end(), [&](const Layer& l) { return l.name == name; });
    };
    for (int n = 2; taken(); ++n) name = LayerName(fmt::format("{} {}", wanted, n));
    return name;
}

Outcome list_items(const Context& context, Fields& fields) {
    const SceneName scene = read_scene(context, fields);
    const auto layers = layers_wanted(context.state, scene);
    Json items = Json::array();
    for (std::size_t i = 0; i < layers.size(); ++i)
        items.push_back(scene_item(context.state, context.actual, scene, layers, i));
    return success({{"sceneItems", std::move(items)}});
}

Outcome find_item(const Context& context, Fields& fields) {
    const SceneName scene = read_scene(context, fields);
    const auto source = fields.text("sourceName");
    const auto offset = fields.optional_integer("searchOffset", -1, 1000).value_or(0);
    const auto input = find_input(context.state, source);
    std::vector<std::int64_t> found;
    for (const auto& layer : layers_wanted(context.state, scene)) {
        const auto shown = item_source(scene, layer);
        if (shown == source || (input && shown == input->name)) found.push_back(item_id(layer));
    }
    if (found.empty() || offset >= static_cast<std::int64_t>(found.size()))
        return Reply{Code::not_found, fmt::format("The scene \"{}\" does not show \"{}\".", scene.text, source),
                     nullptr};
    return success({{"sceneItemId", offset < 0 ? found.back() : found[static_cast<std::size_t>(offset)]}});
}

Outcome item_source_of(const Context& context, Fields& fields) {
    const auto item = read_item(context, fields);
    if (!item) return *fields.fault();
    const Json all = scene_item(context.state, context.actual, item->scene, item->layers, item->index);
    return success({{"sourceName", all["sourceName"]}, {"sourceUuid", all["sourceUuid"]}});
}

// The content that a source's, input's or scene's name stands for.
std::optional<LayerContent> content_named(const Context& context, const std::string& name) {
    if (const auto input = find_input(context.state, name)) {
        if (input->source) return SourceContent{*input->source};
        if (const Layer* layer = layer_of(context.state, *input)) return layer->content;
    }
    if (context.state.has_scene(SceneName(name))) return SceneContent{SceneName(name)};
    return std::nullopt;
}

Outcome create_item(const Context& context, Fields& fields) {
    const SceneName scene = read_scene(context, fields);
    const auto source = fields.text("sourceName");
    const bool enabled = fields.optional_flag("sceneItemEnabled").value_or(true);
    auto content = content_named(context, source);
    if (!content) return not_found("source", source);
    auto layers = layers_wanted(context.state, scene);
    Layer layer;
    layer.name = free_name(layers, source);
    layer.content = *std::move(content);
    layer.visible = enabled;
    const auto id = item_id(layer);
    layers.push_back(std::move(layer));
    return with_layers(context, scene, std::move(layers), {{"sceneItemId", id}}, fields);
}

Outcome duplicate_item(const Context& context, Fields& fields) {
    const auto item = read_item(context, fields);
    if (!item) return *fields.fault();
    SceneName target = item->scene;
    if (const auto name = fields.optional_text("destinationSceneName")) {
        target = SceneName(*name);
        if (!context.state.has_scene(target)) return not_found("scene", *name);
    }
    auto layers = layers_wanted(context.state, target);
    Layer copy = item->layer();
    copy.name = free_name(layers, copy.name.text);
    const auto id = item_id(copy);
    layers.push_back(std::move(copy));
    return with_layers(context, target, std::move(layers), {{"sceneItemId", id}}, fields);
}

Outcome remove_item(const Context& context, Fields& fields) {
    auto item = read_item(context, fields);
    if (!item) return *fields.fault();
    item->layers.erase(item->layers.begin() + static_cast<std::ptrdiff_t>(item->index));
    return with_layers(context, item->scene, std::move(item->layers), nullptr, fields);
}

Outcome get_enabled(const Context& context, Fields& fields) {
    const auto item = read_item(context, fields);
    if (!item) return *fields.fault();
    return success({{"sceneItemEnabled", item->layer().visible}});
}

Outcome set_enabled(const Context& context, Fields& fields) {
    const auto item = read_item(context, fields);
    const bool enabled = fields.flag("sceneItemEnabled");
    if (!item) return *fields.fault();
    Layer layer = item->layer();
    layer.visible = enabled;
    return with_layer(context, *item, std::move(layer), fields);
}

Outcome get_locked(const Context& context, Fields& fields) {
    (void)read_item(context, fields);
    return success({{"sceneItemLocked", false}});
}

Outcome set_locked(const Context& context, Fields& fields) {
    (void)read_item(context, fields);
    if (!fields.flag("sceneItemLocked")) return success();
    return Reply{Code::cannot_act, "Layers are not locked in Tribune.", nullptr};
}

Outcome get_index(const Context& context, Fields& fields) {
    const auto item = read_item(context, fields);
    return success({{"sceneItemIndex", item ? item->index : 0}});
}

Outcome set_index(const Context& context, Fields& fields) {
    auto item = read_item(context, fields);
    const auto wanted = static_cast<std::size_t>(fields.integer("sceneItemIndex", 0, most_layers));
    if (!item) return *fields.fault();
    const std::size_t to = std::min(wanted, item->layers.size() - 1);
    const auto at = [&](std::size_t index) { return item->layers.begin() + static_cast<std::ptrdiff_t>(index); };
    if (to > item->index) {
        std::rotate(at(item->index), at(item->index + 1), at(to + 1));
    } else {
        std::rotate(at(to), at(item->index), at(item->index + 1));
    }
    return with_layers(context, item->scene, std::move(item->layers), nullptr, fields);
}

Outcome get_blend(const Context& context, Fields& fields) {
    const auto item = read_item(context, fields);
    return success({{"sceneItemBlendMode", blend_name(item ? item->layer().blend : Blend::normal)}});
}

Outcome set_blend(const Context& context, Fields& fields) {
    const auto item = read_item(context, fields);
    const auto name = fields.text("sceneItemBlendMode");
    if (!item) return *fields.fault();
    const auto blend = parse_blend(name);
    if (!blend) return Reply{Code::bad_field, fmt::format("There is no blend mode \"{}\".", name), nullptr};
    Layer layer = item->layer();
    layer.blend = *blend;
    return with_layer(context, *item, std::move(layer), fields);
}

// --- Transform ----------------------------------------------------------------------------------------------

Outcome get_transform(const Context& context, Fields& fields) {
    const auto item = read_item(context, fields);
    if (!item) return *fields.fault();
    return success({{"sceneItemTransform", item_transform(context.state, context.actual, item->layer())}});
}

// Where obs anchors an item (bits: 1 left, 2 right, 4 top, 8 bottom), from its middle, in halves of its size.
Point anchor(std::int64_t alignment) {
    const auto along = [&](std::int64_t low, std::int64_t high) {
        return (alignment & low) != 0 ? -1.0 : (alignment & high) != 0 ? 1.0 : 0.0;
    };
    return {along(1, 2), along(4, 8)};
}

struct BoundsKind {
    std::string_view name;
    Fit fit;
};
constexpr std::array bounds_kinds{
    BoundsKind{"OBS_BOUNDS_NONE", Fit::stretch},       BoundsKind{"OBS_BOUNDS_STRETCH", Fit::stretch},
    BoundsKind{"OBS_BOUNDS_SCALE_INNER", Fit::fit},    BoundsKind{"OBS_BOUNDS_SCALE_OUTER", Fit::fill},
    BoundsKind{"OBS_BOUNDS_SCALE_TO_WIDTH", Fit::fit}, BoundsKind{"OBS_BOUNDS_SCALE_TO_HEIGHT", Fit::fit},
    BoundsKind{"OBS_BOUNDS_MAX_ONLY", Fit::fit},
};

// The layer with what the client said of its place: pixels of the canvas, about the anchor it names or else its middle.
Layer moved(const Context& context, const Layer& layer, Fields& change) {
    const Json now = item_transform(context.state, context.actual, layer);
    const Size whole = canvas(context.state);
    const auto read = [&](const char* name, double least, double most) {
        return change.optional_number(name, least, most).value_or(now[name].get<double>());
    };
    Layer next = layer;
    const double source_width = now["sourceWidth"];
    const double source_height = now["sourceHeight"];
    const double left = read("cropLeft", 0, most_pixels) / source_width;
    const double top = read("cropTop", 0, most_pixels) / source_height;
    next.crop = {left, top, 1 - left - read("cropRight", 0, most_pixels) / source_width,
                 1 - top - read("cropBottom", 0, most_pixels) / source_height};
    if (next.crop.width <= 0 || next.crop.height <= 0) change.fail(Code::out_of_range, "The crop leaves no picture.");

    double width = read("boundsWidth", 0, most_pixels);
    double height = read("boundsHeight", 0, most_pixels);
    if (const auto bounds = change.optional_text("boundsType")) {
        const auto* kind = std::find_if(bounds_kinds.begin(), bounds_kinds.end(),
                                        [&](const BoundsKind& k) { return k.name == *bounds; });
        if (kind == bounds_kinds.end()) {
            change.fail(Code::bad_field, fmt::format("There is no bounds type \"{}\".", *bounds));
        } else {
            next.fit = kind->fit;
        }
    }
    // Scaled: the place is as large as the picture becomes.
    if ((change.has("scaleX") || change.has("scaleY")) && !change.has("boundsWidth") && !change.has("boundsHeight")) {
        width = read("scaleX", 0, 1000) * next.crop.width * source_width;
        height = read("scaleY", 0, 1000) * next.crop.height * source_height;
        next.fit = Fit::stretch;
    }
    next.rotation_deg = read("rotation", -36'000, 36'000);
    const Point from_middle = anchor(change.optional_integer("alignment", 0, 15).value_or(0));
    const double angle = next.rotation_deg * std::numbers::pi / 180;
    const double dx = from_middle.x * width / 2;
    const double dy = from_middle.y * height / 2;
    const double x = read("positionX", -most_pixels, most_pixels) - (dx * std::cos(angle) - dy * std::sin(angle));
    const double y = read("positionY", -most_pixels, most_pixels) - (dx * std::sin(angle) + dy * std::cos(angle));
    next.place = {(x - width / 2) / whole.width, (y - height / 2) / whole.height, width / whole.width,
                  height / whole.height};
    return next;
}

Outcome set_transform(const Context& context, Fields& fields) {
    const auto item = read_item(context, fields);
    const Json wanted = fields.object("sceneItemTransform");
    if (!item) return *fields.fault();
    Fields change(wanted);
    Layer layer = moved(context, item->layer(), change);
    if (change.fault()) return *change.fault();
    return with_layer(context, *item, std::move(layer), fields);
}

constexpr std::array rows{
    Row{"GetSceneItemList", list_items},         Row{"GetSceneItemId", find_item},
    Row{"GetSceneItemSource", item_source_of},   Row{"CreateSceneItem", create_item},
    Row{"DuplicateSceneItem", duplicate_item},   Row{"RemoveSceneItem", remove_item},
    Row{"GetSceneItemEnabled", get_enabled},     Row{"SetSceneItemEnabled", set_enabled},
    Row{"GetSceneItemLocked", get_locked},       Row{"SetSceneItemLocked", set_locked},
    Row{"GetSceneItemIndex", get_index},         Row{"SetSceneItemIndex", set_index},
    Row{"GetSceneItemBlendMode", get_blend},     Row{"SetSceneItemBlendMode", set_blend},
    Row{"GetSceneItemTransform", get_transform}, Row{"SetSceneItemTransform", set_transform},
};

}  // namespace

std::span<const Row> item_rows() { return rows; }

}  // namespace tribune::net::obs
