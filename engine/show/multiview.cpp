#include "show/multiview.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <deque>
#include <set>

#include "show/apply.hpp"
#include "show/views.hpp"

namespace tribune {
namespace {

constexpr double quarter = 0.25;

// Cells of a quarter of the picture each way, from this row on.
std::vector<MultiviewCell> with_quarters(std::vector<MultiviewCell> cells, int first_row, int rows,
                                         std::string_view shows = {}) {
    for (int row = first_row; row < first_row + rows; ++row)
        for (int column = 0; column < 4; ++column)
            cells.push_back({{column * quarter, row * quarter, quarter, quarter}, shows});
    return cells;
}

Status check_cells(const ShowState& state, const std::vector<std::string>& cells) {
    if (cells.size() > most_multiview_cells)
        return Error{"bad_multiview", fmt::format("A multiview has at most {} cells.", most_multiview_cells)};
    for (const auto& cell : cells) {
        if (!cell.empty() && !is_cell(state, cell))
            return Error{"bad_multiview",
                         fmt::format("A cell cannot show \"{}\": name a source, a scene, face/NAME, program, preview, "
                                     "clean, clock, sound or none.",
                                     cell)};
    }
    return {};
}

// What stands in no cell yet, in the show's order.
class Unplaced {
  public:
    Unplaced(const ShowState& state, const std::vector<std::string>& cells) {
        std::set<std::string> placed;
        for (const auto& cell : cells)
            if (const auto view = view_of_cell(cell)) placed.insert(*view);
        const auto add = [&](std::deque<std::string>& list, std::string_view prefix, const std::string& name) {
            auto view = std::string(prefix) + name;
            if (!placed.contains(view)) list.push_back(std::move(view));
        };
        for (const auto& source : state.setup->sources)
            if (state.setup->stinger(source.name.text) == nullptr) add(scenes_, scene_view_prefix, source.name.text);
        for (const auto& [name, _] : state.scenes->scenes) add(scenes_, scene_view_prefix, name.text);
        for (const auto& face : state.setup->faces) add(faces_, face_view_prefix, face.name.text);
    }
    std::string next_scene() { return next(scenes_); }
    std::string next_face() { return next(faces_); }
    [[nodiscard]] std::size_t scenes() const { return scenes_.size(); }

  private:
    static std::string next(std::deque<std::string>& list) {
        if (list.empty()) return std::string(empty_cell);
        auto first = std::move(list.front());
        list.pop_front();
        return first;
    }
    std::deque<std::string> scenes_;
    std::deque<std::string> faces_;
};

// So many places of the picture's shape, as large as they can be; a row that is not full stands in the middle.
std::vector<Rect> grid(const Rect& area, std::size_t count) {
    std::size_t columns = 1;
    const auto rows = [&] { return (count + columns - 1) / columns; };
    while (static_cast<double>(rows()) * area.width / static_cast<double>(columns) > area.height + 1e-9) ++columns;
    std::vector<Rect> places;
    const double side = area.width / static_cast<double>(columns);
    for (std::size_t i = 0; i < count; ++i) {
        const std::size_t row = i / columns, column = i % columns;
        const double indent = static_cast<double>(columns - std::min(columns, count - row * columns)) / 2;
        places.push_back({area.x + (static_cast<double>(column) + indent) * side,
                          area.y + static_cast<double>(row) * side, side, side});
    }
    return places;
}

}  // namespace

std::span<const MultiviewLayout> multiview_layouts() {
    static const std::array layouts{
        MultiviewLayout{
            "all", {{{0, 0, 0.5, 0.5}, preview_view}, {{0.5, 0, 0.5, 0.5}, program_view}}, {0, 0.5, 1, 0.5}},
        MultiviewLayout{
            "eight", with_quarters({{{0, 0, 0.5, 0.5}, preview_view}, {{0.5, 0, 0.5, 0.5}, program_view}}, 2, 2), {}},
        MultiviewLayout{"program_large",
                        with_quarters({{{0, 0, 0.75, 0.75}, program_view},
                                       {{0.75, 0, quarter, quarter}, preview_view},
                                       {{0.75, 0.25, quarter, quarter}, {}},
                                       {{0.75, 0.5, quarter, quarter}, {}}},
                                      3, 1),
                        {}},
        MultiviewLayout{"faces",
                        with_quarters({{{0, 0.25, 0.5, 0.5}, preview_view}, {{0.5, 0.25, 0.5, 0.5}, program_view}}, 0,
                                      1, next_face_cell),
                        {0, 0.75, 1, 0.25}},
    };
    return layouts;
}

const MultiviewLayout* multiview_layout(std::string_view name) {
    const auto layouts = multiview_layouts();
    const auto at = std::find_if(layouts.begin(), layouts.end(), [&](const auto& l) { return l.name == name; });
    return at == layouts.end() ? nullptr : &*at;
}

std::vector<PlacedCell> placed_cells(const ShowState& state) {
    const Multiview& multiview = state.stage.multiview;
    const MultiviewLayout* layout = multiview_layout(multiview.layout);
    if (layout == nullptr) layout = &multiview_layouts().front();
    Unplaced unplaced(state, multiview.cells);
    const auto shown = [&](std::size_t i, std::string_view otherwise) {
        std::string cell(i < multiview.cells.size() && !multiview.cells[i].empty() ? multiview.cells[i] : otherwise);
        if (cell.empty()) return unplaced.next_scene();
        if (cell == next_face_cell) return unplaced.next_face();
        return view_of_cell(cell).value_or(cell);
    };
    std::vector<PlacedCell> cells;
    for (const auto& cell : layout->cells) cells.push_back({cell.place, shown(cells.size(), cell.shows)});
    if (layout->rest.width <= 0) return cells;
    const std::size_t fixed = cells.size();
    const std::size_t chosen = multiview.cells.size() > fixed ? multiview.cells.size() - fixed : 0;
    const auto automatic = static_cast<std::size_t>(
        std::count(multiview.cells.end() - static_cast<std::ptrdiff_t>(chosen), multiview.cells.end(), std::string()));
    const std::size_t count = chosen - automatic + std::max(unplaced.scenes(), automatic);
    for (const Rect& place : grid(layout->rest, count)) cells.push_back({place, shown(cells.size(), {})});
    return cells;
}

Status apply_to(ShowState& state, const SetMultiview& c, const Stamp&) {
    Multiview& multiview = state.stage.multiview;
    if (c.layout) {
        if (multiview_layout(*c.layout) == nullptr) {
            std::string known;
            for (const auto& layout : multiview_layouts())
                known += fmt::format("{}{}", known.empty() ? "" : ", ", layout.name);
            return Error{"bad_multiview", fmt::format("There is no layout \"{}\" of the multiview: choose one of {}.",
                                                      *c.layout, known)};
        }
        multiview.layout = *c.layout;
    }
    if (c.cells) {
        TRIBUNE_CHECK(check_cells(state, *c.cells));
        multiview.cells = *c.cells;
    }
    if (c.safe_areas) multiview.safe_areas = *c.safe_areas;
    if (c.meters) multiview.meters = *c.meters;
    return {};
}

}  // namespace tribune
