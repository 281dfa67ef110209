// Which cells of a page are taken: one bit a cell, 64 cells a machine word, so that every free place of a
// box of w × h cells is found at once by erosion (AND of shifted rows) and the best one by bit scans.
// Kept between searches: the rows eroded vertically, per box height, and the width from which nothing fits
// a row; a search over a full page then costs one comparison a row.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace tribune {

// Cells x … x + width − 1, y … y + height − 1.
struct CellBox {
    int x = 0;
    int y = 0;
    int width = 0;
    int height = 0;

    bool operator==(const CellBox&) const = default;
};

// What a good place is: the box's centre close to (x, y), in cells, by |dx / reach_x|³ + |dy / reach_y|³
// (a rounded rectangle: fills a screen better than an ellipse and still looks grown from the middle).
// Places with a cost of `limit` or more are none.
struct CellTarget {
    double x = 0;
    double y = 0;
    double reach_x = 1;
    double reach_y = 1;
    double limit = 1e30;
    bool right_first = true;  // which of two equally good places in a row
};

// One thread per object. Pure: same calls, same answers.
class OccupancyGrid {
  public:
    static constexpr int most_columns = 512;

    // 1 … most_columns × at least 1.
    OccupancyGrid(int columns, int rows);

    [[nodiscard]] int columns() const { return columns_; }
    [[nodiscard]] int rows() const { return rows_; }

    // The box must lie inside the grid. Taking a taken or freeing a free cell changes nothing.
    void take(const CellBox& box);
    void free(const CellBox& box);
    void free_all();

    // False for a box that is not wholly inside.
    [[nodiscard]] bool is_free(const CellBox& box) const;

    // Whether what covers `from` could cover `to` instead.
    [[nodiscard]] bool can_move(const CellBox& from, const CellBox& to) const;

    // The cheapest free place of a width × height box. Not const: it remembers what it learns.
    [[nodiscard]] std::optional<CellBox> nearest_free(int width, int height, const CellTarget& target);

  private:
    // One row of cells: bit x % 64 of word x / 64. The fixed size lets the compiler use wide registers.
    static constexpr std::size_t words = most_columns / 64;
    // Widths in quarter octaves: 1, 2, 3, 4 … 8, 10, 12, 14, 16, 20 …
    static constexpr std::size_t width_classes = 40;
    using Line = std::array<std::uint64_t, words>;

    // A row that can be read up to most_columns beyond its end, where it is 0.
    using WideLine = std::array<std::uint64_t, 2 * words + 1>;

    // For boxes of one height and at least `width`: bit x of row y tells whether the width × height cells from
    // (x, y) on are free.
    struct Eroded {
        int height = 0;
        int width = 1;
        std::uint64_t used = 0;  // search count at its last use
        std::vector<Line> rows;
        std::vector<std::uint8_t> valid;  // by row; others are made when asked for
        std::vector<int> refuses_from;    // by row: boxes this wide or wider have no place in it
        // By row and width class: boxes of that class's least width or more have no place whose middle is
        // nearer, in columns, to the middle of the grid. Never falls from class to class.
        std::vector<std::array<std::uint16_t, width_classes>> bounds;
    };
    struct Erosion {
        int refused = 0;      // 0: places are left; else the least width that has none
        double distance = 0;  // to the nearest place of the class's least width
    };

    [[nodiscard]] bool inside(const CellBox& box) const;
    Eroded& eroded(int width, int height);
    void inherit(Eroded& to) const;
    static void widen(Line& line, int width);
    const Line& eroded_row(Eroded& e, int y) const;
    static Erosion erode(WideLine*& line, WideLine*& spare, int fits, int class_width, int width, double middle);
    static bool and_shifted(const WideLine& line, WideLine& out, int shift);
    static int nearest_bit(const WideLine& line, double want, bool right_first);

    int columns_;
    int rows_;
    std::vector<Line> free_;      // 1 = free; bits beyond the last column are 0
    std::vector<Eroded> eroded_;  // the most recently used heights
    std::uint64_t searches_ = 0;
    std::vector<double> least_;  // scratch: by row, what its best place costs at least
};

}  // namespace tribune
