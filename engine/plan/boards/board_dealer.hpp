// Items over pages, faces and columns: none lost, none over another.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "base/geometry.hpp"
#include "base/time.hpp"

namespace tribune {

// Where an item stands once all are dealt over pages, faces and columns.
struct BoardSlot {
    std::size_t page = 0;
    std::size_t panel = 0;  // a face's place in the ring
    Rect place;
    bool operator==(const BoardSlot&) const = default;
};
// Deals items, each into the emptiest column that takes it; a new page begins when none does. Panels: the contents that
// share the items; pixels.
class BoardDealer {
  public:
    BoardDealer(std::vector<Rect> panels, std::vector<int> columns, double gap);
    // `heights`: of the item on each panel. Nothing when the page has no room for it; a fresh page always has. `whole`: over all columns of a panel.
    std::optional<BoardSlot> place(const std::vector<double>& heights, bool whole = false);
    void next_page();
    [[nodiscard]] std::size_t page() const { return page_; }
    [[nodiscard]] bool fresh() const { return fresh_; }  // nothing on the page yet
    [[nodiscard]] double column_width(std::size_t panel) const;
    [[nodiscard]] const std::vector<Rect>& panels() const { return panels_; }

  private:
    struct Column {
        std::size_t panel = 0;
        double x = 0;
        double width = 0;
        double used = 0;
    };
    std::vector<Rect> panels_;
    std::vector<int> counts_;
    double gap_;
    std::vector<Column> columns_;  // the first of each panel, then the second…
    std::size_t page_ = 0;
    bool fresh_ = true;
};

// How long a page stands: long enough to be read from the last row.
Nanoseconds reading_time(std::size_t characters);
std::size_t characters(std::string_view text);

}  // namespace tribune
