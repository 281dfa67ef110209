#include "plan/picture_tree.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

namespace tribune {
namespace {

constexpr Rect whole{0, 0, 1, 1};

class Builder {
  public:
    Builder(const FramePlan& plan, Status& problem) : plan_(plan), problem_(problem) {
        tree_.own.assign(plan.pictures.size(), ItemPictures::none);
    }

    PictureTree build() {
        for (std::size_t i = 0; i < plan_.pictures.size(); ++i) own(i);
        return std::move(tree_);
    }

  private:
    // `room`: how many more pictures may lie in one another here.
    struct Built {
        int room = 0;
        bool cut = false;  // something was left out for want of room
    };

    std::size_t own(std::size_t i) {
        if (tree_.own[i] == ItemPictures::none) {
            // Not ours to keep: the plan holds it.
            tree_.own[i] = add({std::shared_ptr<const void>{}, &plan_.pictures[i]}, deepest_picture, true);
        }
        return tree_.own[i];
    }

    // Nothing when the picture cannot be drawn.
    std::optional<std::size_t> nested(const std::shared_ptr<const Picture>& picture, int room) {
        if (room == 0) {
            leave_out(
                {"nested_too_deep", fmt::format("More than {} pictures lie in one another; the innermost are left "
                                                "out. Look for a scene that shows itself.",
                                                deepest_picture)});
            return std::nullopt;
        }
        if (auto possible = check_picture_size(picture->size); !possible) {
            leave_out(possible.error());
            return std::nullopt;
        }
        for (std::size_t i = 0; i < plan_.pictures.size(); ++i) {
            if (picture->ground.alpha >= 1 && plan_.pictures[i] == *picture) {
                if (const auto node = own(i); fits(node, room - 1)) return node;
            }
        }
        for (std::size_t i = 0; i < tree_.nodes.size(); ++i) {
            if (!tree_.nodes[i].own && fits(i, room - 1) && same(sources_[i], picture)) return i;
        }
        if (tree_.nodes.size() >= plan_.pictures.size() + most_nested_pictures) {
            leave_out(
                {"too_many_pictures", fmt::format("A frame may have {} different pictures in pictures; the rest are "
                                                  "left out. Show fewer scenes at once.",
                                                  most_nested_pictures)});
            return std::nullopt;
        }
        return add(picture, room - 1, false);
    }

    static bool same(const std::shared_ptr<const Picture>& a, const std::shared_ptr<const Picture>& b) {
        return a == b || *a == *b;
    }
    [[nodiscard]] bool fits(std::size_t node, int room) const {
        return built_[node].cut ? built_[node].room == room : tree_.nodes[node].level <= room;
    }

    std::size_t add(const std::shared_ptr<const Picture>& picture, int room, bool is_own) {
        PictureNode node{picture, is_own, 0, {}};
        node.items.reserve(picture->items.size());
        std::vector<PlanItem> kept;
        bool complete = true;
        for (std::size_t i = 0; i < picture->items.size(); ++i) {
            const auto& item = picture->items[i];
            if (const auto needs = pictures_of(item, picture->size, room)) {
                for (const auto n : needs->nodes)
                    if (n != ItemPictures::none) node.level = std::max(node.level, tree_.nodes[n].level + 1);
                node.items.push_back(*needs);
                if (!complete) kept.push_back(item);
            } else if (complete) {
                complete = false;
                kept.assign(picture->items.begin(), picture->items.begin() + static_cast<std::ptrdiff_t>(i));
            }
        }
        if (!complete) node.picture = std::make_shared<const Picture>(Picture{picture->size, picture->ground, kept});
        tree_.nodes.push_back(std::move(node));
        sources_.push_back(picture);
        built_.push_back({room, !complete});
        return tree_.nodes.size() - 1;
    }

    // Nothing when the item must be left out.
    std::optional<ItemPictures> pictures_of(const PlanItem& item, Size canvas, int room) {
        if (const auto* v = std::get_if<VideoItem>(&item)) {
            if (v->effects.none() || !v->frame) return ItemPictures{};
            return with_effects(*v, canvas, room);
        }
        if (const auto* p = std::get_if<PictureItem>(&item)) {
            if (!p->picture) return ItemPictures{};
            if (!p->effects.none()) return with_effects(*p, canvas, room);
            return seen(*p, turned_place(p->place, 0), canvas) ? one(nested(p->picture, room)) : ItemPictures{};
        }
        if (const auto* t = std::get_if<TransitionItem>(&item)) {
            const auto place = turned_place(t->place, 0);
            const IntRect window = shown_window(place, canvas);
            if (!t->from || !t->to || window.empty()) return ItemPictures{};
            const auto side = [&](const std::shared_ptr<const Picture>& picture) {
                return nested(upright(PictureItem{picture, whole, {}}, place.upright, window), room);
            };
            const auto from = side(t->from), to = side(t->to);
            if (!from || !to) return std::nullopt;
            return ItemPictures{{*from, *to}, window};
        }
        return ItemPictures{};
    }

    template <class Item>
    std::optional<ItemPictures> with_effects(const Item& item, Size canvas, int room) {
        const auto place = turned_place(item.place, item.effects.rotation_deg);
        const IntRect window = shown_window(place, canvas);
        if (!seen(item, place, canvas) || window.empty()) return ItemPictures{};
        auto out = one(nested(upright(item, place.upright, window), room));
        if (out) out->window = window;
        return out;
    }

    template <class Item>
    static bool seen(const Item& item, const TurnedPlace& place, Size canvas) {
        return item.opacity > 0 && item.crop.width > 0 && item.crop.height > 0 && !place.bounds.empty() &&
               !intersection(place.bounds, {0, 0, canvas.width, canvas.height}).empty();
    }

    // The item alone, upright and plain.
    template <class Item>
    static std::shared_ptr<const Picture> upright(const Item& item, Size size, const IntRect& window) {
        if constexpr (std::is_same_v<Item, PictureItem>) {
            if (item.crop == whole && item.picture->size == size && window.size() == size) return item.picture;
        }
        Item plain = item;
        plain.place = {-1.0 * window.x0, -1.0 * window.y0, 1.0 * size.width, 1.0 * size.height};
        plain.opacity = 1;
        plain.corner_radius = 0;
        plain.effects = {};
        return std::make_shared<const Picture>(Picture{window.size(), {0, 0, 0, 0}, {plain}});
    }

    static std::optional<ItemPictures> one(const std::optional<std::size_t>& node) {
        if (!node) return std::nullopt;
        return ItemPictures{{*node, ItemPictures::none}, {}};
    }

    void leave_out(Error error) { problem_ = std::move(error); }

    const FramePlan& plan_;
    Status& problem_;
    PictureTree tree_;
    std::vector<std::shared_ptr<const Picture>> sources_;  // of each node, with all items
    std::vector<Built> built_;                             // of each node
};

}  // namespace

PictureTree picture_tree(const FramePlan& plan, Status& problem) { return Builder(plan, problem).build(); }

Status check_picture_size(Size size) {
    if (!size.empty() && size.width <= largest_picture_side && size.height <= largest_picture_side) return {};
    return Error{"bad_picture_size",
                 fmt::format("A picture of {}×{} pixels cannot be drawn; give it 1 to {} pixels a side.", size.width,
                             size.height, largest_picture_side)};
}

}  // namespace tribune
