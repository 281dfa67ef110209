// Plans rotations that were asked for, on a thread of their own. Thread: the engine's.
#pragma once

#include <future>
#include <optional>

#include "show/command.hpp"

namespace tribune {

class RotationDesk {
  public:
    // Begins what is wanted, and gives the plan once it is there, again and again until the room has taken it or wants
    // another. Called often; never waits.
    std::optional<Command> step(const Room& room);

  private:
    std::future<SeatRotation> work_;  // its end waits for the plan: some seconds at most
    std::optional<SeatRotation> ready_;
};

}  // namespace tribune
