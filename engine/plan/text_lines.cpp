#include "plan/text_lines.hpp"

#include <algorithm>
#include <array>
#include <sstream>
#include <string_view>

namespace tribune {
namespace {

// French sets these apart from their word by a space, and never begins a line with one, nor ends it with the opening.
bool clings_to_last(std::string_view word) {
    constexpr std::array<std::string_view, 7> marks{"?", "!", ":", ";", "»", "%", "€"};
    return std::find(marks.begin(), marks.end(), word) != marks.end();
}

}  // namespace

std::vector<std::string> unbroken_pieces(const std::string& text) {
    std::vector<std::string> pieces;
    std::istringstream words(text);
    for (std::string word; words >> word;) {
        if (!pieces.empty() && (clings_to_last(word) || pieces.back() == "«")) {
            pieces.back() += " " + word;
        } else {
            pieces.push_back(word);
        }
    }
    return pieces;
}

std::vector<std::string> TextLinesCache::break_lines(const TextLines& wanted) {
    const auto fits = [&](const std::string& line) {
        return measure_.measure({line, wanted.font, wanted.language}).advance * wanted.size <= wanted.width;
    };
    std::vector<std::string> lines;
    for (const auto& word : unbroken_pieces(wanted.text)) {
        const std::string longer = lines.empty() ? word : lines.back() + " " + word;
        if (!lines.empty() && fits(longer)) {
            lines.back() = longer;
        } else if (static_cast<int>(lines.size()) < wanted.most_lines) {
            lines.push_back(word);
        } else {
            std::string& last = lines.back();
            while (!last.empty() && !fits(last + "…")) {
                const auto space = last.find_last_of(' ');
                if (space == std::string::npos) break;
                last.resize(space);
            }
            last += "…";
            break;
        }
    }
    return lines;
}

const TextLinesCache::Block& TextLinesCache::block(const TextLines& wanted) {
    if (const auto known = blocks_.find(wanted); known != blocks_.end()) {
        known->second.used = ++use_;
        return known->second;
    }
    if (blocks_.size() >= most_blocks) {
        std::erase_if(blocks_, [this](const auto& entry) { return entry.second.used + most_blocks / 2 < use_; });
        if (blocks_.size() >= most_blocks) blocks_.clear();
    }
    auto moves = std::make_shared<std::vector<TextMove>>();
    double y = wanted.top_left.y;
    for (auto& line : break_lines(wanted)) {
        auto text = std::make_shared<const TextSpec>(TextSpec{std::move(line), wanted.font, wanted.language});
        const double advance = measure_.measure(*text).advance * wanted.size;
        const double squeeze = advance > wanted.width && wanted.width > 0 ? wanted.width / advance : 1;
        TextMove move;
        move.text = std::move(text);
        move.to = {wanted.top_left.x, y + wanted.size * 0.95};
        const double left_over = wanted.width - advance * squeeze;
        if (wanted.align == Align::centre) move.to.x += left_over / 2;
        if (wanted.align == Align::right) move.to.x += left_over;
        move.from = move.to;
        move.from_size = move.to_size = static_cast<float>(wanted.size * squeeze);
        move.from_colour = move.to_colour = wanted.colour;
        moves->push_back(std::move(move));
        y += wanted.size * line_height_em;
    }
    return blocks_[wanted] = Block{std::move(moves), ++use_};
}

TextBatch TextLinesCache::lines(const TextLines& wanted, ShowTime now) {
    TextBatch batch;
    batch.moves = block(wanted).moves;
    batch.now = now;
    return batch;  // settled at time 0: at rest
}

int TextLinesCache::count(const TextLines& wanted) { return static_cast<int>(block(wanted).moves->size()); }

double TextLinesCache::width(const TextLines& wanted) {
    return measure_.measure({wanted.text, wanted.font, wanted.language}).advance * wanted.size;
}

}  // namespace tribune
