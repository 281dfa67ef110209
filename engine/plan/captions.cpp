// Captions as items of a picture: their boxes at rest, on their way, and from the old words to the new.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numbers>

#include "plan/caption_layout.hpp"
#include "plan/data_fields.hpp"
#include "plan/planner_parts.hpp"
#include "show/caption_file.hpp"

namespace tribune {
namespace {

constexpr Nanoseconds last_minute = std::chrono::seconds(60);
constexpr double colours_turn_seconds = 0.5;
constexpr int colour_steps = 8;
constexpr double rise_units = 0.03;
constexpr double grows_from = 0.8;
constexpr double ticker_gap_em = 2.5;
constexpr double ticker_waits_seconds = 1.5;  // its beginning can be read first
constexpr double swing_seconds = 1.1;         // to and fro
constexpr double swing_fades_seconds = 2.2;

double seconds(Nanoseconds t) { return std::chrono::duration<double>(t).count(); }
double eased(double t) { return 1 - (1 - t) * (1 - t) * (1 - t); }
double mixed(double a, double b, double t) { return a + (b - a) * t; }
Rect mixed(const Rect& a, const Rect& b, double t) {
    const double x = std::round(mixed(a.x, b.x, t)), y = std::round(mixed(a.y, b.y, t));
    return {x, y, std::round(mixed(a.right(), b.right(), t)) - x, std::round(mixed(a.bottom(), b.bottom(), t)) - y};
}
Rect moved(const Rect& r, double dx, double dy) { return {r.x + dx, r.y + dy, r.width, r.height}; }
Rect common(const Rect& a, const Rect& b) {
    const double x = std::max(a.x, b.x), y = std::max(a.y, b.y);
    return {x, y, std::max(0.0, std::min(a.right(), b.right()) - x),
            std::max(0.0, std::min(a.bottom(), b.bottom()) - y)};
}

Motion turned_around(Motion motion) {
    switch (motion) {
        case Motion::slide_left: return Motion::slide_right;
        case Motion::slide_right: return Motion::slide_left;
        case Motion::wipe_left: return Motion::wipe_right;
        case Motion::wipe_right: return Motion::wipe_left;
        default: return motion;
    }
}

// How much of a caption with the bell is there, 0…1.
double bell_level(const CaptionTemplate& look, const std::optional<ShowTime>& bell, ShowTime now) {
    if (!bell || now < *bell) return 0;
    const double since = seconds(now - *bell) * 1000;
    const auto part = [](double ms, int whole) { return whole > 0 ? std::clamp(ms / whole, 0.0, 1.0) : 1.0; };
    if (since < look.bell_ms) return part(since, look.in_ms);
    return 1 - part(since - look.bell_ms, look.out_ms);
}

}  // namespace

// Draws one layout.
class CaptionDrawer {
  public:
    struct Time {
        double coming = 0;     // seconds into its coming
        Nanoseconds since{0};  // since it was brought on
        Nanoseconds since_bell{0};
        ShowTime now;
        FrameRate rate;
        double last_minute = 0;
        double time_share = 1;
    };

    CaptionDrawer(const CaptionLayout& layout, const PlanInput& input, const Time& time)
        : layout_(layout), input_(input), time_(time) {}

