#include "wall/wall_scene.hpp"

#include <algorithm>
#include <cmath>

#include "wall/ellipsis.hpp"

namespace tribune {
namespace {

constexpr float born_size = 0.7F;  // of the final size

float mixed(float a, float b, double part) { return a + (b - a) * static_cast<float>(part); }
Point mixed(const Point& a, const Point& b, double part) {
    return {a.x + (b.x - a.x) * part, a.y + (b.y - a.y) * part};
}
Colour mixed(const Colour& a, const Colour& b, double part) {
    return {mixed(a.red, b.red, part), mixed(a.green, b.green, part), mixed(a.blue, b.blue, part),
            mixed(a.alpha, b.alpha, part)};
}
Colour faded(Colour colour) {
    colour.alpha = 0;
    return colour;
}

// The move cut off at `at`: it starts again from where the text is then.
TextMove interrupted(const TextMove& move, ShowTime at) {
    const double part = eased_progress(at, move.start, move.length);
    auto out = move;
    out.from = mixed(move.from, move.to, part);
    out.from_size = mixed(move.from_size, move.to_size, part);
    out.from_colour = mixed(move.from_colour, move.to_colour, part);
    out.start = at;
    return out;
}

// The pen for the same ink centre at another size.
Point pen_at_size(const TextMetrics& m, const Point& pen, double size, double other) {
    const double x = (m.ink_left + m.ink_right) / 2;
    const double y = (m.ink_top + m.ink_bottom) / 2;
    return {pen.x + x * (size - other), pen.y + y * (size - other)};
}

VoiceId voice_of(const Contribution& c) {
    if (c.table.value > 0) return {static_cast<std::uint64_t>(c.table.value)};
    std::uint64_t h = 14695981039346656037ULL;
    for (const char ch : c.device.text) h = (h ^ static_cast<std::uint8_t>(ch)) * 1099511628211ULL;
    return {h | (std::uint64_t{1} << 63)};  // never a table's number
}

}  // namespace

PageView page_view(const WallScene& scene, ShowTime now) {
    const auto pages = static_cast<std::int64_t>(scene.pages.size());
    if (pages < 2 || scene.page_time <= Nanoseconds{0} || now < scene.tour_start) {
        const int page = pages == 0 ? 0 : std::min(scene.tour_page, static_cast<int>(pages) - 1);
        return {page, page, 0};
    }
    const auto passed = now - scene.tour_start;
    const auto turns = passed / scene.page_time;
    const int page = static_cast<int>((scene.tour_page + turns) % pages);
    const auto turn_ends = scene.tour_start + scene.page_time * (turns + 1);
    const auto fade_starts = turn_ends - scene.page_fade;
    if (now <= fade_starts) return {page, page, 0};
    return {page, static_cast<int>((page + 1) % pages), eased_progress(now, fade_starts, scene.page_fade)};
}

WallBuilder::WallBuilder(const WallOptions& options, const std::vector<LanguageWords>& languages, TextMeasure& measure)
    : options_(options), measure_(measure), terms_(languages), layout_(options.layout) {
    options_.palette = legible(options.palette);
}

void WallBuilder::add(const Contribution& c) {
    const auto changed = terms_.add(c.id, voice_of(c), c.text, c.language);
    revision_ = std::max(revision_, c.sequence);
    update(changed, c.at);
}

void WallBuilder::remove(const Uuid& id, std::uint64_t sequence, ShowTime at) {
    const auto changed = terms_.remove(id);
    revision_ = std::max(revision_, sequence);
    update(changed, at);
}

void WallBuilder::set_rules(const std::vector<TermRule>& rules, std::uint64_t sequence, ShowTime at) {
    const auto changed = terms_.set_rules(rules);
    if (changed.empty()) return;
    revision_ = std::max(revision_, sequence);
    update(changed, at);
}

void WallBuilder::update(const std::vector<std::uint32_t>& changed, ShowTime at) {
    now_ = std::max(now_, at);
    scene_.reset();
    shown_.resize(terms_.size());
    for (const auto index : changed) {
        const auto& term = terms_[index];
        auto& shown = shown_[index];
        if (term.weight == 0) {
            layout_.remove(index);
            continue;
        }
        if (!shown.text || shown.spelling != term.shown) {
            leave(shown, now_);
            const auto spec = shortened({term.shown, options_.font, term.language}, layout_.widest_ink(), measure_);
            shown.text = std::make_shared<const TextSpec>(spec);
            shown.spelling = term.shown;
            shown.metrics = measure_.measure(spec);
        }
        layout_.put({index, term.weight, shown.metrics});
    }
    for (const auto index : layout_.take_changed()) show(index, now_);
    // A colour may change without the place.
    for (const auto index : changed) {
        if (terms_[index].weight > 0) show(index, now_);
    }
}

// Brings a word's move in line with its place.
void WallBuilder::show(std::uint32_t term, ShowTime at) {
    auto& shown = shown_[term];
    const auto placed = layout_.word(term);
    if (placed.page != shown.page) leave(shown, at);
    if (placed.page < 0) {
        shown.text.reset();
        return;
    }
    const auto size = static_cast<float>(placed.font_size);
    const auto colour = ink_for(options_.palette, terms_.key(term), placed.weight);
    if (shown.page == placed.page) {
        const auto& to = shown.move;
        if (to.to == placed.pen && to.to_size == size && to.to_colour == colour) return;
        shown.move = interrupted(shown.move, at);
        shown.move.length = options_.glide;
    } else {
        shown.page = placed.page;
        shown.move.text = shown.text;
        shown.move.from_size = born_size * size;
        shown.move.from =
            pen_at_size(shown.metrics, placed.pen, placed.font_size, static_cast<double>(born_size) * placed.font_size);
        shown.move.from_colour = faded(colour);
        shown.move.start = at;
        shown.move.length = options_.appear;
    }
    shown.move.to = placed.pen;
    shown.move.to_size = size;
    shown.move.to_colour = colour;
    touch_page(placed.page);
}

// Fades the word out where it is; it is on no page after.
void WallBuilder::leave(Shown& shown, ShowTime at) {
    if (shown.page < 0) return;
    auto move = interrupted(shown.move, at);
    move.to = move.from;
    move.to_size = move.from_size;
    move.to_colour = faded(move.from_colour);
    move.length = options_.appear;
    leaving_.push_back({move, shown.page});
    touch_page(shown.page);
    shown.page = -1;
}

void WallBuilder::touch_page(int page) {
    const auto i = static_cast<std::size_t>(page);
    if (i >= stale_.size()) stale_.resize(i + 1, false);
    stale_[i] = true;
}

WallPage WallBuilder::make_page(int page) const {
    auto moves = std::make_shared<std::vector<TextMove>>();
    WallPage out;
    for (const auto& leaving : leaving_) {
        if (leaving.page == page) moves->push_back(leaving.move);
    }
    auto keys = layout_.page(page);
    std::sort(keys.begin(), keys.end());  // drawing order must not depend on how the layout keeps them
    out.words = keys.size();
    for (const auto key : keys) moves->push_back(shown_[key].move);
    for (const auto& move : *moves) out.settled = std::max(out.settled, move.start + move.length);
    out.moves = std::move(moves);
    return out;
}

std::shared_ptr<const WallScene> WallBuilder::scene() {
    if (scene_) return scene_;
    std::erase_if(leaving_, [&](const Leaving& l) {
        if (l.move.start + l.move.length > now_ && l.page < layout_.page_count()) return false;
        touch_page(l.page);
        return true;
    });
    auto next = std::make_shared<WallScene>();
    next->area = options_.layout.area;
    next->palette = options_.palette;
    next->revision = revision_;
    next->contributions = terms_.contributions();
    next->words = layout_.size();
    next->page_time = options_.page_time;
    next->page_fade = options_.page_fade;
    for (int page = 0; page < layout_.page_count(); ++page) {
        const auto i = static_cast<std::size_t>(page);
        const bool keep = last_ && i < last_->pages.size() && (i >= stale_.size() || !stale_[i]);
        next->pages.push_back(keep ? last_->pages[i] : make_page(page));
        next->settled = std::max(next->settled, next->pages.back().settled);
    }
    stale_.assign(stale_.size(), false);
    // The tour goes on with the page that was on; a change of their number must not make it jump.
    if (last_) {
        const bool same = last_->pages.size() == next->pages.size();
        const auto view = page_view(*last_, now_);
        next->tour_start = same ? last_->tour_start : now_;
        next->tour_page = same ? last_->tour_page : view.blend < 0.5 ? view.page : view.next;
    } else {
        next->tour_start = now_;
    }
    last_ = next;
    scene_ = std::move(next);
    return scene_;
}

}  // namespace tribune
