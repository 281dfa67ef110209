// Two that contradict each other, at equal rank and on equal ground. While the room weighs them nobody sees which way.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "plan/boards/board.hpp"

namespace tribune {
namespace {

constexpr Nanoseconds growth = std::chrono::milliseconds(1400);
constexpr std::size_t most_separations = 12;

const Tension* shown_tension(const Room& room) {
    const auto& all = room.consolidation.tensions;
    for (auto t = all.rbegin(); t != all.rend(); ++t)
        if (t->open && t->sides.size() == 2) return &*t;
    for (auto t = all.rbegin(); t != all.rend(); ++t)
        if (t->shown && t->sides.size() == 2) return &*t;
    return nullptr;
}

// When its weighing was closed last: its bars grow from then on.
std::optional<ShowTime> closed_at(const Room& room, std::uint32_t tension, ShowTime now) {
    const auto& deeds = room.consolidation.deeds;
    for (std::size_t d = deeds.size(); d > 0 && deeds[d - 1].at + growth > now; --d) {
        for (const auto& c : deeds[d - 1].tensions)
            if (c.key == tension && c.before && c.before->open && c.after && !c.after->open) return deeds[d - 1].at;
    }
    return std::nullopt;
}

struct SideWords {
    std::string text;
    std::string language;
    std::string from;
};
SideWords words_of(const BoardPen& pen, const TensionSide& side) {
    const Room& room = pen.room();
    if (side.contribution) {
        const Contribution* said = room.find(*side.contribution);
        if (said == nullptr || !is_shown(room, *said))
            return {pen.say("Cette voix est retirée", "This voice is gone"), "", ""};
        return {text_of(room, *said), said->language, pen.from_table(said->table)};
    }
    const Theme* theme = room.consolidation.theme(side.theme);
    return theme == nullptr
               ? SideWords{pen.say("Ce thème est retiré", "This theme is gone"), "", ""}
               : SideWords{theme->title, "",
                           pen.counted(room.consolidation.size_of(theme->number), "voix", "voix", "voice", "voices")};
}

int percent(double share) { return static_cast<int>(std::lround(share * 100)); }

const std::vector<Separation>& separated_by(const BoardPen& pen, std::uint32_t tension) {
    static const std::vector<Separation> nobody;
    const auto* weights = pen.room().weighing.weights.find(tension);
    if (weights == nullptr) return nobody;
    auto& known = pen.memory().separated;
    if (known.of != *weights) known = {*weights, separations(**weights)};
    return known.groups;
}

std::vector<std::string> told_separations(const BoardPen& pen, std::uint32_t tension) {
    std::vector<std::string> told;
    for (const auto& s : separated_by(pen, tension)) {
        if (told.size() == most_separations) break;
        const std::string_view side = s.side == 0 ? "A" : "B";
        const std::string who =
            s.group.empty() ? fmt::format("{} {}", pen.say("la table", "table"), s.table.value) : s.group;
        told.push_back(pen.french() ? fmt::format("Pour {}, {} % sont d’accord avec {} ; ailleurs, {} %.", who,
                                                  percent(s.share), side, percent(s.others))
                                    : fmt::format("At {}, {}% agree with {}; elsewhere, {}%.", who, percent(s.share),
                                                  side, percent(s.others)));
    }
    return told;
}

}  // namespace

void draw_tensions(BoardPen& pen) {
    const Room& room = pen.room();
    const Tension* tension = shown_tension(room);
    if (tension == nullptr) {
        pen.heading(pen.say("Ce qui s’oppose", "What pulls apart"), "");
        return pen.invite(pen.say("Aucune tension n’est posée pour l’instant", "No tension has been raised yet"));
    }
    const TensionWeights& weights = room.weighing.weights_of(tension->number);
    std::size_t voices = 0;
    for (const auto& w : weights.all) voices = std::max<std::size_t>(voices, w.agree + w.disagree + w.pass);
    const bool tell = !tension->open && voices > 0;
    pen.heading(tension->title.empty() ? pen.say("Ce qui s’oppose", "What pulls apart") : tension->title,
                voices > 0 ? pen.counted(voices, "voix", "voix", "voice", "voices") : std::string());

    const Rect& c = pen.frame().content;
    const double body = pen.body(), line = pen.line();
    BoardText& measure = pen.memory().text;
    const double gap = std::round(body * 0.8);
    const double width = std::floor((c.width - gap) / 2);
    const auto separated = tell ? told_separations(pen, tension->number) : std::vector<std::string>{};
    // Below: what separates the groups, a sentence at a time; while it is weighed, that it is.
    std::string below = tension->open ? pen.say("La salle soupèse les deux. Le résultat se montre à la fin.",
                                                "The room is weighing both. The result shows at the end.")
                                      : std::string();
    double foot = below.empty() ? 0 : line + body * 0.4;
    BoardPage sentence;
    if (!separated.empty()) {
        std::size_t longest = 0;
        double high = 0;
        for (const auto& s : separated) {
            longest = std::max(longest, characters(s));
            high = std::max(high, pen.height(pen.words(s, body, c.width, 550, pen.colours().ink)));
        }
        sentence = board_page(separated.size(), reading_time(longest), pen.now());
        below = separated[sentence.page];
        foot = high + body * 0.4;
    }
    const Rect sides{c.x, c.y, c.width, c.height - foot};
    const double pad = std::round(body * 0.55);
    const double bars = tell ? 3 * (line + body * 0.12) : 0;
    const double room_high = sides.height - 2 * pad - line * 1.25 - bars - (tell ? body * 0.35 : 0);
    const double inside = width - 2 * pad;
    std::array<SideWords, 2> said{words_of(pen, tension->sides[0]), words_of(pen, tension->sides[1])};
    // One size for both, and one page: neither is louder than the other.
    double size = std::max(body, std::round(sides.height * 0.11));
    for (const auto& s : said)
        size =
            std::min(size, measure.fit(pen.words(s.text, body, inside, 650, pen.colours().ink, Align::left, s.language),
                                       size, body, room_high));
    const auto most = static_cast<std::size_t>(std::max(1.0, std::floor(room_high / (size * line_height_em))));
    std::array<std::vector<std::string>, 2> lines;
    std::size_t pages = 1;
    for (std::size_t i = 0; i < 2; ++i) {
        lines[i] =
            measure.wrap(pen.words(said[i].text, size, inside, 650, pen.colours().ink, Align::left, said[i].language));
        pages = std::max(pages, (lines[i].size() + most - 1) / most);
    }
    const BoardPage page = board_page(
        pages, reading_time(pages == 0 ? 0 : 2 * characters(said[0].text + said[1].text) / pages), pen.now());
    const auto closed = closed_at(room, tension->number, pen.now());
    const double grown = closed ? eased_progress(pen.now(), *closed, growth) : 1;

    for (std::size_t i = 0; i < 2; ++i) {
        const Colour& colour = i == 0 ? pen.colours().accent : pen.colours().other;
        const Rect box{sides.x + static_cast<double>(i) * (width + gap), sides.y, width, sides.height};
        pen.fill(box, pen.colours().card, std::round(body * 0.4));
        const double edge = std::round(body * 0.2);
        pen.fill({box.x + pad, box.y, box.width - 2 * pad, edge}, colour, edge / 2);
        double y = box.y + pad;
        pen.write(pen.words(i == 0 ? "A" : "B", body, body * 1.2, 800, colour), box.x + pad, y);
        if (!said[i].from.empty())
            pen.write(pen.words(said[i].from, body, inside - body * 1.4, 600, pen.colours().quiet, Align::right),
                      box.x + pad + body * 1.4, y);
        y += line * 1.25;
        for (std::size_t l = page.page * most; l < std::min(lines[i].size(), (page.page + 1) * most); ++l) {
            pen.write(
                pen.words(lines[i][l], size, inside * 1.02, 650, pen.colours().ink, Align::left, said[i].language),
                box.x + pad, y, page.opacity);
            y += size * line_height_em;
        }
        if (!tell) continue;
        const Weight& w = weights.all[i];
        const double all = std::max(1.0, static_cast<double>(w.agree + w.disagree + w.pass));
        struct Row {
            std::string name;
            std::uint32_t n;
        };
        const std::array<Row, 3> rows{Row{pen.say("D’accord", "Agree"), w.agree},
                                      Row{pen.say("Pas d’accord", "Disagree"), w.disagree},
                                      Row{pen.say("Sans avis", "Pass"), w.pass}};
        double names = 0;
        for (const auto& row : rows)
            names = std::max(names, measure.width(pen.words(row.name, body, 1, 550, pen.colours().ink)));
        const double count = body * 2.6;
        double row_y = box.bottom() - pad - bars + body * 0.12;
        for (std::size_t r = 0; r < rows.size(); ++r) {
            pen.write(pen.words(rows[r].name, body, names * 1.05, 550, pen.colours().quiet), box.x + pad, row_y);
            const double x = box.x + pad + names * 1.05 + body * 0.35;
            const double wide = box.right() - pad - count - x;
            const double high = std::round(body * 0.5);
            const double mid = std::round(row_y + body * 0.95 - body * 0.36 - high / 2);
            if (wide > body) {
                pen.fill({x, mid, wide, high}, pen.colours().track, high / 2);
                const double len = std::round(wide * rows[r].n / all * grown);
                if (len > 0)
                    pen.fill({x, mid, std::max(len, high), high}, r == 0 ? colour : pen.colours().quiet, high / 2);
            }
            pen.write(pen.words(fmt::format("{} %", percent(rows[r].n / all)), body, count, 700, pen.colours().ink,
                                Align::right),
                      box.right() - pad - count, row_y);
            row_y += line + body * 0.12;
        }
    }
    if (!below.empty())
        pen.write(pen.words(below, body, c.width, 550, pen.colours().ink, Align::centre), c.x,
                  sides.bottom() + body * 0.4, separated.empty() ? 1 : sentence.opacity);
}

}  // namespace tribune
