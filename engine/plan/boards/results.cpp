// What the room voted; while it votes, only how many did.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <string>
#include <vector>

#include "plan/boards/board.hpp"

namespace tribune {
namespace {

constexpr Nanoseconds growth = std::chrono::milliseconds(1600);

const Poll* shown_poll(const Room& room) {
    const Poll* shown = nullptr;
    for (const auto& poll : room.weighing.polls) {
        if (poll.open) return &poll;
        if (poll.closed && poll.results && (shown == nullptr || poll.closed_at >= shown->closed_at)) shown = &poll;
    }
    return shown;
}

std::string choice_name(const BoardPen& pen, const Poll& poll, std::size_t choice) {
    if (poll.kind == PollKind::yes_no) return choice == 0 ? pen.say("Oui", "Yes") : pen.say("Non", "No");
    if (poll.kind != PollKind::scale) return choice < poll.options.size() ? poll.options[choice] : std::string();
    std::string name = fmt::format("{}", choice + 1);
    if (choice == 0 && !poll.options.empty()) name += " · " + poll.options.front();
    if (choice + 1 == choices(poll) && poll.options.size() > 1) name += " · " + poll.options.back();
    return name;
}

// What a bar is a share of, and what stands at its end.
struct Bars {
    double whole = 1;
    bool percent = true;
};
Bars bars_of(const Poll& poll, const PollTally& tally) {
    double sum = 0, most = 0;
    for (const auto n : tally.marks) {
        sum += n;
        most = std::max(most, static_cast<double>(n));
    }
    switch (poll.kind) {
        case PollKind::dots:
        case PollKind::ranking: return {std::max(1.0, most), false};
        case PollKind::multiple: return {std::max(1.0, static_cast<double>(tally.voices)), true};
        case PollKind::single:
        case PollKind::yes_no:
        case PollKind::scale: break;
    }
    return {std::max(1.0, sum), true};
}

std::string end_note(const BoardPen& pen, const Poll& poll, const PollTally& tally) {
    std::string note = pen.counted(tally.voices, "voix", "voix", "voice", "voices");
    if (poll.kind == PollKind::scale && tally.voices > 0) {
        double sum = 0, n = 0;
        for (std::size_t i = 0; i < tally.marks.size(); ++i) {
            sum += static_cast<double>(tally.marks[i]) * static_cast<double>(i + 1);
            n += tally.marks[i];
        }
        std::string mean = fmt::format("{:.1f}", n > 0 ? sum / n : 0);
        if (pen.french()) std::replace(mean.begin(), mean.end(), '.', ',');
        note = pen.say("moyenne ", "mean ") + mean + " · " + note;
    } else if (poll.kind == PollKind::ranking) {
        note = pen.say("points · ", "points · ") + note;
    } else if (poll.kind == PollKind::dots) {
        note = pen.say("gommettes · ", "dots · ") + note;
    } else if (poll.kind == PollKind::multiple) {
        note = pen.say("plusieurs choix · ", "several choices · ") + note;
    }
    return note;
}

}  // namespace

void draw_results(BoardPen& pen) {
    const Room& room = pen.room();
    const Poll* poll = shown_poll(room);
    if (poll == nullptr) {
        pen.heading(pen.say("Le vote", "The vote"), "");
        return pen.invite(pen.say("Le prochain vote apparaîtra ici", "The next vote will appear here"));
    }
    const PollTally& tally = room.weighing.tally_of(poll->number);
    const double body = pen.body(), line = pen.line();
    const Rect& c = pen.frame().content;
    const Bars bars = bars_of(*poll, tally);
    const double bar = std::round(body * 0.62), pad = std::round(body * 0.14);
    const std::size_t n = choices(*poll);

    // The question whole, then the choices in what is left.
    pen.heading(
        poll->open ? pen.say("La salle vote", "The room votes") : pen.say("La salle a voté", "The room has voted"),
        poll->open ? pen.counted(tally.voices, "voix", "voix", "voice", "voices") : end_note(pen, *poll, tally));
    BoardWords asked = pen.words(poll->text, body, c.width, 700, pen.colours().ink);
    asked.size = pen.memory().text.fit(asked, std::max(body, std::round(c.height * 0.075)), body, c.height * 0.28);
    double top = c.y + pen.write(asked, c.x, c.y) + body * 0.6;

    BoardDealer dealer({{c.x, top, c.width, c.bottom() - top}}, {n > 6 && c.width > 30 * body ? 2 : 1},
                       std::round(body * (n > 5 ? 0.4 : 0.7)));
    const double count = body * 3.4;
    std::vector<BoardSlot> slots;
    std::size_t read = characters(poll->text);
    for (std::size_t i = 0; i < n; ++i) {
        const BoardWords name =
            pen.words(choice_name(pen, *poll, i), body, dealer.column_width(0) - count, 600, pen.colours().ink);
        read += characters(name.text) + 5;
        const double high = std::max(pen.height(name), line) + (poll->open ? 0 : pad + bar);
        auto slot = dealer.place({high});
        if (!slot) {
            dealer.next_page();
            slot = dealer.place({high});
        }
        slots.push_back(*slot);
    }
    const BoardPage page = board_page(dealer.page() + 1, reading_time(read), pen.now());
    const double grown = eased_progress(pen.now(), poll->closed_at, growth);
    const auto best = tally.marks.empty() ? 0U : *std::max_element(tally.marks.begin(), tally.marks.end());
    double lift = 0;  // little on much room stands in the middle of it
    if (dealer.page() == 0 && !slots.empty()) {
        double bottom = 0;
        for (const auto& s : slots) bottom = std::max(bottom, s.place.bottom());
        lift = std::round(std::max(0.0, c.bottom() - bottom) * 0.35);
    }
    for (std::size_t i = 0; i < n; ++i) {
        if (slots[i].page != page.page) continue;
        const Rect place{slots[i].place.x, slots[i].place.y + lift, slots[i].place.width, slots[i].place.height};
        const BoardWords name =
            pen.words(choice_name(pen, *poll, i), body, place.width - count, 600, pen.colours().ink);
        if (poll->open) {
            const double dot = std::round(body * 0.3);
            pen.fill({place.x, std::round(place.y + body * 0.95 - body * 0.36 - dot / 2), dot, dot},
                     pen.colours().accent, dot / 2, page.opacity);
            pen.write(name, place.x + body * 0.8, place.y, page.opacity);
            continue;
        }
        const std::uint32_t marks = i < tally.marks.size() ? tally.marks[i] : 0;
        const double share = marks / bars.whole;
        const bool leads = best > 0 && marks == best;
        const double high = pen.write(name, place.x, place.y, page.opacity);
        const std::string end = bars.percent ? fmt::format("{} %", std::lround(share * 100)) : fmt::format("{}", marks);
        pen.write(pen.words(end, body, count, 750, leads ? pen.colours().accent : pen.colours().ink, Align::right),
                  place.right() - count, place.y + std::max(0.0, high - line), page.opacity);
        const double y = std::round(place.y + std::max(high, line) + pad);
        pen.fill({place.x, y, place.width, bar}, pen.colours().track, bar / 2, page.opacity);
        const double wide = std::round(place.width * share * grown);
        if (wide > 0)
            pen.fill({place.x, y, std::max(wide, bar), bar}, leads ? pen.colours().accent : pen.colours().other,
                     bar / 2, page.opacity);
    }
}

}  // namespace tribune