    // `area`: the caption's, in the picture.
    void draw(Picture& picture, const Rect& area) {
        if (!layout_.boxes.empty()) draw_box(0, picture, {area.x, area.y}, area);
    }
    // From the words of another layout of the same design, 0…1.
    void change(Picture& picture, const Rect& area, const CaptionLayout& from, double t) {
        for (std::size_t i = 0, k = 0; i < layout_.boxes.size() || k < from.boxes.size();) {
            const PlacedBox* now = i < layout_.boxes.size() ? &layout_.boxes[i] : nullptr;
            const PlacedBox* was = k < from.boxes.size() ? &from.boxes[k] : nullptr;
            if (now != nullptr && was != nullptr && now->number != was->number)
                (now->number < was->number ? was : now) = nullptr;
            const Rect place = now == nullptr   ? was->place
                               : was == nullptr ? now->place
                                                : mixed(was->place, now->place, t);
            const auto there = static_cast<float>(was == nullptr ? t : now == nullptr ? 1 - t : 1);
            const PlacedBox& shown = now == nullptr ? *was : *now;
            const Point origin{area.x, area.y};
            add_ground(picture, shown, moved(place, area.x, area.y), there);
            const bool same = now != nullptr && was != nullptr &&
                              (now->words == was->words || !now->words || (was->words && *now->words == *was->words));
            if (was != nullptr && !same)
                add_content(picture, *was, origin, moved_by(*was, place), static_cast<float>(1 - t));
            if (now != nullptr)
                add_content(picture, *now, origin, moved_by(*now, place), same ? 1.0F : static_cast<float>(t));
            i += now != nullptr ? 1 : 0;
            k += was != nullptr ? 1 : 0;
        }
    }

  private:
    static Point moved_by(const PlacedBox& box, const Rect& place) {
        return {place.x - box.place.x, place.y - box.place.y};
    }
    [[nodiscard]] double progress(const CaptionBox& box) const {
        if (box.comes.motion == Motion::none) return 1;
        return eased(std::clamp((time_.coming - box.comes.after) / box.comes.seconds, 0.0, 1.0));
    }

    // `origin`: of the caption's area in the picture; `edge`: of what holds the box, in the picture.
    void draw_box(std::size_t i, Picture& picture, Point origin, const Rect& edge) {
        const PlacedBox& box = layout_.boxes[i];
        const double p = progress(*box.box);
        const Rect place = moved(box.place, origin.x, origin.y);
        if (p <= 0 || place.width < 1 || place.height < 1) return;
        const double angle = swing(*box.box);
        if (p >= 1 && angle == 0) return draw_whole(i, picture, origin);
        auto own = std::make_shared<Picture>();
        own->size = {static_cast<int>(place.width), static_cast<int>(place.height)};
        own->ground = {0, 0, 0, 0};
        draw_whole(i, *own, {-box.place.x, -box.place.y});
        PictureItem item;
        item.picture = std::move(own);
        item.place = place;
        item.effects.rotation_deg = angle;
        if (on_its_way(item, *box.box, p, edge)) picture.items.emplace_back(std::move(item));
    }

    void draw_whole(std::size_t i, Picture& picture, Point origin) {
        const PlacedBox& box = layout_.boxes[i];
        const Rect place = moved(box.place, origin.x, origin.y);
        add_ground(picture, box, place, 1);
        add_content(picture, box, origin, {}, 1);
        for (std::size_t k = i + 1; k < layout_.boxes.size(); ++k)
            if (layout_.boxes[k].parent == i) draw_box(k, picture, origin, place);
    }

    // False: nothing of it can be seen.
    bool on_its_way(PictureItem& item, const CaptionBox& box, double p, const Rect& edge) const {
        const Rect place = item.place;
        const Motion motion = layout_.mirrored ? turned_around(box.comes.motion) : box.comes.motion;
        const double still = 1 - p;
        const auto slide = [&](double dx, double dy) {
            return show_part(item, moved(place, std::round(dx * still), std::round(dy * still)), edge);
        };
        const double wide = std::round(place.width * p), high = std::round(place.height * p);
        switch (motion) {
            case Motion::none: return true;
            case Motion::fade: item.opacity = static_cast<float>(p); return true;
            case Motion::rise:
                item.opacity = static_cast<float>(p);
                item.place.y += std::round(rise_units * layout_.unit * still);
                return true;
            case Motion::grow: {
                const double scale = mixed(grows_from, 1, p);
                const double w = std::round(place.width * scale), h = std::round(place.height * scale);
                item.opacity = static_cast<float>(p);
                item.place = {place.x + std::round((place.width - w) / 2), place.y + std::round((place.height - h) / 2),
                              w, h};
                return w >= 1 && h >= 1;
            }
            case Motion::slide_left: return slide(edge.right() - place.x, 0);
            case Motion::slide_right: return slide(edge.x - place.right(), 0);
            case Motion::slide_up: return slide(0, edge.bottom() - place.y);
            case Motion::slide_down: return slide(0, edge.y - place.bottom());
            case Motion::wipe_right: return show_part(item, place, {place.x, place.y, wide, place.height});
            case Motion::wipe_left: return show_part(item, place, {place.right() - wide, place.y, wide, place.height});
            case Motion::wipe_down: return show_part(item, place, {place.x, place.y, place.width, high});
            case Motion::wipe_up: return show_part(item, place, {place.x, place.bottom() - high, place.width, high});
        }
        return true;
    }

