#include "plan/caption_layout.hpp"

#include <algorithm>
#include <cmath>

#include "plan/text_fit.hpp"
#include "wall/legibility.hpp"

namespace tribune {
namespace {

constexpr double smaller_each_time = 0.94;  // until the whole fits
constexpr int most_tries = 40;
constexpr double upright = 1.2;       // faces narrower than this, by their height, are used in all their width
constexpr double widest_unit = 0.75;  // of the face's width
const Colour alert = colour_from_rgb(0xc62f3b);

struct Node {
    const CaptionBox* box = nullptr;
    std::size_t number = 0;
    double width = 0;  // whole pixels, padding included
    double height = 0;
    FittedText text{};
    std::string image{};
    std::vector<Node> inner{};
};

bool is_plain(const CaptionBox& box) {
    return box.text.empty() && box.image.empty() && box.marks.empty() && box.boxes.empty();
}

std::size_t count_boxes(const CaptionBox& box) {
    std::size_t count = 1;
    for (const auto& inner : box.boxes) count += count_boxes(inner);
    return count;
}

bool is_blank(const std::string& text) { return text.find_first_not_of(" \t") == std::string::npos; }

Colour over(const Colour& colour, float behind) {
    const auto mixed = [&](float channel) { return channel * colour.alpha + behind * (1 - colour.alpha); };
    return {mixed(colour.red), mixed(colour.green), mixed(colour.blue), 1};
}

// What may lie behind a text: the darkest and the lightest, whatever the picture is.
struct Grounds {
    Colour darkest{0, 0, 0, 1};
    Colour lightest{1, 1, 1, 1};
};
Grounds grounds_of(const Colour& top, const Colour& bottom) {
    Grounds out{over(top, 0), over(top, 1)};
    for (const Colour& c : {over(bottom, 0), over(bottom, 1), over(top, 1)})
        if (relative_luminance(c) < relative_luminance(out.darkest)) out.darkest = c;
    for (const Colour& c : {over(bottom, 0), over(bottom, 1), over(top, 0)})
        if (relative_luminance(c) > relative_luminance(out.lightest)) out.lightest = c;
    return out;
}

Colour between(const Colour& a, const Colour& b, double t) {
    const auto mix = [&](float x, float y) { return x + (y - x) * static_cast<float>(t); };
    return {mix(a.red, b.red), mix(a.green, b.green), mix(a.blue, b.blue), mix(a.alpha, b.alpha)};
}

class LayOut {
  public:
    LayOut(std::shared_ptr<const CaptionDesign> design, const std::map<std::size_t, std::string>& words,
           const CaptionRoom& room)
        : words_(words), room_(room), width_(room.area.width), height_(room.area.height) {
        out_.unit = std::min(height_, width_ * widest_unit);
        out_.design = std::move(design);
    }

    CaptionLayout make() {
        const CaptionDesign& design = *out_.design;
        const double margin_x = design.whole ? 0 : std::round(design.margin_x * out_.unit);
        const double margin_y = design.whole ? 0 : std::round(design.margin_y * out_.unit);
        const double share = width_ < upright * height_ ? 1 : design.widest;
        const double most_width = std::floor((design.whole ? 1 : share) * width_ - 2 * margin_x);
        const double most_height = height_ - 2 * margin_y;
        if (most_width < 8 || most_height < 8) return std::move(out_);
        std::optional<Node> root;
        for (int i = 0; i < most_tries; ++i) {
            root = measured(design.box, 0, most_width, false);
            if (!root || (root->width <= most_width && root->height <= most_height)) break;
            scale_ *= smaller_each_time;
        }
        if (!root) return std::move(out_);
        out_.mirrored = design.mirror && runs_to_the_left(lead(*root));
        const double free_x = width_ - 2 * margin_x - root->width, free_y = height_ - 2 * margin_y - root->height;
        if (design.whole) {
            place(*root, PlacedBox::none, {0, 0, width_, height_}, {});
        } else {
            place(*root, PlacedBox::none,
                  {margin_x + at(design.across, free_x), margin_y + at(design.down, free_y), root->width, root->height},
                  {});
        }
        if (out_.mirrored) mirror();
        return std::move(out_);
    }

