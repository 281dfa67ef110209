#include "plan/planner.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "plan/planner_parts.hpp"
#include "plan/shader_look.hpp"
#include "plan/watermark.hpp"

namespace tribune {
namespace {

// How a face is divided between picture and wall. One row a placement; shares of the face's width and height.
struct Arrangement {
    WallPlacement placement;
    Rect video;  // empty: no video
    Fit whole;   // how a source alone fills its place
    float veil;  // opacity of the ground over the video
    Rect wall;   // with question and small print; empty: no wall
};
constexpr std::array<Arrangement, 4> arrangements{{
    {WallPlacement::off, {0, 0, 1, 1}, Fit::fit, 0, {}},
    {WallPlacement::over, {0, 0, 1, 1}, Fit::fit, 0.80F, {0, 0, 1, 1}},
    {WallPlacement::beside, {0, 0, 0.5, 1}, Fit::fill, 0, {0.5, 0, 0.5, 1}},
    {WallPlacement::full, {}, Fit::fit, 0, {0, 0, 1, 1}},
}};

const Arrangement& arrangement(WallPlacement placement) {
    return *std::find_if(arrangements.begin(), arrangements.end(),
                         [&](const auto& a) { return a.placement == placement; });
}

Rect whole(const Size& size) { return {0, 0, static_cast<double>(size.width), static_cast<double>(size.height)}; }

// How far a stinger's picture may be from where it should stand; one that stays is not looked for so closely.
constexpr Nanoseconds longest_behind = std::chrono::milliseconds(120);
constexpr Nanoseconds longest_staying = std::chrono::seconds(2);

double eased(double t) { return t * t * (3 - 2 * t); }

// A source alone, which fills its place by itself: it can be mixed without a picture of its own.
bool is_alone(const ShowState& state, const SceneName& scene) { return state.scenes->scene(scene) == nullptr; }

}  // namespace

Rect wall_place(const FaceSetup& face, WallPlacement placement) {
    return scaled(arrangement(placement).wall, whole(face.size));
}

FramePlan Planner::plan(const PlanInput& input, const std::vector<ViewWish>& views) {
    FramePlan plan;
    plan.frame_index = input.frame_index;
    plan.now = input.now;
    walls_.clear();
    wants_words_ = false;
    stingers_.clear();
    const auto drawn_once = [&](Picture drawn) {
        const auto same = std::find(plan.pictures.begin(), plan.pictures.end(), drawn);
        const auto index = static_cast<std::size_t>(same - plan.pictures.begin());
        if (same == plan.pictures.end()) plan.pictures.push_back(std::move(drawn));
        return index;
    };
    for (const auto& face : input.state.setup->faces)
        plan.faces.push_back({face.name, drawn_once(picture(input, face, input.state.stage.bus(face.name)))});
    for (const auto& wish : views) {
        if (auto drawn = view(input, wish)) plan.views.push_back({wish.name, drawn_once(*std::move(drawn))});
    }
    // The words are a wall's: where none is shown, one is laid out for them alone.
    if (wants_words_ && walls_.empty() && !input.state.setup->faces.empty()) {
        const FaceSetup& face = input.state.setup->faces.front();
        walls_.push_back({FaceName(), wall_key(face, wall_place(face, WallPlacement::full), cap_height_)});
    }
    return plan;
}

Picture Planner::picture(const PlanInput& input, const FaceSetup& face, const Bus& bus, Feed feed) {
    const auto state = input.state.stage.faces.find(face.name);
    const bool bare = feed == Feed::pictures || state == input.state.stage.faces.end();
    const WallPlacement placement = bare ? WallPlacement::off : state->second.wall;
    const Arrangement& parts = arrangement(placement);
    Picture picture;
    picture.size = face.size;
    picture.ground = Colour{0, 0, 0, 1};
    const Rect all = whole(face.size);
    const Rect video = scaled(parts.video, all);
    Canvas canvas{picture, input, face, video, video.height, parts.whole, parts.veil > 0, {}};
    if (video.width > 0) add_bus(canvas, bus);
    const Rect wall = scaled(parts.wall, all);
    if (wall.width > 0) add_wall(canvas, wall, parts.veil > 0 ? parts.veil : 1, canvas.missing);
    if (feed == Feed::full) {
        Canvas over{picture, input, face, all, all.height, Fit::fit, false, {}};
        add_overlays(over);
        if (const auto dark = static_cast<float>(input.state.stage.black.level(input.now)); dark > 0)
            picture.items.emplace_back(black(all, dark));
    }
    if (input.state.setup->watermark) {
        std::uint64_t revision = 0;
        for (const auto& shown : walls_) {
            if (shown.face != face.name) continue;
            if (const auto words = input.walls.find(shown.key); words != input.walls.end())
                revision = words->second.revision;
        }
        add_watermark(picture, {static_cast<std::uint32_t>(input.frame_index), static_cast<std::uint32_t>(revision)});
    }
    return picture;
}

void Planner::add_bus(Canvas& canvas, const Bus& bus) {
    const Mix* mix = bus.running(canvas.input.now);
    if (mix == nullptr) return add_scene(canvas, bus.scene);
    add_transition(canvas, bus, *mix, static_cast<float>(mix->progress(canvas.input.now)));
}

void Planner::add_transition(Canvas& canvas, const Bus& bus, const Mix& mix, float progress) {
    const PlanInput& input = canvas.input;
    const Colour opaque_black{0, 0, 0, 1};
    if (const auto stinger = stinger_moment(input.state, mix, input.now)) {
        add_stinger(canvas, bus, mix, *stinger);
    } else if (mix.how.name == dip_transition) {
        const bool before = progress < 0.5F;
        add_scene(canvas, before ? mix.from : bus.scene);
        canvas.picture.items.emplace_back(black(canvas.area, before ? 2 * progress : 2 - 2 * progress));
    } else if (mix.how.name == move_transition) {
        const auto to = input.state.layers_of(bus.scene, input.now);
        add_layers(canvas, between(input.state.layers_of(mix.from, input.now), to, eased(progress)), to);
    } else if (mix.how.name == mix_transition && is_alone(input.state, bus.scene)) {
        add_scene(canvas, mix.from);
        add_scene(canvas, bus.scene, progress);
    } else if (mix.how.name == mix_transition) {
        add_scene(canvas, mix.from);
        PictureItem next;
        next.picture = scene_picture(canvas, bus.scene, canvas.area, opaque_black);
        next.place = canvas.area;
        next.opacity = progress;
        canvas.picture.items.emplace_back(std::move(next));
    } else {
        TransitionItem item;
        item.from = scene_picture(canvas, mix.from, canvas.area, opaque_black);
        item.to = scene_picture(canvas, bus.scene, canvas.area, opaque_black);
        item.look = shader_look(input.state.setup, mix.how);
        item.place = canvas.area;
        item.progress = progress;
        canvas.picture.items.emplace_back(std::move(item));
    }
}

// The clip's picture of this moment over what lies beneath; none when it has not come: the take goes on without it.
void Planner::add_stinger(Canvas& canvas, const Bus& bus, const Mix& mix, const StingerMoment& moment) {
    const PlanInput& input = canvas.input;
    add_scene(canvas, moment.cut ? bus.scene : mix.from);
    StingerRun run{mix.how.name, std::nullopt};
    const auto at = input.sources.find(moment.source);
    if (at == input.sources.end() || shows_slate(at->second)) {
        run.fault =
            Error{"stinger_failed", fmt::format("The stinger \"{}\" cannot be played, its takes are cuts: {}", run.name,
                                                at == input.sources.end() || at->second.reason.empty()
                                                    ? "there is no picture of its clip."
                                                    : at->second.reason)};
    } else {
        const SourceView& source = at->second;
        const Nanoseconds ahead = source.frame->presentation - moment.position;
        const Nanoseconds frame_time(static_cast<std::int64_t>(1e9 / std::max(source.frames_per_second, 1.0)));
        const Nanoseconds most_behind =
            source.frame->stays ? longest_staying : std::max(longest_behind, 3 * frame_time);
        if (ahead > frame_time + longest_behind || -ahead > most_behind) {
            run.fault = Error{"stinger_late",
                              fmt::format("The stinger \"{}\" does not keep up, parts of it are not shown: make its "
                                          "clip smaller, or easier to decode.",
                                          run.name)};
        } else {
            VideoItem item;
            item.frame = source.frame;
            item.place = canvas.area;
            fit_into(Fit::fill, aspect(*item.frame), item.place, item.crop);
            canvas.picture.items.emplace_back(std::move(item));
        }
    }
    const auto known =
        std::find_if(stingers_.begin(), stingers_.end(), [&](const StingerRun& r) { return r.name == run.name; });
    if (known == stingers_.end()) stingers_.push_back(std::move(run));
}

void Planner::add_overlays(Canvas& canvas) {
    const auto& stage = canvas.input.state.stage;
    for (const auto& overlay : stage.overlays) {
        const auto& faces = overlay.faces;
        if (!faces.empty() && std::find(faces.begin(), faces.end(), canvas.face.name) == faces.end()) continue;
        if (const Caption* caption = canvas.input.state.captions->caption(CaptionName(overlay.scene.text))) {
            add_caption_overlay(canvas, *caption, overlay.shown);
            continue;
        }
        const auto shown = static_cast<float>(overlay.shown.level(canvas.input.now));
        if (shown <= 0) continue;
        PictureItem item;
        item.picture = scene_picture(canvas, overlay.scene, canvas.area, Colour{0, 0, 0, 0});
        item.place = canvas.area;
        item.opacity = shown;
        canvas.picture.items.emplace_back(std::move(item));
    }
}

}  // namespace tribune