    // What of a picture that lies at `whole` is inside `window`.
    static bool show_part(PictureItem& item, const Rect& whole, const Rect& window) {
        const Rect seen = common(whole, window);
        if (seen.width < 1 || seen.height < 1) return false;
        item.place = seen;
        item.crop = {(seen.x - whole.x) / whole.width, (seen.y - whole.y) / whole.height, seen.width / whole.width,
                     seen.height / whole.height};
        return true;
    }

    [[nodiscard]] double swing(const CaptionBox& box) const {
        if (box.swing <= 0) return 0;
        const double t = seconds(time_.since_bell);
        if (t < 0 || t > 4 * swing_fades_seconds) return 0;
        return box.swing * std::sin(2 * std::numbers::pi * t / swing_seconds) * std::exp(-t / swing_fades_seconds);
    }

    void add_ground(Picture& picture, const PlacedBox& placed, Rect place, float alpha) const {
        const CaptionBox& box = *placed.box;
        if (!box.fill) return;
        const Look& look = input_.look;
        FillItem fill;
        fill.top = caption_colour(*box.fill, box.last_fill, time_.last_minute, look);
        fill.bottom = caption_colour(box.fill_to.value_or(*box.fill), box.last_fill, time_.last_minute, look);
        fill.top.alpha *= alpha;
        fill.bottom.alpha *= alpha;
        if (box.time_share) {
            const double width = std::round(place.width * time_.time_share);
            if (layout_.mirrored) place.x = place.right() - width;
            place.width = width;
        }
        if (place.width < 1 || place.height < 1) return;
        fill.place = place;
        const double radius = box.radius * layout_.unit;
        fill.corner_radius = static_cast<float>(std::min({radius, place.width / 2, place.height / 2}));
        picture.items.emplace_back(fill);
    }

    void add_content(Picture& picture, const PlacedBox& placed, Point origin, Point by, float alpha) const {
        const CaptionBox& box = *placed.box;
        const Rect inside = moved(placed.inside, origin.x + by.x, origin.y + by.y);
        if (placed.words && placed.run > 0) {
            add_ticker(picture, placed, inside, alpha);
        } else if (placed.words && alpha > 0) {
            TextBatch batch;
            batch.moves = placed.words;
            batch.now = time_.now;
            batch.offset = {placed.place.x + origin.x + by.x, placed.place.y + origin.y + by.y};
            batch.opacity = alpha;
            picture.items.emplace_back(std::move(batch));
        } else if (!placed.image.empty()) {
            const auto source = input_.sources.find(SourceName(placed.image));
            if (source == input_.sources.end() || !source->second.frame) return;
            VideoItem item;
            item.frame = source->second.frame;
            item.place = inside;
            item.opacity = alpha;
            item.corner_radius = static_cast<float>(box.radius * layout_.unit);
            picture.items.emplace_back(std::move(item));
        }
        for (const auto& mark : box.marks) {
            Rect place{inside.x + mark.place.x * inside.width, inside.y + mark.place.y * inside.height,
                       mark.place.width * inside.width, mark.place.height * inside.height};
            place = mixed(place, place, 0);
            if (place.width < 1 || place.height < 1) continue;
            Colour colour = caption_colour(mark.colour, input_.look);
            colour.alpha *= alpha;
            picture.items.emplace_back(
                FillItem{place, colour, colour, static_cast<float>(mark.radius * std::min(place.width, place.height))});
        }
    }

