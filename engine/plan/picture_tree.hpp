// The pictures in a plan's pictures, in the order in which they must be drawn. Both painters draw from it.
#pragma once

#include <array>
#include <memory>
#include <vector>

#include "base/result.hpp"
#include "plan/frame_plan.hpp"
#include "plan/turned_place.hpp"

namespace tribune {

inline constexpr int deepest_picture = 8;                 // pictures in pictures in …
inline constexpr std::size_t most_nested_pictures = 256;  // in one plan, distinct ones
inline constexpr int largest_picture_side = 16384;

// What must be drawn before an item can be.
struct ItemPictures {
    static constexpr std::size_t none = static_cast<std::size_t>(-1);
    // Nodes. A picture item has one, a transition two, an item with effects one that shows it upright and plain. None
    // when nothing of the item can be seen.
    std::array<std::size_t, 2> nodes{none, none};
    // Of an item with effects and a transition: what part of its upright pixels the nodes are.
    IntRect window;
};

struct PictureNode {
    std::shared_ptr<const Picture> picture;  // without the items that must be left out
    bool own = false;                        // one of the plan's: its ground is opaque
    int level = 0;                           // one more than the highest of the nodes it needs; 0 when it needs none
    std::vector<ItemPictures> items;         // as many as the picture's
};

struct PictureTree {
    std::vector<PictureNode> nodes;  // equal ones once, each after those that it needs
    std::vector<std::size_t> own;    // the node of each of the plan's pictures

    [[nodiscard]] bool opaque(std::size_t node) const {
        return nodes[node].own || nodes[node].picture->ground.alpha >= 1;
    }
};

// Pictures of the plan are borrowed: it must outlive the tree. `problem` tells of what was left out, if anything:
// nested_too_deep, bad_picture_size, too_many_pictures.
PictureTree picture_tree(const FramePlan& plan, Status& problem);

// Error bad_picture_size unless 1 to largest_picture_side each way.
Status check_picture_size(Size size);

}  // namespace tribune
