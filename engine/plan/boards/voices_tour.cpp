#include "plan/boards/voices_tour.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace tribune {
namespace {

std::size_t read_of(const VoiceCard& card) { return characters(card.title) + characters(card.text); }

}  // namespace

void VoicesTour::follow(const Room& room, ShowTime now, const VoicesLayout& layout) {
    if (!begun_ || round_ != room.rounds.size() || !shown_.same_past(room) || now < now_) {
        *this = VoicesTour();
        begun_ = true;
        round_ = static_cast<std::uint32_t>(room.rounds.size());
    }
    shown_.follow(room, [&](const ShownChange& change) { take(room, change, layout); });
    advance(room, now, layout);
    now_ = now;
}

void VoicesTour::take(const Room& room, const ShownChange& change, const VoicesLayout& layout) {
    if (room.contributions[change.index].round != round_) return;
    advance(room, change.at, layout);
    loop_start_.reset();
    Voice& voice = voices_[change.index];
    const bool other_words = voice.title != change.title || voice.text != change.text;
    if (other_words) {
        voice.title = change.title;
        voice.text = change.text;
        voice.cards.clear();
    }
    const bool here = on_page(change.index);
    if (voice.visible != change.after) visible_ += change.after ? std::size_t{1} : ~std::size_t{0};
    voice.visible = change.after;
    if (!change.after) {
        std::erase_if(fresh_, [&](const Place& p) { return p.first == change.index; });
        const bool empty =
            std::none_of(page_.cards.begin(), page_.cards.end(), [&](const auto& s) { return card(s) != nullptr; });
        if (here && empty) make_page(room, change.at, layout);
    } else if (!here) {
        std::erase_if(fresh_, [&](const Place& p) { return p.first == change.index; });
        bring(room, change.index, change.at, layout);
    } else if (other_words) {
        // Other words, other heights: the page is set anew, and what has no room on it waits.
        for (auto shown = page_.cards.rbegin(); shown != page_.cards.rend(); ++shown) {
            if (shown->part != 0 || !voices_[shown->index].visible) continue;
            for (std::size_t p = cards(room, shown->index, layout).size(); p > 0; --p)
                fresh_.emplace_front(shown->index, p - 1);
        }
        make_page(room, change.at, layout);
        before_ = {};
    }
}

std::vector<VoiceCard>& VoicesTour::cards(const Room& room, std::size_t index, const VoicesLayout& layout) {
    Voice& voice = voices_[index];
    if (voice.cards.empty()) {
        voice.cards = layout.cut(room.contributions[index], voice.title, voice.text);
        for (std::size_t p = 0; p < voice.cards.size(); ++p) {
            voice.cards[p].index = index;
            voice.cards[p].part = p;
            voice.cards[p].parts = voice.cards.size();
        }
    }
    return voice.cards;
}

const VoiceCard* VoicesTour::card(const VoicesPage::Shown& shown) const {
    const auto voice = voices_.find(shown.index);
    const bool there = voice != voices_.end() && voice->second.visible && shown.part < voice->second.cards.size();
    return there ? &voice->second.cards[shown.part] : nullptr;
}

bool VoicesTour::on_page(std::size_t index) const {
    return std::any_of(page_.cards.begin(), page_.cards.end(), [&](const auto& s) { return s.index == index; });
}

// Newcomers join the page that stands while it has room, and wait for the next else.
void VoicesTour::bring(const Room& room, std::size_t index, ShowTime at, const VoicesLayout& layout) {
    const auto& parts = cards(room, index, layout);
    std::size_t next = 0;
    if (!page_.cards.empty() && fresh_.empty() && parts.size() == 1 && add(parts.front(), at)) {
        page_.until = std::max(page_.until, at + reading_time(read_of(parts.front())));
        next = 1;
    }
    for (; next < parts.size(); ++next) fresh_.emplace_back(index, next);
    if (page_.cards.empty()) make_page(room, at, layout);
}

void VoicesTour::advance(const Room& room, ShowTime to, const VoicesLayout& layout) {
    while (!page_.cards.empty() && page_.until <= to) {
        ShowTime at = page_.until;
        if (fresh_.empty() && !cursor_) {
            // Nothing happened for a whole round: the next ones are the same.
            if (loop_start_ && *loop_start_ < at) {
                const Nanoseconds round = at - *loop_start_;
                at = at + round * ((to - at) / round);
            }
            loop_start_ = at;
        }
        make_page(room, at, layout);
    }
}

bool VoicesTour::add(const VoiceCard& card, ShowTime at) {
    const auto slot = dealer_ ? dealer_->place(card.heights, card.whole) : std::nullopt;
    if (!slot) return false;
    page_.cards.push_back({card.index, card.part, *slot, at});
    read_.resize(std::max(read_.size(), slot->panel + 1), 0);
    read_[slot->panel] += read_of(card);
    return true;
}

void VoicesTour::make_page(const Room& room, ShowTime at, const VoicesLayout& layout) {
    VoicesPage old = std::exchange(page_, {});
    auto old_dealer = std::exchange(dealer_, layout.dealer());
    page_.started = at;
    read_.clear();
    const bool news = !fresh_.empty();
    while (!fresh_.empty()) {
        const auto [index, part] = fresh_.front();
        const auto& parts = cards(room, index, layout);
        if (part < parts.size() && !add(parts[part], at)) break;
        fresh_.pop_front();
    }
    // What room is left goes to the newest others; without news to those whose turn it is.
    const auto newest =
        cursor_ && !news ? std::make_reverse_iterator(voices_.upper_bound(cursor_->first)) : voices_.rbegin();
    bool full = false;
    for (auto voice = newest; voice != voices_.rend() && !full; ++voice) {
        if (!voice->second.visible || (news && (on_page(voice->first) || !fresh_.empty()))) continue;
        for (const auto& card : cards(room, voice->first, layout)) {
            if (news && card.parts > 1) break;
            const Place place{card.index, card.part};
            if (!news && cursor_ && card.index == cursor_->first && card.part <= cursor_->second) continue;
            full = !add(card, at);
            if (full) break;
            if (!news) cursor_ = place;
        }
    }
    if (!full && !news) {
        cursor_.reset();
        if (page_.cards.empty() && visible_ > 0) {
            page_ = std::move(old);
            dealer_ = std::move(old_dealer);
            return make_page(room, at, layout);
        }
    }
    // At the end of the round the room that is left goes to the newest once more.
    for (auto voice = voices_.rbegin(); !full && !news && voice != voices_.rend(); ++voice) {
        if (!voice->second.visible || on_page(voice->first)) continue;
        const auto& parts = cards(room, voice->first, layout);
        full = parts.size() > 1 || !add(parts.front(), at);
    }
    page_.until = at + reading_time(read_.empty() ? 0 : *std::max_element(read_.begin(), read_.end()));
    const auto places = [](const VoicesPage& page) {
        std::vector<Place> list;
        for (const auto& s : page.cards) list.emplace_back(s.index, s.part);
        std::sort(list.begin(), list.end());
        return list;
    };
    if (places(old) == places(page_)) {  // the same ones stay where they are
        old.until = page_.until;
        page_ = std::move(old);
        dealer_ = std::move(old_dealer);
    } else {
        before_ = std::move(old);
    }
}

}  // namespace tribune
