// A light for each table: brighter with each thing it said in this round.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <string>
#include <vector>

#include "plan/boards/board.hpp"

namespace tribune {
namespace {

constexpr Nanoseconds lights_up = std::chrono::milliseconds(1500);
constexpr std::uint32_t brightest = 8;  // answers

const BoardMemory::Spoken& spoken(const Room& room, BoardMemory& memory) {
    const auto& said = room.contributions;
    const auto round = static_cast<std::uint32_t>(room.rounds.size());
    auto& known = memory.spoken;
    const bool same_past = known && known->round == round && known->contributions <= said.size() &&
                           (known->contributions == 0 || said[known->contributions - 1].sequence == known->last);
    if (!same_past) known = BoardMemory::Spoken{0, round, 0, {}};
    for (; known->contributions < said.size(); ++known->contributions) {
        const Contribution& c = said[known->contributions];
        known->last = c.sequence;
        if (c.round != round || c.table.value == 0) continue;
        auto& table = known->tables[c.table];
        ++table.answers;
        table.last = c.at;
    }
    return *known;
}

double brightness(std::uint32_t answers) {
    return answers == 0 ? 0 : 0.45 + 0.55 * std::log2(std::min(answers, brightest)) / std::log2(brightest);
}

}  // namespace

void draw_tables(BoardPen& pen) {
    const Room& room = pen.room();
    const auto& said = spoken(room, pen.memory());
    const auto tables = static_cast<std::size_t>(std::max(0, pen.state().setup->tables));
    std::size_t spoke = 0;
    std::size_t answers = 0;
    for (const auto& [number, table] : said.tables) {
        ++spoke;
        answers += table.answers;
    }
    // The grid of the fewest pages whose cells are nearest to squares.
    struct Grid {
        std::size_t columns = 1, rows = 1;
    };
    std::vector<Grid> grids;
    const std::size_t share = (tables + pen.frames().size() - 1) / pen.frames().size();
    for (const auto& f : pen.frames()) {
        const auto most_columns = static_cast<std::size_t>(std::max(1.0, f.content.width / (f.body * 3.6)));
        const auto most_rows = static_cast<std::size_t>(std::max(1.0, f.content.height / (f.body * 2.7)));
        Grid best{most_columns, most_rows};
        double worst = 1e9;
        for (std::size_t columns = 1; columns <= most_columns; ++columns) {
            const std::size_t rows = (share + columns - 1) / columns;
            if (rows > most_rows || rows == 0) continue;
            const double shape =
                f.content.width / static_cast<double>(columns) / (f.content.height / static_cast<double>(rows));
            const double off = std::abs(std::log(shape / 1.25)) +
                               0.4 * static_cast<double>(columns * rows - share) / static_cast<double>(share);
            if (off < worst) best = {columns, rows}, worst = off;
        }
        grids.push_back(best);
    }
    // Dealt round the faces: in a row of tables, as they stand.
    std::size_t a_page = 0;
    for (const auto& g : grids) a_page += g.columns * g.rows;
    const std::size_t pages = tables == 0 ? 1 : (tables + a_page - 1) / a_page;
    const BoardPage page = board_page(pages, reading_time(a_page * 4), pen.now());
    std::string note = fmt::format("{}/{} tables", spoke, tables);
    if (pages > 1) note = pen.page_note(page) + " · " + note;
    pen.heading(
        pen.counted(answers, "voix dans ce tour", "voix dans ce tour", "voice in this round", "voices in this round"),
        note);
    if (tables == 0) return pen.invite(pen.say("Aucune table", "No tables"));
    std::size_t first = page.page * a_page + 1;
    std::size_t left = tables - page.page * a_page;
    for (std::size_t p = 0; p < pen.mine(); ++p) {
        const std::size_t here = std::min(left, std::min(share, grids[p].columns * grids[p].rows));
        first += here;
        left -= here;
    }
    const Grid& grid = grids[pen.mine()];
    const std::size_t here = std::min(left, grid.columns * grid.rows);
    const std::size_t mine = pen.frames().size() > 1 && pages == 1 ? std::min(here, share) : here;
    const Rect& c = pen.frame().content;
    const double body = pen.body(), line = pen.line();
    const double cell_w = c.width / static_cast<double>(grid.columns),
                 cell_h = c.height / static_cast<double>(grid.rows);
    for (std::size_t i = 0; i < mine; ++i) {
        const auto number = static_cast<int>(first + i);
        const auto known = said.tables.find(TableNumber{number});
        const std::uint32_t n = known == said.tables.end() ? 0 : known->second.answers;
        double light = brightness(n);
        if (n > 0) {
            const double before = brightness(n - 1);
            light = before + (light - before) * eased_progress(pen.now(), known->second.last, lights_up);
        }
        const double x = c.x + static_cast<double>(i % grid.columns) * cell_w;
        const double y = c.y + static_cast<double>(i / grid.columns) * cell_h;
        const double lamp = std::round(std::min(cell_w * 0.5, cell_h - line - body * 0.55) * 0.62);
        const double cx = x + cell_w / 2, cy = y + (cell_h - line) / 2;
        for (const double halo : {1.55, 1.25}) {
            const double d = std::round(lamp * halo);
            Colour glow = pen.colours().accent;
            glow.alpha = 0.16F;
            pen.fill({std::round(cx - d / 2), std::round(cy - d / 2), d, d}, glow, d / 2,
                     static_cast<float>(light) * page.opacity);
        }
        const Rect disc{std::round(cx - lamp / 2), std::round(cy - lamp / 2), lamp, lamp};
        pen.fill(disc, pen.colours().track, lamp / 2, page.opacity);
        pen.fill(disc, pen.colours().accent, lamp / 2, static_cast<float>(light) * page.opacity);
        const std::string text = n == 0 ? fmt::format("{}", number) : fmt::format("{} · {}", number, n);
        BoardWords words = pen.words(text, body, cell_w, n == 0 ? 500 : 700,
                                     n == 0 ? pen.colours().quiet : pen.colours().ink, Align::centre);
        if (pen.memory().text.count(words) > 1) words.text = fmt::format("{}", number);
        pen.write(words, x, y + cell_h - line - body * 0.1, page.opacity);
    }
}

}  // namespace tribune
