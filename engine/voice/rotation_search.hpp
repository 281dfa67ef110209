// How a rotation is found. Private to voice/: the door is rotation.hpp.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "voice/rotation.hpp"

namespace tribune {

// People are numbered from 0 here, seats and tables too; a round lists the people table by table.
struct SearchRound {
    std::vector<std::vector<std::uint32_t>> tables;
    std::vector<bool> fixed;  // by person: does not change tables in this round
};

// Met and unwanted meetings of all pairs.
class Meetings {
  public:
    explicit Meetings(std::uint32_t people) : people_(people), counts_(static_cast<std::size_t>(people) * people) {}
    // Two who must not meet, or whose meetings cost nothing.
    void keep_apart(std::uint32_t a, std::uint32_t b) { at(a, b) = at(b, a) = apart; }
    void free(std::uint32_t a, std::uint32_t b) { at(a, b) = at(b, a) = costless; }
    void add(std::uint32_t a, std::uint32_t b) { change(a, b, 1); }
    void take(std::uint32_t a, std::uint32_t b) { change(a, b, -1); }
    // What one more meeting would cost, and what one less would save.
    [[nodiscard]] int cost_of_one_more(std::uint32_t a, std::uint32_t b) const { return price(get(a, b)); }
    [[nodiscard]] int saved_by_one_less(std::uint32_t a, std::uint32_t b) const {
        const auto c = get(a, b);
        return c >= apart ? price(c) : price(static_cast<std::uint8_t>(c - 1));
    }
    [[nodiscard]] std::uint32_t people() const { return people_; }

    static constexpr int forbidden = 10'000;

  private:
    static constexpr std::uint8_t apart = 254;
    static constexpr std::uint8_t costless = 255;
    // Squares, so that a pair that meets a third time is the first to be parted.
    static int price(std::uint8_t count) {
        if (count >= apart) return count == apart ? forbidden : 0;
        return count == 0 ? 0 : 2 * count - 1;
    }
    void change(std::uint32_t a, std::uint32_t b, int by) {
        if (get(a, b) >= apart) return;
        at(a, b) = at(b, a) = static_cast<std::uint8_t>(get(a, b) + by);
    }
    std::uint8_t& at(std::uint32_t a, std::uint32_t b) { return counts_[static_cast<std::size_t>(a) * people_ + b]; }
    [[nodiscard]] std::uint8_t get(std::uint32_t a, std::uint32_t b) const {
        return counts_[static_cast<std::size_t>(a) * people_ + b];
    }

    std::uint32_t people_;
    std::vector<std::uint8_t> counts_;
};

// Longest plan of the modular rule without a repeat: at each bell seat j goes j tables on.
std::uint32_t longest_modular(std::uint32_t tables, std::uint32_t seats);

// A full hall whose rounds are all turns of one: people stand on circles of `rounds` places, and each bell turns the
// circles by one. One round that is right makes them all right, which makes the search as many times smaller. Returns
// the rounds, or none found.
std::optional<std::vector<SearchRound>> search_turns(std::uint32_t tables, std::uint32_t seats, std::uint32_t rounds,
                                                     std::uint64_t seed);

// Swaps people of one round until nothing costs, or the work allowed is done (in looks at a pair). `meetings` holds
// what was, the rounds included; afterwards it is of no use. Tabu search on (round, person).
void improve(std::vector<SearchRound>& rounds, Meetings& meetings, std::uint64_t seed, std::uint64_t work);

}  // namespace tribune
