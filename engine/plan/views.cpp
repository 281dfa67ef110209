// What is drawn for the people at the desks: buses, scenes, the multiview.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "plan/planner_parts.hpp"
#include "show/tally.hpp"
#include "show/views.hpp"

namespace tribune {
namespace {

const Colour program_light = colour_from_rgb(0xe5383b);
const Colour preview_light = colour_from_rgb(0x2f9e44);
const Colour multiview_ground = colour_from_rgb(0x0b0d12);
const Colour label_ground = colour_from_rgb(0x000000, 0.62F);
const Colour label_ink = colour_from_rgb(0xffffff);
const Colour safe_area_line = colour_from_rgb(0xffffff, 0.35F);
constexpr double action_safe = 0.035;  // of each side: EBU R 95, 16:9

bool has_wall(const ShowState& state, const SceneName& scene, ShowTime now) {
    const auto layers = state.layers_of(scene, now);
    return std::any_of(layers.begin(), layers.end(), [&](const Layer& layer) {
        const auto* inner = std::get_if<SceneContent>(&layer.content);
        return std::holds_alternative<WallContent>(layer.content) ||
               (inner != nullptr && has_wall(state, inner->scene, now));
    });
}

void add_frame(Picture& picture, const Rect& r, double width, const Colour& colour) {
    for (const Rect& side : {Rect{r.x, r.y, r.width, width}, Rect{r.x, r.bottom() - width, r.width, width},
                             Rect{r.x, r.y + width, width, r.height - 2 * width},
                             Rect{r.right() - width, r.y + width, width, r.height - 2 * width}})
        picture.items.emplace_back(FillItem{side, colour, colour, 0});
}

std::string label_of(const ShowState& state, const SceneName& name) {
    if (const Scene* scene = state.scenes->scene(name)) return scene->label.empty() ? name.text : scene->label;
    if (const Caption* caption = state.captions->caption(CaptionName(name.text)))
        return caption->label.empty() ? name.text : caption->label;
    const SourceConfig* source = state.setup->source(SourceName(name.text));
    return source == nullptr || source->label.empty() ? name.text : source->label;
}

}  // namespace

std::optional<Picture> Planner::view(const PlanInput& input, const ViewWish& wish) {
    const ShowState& state = input.state;
    if (!is_view(state, wish.name) || wish.size.empty() || state.setup->faces.empty()) return std::nullopt;
    FaceSetup small = state.setup->faces.front();  // letters and margins shrink with the picture
    small.size = wish.size;
    Picture picture;
    picture.size = wish.size;
    picture.ground = Colour{0, 0, 0, 1};
    const Rect all{0, 0, static_cast<double>(wish.size.width), static_cast<double>(wish.size.height)};
    Canvas canvas{picture, input, small, all, all.height, Fit::fit, false, {}};
    if (wish.name == multiview_view) {
        add_multiview(canvas);
    } else if (wish.name == program_view) {
        add_view_of(canvas, state.stage.program);
    } else if (wish.name == preview_view) {
        add_view_of(canvas, {state.stage.preview, std::nullopt});
    } else {
        add_view_of(canvas, {*scene_of_view(wish.name), std::nullopt});
    }
    return picture;
}

// A wall is laid out for a face, not once more for each size that somebody looks at it in.
void Planner::add_view_of(Canvas& canvas, const Bus& bus) {
    const PlanInput& input = canvas.input;
    const Mix* mix = bus.running(input.now);
    const bool wall =
        has_wall(input.state, bus.scene, input.now) || (mix != nullptr && has_wall(input.state, mix->from, input.now));
    if (!wall) return add_bus(canvas, bus);
    const FaceSetup& face = input.state.setup->faces.front();
    auto whole = std::make_shared<Picture>();
    whole->size = face.size;
    whole->ground = Colour{0, 0, 0, 1};
    const Rect all{0, 0, static_cast<double>(face.size.width), static_cast<double>(face.size.height)};
    Canvas inner{*whole, input, face, all, all.height, Fit::fit, false, {}};
    add_bus(inner, bus);
    PictureItem item;
    item.picture = std::move(whole);
    item.place = canvas.area;
    canvas.picture.items.emplace_back(std::move(item));
}

void Planner::add_multiview(Canvas& canvas) {
    const ShowState& state = canvas.input.state;
    Picture& picture = canvas.picture;
    picture.ground = multiview_ground;
    const double width = canvas.area.width, height = canvas.area.height;
    const bool french = state.setup->language == "fr";
    const Rect left{0, 0, std::floor(width / 2), std::floor(height / 2)};
    const Rect right{left.width, 0, width - left.width, left.height};
    add_tile(canvas,
             {{state.stage.preview, std::nullopt},
              fmt::format("{} · {}", french ? "Prévision" : "Preview", label_of(state, state.stage.preview)),
              preview_light,
              true},
             left);
    add_tile(canvas,
             {state.stage.program,
              fmt::format("{} · {}", french ? "Programme" : "Program", label_of(state, state.stage.program.scene)),
              program_light, true},
             right);
    const auto lights = tally(state, canvas.input.now);
    std::vector<Tile> tiles;
    for (const auto& source : state.setup->sources) {
        const TallyLight& light = lights.at(source.name);
        const SceneName scene(source.name.text);
        Tile tile{{scene, std::nullopt}, label_of(state, scene), std::nullopt, false};
        if (const auto at = canvas.input.sources.find(source.name);
            at != canvas.input.sources.end() && at->second.frame) {
            tile.label += fmt::format(" · {} ms", at->second.age.count() / 1'000'000);
        }
        if (!light.program.empty()) {
            tile.light = program_light;
        } else if (light.preview) {
            tile.light = preview_light;
        }
        tiles.push_back(std::move(tile));
    }
    for (const auto& [name, scene] : state.scenes->scenes)
        tiles.push_back({{name, std::nullopt}, label_of(state, name), std::nullopt, false});
    if (tiles.empty()) return;
    // As many columns as rows: tiles of the face's shape, in a half that has it too.
    const auto side = static_cast<std::size_t>(std::ceil(std::sqrt(static_cast<double>(tiles.size()) / 2)));
    const std::size_t columns = std::max<std::size_t>(2 * side, 2), rows = (tiles.size() + columns - 1) / columns;
    const double tile_width = width / static_cast<double>(columns);
    const double tile_height =
        std::min(tile_width * height / width, (height - left.height) / static_cast<double>(rows));
    for (std::size_t i = 0; i < tiles.size(); ++i) {
        const double x = std::floor(static_cast<double>(i % columns) * tile_width);
        const double y = std::floor(left.height + static_cast<double>(i / columns) * tile_height);
        const double right_edge = std::floor(static_cast<double>(i % columns + 1) * tile_width);
        const double bottom = std::floor(left.height + static_cast<double>(i / columns + 1) * tile_height);
        add_tile(canvas, tiles[i], {x, y, right_edge - x, bottom - y});
    }
}

void Planner::add_tile(Canvas& canvas, const Tile& tile, const Rect& place) {
    Picture& picture = canvas.picture;
    const double gap = std::max(1.0, std::round(canvas.area.height * 0.003));
    const double line = tile.light ? 2 * gap : gap;
    const Rect inside{place.x + gap, place.y + gap, place.width - 2 * gap, place.height - 2 * gap};
    if (inside.width < 8 || inside.height < 8) return;
    FaceSetup small = canvas.face;
    small.size = {static_cast<int>(inside.width), static_cast<int>(inside.height)};
    Canvas inner{picture, canvas.input, small, inside, inside.height, Fit::fit, false, {}};
    add_view_of(inner, tile.shows);
    if (tile.large) {
        const Rect safe{inside.x + inside.width * action_safe, inside.y + inside.height * action_safe,
                        inside.width * (1 - 2 * action_safe), inside.height * (1 - 2 * action_safe)};
        add_frame(picture, safe, 1, safe_area_line);
    }
    if (tile.light) add_frame(picture, inside, line, *tile.light);
    const double size = std::max(9.0, std::round(canvas.area.height * (tile.large ? 0.022 : 0.018)));
    const double bar = std::round(size * line_height_em * 1.2);
    const Rect strip{inside.x + line, inside.bottom() - line - bar, inside.width - 2 * line, bar};
    picture.items.emplace_back(FillItem{strip, label_ground, label_ground, 0});
    TextLines text{tile.label,
                   canvas.input.look.font,
                   canvas.input.state.setup->language,
                   size,
                   strip.width - size,
                   1,
                   Align::centre,
                   {strip.x + size / 2, strip.y + std::round(size * line_height_em * 0.1)},
                   label_ink};
    text.font.weight = 600;
    picture.items.emplace_back(lines_.lines(text, canvas.input.now));
}

}  // namespace tribune
