// The contribution in the spotlight.
#include <algorithm>
#include <cmath>
#include <string>

#include "plan/boards/board.hpp"

namespace tribune {

void draw_spotlight(BoardPen& pen) {
    const Room& room = pen.room();
    const auto& light = room.consolidation.spotlight;
    const Contribution* said = light ? room.find(light->contribution) : nullptr;
    pen.heading(pen.say("Une voix de la salle", "A voice from the room"), "");
    if (said == nullptr || !is_shown(room, *said))
        return pen.invite(pen.say("Et vous, que diriez-vous ?", "And you, what would you say?"));
    const double body = pen.body();
    Rect c = pen.frame().content;
    const float opacity = static_cast<float>(eased_progress(pen.now(), light->at, std::chrono::milliseconds(700)));
    const double pad = std::round(std::min(body * 0.9, c.width * 0.04));
    pen.fill(c, pen.colours().card, std::round(body * 0.4), opacity);
    const double stripe = std::round(body * 0.24);
    pen.fill({c.x + pad * 0.5, c.y + pad, stripe, c.height - 2 * pad}, pen.colour_of(said->kind), stripe / 2, opacity);
    c = {c.x + pad + stripe + body * 0.3, c.y + pad * 0.8, c.width - 2 * pad - stripe - body * 0.3,
         c.height - 1.6 * pad};
    const double mark = std::round(body * 0.72);
    const double foot = c.bottom() - pen.line();
    pen.mark(said->kind, c.x, foot + body * 0.95 - mark, mark, opacity);
    pen.write(pen.words(pen.from_table(said->table) + " · " + pen.kind_name(said->kind), body, c.width - mark - body,
                        650, pen.colours().quiet),
              c.x + mark + body * 0.45, foot, opacity);
    c.height -= pen.line() + body * 0.35;
    BoardWords title =
        pen.words(title_of(room, *said), body, c.width, 750, pen.colours().accent, Align::left, said->language);
    double y = c.y;
    if (!title.text.empty()) {
        title.size = pen.memory().text.fit(title, std::max(body, std::round(c.height * 0.12)), body, c.height * 0.3);
        y += pen.write(title, c.x, y, opacity) + body * 0.25;
    }
    const double left = c.bottom() - y;
    BoardWords words =
        pen.words(text_of(room, *said), body, c.width, 550, pen.colours().ink, Align::left, said->language);
    words.size = pen.memory().text.fit(words, std::max(body, std::round(left * 0.24)), body, left);
    const double high = pen.height(words);
    if (high <= left) {
        pen.write(words, c.x, std::round(y + (title.text.empty() ? (left - high) / 2 : (left - high) * 0.35)), opacity);
        return;
    }
    // Longer than the face: page after page.
    const auto lines = pen.memory().text.wrap(words);
    const auto most = static_cast<std::size_t>(std::max(1.0, std::floor(left / pen.line())));
    const std::size_t pages = (lines.size() + most - 1) / most;
    const BoardPage page = board_page(pages, reading_time(characters(words.text) / pages + 40), pen.now());
    for (std::size_t l = page.page * most; l < std::min(lines.size(), (page.page + 1) * most); ++l, y += pen.line()) {
        words.text = lines[l];
        words.width = c.width * 1.02;
        pen.write(words, c.x, y, opacity * page.opacity);
    }
}

}  // namespace tribune
