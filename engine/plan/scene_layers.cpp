// Scenes and their layers as items of a picture.
#include <algorithm>
#include <cmath>
#include <memory>
#include <string>

#include "base/qr_code.hpp"
#include "plan/data_fields.hpp"
#include "plan/planner_parts.hpp"

namespace tribune {
namespace {

// Under a hundredth nobody sees bars or stretch.
constexpr double unseen = 0.01;

// What a picture leaves free of its place is black as well; only in the middle of a mix something lies behind it.
void add_bars(Picture& picture, const Rect& place, const Rect& shown, float opacity) {
    for (const Rect& bar : {Rect{place.x, place.y, shown.x - place.x, place.height},
                            Rect{shown.right(), place.y, place.right() - shown.right(), place.height},
                            Rect{shown.x, place.y, shown.width, shown.y - place.y},
                            Rect{shown.x, shown.bottom(), shown.width, place.bottom() - shown.bottom()}}) {
        if (bar.width > 0 && bar.height > 0) picture.items.emplace_back(black(bar, opacity));
    }
}

Effects effects_of(const Layer& layer, double scene_height) {
    return {layer.rotation_deg,
            {static_cast<float>(layer.border_width * scene_height), layer.border_colour},
            layer.blend,
            layer.key};
}

// Needs a picture of its own before it is placed.
bool is_boxed(const Layer& layer) {
    return layer.opacity < 1 || layer.corner_radius > 0 || layer.crop != Rect{0, 0, 1, 1} || layer.rotation_deg != 0 ||
           layer.border_width > 0 || layer.blend != Blend::normal || layer.key;
}

Rect in_whole_pixels(const Rect& r) {
    const double x = std::round(r.x), y = std::round(r.y);
    return {x, y, std::round(r.right()) - x, std::round(r.bottom()) - y};
}

Rect place_in(const Rect& share, const Rect& area) {
    return in_whole_pixels({area.x + share.x * area.width, area.y + share.y * area.height, share.width * area.width,
                            share.height * area.height});
}

Align align_of(TextAlign align) {
    return align == TextAlign::left ? Align::left : align == TextAlign::right ? Align::right : Align::centre;
}

// Each module is a square of whole pixels, its quiet zone light. Null: it has no room, or cannot be said.
std::shared_ptr<const Picture> code_picture(const std::string& text, int room) {
    const auto code = qr_code(text, QrRepair::little);
    if (!code) return nullptr;
    const int modules = code->width + 2 * qr_quiet_zone;
    const int pixels = room / modules;
    if (pixels < 1) return nullptr;
    constexpr Colour dark{0, 0, 0, 1};
    auto picture = std::make_shared<Picture>();
    picture->size = {modules * pixels, modules * pixels};
    picture->ground = {1, 1, 1, 1};
    for (int y = 0; y < code->width; ++y) {
        for (int x = 0; x < code->width; ++x) {
            if (!code->dark(x, y)) continue;
            const int from = x;
            while (code->dark(x + 1, y)) ++x;
            picture->items.emplace_back(
                FillItem{{1.0 * (from + qr_quiet_zone) * pixels, 1.0 * (y + qr_quiet_zone) * pixels,
                          1.0 * (x + 1 - from) * pixels, 1.0 * pixels},
                         dark,
                         dark,
                         0});
        }
    }
    return picture;
}

}  // namespace

double aspect(const VideoFrame& frame) {
    const double lying = frame.size.width * frame.pixel_aspect / frame.size.height;
    return frame.rotation % 180 == 0 ? lying : 1 / lying;
}

void fit_into(Fit fit, double content_aspect, Rect& place, Rect& crop) {
    if (place.width <= 0 || place.height <= 0) return;
    const double ratio = content_aspect * crop.width / crop.height / (place.width / place.height);
    if (fit == Fit::stretch || (fit == Fit::fit && std::abs(ratio - 1) <= unseen)) return;
    if (fit == Fit::fill && ratio > 1) {
        crop.x += crop.width * (1 - 1 / ratio) / 2;
        crop.width /= ratio;
    } else if (fit == Fit::fill) {
        crop.y += crop.height * (1 - ratio) / 2;
        crop.height *= ratio;
    } else {
        const double width = std::round(ratio > 1 ? place.width : place.width * ratio);
        const double height = std::round(ratio > 1 ? place.height / ratio : place.height);
        place = {place.x + std::floor((place.width - width) / 2), place.y + std::floor((place.height - height) / 2),
                 width, height};
    }
}

void Planner::add_scene(Canvas& canvas, const SceneName& scene, float opacity) {
    auto layers = canvas.input.state.layers_of(scene, canvas.input.now);
    const Scene* edited = canvas.input.state.scenes->scene(scene);
    if (edited == nullptr) {
        for (auto& layer : layers) {
            layer.fit = canvas.whole;
            layer.opacity = opacity;
        }
    }
    add_layers(canvas, layers, edited == nullptr ? layers : edited->layers);
}

void Planner::add_layers(Canvas& canvas, const std::vector<Layer>& layers, const std::vector<Layer>& settled) {
    for (const auto& layer : layers) {
        if (!layer.visible || layer.opacity <= 0) continue;
        const auto at =
            std::find_if(settled.begin(), settled.end(), [&](const Layer& s) { return s.name == layer.name; });
        add_layer(canvas, layer, at == settled.end() ? layer : *at);
    }
}

// `settled`: the layer where its glide ends. Pictures of its own are made for that size, so that a wall is laid out and
// text broken once, not at every step of the way.
void Planner::add_layer(Canvas& canvas, const Layer& layer, const Layer& settled) {
    const Rect place = place_in(layer.place, canvas.area);
    if (place.width < 1 || place.height < 1) return;
    if (const auto* source = std::get_if<SourceContent>(&layer.content))
        return add_source(canvas, layer, source->source, place);
    const Rect final_place = place_in(settled.place, canvas.area);
    if (!is_boxed(layer) && place == final_place) {
        Canvas inner{canvas.picture,      canvas.input, canvas.face,   place,
                     canvas.scene_height, canvas.whole, canvas.veiled, {}};
        add_content(inner, layer.content);
        if (!canvas.missing) canvas.missing = inner.missing;
        return;
    }
    if (final_place.width < 1 || final_place.height < 1) return;
    auto boxed = std::make_shared<Picture>();
    boxed->size = {static_cast<int>(final_place.width), static_cast<int>(final_place.height)};
    boxed->ground = {0, 0, 0, 0};
    const Rect area{0, 0, final_place.width, final_place.height};
    Canvas inner{*boxed, canvas.input, canvas.face, area, canvas.scene_height, Fit::fit, false, {}};
    add_content(inner, layer.content);
    PictureItem item;
    item.picture = std::move(boxed);
    item.crop = layer.crop;
    item.place = place;
    item.opacity = static_cast<float>(layer.opacity);
    item.corner_radius = static_cast<float>(layer.corner_radius * canvas.scene_height);
    item.effects = effects_of(layer, canvas.scene_height);
    canvas.picture.items.emplace_back(std::move(item));
}

void Planner::add_source(Canvas& canvas, const Layer& layer, const SourceName& source, const Rect& place) {
    const auto missing = slate(canvas.input, source);
    const Look& look = canvas.input.look;
    const auto opacity = static_cast<float>(layer.opacity);
    if (missing && canvas.veiled) {
        // Big words shimmering through the wall's would spoil both.
        canvas.picture.items.emplace_back(
            FillItem{place, with_alpha(look.ground_top, opacity), with_alpha(look.ground_bottom, opacity), 0});
        if (!canvas.missing) canvas.missing = missing;
        return;
    }
    const auto radius = static_cast<float>(layer.corner_radius * canvas.scene_height);
    if (missing && !is_boxed(layer)) return add_slate(canvas, *missing, place);
    if (missing) {
        auto boxed = std::make_shared<Picture>();
        boxed->size = {static_cast<int>(place.width), static_cast<int>(place.height)};
        const Rect area{0, 0, place.width, place.height};
        Canvas inner{*boxed, canvas.input, canvas.face, area, canvas.scene_height, Fit::fit, false, {}};
        add_slate(inner, *missing, area);
        PictureItem item{std::move(boxed), {0, 0, 1, 1}, place,
                         opacity,          radius,       effects_of(layer, canvas.scene_height)};
        item.effects.key.reset();  // what is said must be read
        canvas.picture.items.emplace_back(std::move(item));
        return;
    }
    VideoItem item;
    item.frame = canvas.input.sources.at(source).frame;
    item.place = place;
    item.crop = layer.crop;
    item.opacity = opacity;
    item.corner_radius = radius;
    item.effects = effects_of(layer, canvas.scene_height);
    fit_into(layer.fit, aspect(*item.frame), item.place, item.crop);
    const bool whole_canvas = place == canvas.area;
    if (opacity < 1 && whole_canvas && item.place != place) add_bars(canvas.picture, place, item.place, opacity);
    canvas.picture.items.emplace_back(std::move(item));
}

void Planner::add_content(Canvas& canvas, const LayerContent& content) {
    std::visit([&](const auto& kind) { add_content(canvas, kind); }, content);
}

// A source's layer is placed by its frame's shape: add_source().
void Planner::add_content(Canvas& canvas, const SourceContent& content) {
    Layer whole;
    whole.content = content;
    add_source(canvas, whole, content.source, canvas.area);
}

void Planner::add_content(Canvas& canvas, const SceneContent& content) {
    Canvas inner{canvas.picture,     canvas.input, canvas.face,   canvas.area,
                 canvas.area.height, canvas.whole, canvas.veiled, {}};
    add_scene(inner, content.scene);
    if (!canvas.missing) canvas.missing = inner.missing;
}

void Planner::add_content(Canvas& canvas, const ColourContent& content) {
    canvas.picture.items.emplace_back(FillItem{canvas.area, content.top, content.bottom, 0});
}

void Planner::add_content(Canvas& canvas, const TextContent& content) {
    const double size = std::max(1.0, std::round(content.size * canvas.scene_height));
    if (wants_top_words(content.text)) wants_words_ = true;
    TextLines lines{filled_in(content.text, [&](std::string_view name) { return data_field(name, canvas.input); }),
                    canvas.input.look.font,
                    canvas.input.state.setup->language,
                    size,
                    canvas.area.width,
                    std::max(1, static_cast<int>(canvas.area.height / (size * line_height_em))),
                    align_of(content.align),
                    {canvas.area.x, canvas.area.y},
                    content.colour};
    lines.font.weight = content.weight;
    if (!lines.text.empty()) canvas.picture.items.emplace_back(lines_.lines(lines, canvas.input.now));
}

void Planner::add_content(Canvas& canvas, const QrContent& content) {
    static const std::string unknown;
    const std::string& phones = canvas.input.phones_address == nullptr ? unknown : *canvas.input.phones_address;
    const std::string& text = content.text.empty() ? phones : content.text;
    const int room = static_cast<int>(std::min(canvas.area.width, canvas.area.height));
    if (text.empty()) return;
    if (codes_.size() >= most_codes && !codes_.contains({text, room})) codes_.clear();
    const auto [at, fresh] = codes_.try_emplace({text, room});
    if (fresh) at->second = code_picture(text, room);
    if (!at->second) return;
    const Size size = at->second->size;
    PictureItem item;
    item.picture = at->second;
    item.place = {canvas.area.x + std::floor((canvas.area.width - size.width) / 2),
                  canvas.area.y + std::floor((canvas.area.height - size.height) / 2), 1.0 * size.width,
                  1.0 * size.height};
    canvas.picture.items.emplace_back(std::move(item));
}

void Planner::add_content(Canvas& canvas, const WallContent&) { add_wall(canvas, canvas.area, 1, std::nullopt); }

std::shared_ptr<const Picture> Planner::scene_picture(const Canvas& canvas, const SceneName& scene, const Rect& area,
                                                      Colour ground) {
    auto picture = std::make_shared<Picture>();
    picture->size = {static_cast<int>(area.width), static_cast<int>(area.height)};
    picture->ground = ground;
    const Rect all{0, 0, area.width, area.height};
    Canvas inner{*picture, canvas.input, canvas.face, all, all.height, canvas.whole, canvas.veiled, {}};
    add_scene(inner, scene);
    return picture;
}

}  // namespace tribune
