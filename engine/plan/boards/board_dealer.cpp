#include "plan/boards/board_dealer.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace tribune {
namespace {

constexpr Nanoseconds per_character = std::chrono::milliseconds(60);
constexpr Nanoseconds least_reading = std::chrono::seconds(6);

}  // namespace

BoardDealer::BoardDealer(std::vector<Rect> panels, std::vector<int> columns, double gap)
    : panels_(std::move(panels)), counts_(std::move(columns)), gap_(gap) {
    const int most = counts_.empty() ? 0 : *std::max_element(counts_.begin(), counts_.end());
    for (int c = 0; c < most; ++c) {
        for (std::size_t p = 0; p < panels_.size(); ++p) {
            if (c >= counts_[p]) continue;
            const double width = column_width(p);
            columns_.push_back({p, panels_[p].x + c * (width + gap_), width, 0});
        }
    }
}

double BoardDealer::column_width(std::size_t panel) const {
    return std::floor((panels_[panel].width - gap_ * (counts_[panel] - 1)) / counts_[panel]);
}

std::optional<BoardSlot> BoardDealer::place(const std::vector<double>& heights, bool whole) {
    if (columns_.empty()) return std::nullopt;
    // How far down the item would begin: for one over all columns, below the longest of its panel.
    const auto start = [&](const Column& column) {
        double used = column.used;
        if (whole) {
            for (const auto& c : columns_)
                if (c.panel == column.panel) used = std::max(used, c.used);
        }
        return used;
    };
    Column* best = nullptr;
    for (auto& column : columns_) {
        if (best != nullptr && start(column) >= start(*best)) continue;
        if (fresh_ || start(column) + heights[column.panel] <= panels_[column.panel].height) best = &column;
    }
    if (best == nullptr) return std::nullopt;
    const std::size_t p = best->panel;
    const double from = start(*best);
    const BoardSlot slot{
        page_,
        p,
        {whole ? panels_[p].x : best->x, panels_[p].y + from, whole ? panels_[p].width : best->width, heights[p]}};
    const double used = from + heights[p] + gap_;
    for (auto& c : columns_)
        if (whole ? c.panel == p : &c == best) c.used = used;
    fresh_ = false;
    return slot;
}

void BoardDealer::next_page() {
    for (auto& c : columns_) c.used = 0;
    ++page_;
    fresh_ = true;
}

std::size_t characters(std::string_view text) {
    return static_cast<std::size_t>(std::count_if(
        text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

Nanoseconds reading_time(std::size_t characters) {
    return std::max<Nanoseconds>(least_reading, per_character * static_cast<std::int64_t>(characters));
}

}  // namespace tribune
