// The question, big, with its sub-questions and its clock.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "plan/boards/board.hpp"
#include "plan/signs.hpp"

namespace tribune {

void draw_question(BoardPen& pen) {
    const Room& room = pen.room();
    const bool asked = !room.rounds.empty();
    const Round* open = room.open_round();
    const std::string question = asked ? room.rounds[room.rounds.size() - 1].question : room.prepared.text;
    const auto& parts = asked ? room.rounds[room.rounds.size() - 1].parts : room.prepared.parts;
    const std::string sign = sign_on_faces(pen.state(), pen.now());
    pen.heading(!sign.empty()     ? sign
                : open != nullptr ? pen.say("La question", "The question")
                : asked           ? pen.say("La question est close", "The question is closed")
                                  : pen.say("Bientôt", "Soon"),
                asked ? fmt::format("{} {}", pen.say("Tour", "Round"), room.rounds.size()) : std::string());
    if (question.empty()) return pen.invite(pen.state().setup->title);
    Rect c = pen.frame().content;
    const double body = pen.body();
    BoardText& text = pen.memory().text;
    const std::string clock = clock_on_faces(pen.state(), pen.now());
    if (!clock.empty()) {
        // Room for the widest clock of this length, so that nothing moves as the seconds go.
        std::string widest = clock;
        for (auto& letter : widest)
            if (letter >= '0' && letter <= '9') letter = '0';
        BoardWords time = pen.words(widest, 100, 1, 750, pen.colours().accent, Align::left);
        const double most = std::max(c.width * (c.width > c.height ? 0.3 : 0.9), body * 3);
        time.size = std::clamp(std::floor(most / (text.width(time) / 100)), body, std::max(body, c.height * 0.34));
        const double wide = std::ceil(text.width(time) * 1.03);
        time.text = clock;
        time.width = wide;
        time.align = Align::right;
        if (c.width > 1.2 * c.height) {
            pen.write(time, c.right() - wide, c.y + std::round((c.height - time.size * line_height_em) / 2));
            c.width -= wide + body * 1.2;
        } else {
            pen.write(time, c.right() - wide, c.bottom() - time.size * line_height_em);
            c.height -= time.size * line_height_em;
        }
    }
    // As large as all of it together may be; what is too long even so comes page after page.
    const std::string language = asked ? room.rounds[room.rounds.size() - 1].language : room.prepared.language;
    BoardWords head = pen.words(question, body, c.width, 750, pen.colours().ink, Align::left, language);
    const double indent = body * 1.3;
    std::vector<BoardWords> rows;
    for (const auto& part : parts)
        rows.push_back(pen.words(part, body, c.width - indent, 500, pen.colours().ink, Align::left, language));
    const auto total = [&](double size) {
        head.size = std::floor(size);
        double high = pen.height(head);
        for (auto& row : rows) {
            row.size = std::max(body, std::floor(size * 0.6));
            high += pen.height(row) + row.size * 0.35;
        }
        return high + (rows.empty() ? 0 : body * 0.5);
    };
    double size = std::max(body, std::round(c.height * (rows.empty() ? 0.2 : 0.15)));
    while (size > body && total(size) > c.height) size = std::max(body, size * 0.94);
    const double needed = total(size);
    if (needed <= c.height) {
        double y = std::round(c.y + std::max(0.0, c.height - needed) * 0.42);
        y += pen.write(head, c.x, y) + (rows.empty() ? 0 : body * 0.5);
        for (std::size_t i = 0; i < rows.size(); ++i) {
            BoardWords number = pen.words(fmt::format("{}", i + 1), rows[i].size, indent, 750, pen.colours().accent);
            pen.write(number, c.x, y);
            y += pen.write(rows[i], c.x + indent, y) + rows[i].size * 0.35;
        }
        return;
    }
    std::vector<std::string> lines = text.wrap(head);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        auto more = text.wrap(rows[i]);
        if (!more.empty()) more.front() = fmt::format("{} · {}", i + 1, more.front());
        lines.insert(lines.end(), more.begin(), more.end());
    }
    const auto most = static_cast<std::size_t>(std::max(1.0, std::floor(c.height / pen.line())));
    const std::size_t pages = (lines.size() + most - 1) / most;
    std::size_t longest = 0;
    for (std::size_t p = 0; p < pages; ++p) {
        std::size_t read = 0;
        for (std::size_t l = p * most; l < std::min(lines.size(), (p + 1) * most); ++l) read += characters(lines[l]);
        longest = std::max(longest, read);
    }
    const BoardPage page = board_page(pages, reading_time(longest), pen.now());
    double y = c.y;
    for (std::size_t l = page.page * most; l < std::min(lines.size(), (page.page + 1) * most); ++l) {
        BoardWords line = pen.words(lines[l], body, c.width * 1.02, 600, pen.colours().ink, Align::left, language);
        pen.write(line, c.x, y, page.opacity);
        y += pen.line();
    }
}

}  // namespace tribune
