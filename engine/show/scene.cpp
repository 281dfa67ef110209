#include "show/scene.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "show/boards.hpp"
#include "show/state.hpp"

namespace tribune {
namespace {

constexpr double largest_place = 10;  // scenes wide and high
constexpr double most_turns = 100;
constexpr std::size_t longest_name = 80;
constexpr std::size_t longest_text = 2000;

bool within(double value, double low, double high) { return value >= low && value <= high; }  // false for NaN

Status bad_scene(const Layer& layer, std::string_view what) {
    return Error{"bad_scene", fmt::format("Layer \"{}\": {}.", layer.name.text, what)};
}

Status check_layer(const Layer& l) {
    if (l.name.empty() || l.name.text.size() > longest_name)
        return bad_scene(l, fmt::format("its name must have 1 to {} bytes", longest_name));
    const auto inside = [](const Rect& r) {
        return within(r.x, -largest_place, largest_place) && within(r.y, -largest_place, largest_place) &&
               within(r.width, 0, largest_place) && within(r.height, 0, largest_place);
    };
    if (!inside(l.place)) return bad_scene(l, "its place must lie within ten scenes around");
    const Rect& c = l.crop;
    if (!(within(c.x, 0, 1) && within(c.y, 0, 1) && c.width > 0 && c.height > 0 && c.right() <= 1 + 1e-9 &&
          c.bottom() <= 1 + 1e-9))
        return bad_scene(l, "its crop must be a part of the content, 0 to 1");
    if (!within(l.rotation_deg, -360 * most_turns, 360 * most_turns)) return bad_scene(l, "its rotation is too large");
    if (!within(l.opacity, 0, 1)) return bad_scene(l, "its opacity must be 0 to 1");
    if (!within(l.corner_radius, 0, 1)) return bad_scene(l, "its corner radius must be 0 to 1 of the height");
    if (!within(l.border_width, 0, 0.5)) return bad_scene(l, "its border must be 0 to 0.5 of the height");
    if (l.key && !(within(l.key->similarity, 0, 1) && within(l.key->smoothness, 0, 1) && within(l.key->spill, 0, 1)))
        return bad_scene(l, "the values of its key must be 0 to 1");
    if (const auto* text = std::get_if<TextContent>(&l.content)) {
        if (text->text.size() > longest_text || !within(text->size, 0.005, 1) || !within(text->weight, 100, 900))
            return bad_scene(l, fmt::format("text takes at most {} bytes, a size of 0.005 to 1, a weight of 100 to 900",
                                            longest_text));
    }
    if (const auto* code = std::get_if<QrContent>(&l.content); code != nullptr && code->text.size() > longest_qr_text)
        return bad_scene(l, fmt::format("a QR code takes at most {} bytes", longest_qr_text));
    if (const auto* board = std::get_if<BoardContent>(&l.content); board != nullptr && !board_kind(board->board))
        return bad_scene(l, fmt::format("there is no board \"{}\"", board->board));
    return {};
}

Layer at(const Rect& place, Fit fit = Fit::fill) {
    Layer layer;
    layer.place = place;
    layer.fit = fit;
    return layer;
}

// Set off from the picture behind it.
Layer inset(const Rect& place) {
    Layer layer = at(place);
    layer.corner_radius = 0.014;
    layer.border_width = 0.0035;
    layer.border_colour = colour_from_rgb(0xffffff, 0.85F);
    return layer;
}

// Shares of width and height differ: the same margin in pixels on a 16:9 scene.
constexpr double margin_x = 0.025;
constexpr double margin_y = margin_x * 16 / 9;
constexpr double inset_size = 0.3;

Layout picture_in_picture(std::string_view name, double x, double y) {
    return {name, {at({0, 0, 1, 1}), inset({x, y, inset_size, inset_size})}};
}

double mixed(double a, double b, double t) { return a + (b - a) * t; }
float mixed(float a, float b, double t) { return a + (b - a) * static_cast<float>(t); }
Rect mixed(const Rect& a, const Rect& b, double t) {
    return {mixed(a.x, b.x, t), mixed(a.y, b.y, t), mixed(a.width, b.width, t), mixed(a.height, b.height, t)};
}
Colour mixed(const Colour& a, const Colour& b, double t) {
    return {mixed(a.red, b.red, t), mixed(a.green, b.green, t), mixed(a.blue, b.blue, t), mixed(a.alpha, b.alpha, t)};
}

double eased(double t) { return t * t * (3 - 2 * t); }

// The layer in `others` that this one goes on as.
const Layer* counterpart(const Layer& layer, const std::vector<Layer>& others) {
    for (const auto& o : others) {
        if (o.visible && o.name == layer.name && o.content == layer.content) return &o;
    }
    for (const auto& o : others) {
        if (o.visible && o.content == layer.content) return &o;
    }
    return nullptr;
}

Layer faded(Layer layer, double opacity) {
    layer.opacity *= opacity;
    return layer;
}

}  // namespace

LayerContent::LayerContent() = default;
LayerContent::LayerContent(const LayerContent&) = default;
LayerContent::LayerContent(LayerContent&&) noexcept = default;
LayerContent& LayerContent::operator=(const LayerContent&) = default;
LayerContent& LayerContent::operator=(LayerContent&&) noexcept = default;
LayerContent::~LayerContent() = default;
bool LayerContent::operator==(const LayerContent& other) const {
    return static_cast<const LayerContentVariant&>(*this) == static_cast<const LayerContentVariant&>(other);
}

const Scene* SceneBook::scene(const SceneName& name) const {
    const auto found = scenes.find(name);
    return found == scenes.end() ? nullptr : &found->second;
}

const std::vector<Layout>& layouts() {
    constexpr double far_x = 1 - margin_x - inset_size;
    constexpr double far_y = 1 - margin_y - inset_size;
    static const std::vector<Layout> list{
        {"full", {at({0, 0, 1, 1}, Fit::fit)}},
        {"side_by_side", {at({0, 0, 0.5, 1}), at({0.5, 0, 0.5, 1})}},
        picture_in_picture("corner_top_left", margin_x, margin_y),
        picture_in_picture("corner_top_right", far_x, margin_y),
        picture_in_picture("corner_bottom_left", margin_x, far_y),
        picture_in_picture("corner_bottom_right", far_x, far_y),
        {"three_up", {at({0, 0, 2.0 / 3, 1}), at({2.0 / 3, 0, 1.0 / 3, 0.5}), at({2.0 / 3, 0.5, 1.0 / 3, 0.5})}},
        {"quad", {at({0, 0, 0.5, 0.5}), at({0.5, 0, 0.5, 0.5}), at({0, 0.5, 0.5, 0.5}), at({0.5, 0.5, 0.5, 0.5})}},
        {"speaker_and_wall", {at({0, 0, 0.4, 1}), at({0.4, 0, 0.6, 1})}},
    };
    return list;
}

std::vector<Layer> between(const std::vector<Layer>& from, const std::vector<Layer>& to, double t) {
    std::vector<Layer> out;
    for (const auto& old : from) {
        if (old.visible && counterpart(old, to) == nullptr) out.push_back(faded(old, 1 - t));
    }
    for (const auto& next : to) {
        if (!next.visible) continue;
        const Layer* old = counterpart(next, from);
        if (old == nullptr) {
            out.push_back(faded(next, t));
            continue;
        }
        Layer l = next;
        l.place = mixed(old->place, next.place, t);
        l.crop = mixed(old->crop, next.crop, t);
        l.rotation_deg = mixed(old->rotation_deg, next.rotation_deg, t);
        l.opacity = mixed(old->opacity, next.opacity, t);
        l.corner_radius = mixed(old->corner_radius, next.corner_radius, t);
        l.border_width = mixed(old->border_width, next.border_width, t);
        l.border_colour = mixed(old->border_colour, next.border_colour, t);
        out.push_back(std::move(l));
    }
    return out;
}

std::vector<Layer> layers_at(const Scene& scene, ShowTime now) {
    if (!scene.glide || scene.glide->length <= Nanoseconds{0} || now >= scene.glide->start + scene.glide->length)
        return scene.layers;
    const auto since = static_cast<double>((now - scene.glide->start).count());
    const double t = std::clamp(since / static_cast<double>(scene.glide->length.count()), 0.0, 1.0);
    return between(scene.glide->from, scene.layers, eased(t));
}

Status check_layers(const std::vector<Layer>& layers) {
    if (layers.size() > most_layers)
        return Error{"bad_scene", fmt::format("A scene takes at most {} layers.", most_layers)};
    std::set<LayerName> names;
    for (const auto& layer : layers) {
        TRIBUNE_CHECK(check_layer(layer));
        if (!names.insert(layer.name).second) return bad_scene(layer, "two layers have this name");
    }
    return {};
}

bool ShowState::has_scene(const SceneName& name) const {
    return scenes->scene(name) != nullptr || setup->source(SourceName(name.text)) != nullptr ||
           captions->caption(CaptionName(name.text)) != nullptr;
}

std::vector<Layer> ShowState::layers_of(const SceneName& name, ShowTime now) const {
    if (const Scene* scene = scenes->scene(name)) return layers_at(*scene, now);
    Layer whole;
    whole.name = LayerName(name.text);
    if (setup->source(SourceName(name.text)) != nullptr) {
        whole.content = SourceContent{SourceName(name.text)};
    } else if (captions->caption(CaptionName(name.text)) != nullptr) {
        whole.content = CaptionContent{CaptionName(name.text)};
    } else {
        return {};
    }
    return {whole};
}

}  // namespace tribune
