// How deeds are put together, kept and taken back; private to voice/.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "voice/room.hpp"

namespace tribune {

// Whether the room sees what stands so.
bool is_shown(const Standing& standing);

// A new contribution: whether it waits to be seen, or is held by itself.
void begin_standing(Room& room, const Contribution& contribution, const Stamp& stamp);
// The same for other words of one.
void begin_standing_again(Room& room, Standing& standing, const std::vector<Flag>& flags, const Stamp& stamp);

// Error door_closed: phones may not react now.
Status check_door(const Room& room, const Speaker& from);

// Sets where one stands, and keeps the counts.
void put_standing(Consolidation& all, const Uuid& id, Standing standing);

// One deed in the making: changes the room at once and remembers how it was.
class DeedInHand {
  public:
    DeedInHand(Room& room, std::string_view command, const std::string& by, const Stamp& stamp);

    void set(const Uuid& contribution, Standing standing);
    void set_theme(std::uint32_t theme, std::optional<Theme> becomes);
    void set_tension(std::uint32_t tension, std::optional<Tension> becomes);
    void set_term(const std::string& word, std::optional<TermRule> becomes);
    // Takes over what another deed changed, backwards. Error changed_since: something was changed again since.
    Status take_back(const Deed& deed);

    // Keeps it, unless it changed nothing. Its number, 0: not kept.
    std::uint32_t keep();

  private:
    Room& room_;
    Deed deed_;
};

}  // namespace tribune
