// The themes, as bars that grow with what they gather.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "plan/boards/board.hpp"

namespace tribune {
namespace {

constexpr Nanoseconds growth = std::chrono::milliseconds(1200);

std::uint32_t theme_of(const std::optional<Standing>& s) { return s && !s->hold && !s->retracted ? s->theme : 0; }

// How many more each theme has by deeds that are not over yet, and how far those are.
struct Growing {
    std::map<std::uint32_t, double> missing;  // of its size now
    std::map<std::uint32_t, double> here;     // 0…1 of themes that are new
};
Growing growing(const Room& room, ShowTime now) {
    Growing g;
    const auto& deeds = room.consolidation.deeds;
    for (std::size_t d = deeds.size(); d > 0 && deeds[d - 1].at + growth > now; --d) {
        const Deed& deed = deeds[d - 1];
        const double left = 1 - eased_progress(now, deed.at, growth);
        for (const auto& c : deed.standings) {
            const auto from = theme_of(c.before), to = theme_of(c.after);
            if (from == to) continue;
            if (to != 0) g.missing[to] += left;
            if (from != 0) g.missing[from] -= left;
        }
        for (const auto& c : deed.themes)
            if (!c.before && c.after) g.here[c.key] = 1 - left;
    }
    return g;
}

}  // namespace

void draw_themes(BoardPen& pen) {
    const Consolidation& all = pen.room().consolidation;
    const Growing grows = growing(pen.room(), pen.now());
    struct Item {
        const Theme* theme;
        std::uint32_t size;
        double shown;
    };
    std::vector<Item> items;
    double largest = 1;
    std::size_t gathered = 0;
    for (const auto& theme : all.themes) {
        const auto size = all.size_of(theme.number);
        const auto missing = grows.missing.find(theme.number);
        const double shown = std::max(0.0, size - (missing == grows.missing.end() ? 0 : missing->second));
        items.push_back({&theme, size, shown});
        largest = std::max(largest, shown);
        gathered += size;
    }
    std::stable_sort(items.begin(), items.end(), [](const Item& a, const Item& b) { return a.size > b.size; });

    // As large as all of them together may be; what does not fit at the smallest comes page after page.
    std::vector<BoardSlot> slots;
    std::vector<std::size_t> read;
    double scale = 1.9;
    for (bool fits = false; !fits; scale *= 0.93) {
        const bool last = scale <= 1;
        if (last) scale = 1;
        slots.clear();
        read.clear();
        BoardDealer dealer =
            pen.dealer((items.size() > 5 || pen.frames().size() > 1 ? 17 : 34) * std::min(scale, 1.2), 2, 0.75 * scale);
        for (const auto& item : items) {
            std::vector<double> heights;
            for (std::size_t p = 0; p < pen.frames().size(); ++p) {
                const double b = std::floor(pen.frames()[p].body * scale);
                const BoardWords title =
                    pen.words(item.theme->title, b, dealer.column_width(p) - 3.2 * b, 650, pen.colours().ink);
                heights.push_back(std::ceil(pen.height(title) + std::round(b * 0.12) * 2 + std::round(b * 0.5)));
            }
            auto slot = dealer.place(heights);
            if (!slot) {
                dealer.next_page();
                slot = dealer.place(heights);
            }
            slots.push_back(*slot);
            if (read.size() <= slot->page) read.push_back(0);
            read.back() += characters(item.theme->title) + 4;
        }
        fits = last || dealer.page() == 0;
        if (fits) break;
    }
    const double body = std::floor(pen.body() * scale);
    const double bar = std::round(body * 0.5);
    const double pad = std::round(body * 0.12);
    Nanoseconds each{0};
    for (const auto n : read) each = std::max(each, reading_time(n));
    const BoardPage page = board_page(read.size(), each, pen.now());
    std::string note = pen.counted(gathered, "voix", "voix", "voice", "voices");
    if (page.pages > 1) note = pen.page_note(page) + " · " + note;
    pen.heading(pen.say("Ce qui se dessine", "What takes shape"), note);
    if (items.empty())
        return pen.invite(pen.say("Les thèmes apparaîtront à mesure que les voix se regroupent",
                                  "Themes will appear as voices are gathered"));
    const auto is_here = [&](const BoardSlot& slot) { return slot.page == page.page && slot.panel == pen.mine(); };
    if (std::none_of(slots.begin(), slots.end(), is_here)) return pen.point_elsewhere();
    // What room is left goes between them.
    double bottom = 1;
    for (const auto& slot : slots)
        if (slot.panel == pen.mine()) bottom = std::max(bottom, slot.place.bottom() - pen.frame().content.y);
    const double spread = read.size() > 1 ? 1 : std::clamp(pen.frame().content.height / bottom, 1.0, 1.3);
    for (std::size_t i = 0; i < items.size(); ++i) {
        if (!is_here(slots[i])) continue;
        Rect place = slots[i].place;
        place.y = std::round(pen.frame().content.y + (place.y - pen.frame().content.y) * spread);
        const auto fresh = grows.here.find(items[i].theme->number);
        const float opacity = page.opacity * static_cast<float>(fresh == grows.here.end() ? 1 : fresh->second);
        const BoardWords title =
            pen.words(items[i].theme->title, body, place.width - 3.2 * body, 650, pen.colours().ink);
        const double high = pen.write(title, place.x, place.y, opacity);
        const BoardWords count = pen.words(fmt::format("{}", std::lround(items[i].shown)), body, 3 * body, 750,
                                           pen.colours().accent, Align::right);
        pen.write(count, place.right() - 3 * body, place.y + high - body * line_height_em, opacity);
        const double y = std::round(place.y + high + pad);
        pen.fill({place.x, y, place.width, bar}, pen.colours().track, bar / 2, opacity);
        const double wide = items[i].shown <= 0 ? 0 : std::max(bar, place.width * items[i].shown / largest);
        pen.fill({place.x, y, std::round(wide), bar}, pen.colours().accent, bar / 2, opacity);
    }
}

}  // namespace tribune