  private:
    [[nodiscard]] double px(double units) const {
        return units > 0 ? std::max(1.0, std::round(units * out_.unit * scale_)) : 0;
    }
    static double at(Side side, double free) {
        return side == Side::start ? 0 : std::floor(side == Side::centre ? free / 2 : free);
    }
    [[nodiscard]] std::string said(std::size_t number) const {
        const auto found = words_.find(number);
        return found == words_.end() ? std::string() : found->second;
    }
    [[nodiscard]] Font font(const CaptionBox& box) const {
        Font font = room_.look.font;
        font.weight = box.weight;
        return font;
    }

    // Nothing when there is nothing to be seen of it. `most`: pixels it may take across.
    std::optional<Node> measured(const CaptionBox& box, std::size_t number, double most, bool in_row) {
        Node node{&box, number};
        const double pad_x = px(box.pad_x), pad_y = px(box.pad_y);
        const double own = box.width > 0 ? px(box.width) : 0;
        const double inside = std::max(1.0, (own > 0 ? std::min(own, most) : most) - 2 * pad_x);
        if (!box.text.empty()) {
            if (!measure_text(box, node, inside)) return std::nullopt;
        } else if (!box.image.empty()) {
            node.image = said(number);
            const double aspect = is_blank(node.image) ? 0 : room_.aspect(node.image);
            if (aspect <= 0) return std::nullopt;
            node.width = std::min(inside, std::round(px(box.size) * aspect));
            node.height = std::round(node.width / aspect);
        } else if (!box.marks.empty()) {
            node.width = node.height = px(box.size);
        } else if (!box.boxes.empty()) {
            const bool some = box.row ? measure_row(box, node, inside) : measure_column(box, node, inside);
            if (!some) return std::nullopt;
        } else if (!in_row && own == 0) {
            node.width = inside;
        }
        node.width += 2 * pad_x;
        node.height += 2 * pad_y;
        if (own > 0) node.width = std::min(own, most);
        if (box.stretch) node.width = most;
        node.height = std::max(node.height, px(box.height));
        return node;
    }

    bool measure_text(const CaptionBox& box, Node& node, double inside) {
        const std::string text = said(node.number);
        if (is_blank(text)) return false;
        const double wished = std::max(box.size * out_.unit, room_.smallest_font) * scale_;
        if (box.ticker) {
            node.text.size = std::floor(wished);
            node.text.lines = line_in_pieces(room_.measure, text, font(box), room_.language, node.text.size);
            for (const auto& piece : node.text.lines) node.text.width += piece.advance;
            node.width = std::min(inside, std::ceil(node.text.width));
            node.height = std::ceil(node.text.size * line_height_em);
            return true;
        }
        const TextRoom room{inside, box.lines, wished, std::min(room_.smallest_font, wished)};
        node.text =
            box.figures ? figures(box, text, room) : fit_text(room_.measure, text, font(box), room_.language, room);
        node.width = std::ceil(node.text.width);
        node.height =
            std::ceil(static_cast<double>(box.figures ? 1 : node.text.lines.size()) * node.text.size * line_height_em);
        return true;
    }

    // Each sign of a clock in a column of its own.
    FittedText figures(const CaptionBox& box, const std::string& text, const TextRoom& room) {
        double digit = 0;
        for (char c = '0'; c <= '9'; ++c)
            digit = std::max(digit, room_.measure.measure({std::string(1, c), font(box), room_.language}).advance);
        FittedText fitted;
        double whole = 0;  // em
        for (const char c : text) {
            auto spec = std::make_shared<const TextSpec>(TextSpec{std::string(1, c), font(box), room_.language});
            const double own = room_.measure.measure(*spec).advance;
            fitted.lines.push_back({std::move(spec), c >= '0' && c <= '9' ? digit : own});
            whole += fitted.lines.back().advance;
        }
        fitted.size = std::floor(std::min(room.wished, room.width / std::max(whole, 1e-6)));
        for (auto& sign : fitted.lines) sign.advance *= fitted.size;
        fitted.width = whole * fitted.size;
        return fitted;
    }

