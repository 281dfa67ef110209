// One picture's pixels, what they show and how they came about, so that the next frame paints only what differs.
#pragma once

#include <array>
#include <memory>
#include <optional>
#include <vector>

#include "cpu/damage.hpp"
#include "cpu/drawn_words.hpp"
#include "cpu/surface.hpp"
#include "plan/frame_plan.hpp"
#include "plan/picture_tree.hpp"

namespace tribune {

// What an item was drawn with that the plan does not tell.
struct ItemMemory {
    std::shared_ptr<const DrawnWords> words;  // null for other kinds
    std::array<std::uint64_t, 2> versions{};  // of the canvases of its pictures, 0: none
};

struct Canvas {
    Surface surface;
    std::optional<Picture> shown;
    std::vector<ItemMemory> items;  // as many as shown has
    std::uint64_t version = 0;      // of the pixels; never that of another canvas
    // Of the frame being painted:
    std::uint64_t version_before = 0;
    std::vector<IntRect> changed;  // what the new version repainted
    // The pixels as a frame, for whoever scales them. Another object for each version.
    std::shared_ptr<const VideoFrame> frame;

    void begin_frame() {
        version_before = version;
        changed.clear();
    }
};

// All that an item may touch; nothing for texts.
IntRect bounds_of(const PlanItem& item);

// What must be painted again of a canvas that is to show `node`, drawn with `memories`. `canvases` are those of all
// nodes; those that the node needs are finished. Items at the same place in both lists are compared; a list of
// another length changes everything after it parts.
void find_damage(const Canvas& canvas, const PictureNode& node, const std::vector<ItemMemory>& memories,
                 const std::vector<Canvas*>& canvases, DamageGrid& damage);

}  // namespace tribune
