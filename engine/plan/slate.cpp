// What shows where a source has no picture.
#include <algorithm>
#include <cmath>

#include "plan/planner_parts.hpp"

namespace tribune {

bool shows_slate(const SourceView& source) {
    if (!source.frame) return true;
    const double fps = source.frames_per_second;
    const Nanoseconds three_frames(fps > 0 ? static_cast<std::int64_t>(3e9 / fps) : 0);
    return source.age > std::max(source.frame->stays ? hold_still : hold_last_frame, three_frames);
}

// What its slate says, or nothing while its picture shows.
std::optional<Planner::Slate> Planner::slate(const PlanInput& input, const SourceName& name) const {
    const auto at = input.sources.find(name);
    if (at != input.sources.end() && !shows_slate(at->second)) return std::nullopt;
    const SourceConfig* config = input.state.setup->source(name);
    const std::string& language = input.state.setup->language;
    Slate slate{config == nullptr || config->label.empty() ? name.text : config->label, ""};
    if (at != input.sources.end())
        slate.reason = reason_in(input.look.reasons, language, at->second.code, at->second.reason);
    if (slate.reason.empty()) slate.reason = language == "fr" ? "Image attendue…" : "Waiting for the picture…";
    return slate;
}

void Planner::add_slate(Canvas& canvas, const Slate& slate, const Rect& place) {
    Picture& picture = canvas.picture;
    const PlanInput& input = canvas.input;
    const FaceSetup& face = canvas.face;
    const Look& look = input.look;
    picture.items.emplace_back(FillItem{place, look.ground_top, look.ground_bottom, 0});
    const double size = std::round(place.height * 0.09);
    TextLines title{slate.label,
                    look.font,
                    input.state.setup->language,
                    size,
                    place.width * 0.84,
                    2,
                    Align::centre,
                    {place.x + place.width * 0.08, place.y + place.height * 0.36},
                    look.ink};
    title.font.weight = 700;
    picture.items.emplace_back(lines_.lines(title, input.now));
    const double below = title.top_left.y + lines_.count(title) * size * line_height_em;
    picture.items.emplace_back(
        FillItem{{place.x + place.width * 0.46, below + size * 0.25, place.width * 0.08, std::max(2.0, size * 0.06)},
                 look.accent,
                 look.accent,
                 0});
    TextLines why{slate.reason,
                  look.font,
                  input.state.setup->language,
                  std::max(std::round(size * 0.45), std::ceil(smallest_font(face, cap_height_))),
                  place.width * 0.84,
                  3,
                  Align::centre,
                  {title.top_left.x, below + size * 0.6},
                  look.quiet};
    why.font.weight = 500;
    picture.items.emplace_back(lines_.lines(why, input.now));
}

}  // namespace tribune
