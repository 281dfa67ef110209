// What is drawn for the people at the desks: buses, scenes, faces without what lies over them.
#include <algorithm>

#include "plan/planner_parts.hpp"
#include "show/views.hpp"

namespace tribune {
namespace {

bool has_wall(const ShowState& state, const SceneName& scene, ShowTime now) {
    const auto layers = state.layers_of(scene, now);
    return std::any_of(layers.begin(), layers.end(), [&](const Layer& layer) {
        const auto* inner = std::get_if<SceneContent>(&layer.content);
        return std::holds_alternative<WallContent>(layer.content) ||
               std::holds_alternative<BoardContent>(layer.content) ||
               (inner != nullptr && has_wall(state, inner->scene, now));
    });
}

void add_picture(Picture& into, Picture picture, const Rect& place) {
    PictureItem item;
    item.picture = std::make_shared<const Picture>(std::move(picture));
    item.place = place;
    into.items.emplace_back(std::move(item));
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
        return picture;
    }
    add_view(canvas, wish.name);
    // A whole face in its own size is that face's picture, drawn once.
    const auto* only = picture.items.size() == 1 ? std::get_if<PictureItem>(&picture.items.front()) : nullptr;
    if (only != nullptr && only->picture->size == wish.size && only->picture->ground.alpha >= 1) return *only->picture;
    return picture;
}

// The view's picture on the canvas; what is gone meanwhile leaves it bare.
void Planner::add_view(Canvas& canvas, const std::string& name) {
    const ShowState& state = canvas.input.state;
    if (name == program_view) return add_view_of(canvas, state.stage.program);
    if (name == preview_view) return add_view_of(canvas, {state.stage.preview, std::nullopt});
    if (name == clean_view) return add_face_view(canvas, state.setup->faces.front(), state.stage.program, Feed::clean);
    if (const auto scene = scene_of_view(name)) return add_view_of(canvas, {*scene, std::nullopt});
    if (const auto view = face_of_view(name)) {
        if (const FaceSetup* face = state.setup->face(view->face))
            add_face_view(canvas, *face, state.stage.bus(view->face), view->feed);
    }
}

void Planner::add_face_view(Canvas& canvas, const FaceSetup& face, const Bus& bus, Feed feed) {
    Rect place = canvas.area, whole{0, 0, 1, 1};
    fit_into(Fit::fit, static_cast<double>(face.size.width) / face.size.height, place, whole);
    add_picture(canvas.picture, picture(canvas.input, face, bus, feed), place);
}

// A wall or a board is laid out for a face, not once more for each size that somebody looks at it in.
void Planner::add_view_of(Canvas& canvas, const Bus& bus) {
    const PlanInput& input = canvas.input;
    const Mix* mix = bus.running(input.now);
    const bool wall =
        has_wall(input.state, bus.scene, input.now) || (mix != nullptr && has_wall(input.state, mix->from, input.now));
    if (!wall) return add_bus(canvas, bus);
    const FaceSetup& face = input.state.setup->faces.front();
    Picture whole;
    whole.size = face.size;
    whole.ground = Colour{0, 0, 0, 1};
    const Rect all{0, 0, static_cast<double>(face.size.width), static_cast<double>(face.size.height)};
    Canvas inner{whole, input, face, all, all.height, Fit::fit, false, {}};
    add_bus(inner, bus);
    add_picture(canvas.picture, std::move(whole), canvas.area);
}

}  // namespace tribune
