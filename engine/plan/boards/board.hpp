// What boards are drawn with: measures, colours, pages, and a pen. A board is a function of the state, the time and its
// place; what it keeps between frames only saves work.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "plan/boards/board_dealer.hpp"
#include "plan/boards/board_text.hpp"
#include "plan/boards/voices_tour.hpp"
#include "plan/frame_plan.hpp"
#include "plan/planner.hpp"

namespace tribune {

// What boards keep between frames; thread: the planner's.
struct BoardMemory {
    explicit BoardMemory(TextMeasure& measure) : text(measure) {}

    BoardText text;
    static constexpr std::size_t most_tours = 16;
    std::map<std::string, VoicesTour> tours;  // by all that makes them differ
    struct Told {                             // reckoned once for each length of the lists
        std::size_t contributions = 0;
        std::size_t deeds = 0;
        std::shared_ptr<const Contribution> last;
        std::vector<std::size_t> with_outcome;  // places of contributions
    };
    std::optional<Told> told;
    struct Spoken {
        std::size_t contributions = 0;
        std::uint32_t round = 0;
        std::uint64_t last = 0;
        struct Table {
            std::uint32_t answers = 0;
            ShowTime last;
        };
        std::map<TableNumber, Table> tables;
    };
    std::optional<Spoken> spoken;
    struct Separated {  // reckoned once for each weighing
        std::shared_ptr<const TensionWeights> of;
        std::vector<Separation> groups;
    };
    Separated separated;
};

// Colours that can be read on a board's ground and on its cards.
struct BoardColours {
    Colour card;    // a step off the ground
    Colour track;   // behind bars
    Colour ink;     // on cards and the ground
    Colour quiet;   // likewise
    Colour accent;  // likewise
    Colour other;   // opposite the accent
    Colour third;   // two more apart from both
    Colour fourth;
};
BoardColours board_colours(const Look& look);

// Pixels of one face's share of a board.
struct BoardFrame {
    Rect area;
    double margin = 0;
    double title = 0;  // letters of the heading
    double body = 0;   // letters of all else: never smaller than the last row can read
    Rect content;      // below the heading
};
BoardFrame board_frame(const Rect& area, const FaceSetup& face, double cap_height);

// Pages that come one after the other, each as long.
struct BoardPage {
    std::size_t page = 0;
    std::size_t pages = 1;
    float opacity = 1;  // eased at its ends
};
BoardPage board_page(std::size_t pages, Nanoseconds each, ShowTime now);

class BoardPen {
  public:
    BoardPen(Picture& picture, const PlanInput& input, const FaceSetup& face, const Rect& area, double cap_height,
             bool ring, BoardMemory& memory);

    [[nodiscard]] const ShowState& state() const { return input_.state; }
    [[nodiscard]] const Room& room() const { return input_.state.room; }
    [[nodiscard]] ShowTime now() const { return input_.now; }
    [[nodiscard]] bool french() const { return french_; }
    [[nodiscard]] std::string say(std::string_view fr, std::string_view en) const {
        return std::string(french_ ? fr : en);
    }
    [[nodiscard]] const BoardColours& colours() const { return colours_; }
    [[nodiscard]] const BoardFrame& frame() const { return frames_[mine_]; }
    // Of all faces that share the board, in their order; one when it is no ring.
    [[nodiscard]] const std::vector<BoardFrame>& frames() const { return frames_; }
    [[nodiscard]] std::size_t mine() const { return mine_; }
    [[nodiscard]] BoardMemory& memory() const { return memory_; }
    [[nodiscard]] double body() const { return frame().body; }
    [[nodiscard]] double line() const;  // height of one, in body letters
    // Columns of at least so many em on each face.
    [[nodiscard]] BoardDealer dealer(double least_em, int most_columns, double gap_em = 0.6) const;

    // The ground, a rule, what the board is about, and a note at the right.
    void heading(const std::string& title, const std::string& note);
    void fill(const Rect& place, const Colour& colour, double radius = 0, float opacity = 1);
    [[nodiscard]] BoardWords words(std::string text, double size, double width, int weight, const Colour& colour,
                                   Align align = Align::left, const std::string& language = {}) const;
    // Its height.
    double write(const BoardWords& words, double x, double y, float opacity = 1);
    [[nodiscard]] double height(const BoardWords& words) const;
    // In the middle of the content, as large as it may be, to be read alone.
    void invite(const std::string& text);
    // On a face of a ring that has none of it: where it is.
    void point_elsewhere();
    // "page 2 sur 3", or nothing.
    [[nodiscard]] std::string page_note(const BoardPage& page) const;
    [[nodiscard]] std::string counted(std::size_t n, std::string_view one_fr, std::string_view more_fr,
                                      std::string_view one_en, std::string_view more_en) const;
    // The mark of a kind: a colour and a shape; its size is a capital's.
    void mark(ContributionKind kind, double x, double y, double size, float opacity = 1);
    [[nodiscard]] Colour colour_of(ContributionKind kind) const;
    [[nodiscard]] std::string kind_name(ContributionKind kind) const;
    [[nodiscard]] std::string from_table(TableNumber table) const;

  private:
    Picture& picture_;
    const PlanInput& input_;
    BoardMemory& memory_;
    bool french_;
    BoardColours colours_;
    std::vector<BoardFrame> frames_;
    std::size_t mine_ = 0;
};

using DrawBoard = void (*)(BoardPen& pen);
// Null: there is no such board. Each is in a file of its own.
DrawBoard board_named(std::string_view name);

void draw_voices(BoardPen& pen);
void draw_themes(BoardPen& pen);
void draw_tensions(BoardPen& pen);
void draw_question(BoardPen& pen);
void draw_moves(BoardPen& pen);
void draw_tables(BoardPen& pen);
void draw_results(BoardPen& pen);
void draw_outcomes(BoardPen& pen);
void draw_spotlight(BoardPen& pen);
void draw_held(BoardPen& pen);

}  // namespace tribune
