// How many are held, for each of the reasons that all can read.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <string_view>

#include "plan/boards/board.hpp"

namespace tribune {
namespace {

struct ReasonWords {
    std::string_view fr, en;
};
constexpr std::array<ReasonWords, hold_reasons> reasons{{
    {"Insulte", "Insult"},
    {"Haine ou discrimination", "Hate or discrimination"},
    {"Données personnelles", "Personal data"},
    {"Personne nommée mise en cause", "Accuses a named person"},
    {"Publicité", "Advertising"},
    {"Illisible", "Unreadable"},
    {"Déjà dit mot pour mot", "Said before, word for word"},
}};

}  // namespace

void draw_held(BoardPen& pen) {
    const auto& held = pen.room().consolidation.held;
    std::size_t all = 0;
    for (const auto n : held) all += n;
    pen.heading(pen.say("Ce qui n’est pas montré, et pourquoi", "What is not shown, and why"),
                pen.counted(all, "retenue", "retenues", "held", "held"));
    const Rect& c = pen.frame().content;
    const double body = pen.body(), line = pen.line();
    const BoardWords promise = pen.words(pen.say("Critiquer n’est jamais un motif.", "To criticise is never a reason."),
                                         body, c.width, 650, pen.colours().accent);
    const double foot = pen.height(promise) + body * 0.4;
    // All seven always, so that nothing jumps: in one column, or two where one is too short.
    const double gap = body * 0.35;
    const auto rows_in = [&](double columns) { return std::ceil(hold_reasons / columns); };
    const int columns = rows_in(1) * (line + gap) > c.height - foot && c.width > 26 * body ? 2 : 1;
    BoardDealer dealer({{c.x, c.y, c.width, c.height - foot}}, {columns},
                       std::round(std::clamp((c.height - foot) / rows_in(columns) - line, body * 0.1, body * 0.9)));
    std::array<BoardSlot, hold_reasons> slots;
    std::size_t read = 0;
    for (std::size_t i = 0; i < hold_reasons; ++i) {
        const std::string name = pen.say(reasons[i].fr, reasons[i].en);
        read += characters(name) + 4;
        const double high = pen.height(pen.words(name, body, dealer.column_width(0) - 2.6 * body, 550, {}));
        auto slot = dealer.place({high});
        if (!slot) {
            dealer.next_page();
            slot = dealer.place({high});
        }
        slots[i] = *slot;
    }
    const BoardPage page = board_page(dealer.page() + 1, reading_time(read), pen.now());
    for (std::size_t i = 0; i < hold_reasons; ++i) {
        if (slots[i].page != page.page) continue;
        const Rect& place = slots[i].place;
        const bool some = held[i] > 0;
        pen.write(pen.words(fmt::format("{}", held[i]), body, 2 * body, 750,
                            some ? pen.colours().accent : pen.colours().quiet, Align::right),
                  place.x, place.y, page.opacity);
        pen.write(pen.words(pen.say(reasons[i].fr, reasons[i].en), body, place.width - 2.6 * body, 550,
                            some ? pen.colours().ink : pen.colours().quiet),
                  place.x + 2.6 * body, place.y, page.opacity);
    }
    pen.write(promise, c.x, c.bottom() - pen.height(promise));
}

}  // namespace tribune
