// A room with an open round in which people speak, and somebody who acts in it.
#pragma once

#include <string>

#include "voice/room.hpp"

namespace tribune::test {

inline Uuid uuid(std::uint32_t n) {
    Uuid id;
    for (std::size_t i = 0; i < 4; ++i) id.bytes[15 - i] = static_cast<std::uint8_t>(n >> (8 * i));
    return id;
}

inline Speaker table(int number) { return {DeviceId("tablet-" + std::to_string(number)), {number}}; }
inline Speaker phone(int number) { return {DeviceId("phone-" + std::to_string(number)), {}}; }

class Meeting {
  public:
    Room room;

    Meeting() {
        (void)tell(SetQuestion{"Que manque-t-il ?", "fr", {}, 0, false, 0});
        (void)tell(StartRound{});
    }

    // "" or the error's code.
    template <class C>
    std::string tell(const C& command, const std::string& by = "lea") {
        const Stamp stamp{++sequence_, {std::chrono::seconds(sequence_)}, 0};
        Room before = room;
        const Status done = [&] {
            if constexpr (requires { apply(room, command, stamp, by); }) {
                return apply(room, command, stamp, by);
            } else {
                return apply(room, command, stamp);
            }
        }();
        if (done) return "";
        room = std::move(before);
        return done.error().code;
    }
    std::string say(std::uint32_t n, const std::string& text, int at_table = 1, std::vector<Flag> flags = {}) {
        Submit submit;
        submit.id = uuid(n);
        submit.device = table(at_table).device;
        submit.table = {at_table};
        submit.round = 1;
        submit.text = text;
        submit.flags = std::move(flags);
        const auto done = apply(room, submit, {++sequence_, {std::chrono::seconds(sequence_)}, 0}, 100);
        return done ? "" : done.error().code;
    }
    [[nodiscard]] ContributionState state(std::uint32_t n) const { return state_of(room, *room.find(uuid(n))); }
    [[nodiscard]] const Standing& standing(std::uint32_t n) const { return room.consolidation.standing(uuid(n)); }
    [[nodiscard]] std::uint32_t last_deed() const {
        return static_cast<std::uint32_t>(room.consolidation.deeds.size());
    }

  private:
    std::uint64_t sequence_ = 0;
};

}  // namespace tribune::test