    // Runs by whole pixels a frame, so that no step is longer than another.
    void add_ticker(Picture& picture, const PlacedBox& placed, const Rect& inside, float alpha) const {
        const CaptionBox& box = *placed.box;
        const double fps = static_cast<double>(time_.rate.numerator) / time_.rate.denominator;
        const double step = std::max(1.0, std::round(box.speed * layout_.unit / fps));
        const double frames = std::floor(std::max(0.0, seconds(time_.since) - ticker_waits_seconds) * fps + 0.5);
        const double size = placed.words->empty() ? 0 : static_cast<double>(placed.words->front().to_size);
        const double round = std::round(placed.run + ticker_gap_em * size);
        const double gone = std::fmod(frames * step, round);
        const bool leftwards = runs_leftwards(placed);
        auto window = std::make_shared<Picture>();
        window->size = {static_cast<int>(inside.width), static_cast<int>(inside.height)};
        window->ground = {0, 0, 0, 0};
        const double indent = placed.inside.x - placed.place.x, lift = placed.inside.y - placed.place.y;
        for (int turn = 0; turn < 2 + static_cast<int>(inside.width / round); ++turn) {
            TextBatch batch;
            batch.moves = placed.words;
            batch.now = time_.now;
            const double forward = turn * round - gone;
            const double x = leftwards ? inside.width - placed.run - forward : forward;
            if (x >= inside.width || x + placed.run <= 0) continue;
            batch.offset = {std::round(x) - indent, -lift};
            window->items.emplace_back(std::move(batch));
        }
        PictureItem item;
        item.picture = std::move(window);
        item.place = inside;
        item.opacity = alpha;
        picture.items.emplace_back(std::move(item));
    }

    // The first piece of a text that runs to the left stands at its right.
    static bool runs_leftwards(const PlacedBox& placed) {
        return placed.words->size() > 1 && placed.words->front().to.x > placed.words->back().to.x;
    }

