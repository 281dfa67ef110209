// What to draw in one frame, as values. Every scene, wall, slate or caption kind comes down to the few
// items below, so a painter (gpu/, cpu/) knows nothing of them. Made by plan_frame(), immutable after.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/compositing.hpp"
#include "base/geometry.hpp"
#include "base/ids.hpp"
#include "base/text_move.hpp"
#include "base/time.hpp"
#include "base/video_frame.hpp"

namespace tribune {

// A line along the inside of a place's edge, following its round corners, drawn over the picture.
struct Border {
    float width = 0;  // pixels
    Colour colour{1, 1, 1, 1};
    bool operator==(const Border&) const = default;
};

// What most items do without: kept apart so that the plain case stays plain.
struct Effects {
    double rotation_deg = 0;  // clockwise, about the middle of the place; edges are smoothed
    Border border;
    Blend blend = Blend::normal;
    std::optional<Key> key;  // before opacity; the border is not keyed

    bool operator==(const Effects&) const = default;
    [[nodiscard]] bool none() const { return *this == Effects{}; }
};

// A frame's part `crop` (0…1 of its width and height, upright) stretched over `place`.
// What lies outside the picture is cut. Opacity 0…1; corner radius in pixels.
struct VideoItem {
    std::shared_ptr<const VideoFrame> frame;
    Rect crop{0, 0, 1, 1};
    Rect place;
    float opacity = 1;
    float corner_radius = 0;
    Effects effects{};

    bool operator==(const VideoItem&) const = default;
};

struct Picture;

// A picture in a picture, drawn for itself at its own size and then placed like a frame.
struct PictureItem {
    std::shared_ptr<const Picture> picture;
    Rect crop{0, 0, 1, 1};
    Rect place;
    float opacity = 1;
    float corner_radius = 0;
    Effects effects{};

    friend bool operator==(const PictureItem& a, const PictureItem& b);  // by content
};

// One value of a transition's parameter: 1 to 4 numbers.
struct ShaderValue {
    std::string name;
    std::vector<float> value;
    bool operator==(const ShaderValue&) const = default;
};

// Which transition shader, and with what; shared and unchanged while it runs.
struct ShaderLook {
    std::string name;                           // for people
    std::vector<ShaderValue> values;            // of all of its parameters; what is left out is 0
    std::shared_ptr<const std::string> glsl{};  // the format of show/transition_file.hpp; null: there is none
    bool operator==(const ShaderLook&) const = default;
};

// One picture on its way to another by a transition shader; both have the size of `place`, which the result covers.
// A painter that cannot run the shader mixes the two instead and says so once.
struct TransitionItem {
    std::shared_ptr<const Picture> from;
    std::shared_ptr<const Picture> to;
    std::shared_ptr<const ShaderLook> look;
    Rect place;
    float progress = 0;  // 0: from, 1: to

    friend bool operator==(const TransitionItem& a, const TransitionItem& b);  // by content
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

using PlanItem = std::variant<VideoItem, FillItem, TextBatch, PictureItem, TransitionItem>;

// One distinct picture: `ground`, then items from back to front, blended in sRGB. A face's ground is opaque; that of a
// picture in a picture may be clear.
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

// A picture for those who watch the show being made: a desk's monitor, a multiview.
struct ViewPlan {
    std::string name;
    std::size_t picture = 0;  // index into FramePlan::pictures
};

struct FramePlan {
    std::uint64_t frame_index = 0;
    ShowTime now;
    std::vector<Picture> pictures;  // each distinct one once
    std::vector<FacePlan> faces;    // in the show's order
    std::vector<ViewPlan> views;    // those that were asked for
};

}  // namespace tribune
