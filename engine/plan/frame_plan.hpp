// What to draw in one frame, as values. Every scene, wall, slate or caption kind comes down to the few
// items below, so a painter (gpu/, cpu/) knows nothing of them. Made by plan_frame(), immutable after.
#pragma once

#include <cstdint>
#include <memory>
#include <variant>
#include <vector>

#include "base/geometry.hpp"
#include "base/ids.hpp"
#include "base/text_move.hpp"
#include "base/time.hpp"
#include "base/video_frame.hpp"

namespace tribune {

// A frame's part `crop` (0…1 of its width and height, upright) stretched over `place`.
// What lies outside the picture is cut. Opacity 0…1; corner radius in pixels.
struct VideoItem {
    std::shared_ptr<const VideoFrame> frame;
    Rect crop{0, 0, 1, 1};
    Rect place;
    float opacity = 1;
    float corner_radius = 0;

    bool operator==(const VideoItem&) const = default;
};

// A vertical gradient from `top` to `bottom` (equal: plain), over what is behind it.
struct FillItem {
    Rect place;
    Colour top;
    Colour bottom;
    float corner_radius = 0;

    bool operator==(const FillItem&) const = default;
};

// Many texts at once (one instanced draw). `now` decides where each is: position, size and colour go
// linearly by eased_progress(). The vector is shared and unchanged from frame to frame while nothing new
// comes, so painters may keep what they made of it, keyed by its address.
struct TextBatch {
    std::shared_ptr<const std::vector<TextMove>> moves;
    ShowTime now;
    Point offset;  // added to every position
    float opacity = 1;
    ShowTime settled;  // from here on nothing in the batch moves

    // Equal pictures need not be drawn twice: a batch at rest is equal at any later time.
    friend bool operator==(const TextBatch& a, const TextBatch& b) {
        return a.moves == b.moves && a.offset == b.offset && a.opacity == b.opacity &&
               (a.now == b.now || (a.now >= a.settled && b.now >= b.settled));
    }
};

using PlanItem = std::variant<VideoItem, FillItem, TextBatch>;

// One distinct picture: `ground` (opaque), then items from back to front, blended in sRGB.
struct Picture {
    Size size;
    Colour ground;
    std::vector<PlanItem> items;

    bool operator==(const Picture&) const = default;
};

struct FacePlan {
    FaceName face;
    std::size_t picture = 0;  // index into FramePlan::pictures
};

struct FramePlan {
    std::uint64_t frame_index = 0;
    ShowTime now;
    std::vector<Picture> pictures;  // each distinct one once
    std::vector<FacePlan> faces;    // in the show's order
};

}  // namespace tribune
