// What became of it: what was said, and the answer.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <string>
#include <vector>

#include "plan/boards/board.hpp"

namespace tribune {
namespace {

struct Answered {
    std::string said;
    std::string language;
    std::string from;
    std::string outcome;
};

const std::vector<std::size_t>& with_outcome(const Room& room, BoardMemory& memory) {
    const auto& said = room.contributions;
    const auto& deeds = room.consolidation.deeds;
    const auto last = said.empty() ? nullptr : said.item(said.size() - 1);
    if (!memory.told || memory.told->contributions != said.size() || memory.told->deeds != deeds.size() ||
        memory.told->last != last) {
        memory.told = BoardMemory::Told{said.size(), deeds.size(), last, {}};
        for (std::size_t i = 0; i < said.size(); ++i)
            if (room.consolidation.standing(said[i].id).outcome) memory.told->with_outcome.push_back(i);
    }
    return memory.told->with_outcome;
}

}  // namespace

void draw_outcomes(BoardPen& pen) {
    const Room& room = pen.room();
    std::vector<Answered> all;
    for (const auto& theme : room.consolidation.themes) {
        if (!theme.outcome) continue;
        all.push_back({theme.title, "",
                       pen.counted(room.consolidation.size_of(theme.number), "voix", "voix", "voice", "voices"),
                       theme.outcome->text});
    }
    for (const auto i : with_outcome(room, pen.memory())) {
        const Contribution& said = room.contributions[i];
        const auto& outcome = room.consolidation.standing(said.id).outcome;
        if (!is_shown(room, said) || !outcome) continue;
        const std::string& title = title_of(room, said);
        all.push_back(
            {title.empty() ? text_of(room, said) : title, said.language, pen.from_table(said.table), outcome->text});
    }
    BoardDealer dealer = pen.dealer(20, 2);
    struct Placed {
        std::size_t item;
        BoardSlot slot;
        std::string said, outcome;  // parts of it, of what is longer than a face
    };
    const auto look = [&](const BoardFrame& f, double width) {
        return width - 2 * std::round(f.body * 0.5) - std::round(f.body * 0.5);
    };
    std::vector<Placed> placed;
    std::vector<std::size_t> read;
    for (std::size_t i = 0; i < all.size(); ++i) {
        const auto put = [&](const std::string& said, const std::string& outcome) {
            for (const bool whole : {false, true}) {
                std::vector<double> heights;
                bool fits = true;
                for (std::size_t p = 0; p < pen.frames().size(); ++p) {
                    const BoardFrame& f = pen.frames()[p];
                    const double width = look(f, whole ? f.content.width : dealer.column_width(p));
                    const double high =
                        2 * std::round(f.body * 0.5) + f.body * line_height_em +
                        pen.height(pen.words(said, f.body, width, 700, {}, Align::left, all[i].language)) +
                        f.body * 0.3 + pen.height(pen.words(outcome, f.body, width, 450, {}));
                    heights.push_back(std::ceil(high));
                    fits = fits && high <= f.content.height;
                }
                if (!fits) continue;
                auto slot = dealer.place(heights, whole);
                if (!slot) {
                    dealer.next_page();
                    slot = dealer.place(heights, whole);
                }
                placed.push_back({i, *slot, said, outcome});
                if (read.size() <= slot->page) read.resize(slot->page + 1, 0);
                read[slot->page] += characters(said) + characters(outcome) + 10;
                return true;
            }
            return false;
        };
        if (put(all[i].said, all[i].outcome)) continue;
        // First what was said, then the answer, in as many parts as it takes.
        for (const bool answer : {false, true}) {
            const std::string& text = answer ? all[i].outcome : all[i].said;
            const BoardFrame& f = pen.frame();
            const auto lines = pen.memory().text.wrap(pen.words(text, f.body, look(f, f.content.width) * 0.9, 700, {}));
            const auto most = static_cast<std::size_t>(std::max(1.0, f.content.height / (f.body * line_height_em) - 4));
            for (std::size_t from = 0; from < lines.size(); from += most) {
                std::string part;
                for (std::size_t l = from; l < std::min(lines.size(), from + most); ++l)
                    part += (part.empty() ? "" : " ") + lines[l];
                (void)(answer ? put("…", part) : put(part, "…"));
            }
        }
    }
    Nanoseconds each{0};
    for (const auto n : read) each = std::max(each, reading_time(n));
    const BoardPage page = board_page(read.size(), each, pen.now());
    pen.heading(pen.say("Ce qu’il en est advenu", "What became of it"), pen.page_note(page));
    if (all.empty())
        return pen.invite(pen.say("Chaque voix aura une suite : elle se lira ici",
                                  "Every voice gets an answer: it will be read here"));
    const double body = pen.body();
    const auto is_here = [&](const auto& one) { return one.slot.page == page.page && one.slot.panel == pen.mine(); };
    if (std::none_of(placed.begin(), placed.end(), is_here)) return pen.point_elsewhere();
    for (const auto& one : placed) {
        if (!is_here(one)) continue;
        const Rect& place = one.slot.place;
        const double pad = std::round(body * 0.5);
        pen.fill(place, pen.colours().card, std::round(body * 0.3), page.opacity);
        const double x = place.x + pad, width = look(pen.frame(), place.width);
        double y = place.y + pad;
        y += pen.write(pen.words(all[one.item].from, body, width * 1.1, 600, pen.colours().quiet), x, y, page.opacity);
        y += pen.write(pen.words(one.said, body, width, 700, pen.colours().ink, Align::left, all[one.item].language), x,
                       y, page.opacity) +
             body * 0.3;
        // The answer stands behind a rule: another voice.
        const double rule = std::round(body * 0.14);
        const BoardWords outcome = pen.words(one.outcome, body, width, 450, pen.colours().ink);
        pen.fill({x, y + body * 0.2, rule, pen.height(outcome) - body * 0.3}, pen.colours().accent, rule / 2,
                 page.opacity);
        pen.write(outcome, x + std::round(body * 0.5), y, page.opacity);
    }
}

}  // namespace tribune
