#include "cpu/canvas.hpp"

#include "plan/turned_place.hpp"

namespace tribune {
namespace {

// The two differ at most in what they show: their place and how they lie there are the same.
bool same_but_content(const PlanItem& a, PlanItem b) {
    if (a.index() != b.index()) return false;
    if (auto* v = std::get_if<VideoItem>(&b)) v->frame = std::get<VideoItem>(a).frame;
    if (auto* p = std::get_if<PictureItem>(&b)) p->picture = std::get<PictureItem>(a).picture;
    if (auto* t = std::get_if<TransitionItem>(&b)) {
        t->from = std::get<TransitionItem>(a).from;
        t->to = std::get<TransitionItem>(a).to;
    }
    return a == b;
}

// Where the first pixel of an item's pictures lies, when each of their pixels is one of the canvas.
std::optional<Point> pixel_for_pixel(const PlanItem& item, const ItemPictures& pictures) {
    double rotation = 0;
    if (const auto* v = std::get_if<VideoItem>(&item)) rotation = v->effects.rotation_deg;
    if (const auto* p = std::get_if<PictureItem>(&item)) {
        rotation = p->effects.rotation_deg;
        const bool whole = p->crop == Rect{0, 0, 1, 1} && p->picture->size == nearest_pixels(p->place).size();
        if (p->effects.none() && !whole) return std::nullopt;  // scaled
    }
    // A shader may show any pixel anywhere.
    if (const auto* t = std::get_if<TransitionItem>(&item); t && t->look && t->look->glsl) return std::nullopt;
    if (rotation != 0) return std::nullopt;
    const IntRect bounds = bounds_of(item);
    return Point{1.0 * bounds.x0 + pictures.window.x0, 1.0 * bounds.y0 + pictures.window.y0};
}

// The item shows pictures that may have changed in part.
void add_changes(const PlanItem& item, const ItemPictures& pictures, const ItemMemory& before,
                 const std::vector<Canvas*>& canvases, DamageGrid& damage) {
    const auto origin = pixel_for_pixel(item, pictures);
    const IntRect bounds = bounds_of(item);
    for (std::size_t i = 0; i < pictures.nodes.size(); ++i) {
        if (pictures.nodes[i] == ItemPictures::none) continue;
        const Canvas& shown = *canvases[pictures.nodes[i]];
        if (shown.version == before.versions[i]) continue;
        if (!origin || shown.version_before != before.versions[i]) return damage.add(bounds);
        const int x = static_cast<int>(origin->x), y = static_cast<int>(origin->y);
        for (const auto& r : shown.changed) damage.add(intersection({r.x0 + x, r.y0 + y, r.x1 + x, r.y1 + y}, bounds));
    }
}

}  // namespace

IntRect bounds_of(const PlanItem& item) {
    if (const auto* v = std::get_if<VideoItem>(&item)) return turned_place(v->place, v->effects.rotation_deg).bounds;
    if (const auto* p = std::get_if<PictureItem>(&item)) return turned_place(p->place, p->effects.rotation_deg).bounds;
    if (const auto* f = std::get_if<FillItem>(&item)) return nearest_pixels(f->place);
    if (const auto* t = std::get_if<TransitionItem>(&item)) return nearest_pixels(t->place);
    return {};
}

void find_damage(const Canvas& canvas, const PictureNode& node, const std::vector<ItemMemory>& memories,
                 const std::vector<Canvas*>& canvases, DamageGrid& damage) {
    const Picture& now = *node.picture;
    if (!canvas.shown || canvas.shown->size != now.size || canvas.shown->ground != now.ground) return damage.add_all();
    const auto& before = *canvas.shown;
    const DrawnWords none;
    const auto count = std::max(before.items.size(), now.items.size());
    for (std::size_t i = 0; i < count; ++i) {
        const PlanItem* a = i < before.items.size() ? &before.items[i] : nullptr;
        const PlanItem* b = i < now.items.size() ? &now.items[i] : nullptr;
        const DrawnWords* a_words = a ? canvas.items[i].words.get() : nullptr;
        const DrawnWords* b_words = b ? memories[i].words.get() : nullptr;
        if (a_words || b_words) {
            if (a_words != b_words) add_word_damage(a_words ? *a_words : none, b_words ? *b_words : none, damage);
        } else if (a && b && memories[i].versions != std::array<std::uint64_t, 2>{} && same_but_content(*a, *b)) {
            add_changes(*b, node.items[i], canvas.items[i], canvases, damage);
            continue;
        } else if (a && b && *a == *b) {
            continue;
        }
        if (a && !a_words) damage.add(bounds_of(*a));
        if (b && !b_words) damage.add(bounds_of(*b));
    }
}

}  // namespace tribune
