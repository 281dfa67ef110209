#include "plan/boards/board_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "plan/text_fit.hpp"

namespace tribune {
namespace {

// A line shaped as a whole may be a hair longer than its words.
constexpr double slack = 0.985;
constexpr double fit_step = 0.94;

bool begins_letter(char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }

}  // namespace

double BoardText::advance(const std::string& word, const Font& font, const std::string& language) {
    std::string key = fmt::format("{} {} {} {}", font.weight, font.family, language, word);
    if (const auto known = advances_.find(key); known != advances_.end()) return known->second;
    if (advances_.size() >= most_words) advances_.clear();
    const double wide = measure_.measure({word, font, language}).advance;
    advances_.emplace(std::move(key), wide);
    return wide;
}

// A word that no line takes whole, in pieces that lines do.
std::vector<std::string> BoardText::broken(const std::string& word, const BoardWords& words, double limit) {
    std::vector<std::string> pieces;
    std::string piece;
    double used = 0;
    for (std::size_t at = 0; at < word.size();) {
        std::size_t end = at + 1;
        while (end < word.size() && !begins_letter(word[end])) ++end;
        const std::string letter = word.substr(at, end - at);
        const double wide = advance(letter, words.font, words.language);
        if (!piece.empty() && used + wide > limit) {
            pieces.push_back(std::exchange(piece, {}));
            used = 0;
        }
        piece += letter;
        used += wide;
        at = end;
    }
    if (!piece.empty()) pieces.push_back(std::move(piece));
    return pieces;
}

std::vector<std::string> BoardText::wrap(const BoardWords& words) {
    std::vector<std::string> lines;
    if (words.size <= 0 || words.width <= 0) return lines;
    const double limit = words.width * slack / words.size;
    const double space = advance("n n", words.font, words.language) - 2 * advance("n", words.font, words.language);
    double used = 0;
    for (const auto& word : unbroken_pieces(words.text)) {
        const double wide = advance(word, words.font, words.language);
        if (!lines.empty() && used + space + wide <= limit) {
            lines.back() += " " + word;
            used += space + wide;
        } else if (wide <= limit) {
            lines.push_back(word);
            used = wide;
        } else {
            for (auto& piece : broken(word, words, limit)) {
                used = advance(piece, words.font, words.language);
                lines.push_back(std::move(piece));
            }
        }
    }
    return lines;
}

std::size_t BoardText::count(const BoardWords& words) { return wrap(words).size(); }

double BoardText::width(const BoardWords& words) {
    return measure_.measure({words.text, words.font, words.language}).advance * words.size;
}

double BoardText::fit(BoardWords words, double most, double least, double height) {
    for (double size = most; size > least; size *= fit_step) {
        words.size = std::floor(size);
        if (static_cast<double>(count(words)) * words.size * line_height_em <= height)
            return std::max(words.size, least);
    }
    return least;
}

std::shared_ptr<const std::vector<TextMove>> BoardText::moves(const BoardWords& words) {
    if (const auto known = blocks_.find(words); known != blocks_.end()) {
        known->second.used = ++use_;
        return known->second.moves;
    }
    if (blocks_.size() >= most_blocks) {
        std::erase_if(blocks_, [this](const auto& b) { return b.second.used + most_blocks / 2 < use_; });
        if (blocks_.size() >= most_blocks) blocks_.clear();
    }
    Align align = words.align;
    if (align == Align::left && runs_to_the_left(words.text)) align = Align::right;
    auto moves = std::make_shared<std::vector<TextMove>>();
    double y = words.size * 0.95;
    for (auto& line : wrap(words)) {
        auto text = std::make_shared<const TextSpec>(TextSpec{std::move(line), words.font, words.language});
        const double left_over = words.width - measure_.measure(*text).advance * words.size;
        TextMove move;
        move.text = std::move(text);
        move.to = {align == Align::left ? 0 : align == Align::right ? left_over : left_over / 2, y};
        move.from = move.to;
        move.from_size = move.to_size = static_cast<float>(words.size);
        move.from_colour = move.to_colour = words.colour;
        moves->push_back(std::move(move));
        y += words.size * line_height_em;
    }
    return (blocks_[words] = Block{std::move(moves), ++use_}).moves;
}

}  // namespace tribune
