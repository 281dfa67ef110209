// The wall in its place: question, words, small print.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "plan/planner_parts.hpp"
#include "plan/signs.hpp"
#include "wall/legibility.hpp"

namespace tribune {
namespace {

// Measures of the wall's frame, all from the face's height so that every size looks alike.
struct WallFrame {
    double margin;
    double question_size;
    double question_height;
    double print_size;
    Rect words;
};
constexpr int question_lines = 2;

// Nothing is set smaller than the last row can read.
WallFrame wall_frame(const Rect& wall, const FaceSetup& face, double cap_height) {
    WallFrame frame{};
    const double face_height = face.size.height;
    const double smallest = std::ceil(smallest_font(face, cap_height));
    frame.margin = std::round(face_height * 0.035);
    frame.question_size = std::max(std::round(face_height * 0.048), smallest);
    frame.question_height = std::ceil(frame.question_size * line_height_em * question_lines);
    frame.print_size = std::max(std::round(face_height * 0.026), smallest);
    const double top = frame.margin + frame.question_height + frame.margin * 0.6;
    const double bottom = frame.margin * 0.7 + frame.print_size * line_height_em;
    frame.words = {wall.x + frame.margin, wall.y + top, wall.width - 2 * frame.margin, wall.height - top - bottom};
    return frame;
}

// The small print under a wall, from the longest form to the shortest.
std::vector<std::string> small_prints(const PlanInput& input, const WallView& wall) {
    const auto count = input.state.room.contributions.size();
    const bool french = input.state.setup->language == "fr";
    const std::string answers = french ? fmt::format("{} réponse{}", count, count > 1 ? "s" : "")
                                       : fmt::format("{} answer{}", count, count == 1 ? "" : "s");
    const std::string words = french ? fmt::format("{} mot{}", wall.words, wall.words > 1 ? "s" : "")
                                     : fmt::format("{} word{}", wall.words, wall.words == 1 ? "" : "s");
    if (wall.pages < 2) return {fmt::format("{} · {}", answers, words), answers};
    return {fmt::format("{} · {} · page {} {} {}", answers, words, wall.page, french ? "sur" : "of", wall.pages),
            fmt::format("{}/{} · {} · {}", wall.page, wall.pages, answers, words),
            fmt::format("{}/{} · {}", wall.page, wall.pages, answers)};
}

// Sentences say what is wrong, a colon, what to do. The room needs the first; the desks have both.
std::string without_remedy(const std::string& reason) {
    std::string wrong = reason.substr(0, reason.find(": "));
    for (const std::string_view space : {" ", "\u00a0", "\u202f"}) {
        if (wrong.size() != reason.size() && wrong.ends_with(space)) wrong.resize(wrong.size() - space.size());
    }
    return wrong;
}

// What the wall answers; while a sign stands, the sign.
std::string asked_question(const ShowState& state, ShowTime now) {
    if (std::string sign = sign_on_faces(state, now); !sign.empty()) return sign;
    const auto& rounds = state.room.rounds;
    return rounds.empty() ? state.setup->title : rounds[rounds.size() - 1].question;
}

}  // namespace

double smallest_font(const FaceSetup& face, double cap_height) {
    const Venue venue{face.farthest_seat_m, face.screen_height_m};
    return font_size_for_cap_height(smallest_cap_height(venue, face.size.height), cap_height);
}

Rect words_area(const FaceSetup& face, const Rect& wall, double cap_height) {
    return wall.width <= 0 ? Rect{} : wall_frame(wall, face, cap_height).words;
}

WallKey wall_key(const FaceSetup& face, const Rect& wall, double cap_height) {
    const Rect words = words_area(face, wall, cap_height);
    return {{static_cast<int>(std::floor(words.width)), static_cast<int>(std::floor(words.height))},
            smallest_font(face, cap_height)};
}

// All in letters of the small print's size, on its line: a rule like the question's, the name, the reason. The small
// print gives way to them in its shorter forms; then the reason goes without its remedy, and last it ends in ….
void Planner::add_strip(Picture& picture, const PlanInput& input, const WallView* wall,
                        const std::optional<Slate>& veiled, const Rect& strip, double margin, double print_size) {
    const Look& look = input.look;
    const std::string& language = input.state.setup->language;
    const auto line = [&](const std::string& text, Colour colour, int weight) {
        TextLines one{text, look.font, language, print_size, strip.width, 1, Align::left, {strip.x, strip.y}, colour};
        one.font.weight = weight;
        return one;
    };
    const double rule_width = std::max(3.0, margin * 0.14);
    const double indent = margin * 0.5;  // from rule to name
    const double between = print_size * 0.6;
    TextLines name = line(veiled ? veiled->label : "", look.ink, 700);
    TextLines why = line(veiled ? veiled->reason : "", look.quiet, 500);
    const double gap = veiled ? 1.5 * margin : 0;
    const auto label_width = [&] {
        return veiled ? std::ceil(indent + lines_.width(name) + between + lines_.width(why)) + 1 : 0;
    };
    TextLines print = line("", look.quiet, 500);
    const auto prints = wall == nullptr ? std::vector<std::string>{""} : small_prints(input, *wall);
    const auto fits = [&](const std::string& text) {
        print.text = text;
        return lines_.width(print) + gap + label_width() <= strip.width;
    };
    if (std::none_of(prints.begin(), prints.end(), fits) && veiled) {
        why.text = without_remedy(veiled->reason);
        (void)std::any_of(prints.begin(), prints.end(), fits);
    }
    if (wall != nullptr) picture.items.emplace_back(lines_.lines(print, input.now));
    const double taken = wall == nullptr ? 0 : lines_.width(print) + gap;
    const double left = strip.x + std::min(taken, strip.width * 0.75);
    if (!veiled) return;
    const double label = label_width();
    const double start = std::max(left, strip.right() - label);
    const Rect rule{start, strip.y + print_size * 0.12, rule_width, print_size * (line_height_em - 0.3)};
    picture.items.emplace_back(FillItem{rule, look.accent, look.accent, 0});
    const double room = strip.right() - start - indent;
    name.top_left.x = start + indent;
    const bool whole = label <= strip.right() - left;
    name.width = whole ? lines_.width(name) : std::min(lines_.width(name), room * 0.6);
    picture.items.emplace_back(lines_.lines(name, input.now));
    why.top_left.x = name.top_left.x + name.width + between;
    why.width = strip.right() - why.top_left.x;
    picture.items.emplace_back(lines_.lines(why, input.now));
}

void Planner::add_wall(Canvas& canvas, const Rect& area, float veil, const std::optional<Slate>& veiled) {
    Picture& picture = canvas.picture;
    const PlanInput& input = canvas.input;
    const FaceSetup& face = canvas.face;
    const Look& look = input.look;
    picture.items.emplace_back(
        FillItem{area, with_alpha(look.ground_top, veil), with_alpha(look.ground_bottom, veil), 0});
    const WallFrame frame = wall_frame(area, face, cap_height_);
    const std::string& language = input.state.setup->language;
    TextLines time{clock_on_faces(input.state, input.now),
                   look.font,
                   language,
                   frame.question_size,
                   area.width - 2 * frame.margin,
                   1,
                   Align::right,
                   {area.x + frame.margin, area.y + frame.margin},
                   look.accent};
    time.font.weight = 700;
    const double clock_room = time.text.empty() ? 0 : lines_.width(time) + frame.margin;
    TextLines asked{asked_question(input.state, input.now),
                    look.font,
                    language,
                    frame.question_size,
                    area.width - 3 * frame.margin - clock_room,
                    question_lines,
                    Align::left,
                    {area.x + frame.margin * 1.5, area.y + frame.margin},
                    look.ink};
    asked.font.weight = 700;
    // One line stands in the middle of the room for two.
    const double used = lines_.count(asked) * frame.question_size * line_height_em;
    asked.top_left.y += std::round((frame.question_height - used) / 2);
    // A rule of the accent colour ties the question to its wall.
    picture.items.emplace_back(FillItem{{area.x + frame.margin, asked.top_left.y + frame.question_size * 0.12,
                                         std::max(3.0, frame.margin * 0.14), used - frame.question_size * 0.3},
                                        look.accent,
                                        look.accent,
                                        0});
    picture.items.emplace_back(lines_.lines(asked, input.now));
    if (!time.text.empty()) {
        time.top_left.y += std::round((frame.question_height - frame.question_size * line_height_em) / 2);
        picture.items.emplace_back(lines_.lines(time, input.now));
    }
    const double print_top = area.bottom() - frame.margin * 0.7 - frame.print_size * line_height_em;
    const Rect strip{area.x + frame.margin, print_top, area.width - 2 * frame.margin,
                     frame.print_size * line_height_em};
    const WallKey key = wall_key(face, area, cap_height_);
    if (key.area.empty()) return;
    const PlannedWall planned{face.name, key};
    if (std::find(walls_.begin(), walls_.end(), planned) == walls_.end()) walls_.push_back(planned);
    const auto wall = input.walls.find(key);
    if (wall != input.walls.end()) {
        for (TextBatch batch : wall->second.batches) {
            batch.offset.x += frame.words.x;
            batch.offset.y += frame.words.y;
            picture.items.emplace_back(std::move(batch));
        }
    }
    add_strip(picture, input, wall == input.walls.end() ? nullptr : &wall->second, veiled, strip, frame.margin,
              frame.print_size);
}

}  // namespace tribune
