#include "text/word_place.hpp"

#include <cmath>

#include "base/colour.hpp"

namespace tribune {
namespace {

constexpr double farthest = 1e6;  // pixels; far outside any picture

// Sums of such numbers are exact.
double step(double v) { return std::floor(v * 64 + 0.5) / 64; }
Point step(Point p) { return {step(p.x), step(p.y)}; }

double larger_than_drawn(double largest, double size) {
    while (largest >= 2 * size && largest > smallest_halved) largest /= 2;
    return largest;
}

}  // namespace

Point fraction(Point p) { return {p.x - std::floor(p.x), p.y - std::floor(p.y)}; }

std::optional<WordPlace> word_place(const TextMove& move, const WordsInstant& at) {
    const bool over = at.now >= at.settled;
    const double t = over ? 1 : eased_progress(at.now, move.start, move.length);
    const double size = move.from_size + (double{move.to_size} - move.from_size) * t;
    Colour colour = between(move.from_colour, move.to_colour, static_cast<float>(t));
    colour.alpha = std::clamp(colour.alpha, 0.0F, 1.0F) * std::clamp(at.opacity, 0.0F, 1.0F);
    WordPlace out;
    out.colour = premultiplied(colour);
    if (!move.text || !(size > 0) || out.colour >> 24 == 0) return std::nullopt;
    out.fade = static_cast<int>(std::lround(colour.alpha * 256.0F));
    out.at_rest = t >= 1;
    const Point from = step(move.from), to = step(move.to);
    const Point offset{std::floor(at.offset.x + 0.5), std::floor(at.offset.y + 0.5)};
    out.pen = {(out.at_rest ? to.x : from.x + (to.x - from.x) * t) + offset.x,
               (out.at_rest ? to.y : from.y + (to.y - from.y) * t) + offset.y};
    if (!(std::abs(out.pen.x) < farthest && std::abs(out.pen.y) < farthest)) return std::nullopt;
    const bool shrinks = !out.at_rest && move.from_size > move.to_size;
    out.subpixel = fraction(shrinks ? from : to);
    out.bitmap_size =
        out.at_rest ? double{move.to_size} : larger_than_drawn(std::max(move.from_size, move.to_size), size);
    out.scale = out.at_rest ? 1 : size / out.bitmap_size;
    return out;
}

}  // namespace tribune
