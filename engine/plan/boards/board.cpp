#include "plan/boards/board.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "plan/planner_parts.hpp"
#include "show/boards.hpp"
#include "wall/legibility.hpp"
#include "wall/palette.hpp"

namespace tribune {
namespace {

struct Row {
    std::string_view name;
    DrawBoard draw;
};
constexpr std::array rows{
    Row{"voices", draw_voices},     Row{"themes", draw_themes},     Row{"tensions", draw_tensions},
    Row{"question", draw_question}, Row{"moves", draw_moves},       Row{"tables", draw_tables},
    Row{"results", draw_results},   Row{"outcomes", draw_outcomes}, Row{"spotlight", draw_spotlight},
    Row{"held", draw_held},
};
static_assert(rows.size() == board_kinds.size());

Colour mixed(const Colour& a, const Colour& b, float share) {
    return {a.red + (b.red - a.red) * share, a.green + (b.green - a.green) * share, a.blue + (b.blue - a.blue) * share,
            1};
}

// The accent with its hue turned: what stands beside it goes with it.
Colour turned(const Colour& c, double degrees) {
    const float low = std::min({c.red, c.green, c.blue});
    const float high = std::max({c.red, c.green, c.blue});
    const float chroma = high - low;
    if (chroma <= 0) return c;
    double hue = high == c.red     ? (c.green - c.blue) / chroma
                 : high == c.green ? 2 + (c.blue - c.red) / chroma
                                   : 4 + (c.red - c.green) / chroma;
    hue = std::fmod(hue + degrees / 60 + 12, 6);
    const auto channel = [&](double n) {
        const double k = std::fmod(n + hue, 6);
        return high - chroma * static_cast<float>(std::clamp(std::min(k, 4 - k), 0.0, 1.0));
    };
    return {channel(5), channel(3), channel(1), 1};
}

// Pages go and come in half a second each: far from a flash.
constexpr Nanoseconds page_edge = std::chrono::milliseconds(450);

}  // namespace

DrawBoard board_named(std::string_view name) {
    for (const auto& row : rows)
        if (row.name == name) return row.draw;
    return nullptr;
}

BoardColours board_colours(const Look& look) {
    BoardColours c;
    const Colour ground = mixed(look.ground_top, look.ground_bottom, 0.5F);
    c.card = mixed(ground, look.ink, 0.075F);
    c.track = mixed(ground, look.ink, 0.14F);
    const auto readable = [&](const Colour& ink) {
        const Colour& far = contrast_ratio(ink, look.ground_top) < contrast_ratio(ink, look.ground_bottom)
                                ? look.ground_top
                                : look.ground_bottom;
        return legible_ink(ink, c.card, far, least_contrast);
    };
    c.ink = readable(look.ink);
    c.quiet = readable(look.quiet);
    c.accent = readable(look.accent);
    c.other = readable(turned(look.accent, 172));
    c.third = readable(turned(look.accent, 110));
    c.fourth = readable(turned(look.accent, -58));
    return c;
}

BoardFrame board_frame(const Rect& area, const FaceSetup& face, double cap_height) {
    BoardFrame frame;
    frame.area = area;
    const double smallest = std::ceil(smallest_font(face, cap_height));
    frame.margin = std::round(std::min(area.height * 0.045, area.width * 0.045));
    frame.body = std::max(smallest, std::round(area.height * 0.036));
    frame.title = std::max(smallest, std::round(area.height * 0.05));
    const double top = std::round(frame.margin * 0.8 + frame.title * line_height_em + frame.body * 0.55);
    frame.content = {area.x + frame.margin, area.y + top, area.width - 2 * frame.margin,
                     std::max(1.0, area.height - top - frame.margin)};
    return frame;
}

BoardPage board_page(std::size_t pages, Nanoseconds each, ShowTime now) {
    BoardPage page;
    page.pages = std::max<std::size_t>(pages, 1);
    if (page.pages < 2 || each <= Nanoseconds{0}) return page;
    const Nanoseconds since = now - ShowTime{};
    page.page = static_cast<std::size_t>(since / each) % page.pages;
    const Nanoseconds into = since % each;
    const ShowTime zero{};
    page.opacity = static_cast<float>(
        std::min(eased_progress(zero + into, zero, page_edge), eased_progress(zero + (each - into), zero, page_edge)));
    return page;
}

BoardPen::BoardPen(Picture& picture, const PlanInput& input, const FaceSetup& face, const Rect& area, double cap_height,
                   bool ring, BoardMemory& memory)
    : picture_(picture), input_(input), memory_(memory), french_(input.state.setup->language == "fr"),
      colours_(board_colours(input.look)) {
    const auto& faces = input.state.setup->faces;
    if (!ring) {
        frames_.push_back(board_frame(area, face, cap_height));
        return;
    }
    for (std::size_t i = 0; i < faces.size(); ++i) {
        if (faces[i].name == face.name) {
            mine_ = i;
            frames_.push_back(board_frame(area, face, cap_height));
            continue;
        }
        const double x = static_cast<double>(faces[i].size.width) / face.size.width;
        const double y = static_cast<double>(faces[i].size.height) / face.size.height;
        frames_.push_back(board_frame({area.x * x, area.y * y, std::round(area.width * x), std::round(area.height * y)},
                                      faces[i], cap_height));
    }
}

double BoardPen::line() const { return body() * line_height_em; }

BoardDealer BoardPen::dealer(double least_em, int most_columns, double gap_em) const {
    std::vector<Rect> panels;
    std::vector<int> columns;
    for (const auto& f : frames_) {
        panels.push_back(f.content);
        columns.push_back(std::clamp(static_cast<int>(f.content.width / (least_em * f.body)), 1, most_columns));
    }
    return {std::move(panels), std::move(columns), std::round(gap_em * body())};
}

void BoardPen::heading(const std::string& title, const std::string& note) {
    const Look& look = input_.look;
    const BoardFrame& f = frame();
    picture_.items.emplace_back(FillItem{f.area, look.ground_top, look.ground_bottom, 0});
    const double top = f.area.y + f.margin * 0.8;
    const double rule = std::max(3.0, std::round(f.margin * 0.14));
    fill({f.area.x + f.margin, top + f.title * 0.16, rule, f.title * 0.92}, colours_.accent, rule / 2);
    const double left = f.area.x + f.margin + rule + f.title * 0.45;
    double right = f.area.right() - f.margin;
    BoardWords small = words(note, f.body, f.content.width, 500, colours_.quiet);
    if (!note.empty()) {
        const double wide = memory_.text.width(small);
        // The note gives way where both have no room.
        const BoardWords long_title = words(title, f.title, 1, 700, colours_.ink);
        if (left + std::min(memory_.text.width(long_title), (right - left) * 0.55) + f.body + wide <= right) {
            small.width = std::ceil(wide) + 2;
            small.width /= 0.98;
            write(small, right - wide, top + (f.title - f.body) * 0.95);
            right -= wide + f.body;
        }
    }

    BoardWords head = words(title, f.title, right - left, 700, colours_.ink);
    head.size = std::floor(memory_.text.fit(head, f.title, std::min(f.body, f.title), f.title * line_height_em));
    if (memory_.text.count(head) > 1) {  // the first line, with a sign that there is more
        auto lines = memory_.text.wrap(head);
        head.text = lines.front() + "…";
        while (memory_.text.count(head) > 1 && head.text.find(' ') != std::string::npos)
            head.text = head.text.substr(0, head.text.rfind(' ')) + "…";
    }
    write(head, left, top + (f.title - head.size) * 0.95);
}

void BoardPen::fill(const Rect& place, const Colour& colour, double radius, float opacity) {
    if (place.width <= 0 || place.height <= 0 || opacity <= 0) return;
    const Colour seen = with_alpha(colour, colour.alpha * opacity);
    picture_.items.emplace_back(FillItem{place, seen, seen, static_cast<float>(radius)});
}

BoardWords BoardPen::words(std::string text, double size, double width, int weight, const Colour& colour, Align align,
                           const std::string& language) const {
    BoardWords w{
        std::move(text), input_.look.font, language.empty() ? state().setup->language : language, size, width, align,
        colour};
    w.font.weight = weight;
    return w;
}

double BoardPen::height(const BoardWords& words) const {
    return static_cast<double>(memory_.text.count(words)) * words.size * line_height_em;
}

double BoardPen::write(const BoardWords& words, double x, double y, float opacity) {
    const auto moves = memory_.text.moves(words);
    if (!moves->empty() && opacity > 0) {
        TextBatch batch;
        batch.moves = moves;
        batch.now = now();
        batch.offset = {x, y};
        batch.opacity = opacity;
        picture_.items.emplace_back(std::move(batch));
    }
    return static_cast<double>(moves->size()) * words.size * line_height_em;
}

void BoardPen::invite(const std::string& text) {
    const Rect& c = frame().content;
    BoardWords w = words(text, frame().body, c.width * 0.86, 600, colours_.quiet, Align::centre);
    w.size = memory_.text.fit(w, std::max(frame().body, std::round(c.height * 0.1)), frame().body, c.height * 0.8);
    write(w, c.x + c.width * 0.07, std::round(c.y + (c.height - height(w)) / 2 - frame().body * 0.5));
}

void BoardPen::point_elsewhere() { invite(say("À lire sur les autres faces", "To be read on the other faces")); }

std::string BoardPen::page_note(const BoardPage& page) const {
    return page.pages < 2 ? std::string()
                          : fmt::format("page {} {} {}", page.page + 1, french_ ? "sur" : "of", page.pages);
}

std::string BoardPen::counted(std::size_t n, std::string_view one_fr, std::string_view more_fr, std::string_view one_en,
                              std::string_view more_en) const {
    return fmt::format("{} {}", n, french_ ? (n > 1 ? more_fr : one_fr) : (n == 1 ? one_en : more_en));
}

Colour BoardPen::colour_of(ContributionKind kind) const {
    switch (kind) {
        case ContributionKind::question: return colours_.other;
        case ContributionKind::means: return colours_.third;
        case ContributionKind::criticism: return colours_.fourth;
        case ContributionKind::idea: break;
    }
    return colours_.accent;
}

std::string BoardPen::kind_name(ContributionKind kind) const {
    switch (kind) {
        case ContributionKind::question: return say("Question", "Question");
        case ContributionKind::means: return say("Moyen", "Means");
        case ContributionKind::criticism: return say("Critique", "Criticism");
        case ContributionKind::idea: break;
    }
    return say("Idée", "Idea");
}

// A disc, a ring, a square, a bar over a square: told apart without their colours.
void BoardPen::mark(ContributionKind kind, double x, double y, double size, float opacity) {
    const Colour colour = colour_of(kind);
    const double s = std::round(size);
    const double inner = std::round(s * 0.26);
    x = std::round(x);
    y = std::round(y);
    if (kind == ContributionKind::idea) {
        fill({x, y, s, s}, colour, s / 2, opacity);
    } else if (kind == ContributionKind::question) {
        fill({x, y, s, s}, colour, s / 2, opacity);
        fill({x + inner, y + inner, s - 2 * inner, s - 2 * inner}, colours_.card, s / 2 - inner, opacity);
    } else if (kind == ContributionKind::means) {
        fill({x, y, s, s}, colour, s * 0.12, opacity);
    } else {
        const double bar = std::round(s * 0.4);
        fill({x, y, bar, s}, colour, s * 0.1, opacity);
        fill({x + s - bar, y, bar, s}, colour, s * 0.1, opacity);
    }
}

std::string BoardPen::from_table(TableNumber table) const {
    if (table.value == 0) return say("Un téléphone", "A phone");
    return fmt::format("Table {}", table.value);
}

void Planner::add_content(Canvas& canvas, const BoardContent& content) {
    const DrawBoard draw = board_named(content.board);
    if (draw == nullptr) return;
    if (!boards_) boards_ = std::make_shared<BoardMemory>(measure_);
    BoardPen pen(canvas.picture, canvas.input, canvas.face, canvas.area, cap_height_, content.ring, *boards_);
    draw(pen);
}

}  // namespace tribune
