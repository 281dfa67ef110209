#include "text/word_cache.hpp"

#include <functional>

namespace tribune {
namespace {

constexpr int shortest_gap = 12;  // fewer blank pixels than this are cheaper drawn than skipped

void find_spans(WordBitmap& word) {
    const auto width = static_cast<std::size_t>(word.image.size.width);
    const bool colour = !word.image.colour.empty();
    for (int y = 0; y < word.image.size.height; ++y) {
        word.row_start.push_back(static_cast<std::uint32_t>(word.spans.size()));
        const auto row = static_cast<std::size_t>(y) * width;
        const auto row_begin = word.spans.size();
        for (std::size_t x = 0; x < width; ++x) {
            if (word.image.coverage[row + x] == 0 && (!colour || word.image.colour[(row + x) * 4 + 3] == 0)) continue;
            const int at = static_cast<int>(x);
            if (word.spans.size() > row_begin && at - word.spans.back().x1 < shortest_gap) {
                word.spans.back().x1 = at + 1;
            } else {
                word.spans.push_back({at, at + 1});
            }
        }
    }
    word.row_start.push_back(static_cast<std::uint32_t>(word.spans.size()));
}

void mix(std::size_t& h, std::size_t v) { h = (h ^ v) * 1099511628211ULL; }

}  // namespace

std::size_t WordCache::KeyHash::operator()(const Key& k) const {
    std::size_t h = std::hash<std::string>{}(k.text.text);
    mix(h, std::hash<std::string>{}(k.text.font.family));
    mix(h, static_cast<std::size_t>(k.text.font.weight));
    mix(h, std::hash<double>{}(k.size));
    mix(h, std::hash<double>{}(k.subpixel.x));
    mix(h, std::hash<double>{}(k.subpixel.y));
    return h;
}

Result<std::shared_ptr<const WordBitmap>> WordCache::get(const SharedText& text, double size, Point subpixel) {
    Key key{*text, size, subpixel};
    if (const auto found = index_.find(key); found != index_.end()) {
        recent_.splice(recent_.begin(), recent_, found->second);
        return found->second->word;
    }
    auto word = std::make_shared<WordBitmap>();
    TRIBUNE_TRY(word->image, render_text(*shaper_, *text, size, subpixel));
    ++rendered_;
    word->size = size;
    word->subpixel = subpixel;
    find_spans(*word);
    const std::size_t bytes = sizeof(Entry) + sizeof(WordBitmap) + text->text.size() + word->image.coverage.size() +
                              word->image.colour.size() + word->spans.size() * sizeof(WordBitmap::Span) +
                              word->row_start.size() * sizeof(std::uint32_t);
    recent_.push_front({key, word, bytes});
    index_.emplace(std::move(key), recent_.begin());
    bytes_ += bytes;
    while (bytes_ > most_bytes_ && recent_.size() > 1) {
        bytes_ -= recent_.back().bytes;
        index_.erase(recent_.back().key);
        recent_.pop_back();
    }
    return std::shared_ptr<const WordBitmap>(std::move(word));
}

void WordCache::clear() {
    index_.clear();
    recent_.clear();
    bytes_ = 0;
}

}  // namespace tribune
