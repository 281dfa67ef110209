// What a painter made of the pictures in pictures, kept from frame to frame.
#pragma once

#include <list>
#include <vector>

#include "plan/picture_tree.hpp"

namespace tribune {

// Canvas has `std::optional<Picture> shown`: what it was last drawn to show. One thread.
template <class Canvas>
class KeptPictures {
  public:
    // The canvas of each of the tree's nodes: of the plan's own pictures those given, by index; of the others the one
    // that shows the same already, else one of the same size, which likely differs little, else a new one.
    // Valid until the next call. What no node needs is freed.
    std::vector<Canvas*> assign(const PictureTree& tree, std::vector<Canvas>& own) {
        std::vector<Canvas*> of(tree.nodes.size(), nullptr);
        for (std::size_t i = 0; i < tree.own.size(); ++i) of[tree.own[i]] = &own[i];
        for (auto& k : kept_) k.used = false;
        const auto take = [&](const auto& fits) {
            for (std::size_t i = 0; i < of.size(); ++i) {
                for (auto k = kept_.begin(); !of[i] && k != kept_.end(); ++k) {
                    if (k->used || !k->canvas.shown || !fits(*k->canvas.shown, *tree.nodes[i].picture)) continue;
                    k->used = true;
                    of[i] = &k->canvas;
                }
            }
        };
        take([](const Picture& shown, const Picture& wanted) { return shown == wanted; });
        take([](const Picture& shown, const Picture& wanted) {
            return shown.size == wanted.size && (shown.ground.alpha >= 1) == (wanted.ground.alpha >= 1);
        });
        kept_.remove_if([](const Kept& k) { return !k.used; });
        for (auto& canvas : of) {
            if (!canvas) canvas = &kept_.emplace_back(Kept{{}, true}).canvas;
        }
        return of;
    }

    [[nodiscard]] std::size_t count() const { return kept_.size(); }

  private:
    struct Kept {
        Canvas canvas;
        bool used = false;
    };
    std::list<Kept> kept_;
};

}  // namespace tribune
