// Which voices stand on a board when: newcomers first, then all that were shown, page after page. What it says is a
// function of the room and the time: it follows contributions and deeds in the journal's order, each once, and begins
// anew when the room's past is another.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/time.hpp"
#include "plan/boards/board_dealer.hpp"
#include "voice/room.hpp"
#include "voice/shown.hpp"

namespace tribune {

// A contribution, or a part of one that is longer than a face.
struct VoiceCard {
    std::size_t index = 0;  // in Room::contributions
    std::size_t part = 0;
    std::size_t parts = 1;
    std::string title;
    std::string text;
    std::vector<double> heights;  // on each panel, pixels
    bool whole = false;           // over all columns of its panel
};
struct VoicesPage {
    struct Shown {
        std::size_t index = 0;
        std::size_t part = 0;
        BoardSlot slot;
        ShowTime joined;
    };
    std::vector<Shown> cards;
    ShowTime started;
    ShowTime until;
};

// How cards are cut and dealt; asked again for the same words, it must say the same.
struct VoicesLayout {
    std::function<std::vector<VoiceCard>(const Contribution&, const std::string& title, const std::string& text)> cut;
    std::function<BoardDealer()> dealer;
};

class VoicesTour {
  public:
    // The voices of the newest round, as they stand at `now`; `layout` is the same for all calls.
    void follow(const Room& room, ShowTime now, const VoicesLayout& layout);

    [[nodiscard]] const VoicesPage& page() const { return page_; }
    [[nodiscard]] const VoicesPage& before() const { return before_; }
    // Null: not shown, not any more.
    [[nodiscard]] const VoiceCard* card(const VoicesPage::Shown& shown) const;
    [[nodiscard]] std::size_t voices() const { return visible_; }

  private:
    struct Voice {
        bool visible = false;
        std::string title;
        std::string text;
        std::vector<VoiceCard> cards;  // empty: to be cut
    };
    using Place = std::pair<std::size_t, std::size_t>;  // contribution, part

    void take(const Room& room, const ShownChange& change, const VoicesLayout& layout);
    void advance(const Room& room, ShowTime to, const VoicesLayout& layout);
    void make_page(const Room& room, ShowTime at, const VoicesLayout& layout);
    void bring(const Room& room, std::size_t index, ShowTime at, const VoicesLayout& layout);
    bool add(const VoiceCard& card, ShowTime at);
    std::vector<VoiceCard>& cards(const Room& room, std::size_t index, const VoicesLayout& layout);
    [[nodiscard]] bool on_page(std::size_t index) const;

    bool begun_ = false;
    std::uint32_t round_ = 0;
    ShownFollower shown_;
    ShowTime now_{};

    std::map<std::size_t, Voice> voices_;
    std::size_t visible_ = 0;
    std::deque<Place> fresh_;             // never on yet
    std::optional<Place> cursor_;         // the last one of the round through all; none: at its beginning
    std::optional<ShowTime> loop_start_;  // of the last round through all, while nothing happened since
    std::optional<BoardDealer> dealer_;   // of the page, for those who join it
    std::vector<std::size_t> read_;       // characters of the page on each panel: people read the one before them
    VoicesPage page_;
    VoicesPage before_;
};

}  // namespace tribune
