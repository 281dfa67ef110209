// A caption's boxes in their places, with its words set so that nothing is cut. Pure, and the same on every machine.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "base/text_move.hpp"
#include "plan/planner.hpp"
#include "show/caption_design.hpp"

namespace tribune {

struct PlacedBox {
    const CaptionBox* box = nullptr;                       // of the layout's design
    std::size_t number = 0;                                // in the design, each box before those in it
    std::size_t parent = none;                             // in the layout
    Rect place;                                            // whole pixels, in the caption's area
    Rect inside{};                                         // without its padding
    std::string image{};                                   // the source that it shows
    std::shared_ptr<const std::vector<TextMove>> words{};  // from the place's corner; null: no text
    double run = 0;                                        // pixels of a ticker's text; 0: it fits, or is no ticker

    static constexpr std::size_t none = static_cast<std::size_t>(-1);
};

struct CaptionLayout {
    std::shared_ptr<const CaptionDesign> design;
    std::vector<PlacedBox> boxes;  // each before those in it; empty: there is nothing to be said
    double unit = 0;               // pixels
    bool mirrored = false;
};

struct CaptionRoom {
    Size area;
    double smallest_font = 0;  // pixels: what the last row can read
    const Look& look;
    std::string language;
    double last_minute = 0;  // 0…1: how far its colours have come
    TextMeasure& measure;
    // Width by height of a source's picture; 0: there is none.
    std::function<double(const std::string& source)> aspect;
};

// `words`: what each text and image of the design says, by the box's number.
CaptionLayout lay_out_caption(std::shared_ptr<const CaptionDesign> design,
                              const std::map<std::size_t, std::string>& words, const CaptionRoom& room);

// A box's colour, `alpha` its own.
Colour caption_colour(const CaptionColour& colour, const Look& look);
// On the way to its colour in the last minute.
Colour caption_colour(const CaptionColour& colour, const std::optional<CaptionColour>& last, double last_minute,
                      const Look& look);

// Calls `visit(box, number)` on every box of a design, each before those in it.
void for_each_box(const CaptionBox& box, const std::function<void(const CaptionBox&, std::size_t)>& visit);

}  // namespace tribune
