// How a caption template looks and moves, as its file says it. Lengths are in units: a unit is a face's height, or
// three quarters of its width where that is less, so that a template fits upright screens too.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/geometry.hpp"
#include "base/time.hpp"
#include "show/scene.hpp"

namespace tribune {

// A colour of the palette, or one of the template's own.
enum class Paint : std::uint32_t { ground_top = 1, ground_bottom, ink, quiet, accent, alert, own };
struct CaptionColour {
    Paint paint = Paint::ink;
    Colour own;  // for Paint::own
    float alpha = 1;
    bool operator==(const CaptionColour&) const = default;
};

// Where something stands along one axis of what holds it.
enum class Side : std::uint32_t { start = 1, centre, end };

// How a box comes; it goes the same way back.
enum class Motion : std::uint32_t {
    none = 1,
    fade,
    rise,         // a little upwards, out of nothing
    slide_left,   // to the left, from behind the edge of what holds it…
    slide_right,  // …
    slide_up,
    slide_down,
    wipe_left,  // uncovered to the left…
    wipe_right,
    wipe_up,
    wipe_down,
    grow,  // from its middle
};

struct BoxMotion {
    Motion motion = Motion::none;
    double after = 0;      // seconds into the coming of the whole caption
    double seconds = 0.4;  // how long its own way takes
    bool operator==(const BoxMotion&) const = default;
};

// A rounded rectangle of a drawn sign; shares of the box.
struct CaptionMark {
    Rect place;
    double radius = 0;  // share of its smaller side
    CaptionColour colour;
    bool operator==(const CaptionMark&) const = default;
};

// A box holds a text, a ticker, a picture, a drawn sign, or other boxes; with none of them it is a plain field of colour.
struct CaptionBox {
    std::string text;                // with {fields}; a box without words, and what holds nothing else, is left out
    bool ticker = false;             // its text runs through, when it is longer than the box
    double speed = 0.12;             // of a ticker, units a second
    bool figures = false;            // digits stand in columns
    double size = 0.05;              // of a letter, a picture or a sign, units
    int weight = 600;                // 100…900
    int lines = 1;                   // that a text may take before it is set smaller
    std::string image;               // a source's name, with {fields}
    std::vector<CaptionMark> marks;  // of a drawn sign
    double swing = 0;                // degrees that a sign swings to each side at first

    bool row = false;          // boxes stand side by side, not below each other
    double gap = 0;            // between them, units
    Side align = Side::start;  // of a text, and of boxes across their direction
    std::vector<CaptionBox> boxes;

    CaptionColour colour;                      // of the text
    std::optional<CaptionColour> fill;         // behind it; the top of a gradient
    std::optional<CaptionColour> fill_to;      // its bottom
    std::optional<CaptionColour> last_colour;  // in the last minute
    std::optional<CaptionColour> last_fill;
    double radius = 0;             // units
    double pad_x = 0, pad_y = 0;   // units
    double width = 0, height = 0;  // units; 0: as what it holds
    bool stretch = false;          // takes all the width there is
    bool time_share = false;       // as much of its width as time is left
    bool optional = false;         // left out when there is no room for it in its row

    BoxMotion comes;
    bool operator==(const CaptionBox&) const = default;
};

struct CaptionDesign {
    Side across = Side::start;  // where the whole stands on the face
    Side down = Side::end;
    double margin_x = 0.07, margin_y = 0.07;  // from the edges, units
    double widest = 1;                        // share of the face's width, margins included
    bool whole = false;                       // covers the face, without margins
    bool mirror = true;                       // turned around for words that run from right to left
    CaptionBox box;
    bool operator==(const CaptionDesign&) const = default;
};

inline constexpr double slowest_ticker = 0.03, fastest_ticker = 0.3;  // units a second: it must be read in calm
inline constexpr std::size_t most_caption_boxes = 64;
inline constexpr int deepest_caption_boxes = 6;

}  // namespace tribune
