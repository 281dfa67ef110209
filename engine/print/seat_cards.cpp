#include "print/seat_cards.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "print/paper.hpp"
#include "print/printed_words.hpp"

namespace tribune {
namespace {

struct Seat {
    std::size_t table = 0;
    bool scribe = false;
};
using Evening = std::vector<std::optional<Seat>>;  // of one person, a round each

std::map<PersonNumber, Evening> evenings_of(const RotationPlan& plan, RotationUnit unit) {
    std::map<PersonNumber, Evening> evenings;
    for (std::size_t round = 0; round < plan.rounds.size(); ++round) {
        const auto& tables = plan.rounds[round];
        for (std::size_t table = 0; table < tables.size(); ++table) {
            for (std::size_t seat = 0; seat < tables[table].size(); ++seat) {
                auto& evening = evenings[tables[table][seat]];
                evening.resize(plan.rounds.size());
                evening[round] = {table + 1, seat == 0 && unit == RotationUnit::people};
            }
        }
    }
    return evenings;
}

struct Sheet {
    int columns;
    int rows;
    [[nodiscard]] double width() const { return paper_width / columns; }
    [[nodiscard]] double height() const { return paper_height / rows; }
    [[nodiscard]] std::size_t cards() const { return static_cast<std::size_t>(columns * rows); }
};
constexpr Sheet small_cards{2, 4};
constexpr Sheet large_cards{2, 2};
constexpr std::size_t most_on_small = 12;
constexpr std::size_t most_in_words = 6;  // rounds that are told in full beside the number

constexpr double margin = 8;  // more than any printer leaves white

const Sheet& sheet_for(std::size_t rounds) { return rounds <= most_on_small ? small_cards : large_cards; }

class Cards {
  public:
    Cards(Paper& paper, const PrintHead& head, RotationUnit unit)
        : paper_(paper), head_(head), words_(printed_words(head.language)), unit_(unit) {}

    void draw(const Rect& card, PersonNumber person, const Evening& evening) {
        const Rect inner{card.x + margin, card.y + margin, card.width - 2 * margin, card.height - 2 * margin};
        constexpr double mark = 5;
        paper_.mark({inner.x, inner.y}, mark);
        paper_.text({inner.x + mark + 2.2, inner.y + 3.7}, head_.title,
                    {3.4, 600, black, PaperAlign::left, inner.width - mark - 2.2});
        const double top = inner.y + mark + 2.6;
        paper_.line({inner.x, top}, {inner.right(), top}, 0.25, pale);
        const Rect body{inner.x, top + 4, inner.width, inner.bottom() - top - 4};
        const std::string_view what = unit_ == RotationUnit::groups ? words_.group : words_.person;
        const std::string number = std::to_string(person);
        const bool beside = evening.size() <= most_on_small;
        paper_.text({body.x, body.y + 3.2}, what, {3.2, 500, grey});
        paper_.large({body.x, body.y + 6.5, beside ? 30 : body.width, beside ? 20.0 : 14.0}, number, 800);
        if (!beside) return list({body.x, body.y + 25, body.width, body.height - 25}, evening);
        const Rect right{body.x + 36, body.y, body.width - 36, body.height};
        if (evening.size() <= most_in_words) {
            tell(right, evening);
        } else {
            list(right, evening);
        }
    }

  private:
    [[nodiscard]] std::string round(std::size_t at) const { return fmt::format("{} {}", words_.round, at + 1); }

    // A line a round, in words.
    void tell(const Rect& box, const Evening& evening) {
        const double step = std::min(10.5, box.height / static_cast<double>(evening.size()));
        const double size = std::min(4.2, 0.5 * step);
        double y = box.y + 1.7 + 0.36 * size - 0.5 * step;  // the first line stands beside the number's heading
        for (std::size_t at = 0; at < evening.size(); ++at, y += step) {
            const double base = y + 0.5 * step + 0.36 * size;
            if (at > 0) paper_.line({box.x, y}, {box.right(), y}, 0.15, pale);
            paper_.text({box.x, base}, round(at), {size, 400, grey, PaperAlign::left, 14});
            if (!evening[at]) {
                paper_.text({box.x + 19.8, base}, words_.away, {size, 400, grey});
                continue;
            }
            paper_.text({box.x + 14.2, base}, "→", {size, 400, grey});
            const double wide = paper_.text({box.x + 19.8, base},
                                            fmt::format("{} {}", words_.table, evening[at]->table), {size, 700, black});
            if (evening[at]->scribe) {
                const TextLook look{0.62 * size, 600, {1, 1, 1}};
                const double room = paper_.width_of(words_.scribe, look);
                const double x = std::min(box.x + 19.8 + wide + 2, box.right() - room - 2.4);
                paper_.box({x, base - 0.36 * size - 0.52 * size, room + 2.4, 1.04 * size}, 0.52 * size, black);
                paper_.text({x + 1.2, base - 0.36 * size + 0.225 * size}, words_.scribe, look);
            }
        }
    }

