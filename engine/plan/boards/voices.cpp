// What the tables said, word for word, as cards.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "plan/boards/board.hpp"

namespace tribune {
namespace {

constexpr Nanoseconds comes_in = std::chrono::milliseconds(600);
constexpr Nanoseconds goes_out = std::chrono::milliseconds(450);

// A card's measures, in pixels, from its letters.
struct CardLook {
    double pad, stripe, meta, gap;
    explicit CardLook(double body)
        : pad(std::round(body * 0.5)), stripe(std::round(body * 0.16)), meta(body * line_height_em), gap(body * 0.12) {}
    [[nodiscard]] double inside(double width) const { return width - 2 * pad - stripe; }
};

BoardWords title_words(const BoardPen& pen, const BoardFrame& f, const VoiceCard& card, const std::string& language,
                       double width) {
    return pen.words(card.title, f.body, width, 700, pen.colours().ink, Align::left, language);
}
BoardWords text_words(const BoardPen& pen, const BoardFrame& f, const std::string& text, const std::string& language,
                      double width) {
    return pen.words(text, f.body, width, 450, pen.colours().ink, Align::left, language);
}

// The lines of a text, so many a part.
std::vector<std::string> cut_lines(const std::vector<std::string>& lines, std::size_t most) {
    std::vector<std::string> parts;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        if (i % most == 0) parts.emplace_back();
        parts.back() += (parts.back().empty() ? "" : " ") + lines[i];
    }
    return parts;
}

VoicesLayout layout_of(const BoardPen& pen) {
    VoicesLayout layout;
    layout.dealer = [&pen] { return pen.dealer(17, 3); };
    layout.cut = [&pen](const Contribution& said, const std::string& title, const std::string& text) {
        const BoardDealer dealer = pen.dealer(17, 3);
        BoardText& measure = pen.memory().text;
        const auto measured = [&](VoiceCard card, bool whole, bool& fits) {
            card.whole = whole;
            fits = true;
            for (std::size_t p = 0; p < pen.frames().size(); ++p) {
                const BoardFrame& f = pen.frames()[p];
                const CardLook look(f.body);
                const double width = look.inside(whole ? f.content.width : dealer.column_width(p));
                double height = 2 * look.pad + look.meta;
                if (!card.title.empty())
                    height += pen.height(title_words(pen, f, card, said.language, width)) + look.gap;
                height += look.gap + pen.height(text_words(pen, f, card.text, said.language, width));
                card.heights.push_back(std::ceil(height));
                fits = fits && height <= f.content.height;
            }
            return card;
        };
        bool fits = false;
        VoiceCard one;
        one.title = title;
        one.text = text;
        for (const bool whole : {false, true}) {
            VoiceCard card = measured(one, whole, fits);
            // A card much taller than wide is hard to read.
            if (fits && (whole || card.heights.front() <= 0.72 * pen.frames().front().content.height))
                return std::vector{std::move(card)};
        }
        // Longer than a face: in parts, as many lines each as the smallest face takes.
        std::size_t most = 1'000'000;
        std::vector<std::string> lines;
        for (std::size_t p = 0; p < pen.frames().size(); ++p) {
            const BoardFrame& f = pen.frames()[p];
            const CardLook look(f.body);
            const double width = look.inside(f.content.width);
            double left = f.content.height - 2 * look.pad - look.meta - 2 * look.gap;
            if (!title.empty()) left -= pen.height(title_words(pen, f, one, said.language, width));
            const auto take = static_cast<std::size_t>(std::max(1.0, std::floor(left / (f.body * line_height_em))));
            auto here = measure.wrap(text_words(pen, f, text, said.language, width));
            if (here.size() * 1'000 / take >= lines.size() * 1'000 / most) {
                lines = std::move(here);
                most = take;
            }
        }
        std::vector<VoiceCard> parts;
        for (auto& words : cut_lines(lines, most)) {
            VoiceCard card;
            card.title = title;
            card.text = std::move(words);
            parts.push_back(measured(std::move(card), true, fits));
        }
        return parts;
    };
    return layout;
}

void draw_card(BoardPen& pen, const VoiceCard& card, const BoardSlot& slot, float opacity, double drop) {
    if (slot.panel != pen.mine() || opacity <= 0) return;
    const BoardFrame& f = pen.frame();
    const CardLook look(f.body);
    const Contribution& said = pen.room().contributions[card.index];
    Rect place = slot.place;
    place.y += drop;
    const double radius = std::round(f.body * 0.3);
    pen.fill(place, pen.colours().card, radius, opacity);
    pen.fill({place.x + look.pad * 0.45, place.y + look.pad, look.stripe, place.height - 2 * look.pad},
             pen.colour_of(said.kind), look.stripe / 2, opacity);
    const double x = place.x + look.pad + look.stripe;
    const double width = look.inside(place.width);
    double y = place.y + look.pad;
    const double mark = std::round(f.body * 0.68);
    pen.mark(said.kind, x, y + f.body * 0.95 - mark, mark, opacity);
    std::string meta = fmt::format("{} · {}", pen.from_table(said.table), pen.kind_name(said.kind));
    if (card.parts > 1) meta += fmt::format(" · {}/{}", card.part + 1, card.parts);
    const double left = x + mark + f.body * 0.4;
    BoardWords about = pen.words(meta, f.body, width - mark - f.body * 0.4, 600, pen.colours().quiet);
    if (pen.memory().text.count(about) > 1) about.text = pen.from_table(said.table);
    pen.write(about, left, y, opacity);
    y += look.meta;
    if (!card.title.empty()) y += pen.write(title_words(pen, f, card, said.language, width), x, y, opacity) + look.gap;
    pen.write(text_words(pen, f, card.text, said.language, width), x, y + look.gap, opacity);
}

std::size_t all_held(const Room& room) {
    std::size_t held = 0;
    for (const auto n : room.consolidation.held) held += n;
    return held;
}

}  // namespace