    bool measure_column(const CaptionBox& box, Node& node, double inside) {
        std::size_t number = node.number + 1;
        bool holds = false;
        std::vector<std::pair<const CaptionBox*, std::size_t>> wide;  // as wide as the others make it
        for (const auto& b : box.boxes) {
            const bool waits = b.stretch || (is_plain(b) && b.width <= 0);
            if (!waits) {
                if (auto inner = measured(b, number, inside, false)) {
                    node.width = std::max(node.width, inner->width);
                    holds = holds || !is_plain(b);
                    node.inner.push_back(*std::move(inner));
                }
            } else {
                wide.emplace_back(&b, number);
            }
            number += count_boxes(b);
        }
        if (box.stretch || box.width > 0 || node.width == 0) node.width = inside;
        for (const auto& [b, its_number] : wide) {
            auto inner = measured(*b, its_number, node.width, false);
            if (!inner) continue;
            holds = holds || !is_plain(*b);
            const auto before = std::find_if(node.inner.begin(), node.inner.end(),
                                             [n = its_number](const Node& one) { return one.number > n; });
            node.inner.insert(before, *std::move(inner));
        }
        const double gap = px(box.gap);
        for (const auto& inner : node.inner) node.height += inner.height + (&inner == &node.inner.front() ? 0 : gap);
        return holds;
    }

    bool measure_row(const CaptionBox& box, Node& node, double inside) {
        const double gap = px(box.gap);
        std::vector<std::optional<Node>> found(box.boxes.size());
        std::vector<std::size_t> numbers;
        std::size_t number = node.number + 1;
        for (const auto& b : box.boxes) {
            numbers.push_back(number);
            number += count_boxes(b);
        }
        double left = inside;
        bool first = true, full = false;
        const auto is_rigid = [](const CaptionBox& b) { return b.text.empty() && b.boxes.empty(); };
        // What must be kept free for those that cannot be left out: what they wish, or a fair share.
        const auto kept = [&](std::size_t taken) {
            std::vector<double> wishes;
            for (std::size_t i = 0; i < found.size(); ++i) {
                const CaptionBox& b = box.boxes[i];
                if (i == taken || found[i] || is_rigid(b) || b.optional) continue;
                if (const auto natural = measured(b, numbers[i], 1e6, true)) wishes.push_back(gap + natural->width);
            }
            double sum = 0;
            for (const double wish : wishes) sum += std::min(wish, left / static_cast<double>(wishes.size() + 1));
            return sum;
        };
        const auto take = [&](std::size_t i) {
            const CaptionBox& b = box.boxes[i];
            const double room = std::floor(left - (first ? 0 : gap) - (is_rigid(b) ? 0 : kept(i)));
            if (room < 1) return;
            auto inner = measured(b, numbers[i], room, true);
            if (!inner) return;
            if (b.optional) {
                const auto natural = measured(b, numbers[i], 1e6, true);
                full = full || (natural && natural->width > room);  // what comes behind it weighs less
                if (full) return;
            }
            left -= inner->width + (first ? 0 : gap);
            first = false;
            found[i] = std::move(inner);
        };
        for (std::size_t i = 0; i < found.size(); ++i)
            if (is_rigid(box.boxes[i]) && !box.boxes[i].stretch) take(i);
        for (std::size_t i = 0; i < found.size(); ++i)
            if (!is_rigid(box.boxes[i]) && !box.boxes[i].stretch) take(i);
        for (std::size_t i = 0; i < found.size(); ++i)
            if (box.boxes[i].stretch) take(i);
        bool holds = false;
        for (auto& inner : found) {
            if (!inner) continue;
            node.width += inner->width + (node.inner.empty() ? 0 : gap);
            node.height = std::max(node.height, inner->height);
            holds = holds || !is_plain(*inner->box);
            node.inner.push_back(*std::move(inner));
        }
        return holds;
    }

