// One controller: what its events ask of the show, and what its lamps and faders are to show. Pure: time and state come in.
#pragma once

#include <deque>
#include <map>
#include <optional>
#include <vector>

#include "base/time.hpp"
#include "net/midi/bytes.hpp"
#include "show/command.hpp"

namespace tribune::net::midi {

class Surface {
  public:
    explicit Surface(SurfaceName name) : name_(std::move(name)) {}

    // What a press asks for. What is moved waits for moves(): the newest place of each control.
    std::optional<Command> hear(const Event& event, const ShowState& state, MonotonicTime now);
    [[nodiscard]] bool has_moves() const { return !waiting_.empty(); }
    std::vector<Command> moves(const ShowState& state, MonotonicTime now);

    // What differs from what it was told last, at most `most` of it; more stays for the next time. What a hand has just
    // moved is left to the hand.
    std::vector<Event> feedback(const ShowState& state, ShowTime show_now, const SurfaceSetup& setup, MonotonicTime now,
                                std::size_t most);
    // It was away: it is told everything anew.
    void forget_told() { told_.clear(); }

  private:
    struct Held {                     // a control that is moved
        std::optional<double> hand;   // where it stood last
        bool taken = false;           // it leads; else it waits until it comes past where things stand
        bool from_top = false;        // a T-bar on its way back down
        std::optional<double> given;  // what was asked for last
        std::optional<MonotonicTime> moved;
        int coarse = 0;  // the first seven of fourteen bits
        int last = 0;    // a button's last value
    };

    const Binding* find(const ShowState& state, ControlKind kind, const Event& event, int number) const;
    std::optional<Command> press(const Binding& binding, const Event& event, const ShowState& state);
    void move(const Binding& binding, double hand, const ShowState& state, MonotonicTime now);
    void turn(const Binding& binding, int steps, const ShowState& state, MonotonicTime now);
    [[nodiscard]] std::optional<double> bar(Held& held, double hand, double stands, MonotonicTime now) const;
    [[nodiscard]] std::optional<double> picked_up(Held& held, double hand, double stands, MonotonicTime now) const;

    SurfaceName name_;
    std::map<Control, Held> held_;
    std::map<Control, double> waiting_;
    std::map<Control, int> told_;
};

}  // namespace tribune::net::midi
