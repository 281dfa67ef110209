#include "plan/planner.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "plan/watermark.hpp"
#include "wall/legibility.hpp"

namespace tribune {
namespace {

// How a face is divided between picture and wall. One row a placement; shares of the face's width and height.
struct Arrangement {
    WallPlacement placement;
    Rect video;  // empty: no video
    bool fill;   // the video fills its place, its edges cut; else it fits with bars
    float veil;  // opacity of the ground over the video
    Rect wall;   // with question and small print; empty: no wall
};
constexpr std::array<Arrangement, 4> arrangements{{
    {WallPlacement::off, {0, 0, 1, 1}, false, 0, {}},
    {WallPlacement::over, {0, 0, 1, 1}, false, 0.80F, {0, 0, 1, 1}},
    {WallPlacement::beside, {0, 0, 0.5, 1}, true, 0, {0.5, 0, 0.5, 1}},
    {WallPlacement::full, {}, false, 0, {0, 0, 1, 1}},
}};

const Arrangement& arrangement(WallPlacement placement) {
    return *std::find_if(arrangements.begin(), arrangements.end(),
                         [&](const auto& a) { return a.placement == placement; });
}

Rect scaled(const Rect& share, const Size& size) {
    return {std::round(share.x * size.width), std::round(share.y * size.height), std::round(share.width * size.width),
            std::round(share.height * size.height)};
}

// Measures of the wall's frame, all from the face's height so that every size looks alike.
struct WallFrame {
    double margin;
    double question_size;
    double question_height;
    double print_size;
    Rect words;
};
constexpr int question_lines = 2;

// Nothing is set smaller than the last row can read.
WallFrame wall_frame(const Rect& wall, const FaceSetup& face, double cap_height) {
    WallFrame frame{};
    const double face_height = face.size.height;
    const double smallest = std::ceil(smallest_font(face, cap_height));
    frame.margin = std::round(face_height * 0.035);
    frame.question_size = std::max(std::round(face_height * 0.048), smallest);
    frame.question_height = std::ceil(frame.question_size * line_height_em * question_lines);
    frame.print_size = std::max(std::round(face_height * 0.026), smallest);
    const double top = frame.margin + frame.question_height + frame.margin * 0.6;
    const double bottom = frame.margin * 0.7 + frame.print_size * line_height_em;
    frame.words = {wall.x + frame.margin, wall.y + top, wall.width - 2 * frame.margin, wall.height - top - bottom};
    return frame;
}

// The upright shape of a frame, in units of its own pixels.
double aspect(const VideoFrame& frame) {
    const double lying = frame.size.width * frame.pixel_aspect / frame.size.height;
    return frame.rotation % 180 == 0 ? lying : 1 / lying;
}

Colour with_alpha(Colour colour, float alpha) {
    colour.alpha = alpha;
    return colour;
}

FillItem black(const Rect& place, float opacity) {
    const Colour colour{0, 0, 0, opacity};
    return {place, colour, colour, 0};
}

// What a picture leaves free of its place is black as well; only in the middle of a mix something lies behind it.
void add_bars(Picture& picture, const Rect& place, const Rect& shown, float opacity) {
    for (const Rect& bar : {Rect{place.x, place.y, shown.x - place.x, place.height},
                            Rect{shown.right(), place.y, place.right() - shown.right(), place.height},
                            Rect{shown.x, place.y, shown.width, shown.y - place.y},
                            Rect{shown.x, shown.bottom(), shown.width, place.bottom() - shown.bottom()}}) {
        if (bar.width > 0 && bar.height > 0) picture.items.emplace_back(black(bar, opacity));
    }
}

// The small print under a wall, from the longest form to the shortest.
std::vector<std::string> small_prints(const PlanInput& input, const WallView& wall) {
    const auto count = input.state.room.contributions.size();
    const bool french = input.state.setup->language == "fr";
    const std::string answers = french ? fmt::format("{} réponse{}", count, count > 1 ? "s" : "")
                                       : fmt::format("{} answer{}", count, count == 1 ? "" : "s");
    const std::string words = french ? fmt::format("{} mot{}", wall.words, wall.words > 1 ? "s" : "")
                                     : fmt::format("{} word{}", wall.words, wall.words == 1 ? "" : "s");
    if (wall.pages < 2) return {fmt::format("{} · {}", answers, words), answers};
    return {fmt::format("{} · {} · page {} {} {}", answers, words, wall.page, french ? "sur" : "of", wall.pages),
            fmt::format("{}/{} · {} · {}", wall.page, wall.pages, answers, words),
            fmt::format("{}/{} · {}", wall.page, wall.pages, answers)};
}

// Sentences say what is wrong, a colon, what to do. The room needs the first; the desks have both.
std::string without_remedy(const std::string& reason) {
    std::string wrong = reason.substr(0, reason.find(": "));
    for (const std::string_view space : {" ", "\u00a0", "\u202f"}) {
        if (wrong.size() != reason.size() && wrong.ends_with(space)) wrong.resize(wrong.size() - space.size());
    }
    return wrong;
}

std::string question(const ShowState& state) {
    const auto& rounds = state.room.rounds;
    return rounds.empty() ? state.setup->title : rounds[rounds.size() - 1].question;
}

}  // namespace

bool shows_slate(const SourceView& source) {
    if (!source.frame) return true;
    const double fps = source.frames_per_second;
    const Nanoseconds three_frames(fps > 0 ? static_cast<std::int64_t>(3e9 / fps) : 0);
    return source.age > std::max(hold_last_frame, three_frames);
}

Rect wall_area(const FaceSetup& face, WallPlacement placement, double cap_height) {
    const Rect wall = scaled(arrangement(placement).wall, face.size);
    return wall.width <= 0 ? Rect{} : wall_frame(wall, face, cap_height).words;
}

double smallest_font(const FaceSetup& face, double cap_height) {
    const Venue venue{face.farthest_seat_m, face.screen_height_m};
    return font_size_for_cap_height(smallest_cap_height(venue, face.size.height), cap_height);
}

FramePlan Planner::plan(const PlanInput& input) {
    FramePlan plan;
    plan.frame_index = input.frame_index;
    plan.now = input.now;
    for (const auto& face : input.state.setup->faces) {
        Picture drawn = picture(input, face);
        const auto same = std::find(plan.pictures.begin(), plan.pictures.end(), drawn);
        plan.faces.push_back({face.name, static_cast<std::size_t>(same - plan.pictures.begin())});
        if (same == plan.pictures.end()) plan.pictures.push_back(std::move(drawn));
    }
    return plan;
}

Picture Planner::picture(const PlanInput& input, const FaceSetup& face) {
    const auto state = input.state.stage.faces.find(face.name);
    const WallPlacement placement = state == input.state.stage.faces.end() ? WallPlacement::off : state->second.wall;
    const Arrangement& parts = arrangement(placement);
    Picture picture;
    picture.size = face.size;
    picture.ground = Colour{0, 0, 0, 1};
    const Rect video = scaled(parts.video, face.size);
    std::optional<Slate> missing;
    if (video.width > 0) {
        missing = add_bus(picture, input, face, input.state.stage.bus(face.name), video, parts.fill, parts.veil > 0);
    }
    add_wall(picture, input, face, placement, missing);
    if (const auto dark = static_cast<float>(input.state.stage.black.darkness(input.now)); dark > 0) {
        picture.items.emplace_back(black(scaled({0, 0, 1, 1}, face.size), dark));
    }
    if (input.state.setup->watermark) {
        const auto wall = input.walls.find(face.name);
        const auto revision = wall == input.walls.end() ? 0 : wall->second.revision;
        add_watermark(picture, {static_cast<std::uint32_t>(input.frame_index), static_cast<std::uint32_t>(revision)});
    }
    return picture;
}

std::optional<Planner::Slate> Planner::add_bus(Picture& picture, const PlanInput& input, const FaceSetup& face,
                                               const Bus& bus, const Rect& place, bool fill, bool veiled) {
    const Mix* mix = bus.running(input.now);
    if (mix == nullptr) return add_source(picture, input, face, bus.source, place, fill, veiled, 1);
    const auto progress = static_cast<float>(mix->progress(input.now));
    if (mix->kind == TransitionKind::dip) {
        const bool before = progress < 0.5F;
        auto slate = add_source(picture, input, face, before ? mix->from : bus.source, place, fill, veiled, 1);
        picture.items.emplace_back(black(place, before ? 2 * progress : 2 - 2 * progress));
        return slate;
    }
    add_source(picture, input, face, mix->from, place, fill, veiled, 1);
    return add_source(picture, input, face, bus.source, place, fill, veiled, progress);
}

std::optional<Planner::Slate> Planner::add_source(Picture& picture, const PlanInput& input, const FaceSetup& face,
                                                  const SourceName& name, const Rect& place, bool fill, bool veiled,
                                                  float opacity) {
    auto missing = slate(input, name);
    if (!missing) {
        add_video(picture, input.sources.at(name).frame, place, fill, opacity);
    } else if (veiled) {
        // Big words shimmering through the wall's would spoil both.
        picture.items.emplace_back(FillItem{place, with_alpha(input.look.ground_top, opacity),
                                            with_alpha(input.look.ground_bottom, opacity), 0});
        return missing;
    } else {
        add_slate(picture, input, face, *missing, place, opacity);
    }
    return std::nullopt;
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

void Planner::add_video(Picture& picture, const std::shared_ptr<const VideoFrame>& frame, const Rect& place, bool fill,
                        float opacity) {
    VideoItem item;
    item.frame = frame;
    item.place = place;
    item.opacity = opacity;
    const double frame_aspect = aspect(*frame);
    const double place_aspect = place.width / place.height;
    const double ratio = frame_aspect / place_aspect;
    if (fill && ratio > 1) {
        item.crop = {(1 - 1 / ratio) / 2, 0, 1 / ratio, 1};
    } else if (fill) {
        item.crop = {0, (1 - ratio) / 2, 1, ratio};
    } else if (std::abs(ratio - 1) > 0.01) {  // under a hundredth nobody sees bars or stretch
        const Size fitted{static_cast<int>(std::round(ratio > 1 ? place.width : place.height * frame_aspect)),
                          static_cast<int>(std::round(ratio > 1 ? place.width / frame_aspect : place.height))};
        item.place = {place.x + std::floor((place.width - fitted.width) / 2),
                      place.y + std::floor((place.height - fitted.height) / 2), static_cast<double>(fitted.width),
                      static_cast<double>(fitted.height)};
        if (opacity < 1) add_bars(picture, place, item.place, opacity);
    }
    picture.items.emplace_back(std::move(item));
}

void Planner::add_slate(Picture& picture, const PlanInput& input, const FaceSetup& face, const Slate& slate,
                        const Rect& place, float opacity) {
    const Look& look = input.look;
    const auto add_text = [&](TextBatch batch) {
        batch.opacity *= opacity;
        picture.items.emplace_back(std::move(batch));
    };
    picture.items.emplace_back(
        FillItem{place, with_alpha(look.ground_top, opacity), with_alpha(look.ground_bottom, opacity), 0});
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
    add_text(lines_.lines(title, input.now));
    const double below = title.top_left.y + lines_.count(title) * size * line_height_em;
    picture.items.emplace_back(
        FillItem{{place.x + place.width * 0.46, below + size * 0.25, place.width * 0.08, std::max(2.0, size * 0.06)},
                 with_alpha(look.accent, opacity),
                 with_alpha(look.accent, opacity),
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
    add_text(lines_.lines(why, input.now));
}

// All in letters of the small print's size, on its line: a rule like the question's, the name, the reason. The small
// print gives way to them in its shorter forms; then the reason goes without its remedy, and last it ends in ….
void Planner::add_strip(Picture& picture, const PlanInput& input, const WallView* wall,
                        const std::optional<Slate>& veiled, const Rect& strip, double margin, double print_size) {
    const Look& look = input.look;
    const std::string& language = input.state.setup->language;
    const auto line = [&](const std::string& text, Colour colour, int weight) {
        TextLines one{text, look.font, language, print_size, strip.width, 1, Align::left, {strip.x, strip.y}, colour};
        one.font.weight = weight;
        return one;
    };
    const double rule_width = std::max(3.0, margin * 0.14);
    const double indent = margin * 0.5;  // from rule to name
    const double between = print_size * 0.6;
    TextLines name = line(veiled ? veiled->label : "", look.ink, 700);
    TextLines why = line(veiled ? veiled->reason : "", look.quiet, 500);
    const double gap = veiled ? 1.5 * margin : 0;
    const auto label_width = [&] {
        return veiled ? std::ceil(indent + lines_.width(name) + between + lines_.width(why)) + 1 : 0;
    };
    TextLines print = line("", look.quiet, 500);
    const auto prints = wall == nullptr ? std::vector<std::string>{""} : small_prints(input, *wall);
    const auto fits = [&](const std::string& text) {
        print.text = text;
        return lines_.width(print) + gap + label_width() <= strip.width;
    };
    if (std::none_of(prints.begin(), prints.end(), fits) && veiled) {
        why.text = without_remedy(veiled->reason);
        (void)std::any_of(prints.begin(), prints.end(), fits);
    }
    if (wall != nullptr) picture.items.emplace_back(lines_.lines(print, input.now));
    const double taken = wall == nullptr ? 0 : lines_.width(print) + gap;
    const double left = strip.x + std::min(taken, strip.width * 0.75);
    if (!veiled) return;
    const double label = label_width();
    const double start = std::max(left, strip.right() - label);
    const Rect rule{start, strip.y + print_size * 0.12, rule_width, print_size * (line_height_em - 0.3)};
    picture.items.emplace_back(FillItem{rule, look.accent, look.accent, 0});
    const double room = strip.right() - start - indent;
    name.top_left.x = start + indent;
    const bool whole = label <= strip.right() - left;
    name.width = whole ? lines_.width(name) : std::min(lines_.width(name), room * 0.6);
    picture.items.emplace_back(lines_.lines(name, input.now));
    why.top_left.x = name.top_left.x + name.width + between;
    why.width = strip.right() - why.top_left.x;
    picture.items.emplace_back(lines_.lines(why, input.now));
}

void Planner::add_wall(Picture& picture, const PlanInput& input, const FaceSetup& face, WallPlacement placement,
                       const std::optional<Slate>& veiled) {
    const Arrangement& parts = arrangement(placement);
    const Rect area = scaled(parts.wall, face.size);
    if (area.width <= 0) return;
    const Look& look = input.look;
    const float veil = parts.veil > 0 ? parts.veil : 1;
    picture.items.emplace_back(
        FillItem{area, with_alpha(look.ground_top, veil), with_alpha(look.ground_bottom, veil), 0});
    const WallFrame frame = wall_frame(area, face, cap_height_);
    const std::string& language = input.state.setup->language;
    TextLines asked{question(input.state),
                    look.font,
                    language,
                    frame.question_size,
                    area.width - 3 * frame.margin,
                    question_lines,
                    Align::left,
                    {area.x + frame.margin * 1.5, area.y + frame.margin},
                    look.ink};
    asked.font.weight = 700;
    // One line stands in the middle of the room for two.
    const double used = lines_.count(asked) * frame.question_size * line_height_em;
    asked.top_left.y += std::round((frame.question_height - used) / 2);
    // A rule of the accent colour ties the question to its wall.
    picture.items.emplace_back(FillItem{{area.x + frame.margin, asked.top_left.y + frame.question_size * 0.12,
                                         std::max(3.0, frame.margin * 0.14), used - frame.question_size * 0.3},
                                        look.accent,
                                        look.accent,
                                        0});
    picture.items.emplace_back(lines_.lines(asked, input.now));
    const double print_top = area.bottom() - frame.margin * 0.7 - frame.print_size * line_height_em;
    const Rect strip{area.x + frame.margin, print_top, area.width - 2 * frame.margin,
                     frame.print_size * line_height_em};
    const auto wall = input.walls.find(face.name);
    if (wall != input.walls.end()) {
        for (TextBatch batch : wall->second.batches) {
            batch.offset.x += frame.words.x;
            batch.offset.y += frame.words.y;
            picture.items.emplace_back(std::move(batch));
        }
    }
    add_strip(picture, input, wall == input.walls.end() ? nullptr : &wall->second, veiled, strip, frame.margin,
              frame.print_size);
}

}  // namespace tribune
