// Places weighted words on pages: horizontal, without overlap, none lost, heavy ones first in the middle,
// and so that a word that is already there stays. Pure arithmetic on boxes: same calls, same layout.
//
// Font size = scale(level) × emphasis(weight). When space runs out, the level falls: every word shrinks and the
// page closes up as if seen from farther away, in one motion; between falls only a word that grows, and those in
// its way, move. At the smallest legible size the wall pages instead, after closing up once where that pays; when
// an earlier page clearly has room again, words of later ones come forward, one as each word comes.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "base/geometry.hpp"
#include "base/text_spec.hpp"
#include "wall/occupancy_grid.hpp"

namespace tribune {

// `key`: small and dense (it indexes a table). Weight ≥ 1. Metrics in em.
struct LayoutWord {
    std::uint32_t key = 0;
    std::uint32_t weight = 1;
    TextMetrics metrics;
};

struct LayoutOptions {
    Size area{1920, 1080};
    double smallest = 27;   // font size in pixels no word goes below (wall/legibility.hpp)
    double largest = 0;     // font size in pixels no word exceeds; 0 = 0.3 × height
    double margin = 0.025;  // of the area's shorter side, kept free all around
    double gap_x = 0.13;    // em kept free on the left and right of each word's ink
    double gap_y = 0.045;   // em kept free above and below
    double fill = 0.84;     // share of a page that words and gaps may take

    bool operator==(const LayoutOptions&) const = default;

    // Pixels for a gap in em: large letters are set tighter, with the root of their size. Grows with the font.
    // At least half of it is kept: places are whole cells.
    [[nodiscard]] double gap(double em, double font_size) const;
};

struct PlacedWord {
    std::uint32_t key = 0;
    std::uint32_t weight = 1;
    int page = -1;          // from 0; −1: no such word
    double font_size = 0;   // pixels
    Point pen;              // pen's start on the baseline, pixels
    Rect ink;               // pixels; inside the area
    bool too_wide = false;  // wider than the page at its size: `ink` is cut to the page; shorten the text
};

// 1 for weight 1, then √weight, slower from 9 on, in steps of 2^(1/8) so that a size change is worth seeing.
double emphasis(std::uint32_t weight);

// One thread per object.
class WallLayout {
  public:
    explicit WallLayout(const LayoutOptions& options);

    // Starts over with these words, heaviest first (then in the order given): the tightest layout.
    void place_all(std::span<const LayoutWord> words);

    // Adds a word, or gives the one with this key a new weight or new metrics.
    void put(const LayoutWord& word);

    // Frees the word's place; nothing else moves. Unknown keys are ignored.
    void remove(std::uint32_t key);

    [[nodiscard]] int page_count() const { return static_cast<int>(pages_.size()); }
    [[nodiscard]] std::size_t size() const { return count_; }
    [[nodiscard]] std::size_t words_on(int page) const { return pages_[static_cast<std::size_t>(page)].members.size(); }
    // page == −1 when there is no such word.
    [[nodiscard]] PlacedWord word(std::uint32_t key) const;
    // Keys on this page, in the order they came to it.
    [[nodiscard]] const std::vector<std::uint32_t>& page(int page) const {
        return pages_[static_cast<std::size_t>(page)].members;
    }
    // Keys whose place, size or presence changed since the last call; each once, ascending.
    [[nodiscard]] std::vector<std::uint32_t> take_changed();

    // How often sizes were reduced so far: 0 = the largest.
    [[nodiscard]] int level() const { return level_; }
    // The widest ink, in em, that fits a page at the smallest size.
    [[nodiscard]] double widest_ink() const;
    [[nodiscard]] const LayoutOptions& options() const { return options_; }

  private:
    struct Word {
        std::uint32_t weight = 0;
        TextMetrics metrics;
        Point centre;     // of the ink, pixels
        double font = 0;  // as shown
        int page = -1;
        bool changed = false;
    };
    struct Page {
        explicit Page(OccupancyGrid empty) : grid(std::move(empty)) {}
        OccupancyGrid grid;
        std::vector<std::uint32_t> members;
        double covered = 0;                        // px² of words with their gaps
        double full = 0;                           // of it when a word was last sent on; 0: none was
        double gathered = 0;                       // of it when the page last closed up to make room
        std::vector<std::pair<int, int>> refused;  // boxes that fit nowhere, while nothing is freed
    };
    struct Extent {
        double width = 0;  // pixels, ink and gaps
        double height = 0;
    };

    [[nodiscard]] double scale(int level) const;
    [[nodiscard]] double page_area() const;
    [[nodiscard]] double wanted_font(const Word& word) const;
    [[nodiscard]] Extent extent(const Word& word, double font) const;
    [[nodiscard]] CellBox cells(const Point& centre, const Extent& extent) const;
    [[nodiscard]] Point inside(Point centre, const Extent& extent) const;
    [[nodiscard]] Point towards_middle(const Point& from, double most) const;
    [[nodiscard]] CellTarget middle(std::uint32_t key) const;
    [[nodiscard]] CellTarget around(const Point& centre, double reach) const;
    [[nodiscard]] CellBox size_in_cells(const Extent& extent) const;
    [[nodiscard]] Point centre_of(const CellBox& box) const;

    std::optional<Point> find_place(Page& page, const Extent& extent, const CellTarget& target);
    void settle_at(std::uint32_t key, int page, double font, const Point& centre);
    void lift(std::uint32_t key);
    void mark_changed(std::uint32_t key);

    [[nodiscard]] double covered(std::span<const std::uint32_t> keys) const;
    [[nodiscard]] double beauty(const Page& page) const;
    bool arrange(std::span<const std::uint32_t> order, std::size_t variant);
    bool arrange_well(std::span<const std::uint32_t> order);

    std::optional<Point> room_on(int page, std::uint32_t key, double font);
    bool place_on(int page, std::uint32_t key, double font);
    bool make_room(int page, std::uint32_t key, double font);
    void bring_forward();
    void place_new(std::uint32_t key);
    void place_from(int page, std::uint32_t key, bool closing_up = true);
    void resize(std::uint32_t key, double old_font);
    bool grow_here(std::uint32_t key, double font);
    bool intrude(std::uint32_t key, int page, double font, const Point& at, std::uint32_t heaviest, double reach,
                 bool may_page = false);
    bool promote(std::uint32_t key, double font);
    void drop_empty_pages();
    void shrink_all();
    [[nodiscard]] Point pulled(const Point& centre, double pull) const;
    bool gather(int page, double pull, const Extent* needed = nullptr);
    void clear();

    LayoutOptions options_;
    double cell_;   // pixels
    Point origin_;  // of cell (0, 0), pixels
    OccupancyGrid empty_;
    int last_level_ = 0;
    int level_ = 0;
    std::size_t count_ = 0;
    std::vector<Word> words_;  // by key
    std::vector<Page> pages_;
    std::vector<std::uint32_t> changed_;
    int forward_page_ = 1;  // the next word to try on an earlier page
    std::size_t forward_at_ = 0;
};

}  // namespace tribune
