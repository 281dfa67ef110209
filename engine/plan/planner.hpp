// From the show's state to what to draw: the one place where scenes become items. Same inputs, same plan.
#pragma once

#include <compare>
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
#include "show/caption_design.hpp"
#include "show/sound_health.hpp"
#include "show/state.hpp"
#include "show/stinger.hpp"
#include "show/tally.hpp"

namespace tribune {

// A source as it stands at this frame.
struct SourceView {
    std::shared_ptr<const VideoFrame> frame;  // newest; null before the first
    Nanoseconds age{0};                       // since it arrived
    SourceState state = SourceState::connecting;
    std::string reason;            // why it is not live, for people, as capture says it
    double frames_per_second = 0;  // what it should give, 0 if unknown
    std::string code{};            // of the reason
    Nanoseconds worst_age{0};      // of its frames, over the last half second
};

struct CaptionLayout;
struct BoardMemory;

// What makes two walls one: the room for words, in pixels, and the smallest letter.
struct WallKey {
    Size area;
    double smallest_font = 0;
    auto operator<=>(const WallKey&) const = default;
};

// The words of one wall, in pixels of its area.
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
    const std::map<WallKey, WallView>& walls;
    const Look& look;
    const std::vector<std::string>* top_words = nullptr;  // the room's, the heaviest first; null: not known
    std::optional<int> second_of_day = std::nullopt;      // on the hall's clock
    const SoundLevels* levels = nullptr;                  // null: no meters
    const std::string* phones_address = nullptr;          // of the phones' page, with its key; null: nobody knows
};
inline constexpr std::size_t most_top_words = 12;

// A source's last frame is held this long, or three of its frame times if that is longer; then its slate shows.
inline constexpr Nanoseconds hold_last_frame = std::chrono::milliseconds(500);
inline constexpr Nanoseconds hold_still = std::chrono::milliseconds(2500);  // what stays comes again each second
bool shows_slate(const SourceView& source);

// Where a placed wall stands on a face, with its question and small print; empty when it is off.
Rect wall_place(const FaceSetup& face, WallPlacement placement);

// Where a wall's words go in its place, below the question and above the small print. `cap_height` in em, of the font.
Rect words_area(const FaceSetup& face, const Rect& wall, double cap_height);
WallKey wall_key(const FaceSetup& face, const Rect& wall, double cap_height);

// The smallest font size on a face, from its farthest seat; `cap_height` in em.
double smallest_font(const FaceSetup& face, double cap_height);

// A wall that a plan shows.
struct PlannedWall {
    FaceName face;
    WallKey key;
    bool operator==(const PlannedWall&) const = default;
};

// How a stinger under way does: why it cannot be seen as it should be, if so.
struct StingerRun {
    std::string name;
    std::optional<Error> fault;  // stinger_failed, stinger_late
    bool operator==(const StingerRun&) const = default;
};

// A view that is wanted, by its name in show/views.hpp; others give no picture.
struct ViewWish {
    std::string name;
    Size size;
    bool operator==(const ViewWish&) const = default;
};

// Thread: one (it remembers broken lines between frames).
class Planner {
  public:
    explicit Planner(TextMeasure& measure)
        : measure_(measure), lines_(measure), cap_height_(measure.cap_height(Font{})) {}

    FramePlan plan(const PlanInput& input, const std::vector<ViewWish>& views = {});

    // What the last plan wants words for, whether it had them or not; a face's foremost wall first. Of no face: words that
    // are said elsewhere than on a wall.
    [[nodiscard]] const std::vector<PlannedWall>& walls() const { return walls_; }

    // The stingers of the last plan.
    [[nodiscard]] const std::vector<StingerRun>& stingers() const { return stingers_; }

  private:
    struct Slate {
        std::string label;
        std::string reason;
    };
    // Where and for whom something is drawn.
    struct Canvas {
        Picture& picture;
        const PlanInput& input;
        const FaceSetup& face;
        Rect area;                     // to be filled, in the picture
        double scene_height = 0;       // what lengths are shares of
        Fit whole = Fit::fit;          // how a source alone fills it
        bool veiled = false;           // the wall lies over it: slates keep quiet
        std::optional<Slate> missing;  // the slate to be told of elsewhere
    };

    // planner.cpp
    Picture picture(const PlanInput& input, const FaceSetup& face, const Bus& bus, Feed feed = Feed::full);
    void add_bus(Canvas& canvas, const Bus& bus);
    void add_transition(Canvas& canvas, const Bus& bus, const Mix& mix, float progress);
    void add_stinger(Canvas& canvas, const Bus& bus, const Mix& mix, const StingerMoment& moment);
    void add_overlays(Canvas& canvas);

