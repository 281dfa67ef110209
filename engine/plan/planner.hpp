// From the show's state to what to draw: the one place where scenes become items. Same inputs, same plan.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/source.hpp"
#include "plan/frame_plan.hpp"
#include "plan/reasons.hpp"
#include "plan/text_lines.hpp"
#include "show/state.hpp"

namespace tribune {

// A source as it stands at this frame.
struct SourceView {
    std::shared_ptr<const VideoFrame> frame;  // newest; null before the first
    Nanoseconds age{0};                       // since it arrived
    SourceState state = SourceState::connecting;
    std::string reason;            // why it is not live, for people, as capture says it
    double frames_per_second = 0;  // what it should give, 0 if unknown
    std::string code{};            // of the reason
};

// The words for one face, in pixels of its wall_area().
struct WallView {
    std::vector<TextBatch> batches;  // with `now` and opacity set; offset relative to the area
    std::uint64_t revision = 0;      // journal sequence of the newest answer in it
    int page = 1;
    int pages = 1;
    std::size_t words = 0;
};

// The colours of everything drawn, and the words that the show itself does not give.
struct Look {
    Colour ground_top;
    Colour ground_bottom;
    Colour ink;     // text
    Colour quiet;   // small print
    Colour accent;  // rules and marks
    Font font;
    Reasons reasons{};
};

struct PlanInput {
    const ShowState& state;
    ShowTime now;
    std::uint64_t frame_index = 0;
    const std::map<SourceName, SourceView>& sources;
    const std::map<FaceName, WallView>& walls;
    const Look& look;
};

// A source's last frame is held this long, or three of its frame times if that is longer; then its slate shows.
inline constexpr Nanoseconds hold_last_frame = std::chrono::milliseconds(500);
bool shows_slate(const SourceView& source);

// Where the wall's words go on a face, below the question and above the small print; empty when it is off.
// `cap_height` in em, of the font in use.
Rect wall_area(const FaceSetup& face, WallPlacement placement, double cap_height);

// The smallest font size on a face, from its farthest seat; `cap_height` in em.
double smallest_font(const FaceSetup& face, double cap_height);

// Thread: one (it remembers broken lines between frames).
class Planner {
  public:
    explicit Planner(TextMeasure& measure) : lines_(measure), cap_height_(measure.cap_height(Font{})) {}

    FramePlan plan(const PlanInput& input);

  private:
    Picture picture(const PlanInput& input, const FaceSetup& face);
    struct Slate {
        std::string label;
        std::string reason;
    };

    [[nodiscard]] std::optional<Slate> slate(const PlanInput& input, const SourceName& name) const;
    // A bus in its place, in the middle of a transition or not. Gives the slate that is to be told of elsewhere.
    std::optional<Slate> add_bus(Picture& picture, const PlanInput& input, const FaceSetup& face, const Bus& bus,
                                 const Rect& place, bool fill, bool veiled);
    std::optional<Slate> add_source(Picture& picture, const PlanInput& input, const FaceSetup& face,
                                    const SourceName& name, const Rect& place, bool fill, bool veiled, float opacity);
    void add_video(Picture& picture, const std::shared_ptr<const VideoFrame>& frame, const Rect& place, bool fill,
                   float opacity);
    void add_slate(Picture& picture, const PlanInput& input, const FaceSetup& face, const Slate& slate,
                   const Rect& place, float opacity);
    // `veiled`: the slate of what is under the wall.
    void add_wall(Picture& picture, const PlanInput& input, const FaceSetup& face, WallPlacement placement,
                  const std::optional<Slate>& veiled);
    // What stands below the wall's words: the small print, and to its right the veiled slate.
    void add_strip(Picture& picture, const PlanInput& input, const WallView* wall, const std::optional<Slate>& veiled,
                   const Rect& strip, double margin, double print_size);

    TextLinesCache lines_;
    double cap_height_;
};

}  // namespace tribune
