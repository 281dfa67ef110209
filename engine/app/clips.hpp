// Between the clips as they are wanted and the processes that play them. Thread: the engine's.
#pragma once

#include <cstdint>
#include <map>
#include <optional>

#include "app/hub.hpp"
#include "show/command.hpp"

namespace tribune {

class Clips {
  public:
    // Tells each capture process what is wanted of its file, when that is not what it was told last. Called often:
    // whatever changed the state, and whoever connected, all come to agree.
    void tell(Hub& hub, const ShowState& state);

    // What the program itself decides: a clip that is found to have another length…
    static std::optional<Command> found(const ShowState& state, const SourceHealth& health);
    // …and one that has come to its end and hands over.
    static std::optional<Command> ended(const ShowState& state, ShowTime now);
    // How long until that; none: never, as things stand.
    static std::optional<Nanoseconds> until_end(const ShowState& state, ShowTime now);

  private:
    std::map<std::uint64_t, Transport> told_;  // by connection
};

}  // namespace tribune