    // The first words: they decide which way the whole runs.
    [[nodiscard]] std::string lead(const Node& node) const {
        if (!node.box->text.empty()) return said(node.number);
        for (const auto& inner : node.inner)
            if (auto words = lead(inner); !words.empty()) return words;
        return {};
    }

    struct Behind {
        Colour top, bottom, last_top, last_bottom;
        bool there = false;
    };

    void place(const Node& node, std::size_t parent, const Rect& where, Behind behind) {
        const CaptionBox& box = *node.box;
        PlacedBox placed{&box, node.number, parent, where};
        const double pad_x = px(box.pad_x), pad_y = px(box.pad_y);
        placed.inside = {where.x + pad_x, where.y + pad_y, where.width - 2 * pad_x, where.height - 2 * pad_y};
        placed.image = node.image;
        if (box.fill) {
            const CaptionColour& bottom = box.fill_to ? *box.fill_to : *box.fill;
            behind = {caption_colour(*box.fill, room_.look), caption_colour(bottom, room_.look),
                      caption_colour(box.last_fill.value_or(*box.fill), room_.look),
                      caption_colour(box.last_fill.value_or(bottom), room_.look), true};
        }
        if (!box.text.empty()) set_words(node, placed, behind);
        const Rect inside = placed.inside;
        const std::size_t self = out_.boxes.size();
        out_.boxes.push_back(std::move(placed));
        if (box.row) {
            place_row(node, self, inside, behind);
        } else {
            place_column(node, self, inside, behind);
        }
    }

    // In the middle when there is room to spare.
    void place_column(const Node& node, std::size_t self, const Rect& inside, const Behind& behind) {
        const double gap = px(node.box->gap);
        double used = 0;
        for (const auto& inner : node.inner) used += inner.height + (&inner == &node.inner.front() ? 0 : gap);
        const bool whole = out_.design->whole && self == 0;
        double y = inside.y + at(whole ? out_.design->down : Side::centre, std::max(0.0, inside.height - used));
        for (const auto& inner : node.inner) {
            place(inner, self,
                  {inside.x + at(node.box->align, inside.width - inner.width), y, inner.width, inner.height}, behind);
            y += inner.height + gap;
        }
    }

    void place_row(const Node& node, std::size_t self, const Rect& inside, const Behind& behind) {
        double x = inside.x;
        for (const auto& inner : node.inner) {
            const bool bar = is_plain(*inner.box) && inner.box->height <= 0;
            const double height = bar ? inside.height : inner.height;
            place(inner, self, {x, inside.y + at(node.box->align, inside.height - height), inner.width, height},
                  behind);
            x += inner.width + px(node.box->gap);
        }
    }

    Colour ink(const CaptionBox& box, const Behind& behind) const {
        const auto legible = [&](const CaptionColour& colour, const Colour& top, const Colour& bottom) {
            const Colour wanted = caption_colour(colour, room_.look);
            if (!behind.there) return wanted;
            const Grounds grounds = grounds_of(top, bottom);
            return legible_ink(wanted, grounds.darkest, grounds.lightest, 7);
        };
        return between(legible(box.colour, behind.top, behind.bottom),
                       legible(box.last_colour.value_or(box.colour), behind.last_top, behind.last_bottom),
                       room_.last_minute);
    }