    // Columns of numbers, for evenings of many rounds: a table whose scribe this is stands light on dark.
    void list(const Rect& box, const Evening& evening) {
        constexpr double head = 5, foot = 5, least_step = 5.2;
        const double room = box.height - head - foot;
        const auto most_rows = std::max<std::size_t>(1, static_cast<std::size_t>(room / least_step));
        const std::size_t columns = (evening.size() + most_rows - 1) / most_rows;
        const std::size_t rows = (evening.size() + columns - 1) / columns;
        const double step = std::min(6.6, room / static_cast<double>(rows));
        const double size = std::min(3.8, 0.62 * step);
        constexpr double gap = 4;
        const double width = (box.width + gap) / static_cast<double>(columns) - gap;
        const std::string heading = fmt::format("{} → {}", words_.round, words_.table);
        bool scribe = false;
        for (std::size_t at = 0; at < evening.size(); ++at) {
            const double x = box.x + static_cast<double>(at / rows) * (width + gap);
            const double y = box.y + head + static_cast<double>(at % rows) * step;
            if (at % rows == 0) paper_.text({x, box.y + 3}, heading, {2.6, 500, grey, PaperAlign::left, width});
            paper_.line({x, y}, {x + width, y}, 0.15, pale);
            const double base = y + 0.5 * step + 0.36 * size;
            paper_.text({x + 0.5, base}, std::to_string(at + 1), {size, 400, grey});
            if (!evening[at]) {
                paper_.text({x + width - 1, base}, words_.away, {0.8 * size, 400, grey, PaperAlign::right});
                continue;
            }
            const std::string table = std::to_string(evening[at]->table);
            TextLook look{size, 700, black, PaperAlign::right};
            if (evening[at]->scribe) {
                scribe = true;
                const double wide = paper_.width_of(table, look) + 2;
                paper_.box({x + width - wide, y + 0.12 * step, wide, 0.76 * step}, 1, black);
                look.ink = {1, 1, 1};
            }
            paper_.text({x + width - 1, base}, table, look);
        }
        if (!scribe) return;
        const double y = box.bottom();
        paper_.box({box.x, y - 2.6, 3.4, 2.6}, 0.8, black);
        paper_.text({box.x + 4.6, y - 0.35}, words_.scribe_marked, {2.8, 400, grey});
    }

    Paper& paper_;
    const PrintHead& head_;
    const PrintedWords& words_;
    RotationUnit unit_;
};

// Short lines where blades go: at the paper's edges, and crosses where cards meet.
void draw_cuts(Paper& paper, const Sheet& sheet) {
    constexpr double arm = 3;
    for (int column = 0; column <= sheet.columns; ++column) {
        for (int row = 0; row <= sheet.rows; ++row) {
            const double x = column * sheet.width(), y = row * sheet.height();
            const bool blade_x = column > 0 && column<sheet.columns, blade_y = row> 0 && row < sheet.rows;
            if (blade_x) paper.line({x, std::max(0.0, y - arm)}, {x, std::min(paper_height, y + arm)}, 0.2, grey);
            if (blade_y) paper.line({std::max(0.0, x - arm), y}, {std::min(paper_width, x + arm), y}, 0.2, grey);
        }
    }
}

}  // namespace

std::size_t seat_cards_on_page(std::size_t rounds) { return sheet_for(rounds).cards(); }

Result<std::string> print_seat_cards(const PrintHead& head, const RotationPlan& plan, RotationUnit unit) {
    const auto evenings = evenings_of(plan, unit);
    if (evenings.empty()) {
        return Error{"no_rotation", "Nobody has a seat yet: plan the seatings on the director's desk, then print."};
    }
    const std::vector<std::pair<PersonNumber, Evening>> people(evenings.begin(), evenings.end());
    const Sheet& sheet = sheet_for(plan.rounds.size());
    const std::size_t pages = (people.size() + sheet.cards() - 1) / sheet.cards();
    Paper paper(head.title);
    Cards cards(paper, head, unit);
    for (std::size_t page = 0; page < pages; ++page) {
        for (std::size_t place = 0; place < sheet.cards(); ++place) {
            const std::size_t at = place * pages + page;  // each place of the stack is a run of numbers
            if (at >= people.size()) break;
            const double x = static_cast<double>(place % static_cast<std::size_t>(sheet.columns)) * sheet.width();
            const double y = static_cast<double>(place / static_cast<std::size_t>(sheet.columns)) * sheet.height();
            cards.draw({x, y, sheet.width(), sheet.height()}, people[at].first, people[at].second);
        }
        draw_cuts(paper, sheet);
        paper.end_page();
    }
    return paper.finish();
}

}  // namespace tribune
