// What the room is shown, change by change, in the journal's order: for walls and boards that grow with it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "base/time.hpp"
#include "voice/contribution.hpp"
#include "voice/room.hpp"

namespace tribune {

// A contribution came on, went, or (both true) has other words. Alive while it is told.
struct ShownChange {
    std::size_t index = 0;  // in Room::contributions
    bool before = false;
    bool after = false;
    const std::string& title;  // as they stood then
    const std::string& text;
    std::uint64_t sequence = 0;  // of the record that did it
    ShowTime at;
};

// Thread: one.
class ShownFollower {
  public:
    // Whether the room still begins with what was told. An engine that was cut off may have shown what never reached the
    // disk: then all begins anew.
    [[nodiscard]] bool same_past(const Room& room) const;
    // Tells what came since the last call; same_past() must hold.
    void follow(const Room& room, const std::function<void(const ShownChange&)>& tell);
    // Nothing new since the last call.
    [[nodiscard]] bool up_to_date(const Room& room) const;

  private:
    std::size_t contributions_ = 0;  // told…
    std::optional<Contribution> last_contribution_;
    std::size_t deeds_ = 0;
    std::uint64_t last_deed_ = 0;  // …and the last deed's place in the journal
};

}  // namespace tribune