void draw_voices(BoardPen& pen) {
    const Room& room = pen.room();
    BoardMemory& memory = pen.memory();
    std::string key = fmt::format("{} {}", pen.state().setup->wall.font, pen.state().setup->language);
    for (const auto& f : pen.frames())
        key += fmt::format(" {}x{}+{}+{}:{}", f.content.width, f.content.height, f.content.x, f.content.y, f.body);
    if (memory.tours.size() >= BoardMemory::most_tours && !memory.tours.contains(key)) memory.tours.clear();
    VoicesTour& tour = memory.tours[key];
    tour.follow(room, pen.now(), layout_of(pen));

    std::string note = pen.counted(tour.voices(), "voix", "voix", "voice", "voices");
    if (const auto held = all_held(room); held > 0)
        note += " · " + pen.counted(held, "retenue", "retenues", "held", "held");
    pen.heading(room.rounds.empty() ? pen.say("Ce que disent les tables", "What the tables say")
                                    : room.rounds[room.rounds.size() - 1].question,
                note);
    if (tour.voices() == 0)
        return pen.invite(pen.say("Les premières voix apparaîtront ici", "The first voices will appear here"));

    const VoicesPage& page = tour.page();
    const VoicesPage& before = tour.before();
    const auto stays = [&](const VoicesPage::Shown& shown, const VoicesPage& other) {
        return std::any_of(other.cards.begin(), other.cards.end(), [&](const auto& o) {
            return o.index == shown.index && o.part == shown.part && o.slot.panel == shown.slot.panel &&
                   o.slot.place == shown.slot.place;
        });
    };
    const auto is_here = [&](const VoicesPage::Shown& shown) { return shown.slot.panel == pen.mine(); };
    if (std::none_of(page.cards.begin(), page.cards.end(), is_here)) pen.point_elsewhere();
    const auto going = static_cast<float>(1 - eased_progress(pen.now(), page.started, goes_out));
    for (const auto& shown : before.cards) {
        const VoiceCard* card = tour.card(shown);
        if (going > 0 && card != nullptr && !stays(shown, page)) draw_card(pen, *card, shown.slot, going, 0);
    }
    for (const auto& shown : page.cards) {
        const VoiceCard* card = tour.card(shown);
        if (card == nullptr) continue;
        const bool first = shown.joined == page.started && !before.cards.empty();
        double here = eased_progress(pen.now(), shown.joined + (first ? goes_out / 3 : Nanoseconds{0}), comes_in);
        if (first && stays(shown, before)) here = 1;
        draw_card(pen, *card, shown.slot, static_cast<float>(here), std::round((1 - here) * pen.body() * 0.5));
    }
}

}  // namespace tribune
