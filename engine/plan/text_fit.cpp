#include "plan/text_fit.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <utility>

#include "plan/text_lines.hpp"

namespace tribune {
namespace {

constexpr double one_line_until = 0.8;  // of the wished size: then lines are broken
constexpr double size_step = 0.97;
constexpr double least_size = 2;           // pixels
constexpr std::size_t longest_piece = 60;  // bytes of a ticker's piece

// The code point at `at`, which moves behind it; broken bytes are passed over.
std::uint32_t next_code_point(std::string_view text, std::size_t& at) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned char first = byte(at);
    const std::size_t length = first < 0x80 ? 1 : first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC0 ? 2 : 1;
    std::uint32_t value = length == 1 ? first : first & (0xFFU >> (length + 1));
    for (std::size_t i = 1; i < length && at + i < text.size(); ++i) value = value << 6U | (byte(at + i) & 0x3FU);
    at = std::min(text.size(), at + length);
    return value;
}

bool in(std::uint32_t c, std::uint32_t low, std::uint32_t high) { return c >= low && c <= high; }

bool is_leftward(std::uint32_t c) {
    return in(c, 0x0590, 0x08FF) || in(c, 0xFB1D, 0xFDFF) || in(c, 0xFE70, 0xFEFC) || in(c, 0x10800, 0x10FFF) ||
           in(c, 0x1E800, 0x1EFFF);
}
bool is_rightward(std::uint32_t c) {
    return in(c, 'A', 'Z') || in(c, 'a', 'z') ||
           (c >= 0xC0 && !is_leftward(c) && !in(c, 0x2000, 0x2BFF) && c != 0xD7 && c != 0xF7 && !in(c, 0x3000, 0x3004));
}

// Scripts that are broken between any two letters.
bool breaks_anywhere(std::uint32_t c) {
    return in(c, 0x3040, 0x30FF) || in(c, 0x3400, 0x9FFF) || in(c, 0xF900, 0xFAFF) || in(c, 0x20000, 0x3FFFF);
}

struct Piece {
    std::string text;
    bool space = false;  // before it
    double advance = 0;  // em
};

std::vector<Piece> pieces_of(TextMeasure& measure, const std::string& text, const Font& font,
                             const std::string& language) {
    std::vector<Piece> pieces;
    for (const auto& word : unbroken_pieces(text)) {
        std::string part;
        bool space = !pieces.empty();
        for (std::size_t at = 0; at < word.size();) {
            const std::size_t from = at;
            if (breaks_anywhere(next_code_point(word, at)) && !part.empty()) {
                pieces.push_back({std::exchange(part, {}), std::exchange(space, false)});
            }
            part += word.substr(from, at - from);
        }
        pieces.push_back({std::move(part), space});
    }
    for (auto& p : pieces) p.advance = measure.measure({p.text, font, language}).advance;
    return pieces;
}

// Where greedy lines of this width (em) begin, each with the piece it begins with; the longest line's width.
struct Lines {
    std::vector<std::size_t> starts;
    double longest = 0;
};
Lines broken(const std::vector<Piece>& pieces, double space, double limit) {
    Lines lines;
    double used = 0;
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        const double longer = used + (pieces[i].space ? space : 0) + pieces[i].advance;
        if (i == 0 || longer > limit) {
            lines.starts.push_back(i);
            used = pieces[i].advance;
        } else {
            used = longer;
        }
        lines.longest = std::max(lines.longest, used);
    }
    return lines;
}

enum class Runs { nowhere, rightwards, leftwards };
// Of the first strong letter.
Runs direction_of(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
        const std::uint32_t c = next_code_point(text, at);
        if (is_leftward(c)) return Runs::leftwards;
        if (is_rightward(c)) return Runs::rightwards;
    }
    return Runs::nowhere;
}

double space_advance(TextMeasure& measure, const Font& font, const std::string& language) {
    return measure.measure({"n n", font, language}).advance - 2 * measure.measure({"n", font, language}).advance;
}

}  // namespace

bool runs_to_the_left(std::string_view text) { return direction_of(text) == Runs::leftwards; }

FittedText fit_text(TextMeasure& measure, const std::string& text, const Font& font, const std::string& language,
                    const TextRoom& room) {
    FittedText fitted;
    const auto pieces = pieces_of(measure, text, font, language);
    if (pieces.empty() || room.width < 1) return fitted;
    const double space = space_advance(measure, font, language);
    const double whole = broken(pieces, space, 1e9).longest;
    const double wished = std::max(room.wished, room.smallest);
    double limit = 1e9;  // em
    fitted.size = std::min(wished, room.width / std::max(whole, 1e-6));
    const bool one_line = room.lines < 2 || fitted.size >= std::max(one_line_until * wished, room.smallest);
    if (!one_line) {
        Lines lines;
        for (fitted.size = wished; fitted.size > least_size; fitted.size *= size_step) {
            limit = room.width / fitted.size;
            lines = broken(pieces, space, limit);
            if (lines.longest <= limit && lines.starts.size() <= static_cast<std::size_t>(room.lines)) break;
        }
        // As many lines, but none much shorter than the others.
        double low = 0, high = limit;
        for (int i = 0; i < 24; ++i) {
            const double middle = (low + high) / 2;
            const Lines tried = broken(pieces, space, middle);
            (tried.starts.size() <= lines.starts.size() && tried.longest <= middle ? high : low) = middle;
        }
        limit = high;
    }
    const Lines lines = broken(pieces, space, limit);
    double longest = 0;  // em, as shaped
    for (std::size_t l = 0; l < lines.starts.size(); ++l) {
        const std::size_t end = l + 1 < lines.starts.size() ? lines.starts[l + 1] : pieces.size();
        std::string line;
        for (std::size_t i = lines.starts[l]; i < end; ++i)
            line += (i > lines.starts[l] && pieces[i].space ? " " : "") + pieces[i].text;
        auto spec = std::make_shared<const TextSpec>(TextSpec{std::move(line), font, language});
        const TextMetrics m = measure.measure(*spec);
        longest = std::max({longest, m.advance, m.ink_right});
        fitted.lines.push_back({std::move(spec), m.advance});
    }
    // Shaping a line as a whole may make it a hair longer than its words.
    if (longest * fitted.size > room.width) fitted.size = room.width / longest;
    if (fitted.size > 8) fitted.size = std::floor(fitted.size);
    for (auto& line : fitted.lines) line.advance *= fitted.size;
    fitted.width = longest * fitted.size;
    return fitted;
}

std::vector<FittedText::Line> line_in_pieces(TextMeasure& measure, const std::string& text, const Font& font,
                                             const std::string& language, double size) {
    const double space = space_advance(measure, font, language) * size;
    std::vector<std::string> runs;  // of one direction each, not too long
    Runs direction = direction_of(text);
    for (const auto& word : unbroken_pieces(text)) {
        const Runs own = direction_of(word);
        const bool turns = own != Runs::nowhere && own != direction;
        if (turns) direction = own;
        if (runs.empty() || turns || runs.back().size() + word.size() > longest_piece) {
            runs.push_back(word);
        } else {
            runs.back() += " " + word;
        }
    }
    std::vector<FittedText::Line> pieces;
    for (auto& run : runs) {
        auto spec = std::make_shared<const TextSpec>(TextSpec{std::move(run), font, language});
        const double advance = measure.measure(*spec).advance * size + space;
        pieces.push_back({std::move(spec), advance});
    }
    return pieces;
}

}  // namespace tribune