    const CaptionLayout& layout_;
    const PlanInput& input_;
    Time time_;
};

std::shared_ptr<const CaptionDesign> Planner::caption_design(const CaptionTemplate& look) {
    auto& kept = designs_[look.name];
    if (kept.design && kept.toml == look.toml) return kept.design;
    kept = {look.toml, nullptr};
    // It was read when the show was loaded; a journal of another version may hold one that is no longer good.
    if (const auto file = read_caption_file(look.name, look.toml))
        kept.design = std::make_shared<const CaptionDesign>(file->design);
    return kept.design;
}

std::shared_ptr<const CaptionLayout> Planner::caption_layout(const Canvas& canvas, const CaptionTemplate& look,
                                                             const std::shared_ptr<const CaptionDesign>& design,
                                                             const CaptionWords& words, double warning) {
    const PlanInput& input = canvas.input;
    const auto of_caption = [&](std::string_view name) -> std::optional<std::string> {
        const FieldName field{std::string(name)};
        const CaptionField* known = look.field(field);
        if (known == nullptr) return data_field(name, input);
        const auto said = words.find(field);
        const std::string& text = said == words.end() || said->second.empty() ? known->usual : said->second;
        return filled_in(text, [&](std::string_view data) { return data_field(data, input); });
    };
    std::map<std::size_t, std::string> texts;
    std::string key = fmt::format("{}\n{}x{} {:.2f} {} {}\n", look.name, canvas.area.width, canvas.area.height,
                                  smallest_font(canvas.face, cap_height_), input.state.setup->language,
                                  std::lround(warning * colour_steps));
    const auto aspect = [&](const std::string& source) {
        const auto at = input.sources.find(SourceName(source));
        if (at == input.sources.end() || !at->second.frame) return 0.0;
        const VideoFrame& frame = *at->second.frame;
        return frame.size.width * frame.pixel_aspect / frame.size.height;
    };
    for_each_box(design->box, [&](const CaptionBox& box, std::size_t number) {
        const std::string& text = box.text.empty() ? box.image : box.text;
        if (text.empty()) return;
        if (wants_top_words(text)) wants_words_ = true;
        texts[number] = filled_in(text, of_caption);
        key += texts[number] + '\n';
        if (!box.image.empty()) key += fmt::format("{:.4f}\n", aspect(texts[number]));
    });
    for (const auto& [_, text] : words)
        if (wants_top_words(text)) wants_words_ = true;
    for (const auto& field : look.fields)
        if (wants_top_words(field.usual)) wants_words_ = true;
    auto& kept = layouts_[key];
    if (!kept.layout || kept.layout->design != design) {
        const CaptionRoom room{{static_cast<int>(canvas.area.width), static_cast<int>(canvas.area.height)},
                               smallest_font(canvas.face, cap_height_),
                               input.look,
                               input.state.setup->language,
                               static_cast<double>(std::lround(warning * colour_steps)) / colour_steps,
                               measure_,
                               aspect};
        kept.layout = std::make_shared<const CaptionLayout>(lay_out_caption(design, texts, room));
    }
    kept.used = ++layout_use_;
    const auto layout = kept.layout;
    if (layouts_.size() > most_layouts)
        std::erase_if(layouts_, [this](const auto& one) { return one.second.used + most_layouts / 2 < layout_use_; });
    return layout;
}

void Planner::add_caption(Canvas& canvas, const Caption& caption, double level, ShowTime start) {
    const PlanInput& input = canvas.input;
    const CaptionTemplate* look = input.state.setup->caption_template(caption.template_name);
    const auto design = look == nullptr ? nullptr : caption_design(*look);
    if (!design || level <= 0 || canvas.area.width < 1 || canvas.area.height < 1) return;
    CaptionDrawer::Time time;
    time.coming = level >= 1 ? 1e6 : level * look->in_ms / 1000.0;
    time.since = input.now - start;
    time.since_bell = input.state.stage.sound.bell ? input.now - *input.state.stage.sound.bell : Nanoseconds{-1};
    time.now = input.now;
    time.rate = input.state.setup->rate;
    if (const auto left = time_left(input.state, input.now)) {
        time.last_minute = std::clamp(seconds(last_minute - left->left) / colours_turn_seconds, 0.0, 1.0);
        time.time_share =
            left->length > Nanoseconds{0} ? std::clamp(seconds(left->left) / seconds(left->length), 0.0, 1.0) : 0;
    }
    const auto layout = caption_layout(canvas, *look, design, caption.words, time.last_minute);
    CaptionDrawer drawer(*layout, input, time);
    const Nanoseconds since_change = caption.change ? input.now - caption.change->at : caption_change;
    if (level >= 1 && since_change < caption_change && since_change >= Nanoseconds{0}) {
        const auto before = caption_layout(canvas, *look, design, caption.change->from, time.last_minute);
        const double t = seconds(since_change) / seconds(caption_change);
        return drawer.change(canvas.picture, canvas.area, *before, t * t * (3 - 2 * t));
    }
    drawer.draw(canvas.picture, canvas.area);
}

void Planner::add_caption_overlay(Canvas& canvas, const Caption& caption, const Fade& shown) {
    const PlanInput& input = canvas.input;
    const CaptionTemplate* look = input.state.setup->caption_template(caption.template_name);
    if (look == nullptr) return;
    double level = shown.level(input.now);
    if (look->bell_ms > 0) level = std::min(level, bell_level(*look, input.state.stage.sound.bell, input.now));
    add_caption(canvas, caption, level, shown.start);
}

// As a scene it is all there.
void Planner::add_content(Canvas& canvas, const CaptionContent& content) {
    if (const Caption* caption = canvas.input.state.captions->caption(content.caption))
        add_caption(canvas, *caption, 1, ShowTime{});
}

}  // namespace tribune
