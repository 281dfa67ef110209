// The control room's picture of everything: cells with what they show, its name, its light, its sound.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <span>

#include "plan/planner_parts.hpp"
#include "show/multiview.hpp"
#include "show/views.hpp"

namespace tribune {
namespace {

const Colour program_light = colour_from_rgb(0xe5383b);
const Colour preview_light = colour_from_rgb(0x2f9e44);
const Colour ground = colour_from_rgb(0x0b0d12);
const Colour empty_ground = colour_from_rgb(0x12151c);
const Colour strip_ground = colour_from_rgb(0x000000, 0.66F);
const Colour label_ink = colour_from_rgb(0xffffff);
const Colour quiet_ink = colour_from_rgb(0xb8bfcc);
const Colour warning_ink = colour_from_rgb(0xffc24d);
const Colour bad_ink = colour_from_rgb(0xff8a80);
const Colour line_ink = colour_from_rgb(0xffffff, 0.32F);
const Colour meter_ground = colour_from_rgb(0x000000, 0.55F);

// Of each side: EBU R 95 for 16:9.
constexpr double action_safe = 0.035;
constexpr double title_safe = 0.05;

// A meter's zones, dBFS; EBU's level of programme stands at -18.
struct Zone {
    double from;
    double to;
    Colour colour;
};
const std::array zones{Zone{-60, -18, colour_from_rgb(0x37b24d)}, Zone{-18, -9, colour_from_rgb(0xf2b233)},
                       Zone{-9, 0, colour_from_rgb(0xe5383b)}};

constexpr Nanoseconds late_frame = std::chrono::milliseconds(120);
constexpr Nanoseconds dead_frame = std::chrono::milliseconds(500);

void add_frame(Picture& picture, const Rect& r, double width, const Colour& colour) {
    for (const Rect& side : {Rect{r.x, r.y, r.width, width}, Rect{r.x, r.bottom() - width, r.width, width},
                             Rect{r.x, r.y + width, width, r.height - 2 * width},
                             Rect{r.right() - width, r.y + width, width, r.height - 2 * width}})
        picture.items.emplace_back(FillItem{side, colour, colour, 0});
}

Rect within(const Rect& r, double share) {
    return {r.x + std::round(r.width * share), r.y + std::round(r.height * share),
            r.width - 2 * std::round(r.width * share), r.height - 2 * std::round(r.height * share)};
}

// One bar, from the bottom up.
void add_bar(Picture& picture, const Rect& place, double level_db) {
    const double scale = place.height / (zones.back().to - zones.front().from);
    for (const auto& zone : zones) {
        const double top = std::min(level_db, zone.to);
        if (top <= zone.from) return;
        const double y0 = std::round(place.bottom() - (top - zones.front().from) * scale);
        const double y1 = std::round(place.bottom() - (zone.from - zones.front().from) * scale);
        if (y1 > y0)
            picture.items.emplace_back(FillItem{{place.x, y0, place.width, y1 - y0}, zone.colour, zone.colour, 0});
    }
}

// Two bars on a ground of their own at a place's right edge.
void add_meter(Picture& picture, const Rect& place, double left_db, double right_db) {
    picture.items.emplace_back(FillItem{place, meter_ground, meter_ground, 0});
    const double gap = std::max(1.0, std::floor(place.width * 0.14));
    const double width = std::floor((place.width - 3 * gap) / 2);
    const Rect bars{place.x + gap, place.y + gap, width, place.height - 2 * gap};
    add_bar(picture, bars, left_db);
    add_bar(picture, {bars.x + width + gap, bars.y, width, bars.height}, right_db);
}

std::string label_of(const ShowState& state, const SceneName& name) {
    if (const Scene* scene = state.scenes->scene(name)) return scene->label.empty() ? name.text : scene->label;
    if (const Caption* caption = state.captions->caption(CaptionName(name.text)))
        return caption->label.empty() ? name.text : caption->label;
    const SourceConfig* source = state.setup->source(SourceName(name.text));
    return source == nullptr || source->label.empty() ? name.text : source->label;
}

struct Words {
    std::string_view name, french, english;
};
constexpr std::array face_words{Words{"north", "Nord", "North"}, Words{"east", "Est", "East"},
                                Words{"south", "Sud", "South"}, Words{"west", "Ouest", "West"}};
constexpr std::array view_words{Words{program_view, "Programme", "Program"},
                                Words{preview_view, "Prévision", "Preview"},
                                Words{clean_view, "Programme propre", "Clean feed"}};

std::string word(const ShowState& state, std::span<const Words> list, std::string_view name) {
    const bool french = state.setup->language == "fr";
    for (const auto& words : list)
        if (words.name == name) return std::string(french ? words.french : words.english);
    return std::string(name);
}
std::string view_word(const ShowState& state, std::string_view view) { return word(state, view_words, view); }

const ChannelLevel* level_of(const PlanInput& input, const SourceName& source) {
    if (input.levels == nullptr) return nullptr;
    const auto& channels = input.levels->channels;
    const auto at = std::find_if(channels.begin(), channels.end(), [&](const auto& c) { return c.source == source; });
    return at == channels.end() ? nullptr : &*at;
}

std::string clock_text(std::int32_t second) {
    return fmt::format("{:02}:{:02}:{:02}", second / 3600, second / 60 % 60, second % 60);
}

// What is left of a clip that plays, or that waits; nothing where it has no length.
std::optional<std::string> remaining(const Transport& clip, ShowTime now) {
    const auto end = clip_end(clip);
    if (clip.duration <= Nanoseconds{0} || !end) return std::nullopt;
    const auto left = std::max(*end - clip_point(clip, now).position, Nanoseconds{0});
    const auto seconds = static_cast<std::int64_t>(std::ceil(static_cast<double>(left.count()) / 1e9 / clip.speed));
    return fmt::format("−{}:{:02}", seconds / 60, seconds % 60);
}

std::string decibels(double value, std::string_view unit) {
    return value <= -100 ? fmt::format("– {}", unit) : fmt::format("{:.1f} {}", value, unit);
}

}  // namespace

void Planner::add_line(Canvas& canvas, std::string text, const Rect& place, double size, Align align, const Colour& ink,
                       int weight) {
    TextLines line{std::move(text),
                   canvas.input.look.font,
                   canvas.input.state.setup->language,
                   size,
                   place.width,
                   1,
                   align,
                   {place.x, place.y + std::round((place.height - size * line_height_em) / 2)},
                   ink};
    line.font.weight = weight;
    if (!line.text.empty()) canvas.picture.items.emplace_back(lines_.lines(line, canvas.input.now));
}

void Planner::add_multiview(Canvas& canvas) {
    canvas.picture.ground = ground;
    const ShowState& state = canvas.input.state;
    const auto lights = tally(state, canvas.input.now);
    for (const auto& cell : placed_cells(state)) {
        const Rect& area = canvas.area;
        const double x = std::floor(area.x + cell.place.x * area.width);
        const double y = std::floor(area.y + cell.place.y * area.height);
        const Rect place{x, y, std::floor(area.x + cell.place.right() * area.width + 1e-6) - x,
                         std::floor(area.y + cell.place.bottom() * area.height + 1e-6) - y};
        if (cell.shows == clock_cell) {
            add_clock(canvas, place);
        } else if (cell.shows == sound_cell) {
            add_sound(canvas, place);
        } else {
            add_cell(canvas, cell.shows, tile(canvas.input, cell.shows, lights), place);
        }
    }
}

Planner::Tile Planner::tile(const PlanInput& input, const std::string& view,
                            const std::map<SourceName, TallyLight>& lights) const {
    const ShowState& state = input.state;
    Tile tile;
    tile.note_ink = quiet_ink;
    const bool program = view == program_view, preview = view == preview_view;
    if (program || preview) {
        const SceneName& scene = program ? state.stage.program.scene : state.stage.preview;
        tile.label = fmt::format("{} · {}", view_word(state, view), label_of(state, scene));
        tile.light = program ? program_light : preview_light;
        tile.safe_areas = state.stage.multiview.safe_areas;
        tile.master = program;
        if (program && input.second_of_day) tile.note = clock_text(*input.second_of_day);
        tile.note_ink = label_ink;
        return tile;
    }
    const auto scene = scene_of_view(view);
    if (!scene) {
        const auto face = face_of_view(view);
        tile.label = face ? word(state, face_words, face->face.text) : view_word(state, view);
        if (face && face->feed != Feed::full) tile.label += " · " + view_word(state, clean_view);
        return tile;
    }
    tile.label = label_of(state, *scene);
    const SourceName source(scene->text);
    if (const auto light = lights.find(source); light != lights.end() && state.scenes->scene(*scene) == nullptr) {
        tile.sound = source;
        if (!light->second.program.empty()) {
            tile.light = program_light;
        } else if (light->second.preview) {
            tile.light = preview_light;
        }
    }
    const auto clip = state.stage.media.find(source);
    const auto seen = input.sources.find(source);
    if (clip != state.stage.media.end()) {
        if (auto left = remaining(clip->second, input.now)) tile.note = *std::move(left);
    } else if (seen != input.sources.end() && seen->second.frame) {
        const Nanoseconds age = seen->second.worst_age;
        tile.note = fmt::format("{} ms", age.count() / 1'000'000);
        tile.note_ink = age > dead_frame ? bad_ink : age > late_frame ? warning_ink : quiet_ink;
    }
    return tile;
}

void Planner::add_cell(Canvas& canvas, const std::string& view, const Tile& tile, const Rect& cell) {
    Picture& picture = canvas.picture;
    const double gap = std::max(1.0, std::round(canvas.area.height * 0.002));
    const Rect inside{cell.x + gap, cell.y + gap, cell.width - 2 * gap, cell.height - 2 * gap};
    if (inside.width < 8 || inside.height < 8) return;
    picture.items.emplace_back(FillItem{inside, empty_ground, empty_ground, 0});
    if (view == empty_cell) return;
    // Letters grow with the cell, within what a control room reads.
    const double size =
        std::round(std::clamp(inside.height * 0.07, canvas.area.height * 0.013, canvas.area.height * 0.022));
    const double bar = std::round(size * 1.6);
    const Rect strip{inside.x, inside.bottom() - bar, inside.width, bar};
    // The picture stands whole above its name; beside it there is room for its sound.
    const FaceSetup& face = canvas.input.state.setup->faces.front();
    Rect shown{inside.x, inside.y, inside.width, inside.height - bar}, whole{0, 0, 1, 1};
    fit_into(Fit::fit, static_cast<double>(face.size.width) / face.size.height, shown, whole);
    FaceSetup small = canvas.face;
    small.size = {static_cast<int>(shown.width), static_cast<int>(shown.height)};
    Canvas inner{picture, canvas.input, small, shown, shown.height, Fit::fit, false, {}};
    picture.items.emplace_back(black(shown, 1));
    add_view(inner, view);
    if (tile.safe_areas) {
        add_frame(picture, within(shown, action_safe), 1, line_ink);
        add_frame(picture, within(shown, title_safe), 1, line_ink);
        const double arm = std::round(shown.height * 0.02);
        const double x = std::round(shown.centre().x), y = std::round(shown.centre().y);
        picture.items.emplace_back(FillItem{{x - arm, y, 2 * arm, 1}, line_ink, line_ink, 0});
        picture.items.emplace_back(FillItem{{x, y - arm, 1, 2 * arm}, line_ink, line_ink, 0});
    }
    if (canvas.input.state.stage.multiview.meters && canvas.input.levels != nullptr) {
        const double width = std::clamp(std::round(inside.width * 0.028), 8.0, 22.0);
        const double free = inside.right() - shown.right();
        const double x = free >= width ? std::floor(shown.right() + (free - width) / 2) : inside.right() - width;
        const Rect meter{x, shown.y, width, shown.height};
        const auto* level = tile.sound ? level_of(canvas.input, *tile.sound) : nullptr;
        if (level != nullptr && level->sounding) add_meter(picture, meter, level->peak_left_db, level->peak_right_db);
        if (tile.master)
            add_meter(picture, meter, canvas.input.levels->master_left_db, canvas.input.levels->master_right_db);
    }
    add_strip_of(canvas, tile, strip);
    if (tile.light) add_frame(picture, inside, 2 * gap, *tile.light);
}

void Planner::add_strip_of(Canvas& canvas, const Tile& tile, const Rect& strip) {
    const Colour& strip_colour = tile.light ? *tile.light : strip_ground;
    canvas.picture.items.emplace_back(FillItem{strip, strip_colour, strip_colour, 0});
    const double size = std::round(strip.height / 1.6), indent = std::round(size * 0.7);
    const double note = tile.note.empty() ? 0 : std::min(std::round(size * 4.8), strip.width * 0.34);
    const Rect text{strip.x + indent, strip.y, strip.width - 2 * indent - note, strip.height};
    add_line(canvas, tile.label, text, size, Align::left, label_ink);
    const Colour& ink = tile.light ? label_ink : tile.note_ink;
    add_line(canvas, tile.note, {text.right(), strip.y, note, strip.height}, size, Align::right, ink, 500);
}

void Planner::add_clock(Canvas& canvas, const Rect& cell) {
    add_cell(canvas, std::string(empty_cell), {}, cell);
    if (!canvas.input.second_of_day) return;
    add_line(canvas, clock_text(*canvas.input.second_of_day), cell, std::round(cell.height * 0.3), Align::centre,
             label_ink, 700);
}

// Master, large: its level beside the loudness of 400 ms, of 3 s, and of all.
void Planner::add_sound(Canvas& canvas, const Rect& cell) {
    add_cell(canvas, std::string(empty_cell), {}, cell);
    const SoundLevels* levels = canvas.input.levels;
    if (levels == nullptr) return;
    const double margin = std::round(cell.height * 0.08);
    const double width = std::round(cell.width * 0.14);
    add_meter(canvas.picture, {cell.x + margin, cell.y + margin, width, cell.height - 2 * margin},
              levels->master_left_db, levels->master_right_db);
    const double row = std::floor((cell.height - 2 * margin) / 4);
    const double size = std::round(row * 0.5);
    const double x = cell.x + 2 * margin + width;
    double y = cell.y + margin;
    for (const auto& text :
         {fmt::format("M {}", decibels(levels->momentary_lufs, "LUFS")),
          fmt::format("S {}", decibels(levels->short_term_lufs, "LUFS")),
          fmt::format("I {}", decibels(levels->integrated_lufs, "LUFS")), decibels(levels->true_peak_db, "dBTP")}) {
        add_line(canvas, text, {x, y, cell.right() - margin - x, row}, size, Align::left,
                 levels->true_peak_db > -1 && y > cell.bottom() - margin - 1.5 * row ? bad_ink : label_ink);
        y += row;
    }
}

}  // namespace tribune
