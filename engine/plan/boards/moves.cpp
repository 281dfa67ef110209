// Where everyone goes next, table by table.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <string>
#include <unordered_map>
#include <vector>

#include "plan/boards/board.hpp"
#include "plan/signs.hpp"

namespace tribune {
namespace {

constexpr Nanoseconds on_their_way = std::chrono::minutes(3);  // after the bell the way there is still shown

struct Ways {
    std::string table;
    std::vector<std::string> lines;
};

}  // namespace

void draw_moves(BoardPen& pen) {
    const auto& rotation = pen.room().rotation;
    const auto& bell = pen.state().stage.sound.bell;
    const bool rang =
        rotation && bell && rotation->since == *bell && rotation->sits > 0 && pen.now() - *bell < on_their_way;
    const std::string sign = sign_on_faces(pen.state(), pen.now());
    const std::string title = !sign.empty() ? sign : pen.say("Au prochain tour", "In the next round");
    const std::size_t rounds = rotation ? rotation->plan.rounds.size() : 0;
    const std::size_t to = rotation ? rotation->sits + (rang ? 0U : 1U) : 0;
    if (!rotation || to == 0 || to >= rounds) {
        pen.heading(sign.empty() ? pen.say("Changer de table", "Changing tables") : sign, "");
        return pen.invite(rotation
                              ? pen.say("Chacun reste à sa table", "Everyone stays at their table")
                              : pen.say("Aucun changement de table n’est prévu", "No change of tables is planned"));
    }
    const Seating& sit = rotation->plan.rounds[to - 1];
    const Seating& next = rotation->plan.rounds[to];
    std::unordered_map<PersonNumber, std::size_t> goes;
    for (std::size_t t = 0; t < next.size(); ++t)
        for (const auto person : next[t]) goes[person] = t + 1;
    const bool groups = rotation->wish.unit == RotationUnit::groups;
    const double body = pen.body(), line = pen.line();
    BoardDealer dealer = pen.dealer(groups ? 8 : 11, groups ? 5 : 4, 0.45);
    const auto inside = [&](std::size_t panel) {
        return dealer.column_width(panel) - 2 * std::round(pen.frames()[panel].body * 0.4);
    };
    struct Placed {
        std::size_t table;
        std::string text;
        BoardSlot slot;
    };
    std::vector<Placed> placed;
    std::vector<std::size_t> read;
    for (std::size_t t = 0; t < sit.size(); ++t) {
        if (sit[t].empty()) continue;
        // Of people: by where they go, so that one finds oneself by one's number.
        std::string text;
        std::vector<PersonNumber> people = sit[t];
        std::sort(people.begin(), people.end());
        std::size_t on_card = 0;
        const auto put = [&] {
            std::vector<double> heights;
            for (std::size_t p = 0; p < pen.frames().size(); ++p) {
                const double b = pen.frames()[p].body;
                heights.push_back(std::ceil(2 * std::round(b * 0.35) + b * line_height_em +
                                            pen.height(pen.words(text, b, inside(p), 600, {}))));
            }
            auto slot = dealer.place(heights);
            if (!slot) {
                dealer.next_page();
                slot = dealer.place(heights);
            }
            placed.push_back({t + 1, text, *slot});
            if (read.size() <= slot->page) read.resize(slot->page + 1, 0);
            read[slot->page] += characters(text) + 8;
            text.clear();
            on_card = 0;
        };
        // As many as a card of the smallest face takes; the table's others on a second one.
        double least = 1e9;
        for (std::size_t p = 0; p < pen.frames().size(); ++p)
            least = std::min(least, pen.frames()[p].content.height / (pen.frames()[p].body * line_height_em) - 2);
        const auto most = static_cast<std::size_t>(std::max(1.0, least));
        for (const auto person : people) {
            const auto at = goes.find(person);
            const std::string where = at == goes.end() ? "–" : fmt::format("{}", at->second);
            const std::string way =
                groups ? fmt::format("→\u00a0{}", where) : fmt::format("{}\u00a0→\u00a0{}", person, where);
            text += (text.empty() ? "" : " ") + way + "\u2002";
            if (++on_card == most) put();
        }
        if (!text.empty()) put();
    }
    Nanoseconds each{0};
    for (const auto n : read) each = std::max(each, reading_time(n));
    const BoardPage page = board_page(read.size(), each, pen.now());
    pen.heading(title, pen.page_note(page));
    const auto is_here = [&](const auto& one) { return one.slot.page == page.page && one.slot.panel == pen.mine(); };
    if (std::none_of(placed.begin(), placed.end(), is_here)) return pen.point_elsewhere();
    for (const auto& one : placed) {
        if (!is_here(one)) continue;
        const Rect& place = one.slot.place;
        const double pad = std::round(body * 0.4);
        pen.fill(place, pen.colours().card, std::round(body * 0.25), page.opacity);
        const double y = place.y + std::round(body * 0.35);
        pen.write(pen.words(fmt::format("Table {}", one.table), body, place.width - 2 * pad, 650, pen.colours().quiet),
                  place.x + pad, y, page.opacity);
        pen.write(pen.words(one.text, body, place.width - 2 * pad, 600, pen.colours().ink), place.x + pad, y + line,
                  page.opacity);
    }
}

}  // namespace tribune