    void set_words(const Node& node, PlacedBox& placed, const Behind& behind) {
        auto words = std::make_shared<std::vector<TextMove>>();
        const CaptionBox& box = *node.box;
        const FittedText& text = node.text;
        const Point corner{placed.inside.x - placed.place.x, placed.inside.y - placed.place.y};
        const double width = placed.inside.width;
        TextMove move;
        move.from_size = move.to_size = static_cast<float>(text.size);
        move.from_colour = move.to_colour = ink(box, behind);
        const auto add = [&](const FittedText::Line& line, double x, double y) {
            move.text = line.text;
            move.from = move.to = {std::round(x), std::round(y)};
            words->push_back(move);
        };
        const double height = text.size * line_height_em;
        const double lines = box.figures || box.ticker ? 1 : static_cast<double>(text.lines.size());
        const double top = corner.y + std::floor((placed.inside.height - lines * height) / 2) + text.size * 0.95;
        const bool leftwards = runs_to_the_left(said(node.number));
        if (box.ticker) {
            placed.run = text.width > width ? text.width : 0;
            const double free = placed.run > 0 ? 0 : width - text.width;
            double x = corner.x +
                       (leftwards ? (placed.run > 0 ? text.width : width - at(box.align, free)) : at(box.align, free));
            for (const auto& piece : text.lines) {
                if (leftwards) x -= piece.advance;
                add(piece, x, top);
                if (!leftwards) x += piece.advance;
            }
        } else if (box.figures) {
            double x = corner.x + at(text_side(box, false), width - text.width);
            for (const auto& sign : text.lines) {
                const double own = room_.measure.measure(*sign.text).advance * text.size;
                add(sign, x + (sign.advance - own) / 2, top);
                x += sign.advance;
            }
        } else {
            for (std::size_t i = 0; i < text.lines.size(); ++i) {
                const double free = std::max(0.0, width - text.lines[i].advance);
                add(text.lines[i], corner.x + at(text_side(box, leftwards), free),
                    top + static_cast<double>(i) * height);
            }
        }
        placed.words = std::move(words);
    }

    // Where lines stand: `start` is the whole's own; what runs the other way in it still begins at its start.
    [[nodiscard]] Side text_side(const CaptionBox& box, bool leftwards) const {
        if (box.align == Side::centre) return Side::centre;
        const bool right = (box.align == Side::end) != (out_.mirrored || (!out_.design->mirror && leftwards));
        return right ? Side::end : Side::start;
    }

    void mirror() {
        for (auto& box : out_.boxes) {
            box.place.x = width_ - box.place.right();
            box.inside.x = width_ - box.inside.right();
        }
    }

    const std::map<std::size_t, std::string>& words_;
    const CaptionRoom& room_;
    double width_;
    double height_;
    double scale_ = 1;
    CaptionLayout out_;
};

}  // namespace

Colour caption_colour(const CaptionColour& colour, const Look& look) {
    Colour out = colour.own;
    if (colour.paint == Paint::ground_top) out = look.ground_top;
    if (colour.paint == Paint::ground_bottom) out = look.ground_bottom;
    if (colour.paint == Paint::ink) out = look.ink;
    if (colour.paint == Paint::quiet) out = look.quiet;
    if (colour.paint == Paint::accent) out = look.accent;
    if (colour.paint == Paint::alert) out = alert;
    out.alpha = colour.alpha;
    return out;
}

Colour caption_colour(const CaptionColour& colour, const std::optional<CaptionColour>& last, double last_minute,
                      const Look& look) {
    return between(caption_colour(colour, look), caption_colour(last.value_or(colour), look), last_minute);
}

void for_each_box(const CaptionBox& box, const std::function<void(const CaptionBox&, std::size_t)>& visit) {
    std::size_t number = 0;
    const std::function<void(const CaptionBox&)> walk = [&](const CaptionBox& one) {
        visit(one, number++);
        for (const auto& inner : one.boxes) walk(inner);
    };
    walk(box);
}

CaptionLayout lay_out_caption(std::shared_ptr<const CaptionDesign> design,
                              const std::map<std::size_t, std::string>& words, const CaptionRoom& room) {
    return LayOut(std::move(design), words, room).make();
}

}  // namespace tribune