    // scene_layers.cpp
    void add_scene(Canvas& canvas, const SceneName& scene, float opacity = 1);
    void add_layers(Canvas& canvas, const std::vector<Layer>& layers, const std::vector<Layer>& settled);
    void add_layer(Canvas& canvas, const Layer& layer, const Layer& settled);
    void add_source(Canvas& canvas, const Layer& layer, const SourceName& source, const Rect& place);
    void add_content(Canvas& canvas, const LayerContent& content);
    void add_content(Canvas& canvas, const SceneContent& content);
    void add_content(Canvas& canvas, const ColourContent& content);
    void add_content(Canvas& canvas, const TextContent& content);
    void add_content(Canvas& canvas, const WallContent& content);
    void add_content(Canvas& canvas, const CaptionContent& content);
    void add_content(Canvas& canvas, const QrContent& content);
    void add_content(Canvas& canvas, const BoardContent& content);  // boards/board.cpp
    void add_content(Canvas& canvas, const SourceContent& content);
    std::shared_ptr<const Picture> scene_picture(const Canvas& canvas, const SceneName& scene, const Rect& area,
                                                 Colour ground);

    // captions.cpp
    void add_caption(Canvas& canvas, const Caption& caption, double level, ShowTime start);
    void add_caption_overlay(Canvas& canvas, const Caption& caption, const Fade& shown);
    std::shared_ptr<const CaptionDesign> caption_design(const CaptionTemplate& look);
    std::shared_ptr<const CaptionLayout> caption_layout(const Canvas& canvas, const CaptionTemplate& look,
                                                        const std::shared_ptr<const CaptionDesign>& design,
                                                        const CaptionWords& words, double warning);

    // slate.cpp
    [[nodiscard]] std::optional<Slate> slate(const PlanInput& input, const SourceName& name) const;
    void add_slate(Canvas& canvas, const Slate& slate, const Rect& place);

    // views.cpp
    std::optional<Picture> view(const PlanInput& input, const ViewWish& wish);
    void add_view(Canvas& canvas, const std::string& name);
    void add_view_of(Canvas& canvas, const Bus& bus);
    void add_face_view(Canvas& canvas, const FaceSetup& face, const Bus& bus, Feed feed);

    // multiview.cpp
    struct Tile {
        std::string label;
        std::string note;  // small, at the right
        Colour note_ink;
        std::optional<Colour> light;
        std::optional<SourceName> sound;  // whose level stands in it
        bool master = false;              // master's level, and the clock
        bool safe_areas = false;
    };
    void add_multiview(Canvas& canvas);
    [[nodiscard]] Tile tile(const PlanInput& input, const std::string& view,
                            const std::map<SourceName, TallyLight>& lights) const;
    void add_cell(Canvas& canvas, const std::string& view, const Tile& tile, const Rect& cell);
    void add_strip_of(Canvas& canvas, const Tile& tile, const Rect& strip);
    void add_clock(Canvas& canvas, const Rect& cell);
    void add_sound(Canvas& canvas, const Rect& cell);
    // One line, its letters in the middle of the place; as wide as the place.
    void add_line(Canvas& canvas, std::string text, const Rect& place, double size, Align align, const Colour& ink,
                  int weight = 600);

    // wall_frame.cpp
    void add_wall(Canvas& canvas, const Rect& place, float veil, const std::optional<Slate>& veiled);
    // What stands below the wall's words: the small print, and to its right the veiled slate.
    void add_strip(Picture& picture, const PlanInput& input, const WallView* wall, const std::optional<Slate>& veiled,
                   const Rect& strip, double margin, double print_size);

    static constexpr std::size_t most_codes = 32;  // kept; beyond, all are made anew
    static constexpr std::size_t most_layouts = 128;
    struct KeptDesign {
        std::string toml;
        std::shared_ptr<const CaptionDesign> design;
    };
    struct KeptLayout {
        std::shared_ptr<const CaptionLayout> layout;
        std::uint64_t used = 0;
    };

    TextMeasure& measure_;
    TextLinesCache lines_;
    double cap_height_;
    std::vector<PlannedWall> walls_;
    std::map<std::string, KeptDesign> designs_;  // by the template's name
    std::map<std::string, KeptLayout> layouts_;  // by all that they depend on
    std::uint64_t layout_use_ = 0;
    std::map<std::pair<std::string, int>, std::shared_ptr<const Picture>>
        codes_;  // by text and the place's lesser side
    bool wants_words_ = false;
    std::vector<StingerRun> stingers_;
    std::shared_ptr<BoardMemory> boards_;  // null: no board was drawn yet
};

}  // namespace tribune
